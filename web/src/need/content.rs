//! What a need says, as a list of answers.

use leptos::prelude::*;
use ronghe_contract::need::{ContentView, NeedRow};
use ronghe_domain::need::Field;
use ronghe_text::{Lang, form, measure_titled, need_field, stage, yuan};

/// Everything that was submitted.
pub fn content(lang: Lang, row: &NeedRow, view: &ContentView) -> impl IntoView + use<> {
    let unit = lang.pick(&row.unit.name, &row.unit.name_en).to_owned();
    let district = row.district.as_ref().map(|it| lang.pick(&it.name, &it.name_en).to_owned());
    let unit = match district {
        Some(district) => format!("{unit}{}{district}", lang.pick("，", ", ")),
        None => unit,
    };
    let measures = view
        .measures
        .iter()
        .map(|it| view! { <li>{measure_titled(lang, it.seq, &it.title)}</li> })
        .collect_view();
    let separator = lang.pick("、", ", ");
    let mut forms: Vec<String> = view.forms.iter().map(|it| form(lang, *it).to_owned()).collect();
    if !view.other_form.is_empty() {
        forms.push(view.other_form.clone());
    }
    let stages = view.stages.iter().map(|it| stage(lang, *it)).collect::<Vec<_>>().join(separator);
    let people = match lang {
        Lang::Zh => format!("学生 {} 人，教师 {} 人", view.students, view.teachers),
        Lang::En => format!("{} pupils, {} teachers", view.students, view.teachers),
    };
    let wanted = wanted(lang, view);
    view! {
        <section class="record__section"><h2>{lang.pick("基本情况", "Basics")}</h2><dl class="summary-list">
            <dt>{lang.pick("需求单位", "Unit")}</dt><dd>{unit}</dd>
            <dt>{need_field(lang, Field::Measures)}</dt><dd><ul>{measures}</ul></dd>
            <dt>{need_field(lang, Field::Forms)}</dt><dd>{forms.join(separator)}</dd>
            <dt>{need_field(lang, Field::Stages)}</dt><dd>{stages}</dd>
            <dt>{lang.pick("受益", "Who benefits")}</dt><dd>{people}</dd>
            <dt>{need_field(lang, Field::University)}</dt><dd>{wanted}</dd>
        </dl></section>
        <section class="record__section"><h2>{lang.pick("为什么需要", "Why")}</h2><dl class="summary-list">
            <dt>{need_field(lang, Field::Background)}</dt><dd>{paragraphs(&view.background)}</dd>
            <dt>{need_field(lang, Field::Goals)}</dt><dd>{paragraphs(&view.goals)}</dd>
            <dt>{need_field(lang, Field::Benefit)}</dt><dd>{paragraphs(&view.benefit)}</dd>
        </dl></section>
        {indicators(lang, view)}
        <section class="record__section"><h2>{lang.pick("经费与周期", "Budget and period")}</h2><dl class="summary-list">
            <dt>{need_field(lang, Field::Budget)}</dt><dd>{yuan(lang, view.budget)}</dd>
            <dt>{need_field(lang, Field::Own)}</dt><dd>{yuan(lang, view.own)}</dd>
            <dt>{need_field(lang, Field::Period)}</dt><dd>{view.period.clone()}</dd>
        </dl></section>
    }
}

fn wanted(lang: Lang, view: &ContentView) -> String {
    let university = view.university.as_ref().map(|it| lang.pick(&it.name, &it.name_en).to_owned());
    let discipline = Some(view.discipline.clone()).filter(|it| !it.is_empty());
    let parts: Vec<String> = university.into_iter().chain(discipline).collect();
    if parts.is_empty() {
        lang.pick("未填", "not given").to_owned()
    } else {
        parts.join(lang.pick("，", ", "))
    }
}

fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

fn indicators(lang: Lang, content: &ContentView) -> impl IntoView + use<> {
    let head = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let rows = content
        .indicators
        .iter()
        .cloned()
        .map(|it| {
            view! {
                <tr><th scope="row">{it.name}</th><td data-label=head("单位", "Unit")>{it.unit}</td>
                    <td class="number" data-label=head("现状", "Baseline")>{it.baseline}</td>
                    <td class="number" data-label=head("目标", "Target")>{it.target}</td></tr>
            }
        })
        .collect_view();
    view! {
        <section class="record__section"><h2>{need_field(lang, Field::Indicators)}</h2>
            <div class="table-frame"><table class="table" data-density="dense" data-narrow="cards">
                <thead><tr><th scope="col">{head("指标", "Indicator")}</th><th scope="col">{head("单位", "Unit")}</th>
                    <th scope="col" class="number">{head("现状", "Baseline")}</th><th scope="col" class="number">{head("目标", "Target")}</th></tr></thead>
                <tbody>{rows}</tbody></table></div></section>
    }
}
