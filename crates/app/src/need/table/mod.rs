//! Needs as tables: a template to be filled in, the table that comes back, and lists to be saved.

mod export;
mod fields;
mod import;

pub use export::{Form, export};
pub use fields::template;
pub use import::{How, Imported, Line, import};
