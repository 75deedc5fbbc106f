//! A need as lines.

use crate::write::offer_line;
use ronghe_contract::need::{NeedRow, NeedView};
use ronghe_domain::need::Field;
use ronghe_domain::need::rules::Turn;
use ronghe_text::{
    Lang, before_close, colon, comma, decline_reason, field_label, field_problem, form, instant,
    measure_numbers, measure_titled, need_action, need_field, need_refusal, need_state, ruling, stage, turn,
    yuan,
};

/// Cells of a row.
pub(super) fn cells(lang: Lang, row: &NeedRow) -> Vec<String> {
    vec![
        row.name.clone(),
        row.title.clone(),
        need_state(lang, row.state).to_owned(),
        lang.pick(&row.unit.name, &row.unit.name_en).to_owned(),
        measure_numbers(lang, &row.measures),
        turn(lang, row.turn).to_owned(),
        row.deadline.map(|closes| instant(lang, before_close(closes))).unwrap_or_default(),
        row.budget.map(|budget| budget.to_string()).unwrap_or_default(),
    ]
}

/// A need whole: where it stands, what it says, what can be done.
pub(super) fn lines(lang: Lang, view: &NeedView) -> Vec<String> {
    let row = &view.row;
    let mut lines = vec![format!("{}  {}  {}", row.name, row.title, need_state(lang, row.state))];
    lines.push(format!(
        "{}  {}",
        lang.pick("需求单位", "Unit"),
        lang.pick(&row.unit.name, &row.unit.name_en)
    ));
    if row.turn != Turn::Nobody {
        let until = row.deadline.map(|closes| format!("  {}", instant(lang, before_close(closes))));
        let whose = turn(lang, row.turn);
        lines.push(format!("{}  {whose}{}", lang.pick("等待", "Waits for"), until.unwrap_or_default()));
    }
    lines.extend(fate(lang, view));
    let carried = [
        (lang.pick("结转自", "Carried on from"), &view.carried_from),
        (lang.pick("已结转为", "Carried on as"), &view.carried_into),
    ];
    let carried = carried.into_iter().filter_map(|(words, of)| Some((words, of.as_ref()?)));
    lines.extend(carried.map(|(words, of)| format!("{words}  {} {}", of.name, of.title)));
    lines.extend(content(lang, view));
    if let Some(returned) = &view.returned {
        let until = instant(lang, before_close(returned.until));
        lines.push(format!("{}  {}  {until}", lang.pick("退回", "Returned"), returned.by));
        lines.extend(Some(returned.remark.clone()).filter(|remark| !remark.is_empty()));
        lines.extend(
            returned
                .corrections
                .iter()
                .map(|it| format!("  {}{}{}", need_field(lang, it.field), colon(lang), it.remark)),
        );
    }
    lines.extend(view.errors.iter().map(|error| {
        let label = field_label(lang, &error.path);
        format!("  {}  {label}{}{}", error.path, colon(lang), field_problem(lang, &error.problem))
    }));
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| need_refusal(lang, it));
        offer_line(lang, need_action(lang, offer.action), barred)
    }));
    lines
}

/// What is meant to become of it, or has: why it is not listed, what takes it up, what it takes up.
fn fate(lang: Lang, view: &NeedView) -> Vec<String> {
    let Some(meant) = &view.meant else { return Vec::new() };
    let mut lines: Vec<String> = Vec::new();
    if let Some(given) = meant.verdict.ruling {
        let why = meant.verdict.why.map(|why| decline_reason(lang, why).to_owned());
        let into = meant.verdict.into.as_ref().map(|into| format!("{} {}", into.name, into.title));
        let remark = Some(meant.verdict.remark.clone()).filter(|remark| !remark.is_empty());
        let parts = std::iter::once(ruling(lang, given).to_owned()).chain(why).chain(into).chain(remark);
        lines.push(format!("{}  {}", lang.pick("遴选意见", "Verdict"), parts.collect::<Vec<_>>().join("  ")));
    }
    let takes = lang.pick("并入本条", "Takes up");
    lines.extend(meant.origins.iter().map(|it| format!("{takes}  {} {}", it.name, it.title)));
    lines
}

fn content(lang: Lang, view: &NeedView) -> Vec<String> {
    let Some(it) = &view.content else { return Vec::new() };
    let separator = comma(lang);
    let line = |field: Field, text: String| format!("{}  {text}", need_field(lang, field));
    let measures: Vec<String> =
        it.measures.iter().map(|it| measure_titled(lang, it.seq, &it.title)).collect();
    let forms: Vec<&str> = it.forms.iter().map(|it| form(lang, *it)).collect();
    let stages: Vec<&str> = it.stages.iter().map(|it| stage(lang, *it)).collect();
    let mut lines = vec![
        line(Field::Measures, measures.join(separator)),
        line(Field::Forms, forms.join(separator)),
        line(Field::Stages, stages.join(separator)),
        line(Field::Students, it.students.to_string()),
        line(Field::Teachers, it.teachers.to_string()),
        line(Field::Background, it.background.clone()),
        line(Field::Goals, it.goals.clone()),
        line(Field::Benefit, it.benefit.clone()),
    ];
    lines.extend(it.indicators.iter().map(|it| {
        line(Field::Indicators, format!("{}  {} → {} {}", it.name, it.baseline, it.target, it.unit))
    }));
    let university = it.university.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned());
    lines.extend(university.map(|name| line(Field::University, name)));
    lines.push(line(Field::Budget, yuan(lang, it.budget)));
    lines.push(line(Field::Own, yuan(lang, it.own)));
    lines.push(line(Field::Period, it.period.clone()));
    let files: Vec<String> =
        it.attachments.iter().map(|file| format!("{}  {}", file.name, file.id)).collect();
    lines.extend(files.into_iter().map(|file| line(Field::Attachments, file)));
    lines.push(line(Field::Contact, format!("{} {}", it.contact_name, it.contact_phone)));
    lines
}
