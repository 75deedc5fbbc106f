//! The policy register: documents, their measures and who is responsible for them.

mod check;
pub mod correct;
pub mod decision;
pub mod draft;
pub mod forms;
pub mod parse;
pub mod rules;

use crate::kernel::{AccountId, Date, Instant, PolicyId, Version};
use crate::org::Target;
use serde::{Deserialize, Serialize};

pub use draft::{MeasureDraft, Place, PolicyDraft, Read, SectionDraft, UnitDraft, Warning};
pub use rules::{Action, Refusal, State, Status};

/// The part that a responsible unit has in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UnitRole {
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 责任: named in a plain list.
    Responsible,
}

/// A policy document with its life: a draft that is being checked, or a published one.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub id: PolicyId,
    /// Name in addresses.
    pub slug: String,
    pub state: State,
    pub version: Version,
    /// The document's text as it was read; places in the draft are byte offsets into it.
    pub text: String,
    /// What was read from it, with corrections.
    pub draft: PolicyDraft,
    /// Who imported it.
    pub imported_by: AccountId,
    /// Who changed it last, by importing or correcting it; whoever that is does not publish it.
    pub corrected_by: AccountId,
    pub imported_at: Instant,
    /// Set when it is published.
    pub published: Option<Published>,
    /// Decisions to renew it, in order.
    pub renewals: Vec<Renewal>,
    /// The decision by which another policy takes its place.
    pub supersession: Option<Supersession>,
}

/// What became fixed at publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub by: AccountId,
    pub at: Instant,
    pub content: Content,
}

/// A document as the register shows it: checked, every unit known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    /// 文号, where the document has one.
    pub doc_number: Option<String>,
    pub issuer: String,
    pub issue_date: Date,
    /// 主送.
    pub recipients: Vec<String>,
    /// 抄送.
    pub copies: Vec<String>,
    /// 公开属性 as printed.
    pub openness: Option<String>,
    /// First day in force.
    pub effective_from: Date,
    /// Last day in force; `None` where the document sets no end.
    pub last_day: Option<Date>,
    /// 试行.
    pub trial: bool,
    /// What stands before the first section or measure.
    pub preamble: String,
    pub sections: Vec<Section>,
}

/// A section; a document without sections has one without number and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub number: Option<u32>,
    pub title: String,
    pub measures: Vec<Measure>,
}

/// A measure 措施.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its place in the whole document, counted from 1; stands in addresses.
    pub seq: u32,
    /// Number as printed.
    pub number: Option<u32>,
    pub title: String,
    /// The official text after the title, without the list of units.
    pub text: String,
    /// Units in the order printed.
    pub units: Vec<Unit>,
}

/// A unit responsible for a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Name as printed.
    pub name: String,
    pub role: UnitRole,
    pub target: Target,
}

/// The paper of a decision: kept with what it decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionPaper {
    /// Day of the decision.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: Date,
    /// Number of the paper.
    pub number: String,
    /// What the paper is called, or its words.
    pub paper: String,
}

/// A decision to keep a policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    pub decision: DecisionPaper,
    /// First day of the renewed term.
    pub from: Date,
    /// Last day of the renewed term; `None` without end.
    pub last_day: Option<Date>,
    pub by: AccountId,
}

/// A decision that another policy takes the place of this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supersession {
    pub decision: DecisionPaper,
    /// First day on which this policy no longer holds.
    pub from: Date,
    /// The policy that takes its place, where it is in the register.
    pub successor: Option<PolicyId>,
    pub by: AccountId,
}

impl Content {
    /// All measures, in order.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.sections.iter().flat_map(|section| &section.measures)
    }

    /// The measure with the running number `seq`.
    #[must_use]
    pub fn measure(&self, seq: u32) -> Option<&Measure> {
        self.measures().find(|measure| measure.seq == seq)
    }
}
