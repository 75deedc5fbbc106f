//! Organisations: list, record, and choosing one.

mod edit;
mod list;
mod picker;
mod show;

pub use edit::{EditOrganisation, NewOrganisation};
pub use list::Organisations;
pub use picker::OrgPicker;
pub use show::Organisation;
