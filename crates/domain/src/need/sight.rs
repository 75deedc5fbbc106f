//! Who sees which needs, and what of them.

use super::{Need, Place};
use crate::kernel::{Actor, CycleId, OrgId, Role};
use std::collections::{BTreeMap, BTreeSet};

/// The measures that the actor's organisation is responsible for, cycle by cycle.
pub type Measures = BTreeMap<CycleId, BTreeSet<u32>>;

/// A part of all needs that someone sees; a person sees the union of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// What this unit has filed, drafts among it.
    Own(OrgId),
    /// What schools of this district have submitted.
    District(OrgId),
    /// What has reached the lead office.
    Arrived,
    /// What stands on the published need list, whatever becomes of it afterwards.
    Listed,
    /// Of what has reached the lead office, what comes under these measures of the cycle.
    Measures(CycleId, BTreeSet<u32>),
}

/// The parts of all needs that `actor` sees, as a condition for the store. Nothing where it is empty.
#[must_use]
pub fn scope(actor: &Actor, measures: &Measures) -> Vec<Scope> {
    let mut parts = Vec::new();
    if *actor == Actor::System {
        return vec![Scope::All];
    }
    let Some(org) = actor.org() else { return parts };
    if actor.has(Role::NeedUnit) || actor.has(Role::DistrictBureau) {
        parts.push(Scope::Own(org));
    }
    if actor.has(Role::DistrictBureau) {
        parts.push(Scope::District(org));
    }
    // Universities answer the list.
    if actor.has(Role::University) {
        parts.push(Scope::Listed);
    }
    let whole = [Role::LeadOffice, Role::LeadingGroup, Role::Auditor];
    if whole.into_iter().any(|role| actor.has(role)) {
        parts.push(Scope::Arrived);
    }
    // A district bureau answers for its measures in its own district, which it sees already.
    if actor.has(Role::ResponsibleOffice) && !actor.has(Role::DistrictBureau) {
        parts.extend(measures.iter().map(|(cycle, measures)| Scope::Measures(*cycle, measures.clone())));
    }
    parts
}

/// Whether `actor` oversees what units file, a district or everything that arrives: 报送情况.
#[must_use]
pub fn oversees(actor: &Actor) -> bool {
    let parts = scope(actor, &Measures::new());
    parts.iter().any(|part| matches!(part, Scope::District(_) | Scope::Arrived | Scope::All))
}

/// Whether needs of more than one district may be open to `actor`: only then does it help to ask for one of them.
#[must_use]
pub fn reads_districts(actor: &Actor) -> bool {
    let parts = scope(actor, &Measures::new());
    let is_wide = |part: &Scope| matches!(part, Scope::All | Scope::Arrived | Scope::Listed);
    parts.iter().any(is_wide) || (actor.has(Role::ResponsibleOffice) && !of_bureau(actor))
}

/// Whether needs of more than one unit may be open to `actor`.
#[must_use]
pub fn reads_units(actor: &Actor) -> bool {
    of_bureau(actor) || reads_districts(actor)
}

/// Whether `actor` files needs: people of schools and of district bureaus.
#[must_use]
pub fn files(actor: &Actor) -> bool {
    actor.has(Role::NeedUnit) || of_bureau(actor)
}

/// Whether `actor` acts for a district bureau: ranks, hands up, reports that there is nothing.
#[must_use]
pub fn of_bureau(actor: &Actor) -> bool {
    actor.has(Role::DistrictBureau)
}

/// Whether `scope` holds `need`.
#[must_use]
pub fn holds(scope: &Scope, need: &Need) -> bool {
    Place::from(need).is_in(scope)
}

/// Whether `actor` sees `need`.
#[must_use]
pub fn visible(actor: &Actor, need: &Need, measures: &Measures) -> bool {
    scope(actor, measures).iter().any(|part| holds(part, need))
}

/// Whether `actor` sees what is typed but not submitted: only its own unit.
#[must_use]
pub fn sees_draft(actor: &Actor, need: &Need) -> bool {
    *actor == Actor::System || holds_own(actor, need)
}

fn holds_own(actor: &Actor, need: &Need) -> bool {
    actor.org() == Some(need.unit) && (actor.has(Role::NeedUnit) || actor.has(Role::DistrictBureau))
}

/// Whether `need` passes through the hands of `actor`'s organisation before it reaches the lead office: its
/// unit, and the district above it.
#[must_use]
pub fn passes(actor: &Actor, need: &Need) -> bool {
    let above = need.district.is_some() && actor.org() == need.district && actor.has(Role::DistrictBureau);
    holds_own(actor, need) || above || *actor == Actor::System
}

/// Whether `actor` sees the contact's telephone whole without asking: its own unit, which wrote it. Those who
/// handle the need reveal it.
#[must_use]
pub fn sees_phone(actor: &Actor, need: &Need) -> bool {
    sees_draft(actor, need)
}

/// Whether `actor` sees what the lead office means to do with needs in 遴选. Everyone else reads 遴选中 until the
/// need list is published.
#[must_use]
pub fn sees_verdicts(actor: &Actor) -> bool {
    *actor == Actor::System || actor.has(Role::LeadOffice) || actor.has(Role::Auditor)
}

/// Whether `actor` sees `need` for nothing but that it stands on the published list: then not what was said of it on
/// its way there.
#[must_use]
pub fn reads_list_only(actor: &Actor, need: &Need, measures: &Measures) -> bool {
    let mut seen = scope(actor, measures).into_iter().filter(|part| holds(part, need)).peekable();
    seen.peek().is_some() && seen.all(|part| part == Scope::Listed)
}
