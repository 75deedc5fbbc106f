//! Organisations and groups.

use ronghe_domain::kernel::Offer;
use ronghe_domain::org::{Action, Contact, Membership, OrgKind, Refusal, SignOff, UniversityFacts};
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

/// Body for reading telephones whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reveal {
    /// Why: it stands in the audit chain, and in the record's time line where it has one.
    #[serde(default)]
    pub reason: String,
}

/// Who answers for an organisation, with nothing hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedContacts {
    pub contacts: Vec<Contact>,
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
    /// First and last day on which it exists.
    #[serde(default)]
    pub since: Option<String>,
    #[serde(default)]
    pub until: Option<String>,
    /// Who answers for it; only for those who are signed in. The middle of telephones is
    /// hidden but for its own people, the district above and administrators; others who call reveal it.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Whose hands each kind of document passes through before it leaves.
    #[serde(default)]
    pub sign_off: Vec<SignOff>,
    /// Give this back in `If-Match`.
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Measures of policies in the register that name it, itself or in a group.
    pub responsible_for: Vec<ResponsibleFor>,
}

/// Body for importing organisations from a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportOrganisations {
    /// The bytes of an `.xlsx` file in base64.
    pub file: String,
    /// Only check, and say what would be made.
    #[serde(default)]
    pub preview: bool,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedOrganisations {
    /// Organisations were made; for a preview none.
    pub written: bool,
    /// In the order of the table's rows.
    pub organisations: Vec<ImportedOrganisation>,
}

/// An organisation of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedOrganisation {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub kind: OrgKind,
    pub aliases: Vec<String>,
    /// The organisation above it, which may be another one of the table.
    pub parent: Option<OrgRef>,
    pub university: Option<UniversityFacts>,
    pub contacts: Vec<Contact>,
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
