//! Sign-off 签发 and sealed pages 盖章页.

use crate::org::OrgRef;
use ronghe_domain::attachment::Kind as FileKind;
use ronghe_domain::kernel::{Instant, Offer, SealId, SignOffId};
use ronghe_domain::sign_off::{Action, Kind, Refusal, State, When};
use serde::{Deserialize, Serialize};

/// A person of the organisation who may sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignerRef {
    pub login: String,
    pub name: String,
    /// 职务.
    pub post: String,
    /// Can act: one whose account is disabled has to be replaced.
    pub active: bool,
}

/// A step of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainStepView {
    pub post: String,
    pub when: When,
    pub signers: Vec<SignerRef>,
    /// Nobody who may sign it can act.
    pub vacant: bool,
}

/// Whose hands one kind of document passes through before it leaves an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffChainView))]
pub struct ChainView {
    pub kind: Kind,
    /// Without any it leaves at once.
    pub steps: Vec<ChainStepView>,
    /// Posts that are proposed, in the caller's language, with those who hold them.
    pub proposal: Vec<ChainStepView>,
    /// Whom steps can be given to.
    pub people: Vec<SignerRef>,
    pub may_set: bool,
    pub most: usize,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// The chains of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainsView {
    pub org: OrgRef,
    pub chains: Vec<ChainView>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignatureView {
    pub by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    pub remark: String,
}

/// A step of a round: signed, or waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundStepView {
    pub post: String,
    /// Who may sign it.
    pub signers: Vec<String>,
    pub signed: Option<SignatureView>,
    /// It is its turn.
    pub turn: bool,
}

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffEndedView))]
pub struct EndedView {
    pub by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    pub reason: String,
}

/// A round of sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundView {
    pub id: SignOffId,
    pub kind: Kind,
    pub org: OrgRef,
    /// What is signed, as it stands in addresses.
    pub record: String,
    pub title: String,
    /// Name of the cycle that it belongs to, where it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// Of the version that is signed.
    pub code: String,
    pub state: State,
    pub steps: Vec<RoundStepView>,
    pub asked_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    pub ended: Option<EndedView>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// Body for signing, sending back and recalling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnSignOff {
    /// 同意并签发.
    Sign {
        #[serde(default)]
        remark: String,
    },
    /// 退回.
    SendBack {
        #[serde(default)]
        reason: String,
    },
    /// 收回.
    Recall,
}

/// A sealed scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealView {
    pub id: SealId,
    /// What the file is called.
    pub name: String,
    pub kind: FileKind,
    /// In bytes.
    pub size: u64,
    /// Of the version that it is bound to.
    pub code: String,
    /// What stands in the record now is another version: it no longer holds.
    pub voided: bool,
    pub by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// Copies on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperView {
    pub asked: u16,
    /// The day on which they came, such as 2026-03-10.
    pub received: Option<String>,
}

/// What a record goes up with: its code, its signatures, its sealed scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealedView {
    pub kind: Kind,
    pub org: OrgRef,
    /// Absent where what stands in it does not hold.
    pub code: Option<String>,
    /// The chain is set: it must be signed before it leaves.
    pub chained: bool,
    /// Rounds of sign-off, newest first; only its own organisation reads them.
    pub rounds: Vec<RoundView>,
    pub offers: Vec<Offer<Action, Refusal>>,
    pub seals: Vec<SealView>,
    pub paper: PaperView,
    pub may_seal: bool,
    pub may_note: bool,
}

impl SealedView {
    /// The round whose signatures stand on the page: hands on another version, or one that was sent back, taken back
    /// or changed, are none.
    #[must_use]
    pub fn printed(&self) -> Option<&RoundView> {
        let stands = |round: &&RoundView| matches!(round.state, State::Signing | State::Signed);
        self.rounds.iter().filter(stands).find(|round| self.code.as_ref() == Some(&round.code))
    }
}
