//! The audit chain.

pub(crate) mod handlers;
pub(crate) mod views;
