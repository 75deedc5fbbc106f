//! Words of the command line itself: help in Chinese, accounts, events, times.

use clap::Command;
use ronghe_domain::account::{Action, Refusal, State};
use ronghe_domain::audit;
use ronghe_text::{Lang, org_kind, role};

mod help;

/// The command with its help in `lang`. What has no translation stays as it is.
pub(crate) fn translated(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Zh => help::chinese(command.before_help(help::EXAMPLES)),
    }
}

/// A time that came over the wire, as it reads in Jinan; as it came where it is none.
pub(crate) fn instant(lang: Lang, text: &str) -> String {
    text.parse().map_or_else(|_none| text.to_owned(), |at| ronghe_text::instant(lang, at))
}

/// Where an account stands.
pub(crate) const fn account_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Invited => lang.pick("待设密码", "Invited"),
        State::Active => lang.pick("可用", "Active"),
        State::Disabled => lang.pick("已停用", "Disabled"),
    }
}

/// What an administrator does with an account.
pub(crate) const fn account_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Invite => lang.pick("重发邀请", "Invite again"),
        Action::Reset => lang.pick("重设密码", "Reset the password"),
        Action::Disable => lang.pick("停用", "Disable"),
        Action::Enable => lang.pick("启用", "Enable"),
        Action::Grant => lang.pick("调整角色", "Change roles"),
        Action::Confirm => lang.pick("确认授权", "Confirm the grant"),
        Action::Reject => lang.pick("驳回授权", "Reject the grant"),
    }
}

/// Why an administrator cannot do it.
pub(crate) fn account_refusal(lang: Lang, refusal: &Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::AdministratorOnly => say("由系统管理员办理", "a system administrator does this"),
        Refusal::OwnAccount => {
            say("自己的账号由另一管理员办理", "another administrator does this for your account")
        }
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("账号{}", account_state(lang, *state)),
            Lang::En => format!("the account is {}", account_state(lang, *state).to_lowercase()),
        },
        Refusal::NothingPending => say("没有待确认的授权", "no grant waits to be confirmed"),
        Refusal::GrantPending => say("先确认或驳回待定的授权", "confirm or reject the waiting grant first"),
        Refusal::SecondAdministratorNeeded => {
            say("由提出者以外的管理员确认", "an administrator other than who asked confirms it")
        }
        Refusal::RoleDoesNotFit { role: named, kind } => {
            format!("{}：{}", org_kind(lang, *kind), role(lang, *named))
        }
        Refusal::RoleStandsAlone { role: named } => match lang {
            Lang::Zh => format!("{}不与其他角色同任", role(lang, *named)),
            Lang::En => format!("{} combines with no other role", role(lang, *named)),
        },
    }
}

/// What was done, in the audit chain.
pub(crate) const fn event(lang: Lang, action: audit::Action) -> &'static str {
    use audit::Action::{
        Bootstrap, Change, Confirm, Correct, Create, Disable, Discard, Enable, EndSession, EndToken, Grant,
        Import, Invite, MakeToken, Publish, Reject, Renew, Reset, SecondFactorOff, SecondFactorOn,
        SetPassword, SignIn, SignOut, Supersede,
    };
    match action {
        Create => lang.pick("新建", "made"),
        Change => lang.pick("更改", "changed"),
        Import => lang.pick("导入", "imported"),
        Correct => lang.pick("更正", "corrected"),
        Publish => lang.pick("发布", "published"),
        Discard => lang.pick("放弃", "discarded"),
        Renew => lang.pick("延续", "renewed"),
        Supersede => lang.pick("废止", "superseded"),
        Invite => lang.pick("邀请", "invited"),
        Reset => lang.pick("重设密码", "reset the password of"),
        Disable => lang.pick("停用", "disabled"),
        Enable => lang.pick("启用", "enabled"),
        Grant => lang.pick("授权", "granted roles to"),
        Confirm => lang.pick("确认授权", "confirmed roles of"),
        Reject => lang.pick("驳回授权", "rejected roles of"),
        SignIn => lang.pick("登录", "signed in"),
        SignOut => lang.pick("退出", "signed out"),
        SetPassword => lang.pick("设密码", "set a password"),
        SecondFactorOn => lang.pick("开启两步验证", "switched the second factor on"),
        SecondFactorOff => lang.pick("关闭两步验证", "switched the second factor off"),
        EndSession => lang.pick("结束会话", "ended a session"),
        MakeToken => lang.pick("生成令牌", "made a token"),
        EndToken => lang.pick("收回令牌", "ended a token"),
        Bootstrap => lang.pick("建首位管理员", "made the first administrator"),
    }
}

/// What kind of record it was done to.
pub(crate) const fn subject(lang: Lang, subject: audit::Subject) -> &'static str {
    match subject {
        audit::Subject::Organisation => lang.pick("单位", "Organisation"),
        audit::Subject::Group => lang.pick("单位组", "Group"),
        audit::Subject::Account => lang.pick("账号", "Account"),
        audit::Subject::Session => lang.pick("会话", "Session"),
        audit::Subject::Token => lang.pick("令牌", "Token"),
        audit::Subject::Policy => lang.pick("文件", "Policy"),
    }
}
