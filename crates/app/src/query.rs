//! Words of an address that narrow a list and name values, as the wire calls them.

use crate::Error;
use ronghe_domain::kernel::{FieldError, FieldProblem};
use serde::Serialize;
use std::str::FromStr;

/// The one of `known` that `got` names; none where nothing is asked.
///
/// # Errors
/// Where it names none, with those that are known.
pub fn word<T: Serialize + Copy>(path: &str, got: &str, known: &[T]) -> Result<Option<T>, Error> {
    let got = got.trim();
    if got.is_empty() {
        return Ok(None);
    }
    let name = |value: &T| serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned));
    if let Some(value) = known.iter().find(|value| name(value).as_deref() == Some(got)) {
        return Ok(Some(*value));
    }
    let names: Vec<String> = known.iter().filter_map(name).collect();
    Err(unknown_word(path, got, &names.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Those of `known` that `got` names, separated by commas; none where nothing is asked.
///
/// # Errors
/// Where a part names none, with those that are known.
pub fn words<T: Serialize + Copy>(path: &str, got: &str, known: &[T]) -> Result<Vec<T>, Error> {
    let found = got.split(',').map(|part| word(path, part, known)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// A whole number within bounds; none where nothing is asked.
///
/// # Errors
/// Where it is none.
pub fn number(path: &str, got: &str, min: u32, max: u32) -> Result<Option<u32>, Error> {
    let got = got.trim();
    if got.is_empty() {
        return Ok(None);
    }
    let read = got.parse().ok().filter(|number| (min..=max).contains(number));
    let problem = FieldProblem::NotANumber { min: i64::from(min), max: i64::from(max), got: got.to_owned() };
    read.map(Some).ok_or_else(|| Error::field(path, problem))
}

/// Where the next part of a list begins: the key of the last row and its id, `key.id`.
///
/// # Errors
/// Where it is none that a part before gave.
pub fn cursor<Id: FromStr>(text: &str) -> Result<Option<(i64, Id)>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.split_once('.').and_then(|(key, id)| Some((key.parse().ok()?, id.parse().ok()?)));
    let unknown = FieldProblem::Unknown { got: text.to_owned(), nearest: Vec::new() };
    read.map(Some).ok_or_else(|| Error::field("after", unknown))
}

/// A word that is none of the known ones.
#[must_use]
pub fn unknown_word(path: &str, got: &str, known: &[&str]) -> Error {
    let nearest = known.iter().map(|word| (*word).to_owned()).collect();
    Error::Invalid(vec![FieldError::new(path, FieldProblem::Unknown { got: got.to_owned(), nearest })])
}
