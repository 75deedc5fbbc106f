//! The table of tasks annexed to a document whose own text names no units: its rows are the text's items, and say
//! whose they are.

use std::collections::BTreeMap;

use super::super::super::draft::{SectionDraft, UnitDraft};
use super::super::lines::{Lines, cut};
use super::super::marker::{Kind, marker};
use super::super::title;
use super::super::units::{self, Clause};
use super::items::Item;
use super::levels::Levels;

/// The units of each task, by its name.
#[derive(Debug)]
pub(super) struct Division(BTreeMap<String, Vec<UnitDraft>>);

impl Division {
    /// The tasks of a table.
    pub(super) fn of(table: &[SectionDraft]) -> Self {
        let mut tasks: BTreeMap<String, Vec<UnitDraft>> = BTreeMap::new();
        for row in table.iter().flat_map(|section| &section.measures) {
            units::merge(tasks.entry(bare(&row.title.value)).or_default(), &row.units);
        }
        Self(tasks)
    }

    /// The levels of a text that has at least half of the tasks as items of one level.
    pub(super) fn levels(&self, lines: &Lines<'_>, clauses: &[Clause], items: &[Item]) -> Option<Levels> {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for item in items {
            let (title, _) = title::split(lines, clauses, item.start, item.end);
            if self.0.contains_key(&bare(&title.value)) {
                *counts.entry(item.kind).or_default() += 1;
            }
        }
        let (measure, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        let section = items.iter().map(|item| item.kind).filter(|kind| *kind < measure).min();
        (count > 1 && count * 2 >= self.0.len()).then_some(Levels { section, measure })
    }

    /// Gives the measures their units.
    pub(super) fn give(&self, sections: &mut [SectionDraft]) {
        for measure in sections.iter_mut().flat_map(|section| &mut section.measures) {
            if let Some(units) = self.0.get(&bare(&measure.title.value)) {
                units::merge(&mut measure.units, units);
            }
        }
    }
}

/// A task's name without its number and marks.
fn bare(name: &str) -> String {
    let words = marker(name).map_or(name, |found| cut(name, found.len, name.len()));
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}
