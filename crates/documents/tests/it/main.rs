//! Documents through the public door.

#![expect(clippy::unwrap_used, reason = "tests")]

mod build;
mod chance;
mod docx;
mod hostile;
mod picture;
mod plain;
mod xlsx;
