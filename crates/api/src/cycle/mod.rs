//! Yearly cycles.

pub(crate) mod act;
pub(crate) mod handlers;
mod parts;
pub(crate) mod views;
