//! A document as lines that people read.

use crate::write::offer_line;
use ronghe_contract::policy::{ContentView, ImportView, PolicyView};
use ronghe_text::{
    Lang, bracketed, colon, comma, field_label, field_problem, policy_action, policy_refusal, policy_state,
    policy_status, section_number, warning,
};

/// The document, its validity, its decisions, what can be done with it.
pub(crate) fn lines(lang: Lang, view: &PolicyView) -> Vec<String> {
    let mut lines = Vec::new();
    match (&view.content, &view.import) {
        (Some(content), _) => lines.extend(content_lines(lang, content)),
        (None, Some(import)) => {
            let title = import.draft.title.as_ref().map_or(view.slug.as_str(), |read| read.value.as_str());
            lines.push(format!("{title}  {}", policy_state(lang, view.state)));
        }
        (None, None) => lines.push(format!("{}  {}", view.slug, policy_state(lang, view.state))),
    }
    if let Some(status) = view.status {
        let until = view.last_day.as_deref().unwrap_or(lang.pick("未设期限", "no end set"));
        lines.push(format!("{}  {} {until}", policy_status(lang, status), lang.pick("有效至", "until")));
    }
    for renewal in &view.renewals {
        let decision = &renewal.decision;
        let word = lang.pick("延续", "Renewed");
        lines.push(format!("{word}  {}  {}  {}", decision.date, decision.number, decision.paper));
    }
    if let Some(end) = &view.supersession {
        let decision = &end.decision;
        let word = lang.pick("废止", "Superseded");
        lines.push(format!("{word}  {}  {}  {}", decision.date, decision.number, decision.paper));
    }
    lines.extend(view.offers.iter().map(|offer| {
        let barred = offer.barred.map(|it| policy_refusal(lang, it));
        offer_line(lang, policy_action(lang, offer.action), barred)
    }));
    lines
}

/// What has to be checked, with the nearest known names.
pub(crate) fn check_lines(lang: Lang, import: &ImportView) -> Vec<String> {
    let mut lines: Vec<String> = import
        .errors
        .iter()
        .map(|error| {
            let nearest =
                import.candidates.iter().find(|candidates| error.path.starts_with(&candidates.path));
            let names: Vec<&str> =
                nearest.into_iter().flat_map(|found| &found.nearest).map(|one| one.name.as_str()).collect();
            let near = if names.is_empty() {
                String::new()
            } else {
                let near = format!("{}{}", lang.pick("相近：", "near: "), names.join(comma(lang)));
                bracketed(lang, &near)
            };
            let label = field_label(lang, &error.path);
            format!("{}  {label}{}{}{near}", error.path, colon(lang), field_problem(lang, &error.problem))
        })
        .collect();
    lines.extend(import.draft.standing_warnings().iter().map(|found| format!("! {}", warning(lang, found))));
    if lines.is_empty() {
        lines.push(lang.pick("没有待核对的内容", "Nothing left to check").to_owned());
    }
    lines
}

fn content_lines(lang: Lang, content: &ContentView) -> Vec<String> {
    let mut lines = vec![
        content.title.clone(),
        format!(
            "{}  {}  {}",
            content.doc_number.as_deref().unwrap_or(lang.pick("无文号", "no number")),
            content.issuer,
            content.issue_date
        ),
    ];
    for section in &content.sections {
        if let Some(number) = section.number {
            lines.push(format!("{}{}", section_number(lang, number), section.title));
        }
        for measure in &section.measures {
            let units: Vec<&str> = measure.units.iter().map(|unit| unit.name.as_str()).collect();
            lines.push(format!("  {}. {}  {}", measure.seq, measure.title, units.join(comma(lang))));
        }
    }
    lines
}
