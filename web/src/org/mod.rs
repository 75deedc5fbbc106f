//! Organisations: list, record, and choosing one.

mod edit;
mod import;
mod list;
mod offering;
mod picker;
mod profile;
mod reveal;
mod show;
mod university;

pub use edit::{EditOrganisation, NewOrganisation};
pub use import::ImportOrganisations;
pub use list::Organisations;
pub use offering::EditProfile;
pub use picker::OrgPicker;
pub use reveal::RevealOrganisation;
pub use show::Organisation;
