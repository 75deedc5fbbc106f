//! Values as the wire calls them, in addresses and choices.

use serde::Serialize;

/// As the wire calls it.
pub fn word<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The one of `known` that is called so.
pub fn named<T: Serialize + Copy>(text: &str, known: &[T]) -> Option<T> {
    known.iter().copied().find(|value| word(*value) == text)
}
