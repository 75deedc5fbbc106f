//! Tables that a person filled in: their columns, and what does not hold, cell by cell.

use crate::{App, Error, files};
use ronghe_documents::xlsx::{self, Column, Row, letters};
use ronghe_domain::kernel::{FieldError, FieldProblem};
use ronghe_text::Lang;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A column of a table, and where its cells go in a draft.
pub(crate) struct Field<D: 'static> {
    /// The draft's field, by which it is named in errors.
    pub(crate) key: &'static str,
    /// The column's head, in Chinese and English.
    pub(crate) title: (&'static str, &'static str),
    pub(crate) needed: bool,
    /// In characters.
    pub(crate) width: u16,
    pub(crate) hint: (&'static str, &'static str),
    /// Values to choose from, in words; anything where empty.
    pub(crate) choices: fn(Lang) -> Vec<String>,
    /// Puts a cell's words into the draft.
    pub(crate) put: fn(&mut D, &str) -> Result<(), FieldProblem>,
}

/// Most rows of a table below its head.
const ROWS_MOST: usize = 10_000;

/// A row as a draft, with the place of each of its cells.
pub(crate) struct Line<D> {
    sheet: &'static str,
    pub(crate) row: u32,
    columns: Arc<BTreeMap<&'static str, String>>,
    /// Cells that are no values of their columns, by the draft's fields.
    unread: Vec<(&'static str, FieldProblem)>,
    pub(crate) draft: D,
}

impl<D> Line<D> {
    /// What does not hold in the row, by cell (`B14.login`): cells that could not be read, then errors of the
    /// draft. A cell that could not be read says so once, whatever the draft misses without it.
    pub(crate) fn placed(&self, errors: Vec<FieldError>) -> impl Iterator<Item = FieldError> {
        let unread = self.unread.iter().map(|(key, problem)| self.at(key, problem.clone()));
        let others = errors.into_iter().filter_map(|error| {
            let key = error.path.split(['.', '[']).next().unwrap_or_default();
            let is_said = self.unread.iter().any(|(unread, _)| *unread == key);
            (!is_said).then(|| self.at(key, error.problem.clone()))
        });
        unread.chain(others)
    }

    /// What is wrong with the cell of this column.
    pub(crate) fn at(&self, key: &str, problem: FieldProblem) -> FieldError {
        let column = self.columns.get(key).map_or("", String::as_str);
        FieldError::new(format!("{}{column}{}.{key}", self.sheet, self.row), problem)
    }
}

/// An empty table to be filled in.
pub(crate) fn template<D>(
    lang: Lang,
    sheet: &str,
    fields: &[Field<D>],
    example: &[String],
) -> Result<Vec<u8>, Error> {
    let columns = columns(lang, fields);
    xlsx::template(sheet, &columns, example).map_err(Error::internal)
}

/// The columns of a table, in a language.
pub(crate) fn columns<D>(lang: Lang, fields: &[Field<D>]) -> Vec<Column> {
    let column = |field: &Field<D>| Column {
        title: lang.pick(field.title.0, field.title.1).to_owned(),
        hint: lang.pick(field.hint.0, field.hint.1).to_owned(),
        width: field.width,
        choices: (field.choices)(lang),
        needed: field.needed,
    };
    fields.iter().map(column).collect()
}

/// The rows of a table as drafts. Heads are taken in Chinese and English, in any order. Cells that are no
/// values of their columns stay with their rows, so that they are told with whatever else does not hold.
///
/// # Errors
/// Where the file cannot be read, or a head is unknown, missing or there twice; with the cells that are wrong.
pub(crate) async fn read<D: Default>(
    app: &App,
    bytes: Vec<u8>,
    fields: &[Field<D>],
) -> Result<Vec<Line<D>>, Error> {
    lines(&files::rows(app, bytes).await?, fields, "").map_err(Error::Invalid)
}

/// The same of the rows of one sheet. Paths of errors begin with `sheet`, which is empty for the first.
///
/// # Errors
/// Likewise.
pub(crate) fn lines<D: Default>(
    rows: &[Row],
    fields: &[Field<D>],
    sheet: &'static str,
) -> Result<Vec<Line<D>>, Vec<FieldError>> {
    let (head, rows) = rows.split_first().ok_or_else(|| vec![FieldError::required("file")])?;
    if rows.len() > ROWS_MOST {
        return Err(vec![FieldError::new("file", FieldProblem::TooMany { max: ROWS_MOST })]);
    }
    let (found, mut errors) = heads(head, fields, sheet);
    let columns: BTreeMap<&'static str, String> =
        found.iter().enumerate().filter_map(|(at, field)| Some(((*field)?.key, letters(at)))).collect();
    let columns = Arc::new(columns);
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (mut draft, mut unread) = (D::default(), Vec::new());
        for (field, cell) in found.iter().zip(&row.cells) {
            if let Some(field) = field
                && !cell.is_empty()
                && let Err(problem) = (field.put)(&mut draft, cell)
            {
                unread.push((field.key, problem));
            }
        }
        lines.push(Line { sheet, row: row.number, columns: Arc::clone(&columns), unread, draft });
    }
    if errors.is_empty() {
        return Ok(lines);
    }
    // Without its heads a table is not checked further, but for what is plain already.
    errors.extend(lines.iter().flat_map(|line| line.placed(Vec::new())));
    Err(errors)
}

/// The field of each column, and what is wrong with the heads.
fn heads<'a, D>(
    head: &Row,
    fields: &'a [Field<D>],
    sheet: &str,
) -> (Vec<Option<&'a Field<D>>>, Vec<FieldError>) {
    let mut errors = Vec::new();
    let mut found: Vec<Option<&Field<D>>> = Vec::new();
    for (at, title) in head.cells.iter().enumerate() {
        let field = fields.iter().find(|field| is_title(field.title, title));
        let is_there = field.is_some_and(|field| found.iter().flatten().any(|known| known.key == field.key));
        let problem = match field {
            Some(_) if is_there => Some(FieldProblem::Twice { got: title.clone() }),
            None if !title.is_empty() => {
                let nearest = fields.iter().map(|field| field.title.0.to_owned()).collect();
                Some(FieldProblem::Unknown { got: title.clone(), nearest })
            }
            _ => None,
        };
        errors.extend(
            problem.map(|problem| {
                FieldError::new(format!("{sheet}{}{}.head", letters(at), head.number), problem)
            }),
        );
        found.push(field);
    }
    for field in fields.iter().filter(|field| field.needed) {
        if !found.iter().flatten().any(|known| known.key == field.key) {
            errors.push(FieldError::required(format!("{sheet}{}.{}", head.number, field.key)));
        }
    }
    (found, errors)
}

pub(crate) fn is_title(of: (&str, &str), title: &str) -> bool {
    let title = title.trim().trim_end_matches(['＊', '*']).trim();
    [of.0, of.1].into_iter().any(|known| known.eq_ignore_ascii_case(title))
}

/// The value that these words name: in either language, or as the API calls it.
pub(crate) fn named<T: Copy + Serialize>(
    words: &str,
    known: &[T],
    say: impl Fn(Lang, T) -> &'static str,
) -> Result<T, FieldProblem> {
    let words = words.trim();
    let is_called = |value: &T| {
        serde_json::to_value(value).is_ok_and(|name| name.as_str().is_some_and(|name| name == words))
    };
    let is_it = |value: &T| {
        [Lang::Zh, Lang::En].into_iter().any(|lang| say(lang, *value).eq_ignore_ascii_case(words))
            || is_called(value)
    };
    known.iter().copied().find(|value| is_it(value)).ok_or_else(|| FieldProblem::Unknown {
        got: words.to_owned(),
        nearest: known.iter().map(|value| say(Lang::Zh, *value).to_owned()).collect(),
    })
}

/// Names separated by 、 or a comma.
pub(crate) fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|word| !word.is_empty())
}
