//! Use cases on real databases: who may, what is kept, what is chained.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod accounts;
mod carry;
mod ends;
mod files;
mod group;
mod history;
mod key;
mod mail;
mod policy;
mod reminder;
mod room;
mod session;
mod tampering;
mod year;
