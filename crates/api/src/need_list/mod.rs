//! Need lists.

pub(crate) mod act;
pub(crate) mod handlers;
mod views;
