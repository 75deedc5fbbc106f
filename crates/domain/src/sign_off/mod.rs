//! Sign-off 签发: what leaves an organisation passes 经办 → 审核 → 签发, a chain that it sets for each kind of document.
//!
//! A subject is any record that leaves: its kind, its id, and the hash of what stands in it. Whoever prepares it asks;
//! each step is signed by one person, nobody who prepared it among them; a change of what stands in it makes void what
//! was signed. The last signature lets it go, in the transaction of the signature.

pub mod draft;
pub mod rules;
pub mod seal;

#[cfg(test)]
mod tests;

use crate::kernel::{AccountId, Instant, OrgId, SignOffId, Version};
use crate::org::OrgKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use draft::{ChainDraft, StepDraft, Title, proposal};
pub use rules::{Action, Facts, Gate, Refusal};
pub use seal::{Paper, Seal, Sheet, code, content_hash};

/// What leaves an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 需求.
    Need,
    /// 汇总表: the needs that a district bureau forwards.
    DistrictSummary,
    /// 申报.
    Application,
    /// 报告.
    Report,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Need, Self::DistrictSummary, Self::Application, Self::Report];

    /// How it is named in addresses and in the audit chain.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::DistrictSummary => "district_summary",
            Self::Application => "application",
            Self::Report => "report",
        }
    }

    /// Whether it leaves organisations of `org`.
    #[must_use]
    pub const fn leaves(self, org: OrgKind) -> bool {
        match self {
            Self::Need => matches!(org, OrgKind::School | OrgKind::MunicipalSchool | OrgKind::District),
            Self::DistrictSummary => matches!(org, OrgKind::District),
            Self::Application => matches!(org, OrgKind::University),
            Self::Report => matches!(org, OrgKind::Office | OrgKind::Institution),
        }
    }
}

/// The record that leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    pub kind: Kind,
    pub id: Uuid,
}

/// When a step is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffWhen))]
#[serde(rename_all = "snake_case")]
pub enum When {
    #[default]
    Always,
    /// Own or matching funds are promised: 财务.
    OwnFunds,
}

impl When {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Always, Self::OwnFunds];
}

/// A step of a chain: the post that signs, and who may sign for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub post: String,
    /// Accounts of the organisation; any one of them signs.
    pub signers: Vec<AccountId>,
    #[serde(default)]
    pub when: When,
}

/// Whose hands one kind of document passes through before it leaves an organisation. Without steps it leaves at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub org: OrgId,
    pub kind: Kind,
    pub steps: Vec<Step>,
    pub set_by: AccountId,
    pub set_at: Instant,
    pub version: Version,
}

impl Chain {
    /// The version of a chain that was never set.
    pub const NONE: Version = Version(0);

    /// Steps that are asked for a subject, as places in the chain.
    #[must_use]
    pub fn asked(&self, own_funds: bool) -> Vec<u32> {
        let steps = self.steps.iter().zip(0_u32..);
        let asked = steps.filter(|(step, _)| own_funds || step.when == When::Always);
        asked.map(|(_, at)| at).collect()
    }

    /// The step at this place.
    #[must_use]
    pub fn step(&self, at: u32) -> Option<&Step> {
        self.steps.get(usize::try_from(at).ok()?)
    }

    /// Whether another chain asks the same posts in the same order: then only who signs has changed, and what was
    /// signed stays.
    #[must_use]
    pub fn asks_like(&self, other: &Self) -> bool {
        let posts = |chain: &Self| -> Vec<(String, When)> {
            chain.steps.iter().map(|step| (step.post.clone(), step.when)).collect()
        };
        posts(self) == posts(other)
    }
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Place of the step in the chain.
    pub step: u32,
    /// The post, as the chain named it then.
    pub post: String,
    pub by: AccountId,
    pub at: Instant,
    #[serde(default)]
    pub remark: String,
}

/// Where a round of sign-off stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 准备中: nobody has asked, or a former round has ended.
    Preparing,
    /// 签发中.
    Signing,
    /// 已签发.
    Signed,
    /// 已退回: by a signer, with a reason.
    SentBack,
    /// 已收回: by who prepares it.
    Recalled,
    /// 已作废: what stands in it, or the chain, was changed.
    Voided,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Preparing, Self::Signing, Self::Signed, Self::SentBack, Self::Recalled, Self::Voided];
}

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub by: AccountId,
    pub at: Instant,
    pub reason: String,
}

/// A round of sign-off of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub id: SignOffId,
    pub org: OrgId,
    pub subject: Subject,
    /// What people call the subject, such as its number, and its title.
    pub name: String,
    pub title: String,
    /// Of what stood in it when it was asked for: what is signed.
    pub hash: String,
    /// Steps that are asked, as places in the chain.
    pub steps: Vec<u32>,
    pub asked_by: AccountId,
    pub asked_at: Instant,
    /// Who prepared it: none of them signs.
    pub preparers: Vec<AccountId>,
    pub signatures: Vec<Signature>,
    pub state: State,
    pub ended: Option<Ended>,
    /// Its organisation alone knows of it, and the audit chain does not: what it is of lies under seal, or never left.
    pub sealed: bool,
    pub version: Version,
}

impl Round {
    /// The step whose turn it is, as a place in the chain.
    #[must_use]
    pub fn next(&self) -> Option<u32> {
        self.steps.get(self.signatures.len()).copied().filter(|_| self.state == State::Signing)
    }

    /// The round after a signature, which `rules::decide` let pass.
    #[must_use]
    pub fn signed(&self, to: State, signature: Signature) -> Self {
        let mut after = self.clone();
        after.signatures.push(signature);
        after.state = to;
        after.version = self.version.next();
        after
    }

    /// The round after it ended without its last signature: what was signed stays on record.
    #[must_use]
    pub fn ended(&self, state: State, ended: Ended) -> Self {
        Self { state, ended: Some(ended), version: self.version.next(), ..self.clone() }
    }
}
