//! Measures, and the matrix of measures and offices.

pub(crate) mod handlers;
pub(crate) mod views;
