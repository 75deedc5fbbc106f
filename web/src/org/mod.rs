//! Organisations: list, record, and choosing one.

mod list;
mod picker;
mod show;

pub use list::Organisations;
pub use picker::OrgPicker;
pub use show::Organisation;
