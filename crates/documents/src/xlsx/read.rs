//! The rows of sheets, as a person sees them.

use crate::DocumentError::{self, Damaged, NotADocument, TooLarge};
use crate::package::Package;
use calamine::{DataRef, Reader, Xlsx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Most cells that are read.
const CELLS_MOST: usize = 1_000_000;
/// Cells beyond these are no table that a person filled in.
const COLUMNS_MOST: u32 = 200;
const ROWS_MOST: u32 = 100_000;

/// A row with something in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As the sheet numbers it, from 1.
    pub number: u32,
    /// From the first column on; empty where nothing stands.
    pub cells: Vec<String>,
}

/// A sheet with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub name: String,
    /// Without empty ones.
    pub rows: Vec<Row>,
}

/// The rows of the first sheet of an `.xlsx`; empty ones are left out.
///
/// # Errors
/// What is wrong with the file; a hostile one is refused before its parts are looked at.
pub fn rows(bytes: &[u8]) -> Result<Vec<Row>, DocumentError> {
    let mut book = open(bytes)?;
    let first = book.sheet_names().first().cloned().ok_or(NotADocument)?;
    rows_of(&mut book, &first, &mut 0)
}

/// All sheets of an `.xlsx`, in their order; together they hold no more cells than one may.
///
/// # Errors
/// Likewise.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, DocumentError> {
    let mut book = open(bytes)?;
    let mut count = 0;
    let names = book.sheet_names();
    let read = |name: String| Ok(Sheet { rows: rows_of(&mut book, &name, &mut count)?, name });
    names.into_iter().map(read).collect()
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, DocumentError> {
    if crate::is_too_large(bytes) {
        return Err(TooLarge);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => check_counts(&mut Package::open(bytes)?)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(crate::old_office(bytes)),
        [b'%', b'P', b'D', b'F', ..] => return Err(DocumentError::Pdf),
        _ => return Err(NotADocument),
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|_unreadable| NotADocument)
}

/// Refuses a table that claims to hold more texts than it may have cells: room is made for them before they are read.
fn check_counts(package: &mut Package<'_>) -> Result<(), DocumentError> {
    const CLAIM: &[u8] = b"uniqueCount";
    for part in package.bytes_of("sharedstrings.xml")? {
        let claims = part.windows(CLAIM.len()).enumerate().filter(|(_, word)| *word == CLAIM);
        for (at, _) in claims {
            let behind = part.iter().skip(at + CLAIM.len());
            // No further than the claim reaches: however many there are, the part is gone through once.
            let figures = behind
                .skip_while(|it| it.is_ascii_whitespace() || matches!(it, b'=' | b'"' | b'\'' | b'+'))
                .take_while(|it| it.is_ascii_digit());
            let claimed = figures.fold(0_usize, |sum, figure| {
                sum.saturating_mul(10).saturating_add(usize::from(figure.saturating_sub(b'0')))
            });
            if claimed > CELLS_MOST {
                return Err(TooLarge);
            }
        }
    }
    Ok(())
}

/// The rows of one sheet; `count` goes on over the cells of all.
fn rows_of(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    count: &mut usize,
) -> Result<Vec<Row>, DocumentError> {
    // Cell by cell: a sheet that claims to reach to its last corner is not laid out in memory.
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_unreadable| Damaged)?;
    let mut found: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|_unreadable| Damaged)? {
        *count += 1;
        let (row, column) = cell.get_position();
        if *count > CELLS_MOST || row >= ROWS_MOST || column >= COLUMNS_MOST {
            return Err(TooLarge);
        }
        let text = said(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).map_err(|_impossible| TooLarge)?;
        let row = found.entry(row).or_default();
        if row.len() <= column {
            // Cells before the first one that says something take up room too.
            *count += column - row.len();
            if *count > CELLS_MOST {
                return Err(TooLarge);
            }
            row.resize(column + 1, String::new());
        }
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
    }
    Ok(found.into_iter().map(|(row, cells)| Row { number: row + 1, cells }).collect())
}

/// A cell as it reads: whole numbers without a point, days as 2026-03-10.
fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
            if hour == 0 && minute == 0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
