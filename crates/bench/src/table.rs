//! Rows with their bars, as a table for people and as JSON.

use crate::load::Load;
use clap::ValueEnum;
use serde::Serialize;
use std::fmt;

/// Where the data lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// What a row is held to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bar {
    AtMost(f64),
    AtLeast(f64),
}

impl Bar {
    /// By how much a figure misses it.
    fn missed_by(self, figure: f64) -> Option<f64> {
        let by = match self {
            Self::AtMost(most) => figure - most,
            Self::AtLeast(least) => least - figure,
        };
        (by > 0.0).then_some(by)
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => f.pad(&format!("≤ {most}")),
            Self::AtLeast(least) => f.pad(&format!("≥ {least}")),
        }
    }
}

/// What each work is held to: by its name, and where they differ by its database. Ratios where the work has
/// a floor, else figures in the row's unit.
const BARS: &[(&str, Option<Database>, Bar)] = &[
    ("list", None, Bar::AtMost(2.0)),
    ("detail", None, Bar::AtMost(4.0)),
    ("write", None, Bar::AtMost(3.0)),
    // Several commands share one flush of the disk.
    ("write rate of 32", Some(Database::Sqlite), Bar::AtLeast(5.0)),
    ("import", None, Bar::AtMost(6.0)),
    ("import whole", Some(Database::Sqlite), Bar::AtMost(4.0)),
    ("search", None, Bar::AtMost(3.0)),
    ("portal page", None, Bar::AtMost(1.5)),
    ("portal size", None, Bar::AtMost(60.0)),
    ("portal requests", None, Bar::AtMost(4.0)),
    ("sign-in beside argon2", None, Bar::AtMost(2.0)),
    ("memory idle", None, Bar::AtMost(40.0)),
    ("memory under 64", None, Bar::AtMost(96.0)),
    ("start", None, Bar::AtMost(0.3)),
    ("page first visit", None, Bar::AtMost(1200.0)),
    // Under 1 s where a pass takes 25 ms, as on two slow cores.
    ("near-duplicates", None, Bar::AtMost(40.0)),
    ("planted copies found", None, Bar::AtLeast(98.0)),
];

/// A row of the table.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) work: &'static str,
    pub(crate) database: Option<Database>,
    pub(crate) figure: f64,
    /// What figure and floor are counted in.
    pub(crate) unit: &'static str,
    /// The same of the floor, and what it is.
    pub(crate) floor: Option<f64>,
    pub(crate) against: Option<&'static str>,
    pub(crate) ratio: Option<f64>,
    pub(crate) bar: Option<Bar>,
    pub(crate) missed_by: Option<f64>,
    pub(crate) loads: Vec<Load>,
    pub(crate) floor_loads: Vec<Load>,
}

impl Row {
    /// A figure that stands for itself.
    pub(crate) fn plain(
        work: &'static str,
        database: Option<Database>,
        figure: f64,
        unit: &'static str,
    ) -> Self {
        Self::new(work, database, figure, unit, None)
    }

    /// A figure and that of its floor.
    pub(crate) fn ratio(
        work: &'static str,
        database: Option<Database>,
        figure: f64,
        unit: &'static str,
        against: &'static str,
        floor: f64,
    ) -> Self {
        Self::new(work, database, figure, unit, Some((against, floor)))
    }

    fn new(
        work: &'static str,
        database: Option<Database>,
        figure: f64,
        unit: &'static str,
        floor: Option<(&'static str, f64)>,
    ) -> Self {
        let ratio = floor.map(|(_, floor)| figure / floor.max(f64::MIN_POSITIVE));
        let holds_for = |known: &Option<Database>| known.is_none() || *known == database;
        let bar =
            BARS.iter().find(|(name, known, _)| *name == work && holds_for(known)).map(|(_, _, bar)| *bar);
        Self {
            work,
            database,
            figure,
            unit,
            floor: floor.map(|(_, floor)| floor),
            against: floor.map(|(against, _)| against),
            ratio,
            bar,
            missed_by: bar.and_then(|bar| bar.missed_by(ratio.unwrap_or(figure))),
            loads: Vec::new(),
            floor_loads: Vec::new(),
        }
    }

    /// The same with its loads beside it.
    pub(crate) fn with_loads(mut self, loads: Vec<Load>, floor_loads: Vec<Load>) -> Self {
        (self.loads, self.floor_loads) = (loads, floor_loads);
        self
    }
}

const COLUMNS: usize = 9;

/// The table as it is printed.
pub(crate) fn text(rows: &[Row]) -> String {
    let mut cells: Vec<[String; COLUMNS]> = vec![
        ["work", "database", "figure", "floor", "ratio", "bar", "answers/s", "p50 ms", "p99 ms"]
            .map(str::to_owned),
    ];
    for row in rows {
        let floor = row.floor.zip(row.against).map(|(floor, against)| format!("{} {against}", short(floor)));
        let ratio = row.ratio.map(|ratio| format!("{ratio:.2}"));
        let bar = match (row.bar, row.missed_by) {
            (Some(bar), Some(by)) => format!("{bar} MISSED by {}", short(by)),
            (Some(bar), None) => bar.to_string(),
            (None, _) => String::new(),
        };
        cells.push([
            row.work.to_owned(),
            row.database.map(|it| it.to_string()).unwrap_or_default(),
            format!("{} {}", short(row.figure), row.unit),
            floor.unwrap_or_default(),
            ratio.unwrap_or_default(),
            bar,
            beside(&row.loads, |load| load.rate),
            beside(&row.loads, |load| load.p50),
            beside(&row.loads, |load| load.p99),
        ]);
    }
    let width = |at: usize| cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..COLUMNS).map(|at| width(at).unwrap_or_default()).collect();
    let lines = cells.iter().map(|row| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    let missed = rows.iter().filter(|row| row.missed_by.is_some()).count();
    let levels = "answers/s, p50 and p99 by connections at once, as `1: 20 · 16: 30`";
    format!("{}\n\n{levels}\n{missed} bars missed", lines.collect::<Vec<_>>().join("\n"))
}

fn beside(loads: &[Load], figure: impl Fn(&Load) -> f64) -> String {
    let figures: Vec<String> =
        loads.iter().map(|load| format!("{}: {}", load.concurrency, short(figure(load)))).collect();
    figures.join(" · ")
}

/// Three figures are as many as a busy machine gives twice.
fn short(figure: f64) -> String {
    match figure {
        it if it >= 100.0 => format!("{it:.0}"),
        it if it >= 10.0 => format!("{it:.1}"),
        it => format!("{it:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{BARS, Database, Row, text};

    #[test]
    fn a_missed_bar_says_by_how_much() {
        let check = |row: Row, expected: &[&str]| {
            let printed = text(&[row]);
            assert!(expected.iter().all(|part| printed.contains(part)), "{printed}");
        };
        let sqlite = Some(Database::Sqlite);
        check(
            Row::ratio("list", sqlite, 5.0, "ms", "list", 2.0),
            &["2.50", "≤ 2 MISSED by 0.50", "1 bars missed"],
        );
        check(Row::ratio("list", sqlite, 4.0, "ms", "list", 2.0), &["2.00", "≤ 2", "0 bars missed"]);
        check(Row::ratio("write rate of 32", sqlite, 90.0, "/s", "write", 30.0), &["≥ 5 MISSED by 2.00"]);
        check(Row::plain("memory idle", sqlite, 41.0, "MB"), &["≤ 40 MISSED by 1.00"]);
        // A bar of one database is none of the other.
        check(
            Row::ratio("write rate of 32", Some(Database::Postgres), 9.0, "/s", "write", 9.0),
            &["0 bars missed"],
        );
    }

    #[test]
    fn every_bar_has_one_row() {
        let mut names: Vec<_> = BARS.iter().map(|(name, ..)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BARS.len());
    }
}
