//! From what was read to what the register shows: units are looked up, every field is checked.

use super::correct::BY_RULE;
use super::draft::{PolicyDraft, Read, SectionDraft, UnitDraft};
use super::{Content, Measure, Section, Unit};
use crate::kernel::field::needed;
use crate::kernel::{Date, FieldError, FieldProblem};
use crate::org::{Candidate, Directory, Resolution};
use std::collections::BTreeSet;

impl PolicyDraft {
    /// Looks every unit up in `directory`, and marks what a person must confirm.
    pub fn resolve(&mut self, directory: &Directory) {
        if let Some(last_day) = &mut self.last_day
            && self.valid_years.is_some()
            && !last_day.checked
        {
            last_day.sure = last_day.sure.min(BY_RULE);
        }
        for (_, unit) in self.units_mut() {
            if unit.target.is_none()
                && let Resolution::Known(target) = directory.resolve(&unit.name.value)
            {
                unit.target = Some(target);
            }
        }
    }

    /// Units that nobody knows, with the nearest known names, by path.
    #[must_use]
    pub fn unknown_units(&self, directory: &Directory) -> Vec<(String, Vec<Candidate>)> {
        self.units()
            .filter(|(_, unit)| unit.target.is_none())
            .map(|(path, unit)| match directory.resolve(&unit.name.value) {
                Resolution::Known(_) => (path, Vec::new()),
                Resolution::Unknown(nearest) => (path, nearest),
            })
            .collect()
    }

    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold or waits for a person's look.
    pub fn check(&self, directory: &Directory) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = text(&mut errors, "title", self.title.as_ref());
        let issuer = text(&mut errors, "issuer", self.issuer.as_ref());
        let doc_number = optional(&mut errors, "doc_number", self.doc_number.as_ref());
        let issue_date = day(&mut errors, "issue_date", self.issue_date.as_ref());
        let effective_from = day(&mut errors, "effective_from", self.effective_from.as_ref());
        let last_day = self.last_day.as_ref().map(|read| {
            unchecked(&mut errors, "last_day", read);
            read.value
        });
        if let (Some(from), Some(last)) = (effective_from, last_day)
            && last < from
        {
            let problem = FieldProblem::Before { other: "effective_from".into() };
            errors.push(FieldError::new("last_day", problem));
        }
        let sections = self.sections(directory, &mut errors);
        if sections.iter().all(|section| section.measures.is_empty()) {
            errors.push(FieldError::required("sections"));
        }
        match (issue_date, effective_from) {
            (Some(issue_date), Some(effective_from)) if errors.is_empty() => Ok(Content {
                title,
                doc_number,
                issuer,
                issue_date,
                recipients: list(self.recipients.as_ref()),
                copies: list(self.copies.as_ref()),
                openness: self.openness.as_ref().map(|read| read.value.trim().to_owned()),
                effective_from,
                last_day,
                trial: self.trial,
                preamble: self.preamble.trim().to_owned(),
                sections,
            }),
            _ => Err(errors),
        }
    }

    fn sections(&self, directory: &Directory, errors: &mut Vec<FieldError>) -> Vec<Section> {
        let mut seen = BTreeSet::new();
        self.sections
            .iter()
            .enumerate()
            .map(|(at, section)| Section {
                number: section.number,
                title: section.title.value.trim().to_owned(),
                measures: measures(section, at, directory, &mut seen, errors),
            })
            .collect()
    }

    /// Every unit with its path.
    pub(super) fn units(&self) -> impl Iterator<Item = (String, &UnitDraft)> {
        self.sections.iter().enumerate().flat_map(|(s, section)| {
            section.measures.iter().enumerate().flat_map(move |(m, measure)| {
                measure
                    .units
                    .iter()
                    .enumerate()
                    .map(move |(u, unit)| (format!("sections[{s}].measures[{m}].units[{u}]"), unit))
            })
        })
    }

    pub(super) fn units_mut(&mut self) -> impl Iterator<Item = (usize, &mut UnitDraft)> {
        self.sections
            .iter_mut()
            .flat_map(|section| &mut section.measures)
            .flat_map(|measure| &mut measure.units)
            .enumerate()
    }
}

fn measures(
    section: &SectionDraft,
    at: usize,
    directory: &Directory,
    seen: &mut BTreeSet<u32>,
    errors: &mut Vec<FieldError>,
) -> Vec<Measure> {
    let mut measures = Vec::with_capacity(section.measures.len());
    for (index, measure) in section.measures.iter().enumerate() {
        let path = format!("sections[{at}].measures[{index}]");
        if !seen.insert(measure.seq) {
            let problem = FieldProblem::Twice { got: measure.seq.to_string() };
            errors.push(FieldError::new(format!("{path}.seq"), problem));
        }
        let title = text(errors, &format!("{path}.title"), Some(&measure.title));
        let units = measure
            .units
            .iter()
            .enumerate()
            .filter_map(|(index, unit)| resolved(unit, &format!("{path}.units[{index}]"), directory, errors))
            .collect();
        measures.push(Measure {
            seq: measure.seq,
            number: measure.number,
            title,
            text: measure.body.trim().to_owned(),
            units,
        });
    }
    measures
}

fn resolved(
    unit: &UnitDraft,
    path: &str,
    directory: &Directory,
    errors: &mut Vec<FieldError>,
) -> Option<Unit> {
    let name = unit.name.value.trim();
    if name.is_empty() {
        errors.push(FieldError::required(format!("{path}.name")));
        return None;
    }
    let Some(target) = unit.target.filter(|target| directory.knows(*target)) else {
        let nearest = match directory.resolve(name) {
            Resolution::Known(_) => Vec::new(),
            Resolution::Unknown(nearest) => {
                nearest.into_iter().map(|candidate| candidate.name).take(3).collect()
            }
        };
        let problem = FieldProblem::Unknown { got: name.to_owned(), nearest };
        errors.push(FieldError::new(format!("{path}.target"), problem));
        return None;
    };
    if unit.name.waits() {
        errors.push(FieldError::new(format!("{path}.name"), FieldProblem::Unchecked));
    }
    Some(Unit { name: name.to_owned(), role: unit.role, target })
}

fn text(errors: &mut Vec<FieldError>, path: &str, read: Option<&Read<String>>) -> String {
    let Some(read) = read else {
        errors.push(FieldError::required(path));
        return String::new();
    };
    let before = errors.len();
    let text = needed(errors, path, &read.value, 300);
    if errors.len() == before {
        unchecked(errors, path, read);
    }
    text
}

fn optional(errors: &mut Vec<FieldError>, path: &str, read: Option<&Read<String>>) -> Option<String> {
    let read = read?;
    unchecked(errors, path, read);
    let text = read.value.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn day(errors: &mut Vec<FieldError>, path: &str, read: Option<&Read<Date>>) -> Option<Date> {
    let Some(read) = read else {
        errors.push(FieldError::required(path));
        return None;
    };
    unchecked(errors, path, read);
    Some(read.value)
}

fn unchecked<T>(errors: &mut Vec<FieldError>, path: &str, read: &Read<T>) {
    if read.waits() {
        errors.push(FieldError::new(path, FieldProblem::Unchecked));
    }
}

fn list(read: Option<&Read<Vec<String>>>) -> Vec<String> {
    read.map(|read| read.value.iter().map(|name| name.trim().to_owned()).collect()).unwrap_or_default()
}
