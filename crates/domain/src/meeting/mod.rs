//! 对接会: meetings on needs of the published list, where units and universities talk before universities apply.
//!
//! The need's unit or the lead office enters them while 高校申报 stands open, and calls them off with a reason. Everybody
//! reads them, the public too. Who comes is not kept here: it would tell who means to apply.

pub mod draft;
pub mod ics;
pub mod rules;

use crate::kernel::{AccountId, CycleId, Instant, MeetingId, NeedId, OrgId, Version};
use crate::need_list::beside;
use serde::{Deserialize, Serialize};

pub use draft::MeetingDraft;
pub use rules::{Action, Refusal};

/// Where a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MeetingState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 将举行, or held: its time says which.
    Planned,
    /// 已取消.
    CalledOff,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 2] = [Self::Planned, Self::CalledOff];
}

/// How a meeting is named: `N2026-0137-M2`.
pub type Name = beside::Name<'M'>;

/// When and where people meet, and who may come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub start: Instant,
    pub finish: Instant,
    /// Empty where people meet by the link alone.
    pub place: String,
    /// Empty where people meet at the place alone.
    pub link: String,
    /// 参加范围: who may come.
    pub audience: String,
    pub remark: String,
}

/// That a meeting was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// A meeting on a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub cycle: CycleId,
    pub need: NeedId,
    /// Counted from 1 for each need.
    pub no: u32,
    pub content: Content,
    /// The organisation that entered it: the need's unit, or that of the lead office.
    pub org: OrgId,
    pub entered_by: AccountId,
    pub entered_at: Instant,
    pub called_off: Option<CalledOff>,
    pub version: Version,
}

impl Meeting {
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        if self.called_off.is_some() { State::CalledOff } else { State::Planned }
    }

    /// After it was called off.
    #[must_use]
    pub fn called_off(&self, why: CalledOff) -> Self {
        Self { called_off: Some(why), version: self.version.next(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests;
