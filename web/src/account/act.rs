//! Doing something with an account: before and after, who is told, then done.

use super::new::RoleChoices;
use super::{link_box, roles_said, state_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Fetch, Unknown, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::account::{AccountDone, AccountView, ActOnAccount, LinkMade};
use ronghe_domain::account::Action;
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, account_action, account_refusal};
use std::collections::BTreeSet;

/// What is chosen on the page, and what came of it.
#[derive(Clone, Copy)]
struct Made {
    act: Act,
    link: RwSignal<Option<LinkMade>>,
    roles: RwSignal<BTreeSet<Role>>,
}

impl Made {
    fn of(view: &AccountView) -> Self {
        let roles = view.row.roles.iter().copied().collect();
        Self { act: Act::new(), link: RwSignal::new(None), roles: RwSignal::new(roles) }
    }
}

/// The page of one action.
#[component]
pub fn ActOnOne() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| {
            (params.get("login").unwrap_or_default(), params.get("action").unwrap_or_default())
        })
    });
    let account = Fetch::new(move || {
        let (login, _) = asked.get();
        async move { session.call(async |client| client.show_account(&login).await).await }
    });
    let made = kept::<Made>();
    loaded(session, account, move |view: AccountView| {
        let made = made(&|| Made::of(&view));
        let name = asked.get().1;
        match Action::ALL.into_iter().find(|action| super::action_name(*action) == name) {
            Some(action) => confirm(session, view, action, made).into_any(),
            None => view! { <Unknown/> }.into_any(),
        }
    })
}

fn confirm(session: Session, view: AccountView, action: Action, made: Made) -> impl IntoView {
    let lang = session.lang();
    let offer = view.offers.iter().find(|offer| offer.action == action);
    let refused = offer.map(|offer| offer.barred.as_ref().map(|refusal| account_refusal(lang, refusal)));
    let home = format!("/app/accounts/{}", view.row.login);
    let name = lang.pick(&view.row.name, &view.row.name_en).to_owned();
    let leave = home.clone();
    let form = move || view! { <Form view=view action=action home=leave made=made/> }.into_any();
    act_page(session, &home, &name, account_action(lang, action), refused, form)
}

#[component]
fn Form(view: AccountView, action: Action, home: String, made: Made) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let Made { act, link, roles } = made;
    let org = RwSignal::new(Some(view.row.org.clone()));
    let navigate = use_navigate();
    let (login, version, leave) = (view.row.login.clone(), view.version.clone(), home.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = body(action, roles.get_untracked());
        let (login, version, leave, navigate) =
            (login.clone(), version.clone(), leave.clone(), navigate.clone());
        act.run(
            async move |client| client.act_on_account(&login, &version, &body).await,
            move |done: AccountDone| match done.link {
                Some(made) => link.set(Some(made)),
                None => navigate(&leave, Default::default()),
            },
        );
    };
    let (tag, now) = (state_tag(lang, view.row.state), roles_said(lang, &view.row.roles));
    let then = effect(lang, &view, action);
    let is_grant = action == Action::Grant;
    let to = home.clone();
    view! {
        {move || link.get().map(|made| view! {
            <div class="stack">{link_box(lang, &made)}<a class="button" href=to.clone()>{lang.pick("交好了", "Handed over")}</a></div>
        })}
        <form class="form" on:submit=submit hidden=move || link.get().is_some()>
            <ActBox act=act/>
            <dl class="summary-list">
                <dt>{lang.pick("现在", "Now")}</dt><dd>{tag}" "{now}</dd>
                <dt>{lang.pick("之后", "Then")}</dt><dd>{then}</dd>
                <dt>{lang.pick("留痕", "On record")}</dt><dd>{lang.pick("进入账号的动态，监督人员可查", "In the account's time line, open to the auditor")}</dd>
            </dl>
            {is_grant.then(|| view! { <RoleChoices org=org roles=roles/> })}
            <div class="form-foot">
                <Button primary=true busy=act.busy>{account_action(lang, action)}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
    }
}

fn body(action: Action, roles: BTreeSet<Role>) -> ActOnAccount {
    match action {
        Action::Invite => ActOnAccount::Invite,
        Action::Reset => ActOnAccount::Reset,
        Action::Disable => ActOnAccount::Disable,
        Action::Enable => ActOnAccount::Enable,
        Action::Grant => ActOnAccount::Grant { roles: roles.into_iter().collect() },
        Action::Confirm => ActOnAccount::Confirm,
        Action::Reject => ActOnAccount::Reject,
    }
}

/// What will be.
fn effect(lang: Lang, view: &AccountView, action: Action) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let asked = view.pending.as_ref();
    match action {
        Action::Invite => say(
            "生成新的设密码链接，七天有效，旧链接作废",
            "A new link for the password, good for seven days; the old one no longer holds",
        ),
        Action::Reset => say(
            "另一管理员确认后，生成 30 分钟有效的链接；本人重设密码时，两步验证、会话和令牌一并取消",
            "Another administrator confirms; then a link, good for 30 minutes. With the new password the second factor, sessions and tokens go",
        ),
        Action::Disable => {
            say("不能再登录；会话和令牌立即结束", "Can no longer sign in; sessions and tokens end at once")
        }
        Action::Enable if view.password_set => {
            say("可以用原来的密码登录", "Can sign in with the old password")
        }
        Action::Enable => say(
            "回到待设密码；原来的链接已作废，接着重发邀请",
            "Invited as before; the old link no longer holds, so invite again next",
        ),
        Action::Grant => say(
            "角色改为下面所选；会话和令牌随之结束",
            "The roles chosen below; sessions and tokens end with the change",
        ),
        Action::Confirm => match asked {
            Some(pending) if pending.reset => {
                say("生成重设密码的链接，30 分钟有效", "A link for a new password, good for 30 minutes")
            }
            Some(pending) => {
                format!("{}{}", lang.pick("角色改为：", "Roles: "), roles_said(lang, &pending.roles))
            }
            None => String::new(),
        },
        Action::Reject => {
            say("提出的事项作废，账号不变", "What was asked for falls; the account stays as it is")
        }
    }
}
