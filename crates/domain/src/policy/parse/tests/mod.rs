//! The reader against whole documents, its scanners against tables, and any text at all.

mod documents;
mod flat;
mod head;
mod hostile;
mod inner;
mod nesting;
mod pages;
mod properties;
mod scanners;
mod units;
mod wordings;
