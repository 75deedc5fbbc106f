//! Needs 需求.

pub(crate) mod act;
pub(crate) mod alike;
pub(crate) mod district;
pub(crate) mod files;
pub(crate) mod handlers;
pub(crate) mod opinion;
pub(crate) mod reveal;
pub(crate) mod table;
pub(crate) mod verdict;
pub(crate) mod views;
