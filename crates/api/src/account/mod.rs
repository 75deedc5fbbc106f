//! Accounts.

pub(crate) mod handlers;
pub(crate) mod import;
pub(crate) mod request;
pub(crate) mod views;
