//! Making an account: what it needs, and the link that is handed over.

use super::{link_box, roles_said};
use crate::org::OrgPicker;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Fetch, Field, PageHead, Trouble, back};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_contract::account::{AccountDone, AccountRequestView};
use ronghe_contract::org::OrgRef;
use ronghe_domain::account::AccountDraft;
use ronghe_domain::account::request;
use ronghe_domain::account::rules::{check_roles, needs_second_hand};
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, account_refusal, instant, role};
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn NewAccount() -> impl IntoView {
    let session = Session::here();
    let done = RwSignal::new(None::<AccountDone>);
    let title = Signal::derive(move || session.lang().pick("新建账号", "Make an account").to_owned());
    view! {
        {move || back(session, "/app/accounts", session.lang().pick("账号", "Accounts"))}
        <PageHead title=title/>
        {move || match done.get() {
            Some(made) => receipt(session, made, done).into_any(),
            None => view! { <Form done=done/> }.into_any(),
        }}
    }
}

fn receipt(session: Session, made: AccountDone, done: RwSignal<Option<AccountDone>>) -> impl IntoView {
    let lang = session.lang();
    let name = made.account.row.name.clone();
    let said = match (lang, &made.account.pending) {
        (Lang::Zh, None) => format!("{name} 的账号已建好"),
        (Lang::Zh, Some(pending)) => {
            format!("{name} 的账号已建好；角色（{}）要由另一管理员确认", roles_said(lang, &pending.roles))
        }
        (Lang::En, None) => format!("The account of {name} is made"),
        (Lang::En, Some(pending)) => format!(
            "The account of {name} is made; another administrator confirms its roles ({})",
            roles_said(lang, &pending.roles)
        ),
    };
    let link = made.link.as_ref().map(|link| link_box(lang, link));
    let to = format!("/app/accounts/{}", made.account.row.login);
    view! {
        <div class="stack">
            <div class="banner" data-turn="done" role="status"><div><p class="banner__title">{said}</p></div></div>
            {link}
            <div class="button-row">
                <button class="button" data-kind="primary" on:click=move |_| done.set(None)>{lang.pick("再建一个", "Make another")}</button>
                <a class="button" href=to>{lang.pick("查看账号", "See the account")}</a>
            </div>
        </div>
    }
}

#[component]
fn Form(done: RwSignal<Option<AccountDone>>) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let empty = || RwSignal::new(String::new());
    let (login, name, name_en, post, mail) = (empty(), empty(), empty(), empty(), empty());
    let org = RwSignal::new(None::<OrgRef>);
    let roles = RwSignal::new(BTreeSet::<Role>::new());
    let found = asked_for(session);
    // What a university asked for is filled in once; what is typed afterwards stays.
    let said = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some(asked) = found.get().and_then(Result::ok).flatten() else { return };
        let makes = asked.offers.iter().any(|offer| offer.action == request::Action::Make);
        if makes && said.get_untracked().is_none() {
            said.set(Some(whom(session.lang(), &asked)));
            name.set(asked.name);
            mail.set(asked.mail);
            org.set(Some(asked.org));
            roles.set([Role::University].into());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = AccountDraft {
            login: login.get_untracked(),
            name: name.get_untracked(),
            name_en: name_en.get_untracked(),
            org: org.get_untracked().map(|org| org.slug).unwrap_or_default(),
            roles: roles.get_untracked(),
            post: post.get_untracked(),
            mail: mail.get_untracked(),
        };
        act.run(
            async move |client| client.create_account(&draft).await,
            move |made: AccountDone| done.set(Some(made)),
        );
    };
    let trouble = act.trouble;
    view! {
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {move || said.get().map(|said| view! {
                <p class="quiet">{said}" "<a href="/app/accounts/requests">{move || session.lang().pick("查看申请", "See the requests")}</a></p>
            })}
            <OrgPicker chosen=org trouble=trouble/>
            <Field label=("姓名", "Name") name="name" value=name trouble=trouble/>
            <Field label=("账号", "Account") name="login" value=login trouble=trouble
                hint=("3～40 个小写字母、数字或 . - _，登录时填写", "3 to 40 lower-case letters, figures or . - _; typed to sign in")/>
            <RoleChoices org=org roles=roles/>
            <Field label=("职务", "Post") name="post" value=post optional=true trouble=trouble/>
            <Field label=("邮箱", "E-mail") name="mail" value=mail optional=true trouble=trouble/>
            <Field label=("姓名的拼音或英文", "Name in Latin letters") name="name_en" value=name_en optional=true trouble=trouble/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("建账号并生成邀请", "Make it and its invitation")}</Button></div>
        </form></div>
    }
}

/// The request that the address names, if it names one.
fn asked_for(session: Session) -> Fetch<Result<Option<AccountRequestView>, Trouble>> {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("request")));
    Fetch::new(move || {
        let id = asked.get();
        async move {
            match id {
                Some(id) => {
                    session.call(async |client| client.show_account_request(&id).await.map(Some)).await
                }
                None => Ok(None),
            }
        }
    })
}

/// Who asked for the account, and when.
fn whom(lang: Lang, request: &AccountRequestView) -> String {
    let at = instant(lang, request.asked_at);
    match lang {
        Lang::Zh => format!("{} {at} 申请开户，下面已按申请填好。", request.asked_by),
        Lang::En => format!("{} asked for it, {at}; what was asked for is filled in.", request.asked_by),
    }
}

/// Roles to tick; what the organisation does not have says why.
#[component]
pub fn RoleChoices(org: RwSignal<Option<OrgRef>>, roles: RwSignal<BTreeSet<Role>>) -> impl IntoView {
    let session = Session::here();
    let choice = move |one: Role| {
        let why = Memo::new(move |_| {
            let lang = session.lang();
            let org = org.get()?;
            let mut wanted = roles.get();
            wanted.insert(one);
            check_roles(&wanted, org.kind).err().map(|refusal| account_refusal(lang, &refusal))
        });
        let label = Signal::derive(move || role(session.lang(), one).to_owned());
        let hint = Signal::derive(move || {
            let lang = session.lang();
            why.get().unwrap_or_else(|| {
                let second = needs_second_hand(&BTreeSet::new(), &[one].into());
                let said = lang.pick("要由另一管理员确认", "Another administrator confirms it");
                if second { said.to_owned() } else { String::new() }
            })
        });
        let checked = Signal::derive(move || roles.with(|roles| roles.contains(&one)));
        let disabled = Signal::derive(move || why.get().is_some() && !checked.get());
        let change = move |on: bool| {
            roles.update(|roles| {
                if on {
                    roles.insert(one);
                } else {
                    roles.remove(&one);
                }
            });
        };
        view! { <Choice label=label hint=hint checked=checked disabled=disabled on_change=change/> }
    };
    view! {
        <fieldset class="field" id="field-roles"><legend>{move || session.lang().pick("角色", "Roles")}</legend>
            {Role::ALL.into_iter().map(choice).collect_view()}</fieldset>
    }
}
