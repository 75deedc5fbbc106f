//! Putting a person's word in the place of what was read.

use super::rows::Kind;
use crate::ui::{focus, once_drawn};
use ronghe_domain::kernel::{Date, FieldProblem, parse_date};
use ronghe_domain::policy::PolicyDraft;
use ronghe_domain::policy::draft::{MeasureDraft, Place, Read, SectionDraft, UnitDraft};

/// Most years that a document says it holds, and the highest number of a section or measure.
const YEARS: u16 = 99;
const NUMBER: u32 = 999;

/// The value at `path` as typed. A day or number that cannot be read leaves the field as it was and says so.
///
/// # Errors
/// Where a day is no day, or a number none.
pub fn put(draft: &mut PolicyDraft, path: &str, kind: Kind, typed: &str) -> Result<(), FieldProblem> {
    let text = typed.trim();
    match path {
        "title" => line(&mut draft.title, text),
        "doc_number" => line(&mut draft.doc_number, text),
        "issuer" => line(&mut draft.issuer, text),
        "openness" => line(&mut draft.openness, text),
        "recipients" => names(&mut draft.recipients, text),
        "copies" => names(&mut draft.copies, text),
        "issue_date" => draft.issue_date = day(draft.issue_date.as_ref(), text)?,
        "effective_from" => draft.set_effective_from(day(draft.effective_from.as_ref(), text)?),
        "valid_years" => draft.set_valid_years(number(text, YEARS)?),
        "last_day" => draft.last_day = day(draft.last_day.as_ref(), text)?,
        "preamble" => typed.trim_end().clone_into(&mut draft.preamble),
        _ if path.ends_with(".number") => set_number(draft, path, number(text, NUMBER)?),
        _ => within(draft, path, kind, typed),
    }
    Ok(())
}

/// A person has looked at the value at `path` and lets it stand.
pub fn confirm(draft: &mut PolicyDraft, path: &str) {
    match path {
        "title" => checked(draft.title.as_mut()),
        "doc_number" => checked(draft.doc_number.as_mut()),
        "issuer" => checked(draft.issuer.as_mut()),
        "openness" => checked(draft.openness.as_mut()),
        "issue_date" => checked(draft.issue_date.as_mut()),
        "effective_from" => checked(draft.effective_from.as_mut()),
        "last_day" => checked(draft.last_day.as_mut()),
        "recipients" => checked(draft.recipients.as_mut()),
        "copies" => checked(draft.copies.as_mut()),
        _ => {
            let is_section = !path.contains("measures");
            if is_section {
                checked(section(draft, path).map(|section| &mut section.title));
            } else if path.contains(".units") {
                for unit in measure(draft, path).into_iter().flat_map(|measure| &mut measure.units) {
                    unit.name.checked = true;
                }
            } else {
                checked(measure(draft, path).map(|measure| &mut measure.title));
            }
        }
    }
}

/// The number of the section or measure that `path` begins with, as it is typed.
pub fn number_at(draft: &PolicyDraft, path: &str) -> String {
    let number = section_at(draft, path).and_then(|section| {
        number_after(path, "measures[").map_or(section.number, |at| section.measures.get(at)?.number)
    });
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// The measure that `path` begins with, to be looked at.
pub fn measure_at<'a>(draft: &'a PolicyDraft, path: &str) -> Option<&'a MeasureDraft> {
    let at = number_after(path, "measures[")?;
    section_at(draft, path)?.measures.get(at)
}

/// The units of the measure that `path` begins with.
pub fn units_at(draft: &PolicyDraft, path: &str) -> Vec<UnitDraft> {
    measure_at(draft, path).map(|measure| measure.units.clone()).unwrap_or_default()
}

/// The measure that `path` begins with.
pub fn measure<'a>(draft: &'a mut PolicyDraft, path: &str) -> Option<&'a mut MeasureDraft> {
    let at = number_after(path, "measures[")?;
    section(draft, path)?.measures.get_mut(at)
}

/// Brings the field at `path` into sight and puts the focus on it.
pub fn go_to(path: &str) {
    show(&field_id(path));
}

/// Puts the focus on the field at `path`, which stays where it is.
pub fn stay_at(path: &str) {
    focus(&field_id(path));
}

/// Scrolls to an element and focuses it.
pub fn show(id: &str) {
    once_drawn(id, |element| {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        drop(element.focus());
    });
}

fn field_id(path: &str) -> String {
    let of_units = path.split(".units").next().filter(|_| path.contains(".units"));
    let row = of_units.map_or_else(|| path.to_owned(), |measure| format!("{measure}.units"));
    format!("field-{row}")
}

fn section<'a>(draft: &'a mut PolicyDraft, path: &str) -> Option<&'a mut SectionDraft> {
    draft.sections.get_mut(number_after(path, "sections[")?)
}

fn section_at<'a>(draft: &'a PolicyDraft, path: &str) -> Option<&'a SectionDraft> {
    draft.sections.get(number_after(path, "sections[")?)
}

fn number_after(path: &str, mark: &str) -> Option<usize> {
    path.split(mark).nth(1)?.split(']').next()?.parse().ok()
}

fn within(draft: &mut PolicyDraft, path: &str, kind: Kind, typed: &str) {
    match kind {
        Kind::Paragraphs => {
            if let Some(measure) = measure(draft, path) {
                measure.body = typed.trim_end().to_owned();
            }
        }
        Kind::Line | Kind::Day | Kind::Names | Kind::Number | Kind::YesNo | Kind::Units => {
            let title = if path.contains("measures") {
                measure(draft, path).map(|measure| &mut measure.title)
            } else {
                section(draft, path).map(|section| &mut section.title)
            };
            if let Some(title) = title {
                *title = by_hand(typed.trim().to_owned(), title.place);
            }
        }
    }
}

fn by_hand<T>(value: T, place: Option<Place>) -> Read<T> {
    Read { value, sure: 100, place, checked: true }
}

fn line(field: &mut Option<Read<String>>, text: &str) {
    let place = field.as_ref().and_then(|read| read.place);
    *field = (!text.is_empty()).then(|| by_hand(text.to_owned(), place));
}

fn names(field: &mut Option<Read<Vec<String>>>, text: &str) {
    let place = field.as_ref().and_then(|read| read.place);
    let names: Vec<String> = text
        .split(['、', '，', ',', '；', ';'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    *field = (!names.is_empty()).then(|| by_hand(names, place));
}

fn day(before: Option<&Read<Date>>, text: &str) -> Result<Option<Read<Date>>, FieldProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = parse_date(text).ok_or_else(|| FieldProblem::NotADate { got: text.to_owned() })?;
    Ok(Some(by_hand(day, before.and_then(|read| read.place))))
}

fn number<T: TryFrom<u32> + Into<i64> + Copy>(text: &str, most: T) -> Result<Option<T>, FieldProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.parse::<u32>().ok().filter(|number| *number > 0 && i64::from(*number) <= most.into());
    let fits = read.and_then(|number| T::try_from(number).ok());
    fits.map(Some).ok_or_else(|| FieldProblem::NotANumber { min: 1, max: most.into(), got: text.to_owned() })
}

fn set_number(draft: &mut PolicyDraft, path: &str, number: Option<u32>) {
    let Some(at) = number_after(path, "sections[") else { return };
    if let Some(measure) = number_after(path, "measures[") {
        draft.set_number(at, measure, number);
    } else if let Some(section) = draft.sections.get_mut(at) {
        section.number = number;
    }
}

fn checked<T>(field: Option<&mut Read<T>>) {
    if let Some(field) = field {
        field.checked = true;
    }
}
