//! One version on one page: what is approved, what it changes, its papers, who has agreed.

use super::{address, offered, parts, state_tag};
use crate::session::Session;
use crate::ui::{Fetch, OfferBar, PageHead, back, barred, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need_list::{NeedListItem, NeedListView};
use ronghe_domain::need_list::{Edition, State};
use ronghe_text::{Lang, instant, list_title, ordinal};
use std::collections::BTreeMap;

/// The page.
#[component]
pub fn NeedList() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| {
            (params.get("year").unwrap_or_default(), params.get("edition").unwrap_or_default())
        })
    });
    let list = Fetch::new(move || {
        let (year, edition) = asked.get();
        async move { session.call(async |client| client.show_need_list(&year, &edition).await).await }
    });
    loaded(session, list, move |view: NeedListView| record(session, view))
}

fn record(session: Session, view: NeedListView) -> impl IntoView {
    let lang = session.lang();
    let offers = offered(lang, &view);
    let reasons = barred(session, &offers);
    let calm = offers.iter().all(|offer| offer.barred.is_some());
    let row = &view.row;
    let year = row.year.clone();
    let heading = list_title(lang, &year, row.no);
    let published = row.published_at.map(|at| {
        let words = lang.pick("发布 ", "Published ");
        view! { <p class="deadline">{words}<time datetime=at.to_string()>{instant(lang, at)}</time></p> }
    });
    let findings = (row.state != State::Published).then(|| parts::findings(lang, &year, &view.findings));
    let papers = papers(lang, &view);
    view! {
        {back(session, &format!("/app/need-lists/{year}"), lang.pick("需求清单", "Need lists"))}
        <article class="record">
            <header class="record__head">
                <div><p class="record__no"><span>{address(row).replace("/app/need-lists/", "")}</span></p><PageHead title=heading/>
                    <div class="record__state">{state_tag(lang, row.state)}{published}</div></div>
                <OfferBar offers=offers calm=calm/>
                {reasons}
            </header>
            <div class="record__body"><div>
                {summary(lang, &view.items)}
                {parts::reason(lang, &view.reason)}
                {parts::changes(lang, &view.changes)}
                {findings}
                {parts::items(lang, &view.items)}
            </div><aside class="record__beside stack">
                {parts::steps(lang, &view.steps)}
                {parts::marks(lang, &view.marks)}
                {view.minutes.as_ref().map(|it| parts::minutes(lang, it))}
                {papers}
            </aside></div>
        </article>
    }
}

/// How many needs come under each measure, and what they ask for.
fn summary(lang: Lang, items: &[NeedListItem]) -> impl IntoView + use<> {
    let mut of: BTreeMap<u32, (usize, i64)> = BTreeMap::new();
    for item in items {
        let main = item.measures.first().copied().unwrap_or_default();
        let sum = of.entry(main).or_default();
        sum.0 += 1;
        sum.1 = sum.1.saturating_add(item.budget.map_or(0, |fen| fen.0));
    }
    let rows = of.into_iter().map(|(seq, (count, fen))| {
        let name = match lang {
            Lang::Zh => format!("措施（{}）", ordinal(seq)),
            Lang::En => format!("Measure {seq}"),
        };
        view! {
            <tr><th scope="row">{name}</th><td class="number">{count}</td>
                <td class="number">{ronghe_domain::kernel::Fen(fen).to_string()}</td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="record__section"><h2>{lang.pick("摘要", "Summary")}</h2>
            <p><b>{parts::sums(lang, items)}</b></p>
            <div class="table-frame"><table class="table" data-density="dense">
                <caption class="unseen">{lang.pick("各措施的需求", "Needs by measure")}</caption>
                <thead><tr><th scope="col">{lang.pick("措施", "Measure")}</th><th scope="col" class="number">{lang.pick("需求", "Needs")}</th>
                    <th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
}

/// The document, its hash, and where everyone reads it.
fn papers(lang: Lang, view: &NeedListView) -> Option<impl IntoView + use<>> {
    let hash = view.row.hash.clone()?;
    let edition = Edition(view.row.no);
    let document = format!("/api/v1/need-lists/{}/{edition}/document", view.row.year);
    let public = (view.row.state == State::Published).then(|| {
        let to = lang.pick("", "/en").to_owned() + &format!("/need-lists/{}/{edition}", view.row.year);
        view! { <li><a href=to rel="external">{lang.pick("公开页面", "Public page")}</a></li> }
    });
    let by = view.proposed_by.clone().zip(view.proposed_at).map(|(name, at)| {
        view! { <dt>{lang.pick("提请", "Proposed")}</dt><dd>{name}{lang.pick("，", ", ")}{instant(lang, at)}</dd> }
    });
    Some(view! {
        <section><h2>{lang.pick("文件", "Papers")}</h2>
            <dl class="facts">{by}<dt>"SHA-256"</dt><dd>{parts::hash(&hash)}</dd></dl>
            <ul class="link-list"><li><a href=document rel="external">{lang.pick("清单全文（JSON）", "The whole list (JSON)")}</a></li>{public}</ul>
        </section>
    })
}
