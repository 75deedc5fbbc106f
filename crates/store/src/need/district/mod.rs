//! What a district bureau does with the needs of its schools.

pub mod ranking;
pub mod reminder;
pub mod summary;
