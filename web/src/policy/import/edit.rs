//! Putting a person's word in the place of what was read.

use super::rows::Kind;
use leptos::prelude::document;
use ronghe_domain::kernel::parse_date;
use ronghe_domain::policy::PolicyDraft;
use ronghe_domain::policy::draft::{MeasureDraft, Read};

/// The value at `path` as typed. A day that cannot be read leaves the field as it was and says so.
///
/// # Errors
/// Where a day is no day.
pub fn put(draft: &mut PolicyDraft, path: &str, kind: Kind, typed: &str) -> Result<(), ()> {
    let text = typed.trim();
    match path {
        "title" => line(&mut draft.title, text),
        "doc_number" => line(&mut draft.doc_number, text),
        "issuer" => line(&mut draft.issuer, text),
        "openness" => line(&mut draft.openness, text),
        "recipients" => names(&mut draft.recipients, text),
        "copies" => names(&mut draft.copies, text),
        "issue_date" => return day(&mut draft.issue_date, text),
        "effective_from" => return day(&mut draft.effective_from, text),
        "last_day" => return day(&mut draft.last_day, text),
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

/// The measure that `path` begins with.
pub fn measure<'a>(draft: &'a mut PolicyDraft, path: &str) -> Option<&'a mut MeasureDraft> {
    let at = number_after(path, "measures[")?;
    section(draft, path)?.measures.get_mut(at)
}

/// Brings the field at `path` into sight and puts the focus on it.
pub fn go_to(path: &str) {
    let of_units = path.split(".units").next().filter(|_| path.contains(".units"));
    let row = of_units.map_or_else(|| path.to_owned(), |measure| format!("{measure}.units"));
    show(&format!("field-{row}"));
}

/// Scrolls to an element and focuses it.
pub fn show(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
            drop(element.focus());
        }
    }
}

fn section<'a>(
    draft: &'a mut PolicyDraft,
    path: &str,
) -> Option<&'a mut ronghe_domain::policy::draft::SectionDraft> {
    draft.sections.get_mut(number_after(path, "sections[")?)
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
        Kind::Line | Kind::Day | Kind::Names | Kind::Units => {
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

fn by_hand<T>(value: T, place: Option<ronghe_domain::policy::draft::Place>) -> Read<T> {
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

fn day(field: &mut Option<Read<ronghe_domain::kernel::Date>>, text: &str) -> Result<(), ()> {
    let place = field.as_ref().and_then(|read| read.place);
    if text.is_empty() {
        *field = None;
        return Ok(());
    }
    *field = Some(by_hand(parse_date(text).ok_or(())?, place));
    Ok(())
}

fn checked<T>(field: Option<&mut Read<T>>) {
    if let Some(field) = field {
        field.checked = true;
    }
}
