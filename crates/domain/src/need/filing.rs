//! 报送情况: how far units have come with their needs, in numbers that who oversees them may know.
//!
//! The lead office reads a need only once it was forwarded. It runs the cycle, extends its ends and closes them
//! itself, so it knows for each district how many are on their way there, and nothing else of them: no title, no
//! number, no school. Drafts raise no number.

use super::State;
use super::rules::{self, Measures, Scope};
use crate::kernel::{Actor, Date, OrgId, Role};
use crate::org::{Directory, OrgKind, Organisation};

/// How many needs of a unit stand in a state.
pub type Count = (OrgId, State, u64);

/// How far a unit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filing {
    /// A school, or a district bureau with all that stand under it.
    pub org: OrgId,
    /// Wait for the district.
    pub submitted: u64,
    /// Are with their units, to be corrected.
    pub returned: u64,
    /// Have reached the lead office, whatever became of them there.
    pub forwarded: u64,
    /// Have not reached it: they take no part once the collecting is over.
    pub left_out: u64,
}

impl Filing {
    const fn of(org: OrgId) -> Self {
        Self { org, submitted: 0, returned: 0, forwarded: 0, left_out: 0 }
    }

    /// Nothing of it has been submitted, or all of that was withdrawn.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        self.submitted + self.returned + self.forwarded == 0
    }

    const fn add(&mut self, state: State, count: u64) {
        match state {
            State::Draft | State::Withdrawn => {}
            State::Submitted => {
                self.submitted += count;
                self.left_out += count;
            }
            State::ReturnedByDistrict => {
                self.returned += count;
                self.left_out += count;
            }
            State::Returned => self.returned += count,
            State::Forwarded
            | State::Screening
            | State::Listed
            | State::Declined
            | State::Merged
            | State::Taken
            | State::Open => self.forwarded += count,
        }
    }
}

/// The needs that `actor` counts: a district bureau its own and its schools', who sees what has arrived what
/// stands under each district too. Nothing where they oversee none.
#[must_use]
pub fn scope(actor: &Actor, directory: &Directory) -> Vec<Scope> {
    if !rules::oversees(actor) {
        return Vec::new();
    }
    let mut parts = rules::scope(actor, &Measures::new());
    if parts.contains(&Scope::Arrived) {
        let districts = directory.orgs.iter().filter(|org| org.kind == OrgKind::District);
        parts.extend(districts.map(|org| Scope::District(org.id)));
    }
    parts
}

/// What `counts` come to: for a district bureau its schools and itself, for who sees what has arrived the
/// municipal schools and the districts.
#[must_use]
pub fn filing(actor: &Actor, directory: &Directory, today: Date, counts: &[Count]) -> Vec<Filing> {
    let own = actor.org().filter(|_| actor.has(Role::DistrictBureau));
    let is_row = |org: &&Organisation| match own {
        Some(district) => org.id == district || org.parent == Some(district),
        None => matches!(org.kind, OrgKind::MunicipalSchool | OrgKind::District),
    };
    // A district's row counts its schools too, but not in its own table, where they have their own rows.
    let row_of = |unit: OrgId| {
        let org = directory.org(unit).filter(|org| org.kind == OrgKind::School && own.is_none());
        org.and_then(|org| org.parent).unwrap_or(unit)
    };
    let mut orgs: Vec<_> = directory.orgs.iter().filter(|org| org.exists_on(today)).filter(is_row).collect();
    orgs.sort_by_key(|org| (org.kind, org.position));
    let orgs = orgs.into_iter();
    orgs.map(|org| {
        let mut filing = Filing::of(org.id);
        for (unit, state, count) in counts {
            if row_of(*unit) == org.id {
                filing.add(*state, *count);
            }
        }
        filing
    })
    .collect()
}
