//! One need on the list: what a university must know to apply. No person stands on it.

use super::{
    forms, measure_words, name_of, need_path, number, of_year, place_of, stages, title_of, version_path,
};
use crate::context::Context;
use crate::pages::{Body, Found};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::need_list::PublishedList;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::need::State;
use ronghe_domain::need_list::document::{Altered, Listed};
use ronghe_text::{Lang, before_close, instant, need_state, yuan};
use std::sync::Arc;

/// The page of the need that is called so: by its number on the list, or by its own.
pub(super) fn page(context: &Context, name: &str) -> Option<Found> {
    if let Some(own) = name.strip_prefix(['N', 'n']) {
        let own = format!("N{own}");
        // Rehearsals are not for the public.
        let lists = context.register.real().flat_map(|cycle| {
            let versions: Vec<_> = context.register.lists_of(cycle.id).collect();
            versions.into_iter().rev()
        });
        let found = lists.flat_map(|it| &it.document.needs).find(|need| need.need == own)?;
        return Some(Found::Moved(context.href(&need_path(found))));
    }
    let wanted = number(name)?;
    let (cycle, versions) = of_year(context, &wanted.cycle)?;
    let said = wanted.to_string();
    let holds = |list: &&Arc<PublishedList>| list.document.needs.iter().any(|need| need.number == said);
    let list = versions.iter().copied().rev().find(holds)?;
    let need = list.document.needs.iter().find(|need| need.number == said)?;
    // A later version took it out.
    let gone = versions.iter().find_map(|later| {
        let altered = later.document.removed.iter().find(|it| it.number == said)?;
        Some((*later, altered))
    });
    if said != name {
        return Some(Found::Moved(context.href(&need_path(need))));
    }
    Some(Found::Body(body(context, cycle, list, need, gone)))
}

fn body(
    context: &Context,
    cycle: &Cycle,
    list: &PublishedList,
    need: &Listed,
    gone: Option<(&Arc<PublishedList>, &Altered)>,
) -> Body {
    let title = title_of(context, need);
    let way = vec![(context.href("/needs"), context.t("需求清单", "Need list").to_owned())];
    let origins = origins(context, need);
    let meetings = super::meetings::section(context, need).filter(|_| gone.is_none());
    let questions = super::questions::section(context, cycle).filter(|_| gone.is_none());
    let text = |zh: &str, en: &str, text: &str| {
        let text = text.to_owned();
        let lines: Vec<_> = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
        (!lines.is_empty())
            .then(|| view! { <section class="section" lang="zh-CN"><h2 lang=context.lang.tag()>{context.t(zh, en).to_owned()}</h2>{lines}</section> })
    };
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, way)}
            <div class="page-title"><p class="table__no">{need.number.clone()}"　"{need.need.clone()}</p><h1>{title.clone()}</h1>
                {(context.lang == Lang::En).then(|| view! { <p class="quiet" lang="zh-CN">{need.title.clone()}</p> })}</div>
            {fate(context, cycle, list, gone)}
            <div class="reading section">
                <div>
                    {text("背景", "Background", &need.background)}
                    {text("目标与内容", "Goals", &need.goals)}
                    {text("预期效益", "Expected benefit", &need.benefit)}
                    {indicators(context, need)}
                    {origins}
                    {meetings}
                    {questions}
                </div>
                <aside class="aside"><section><h2>{context.t("申报要知道的", "To know before you apply")}</h2>{facts(context, need)}</section></aside>
            </div>
        </main>
    };
    Body { title, nav: Nav::Needs, main: main.into_any() }
}

/// What became of it, and until when universities may apply.
fn fate(
    context: &Context,
    cycle: &Cycle,
    list: &PublishedList,
    gone: Option<(&Arc<PublishedList>, &Altered)>,
) -> AnyView {
    if let Some((later, altered)) = gone {
        let reason = if altered.reason.is_empty() { &later.document.reason } else { &altered.reason };
        let words = match context.lang {
            Lang::Zh => format!("已由清单第 {} 版移出：{reason}", later.list.no),
            Lang::En => format!("Taken out by version {} of the list: {reason}", later.list.no),
        };
        let to = context.href(&version_path(later));
        return view! { <div class="banner"><div><p class="banner__title">{words}</p><p><a href=to>{context.t("看这一版", "See that version")}</a></p></div></div> }
            .into_any();
    }
    let closes = cycle.content.closes(Phase::AcceptingApplications);
    let until = closes.filter(|_| cycle.phase <= Phase::AcceptingApplications).map(|closes| {
        let at = instant(context.lang, before_close(closes));
        match context.lang {
            Lang::Zh => format!("高校申报到 {at} 截止"),
            Lang::En => format!("Universities apply until {at}"),
        }
    });
    let to = context.href(&version_path(list));
    let (turn, state) =
        if context.beside.left_open { ("draft", State::Open) } else { ("done", State::Listed) };
    let word = need_state(context.lang, state).to_owned();
    let version = match context.lang {
        Lang::Zh => format!("清单第 {} 版", list.list.no),
        Lang::En => format!("Version {} of the list", list.list.no),
    };
    view! { <p><span class="tag" data-turn=turn>{word}</span>" "<a href=to>{version}</a>" "{until}</p> }
        .into_any()
}

fn facts(context: &Context, need: &Listed) -> AnyView {
    let measures: Vec<_> = need
        .measures
        .iter()
        .map(|measure| {
            let to = context.href(&format!("/measures/{}", measure.seq));
            view! { <li lang="zh-CN"><a href=to>{measure_words(context.lang, measure)}</a></li> }
        })
        .collect();
    let people = match context.lang {
        Lang::Zh => format!("学生 {} 人，教师 {} 人", need.students, need.teachers),
        Lang::En => format!("{} pupils, {} teachers", need.students, need.teachers),
    };
    let none = || context.t("不限", "Any").to_owned();
    let university = need.university.as_ref().map_or_else(none, |it| name_of(context, it));
    let discipline = need.discipline.clone();
    let row = |zh: &str, en: &str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{context.t(zh, en).to_owned()}</dt><dd>{value}</dd> })
    };
    view! {
        <dl class="facts">
            {row("需求单位", "Unit", name_of(context, &need.unit))}
            {row("区县", "District", place_of(context, need))}
            <dt>{context.t("措施", "Measures")}</dt><dd><ul>{measures}</ul></dd>
            {row("合作形式", "Forms of cooperation", forms(context, need))}
            {row("学段", "School stages", stages(context, need))}
            {row("受益", "Who benefits", people)}
            {row("意向高校", "Wanted university", university)}
            {row("意向学科", "Wanted discipline", discipline)}
            {row("经费预算", "Budget", yuan(context.lang, need.budget))}
            {row("其中学校自筹", "Of it, own funds", yuan(context.lang, need.own))}
            {row("实施周期", "Period", need.period.clone())}
        </dl>
    }
    .into_any()
}

fn indicators(context: &Context, need: &Listed) -> Option<AnyView> {
    let rows: Vec<_> = need
        .indicators
        .iter()
        .map(|it| {
            view! {
                <tr><th scope="row" lang="zh-CN">{it.name.clone()}</th><td class="number">{it.baseline.clone()}</td>
                    <td class="number">{it.target.clone()}</td><td lang="zh-CN">{it.unit.clone()}</td></tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section"><h2>{context.t("可衡量的指标", "Indicators")}</h2><div class="table-frame"><table class="table">
                <caption class="unseen">{context.t("指标、现状、目标", "Indicators as they are and shall be")}</caption>
                <thead><tr><th scope="col">{context.t("指标", "Indicator")}</th><th scope="col" class="number">{context.t("现状", "Now")}</th>
                    <th scope="col" class="number">{context.t("目标", "Target")}</th><th scope="col">{context.t("单位", "Unit")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
        }
        .into_any()
    })
}

/// Needs that it takes up: a project serves all of them.
fn origins(context: &Context, need: &Listed) -> Option<AnyView> {
    let rows: Vec<_> = need
        .origins
        .iter()
        .map(|it| {
            let unit = name_of(context, &it.unit);
            view! { <li><span class="table__no">{it.need.clone()}</span>" "<span lang="zh-CN">{it.title.clone()}</span>"，"{unit}</li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="section"><h2>{context.t("并入的需求", "Needs that it takes up")}</h2><ul>{rows}</ul></section> }
            .into_any()
    })
}
