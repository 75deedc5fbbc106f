//! The order in which a district bureau puts its needs, the most urgent first.

use super::acts_for;
use crate::kernel::{
    AccountId, Actor, CycleId, FieldError, FieldProblem, Instant, NeedId, OrgId, Role, Version,
};
use crate::need::rules::{Facts, Refusal};
use crate::need::{Name, Row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most needs that are ranked.
const MOST: usize = 1000;

/// The order of a district's needs in a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    pub cycle: CycleId,
    pub district: OrgId,
    /// The first one first; what is not among them comes behind, in order of number.
    pub order: Vec<NeedId>,
    pub by: AccountId,
    pub at: Instant,
    pub version: Version,
}

impl Ranking {
    /// The version of an order that was never set.
    pub const NONE: Version = Version(0);

    /// The place of a need, counted from 1.
    #[must_use]
    pub fn place(&self, need: NeedId) -> Option<u32> {
        let at = self.order.iter().position(|ranked| *ranked == need)?;
        u32::try_from(at + 1).ok()
    }
}

/// An order as typed: numbers of needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedRanking))]
#[serde(default, deny_unknown_fields)]
pub struct RankingDraft {
    /// Numbers, the first one first.
    pub order: Vec<String>,
}

impl RankingDraft {
    /// Checks it against `rows`, what of the cycle stands under the district.
    ///
    /// # Errors
    /// Every number that names none of them, or one that stands twice.
    pub fn check(&self, rows: &[Row]) -> Result<Vec<NeedId>, Vec<FieldError>> {
        let (mut errors, mut order, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        let got = self.order.len();
        if got > MOST {
            return Err(vec![FieldError::new("order", FieldProblem::TooLong { max: MOST, got })]);
        }
        for (at, typed) in self.order.iter().enumerate() {
            let path = format!("order[{at}]");
            let name = Name::parse(typed);
            let found = rows.iter().find(|row| Some(row.name()) == name).filter(|row| row.seq.is_some());
            match found {
                Some(row) if seen.insert(row.id) => order.push(row.id),
                Some(_) => errors.push(FieldError::new(path, FieldProblem::Twice { got: typed.clone() })),
                None => {
                    let problem = FieldProblem::Unknown { got: typed.clone(), nearest: Vec::new() };
                    errors.push(FieldError::new(path, problem));
                }
            }
        }
        if errors.is_empty() { Ok(order) } else { Err(errors) }
    }
}

/// Whether `actor` sets the order of `district`.
///
/// # Errors
/// The reason why not.
pub fn may_rank(actor: &Actor, district: OrgId, facts: &Facts, now: Instant) -> Result<(), Refusal> {
    acts_for(actor, district, facts, now)
}

/// Whether `actor` sees the order of `district`: the bureau itself, and who chooses among what has arrived. Schools
/// are not told how their bureau weighs them.
#[must_use]
pub fn sees_rank(actor: &Actor, district: OrgId) -> bool {
    let chooses = [Role::LeadOffice, Role::LeadingGroup, Role::Auditor];
    let own = actor.org() == Some(district) && actor.has(Role::DistrictBureau);
    *actor == Actor::System || own || chooses.into_iter().any(|role| actor.has(role))
}
