//! Use cases on real databases: who may, what is kept, what is chained.

#![expect(clippy::unwrap_used, reason = "tests")]

mod policy;
mod session;
