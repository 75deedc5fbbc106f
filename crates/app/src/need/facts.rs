//! What the rules must know of a need beyond it: its caps, what does not hold of its draft, whose measures it is under.

use crate::{App, Error, Register};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Actor, FieldError, NeedId, OrgId, Role};
use ronghe_domain::need::draft::Context;
use ronghe_domain::need::rules::{Facts, Measures};
use ronghe_domain::need::{Content, Need, Onward, State, carry};
use ronghe_domain::policy::Content as PolicyContent;
use ronghe_domain::sign_off::{Gate, Kind};
use ronghe_store as store;
use ronghe_store::Connection;

/// What the rules must know of a need, and what does not hold of its draft.
pub(super) async fn facts<C: Connection>(
    db: &C,
    need: &Need,
    cycle: &Cycle,
    register: &Register,
    ahead: u64,
) -> Result<(Facts, Vec<FieldError>), Error> {
    let errors = errors(need, cycle, register);
    let filer = Filer { unit: need.unit, district: need.district, is_district: need.is_of_district() };
    let caps = caps(db, cycle, filer, (need.id, need.state), ahead).await?;
    let published = need.state.is_settled();
    let gate = gate(need, register);
    let onward = onward(db, need, cycle, register).await?;
    Ok((Facts { open_fields: errors.len(), published, gate, onward, ..caps }, errors))
}

/// Where a need that stands open can be carried on to.
async fn onward<C: Connection>(
    db: &C,
    need: &Need,
    cycle: &Cycle,
    register: &Register,
) -> Result<Onward, Error> {
    if need.state != State::Open {
        return Ok(Onward::Nowhere);
    }
    let carried = store::need::carrying(db, need.id).await?.is_some();
    let target = carry::target(need, register.cycles.iter().map(AsRef::as_ref));
    Ok(carry::onward(need, cycle, target, carried))
}

/// What the chain of the organisation that `need` would leave next says: its unit's, or its district's once it is there.
pub(super) fn gate(need: &Need, register: &Register) -> Gate {
    let (org, kind) = way_out(need);
    register.gate(org, kind)
}

/// The same by the chain itself, locked for the transaction: what is kept in memory may be a second old where several
/// processes serve.
pub(super) async fn gate_now<C: Connection>(db: &C, need: &Need) -> Result<Gate, Error> {
    let (org, kind) = way_out(need);
    Ok(Gate::of(store::sign_off::lock_chain(db, org, kind).await?.as_ref()))
}

/// The organisation that a need would leave next, and as what.
const fn way_out(need: &Need) -> (OrgId, Kind) {
    match (need.state, need.district) {
        (State::Submitted, Some(district)) => (district, Kind::DistrictSummary),
        _ => (need.unit, Kind::Need),
    }
}

/// Whose need it is.
#[derive(Clone, Copy)]
pub(super) struct Filer {
    pub(super) unit: OrgId,
    pub(super) district: Option<OrgId>,
    pub(super) is_district: bool,
}

/// The caps that are reached without the need that has this id and state, with `ahead` others before it.
pub(super) async fn caps<C: Connection>(
    db: &C,
    cycle: &Cycle,
    filer: Filer,
    need: (NeedId, State),
    ahead: u64,
) -> Result<Facts, Error> {
    Ok(Caps::of(db, cycle, filer, need).await?.facts(cycle, ahead))
}

/// How many needs count against the caps: the cap, and those there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Caps {
    school: Option<(u32, u64)>,
    district: Option<(u32, u64)>,
}

impl Caps {
    /// Counts them without the need that has this id and state.
    pub(super) async fn of<C: Connection>(
        db: &C,
        cycle: &Cycle,
        filer: Filer,
        (id, state): (NeedId, State),
    ) -> Result<Self, Error> {
        let mut caps = Self::default();
        if let (State::Draft, Some(most), false) = (state, cycle.content.most_per_school, filer.is_district) {
            let count = store::need::under_way(db, cycle.id, filer.unit, id).await?;
            caps.school = Some((most, count));
        }
        // A bureau's own needs count against its cap like those of its schools.
        let district = if filer.is_district { Some(filer.unit) } else { filer.district };
        if let (State::Draft | State::Submitted, Some(most), Some(district)) =
            (state, cycle.content.most_per_district, district)
        {
            let count = store::need::forwarded(db, cycle.id, district, id).await?;
            caps.district = Some((most, count));
        }
        Ok(caps)
    }

    /// What the rules know of a need that holds, with `ahead` others of the same unit or district before it.
    pub(super) fn facts(self, cycle: &Cycle, ahead: u64) -> Facts {
        let full = |cap: Option<(u32, u64)>| {
            cap.filter(|(most, count)| count.saturating_add(ahead) >= u64::from(*most)).map(|(most, _)| most)
        };
        Facts { school_full: full(self.school), district_full: full(self.district), ..Facts::of(cycle) }
    }
}

/// What does not hold of the draft, while it can be changed.
pub(super) fn errors(need: &Need, cycle: &Cycle, register: &Register) -> Vec<FieldError> {
    let is_open = need.state == State::Draft || need.state.is_returned();
    let Some(policy) = policy_of(cycle, register).filter(|_| is_open) else { return Vec::new() };
    need.draft.check(Context { policy, directory: &register.directory }).err().unwrap_or_default()
}

/// The document that a cycle runs under.
#[must_use]
pub fn policy_of<'a>(cycle: &Cycle, register: &'a Register) -> Option<&'a PolicyContent> {
    let policy = register.policies.iter().find(|policy| policy.id == cycle.content.policy)?;
    Register::content(policy)
}

pub(super) fn checked(need: &Need, cycle: &Cycle, register: &Register) -> Result<Content, Error> {
    let policy = policy_of(cycle, register).ok_or(Error::Hidden)?;
    need.draft.check(Context { policy, directory: &register.directory }).map_err(Error::Invalid)
}

/// The measures that the actor's organisation is responsible for, cycle by cycle.
pub(crate) async fn measures(app: &App, actor: &Actor) -> Result<Measures, Error> {
    let mut measures = Measures::new();
    let (true, Some(org)) = (actor.has(Role::ResponsibleOffice), actor.org()) else { return Ok(measures) };
    let register = app.register().await?;
    for cycle in &register.cycles {
        let Some(policy) = policy_of(cycle, &register) else { continue };
        let own = policy.measures().filter(|it| register.part(it, org).is_some()).map(|it| it.seq);
        measures.insert(cycle.id, own.collect());
    }
    Ok(measures)
}
