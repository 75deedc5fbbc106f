//! The binary itself, through its console and over HTTP.

#![expect(clippy::unwrap_used, reason = "tests")]

mod serve;
