//! Needs as tables: filled in and imported, or saved as they are listed.

mod export;
mod import;

pub use export::Export;
pub use import::{ImportLink, ImportNeeds};
