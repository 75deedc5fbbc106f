//! Between rows and domain types.

use crate::Error;
use ronghe_domain::kernel::{Date, Instant};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a value as JSON text.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|source| Error::Corrupt { table: "json", reason: source.to_string() })
}

/// Reads JSON text of `table`.
pub(crate) fn from_json<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|source| Error::Corrupt { table, reason: source.to_string() })
}

/// An enum as its serde name, for TEXT columns.
pub(crate) fn name<T: Serialize>(value: &T) -> Result<String, Error> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

/// An enum from its serde name.
pub(crate) fn from_name<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, Error> {
    from_json(table, &format!("\"{text}\""))
}

/// Microseconds since 1970.
pub(crate) fn micros(at: Instant) -> i64 {
    at.as_microsecond()
}

/// From microseconds since 1970.
pub(crate) fn instant(table: &'static str, micros: i64) -> Result<Instant, Error> {
    Instant::from_microsecond(micros).map_err(|source| Error::Corrupt { table, reason: source.to_string() })
}

/// From `2026-03-10`.
pub(crate) fn date(table: &'static str, text: &str) -> Result<Date, Error> {
    ronghe_domain::kernel::parse_date(text)
        .ok_or_else(|| Error::Corrupt { table, reason: format!("{text} is no day") })
}
