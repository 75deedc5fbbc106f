//! Words of a query that name a value, as the wire calls it.

use crate::problem::unknown_word;
use ronghe_app::Error;
use serde::Serialize;

/// The one of `known` that `got` names; none where nothing is asked.
///
/// # Errors
/// Where it names none, with those that are known.
pub(crate) fn word<T: Serialize + Copy>(path: &str, got: &str, known: &[T]) -> Result<Option<T>, Error> {
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
