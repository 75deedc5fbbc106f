//! Suggestions 推荐: which university may answer which listed need, by what both say of themselves. They decide nothing,
//! and know nothing of applications, which are sealed.

pub mod rules;

use crate::need::Stage;
use crate::policy::forms::Form;
use serde::{Deserialize, Serialize};

pub use rules::Refusal;

/// Affinity from which on something is suggested: below it the two have little more in common than a measure or a
/// school stage.
pub const LEAST: u8 = 30;
/// Most universities of a need, and most needs of a university, that are suggested.
pub const MOST: usize = 10;
/// Affinity from which on a university counts as one that may answer a need (`decisions.md` of the design, 1): a need
/// without any is likely to stay unanswered.
pub const ANSWERS: u8 = 60;

/// What an affinity is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AffinityPart))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 学科.
    Disciplines,
    /// 措施与合作形式.
    Measures,
    /// 学段.
    Stages,
    /// 文字: what the need says, beside the strengths of the university.
    Text,
}

/// Something that both sides name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AffinityMatch))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Match {
    /// Codes of GB/T 13745; near ones are of one first level.
    Discipline {
        wanted: String,
        offered: String,
        near: bool,
    },
    Measure {
        seq: u32,
    },
    Form {
        form: Form,
    },
    Stage {
        stage: Stage,
    },
    /// Words of both texts.
    Term {
        term: String,
    },
}

/// What a part adds to an affinity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AffinityShare))]
pub struct Share {
    pub part: Part,
    /// Hundredths of a point, rounded down; none where the need says nothing of it, which then does not count.
    pub points: Option<u16>,
    /// What it could add at most, in hundredths of a point.
    pub most: u16,
    pub matches: Vec<Match>,
}

/// How well a university may answer a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affinity {
    /// 0 to 100.
    pub score: u8,
    /// One for each part, in their order.
    pub shares: Vec<Share>,
}

#[cfg(test)]
mod tests;
