//! Needs as tables: a template to be filled in, the table that comes back, and lists to be saved.

mod export;
mod fields;
mod import;

pub use export::export;
pub(crate) use export::file;
pub use fields::template;
pub use import::{How, Imported, Line, import};
