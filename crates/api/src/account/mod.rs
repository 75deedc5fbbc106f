//! Accounts.

pub(crate) mod handlers;
pub(crate) mod import;
pub(crate) mod views;
