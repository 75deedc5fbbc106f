//! The needs in 遴选, narrowed in the address; one verdict can be given on those that are ticked.

use super::super::{rank_words, title};
use super::{Asked, progress, ruling_tag};
use crate::session::Session;
use crate::ui::{Decided, Empty, Fetch, KeyLine, PageHead, PickBar, Picks, deadline, loaded};
use leptos::prelude::*;
use ronghe_contract::need::{ScreeningRow, ScreeningView};
use ronghe_domain::need::Action;
use ronghe_text::{Lang, measure_numbers, need_action};

/// The page.
#[component]
pub fn Screening() -> impl IntoView {
    let session = Session::here();
    let asked = Asked::here();
    let queue = Fetch::new(move || {
        let query = asked.get().query();
        async move { session.call(async |client| client.list_screening(&query).await).await }
    });
    let picks = Picks::new();
    Effect::new(move |_| {
        asked.track();
        picks.clear();
    });
    let heading = Signal::derive(move || session.lang().pick("遴选需求", "Screening").to_owned());
    view! {
        <PageHead title=heading><div class="button-row">
            <a class="button" href="/app/opinions">{move || session.lang().pick("征求意见情况", "Opinions")}</a></div></PageHead>
        <Decided said=("：遴选意见已保存", ": the verdict is kept") to="/app/screening"
            link=("回去撤销", "Go back to take it back")/>
        <div class="list">
            <Views asked=asked/>
            <KeyLine rows=queue.holds(|view: &ScreeningView| !view.items.is_empty()) ticks=true/>
            {loaded(session, queue, move |view: ScreeningView| table(session, &asked.get_untracked(), view, picks))}
        </div>
    }
}

#[component]
fn Views(asked: Memo<Asked>) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let views = [
            ("", lang.pick("全部", "All")),
            ("open", lang.pick("待定", "Open")),
            ("decided", lang.pick("已定", "Decided")),
        ];
        let now = asked.get();
        let links = views.into_iter().map(|(show, words)| {
            let to = Asked { show: show.to_owned(), after: String::new(), ..now.clone() };
            let here = (now.show == show).then_some("page");
            view! { <a href=to.address("/app/screening") aria-current=here>{words}</a> }
        });
        view! { <nav class="views" aria-label=lang.pick("视图", "Views")>{links.collect_view()}</nav> }
    }
}

fn table(session: Session, asked: &Asked, view: ScreeningView, picks: Picks) -> AnyView {
    let lang = session.lang();
    if view.items.is_empty() {
        return nothing(lang, &view).into_any();
    }
    let next = view.next.clone().map(|after| {
        let to = Asked { after, ..asked.clone() }.address("/app/screening");
        view! { <a class="button" data-size="small" href=to>{lang.pick("后面的", "Further")}</a> }
    });
    let count = progress(lang, view.open, view.decided);
    let lists = format!("/app/need-lists/{}", view.year);
    let closes = deadline(session, view.closes, view.ahead);
    picks.offer(view.items.iter().filter(|row| is_open(row)).map(|row| row.need.name.clone()).collect());
    let every = lang.pick("选择本页待定的", "Pick all that are open");
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = view.items.into_iter().map(|row| line(session, asked, row, picks)).collect_view();
    view! {
        <p class="quiet">{count}{lang.pick("；截止 ", "; until ")}{closes}" "<a href=lists>{lang.pick("需求清单", "Need list")}</a></p>
        <div class="table-frame">{picks.all(every)}<table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("遴选中的需求，按编号", "Needs in screening, by number")}</caption>
            <thead><tr>{picks.head(every)}{head("需求与编号", "Need and number")}{head("单位", "Unit")}{head("措施", "Measures")}
                {head("遴选意见", "Verdict")}<th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")>{next}</nav>
        <PickBar picks=picks counter="条" actions=move |names| verdicts(session, &names)/>
    }
    .into_any()
}

fn is_open(row: &ScreeningRow) -> bool {
    row.need.can.contains(&Action::Enlist)
}

fn nothing(lang: Lang, view: &ScreeningView) -> impl IntoView + use<> {
    let all = (view.open, view.decided) != (0, 0);
    let (title, words) = if all {
        (
            lang.pick("这里没有需求", "No needs here"),
            lang.pick("换一个视图，看其余的。", "Take another view to see the others."),
        )
    } else {
        (
            lang.pick("还没有遴选中的需求", "There are no needs in screening yet"),
            lang.pick(
                "周期进入遴选以后，已报送的需求列在这里。",
                "What was forwarded stands here once the cycle has gone on to screening.",
            ),
        )
    };
    let more =
        all.then(|| view! { <a class="button" href="/app/screening">{lang.pick("看全部", "See all")}</a> });
    view! { <Empty title=title words=words>{more}</Empty> }
}

fn line(session: Session, asked: &Asked, row: ScreeningRow, picks: Picks) -> impl IntoView + use<> {
    let lang = session.lang();
    let can = is_open(&row);
    let ScreeningRow { need, ruling } = row;
    let heading = title(lang, &need);
    let pick = picks.cell(lang, &need.name, &heading, can);
    let rank = need.rank.map(|rank| view! { <br/><small class="quiet">{rank_words(lang, rank)}</small> });
    let unit = lang.pick(&need.unit.name, &need.unit.name_en).to_owned();
    let budget = need.budget.map(|budget| budget.to_string()).unwrap_or_default();
    view! {
        <tr aria-selected=picks.selected(&need.name)>
            {pick}
            <th scope="row"><span class="table__no">{need.name.clone()}</span><a href=asked.of(&need.name)>{heading}</a></th>
            <td data-label=lang.pick("单位", "Unit")>{unit}{rank}</td>
            <td data-label=lang.pick("措施", "Measures") data-half="first">{measure_numbers(lang, &need.measures)}</td>
            <td data-label=lang.pick("遴选意见", "Verdict") data-half="second">{ruling_tag(session, ruling)}</td>
            <td class="number" data-label=lang.pick("经费（元）", "Budget (CNY)")>{budget}</td>
        </tr>
    }
}

/// What can be done with those that are picked.
fn verdicts(session: Session, names: &[String]) -> AnyView {
    let (lang, picked) = (session.lang(), names.join(","));
    let links = [Action::Enlist, Action::Decline, Action::Merge].map(|action| {
        let to = format!("/app/screening/verdict?action={}&sel={picked}", super::super::action_name(action));
        let kind = (action == Action::Enlist).then_some("primary");
        view! { <a class="button" data-kind=kind href=to>{need_action(lang, action)}</a> }
    });
    let ask = format!("/app/screening/ask?sel={picked}");
    view! {
        {links.into_iter().collect_view()}
        <a class="button" href=ask>{lang.pick("征求意见", "Ask for opinions")}</a>
    }
    .into_any()
}
