//! The reader of policy documents: text in, [`PolicyDraft`] out. It never fails and never panics.
//!
//! It goes from the outside in: lines without stray marks (`lines`), numbered items (`outline`) whose levels
//! are told apart by where the clauses of responsible units hang (`units`), then the head (`head`, `dates`)
//! and the words on validity (`effective`). A notice that only hands out another document (关于印发《…》的通知)
//! gives that document's title; otherwise the whole printed title counts, the issuer before 关于 included.
//! Cost: a constant number of passes, `O(n)` in the length of the text.

mod dates;
mod effective;
mod head;
mod lines;
mod marker;
mod names;
mod outline;
mod title;
mod units;

#[cfg(test)]
mod tests;

use super::PolicyDraft;
use super::draft::Warning;
use lines::Lines;

/// Reads a policy document.
#[must_use]
pub fn parse(text: &str) -> PolicyDraft {
    let lines = Lines::of(text);
    let outline = outline::read(&lines);
    let head = head::read(&lines, outline.begins);
    let effective = effective::read(&lines, head.issue_date.as_ref().map(|read| read.value));
    let mut draft = PolicyDraft {
        trial: head.title.as_ref().is_some_and(|read| {
            ["试行", "暂行", "试点办法"].iter().any(|word| read.value.contains(word))
        }),
        title: head.title,
        doc_number: head.doc_number,
        issuer: head.issuer,
        issue_date: head.issue_date,
        recipients: head.recipients,
        copies: head.copies,
        openness: head.openness,
        effective_from: effective.from,
        effective_text: effective.text,
        valid_years: effective.years,
        last_day: effective.last_day,
        preamble: outline.preamble,
        sections: outline.sections,
        warnings: Vec::new(),
    };
    draft.warnings = warnings(&draft, lines.stray);
    draft
}

fn warnings(draft: &PolicyDraft, stray: Vec<String>) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = stray.into_iter().map(|text| Warning::Stray { text }).collect();
    let missing = [
        (draft.title.is_none(), Warning::NoTitle),
        (draft.doc_number.is_none(), Warning::NoNumber),
        (draft.issuer.is_none(), Warning::NoIssuer),
        (draft.issue_date.is_none(), Warning::NoDate),
    ];
    warnings.extend(missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, warning)| warning));
    let measures: Vec<_> = draft.sections.iter().flat_map(|section| &section.measures).collect();
    if measures.is_empty() {
        warnings.push(Warning::NoMeasures);
    }
    let with_units = measures.iter().filter(|measure| !measure.units.is_empty()).count();
    // Where most measures name units, one that does not may have lost them.
    if with_units * 2 > measures.len() {
        let bare = measures.iter().filter(|measure| measure.units.is_empty());
        warnings.extend(bare.map(|measure| Warning::NoUnits { seq: measure.seq }));
    }
    for section in &draft.sections {
        for pair in section.measures.windows(2) {
            if let [before, after] = pair
                && let (Some(a), Some(b)) = (before.number, after.number)
                && b != a + 1
                && b != 1
            {
                warnings.push(Warning::NumberGap { seq: after.seq, expected: a + 1, found: b });
            }
        }
    }
    warnings
}
