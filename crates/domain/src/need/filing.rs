//! 报送情况: how far units have come with their needs, in numbers that who oversees them may know.
//!
//! The lead office reads a need only once it was forwarded. It runs the cycle, extends its ends and closes them
//! itself, so it knows for each district how many are on their way there, and nothing else of them: no title, no
//! number, no school. Drafts raise no number.

use super::State;
use super::rules::{self, Facts, Measures, Refusal, Scope};
use crate::cycle::Phase;
use crate::kernel::{Actor, Date, Instant, OrgId, Role, day_in_shanghai};
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
    /// Of these, those that the lead office has returned: they had reached it.
    pub had_arrived: u64,
    /// Have reached the lead office, whatever became of them there.
    pub forwarded: u64,
    /// Have not reached it: they take no part once the collecting is over.
    pub left_out: u64,
    /// A district that has reported that there is nothing.
    pub zero: bool,
    /// When it was last reminded.
    pub reminded_at: Option<Instant>,
    /// It stands for a district with all its schools: done once anything has arrived.
    pub is_district: bool,
}

impl Filing {
    /// Nothing has come of `org` yet.
    pub(crate) const fn of(org: OrgId, is_district: bool) -> Self {
        Self {
            org,
            submitted: 0,
            returned: 0,
            had_arrived: 0,
            forwarded: 0,
            left_out: 0,
            zero: false,
            reminded_at: None,
            is_district,
        }
    }

    /// 已报: a unit that has submitted, a district of which anything has arrived, or that has nothing.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.zero || self.forwarded + self.had_arrived > 0 || (!self.is_district && self.submitted > 0)
    }

    /// Whether it can be reminded at `now`: it has not filed, and nobody has reminded it today.
    #[must_use]
    pub fn may_be_reminded(&self, now: Instant) -> bool {
        let today = |at: Instant| day_in_shanghai(at) == day_in_shanghai(now);
        !self.is_done() && !self.reminded_at.is_some_and(today)
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
            State::Returned => {
                self.returned += count;
                self.had_arrived += count;
            }
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
        let mut filing = Filing::of(org.id, org.kind == OrgKind::District && own.is_none());
        for (unit, state, count) in counts {
            if row_of(*unit) == org.id {
                filing.add(*state, *count);
            }
        }
        filing
    })
    .collect()
}

/// What `counts` come to for one unit, or for a district bureau with all that stand under it.
#[must_use]
pub fn filing_of(org: OrgId, is_district: bool, counts: &[Count]) -> Filing {
    let mut filing = Filing::of(org, is_district);
    for (_, state, count) in counts {
        filing.add(*state, *count);
    }
    filing
}

/// Whether `actor` reminds those whom it oversees: a bureau its schools until the units' end, the lead office municipal
/// schools and bureaus until theirs.
///
/// # Errors
/// The reason why not.
pub fn may_remind(actor: &Actor, facts: &Facts, now: Instant) -> Result<(), Refusal> {
    let (ends, now) = (&facts.collecting, facts.now(now));
    let closed = match (actor.has(Role::DistrictBureau), actor.has(Role::LeadOffice)) {
        (true, _) => ends.units_end,
        (false, true) => ends.districts_end,
        (false, false) => return Err(Refusal::NotYours),
    };
    match facts.phase {
        Phase::CollectingNeeds if now < ends.opens => Err(Refusal::NotOpenYet { opens: ends.opens }),
        Phase::CollectingNeeds if now < closed => Ok(()),
        Phase::CollectingNeeds => Err(Refusal::Ended { closed }),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}

/// Whom a reminder goes to: those of `filings` that have not filed and were not reminded today; the actor's own
/// organisation is never among them.
///
/// # Errors
/// `NobodyToRemind` where there are none.
pub fn reminded(actor: &Actor, filings: &[Filing], now: Instant) -> Result<Vec<OrgId>, Refusal> {
    let open = filings.iter().filter(|it| it.may_be_reminded(now) && actor.org() != Some(it.org));
    let orgs: Vec<OrgId> = open.map(|filing| filing.org).collect();
    if orgs.is_empty() { Err(Refusal::NobodyToRemind) } else { Ok(orgs) }
}
