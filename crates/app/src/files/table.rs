//! Tables that a person filled in: their columns, and what does not hold, cell by cell.

use crate::{App, Error, files};
use ronghe_documents::xlsx::{self, Column, letters};
use ronghe_domain::kernel::{FieldError, FieldProblem};
use ronghe_text::Lang;
use std::collections::BTreeMap;

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

/// A row as a draft, with the place of each of its cells.
pub(crate) struct Line<D> {
    row: u32,
    columns: BTreeMap<&'static str, String>,
    pub(crate) draft: D,
}

impl<D> Line<D> {
    /// Errors of the draft, by cell: `B14.login`.
    pub(crate) fn placed(&self, errors: Vec<FieldError>) -> impl Iterator<Item = FieldError> {
        errors.into_iter().map(|error| {
            let key = error.path.split(['.', '[']).next().unwrap_or_default();
            let column = self.columns.get(key).map_or("", String::as_str);
            FieldError { path: format!("{column}{}.{key}", self.row), problem: error.problem }
        })
    }
}

/// An empty table to be filled in.
pub(crate) fn template<D>(
    lang: Lang,
    sheet: &str,
    fields: &[Field<D>],
    example: &[String],
) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = fields
        .iter()
        .map(|field| Column {
            title: lang.pick(field.title.0, field.title.1).to_owned(),
            hint: lang.pick(field.hint.0, field.hint.1).to_owned(),
            width: field.width,
            choices: (field.choices)(lang),
            needed: field.needed,
        })
        .collect();
    xlsx::template(sheet, &columns, example).map_err(Error::internal)
}

/// The rows of a table as drafts. Heads are taken in Chinese and English, in any order.
///
/// # Errors
/// Where the file cannot be read, a head is unknown or missing, or a cell is no value of its column.
pub(crate) async fn read<D: Default>(
    app: &App,
    bytes: Vec<u8>,
    fields: &[Field<D>],
) -> Result<Vec<Line<D>>, Error> {
    let rows = files::rows(app, bytes).await?;
    let (head, rows) = rows.split_first().ok_or_else(|| Error::field("file", FieldProblem::Required))?;
    let mut errors = Vec::new();
    let mut found: Vec<Option<&Field<D>>> = Vec::new();
    for (at, title) in head.cells.iter().enumerate() {
        let field = fields.iter().find(|field| is_title(field.title, title));
        if field.is_none() && !title.is_empty() {
            let nearest = fields.iter().map(|field| field.title.0.to_owned()).collect();
            let problem = FieldProblem::Unknown { got: title.clone(), nearest };
            errors.push(FieldError::new(format!("{}{}.head", letters(at), head.number), problem));
        }
        found.push(field);
    }
    for field in fields.iter().filter(|field| field.needed) {
        if !found.iter().flatten().any(|known| known.key == field.key) {
            errors.push(FieldError::required(format!("{}.{}", head.number, field.key)));
        }
    }
    let columns: BTreeMap<&'static str, String> =
        found.iter().enumerate().filter_map(|(at, field)| Some(((*field)?.key, letters(at)))).collect();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let mut draft = D::default();
        for (at, (field, cell)) in found.iter().zip(&row.cells).enumerate() {
            if let Some(field) = field
                && !cell.is_empty()
                && let Err(problem) = (field.put)(&mut draft, cell)
            {
                errors.push(FieldError::new(format!("{}{}.{}", letters(at), row.number, field.key), problem));
            }
        }
        lines.push(Line { row: row.number, columns: columns.clone(), draft });
    }
    if errors.is_empty() { Ok(lines) } else { Err(Error::Invalid(errors)) }
}

fn is_title(of: (&str, &str), title: &str) -> bool {
    let title = title.trim().trim_end_matches(['＊', '*']).trim();
    [of.0, of.1].into_iter().any(|known| known.eq_ignore_ascii_case(title))
}

/// The value that these words name, in either language.
pub(crate) fn named<T: Copy>(
    words: &str,
    known: &[T],
    say: impl Fn(Lang, T) -> &'static str,
) -> Result<T, FieldProblem> {
    let words = words.trim();
    let is_it = |value: &T| {
        [Lang::Zh, Lang::En].into_iter().any(|lang| say(lang, *value).eq_ignore_ascii_case(words))
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
