//! Organisations, groups, the leading group.

pub(crate) mod act;
pub(crate) mod handlers;
pub(crate) mod import;
pub(crate) mod views;
