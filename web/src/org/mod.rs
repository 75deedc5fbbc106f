//! Organisations: list, record, and choosing one.

mod edit;
mod import;
mod list;
mod picker;
mod show;
mod university;

pub use edit::{EditOrganisation, NewOrganisation};
pub use import::ImportOrganisations;
pub use list::Organisations;
pub use picker::OrgPicker;
pub use show::Organisation;
