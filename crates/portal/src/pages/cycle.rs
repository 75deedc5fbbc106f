//! The yearly cycle: where it stands, its calendar, its rules; for everyone.

use super::{Body, Found};
use crate::context::{Context, measure_titled};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_app::need::policy_of;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::date::SHANGHAI;
use ronghe_domain::kernel::{Date, Instant, workdays};
use ronghe_text::{Lang, before_close, condition_text, cycle_end, date, instant, phase, yuan};

/// `/cycles` leads to the newest year.
pub(crate) fn newest(context: &Context) -> Option<Found> {
    let cycle = context.register.real().next()?;
    Some(Found::Moved(context.href(&format!("/cycles/{}", cycle.name()))))
}

/// `/cycles` before any cycle was opened.
pub(crate) fn nothing(context: &Context) -> Body {
    let title = context.t("年度周期", "The yearly cycle").to_owned();
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1>
                <p class="lede">{context.t("还没有开始征集。开始以后，日历和规则公布在这里。", "Nothing is collected yet. Calendar and rules stand here once it begins.")}</p></div>
        </main>
    };
    Body { title, nav: Nav::Cycle, main: main.into_any() }
}

/// `/cycles/{year}`.
pub(crate) fn page(context: &Context, year: &str) -> Option<Body> {
    let cycle = context.register.real().find(|cycle| cycle.name() == year)?;
    let title = title(context, cycle);
    let others: Vec<_> = context
        .register
        .real()
        .filter(|other| other.id != cycle.id)
        .map(|other| {
            let to = context.href(&format!("/cycles/{}", other.name()));
            view! { <li><a href=to>{self::title(context, other)}</a></li> }
        })
        .collect();
    let more = (!others.is_empty()).then(|| view! {
        <section class="section"><h2>{context.t("其他年度", "Other years")}</h2><ul class="link-list">{others}</ul></section>
    });
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1><p class="lede">{standing(context, cycle)}</p></div>
            <section class="card phase" aria-label=context.t("年度周期", "The yearly cycle")>{bar(context, cycle)}</section>
            {calendar(context, cycle)}
            {rules(context, cycle)}
            {selection(context, cycle)}
            {rubric(context, cycle)}
            {changes(context, cycle)}
            {more}
        </main>
    };
    Some(Body { title, nav: Nav::Cycle, main: main.into_any() })
}

/// On the first page: where the newest cycle stands, with the way to its calendar.
pub(crate) fn teaser(context: &Context) -> Option<AnyView> {
    let cycle = context.register.real().next()?;
    let to = context.href(&format!("/cycles/{}", cycle.name()));
    Some(
        view! {
            <section class="card phase" aria-labelledby="phase">
                <div class="phase__title"><h2 id="phase">{standing(context, cycle)}</h2>
                    <a href=to>{context.t("全年日历与规则", "Calendar and rules")}</a></div>
                {bar(context, cycle)}
            </section>
        }
        .into_any(),
    )
}

fn title(context: &Context, cycle: &Cycle) -> String {
    let english = cycle.content.title_en.trim();
    match context.lang {
        Lang::En if !english.is_empty() => english.to_owned(),
        _ => cycle.content.title.clone(),
    }
}

/// `2026 年度：征集需求，学校 2026-03-20 17:00 截止`.
fn standing(context: &Context, cycle: &Cycle) -> String {
    let words = phase(context.lang, cycle.phase);
    let until = instant(context.lang, before_close(cycle.content.collecting.units_end));
    match (context.lang, cycle.phase) {
        (Lang::Zh, Phase::CollectingNeeds) => format!("{} 年度：{words}，学校 {until} 截止", cycle.name()),
        (Lang::En, Phase::CollectingNeeds) => {
            format!("{}: {}, schools submit until {until}", cycle.name(), words.to_lowercase())
        }
        (Lang::Zh, _) => format!("{} 年度：{words}", cycle.name()),
        (Lang::En, _) => format!("{}: {}", cycle.name(), words.to_lowercase()),
    }
}

/// The phases from 征集 on; on a phone the one before, this one and the next.
fn bar(context: &Context, cycle: &Cycle) -> AnyView {
    let place = |at: Phase| Phase::ALL.iter().position(|it| *it == at).unwrap_or_default();
    let now = place(cycle.phase);
    let steps: Vec<_> = Phase::ALL
        .into_iter()
        .filter(|at| !matches!(at, Phase::Preparing | Phase::Closed))
        .map(|at| {
            let step = place(at);
            let (key, said) = match step.cmp(&now) {
                std::cmp::Ordering::Less => ("done", context.t("（已完成）", " (done)")),
                std::cmp::Ordering::Equal => ("now", context.t("（当前）", " (now)")),
                std::cmp::Ordering::Greater => ("ahead", context.t("（未到）", " (ahead)")),
            };
            let current = (key == "now").then_some("step");
            let far = (step.abs_diff(now) > 1).then_some("");
            view! {
                <li class="life-cycle__step" data-step=key data-far=far aria-current=current>
                    <svg class="life-cycle__mark" viewBox="0 0 16 16" aria-hidden="true">{mark(key)}</svg>
                    <span class="life-cycle__word">{phase(context.lang, at)}<span class="unseen">{said}</span></span>
                    <span class="life-cycle__when">{when(context, cycle, at)}</span>
                </li>
            }
        })
        .collect();
    view! { <div class="life-cycle-frame"><ol class="life-cycle" aria-label=context.t("年度周期", "The yearly cycle")>{steps}</ol></div> }
        .into_any()
}

fn mark(key: &str) -> AnyView {
    match key {
        "done" => view! { <circle cx="8" cy="8" r="7"/><path d="m4.8 8.2 2.2 2.3 4.2-4.6"/> }.into_any(),
        "now" => view! { <circle cx="8" cy="8" r="3.5" stroke="none"/><circle cx="8" cy="8" r="7" fill="none"/><circle cx="8" cy="8" r="10.5" fill="none" stroke-opacity=".35"/> }.into_any(),
        _ => view! { <circle cx="8" cy="8" r="5"/> }.into_any(),
    }
}

fn day_of(at: Instant) -> Date {
    SHANGHAI.to_datetime(at).date()
}

/// First and last day of a phase, where they are planned.
fn days(cycle: &Cycle, at: Phase) -> Option<(Date, Date)> {
    let ends = cycle.content.collecting;
    if at == Phase::CollectingNeeds {
        return Some((day_of(ends.opens), day_of(before_close(ends.districts_end))));
    }
    cycle.content.plan.iter().find(|plan| plan.phase == at).map(|plan| (plan.from, plan.to))
}

fn when(context: &Context, cycle: &Cycle, at: Phase) -> Option<AnyView> {
    let (from, to) = days(cycle, at)?;
    let lang = context.lang;
    Some(
        view! { <span class="date">{date(lang, from)}{context.t("～", " –")}</span>{context.t("", " ")}<wbr/><span class="date">{date(lang, to)}</span> }
            .into_any(),
    )
}

fn calendar(context: &Context, cycle: &Cycle) -> AnyView {
    use ronghe_domain::cycle::End;
    let lang = context.lang;
    let ends = cycle.content.collecting;
    let mut rows = vec![
        (context.t("征集开始", "Collecting begins").to_owned(), instant(lang, ends.opens)),
        (cycle_end(lang, End::Units).to_owned(), instant(lang, before_close(ends.units_end))),
        (cycle_end(lang, End::Districts).to_owned(), instant(lang, before_close(ends.districts_end))),
    ];
    rows.extend(cycle.content.plan.iter().map(|plan| {
        let end = |day: Date, time: Option<Instant>| match time {
            Some(at) => instant(lang, at),
            None => date(lang, day),
        };
        let opens = end(plan.from, plan.opens_at.and(plan.opens()));
        let closes = end(plan.to, plan.closes_at.and(plan.closes().map(before_close)));
        let span = format!("{opens} {} {closes}", context.t("至", "to"));
        (phase(lang, plan.phase).to_owned(), span)
    }));
    let rows: Vec<_> =
        rows.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect();
    view! {
        <section class="section" aria-labelledby="calendar"><h2 id="calendar">{context.t("日历", "Calendar")}</h2>
            <dl class="facts">{rows}</dl></section>
    }
    .into_any()
}

fn rules(context: &Context, cycle: &Cycle) -> AnyView {
    let lang = context.lang;
    let content = &cycle.content;
    let policy = context.register.policies.iter().find(|policy| policy.id == content.policy);
    let policy = policy.and_then(|policy| {
        let label = context.policy_label(Register::content(policy)?);
        Some(view! { <dt>{context.t("依据", "Under")}</dt><dd><a href=context.policy_href(policy)>{label}</a></dd> })
    });
    let notice = match lang {
        Lang::Zh => format!("{} 个工作日，自发布次日起算", content.notice_days),
        Lang::En => format!("{} working days, counted from the day after publication", content.notice_days),
    };
    let only_weekends = (!workdays::has_table(content.year)).then(|| {
        context
            .t(
                "（该年度放假安排尚未收入，按周末计算）",
                " (the year's holidays are not known yet: weekends only)",
            )
            .to_owned()
    });
    let cap = |most: Option<u32>, zh: &str, en: &str| {
        let word = context.t(zh, en).to_owned();
        most.map(|most| view! { <dt>{word}</dt><dd>{most}</dd> })
    };
    let who: Vec<_> = content
        .eligibility
        .iter()
        .map(|rule| {
            let in_chinese = (rule.text_en.is_empty() || lang == Lang::Zh).then_some("zh-CN");
            view! { <li lang=in_chinese>{condition_text(lang, rule).to_owned()}</li> }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="rules"><h2 id="rules">{context.t("规则", "Rules")}</h2>
            <dl class="facts">{policy}
                <dt>{context.t("经费预算", "Budget")}</dt><dd>{yuan(lang, content.budget)}</dd>
                {cap(content.most_per_school, "每校最多", "Most for a school")}
                {cap(content.most_per_district, "每区县最多", "Most for a district")}
                <dt>{context.t("公示", "Public notice")}</dt><dd>{notice}{only_weekends}</dd></dl>
            <ol class="rules">{who}</ol></section>
    }
    .into_any()
}

/// What a selection must keep.
fn selection(context: &Context, cycle: &Cycle) -> AnyView {
    let lang = context.lang;
    let rules = cycle.content.selection();
    let policy = policy_of(cycle, &context.register);
    let row = |name: String, least: bool, count: u32| {
        let said = match (lang, least) {
            (Lang::Zh, true) => format!("至少 {count} 项"),
            (Lang::Zh, false) => format!("最多 {count} 项"),
            (Lang::En, true) => format!("{count} at least"),
            (Lang::En, false) => format!("{count} at most"),
        };
        view! { <dt>{name}</dt><dd>{said}</dd> }
    };
    let measures = policy.into_iter().flat_map(|policy| policy.measures()).filter_map(|measure| {
        let least = rules.measure_least.get(&measure.seq)?;
        Some(row(measure_titled(lang, measure), true, *least))
    });
    let districts = rules.district_least.iter().filter_map(|(org, least)| {
        let org = context.register.directory.org(*org)?;
        Some(row(context.t(&org.name, &org.name_en).to_owned(), true, *least))
    });
    let caps = [
        (context.t("每所高校申报", "Applications of a university"), rules.applications_most),
        (context.t("每所高校立项", "Awards of a university"), rules.university_most),
    ];
    let caps = caps.into_iter().filter_map(|(name, most)| Some(row(name.to_owned(), false, most?)));
    let need = row(context.t("每条需求立项", "Awards for a need").to_owned(), false, 1);
    let rows: Vec<_> = std::iter::once(need).chain(caps).chain(measures).chain(districts).collect();
    view! {
        <section class="section" aria-labelledby="selection"><h2 id="selection">{context.t("择优规则", "Rules of selection")}</h2>
            <dl class="facts">{rows}</dl></section>
    }
    .into_any()
}

/// What applications are scored by.
fn rubric(context: &Context, cycle: &Cycle) -> AnyView {
    let rubric = cycle.content.rubric();
    let rows: Vec<_> = rubric
        .criteria
        .iter()
        .map(|it| {
            let name = match context.lang {
                Lang::En if !it.name_en.is_empty() => it.name_en.clone(),
                _ => it.name.clone(),
            };
            let levels: Vec<_> = it
                .levels
                .iter()
                .map(|level| view! { <li>{level.from}" "<span lang="zh-CN">{level.words.clone()}</span></li> })
                .collect();
            view! { <tr><th scope="row">{name}</th><td class="number">{it.weight}</td><td><ul>{levels}</ul></td></tr> }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="rubric"><h2 id="rubric">{context.t("评审指标", "Rubric")}</h2>
            <div class="table-frame" tabindex="0" role="region" aria-labelledby="rubric"><table class="table">
                <thead><tr><th scope="col">{context.t("指标", "Criterion")}</th><th scope="col" class="number">{context.t("权重", "Weight")}</th>
                    <th scope="col">{context.t("分档（最低分）", "Levels (from)")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
    .into_any()
}

/// Ends that were set later, and ways back, with their reasons.
fn changes(context: &Context, cycle: &Cycle) -> Option<AnyView> {
    let lang = context.lang;
    let later = cycle.extensions.iter().map(|it| {
        let said = format!("{} → {}", cycle_end(lang, it.end), instant(lang, before_close(it.until)));
        (it.at, said, it.reason.clone())
    });
    let back =
        cycle.moves.iter().filter(|it| !it.reason.is_empty()).map(|it| {
            (it.at, format!("{} → {}", phase(lang, it.from), phase(lang, it.to)), it.reason.clone())
        });
    let mut all: Vec<_> = later.chain(back).collect();
    all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let rows: Vec<_> = all
        .into_iter()
        .map(|(at, said, reason)| {
            view! { <li><time datetime=at.to_string()>{instant(lang, at)}</time>" "{said}<br/><span lang="zh-CN">{reason}</span></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="section"><h2>{context.t("变更", "Changes")}</h2><ol class="timeline">{rows}</ol></section> }
            .into_any()
    })
}
