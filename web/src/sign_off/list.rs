//! What passes the chains of one's organisation.

use super::{rehearsal, state_tag};
use crate::session::Session;
use crate::ui::{Empty, Fetch, PageHead, Tabs, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListSignOffs;
use ronghe_contract::Page;
use ronghe_contract::sign_off::RoundView;
use ronghe_text::{instant, sign_off_kind};

/// The page.
#[component]
pub fn SignOffs() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let state = Memo::new(move |_| query.with(|query| query.get("state").unwrap_or_default()));
    let rounds = Fetch::new(move || {
        let ask = ListSignOffs { state: state.get() };
        async move { session.call(async |client| client.list_sign_offs(&ask).await).await }
    });
    let heading = Signal::derive(move || session.lang().pick("签发", "Sign-off").to_owned());
    let tabs = move || {
        let lang = session.lang();
        let here = state.get();
        let tabs =
            [("", ("全部", "All")), ("signing", ("签发中", "Being signed"))].map(|(name, (zh, en))| {
                (format!("/app/sign-offs?state={name}"), lang.pick(zh, en).to_owned(), here == name)
            });
        view! { <Tabs name=lang.pick("签发", "Sign-off") tabs=tabs.to_vec()/> }
    };
    view! {
        <PageHead title=heading/>
        {tabs}
        {loaded(session, rounds, move |page: Page<RoundView>| table(session, page.items))}
    }
}

fn table(session: Session, rounds: Vec<RoundView>) -> AnyView {
    let lang = session.lang();
    if rounds.is_empty() {
        let words = lang.pick("提请签发的材料列在这里。", "What is asked to be signed stands here.");
        return view! { <Empty title=lang.pick("没有签发", "Nothing to sign") words=words/> }.into_any();
    }
    let row = |round: RoundView| {
        let turn = round.steps.iter().find(|step| step.turn).map(|step| step.post.clone());
        view! {
            <tr><th scope="row"><a href=format!("/app/sign-offs/{}", round.id)>{round.title.clone()}</a></th>
                <td data-label=lang.pick("文种", "Kind")>{sign_off_kind(lang, round.kind)}</td>
                <td data-label=lang.pick("状态", "State")>{state_tag(lang, round.state)}" "{rehearsal(lang, &round)}</td>
                <td data-label=lang.pick("等谁", "Waits for")>{turn}</td>
                <td data-label=lang.pick("经办", "Prepared by")>{round.asked_by.clone()}" "{instant(lang, round.asked_at)}</td></tr>
        }
    };
    let rows = rounds.into_iter().map(row).collect_view();
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    view! {
        <div class="table-frame section"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("签发，新的在前", "Sign-off, newest first")}</caption>
            <thead><tr>{head("标题", "Title")}{head("文种", "Kind")}{head("状态", "State")}{head("等谁", "Waits for")}{head("经办", "Prepared by")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}
