//! Yearly cycles.

pub(crate) mod act;
pub(crate) mod handlers;
pub(crate) mod views;
