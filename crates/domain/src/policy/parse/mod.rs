//! The reader of policy documents: text in, [`PolicyDraft`] out. It never fails and never panics.
//!
//! It goes from the outside in: the text in `normal` form, a web page's tags left out, clauses of responsible units
//! (`units`), numbered
//! items whose levels are told apart by where those clauses hang (`outline`), the `head` (title, number,
//! issuer, dates) and the words on validity (`effective`). Places are those of the text as it came.
//! Cost: a constant number of passes, `O(n)` in the length of the text.

mod dates;
mod effective;
mod head;
mod lines;
mod marker;
mod normal;
mod outline;
mod run_in;
mod title;
mod units;

#[cfg(test)]
mod tests;

pub(super) use dates::last_day;

use super::PolicyDraft;
use super::draft::{MeasureDraft, Place, Read, Warning};
use lines::Lines;
use normal::Normal;

/// Reads a policy document.
#[must_use]
pub fn parse(text: &str) -> PolicyDraft {
    let normal = Normal::of(text);
    let mut draft = read(&normal.text, normal.flat);
    places(&mut draft, |place| normal.place(text, place));
    draft.warnings = warnings(&draft, normal.stray);
    draft
}

/// Reads a text in normal form.
fn read(text: &str, flat: bool) -> PolicyDraft {
    let lines = Lines { flat, ..Lines::of(text) };
    let clauses = units::find(&lines);
    let body = outline::items(&lines, &clauses);
    let head = head::read(&lines, &body);
    let outline = outline::read(&lines, &clauses, &body, &head);
    let effective = effective::read(&lines, &body.inner, head.issue_date.as_ref().map(|read| read.value))
        .completed(head.term);
    // A notice whose own text holds the measures hands nothing out: its title is its own.
    let title = if outline.own_text { head.printed.or(head.title) } else { head.title };
    PolicyDraft {
        trial: title
            .as_ref()
            .is_some_and(|read| ["试行", "暂行"].iter().any(|word| read.value.contains(word))),
        title,
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
    }
}

/// Turns every place of `draft` by `turn`.
fn places(draft: &mut PolicyDraft, turn: impl Fn(Place) -> Option<Place>) {
    fn one<T>(read: &mut Read<T>, turn: impl Fn(Place) -> Option<Place>) {
        read.place = read.place.and_then(turn);
    }
    let texts = [
        &mut draft.title,
        &mut draft.doc_number,
        &mut draft.issuer,
        &mut draft.openness,
        &mut draft.effective_text,
    ];
    texts.into_iter().flatten().for_each(|read| one(read, &turn));
    let dates = [&mut draft.issue_date, &mut draft.effective_from, &mut draft.last_day];
    dates.into_iter().flatten().for_each(|read| one(read, &turn));
    [&mut draft.recipients, &mut draft.copies].into_iter().flatten().for_each(|read| one(read, &turn));
    for section in &mut draft.sections {
        one(&mut section.title, &turn);
        for measure in &mut section.measures {
            one(&mut measure.title, &turn);
            measure.units.iter_mut().for_each(|unit| one(&mut unit.name, &turn));
        }
    }
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
    if draft.sections.iter().all(|section| section.measures.is_empty()) {
        warnings.push(Warning::NoMeasures);
    }
    for section in &draft.sections {
        let with_units = section.measures.iter().filter(|measure| !measure.units.is_empty()).count();
        // Where most measures of a section name units, one that does not may have lost them.
        if with_units * 2 > section.measures.len() {
            let closes =
                |measure: &MeasureDraft| measure.title.value == "附则" || effective::closes(&measure.body);
            let bare = section.measures.iter().filter(|measure| measure.units.is_empty() && !closes(measure));
            warnings.extend(bare.map(|measure| Warning::NoUnits { seq: measure.seq }));
        }
        warnings.extend(section.number_gaps());
    }
    warnings
}
