//! What universities offer to schools.

pub(crate) mod handlers;
mod views;
