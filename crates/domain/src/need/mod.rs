//! Needs 需求: what a school or a district bureau asks of universities, from the draft to the need list.

pub mod carry;
pub mod district;
pub mod draft;
pub mod filing;
pub mod form;
pub mod opinion;
pub mod place;
pub mod prose;
pub mod row;
pub mod rules;
mod sight;
pub mod turn;
pub mod verdict;

use crate::attachment::Attached;
use crate::cycle::CycleYear;
use crate::kernel::{AccountId, CycleId, Fen, Instant, NeedId, OrgId, Version};
use crate::org::OrgKind;
use crate::policy::forms::Form;
use crate::sign_off::{Kind, Subject};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use carry::Onward;
pub use district::{Ranking, RankingDraft, Summary};
pub use draft::{IndicatorDraft, NeedDraft};
pub use form::{Field, Section};
pub use opinion::{Opinion, OpinionDraft, Stance};
pub use place::Place;
pub use prose::Prose;
pub use row::{Back, Record, Row, Standing};
pub use rules::{Action, Refusal};
pub use sight::{reads_list_only, sees_verdicts};
pub use verdict::{Outcome, Ruling, Verdict, Why};

/// Where a need stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿.
    Draft,
    /// 已提交: its district has it.
    Submitted,
    /// 区县退回.
    ReturnedByDistrict,
    /// 已报送: the lead office has it.
    Forwarded,
    /// 退回修改.
    Returned,
    /// 遴选中.
    Screening,
    /// 已列入清单.
    Listed,
    /// 未列入清单.
    Declined,
    /// 已合并.
    Merged,
    /// 已承接.
    Taken,
    /// 暂无高校承接.
    Open,
    /// 已撤回.
    Withdrawn,
}

impl State {
    /// Every state, in the order of a need's life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Submitted,
        Self::ReturnedByDistrict,
        Self::Forwarded,
        Self::Returned,
        Self::Screening,
        Self::Listed,
        Self::Declined,
        Self::Merged,
        Self::Taken,
        Self::Open,
        Self::Withdrawn,
    ];

    /// Its owner has it back, to correct it.
    #[must_use]
    pub const fn is_returned(self) -> bool {
        matches!(self, Self::ReturnedByDistrict | Self::Returned)
    }

    /// What became of it stands on a published list.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Listed | Self::Declined | Self::Merged | Self::Taken | Self::Open)
    }

    /// It came onto the published need list.
    #[must_use]
    pub const fn is_on_list(self) -> bool {
        matches!(self, Self::Listed | Self::Taken | Self::Open)
    }

    /// Counts against the caps of school and district.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        !matches!(self, Self::Draft | Self::Declined | Self::Merged | Self::Withdrawn)
    }
}

/// A school stage 学段.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 学前.
    Preschool,
    /// 小学.
    Primary,
    /// 初中.
    JuniorHigh,
    /// 普通高中.
    SeniorHigh,
    /// 中职.
    Vocational,
    /// 特殊教育.
    Special,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] =
        [Self::Preschool, Self::Primary, Self::JuniorHigh, Self::SeniorHigh, Self::Vocational, Self::Special];
}

/// The number that people see: `N2026-0137`; of a rehearsal `N2026R1-0137`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    pub year: CycleYear,
    /// Counted from 1 in the order of first submission.
    pub seq: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "N{}-{:04}", self.year, self.seq)
    }
}

/// How a need is named in addresses and on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// `N2026-0137`.
    Number(Number),
    /// `draft-{id}`, until it is submitted.
    Draft(NeedId),
}

impl Name {
    /// Reads either form; small letters and missing zeros make no difference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = text.strip_prefix("draft-") {
            return id.parse().ok().map(Self::Draft);
        }
        let (year, seq) = text.strip_prefix(['N', 'n'])?.split_once('-')?;
        if !seq.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        Some(Self::Number(Number { year: CycleYear::parse(year)?, seq: seq.parse().ok()? }))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Draft(id) => write!(f, "draft-{id}"),
        }
    }
}

/// What a need wants to change, measurably.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Indicator {
    pub name: String,
    pub unit: String,
    /// A number with at most two decimals, as text.
    pub baseline: String,
    pub target: String,
}

/// Who answers for a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub phone: String,
}

/// A need as it was submitted: checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub title_en: String,
    /// Running numbers of measures of the cycle's policy, the main one first.
    pub measures: Vec<u32>,
    pub forms: Vec<Form>,
    /// What 其他 means, where it is among the forms.
    pub other_form: String,
    pub stages: Vec<Stage>,
    pub students: u32,
    pub teachers: u32,
    pub background: String,
    pub goals: String,
    pub benefit: String,
    pub indicators: Vec<Indicator>,
    /// The university that the unit would like.
    pub university: Option<OrgId>,
    pub discipline: String,
    pub budget: Fen,
    /// The unit's own contribution, part of the budget.
    pub own: Fen,
    pub period: String,
    pub contact: Person,
    /// Files, as they were when it was submitted.
    #[serde(default)]
    pub attachments: Vec<Attached>,
}

/// A field to correct, with the remark of who returned the need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    pub field: Field,
    pub remark: String,
}

/// A need sent back to its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The state that it came from, and goes back to.
    pub from: State,
    /// Fields to correct; without any, every field is open.
    pub corrections: Vec<Correction>,
    pub remark: String,
    /// It may be submitted again until just before this instant.
    pub until: Instant,
    pub by: AccountId,
    pub at: Instant,
}

/// A need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub id: NeedId,
    pub cycle: CycleId,
    /// Which cycle that is: part of the number.
    pub year: CycleYear,
    /// Set at the first submission.
    pub seq: Option<u32>,
    /// Who needs it: a school, or a district bureau itself.
    pub unit: OrgId,
    /// The district bureau that it passes; none for municipal units and bureaus.
    pub district: Option<OrgId>,
    /// The kind of its unit: bureaus have until the districts' end.
    pub unit_kind: OrgKind,
    pub state: State,
    /// As typed; what stands in it counts when it is submitted.
    pub draft: NeedDraft,
    /// As last submitted.
    pub content: Option<Content>,
    /// Set while it is returned.
    pub returned: Option<Return>,
    /// Who began it.
    pub author: AccountId,
    pub changed_at: Instant,
    /// First submission.
    pub submitted_at: Option<Instant>,
    /// When the lead office got it first.
    pub forwarded_at: Option<Instant>,
    /// The need of an earlier cycle that it carries on.
    pub carried_from: Option<NeedId>,
    pub version: Version,
}

impl Need {
    /// How it is named in addresses.
    #[must_use]
    pub fn name(&self) -> Name {
        self.seq.map_or(Name::Draft(self.id), |seq| Name::Number(Number { year: self.year, seq }))
    }

    /// As what it passes its unit's chain, and is sealed.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject { kind: Kind::Need, id: self.id.0 }
    }

    /// Filed by a district bureau itself.
    #[must_use]
    pub fn is_of_district(&self) -> bool {
        self.unit_kind == OrgKind::District
    }

    /// Its title: as submitted, or as typed so far.
    #[must_use]
    pub fn title(&self) -> &str {
        self.content.as_ref().map_or(self.draft.title.as_str(), |content| &content.title)
    }
}

#[cfg(test)]
pub(crate) mod tests;
