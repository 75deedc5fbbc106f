//! Where a need stands among all: what says whether a part of them holds it.

use super::Need;
use super::rules::Scope;
use crate::kernel::{CycleId, OrgId};

/// Of a need what decides who sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub cycle: CycleId,
    pub unit: OrgId,
    /// The district bureau that it passes.
    pub district: Option<OrgId>,
    /// It was submitted once.
    pub submitted: bool,
    /// It reached the lead office once.
    pub arrived: bool,
    /// It came onto the published need list.
    pub listed: bool,
    /// As submitted.
    pub measures: Vec<u32>,
}

impl From<&Need> for Place {
    fn from(need: &Need) -> Self {
        Self {
            cycle: need.cycle,
            unit: need.unit,
            district: need.district,
            submitted: need.submitted_at.is_some(),
            arrived: need.forwarded_at.is_some(),
            listed: need.state.is_on_list(),
            measures: need.content.as_ref().map(|it| it.measures.clone()).unwrap_or_default(),
        }
    }
}

impl Place {
    /// Whether `scope` holds it.
    #[must_use]
    pub fn is_in(&self, scope: &Scope) -> bool {
        match scope {
            Scope::All => true,
            Scope::Own(org) => self.unit == *org,
            Scope::District(org) => self.district == Some(*org) && self.submitted,
            Scope::Arrived => self.arrived,
            Scope::Listed => self.listed,
            Scope::Measures(cycle, measures) => {
                self.arrived && self.cycle == *cycle && self.measures.iter().any(|seq| measures.contains(seq))
            }
        }
    }
}
