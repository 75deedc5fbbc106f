//! The binary itself, through its console, over HTTP, and in a browser.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod backup;
mod browser;
mod canaries;
mod headers;
#[cfg(target_os = "linux")]
mod inflating;
mod journeys;
mod kill;
mod rotate;
mod serve;
#[cfg(target_os = "linux")]
mod uploads;
mod wire;
