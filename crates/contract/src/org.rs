//! Organisations and groups.

use ronghe_domain::org::{Membership, OrgKind, UniversityFacts};
use serde::{Deserialize, Serialize};

/// An organisation in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrgRef {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub kind: OrgKind,
}

/// An organisation with its names and what it is responsible for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrgView {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub kind: OrgKind,
    pub aliases: Vec<String>,
    pub parent: Option<OrgRef>,
    pub leading_group_seat: Option<u16>,
    pub university: Option<UniversityFacts>,
    /// Measures of policies in the register that name it, itself or in a group.
    pub responsible_for: Vec<ResponsibleFor>,
}

/// A measure that names an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResponsibleFor {
    pub policy: String,
    pub doc_number: Option<String>,
    pub seq: u32,
    pub title: String,
    /// The group by which it is named, where it is not named itself.
    pub through: Option<String>,
    /// It stands first among the units.
    pub first: bool,
}

/// A wording that stands for several organisations, and for whom today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupView {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub aliases: Vec<String>,
    pub membership: Membership,
    pub members: Vec<OrgRef>,
}
