//! What a university offers to schools 合作画像: its disciplines, the measures and forms that it takes on, the school
//! stages, its strengths. Needs are compared with it.

pub mod discipline;
pub mod draft;
pub mod rules;
mod table;

use crate::kernel::{Instant, OrgId, PolicyId, Version};
use crate::need::Stage;
use crate::policy::forms::Form;
use serde::{Deserialize, Serialize};

pub use draft::{ProfileDraft, STRENGTHS_MOST};
pub use rules::Refusal;

/// What a university says of itself: checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Codes of GB/T 13745, in their order.
    pub disciplines: Vec<String>,
    /// The document that the measures are of.
    pub policy: PolicyId,
    /// Running numbers, in their order.
    pub measures: Vec<u32>,
    /// In the order of the notice; each is a form of one of the measures.
    pub forms: Vec<Form>,
    pub stages: Vec<Stage>,
    /// 优势与资源: people, places, courses, what was done before.
    pub strengths: String,
}

/// The profile of a university.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub org: OrgId,
    pub content: Content,
    pub changed_at: Instant,
    pub version: Version,
}

impl Profile {
    /// The version of a profile that nobody has written yet.
    pub const NONE: Version = Version(0);
}

#[cfg(test)]
mod tests;
