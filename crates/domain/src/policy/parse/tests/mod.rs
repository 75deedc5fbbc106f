//! The reader against whole documents, its scanners against tables, and any text at all.

mod documents;
mod properties;
mod scanners;
mod units;
