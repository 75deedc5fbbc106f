//! A document as lines that people read.

use ronghe_contract::policy::{ContentView, PolicyView};
use ronghe_text::{Lang, ordinal, policy_action, policy_refusal, policy_state, policy_status};

/// The document, its validity, its decisions, what can be done with it.
pub(crate) fn lines(lang: Lang, view: &PolicyView) -> Vec<String> {
    let mut lines = Vec::new();
    match &view.content {
        Some(content) => lines.extend(content_lines(lang, content)),
        None => lines.push(format!("{}  {}", view.slug, policy_state(lang, view.state))),
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
    for offer in &view.offers {
        let action = policy_action(lang, offer.action);
        lines.push(match &offer.barred {
            None => format!("{}  {action}", lang.pick("可做", "can")),
            Some(refusal) => {
                format!("{}  {action}：{}", lang.pick("不可", "cannot"), policy_refusal(lang, *refusal))
            }
        });
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
            lines.push(format!("{}、{}", ordinal(number), section.title));
        }
        for measure in &section.measures {
            let units: Vec<&str> = measure.units.iter().map(|unit| unit.name.as_str()).collect();
            lines.push(format!("  {}. {}  {}", measure.seq, measure.title, units.join("、")));
        }
    }
    lines
}
