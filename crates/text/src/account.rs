//! Accounts and their administration.

use crate::{Lang, org_kind, role};
use ronghe_domain::account::{Action, Refusal, State, request};

/// Where an account stands.
#[must_use]
pub const fn account_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Invited => lang.pick("待设密码", "Invited"),
        State::Active => lang.pick("可用", "Active"),
        State::Disabled => lang.pick("已停用", "Disabled"),
    }
}

/// What an administrator does with an account.
#[must_use]
pub const fn account_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Invite => lang.pick("重发邀请", "Invite again"),
        Action::Reset => lang.pick("重设密码", "Reset the password"),
        Action::Disable => lang.pick("停用", "Disable"),
        Action::Enable => lang.pick("启用", "Enable"),
        Action::Grant => lang.pick("调整角色", "Change roles"),
        Action::SetPost => lang.pick("变更职务", "Change the post"),
        Action::Confirm => lang.pick("确认", "Confirm"),
        Action::Reject => lang.pick("驳回", "Reject"),
    }
}

/// Why an administrator cannot do it, and what would help.
#[must_use]
pub fn account_refusal(lang: Lang, refusal: &Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::AdministratorOnly => say("由系统管理员办理", "A system administrator does this"),
        Refusal::OwnAccount => {
            say("自己的账号由另一管理员办理", "Another administrator does this for your account")
        }
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("账号{}，不能这样做", account_state(lang, *state)),
            Lang::En => format!("The account is {}", account_state(lang, *state).to_lowercase()),
        },
        Refusal::NothingPending => say("没有待确认的事项", "Nothing waits to be confirmed"),
        Refusal::GrantPending => say("先确认或驳回待定的事项", "Confirm or reject what waits first"),
        Refusal::SecondAdministratorNeeded => {
            say("由提出者以外的管理员确认", "An administrator other than who asked confirms it")
        }
        Refusal::AdministratorsAreThere => {
            say("已有系统管理员，由他们办理", "There are administrators already: one of them does this")
        }
        Refusal::FactorNeeded => say(
            "你的角色必须保留两步验证，可以换一个验证器",
            "Your role keeps a second factor; another authenticator may take its place",
        ),
        Refusal::RoleDoesNotFit { role: named, kind } => match lang {
            Lang::Zh => format!("{}不设{}这一角色", org_kind(lang, *kind), role(lang, *named)),
            Lang::En => {
                format!("{} has no role {}", org_kind(lang, *kind), role(lang, *named).to_lowercase())
            }
        },
        Refusal::RoleStandsAlone { role: named } => match lang {
            Lang::Zh => format!("{}不与其他角色同任", role(lang, *named)),
            Lang::En => format!("{} combines with no other role", role(lang, *named)),
        },
    }
}

/// A post in words, where there is none too.
#[must_use]
pub const fn post_said(lang: Lang, post: &str) -> &str {
    if post.is_empty() { lang.pick("无职务", "no post") } else { post }
}

/// Where a request for an account stands.
#[must_use]
pub const fn account_request_state(lang: Lang, state: request::State) -> &'static str {
    match state {
        request::State::Open => lang.pick("待开户", "Waiting for an account"),
        request::State::Made => {
            lang.pick("账号已建，待本人设密码", "Account made, its owner has not come in")
        }
        request::State::Done => lang.pick("已开通", "Account opened"),
        request::State::Declined => lang.pick("不予开户", "Declined"),
        request::State::TakenBack => lang.pick("已撤回", "Taken back"),
    }
}

/// What is done with a request for an account.
#[must_use]
pub const fn account_request_action(lang: Lang, action: request::Action) -> &'static str {
    match action {
        request::Action::Make => lang.pick("建账号", "Make the account"),
        request::Action::Decline => lang.pick("不予开户", "Decline"),
        request::Action::TakeBack => lang.pick("撤回申请", "Take the request back"),
        request::Action::Finish => lang.pick("开通", "Open the account"),
    }
}

/// Why it cannot be done, and what would help.
#[must_use]
pub fn account_request_refusal(lang: Lang, refusal: request::Refusal) -> String {
    match refusal {
        request::Refusal::UniversitiesOnly => {
            lang.pick("开户申请由高校人员提出", "People of a university ask for accounts").to_owned()
        }
        request::Refusal::NotYours => lang
            .pick("由申请人或系统管理员办理", "Who asked, or a system administrator, does this")
            .to_owned(),
        request::Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("开户申请{}，不能这样做", account_request_state(lang, state)),
            Lang::En => {
                format!("The request stands at: {}", account_request_state(lang, state).to_lowercase())
            }
        },
    }
}
