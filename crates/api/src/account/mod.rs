//! Accounts.

pub(crate) mod handlers;
pub(crate) mod views;
