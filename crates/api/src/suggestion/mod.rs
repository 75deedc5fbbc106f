//! Which university may answer which need.

pub(crate) mod handlers;
mod views;
