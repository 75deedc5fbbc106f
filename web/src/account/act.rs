//! Doing something with an account: before and after, who is told, then done.

use super::new::RoleChoices;
use super::{link_box, roles_said, state_tag};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Fetch, Field, TextArea, Unknown, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::account::{AccountDone, AccountView, ActOnAccount, LinkMade, PendingGrant};
use ronghe_domain::account::{Action, PostDraft};
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, account_action, account_refusal, post_said};
use std::collections::BTreeSet;

/// What is chosen on the page, and what came of it.
#[derive(Clone, Copy)]
struct Made {
    act: Act,
    link: RwSignal<Option<LinkMade>>,
    roles: RwSignal<BTreeSet<Role>>,
    post: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Made {
    fn of(view: &AccountView) -> Self {
        let roles = view.row.roles.iter().copied().collect();
        Self {
            act: Act::new(),
            link: RwSignal::new(None),
            roles: RwSignal::new(roles),
            post: RwSignal::new(view.post.clone()),
            reason: RwSignal::new(String::new()),
        }
    }

    /// What is sent.
    fn body(self, action: Action) -> ActOnAccount {
        match action {
            Action::Invite => ActOnAccount::Invite,
            Action::Reset => ActOnAccount::Reset,
            Action::Disable => ActOnAccount::Disable,
            Action::Enable => ActOnAccount::Enable,
            Action::Grant => ActOnAccount::Grant { roles: self.roles.get_untracked().into_iter().collect() },
            Action::SetPost => ActOnAccount::SetPost(PostDraft {
                post: self.post.get_untracked(),
                reason: self.reason.get_untracked(),
            }),
            Action::Confirm => ActOnAccount::Confirm,
            Action::Reject => ActOnAccount::Reject,
        }
    }

    /// What is typed or chosen for it.
    fn fields(self, view: &AccountView, action: Action) -> Option<AnyView> {
        let trouble = self.act.trouble;
        match action {
            Action::Grant => {
                let org = RwSignal::new(Some(view.row.org.clone()));
                Some(view! { <RoleChoices org=org roles=self.roles/> }.into_any())
            }
            Action::SetPost => Some(
                view! {
                    <Field label=("职务", "Post") name="post" value=self.post optional=true trouble=trouble
                        hint=("领导小组成员的职务要与周期审定程序里写的一字不差；不再任职的留空", "For the leading group, word for word as the cycle's chain of approval says; empty where there is none any more")/>
                    <TextArea label=("原因", "Why") name="reason" value=self.reason rows=3 trouble=trouble/>
                }
                .into_any(),
            ),
            Action::Invite
            | Action::Reset
            | Action::Disable
            | Action::Enable
            | Action::Confirm
            | Action::Reject => None,
        }
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
    let Made { act, link, .. } = made;
    let navigate = use_navigate();
    let (login, version, leave) = (view.row.login.clone(), view.version.clone(), home.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = made.body(action);
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
    let tag = state_tag(lang, view.row.state);
    let now = if action == Action::SetPost {
        post_said(lang, &view.post).to_owned()
    } else {
        roles_said(lang, &view.row.roles)
    };
    let then = effect(lang, &view, action);
    let fields = made.fields(&view, action);
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
            {fields}
            <div class="form-foot">
                <Button primary=true busy=act.busy>{account_action(lang, action)}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a>
            </div>
        </form>
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
        Action::SetPost if view.post_decides => say(
            "另一管理员确认后改为下面所填，会话和令牌随之结束；已经审定的不变",
            "The post below once another administrator confirms; sessions and tokens end then. What was approved stays",
        ),
        Action::SetPost => say("职务改为下面所填", "The post below"),
        Action::Confirm => match asked {
            Some(PendingGrant { post: Some(draft), .. }) => {
                format!("{}{}", lang.pick("职务改为：", "Post: "), post_said(lang, &draft.post))
            }
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
