//! Organisations, groups, the leading group.

pub(crate) mod handlers;
pub(crate) mod views;
