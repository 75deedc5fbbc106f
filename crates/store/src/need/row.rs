//! Needs as lists show them: read column by column, for a list is what is asked for most.

use super::TABLE;
use super::entity::Column;
use crate::Error;
use crate::convert::{from_json, from_name, instant};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{CycleId, Fen, NeedId, OrgId};
use ronghe_domain::need::{Back, Row, Standing};
use sea_orm::prelude::Uuid;
use sea_orm::{QueryResult, TryGetable};

/// What is read, in the order in which it is taken apart. No text of a need is among it.
pub(super) const COLUMNS: [Column; 15] = [
    Column::Id,
    Column::Cycle,
    Column::Year,
    Column::Seq,
    Column::Unit,
    Column::UnitKind,
    Column::District,
    Column::State,
    Column::BackTo,
    Column::Until,
    Column::ForwardedAt,
    Column::Title,
    Column::TitleEn,
    Column::Measures,
    Column::BudgetFen,
];
/// Stands behind them.
pub(super) const CHANGED_AT: Column = Column::ChangedAt;

/// Takes a row apart, by places: names would have to be looked up for each of fifty rows.
pub(super) fn read(found: &QueryResult) -> Result<Row, Error> {
    let mut columns = Columns { found, at: 0 };
    let corrupt = |reason: &dyn ToString| Error::Corrupt { table: TABLE, reason: reason.to_string() };
    let (id, cycle) = (NeedId(columns.next()?), CycleId(columns.next()?));
    let (year, seq): (i32, Option<i32>) = (columns.next()?, columns.next()?);
    let unit = OrgId(columns.next()?);
    let unit_kind: String = columns.next()?;
    let district: Option<Uuid> = columns.next()?;
    let state: String = columns.next()?;
    let (to, until): (Option<String>, Option<i64>) = (columns.next()?, columns.next()?);
    let forwarded: Option<i64> = columns.next()?;
    let back = to.zip(until).map(|(to, until)| {
        Ok::<_, Error>(Back { to: from_name(TABLE, &to)?, until: instant(TABLE, until)? })
    });
    Ok(Row {
        id,
        cycle,
        year: CycleYear::try_from(year).map_err(|source| corrupt(&source))?,
        seq: seq.map(u32::try_from).transpose().map_err(|source| corrupt(&source))?,
        standing: Standing {
            unit,
            unit_kind: from_name(TABLE, &unit_kind)?,
            district: district.map(OrgId),
            state: from_name(TABLE, &state)?,
            back: back.transpose()?,
            forwarded_at: forwarded.map(|at| instant(TABLE, at)).transpose()?,
        },
        title: columns.next()?,
        title_en: columns.next()?,
        measures: from_json(TABLE, &columns.next::<String>()?)?,
        budget: columns.next::<Option<i64>>()?.map(Fen),
        changed_at: instant(TABLE, columns.next()?)?,
    })
}

struct Columns<'a> {
    found: &'a QueryResult,
    at: usize,
}

impl Columns<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T, Error> {
        let value = self.found.try_get_by_index(self.at)?;
        self.at += 1;
        Ok(value)
    }
}
