//! 规则: what a selection must keep, the rubric, the frame of the evaluation; each with its versions.

use super::{action_name, parts_offered};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_contract::cycle::{CycleView, PartView};
use ronghe_domain::cycle::{Frame, Part, PartDraft, Rubric};
use ronghe_domain::suggestion;
use ronghe_text::{
    Lang, affinity_part, colon, cycle_part, deciding_body, dimension, instant, ordinal, phase, seat,
};

/// The tab.
pub fn rules(session: Session, view: &CycleView) -> impl IntoView + use<> {
    let lang = session.lang();
    let sections = view.parts.iter().map(|part| {
        let body = match part.part {
            Part::Plan | Part::Budget => None,
            Part::Selection => Some(selection(lang, view).into_any()),
            Part::Rubric => Some(rubric(lang, &view.rubric).into_any()),
            Part::Frame => Some(frame(lang, &view.frame).into_any()),
            Part::Approval => approval(lang, part).map(IntoAny::into_any),
            Part::Affinity => affinity(lang, part).map(IntoAny::into_any),
        };
        section(lang, view, part, body)
    });
    view! { <div class="section">{sections.collect_view()}</div> }
}

fn section(lang: Lang, view: &CycleView, part: &PartView, body: Option<AnyView>) -> impl IntoView + use<> {
    let fixed = view.row.phase >= part.needed_by;
    let version = match lang {
        Lang::Zh => format!("第 {} 版", part.version),
        Lang::En => format!("Version {}", part.version),
    };
    let until = match (lang, fixed, part.part) {
        (_, false, Part::Plan) => String::new(),
        (Lang::Zh, true, _) => format!("，自{}起固定", phase(lang, part.needed_by)),
        (Lang::Zh, false, _) => format!("，{}前可以修改", phase(lang, part.needed_by)),
        (Lang::En, true, _) => format!(", fixed since {}", phase(lang, part.needed_by).to_lowercase()),
        (Lang::En, false, _) => format!(", may change before {}", phase(lang, part.needed_by).to_lowercase()),
    };
    let change = parts_offered(view).contains(&part.part).then(|| {
        let to = format!("/app/cycles/{}/{}", view.row.year, action_name(part.part.action()));
        view! { <a class="button" data-size="small" href=to>{lang.pick("修改", "Change")}<span class="unseen">{cycle_part(lang, part.part)}</span></a> }
    });
    let history = view.revisions.iter().filter(|it| it.part == part.part).rev();
    let history: Vec<_> = history
        .map(|it| {
            let said = match lang {
                Lang::Zh => format!("改为第 {} 版", it.version + 1),
                Lang::En => format!("Version {} made", it.version + 1),
            };
            view! { <li><time>{instant(lang, it.at)}</time>" "{said}<br/>{it.reason.clone()}</li> }
        })
        .collect();
    let history = (!history.is_empty()).then(|| {
        view! { <details><summary>{lang.pick("修改记录", "Changes")}</summary><ol class="timeline">{history}</ol></details> }
    });
    // Plan and budget stand on the first tab; here only how they change.
    let title = cycle_part(lang, part.part);
    view! {
        <section class="record__section"><h2>{title}</h2>
            <div class="button-row"><p class="quiet">{version}{until}</p>{change}</div>{body}{history}</section>
    }
}

fn selection(lang: Lang, view: &CycleView) -> impl IntoView + use<> {
    let rules = &view.selection;
    let most = |most: Option<u32>| match (lang, most) {
        (_, None) => lang.pick("不限", "no cap").to_owned(),
        (Lang::Zh, Some(most)) => format!("{most} 项"),
        (Lang::En, Some(most)) => most.to_string(),
    };
    let least = |name: String, least: u32| {
        let least = match lang {
            Lang::Zh => format!("至少 {least} 项"),
            Lang::En => format!("at least {least}"),
        };
        view! { <tr><th scope="row">{name}</th><td class="number">{least}</td></tr> }
    };
    let measures: Vec<_> = rules
        .measures
        .iter()
        .filter(|it| it.least > 0)
        .map(|it| least(numbered(lang, it.seq, &it.title), it.least))
        .collect();
    let districts: Vec<_> = rules
        .districts
        .iter()
        .filter(|it| it.least > 0)
        .map(|it| least(lang.pick(&it.district.name, &it.district.name_en).to_owned(), it.least))
        .collect();
    view! {
        <dl class="summary-list">
            <dt>{lang.pick("每条需求", "A need")}</dt><dd>{lang.pick("最多立一项", "one award at most")}</dd>
            <dt>{lang.pick("每所高校最多申报", "Applications of a university")}</dt><dd>{most(rules.applications_most)}</dd>
            <dt>{lang.pick("每所高校最多立项", "Awards of a university")}</dt><dd>{most(rules.university_most)}</dd>
        </dl>
        {(!measures.is_empty() || !districts.is_empty()).then(|| view! {
            <div class="table-frame section"><table class="table" data-density="dense">
                <caption class="unseen">{lang.pick("至少立项", "Awards at least")}</caption>
                <tbody>{measures}{districts}</tbody></table></div>
        })}
    }
}

fn rubric(lang: Lang, rubric: &Rubric) -> impl IntoView + use<> {
    let rows = rubric.criteria.iter().map(|it| {
        let levels = it.levels.iter().map(|level| view! { <li><b>{level.from}</b>" "{level.words.clone()}</li> });
        let levels = levels.collect_view();
        view! {
            <tr><th scope="row">{named(lang, &it.name, &it.name_en)}</th>
                <td class="number" data-label=lang.pick("权重", "Weight")>{it.weight}</td>
                <td data-label=lang.pick("分档（最低分）", "Levels (from)")><ul class="levels">{levels}</ul></td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("评审指标", "Rubric")}</caption>
            <thead><tr><th scope="col">{lang.pick("指标", "Criterion")}</th><th scope="col" class="number">{lang.pick("权重", "Weight")}</th>
                <th scope="col">{lang.pick("分档（最低分）", "Levels (from)")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}

fn frame(lang: Lang, frame: &Frame) -> impl IntoView + use<> {
    let rows = frame.indicators.iter().map(|it| {
        view! {
            <tr><th scope="row">{named(lang, &it.name, &it.name_en)}</th>
                <td data-label=lang.pick("维度", "Dimension")>{dimension(lang, it.dimension)}</td>
                <td class="number" data-label=lang.pick("权重", "Weight")>{it.weight}</td>
                <td data-label=lang.pick("评分办法", "How it is scored")>{it.rule.clone()}</td></tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("绩效评估指标", "Evaluation frame")}</caption>
            <thead><tr><th scope="col">{lang.pick("指标", "Indicator")}</th><th scope="col">{lang.pick("维度", "Dimension")}</th>
                <th scope="col" class="number">{lang.pick("权重", "Weight")}</th><th scope="col">{lang.pick("评分办法", "How it is scored")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}

/// Who of the leading group approves what is proposed, in order.
fn approval(lang: Lang, part: &PartView) -> Option<impl IntoView + use<>> {
    let PartDraft::Approval(draft) = &part.draft else { return None };
    let steps = draft
        .steps
        .iter()
        .map(|step| view! { <li>{seat(lang, step.seat)}{colon(lang)}{step.post.clone()}</li> });
    let steps = steps.collect_view();
    let body = deciding_body(lang, draft.body);
    let said = match (lang, draft.minutes_needed) {
        (Lang::Zh, true) => format!("需求清单由{body}决定，登记会议决定以后才能发布"),
        (Lang::Zh, false) => format!("需求清单由{body}决定"),
        (Lang::En, true) => {
            format!("{body} decides on the need list, which is published once that is on record")
        }
        (Lang::En, false) => format!("{body} decides on the need list"),
    };
    Some(view! { <ol>{steps}</ol><p>{said}</p> })
}

/// What is suggested to whom weighs these, of 100.
fn affinity(lang: Lang, part: &PartView) -> Option<impl IntoView + use<>> {
    let PartDraft::Affinity(draft) = &part.draft else { return None };
    let row = |(of, weight): (suggestion::Part, &String)| {
        view! { <dt>{affinity_part(lang, of)}</dt><dd>{weight.clone()}</dd> }
    };
    let rows = super::weights::rows(draft).map(row).into_iter().collect_view();
    Some(view! { <dl class="summary-list">{rows}</dl> })
}

/// A measure with its number.
pub fn numbered(lang: Lang, seq: u32, title: &str) -> String {
    match lang {
        Lang::Zh => format!("（{}）{title}", ordinal(seq)),
        Lang::En => format!("({seq}) {title}"),
    }
}

fn named(lang: Lang, name: &str, name_en: &str) -> String {
    let english = lang == Lang::En && !name_en.is_empty();
    if english { name_en.to_owned() } else { name.to_owned() }
}
