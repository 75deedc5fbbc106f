//! Parts of a version's pages: its needs, what it changes, its check, its approvals.

use crate::ui::tag;
use leptos::prelude::*;
use ronghe_contract::need_list::{
    NeedListChange, NeedListFinding, NeedListItem, NeedListMark, NeedListMinutes, NeedListStep,
};
use ronghe_domain::kernel::Fen;
use ronghe_domain::need_list::{Answer, Finding};
use ronghe_text::{
    Lang, deciding_body, instant, list_answer, list_change, list_finding, measure_numbers, seat,
};

/// In English where the page is and there is one.
pub(super) fn title(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::En && !en.trim().is_empty() { en.to_owned() } else { zh.to_owned() }
}

/// A hash that breaks where a line ends.
pub(super) fn hash(text: &str) -> impl IntoView + use<> {
    let signs: Vec<char> = text.chars().collect();
    let parts = signs.chunks(8).map(|part| view! { {part.iter().collect::<String>()}<wbr/> });
    view! { <code>{parts.collect_view()}</code> }
}

/// What its needs come to: how many, and how much they want.
pub(super) fn sums(lang: Lang, items: &[NeedListItem]) -> String {
    let budget =
        items.iter().filter_map(|item| item.budget).fold(0_i64, |sum, fen| sum.saturating_add(fen.0));
    let budget = ronghe_text::yuan(lang, Fen(budget));
    match lang {
        Lang::Zh => format!("{} 条需求，申请经费合计 {budget}", items.len()),
        Lang::En => format!("{} needs that ask for {budget} in all", items.len()),
    }
}

/// The needs of a version, in its order.
pub(super) fn items(lang: Lang, items: &[NeedListItem]) -> AnyView {
    let said = sums(lang, items);
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = items.iter().map(|item| {
        let district = item.district.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned());
        view! {
            <tr><th scope="row"><span class="table__no">{item.number.clone()}"　"{item.need.clone()}</span>
                    <a href=format!("/app/needs/{}", item.need)>{title(lang, &item.title, &item.title_en)}</a></th>
                <td data-label=lang.pick("单位", "Unit")>{lang.pick(&item.unit.name, &item.unit.name_en).to_owned()}
                    {district.map(|name| view! { <br/><small class="quiet">{name}</small> })}</td>
                <td data-label=lang.pick("措施", "Measures")>{measure_numbers(lang, &item.measures)}</td>
                <td class="number" data-label=lang.pick("经费（元）", "Budget (CNY)")>{item.budget.map(|fen| fen.to_string())}</td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="record__section"><h2>{lang.pick("清单", "The list")}</h2>
            <p class="quiet">{said}</p>
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("清单上的需求，按清单编号", "Needs on the list, in its order")}</caption>
                <thead><tr>{head("需求与编号", "Need and number")}{head("单位", "Unit")}{head("措施", "Measures")}
                    <th scope="col" class="number">{lang.pick("经费（元）", "Budget (CNY)")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
    .into_any()
}

/// Why there is a later version.
pub(super) fn reason(lang: Lang, reason: &str) -> Option<AnyView> {
    let reason = reason.to_owned();
    (!reason.is_empty()).then(|| {
        view! { <section class="record__section"><h2>{lang.pick("为什么出新版", "Why there is a later version")}</h2><p>{reason}</p></section> }
            .into_any()
    })
}

/// What it changes against the version before.
pub(super) fn changes(lang: Lang, changes: &[NeedListChange]) -> Option<AnyView> {
    let rows = changes.iter().map(|it| {
        let reason = it.reason.clone();
        view! {
            <li><b>{list_change(lang, it.kind)}</b>" "<span class="table__no">{it.number.clone()}</span>" "
                {title(lang, &it.title, &it.title_en)}
                {(!reason.is_empty()).then(|| view! { <p class="quiet">{reason}</p> })}</li>
        }
    });
    let rows = rows.collect_view();
    (!changes.is_empty()).then(|| {
        view! { <section class="record__section"><h2>{lang.pick("与上一版相比", "Against the version before")}</h2><ul class="stack">{rows}</ul></section> }
            .into_any()
    })
}

/// What the check finds.
pub(super) fn findings(lang: Lang, year: &str, findings: &[NeedListFinding]) -> AnyView {
    if findings.is_empty() {
        return view! {
            <section class="record__section"><h2>{lang.pick("核对", "Check")}</h2>
                <p>{tag("done", lang.pick("没有问题", "Nothing to mend"))}</p></section>
        }
        .into_any();
    }
    let rows = findings.iter().map(|it| {
        let (turn, words) = match it.barring {
            true => ("yours", lang.pick("要先处理", "To mend")),
            false => ("others", lang.pick("提示", "Note")),
        };
        let to = match &it.finding {
            Finding::Undecided { .. } | Finding::MergedIntoUnlisted { .. } => {
                Some(format!("/app/screening?show=open&year={year}"))
            }
            Finding::OverdueOpinions { .. } => Some(format!("/app/opinions?show=overdue&year={year}")),
            Finding::SeatVacant { .. } | Finding::SeatBarred { .. } => {
                Some(format!("/app/cycles/{year}?tab=rules"))
            }
            Finding::Empty
            | Finding::Outdated
            | Finding::NoReason
            | Finding::RemovedWithoutReason { .. }
            | Finding::NothingChanged
            | Finding::NoMinutes { .. } => None,
        };
        let words_of = list_finding(lang, &it.finding);
        let said = match to {
            Some(to) => view! { <a href=to>{words_of}</a> }.into_any(),
            None => words_of.into_any(),
        };
        view! { <li>{tag(turn, words)}" "{said}</li> }
    });
    let rows = rows.collect_view();
    view! { <section class="record__section"><h2>{lang.pick("核对", "Check")}</h2><ul class="stack">{rows}</ul></section> }
        .into_any()
}

/// The chain of approval, and how far it has come.
pub(super) fn steps(lang: Lang, steps: &[NeedListStep]) -> AnyView {
    let rows = steps.iter().map(|step| {
        let (turn, words) = match (step.agreed, step.waits) {
            (true, _) => ("done", lang.pick("已同意", "Agreed")),
            (false, true) => ("yours", lang.pick("等待审定", "Waits")),
            (false, false) => ("draft", lang.pick("未到", "Not yet")),
        };
        view! { <dt>{seat(lang, step.seat)}</dt><dd>{step.post.clone()}" "{tag(turn, words)}</dd> }
    });
    let rows = rows.collect_view();
    view! { <section><h2>{lang.pick("审定程序", "Chain of approval")}</h2><dl class="facts">{rows}</dl></section> }
        .into_any()
}

/// What the leading group said; what is void stays, struck through.
pub(super) fn marks(lang: Lang, marks: &[NeedListMark]) -> Option<AnyView> {
    let rows = marks.iter().rev().map(|mark| {
        let name = mark.name.clone().unwrap_or_else(|| mark.post.clone());
        let said = format!("{} {name} {}", seat(lang, mark.seat), list_answer(lang, mark.answer));
        let said = match mark.voided_at {
            Some(_) => view! { <s>{said}</s>" "{tag("draft", lang.pick("已作废", "Void"))} }.into_any(),
            None if mark.answer == Answer::Returned => view! { <b>{said}</b> }.into_any(),
            None => said.into_any(),
        };
        let reason = mark.reason.clone();
        view! {
            <li><time datetime=mark.at.to_string()>{instant(lang, mark.at)}</time>" "{said}
                {(!reason.is_empty()).then(|| view! { <br/>{reason} })}</li>
        }
    });
    let rows = rows.collect_view();
    (!marks.is_empty()).then(|| {
        view! { <section><h2>{lang.pick("审定记录", "What was said")}</h2><ol class="timeline">{rows}</ol></section> }
            .into_any()
    })
}

/// What the body that decides has decided.
pub(super) fn minutes(lang: Lang, minutes: &NeedListMinutes) -> impl IntoView + use<> {
    let rows = [
        (lang.pick("会议", "Meeting"), Some(deciding_body(lang, minutes.body).to_owned())),
        (lang.pick("日期", "Day"), Some(minutes.date.to_string())),
        (lang.pick("纪要编号", "Number of the minutes"), Some(minutes.minutes_no.clone())),
        (lang.pick("出席人员", "Present"), minutes.present.clone()),
        (lang.pick("会签", "Countersigned by"), minutes.countersigned.clone()),
        (lang.pick("登记", "Recorded by"), minutes.name.clone()),
    ];
    let said = rows.into_iter().filter_map(|(name, value)| Some((name, value.filter(|it| !it.is_empty())?)));
    let said = said.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    view! { <section><h2>{lang.pick("会议决定", "Decision of the meeting")}</h2><dl class="facts">{said}</dl></section> }
}
