//! Questions and answers 答疑 on needs of the published list: what universities ask while 高校申报 stands open, and what
//! the need's unit or the lead office answers, both in public.
//!
//! Who asked would tell who means to apply. So nobody but the asker's own university ever learns it, neither before
//! the seals are opened nor after; a keyed hash in the audit chain keeps it from being changed unseen.

pub mod draft;
pub mod rules;

use crate::kernel::{AccountId, CycleId, Instant, NeedId, OrgId, QuestionId, Version};
use crate::need_list::beside;
use serde::{Deserialize, Serialize};

pub use draft::{AnswerDraft, QuestionDraft};
pub use rules::{Action, Refusal, Scope};

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = QuestionState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待答复.
    Open,
    /// 已答复.
    Answered,
    /// 已撤下: that it was asked stays, what it said does not.
    TakenBack,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::TakenBack];
}

/// Why a question is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = QuestionGround))]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 与需求无关.
    OffTopic,
    /// 含有个人信息.
    PersonalData,
    /// 透露了提问的高校.
    NamesAsker,
    /// 用语不当.
    Improper,
}

impl Ground {
    /// Every ground, in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::OffTopic, Self::PersonalData, Self::NamesAsker, Self::Improper];
}

/// How a question is named: `N2026-0137-Q3`.
pub type Name = beside::Name<'Q'>;

/// Who asked: nobody but people of this university may learn it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    pub university: OrgId,
    pub account: AccountId,
    /// A keyed hash of both and of the question: what the audit chain holds of them.
    pub mark: String,
}

/// What was answered. It stays; a later one takes its place beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub text: String,
    /// The organisation that answers: the need's unit, or that of the lead office.
    pub org: OrgId,
    pub by: AccountId,
    pub at: Instant,
}

/// That a question was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    pub ground: Ground,
    pub by: AccountId,
    pub at: Instant,
}

/// A question on a need, with what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub cycle: CycleId,
    pub need: NeedId,
    /// Counted from 1 for each need.
    pub no: u32,
    pub text: String,
    pub asked_at: Instant,
    /// Overdue from this instant on, while nobody has answered.
    pub due: Instant,
    pub asker: Asker,
    /// In the order in which they came: the last one holds.
    pub answers: Vec<Answer>,
    pub taken_back: Option<TakenBack>,
    pub version: Version,
}

impl Question {
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        match (&self.taken_back, self.answers.is_empty()) {
            (Some(_), _) => State::TakenBack,
            (None, true) => State::Open,
            (None, false) => State::Answered,
        }
    }

    /// It was to be answered, and is not.
    #[must_use]
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.state() == State::Open && self.due <= now
    }

    /// After it was answered, for the first time or better.
    #[must_use]
    pub fn answered(&self, answer: Answer) -> Self {
        let mut after = self.clone();
        after.answers.push(answer);
        after.version = self.version.next();
        after
    }

    /// After it was taken back.
    #[must_use]
    pub fn taken_back(&self, why: TakenBack) -> Self {
        Self { taken_back: Some(why), version: self.version.next(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests;
