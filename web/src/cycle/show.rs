//! One cycle: its phase, its ends, its rules, how far units have come, what happened.

use super::filing::Filing;
use super::progress::Figures;
use super::rules::rules;
use super::{offered, phase_tag, title};
use crate::audit::timeline;
use crate::need::StartButton;
use crate::session::Session;
use crate::suggestion::UnansweredNeeds;
use crate::ui::{
    Fetch, OfferBar, PageHead, Standing, Step, Tabs, back, barred, deadline, life, loaded, rehearsed, tag,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::cycle::CycleView;
use ronghe_domain::cycle::rules::may_make;
use ronghe_domain::cycle::{End, Phase};
use ronghe_domain::need::rules::oversees;
use ronghe_domain::suggestion::rules::watches_unanswered;
use ronghe_text::{
    Lang, about_rehearsals, before_close, colon, condition_text, cycle_end, cycle_year, eligibility_check,
    instant, phase, planned, yuan,
};

/// The page.
#[component]
pub fn Cycle() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let year = Memo::new(move |_| params.with(|params| params.get("year").unwrap_or_default()));
    let cycle = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.show_cycle(&year).await).await }
    });
    loaded(session, cycle, move |view: CycleView| record(session, view))
}

/// What of a cycle is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Content,
    Rules,
    Filing,
    Unanswered,
    Events,
}

fn record(session: Session, view: CycleView) -> impl IntoView {
    let lang = session.lang();
    let query = use_query_map();
    let tab = Memo::new(move |_| match query.with(|query| query.get("tab")).as_deref() {
        Some("filing") => Tab::Filing,
        Some("rules") => Tab::Rules,
        Some("unanswered") => Tab::Unanswered,
        Some("events") => Tab::Events,
        _ => Tab::Content,
    });
    let offers = offered(lang, &view);
    let reasons = barred(session, &offers);
    let leads = |it: &crate::ui::Offered| ["/open", "/advance"].iter().any(|end| it.to.ends_with(end));
    let calm = !offers.iter().any(|it| it.barred.is_none() && leads(it));
    let base = format!("/app/cycles/{}", view.row.year);
    let reads_needs = oversees(&session.actor());
    let collects = view.row.phase == Phase::CollectingNeeds;
    let may_apply = matches!(view.row.phase, Phase::ScreeningNeeds | Phase::AcceptingApplications);
    let watches = may_apply && watches_unanswered(&session.actor()).is_ok();
    let tabs = move || {
        let here = tab.get();
        let mut tabs = vec![(base.clone(), lang.pick("内容", "Content").to_owned(), here == Tab::Content)];
        let words = lang.pick("规则与指标", "Rules and rubric").to_owned();
        tabs.push((format!("{base}?tab=rules"), words, here == Tab::Rules));
        if reads_needs {
            let words = lang.pick("报送情况", "Filing").to_owned();
            tabs.push((format!("{base}?tab=filing"), words, here == Tab::Filing));
        }
        if watches {
            let words = lang.pick("可能无人申报", "May stay unanswered").to_owned();
            tabs.push((format!("{base}?tab=unanswered"), words, here == Tab::Unanswered));
        }
        tabs.push((
            format!("{base}?tab=events"),
            lang.pick("动态", "Time line").to_owned(),
            here == Tab::Events,
        ));
        view! { <Tabs name=lang.pick("周期", "Cycle") tabs=tabs/> }
    };
    let heading = title(lang, &view.row);
    let steps = life(lang, lang.pick("周期的阶段", "Phases of the cycle"), steps(lang, &view));
    let number = cycle_year(lang, &view.row.year);
    let ahead = view.row.ahead;
    let until = (view.row.phase == Phase::CollectingNeeds).then(|| {
        let ends = view.row.collecting;
        view! { <p class="deadline">{lang.pick("学校截止 ", "Schools until ")}{deadline(session, ends.units_end, ahead)}</p>
            <p class="deadline">{lang.pick("区县截止 ", "Districts until ")}{deadline(session, ends.districts_end, ahead)}</p> }
    });
    let late = view.late.then(|| tag("error", lang.pick("已过计划截止", "Planned end has passed")));
    let until_planned = view.windows.iter().find(|window| window.phase == view.row.phase);
    let until_planned = until_planned.filter(|window| !collects && !window.to.is_empty()).map(|window| {
        view! { <p class="deadline">{lang.pick("计划截止", "Planned until")}" "{planned(lang, &window.to)}</p> }
    });
    let next = (may_make(&session.actor()).is_ok() && !view.row.rehearsal).then(|| {
        let to = format!("/app/cycles/new?after={}", view.row.year);
        view! { <p><a href=to>{lang.pick("照此新建下一年度", "Make the year after from this one")}</a></p> }
    });
    let lists = (view.row.phase >= Phase::ScreeningNeeds).then(|| {
        let to = format!("/app/need-lists/{}", view.row.year);
        view! { <p><a href=to>{lang.pick("需求清单", "Need list")}</a></p> }
    });
    let state = phase_tag(lang, view.row.phase);
    let rehearsal = view.row.rehearsal.then(|| rehearsal(session, &view));
    let kept = StoredValue::new(view);
    view! {
        {back(session, "/app/cycles", lang.pick("周期", "Cycles"))}
        <article class="record">
            <header class="record__head">
                <div><p class="record__no"><span>{number}</span></p><PageHead title=heading/>
                    <div class="record__state">{state}{late}{until}{until_planned}</div></div>
                <div class="stack" data-gap="small"><OfferBar offers=offers calm=calm/>{lists}{next}</div>
                {reasons}
            </header>
            {rehearsal}
            {steps}
            {tabs}
            {move || {
                let year = kept.with_value(|view| view.row.year.clone());
                match tab.get() {
                    Tab::Content => {
                        let said = kept.with_value(|view| content(session, view));
                        view! { <Figures year=year/>{said} }.into_any()
                    }
                    Tab::Rules => kept.with_value(|view| rules(session, view)).into_any(),
                    Tab::Filing => view! { <Filing year=year collects=collects/> }.into_any(),
                    Tab::Unanswered => view! { <UnansweredNeeds year=year ahead=ahead/> }.into_any(),
                    Tab::Events => view! { <Events year=year/> }.into_any(),
                }
            }}
        </article>
    }
}

/// What a rehearsal is, what its clock shows, and where a need is begun in it.
fn rehearsal(session: Session, view: &CycleView) -> impl IntoView + use<> {
    let lang = session.lang();
    let shows = instant(lang, session.now_of(view.row.ahead));
    let year = view.row.year.clone();
    let files = view.filing.as_ref().map(|_| view! { <StartButton year=year/> });
    view! {
        <div class="banner" data-turn="others"><div>
            <p>{rehearsed(lang)}" "{about_rehearsals(lang)}</p>
            <p>{lang.pick("演练时钟现在是 ", "Its clock now shows ")}<b>{shows}</b></p>
            <div class="button-row">{files}</div>
        </div></div>
    }
}

/// Seven steps at most: the phases after 公示 are one.
fn steps(lang: Lang, view: &CycleView) -> Vec<Step> {
    let now = view.row.phase;
    let begins = |wanted: Phase| {
        let window = view.windows.iter().find(|window| window.phase == wanted);
        window.map(|window| planned(lang, &window.from)).unwrap_or_default()
    };
    let shown = [
        Phase::CollectingNeeds,
        Phase::ScreeningNeeds,
        Phase::AcceptingApplications,
        Phase::Reviewing,
        Phase::Selecting,
        Phase::PublicNotice,
        Phase::Implementing,
    ];
    shown
        .into_iter()
        .map(|at| {
            let later = at == Phase::Implementing && now > Phase::Implementing;
            let standing = match at.cmp(&now) {
                _ if later => Standing::Now,
                std::cmp::Ordering::Less => Standing::Done,
                std::cmp::Ordering::Equal => Standing::Now,
                std::cmp::Ordering::Greater => Standing::Ahead,
            };
            let when = if at == Phase::CollectingNeeds {
                instant(lang, view.row.collecting.opens)
            } else {
                begins(at)
            };
            Step { words: phase(lang, at).to_owned(), when, standing }
        })
        .collect()
}

fn content(session: Session, view: &CycleView) -> impl IntoView + use<> {
    let lang = session.lang();
    let ends = view.row.collecting;
    let cap = |most: Option<u32>| match (lang, most) {
        (_, None) => lang.pick("不限", "no cap").to_owned(),
        (Lang::Zh, Some(most)) => format!("{most} 项"),
        (Lang::En, Some(most)) => most.to_string(),
    };
    let policy = view.policy.clone().map(|(slug, name)| {
        view! { <a href=format!("/app/policies/{slug}")>{name}</a> }
    });
    let rules = view.eligibility.iter().map(|rule| {
        let checked = eligibility_check(lang, rule.check);
        view! { <li>{condition_text(lang, rule).to_owned()}<br/><small class="quiet">{checked}</small></li> }
    });
    let rules = rules.collect_view();
    let notice = match lang {
        Lang::Zh => format!("{} 个工作日，自发布次日起算", view.notice_days),
        Lang::En => format!("{} working days, counted from the day after publication", view.notice_days),
    };
    let unknown = (!view.workdays_known).then(|| view! {
        <p class="quiet"><small>{lang.pick("该年度的放假安排还没有收入，只按周末计算。", "The year's public holidays are not known yet; only weekends are counted.")}</small></p>
    });
    view! {
        <div class="record__body"><div>
            <section class="record__section"><h2>{lang.pick("安排", "Plan")}</h2><dl class="summary-list">
                <dt>{lang.pick("征集开始", "Opens")}</dt><dd>{instant(lang, ends.opens)}</dd>
                <dt>{cycle_end(lang, End::Units)}</dt><dd>{instant(lang, before_close(ends.units_end))}</dd>
                <dt>{cycle_end(lang, End::Districts)}</dt><dd>{instant(lang, before_close(ends.districts_end))}</dd></dl>
                {windows(lang, view)}</section>
            <section class="record__section"><h2>{lang.pick("参加条件", "Who may take part")}</h2><ol>{rules}</ol></section>
            {changes(lang, view)}
        </div>
        <aside class="record__beside stack"><section><h2>{lang.pick("规则", "Rules")}</h2><dl class="facts">
            <dt>{lang.pick("依据的政策", "Policy")}</dt><dd>{policy}</dd>
            <dt>{lang.pick("经费预算", "Budget")}</dt><dd>{yuan(lang, view.row.budget)}</dd>
            <dt>{lang.pick("每校上限", "Most for a school")}</dt><dd>{cap(view.most_per_school)}</dd>
            <dt>{lang.pick("每区县上限", "Most for a district")}</dt><dd>{cap(view.most_per_district)}</dd>
            <dt>{lang.pick("公示", "Public notice")}</dt><dd>{notice}{unknown}</dd>
        </dl></section></aside></div>
    }
}

/// When each phase is planned to run, and when it did.
fn windows(lang: Lang, view: &CycleView) -> impl IntoView + use<> {
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let span = |from: String, to: String| match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        _ => format!("{from}{}{to}", lang.pick(" 至 ", " to ")),
    };
    let at = |at: Option<ronghe_domain::kernel::Instant>| at.map(|at| instant(lang, at)).unwrap_or_default();
    let rows = view.windows.iter().map(|window| {
        let planned = span(planned(lang, &window.from), planned(lang, &window.to));
        let planned =
            if planned.is_empty() { lang.pick("未安排", "Not planned").to_owned() } else { planned };
        let real = match window.began {
            None => lang.pick("未开始", "Not begun").to_owned(),
            Some(began) if window.ended.is_none() => match lang {
                Lang::Zh => format!("{} 起", instant(lang, began)),
                Lang::En => format!("since {}", instant(lang, began)),
            },
            Some(began) => span(instant(lang, began), at(window.ended)),
        };
        let now = (window.phase == view.row.phase).then_some("true");
        view! {
            <tr aria-current=now><th scope="row">{phase(lang, window.phase)}</th>
                <td data-label=lang.pick("计划", "Planned")>{planned}</td>
                <td data-label=lang.pick("实际", "In fact")>{real}</td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame section"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("各阶段的计划与实际", "Phases as planned and in fact")}</caption>
            <thead><tr>{head("阶段", "Phase")}{head("计划", "Planned")}{head("实际", "In fact")}</tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}

/// Ends that were set later, and the way back: with their reasons, for all whom they concern.
fn changes(lang: Lang, view: &CycleView) -> Option<impl IntoView + use<>> {
    let extensions = view.extensions.iter().map(|it| {
        let said = format!(
            "{}{}{} → {}",
            cycle_end(lang, it.end),
            colon(lang),
            instant(lang, before_close(it.was)),
            instant(lang, before_close(it.until))
        );
        (it.at, said, it.reason.clone())
    });
    let backs = view.moves.iter().filter(|it| !it.reason.is_empty()).map(|it| {
        let said = format!("{} → {}", phase(lang, it.from), phase(lang, it.to));
        (it.at, said, it.reason.clone())
    });
    let mut all: Vec<_> = extensions.chain(backs).collect();
    all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let rows = all
        .iter()
        .map(|(at, said, reason)| view! { <li><time>{instant(lang, *at)}</time>" "{said.clone()}<br/>{reason.clone()}</li> })
        .collect_view();
    (!all.is_empty()).then(|| {
        view! { <section class="record__section"><h2>{lang.pick("延期与退回", "Extensions and ways back")}</h2><ol class="timeline">{rows}</ol></section> }
    })
}

#[component]
fn Events(year: String) -> impl IntoView {
    let session = Session::here();
    let events = Fetch::new(move || {
        let year = year.clone();
        async move { session.call(async |client| client.list_cycle_events(&year).await).await }
    });
    view! { <div class="section">{loaded(session, events, move |page: Page<EventView>| timeline(session, page.items))}</div> }
}
