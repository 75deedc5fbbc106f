//! Opinions: an office sees what it is asked, the lead office who has said what and who is late.

use super::super::title;
use super::stance_tag;
use crate::session::Session;
use crate::ui::{Decided, Empty, Fetch, KeyLine, PageHead, Trouble, deadline, loaded};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListOpinions;
use ronghe_contract::need::{OpinionRow, OpinionsView};
use ronghe_domain::need::opinion::Action;
use ronghe_text::Lang;

/// The page.
#[component]
pub fn Opinions() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        (of("show"), of("year"), of("after"))
    });
    let opinions = Fetch::new(move || {
        let (show, year, after) = asked.get();
        let query = ListOpinions { show, year, after };
        async move { session.call(async |client| client.list_opinions(&query).await).await }
    });
    straight(opinions);
    let heading =
        Signal::derive(move || session.lang().pick("需求遴选征求意见", "Opinions on needs").to_owned());
    view! {
        <PageHead title=heading/>
        <Decided said=("：意见已保存", ": the opinion is kept") to="/app/opinions" link=("看这条意见", "See it")/>
        <div class="list">
            {move || views(session.lang(), &asked.get().0, &asked.get().1)}
            <KeyLine rows=opinions.holds(|view: &OpinionsView| !view.items.is_empty())/>
            {loaded(session, opinions, move |view: OpinionsView| table(session, &asked.get_untracked().0, view))}
        </div>
    }
}

/// Whoever comes from a task stands at once before the first need that waits for their office.
fn straight(opinions: Fetch<Result<OpinionsView, Trouble>>) {
    let (query, navigate) = (use_query_map(), use_navigate());
    Effect::new(move |_| {
        if query.with(|query| query.get("go").as_deref() != Some("first")) {
            return;
        }
        let gives = |row: &&OpinionRow| row.opinion.offers.iter().any(|it| it.action == Action::Opine);
        let first = opinions.with(|found| {
            let view = found?.as_ref().ok()?;
            view.items.iter().find(gives).map(|row| format!("/app/opinions/{}", row.need.name))
        });
        if let Some(to) = first {
            navigate(&to, NavigateOptions { replace: true, ..Default::default() });
        }
    });
}

fn views(lang: Lang, now: &str, year: &str) -> impl IntoView + use<> {
    let all = [
        ("", lang.pick("全部", "All")),
        ("open", lang.pick("待提", "Open")),
        ("overdue", lang.pick("逾期", "Overdue")),
        ("given", lang.pick("已提", "Given")),
    ];
    let links = all.map(|(show, words)| {
        let to = format!("/app/opinions?show={show}&year={year}");
        view! { <a href=to aria-current=(now == show).then_some("page")>{words}</a> }
    });
    view! { <nav class="views" aria-label=lang.pick("视图", "Views")>{links.into_iter().collect_view()}</nav> }
}

fn table(session: Session, show: &str, view: OpinionsView) -> AnyView {
    let lang = session.lang();
    let count = match lang {
        Lang::Zh => format!("待提 {} 条，其中逾期 {} 条；已提 {} 条", view.open, view.overdue, view.given),
        Lang::En => format!("{} open, {} of them overdue; {} given", view.open, view.overdue, view.given),
    };
    let remind = view.can_remind.then(|| {
        view! { <a class="button" href=format!("/app/opinions/remind?year={}", view.year)>{lang.pick("催办", "Remind")}</a> }
    });
    let closes = deadline(session, view.closes, view.ahead);
    let line = view! {
        <div class="button-row"><p class="quiet">{count}{lang.pick("；遴选 ", "; screening ends ")}{closes}</p>{remind}</div>
    };
    if view.items.is_empty() {
        let title = lang.pick("没有征求意见的需求", "No opinions are asked for here");
        let words = lang.pick(
            "高校联络服务处征求意见以后列在这里。",
            "They stand here once the liaison office has asked for them.",
        );
        return view! { {line}<Empty title=title words=words/> }.into_any();
    }
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let next = view.next.clone().map(|after| {
        let to = format!("/app/opinions?show={show}&year={}&after={after}", view.year);
        view! { <a class="button" data-size="small" href=to>{lang.pick("后面的", "Further")}</a> }
    });
    let rows = view.items.iter().map(|row| one(session, row)).collect_view();
    view! {
        {line}
        <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("征求意见的需求", "Needs on which opinions are asked for")}</caption>
            <thead><tr>{head("需求与编号", "Need and number")}{head("需求单位", "Unit")}{head("责任单位", "Office")}
                {head("意见", "Opinion")}{head("期限", "Deadline")}</tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")>{next}</nav>
    }
    .into_any()
}

fn one(session: Session, row: &OpinionRow) -> impl IntoView + use<> {
    let lang = session.lang();
    let OpinionRow { need, opinion } = row;
    let own = opinion.offers.iter().any(|offer| offer.action == Action::Opine);
    let to =
        if own { format!("/app/opinions/{}", need.name) } else { format!("/app/screening/{}", need.name) };
    let unit = lang.pick(&need.unit.name, &need.unit.name_en).to_owned();
    let office = lang.pick(&opinion.office.name, &opinion.office.name_en).to_owned();
    let due = opinion.stance.is_none().then(|| deadline(session, opinion.due, row.need.ahead));
    view! {
        <tr><th scope="row"><span class="table__no">{need.name.clone()}</span><a href=to>{title(lang, need)}</a></th>
            <td data-label=lang.pick("需求单位", "Unit")>{unit}</td>
            <td data-label=lang.pick("责任单位", "Office")>{office}</td>
            <td data-label=lang.pick("意见", "Opinion")>{stance_tag(session, opinion)}</td>
            <td data-label=lang.pick("期限", "Deadline")>{due}</td></tr>
    }
}
