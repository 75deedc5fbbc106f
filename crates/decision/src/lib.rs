//! What follows from the data, for people who decide: algorithms alone.
//!
//! Pure and the same to the last digit on every platform: whole numbers throughout, fixed seeds, no clock, no
//! map whose order is by chance. Each module names its source and its cost.

pub mod affinity;
pub mod changes;
pub mod likeness;
mod term;
