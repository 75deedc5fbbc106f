//! Questions and answers on needs of the published list. Who asked is in none of them.

use crate::org::OrgRef;
use ronghe_domain::kernel::{Date, Instant, Offer};
use ronghe_domain::question::{Action, Ground, Refusal, State};
use serde::{Deserialize, Serialize};

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerView {
    pub text: String,
    /// The organisation that answers.
    pub org: OrgRef,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// That a question was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenBackView {
    pub ground: Ground,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Date,
}

/// A question on a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionView {
    /// `N2026-0137-Q3`.
    pub name: String,
    /// Counted from 1 for each need.
    pub no: u32,
    /// The number of its need.
    pub need: String,
    /// The title of its need.
    pub title: String,
    pub state: State,
    /// Absent where it was taken back and the reader may not see it.
    pub text: Option<String>,
    /// The caller's own university asked; only its people ever read so.
    pub own: bool,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_on: Date,
    /// When an answer is due, while there is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due: Option<Instant>,
    /// It was to be answered, and is not.
    pub overdue: bool,
    /// In the order in which they came: the last one holds, those before it were corrected.
    pub answers: Vec<AnswerView>,
    pub taken_back: Option<TakenBackView>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// The questions on one need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionsView {
    /// In the order in which they were asked.
    pub items: Vec<QuestionView>,
    /// When questions close, where 高校申报 is planned.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closes: Option<Instant>,
    /// Whether the caller can ask now.
    pub can_ask: bool,
    /// Why not now, for who asks at all.
    pub barred: Option<Refusal>,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// Body for answering a question, correcting an answer, or taking the question back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnQuestion {
    /// 答复.
    Answer {
        #[serde(default)]
        answer: String,
    },
    /// 更正答复.
    Correct {
        #[serde(default)]
        answer: String,
    },
    /// 撤下.
    TakeBack {
        #[serde(default)]
        ground: Option<Ground>,
    },
}
