//! Applications 申报.

pub(crate) mod act;
pub(crate) mod files;
pub(crate) mod handlers;
pub(crate) mod opinion;
pub(crate) mod versions;
mod views;
