//! Parts of a need: what lists show, what the rules look at, and what the audit chain knows of it.

use super::{Content, Name, Need, Number, Return, State};
use crate::cycle::CycleYear;
use crate::kernel::{CycleId, Fen, Instant, NeedId, OrgId, Version};
use crate::org::OrgKind;

/// How a need stands, as far as the rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub unit: OrgId,
    pub unit_kind: OrgKind,
    /// The district bureau that it passes.
    pub district: Option<OrgId>,
    pub state: State,
    /// Set while it is returned.
    pub back: Option<Back>,
    /// When the lead office got it first.
    pub forwarded_at: Option<Instant>,
}

/// Where a returned need goes when it is submitted again, and until when it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    pub to: State,
    pub until: Instant,
}

impl Standing {
    /// Filed by a district bureau itself.
    #[must_use]
    pub fn is_of_district(&self) -> bool {
        self.unit_kind == OrgKind::District
    }
}

/// A need as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: NeedId,
    pub cycle: CycleId,
    /// Which cycle that is: part of the number.
    pub year: CycleYear,
    pub seq: Option<u32>,
    pub standing: Standing,
    /// As submitted, or as typed so far; so are all that follow but the budget.
    pub title: String,
    pub title_en: String,
    /// Running numbers of measures, the main one first.
    pub measures: Vec<u32>,
    /// Set when it is submitted.
    pub budget: Option<Fen>,
    pub changed_at: Instant,
}

impl Row {
    /// How it is named in addresses.
    #[must_use]
    pub fn name(&self) -> Name {
        self.seq.map_or(Name::Draft(self.id), |seq| Name::Number(Number { year: self.year, seq }))
    }
}

/// A need as the audit chain knows it: without what is typed and not submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: NeedId,
    /// Which cycle that is: part of the number.
    pub year: CycleYear,
    pub seq: Option<u32>,
    pub unit: OrgId,
    pub district: Option<OrgId>,
    pub state: State,
    /// As last submitted.
    pub content: Option<Content>,
    pub returned: Option<Return>,
    pub submitted_at: Option<Instant>,
    pub forwarded_at: Option<Instant>,
    pub version: Version,
}

impl Record {
    /// How it is named in addresses.
    #[must_use]
    pub fn name(&self) -> Name {
        self.seq.map_or(Name::Draft(self.id), |seq| Name::Number(Number { year: self.year, seq }))
    }
}

impl From<&Need> for Record {
    fn from(need: &Need) -> Self {
        Self {
            id: need.id,
            year: need.year,
            seq: need.seq,
            unit: need.unit,
            district: need.district,
            state: need.state,
            content: need.content.clone(),
            returned: need.returned.clone(),
            submitted_at: need.submitted_at,
            forwarded_at: need.forwarded_at,
            version: need.version,
        }
    }
}

impl From<&Need> for Standing {
    fn from(need: &Need) -> Self {
        Self {
            unit: need.unit,
            unit_kind: need.unit_kind,
            district: need.district,
            state: need.state,
            back: need.returned.as_ref().map(|it| Back { to: it.from, until: it.until }),
            forwarded_at: need.forwarded_at,
        }
    }
}

impl From<&Row> for Standing {
    fn from(row: &Row) -> Self {
        row.standing
    }
}

impl From<&Need> for Row {
    fn from(need: &Need) -> Self {
        let content = need.content.as_ref();
        Self {
            id: need.id,
            cycle: need.cycle,
            year: need.year,
            seq: need.seq,
            standing: need.into(),
            title: need.title().to_owned(),
            title_en: content.map_or(&need.draft.title_en, |it| &it.title_en).clone(),
            measures: content.map_or(&need.draft.measures, |it| &it.measures).clone(),
            budget: content.map(|it| it.budget),
            changed_at: need.changed_at,
        }
    }
}
