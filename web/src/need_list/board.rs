//! 需求清单 of a year: the version that is made, with its check; the published ones.

use super::compose::Compose;
use super::{address, offered, parts, state_tag};
use crate::session::Session;
use crate::ui::{Empty, Fetch, OfferBar, PageHead, back, barred, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need_list::{NeedListRow, NeedListView, NeedListsView};
use ronghe_domain::need_list::Action;
use ronghe_text::{Lang, cycle_year, instant, list_title};

/// The page.
#[component]
pub fn NeedLists() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let year = Memo::new(move |_| params.with(|params| params.get("year").unwrap_or_default()));
    let lists = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.show_need_lists(&year).await).await }
    });
    loaded(session, lists, move |view: NeedListsView| board(session, view, move || lists.refetch()))
}

fn board(session: Session, view: NeedListsView, again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let lang = session.lang();
    let heading = match lang {
        Lang::Zh => format!("{}需求清单", cycle_year(lang, &view.year)),
        Lang::En => format!("Need list {}", cycle_year(lang, &view.year)),
    };
    let cycle = format!("/app/cycles/{}", view.year);
    let name = if lang == Lang::En && !view.title_en.is_empty() { &view.title_en } else { &view.title };
    let nothing = (view.next.is_none() && view.versions.is_empty()).then(|| {
        let words = lang.pick(
            "清单在遴选之后编制，领导小组审定、发布以后列在这里。",
            "The list is composed after screening; it stands here once it is approved and published.",
        );
        view! { <Empty title=lang.pick("还没有需求清单", "There is no need list yet") words=words/> }
    });
    let versions = (!view.versions.is_empty()).then(|| versions(lang, &view.versions));
    view! {
        {back(session, &cycle, name)}
        <PageHead title=heading/>
        {nothing}
        {view.next.map(|next| made(session, next, again))}
        {versions}
    }
    .into_any()
}

/// The version that is made.
fn made(
    session: Session,
    view: NeedListView,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let lang = session.lang();
    let offers = offered(lang, &view);
    let reasons = barred(session, &offers);
    let composes = view.offers.iter().any(|offer| offer.action == Action::Compose && offer.barred.is_none());
    // Composing comes first where it was not done, or is to be done again.
    let calm = offers.iter().all(|offer| offer.barred.is_some());
    let title = list_title(lang, &view.row.year, view.row.no);
    let state = state_tag(lang, view.row.state);
    let steps = parts::steps(lang, &view.steps);
    let findings = parts::findings(lang, &view.row.year, &view.findings);
    let marks = parts::marks(lang, &view.marks);
    let content = if composes {
        view! { <Compose view=view again=again/> }.into_any()
    } else {
        (
            parts::reason(lang, &view.reason),
            parts::changes(lang, &view.changes),
            parts::items(lang, &view.items),
        )
            .into_any()
    };
    view! {
        <section class="record">
            <header class="record__head">
                <div><h2>{title}</h2><div class="record__state">{state}</div></div>
                <OfferBar offers=offers calm=calm/>
                {reasons}
            </header>
            <div class="record__body"><div>{findings}{content}</div>
                <aside class="record__beside stack">{steps}{marks}</aside></div>
        </section>
    }
}

fn versions(lang: Lang, rows: &[NeedListRow]) -> impl IntoView + use<> {
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = rows.iter().map(|row| {
        let hash: String = row.hash.clone().unwrap_or_default().chars().take(16).collect();
        view! {
            <tr><th scope="row"><a href=address(row)>{list_title(lang, &row.year, row.no)}</a></th>
                <td class="number" data-label=lang.pick("需求", "Needs")>{row.count}</td>
                <td data-label=lang.pick("发布时间", "Published")>{row.published_at.map(|at| instant(lang, at))}</td>
                <td data-label="SHA-256"><code>{hash}</code></td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section"><h2>{lang.pick("已发布", "Published")}</h2>
        <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("已发布的各版，新的在前", "Published versions, the newest first")}</caption>
            <thead><tr>{head("版本", "Version")}<th scope="col" class="number">{lang.pick("需求", "Needs")}</th>
                {head("发布时间", "Published")}{head("SHA-256", "SHA-256")}</tr></thead>
            <tbody>{rows}</tbody></table></div></section>
    }
}
