//! One account: who, in which roles, what waits, what can be done, what happened.

use super::{offered, roles_said, state_tag};
use crate::audit::timeline;
use crate::session::Session;
use crate::ui::{Fetch, OfferBar, PageHead, Tabs, back, barred, loaded, moment};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::account::AccountView;
use ronghe_contract::audit::EventView;
use ronghe_domain::account::PostDraft;
use ronghe_text::{Lang, post_said};

/// The page.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let login = Memo::new(move |_| params.with(|params| params.get("login").unwrap_or_default()));
    let account = Fetch::new(move || {
        let login = login.get();
        async move { session.call(async |client| client.show_account(&login).await).await }
    });
    loaded(session, account, move |view: AccountView| record(session, view))
}

fn record(session: Session, view: AccountView) -> impl IntoView {
    let lang = session.lang();
    let query = use_query_map();
    let events_tab = Memo::new(move |_| query.with(|query| query.get("tab").as_deref() == Some("events")));
    let offers = offered(lang, &view);
    let reasons = barred(session, &offers);
    let login = view.row.login.clone();
    let base = format!("/app/accounts/{login}");
    let tabs = move || {
        let here = events_tab.get();
        let tabs = vec![
            (base.clone(), lang.pick("内容", "Content").to_owned(), !here),
            (format!("{base}?tab=events"), lang.pick("动态", "Time line").to_owned(), here),
        ];
        view! { <Tabs name=lang.pick("账号", "Account") tabs=tabs/> }
    };
    let name = lang.pick(&view.row.name, &view.row.name_en).to_owned();
    let waiting = view.pending.as_ref().map(|pending| {
        let at = moment(lang, &pending.at);
        let what = match &pending.post {
            Some(draft) => post_asked(lang, draft),
            None if pending.reset => lang.pick("重设密码", "a new password").to_owned(),
            None => roles_said(lang, &pending.roles),
        };
        let said = match lang {
            Lang::Zh => format!("{} 于 {at} 提出：{what}。由另一管理员确认。", pending.by),
            Lang::En => format!("{} asked at {at} for {what}. Another administrator confirms it.", pending.by),
        };
        view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{lang.pick("待确认", "Waits for a second hand")}</p><p>{said}</p></div></div> }
    });
    let shown = StoredValue::new(view);
    view! {
        {back(session, "/app/accounts", lang.pick("账号", "Accounts"))}
        <article class="record">
            <header class="record__head">
                <div>
                    <p class="record__no">{login.clone()}</p>
                    <PageHead title=name/>
                    <div class="record__state">{shown.with_value(|view| state_tag(lang, view.row.state))}</div>
                </div>
                <OfferBar offers=offers/>
                {reasons}
            </header>
            {waiting}
            {tabs}
            {move || if events_tab.get() {
                view! { <Events login=login.clone()/> }.into_any()
            } else {
                shown.with_value(|view| facts(lang, view)).into_any()
            }}
        </article>
    }
}

/// The post that is asked for, and why.
fn post_asked(lang: Lang, draft: &PostDraft) -> String {
    let post = post_said(lang, &draft.post);
    match lang {
        Lang::Zh => format!("职务改为“{post}”，原因：{}", draft.reason),
        Lang::En => format!("the post “{post}”, because: {}", draft.reason),
    }
}

fn facts(lang: Lang, view: &AccountView) -> impl IntoView + use<> {
    let missing = |text: &str| {
        if text.is_empty() { lang.pick("未填", "not given").to_owned() } else { text.to_owned() }
    };
    let seen = view.row.last_seen.as_deref().map(|at| moment(lang, at));
    let rows = [
        (lang.pick("单位", "Organisation"), lang.pick(&view.row.org.name, &view.row.org.name_en).to_owned()),
        (lang.pick("角色", "Roles"), roles_said(lang, &view.row.roles)),
        (lang.pick("职务", "Post"), missing(&view.post)),
        (lang.pick("邮箱", "E-mail"), missing(&view.mail)),
        (
            lang.pick("两步验证", "Second factor"),
            if view.second_factor { lang.pick("已开启", "on") } else { lang.pick("未开启", "off") }
                .to_owned(),
        ),
        (lang.pick("最近登录", "Last seen"), seen.unwrap_or_else(|| lang.pick("从未", "never").to_owned())),
    ];
    let rows = rows.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect_view();
    view! { <dl class="summary-list section">{rows}</dl> }
}

#[component]
fn Events(login: String) -> impl IntoView {
    let session = Session::here();
    let events = Fetch::new(move || {
        let login = login.clone();
        async move { session.call(async |client| client.list_account_events(&login).await).await }
    });
    view! { <div class="section">{loaded(session, events, move |page: Page<EventView>| timeline(session, page.items))}</div> }
}
