//! The list as it is published: open data, hashed in its canonical form. No person stands in it, and no telephone.

use crate::kernel::{Fen, hex};
use crate::need::{Indicator, Stage};
use crate::policy::forms::Form;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of this form; a later form has another.
pub const SCHEMA: &str = "ronghe/need-list/1";

/// A version of the list. The names of its fields are part of what is hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListDocument))]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: String,
    /// What the cycle is called: `2026`.
    pub cycle: String,
    /// Which version: `v1`.
    pub version: String,
    /// Why there is a later version.
    pub reason: String,
    /// Needs that the version before left out, by their numbers on this one.
    pub added: Vec<Altered>,
    /// Needs that the version before held.
    pub removed: Vec<Altered>,
    /// In the order of the list.
    pub needs: Vec<Listed>,
}

/// A need that a later version takes on or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListAltered))]
pub struct Altered {
    /// `2026-001`.
    pub number: String,
    /// Its own number: `N2026-0137`.
    pub need: String,
    pub title: String,
    pub title_en: String,
    pub reason: String,
}

/// What a university must know of a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListListed))]
pub struct Listed {
    /// Its number on the list: `2026-001`.
    pub number: String,
    /// Its own number: `N2026-0137`.
    pub need: String,
    pub title: String,
    pub title_en: String,
    pub unit: Named,
    /// The district bureau above the unit, or the unit itself where it is one; none for municipal units.
    pub district: Option<Named>,
    /// The main one first.
    pub measures: Vec<MeasureName>,
    pub forms: Vec<Form>,
    /// What 其他 means, where it is among the forms.
    pub other_form: String,
    pub stages: Vec<Stage>,
    /// Pupils who benefit.
    pub students: u32,
    /// Teachers who benefit.
    pub teachers: u32,
    pub background: String,
    pub goals: String,
    pub benefit: String,
    pub indicators: Vec<Indicator>,
    /// The university that the unit would like.
    pub university: Option<Named>,
    pub discipline: String,
    /// In fen.
    pub budget: Fen,
    /// The unit's own contribution, part of the budget.
    pub own: Fen,
    pub period: String,
    /// Needs that it takes up.
    pub origins: Vec<Origin>,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListNamed))]
pub struct Named {
    /// Name in addresses.
    pub slug: String,
    pub name: String,
    pub name_en: String,
}

/// A measure of the cycle's policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListMeasureName))]
pub struct MeasureName {
    /// Running number.
    pub seq: u32,
    pub title: String,
}

/// A need that another one takes up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListOrigin))]
pub struct Origin {
    /// `N2026-0137`.
    pub need: String,
    pub title: String,
    pub unit: Named,
}

impl Document {
    /// Its canonical form: JSON by RFC 8785.
    ///
    /// # Errors
    /// Where it cannot be written, which none of its fields can bring about.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_jcs::to_string(self)
    }
}

/// SHA-256 of a document in its canonical form, hexadecimal.
#[must_use]
pub fn hash(canonical: &str) -> String {
    hex(&Sha256::digest(canonical.as_bytes()))
}
