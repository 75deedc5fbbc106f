//! Organisations of every kind, and wordings that stand for several.

pub(crate) mod group;
mod import;
pub(crate) mod office;
mod profile;
mod write;
