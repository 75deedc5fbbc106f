//! Cycles on the wire.

use crate::org::views::org_ref;
use ronghe_app::need::Count;
use ronghe_app::{App, Caller, Register, cycle as use_case};
use ronghe_contract::cycle::{
    CycleRow, CycleView, ExtensionView, FilingOffer, FilingRow, MoveView, PlanView,
};
use ronghe_domain::cycle::{Action, Cycle, CycleDraft};
use ronghe_domain::kernel::{Actor, OrgId, Role, workdays};
use ronghe_domain::need::State;
use ronghe_domain::need::rules::{Facts, may_draft};
use ronghe_domain::org::{OrgKind, Organisation};
use std::collections::BTreeMap;

/// A cycle in a list.
pub(crate) fn row(cycle: &Cycle) -> CycleRow {
    CycleRow {
        year: cycle.name(),
        title: cycle.content.title.clone(),
        title_en: cycle.content.title_en.clone(),
        phase: cycle.phase,
        budget: cycle.content.budget,
        collecting: cycle.content.collecting,
    }
}

/// A cycle whole.
pub(crate) fn view(app: &App, caller: &Caller, cycle: &Cycle, register: &Register) -> CycleView {
    let content = &cycle.content;
    let policy = register.policies.iter().find(|policy| policy.id == content.policy);
    let named = policy.and_then(|policy| {
        let content = Register::content(policy)?;
        let name = content.doc_number.clone().unwrap_or_else(|| content.title.clone());
        Some((policy.slug.clone(), name))
    });
    let offers = use_case::offers(app, caller, cycle, register);
    let changes = offers.iter().any(|offer| offer.action == Action::Change);
    let slug = policy.map(|policy| policy.slug.clone()).unwrap_or_default();
    CycleView {
        row: row(cycle),
        policy: named,
        plan: content
            .plan
            .iter()
            .map(|plan| PlanView { phase: plan.phase, from: plan.from.to_string(), to: plan.to.to_string() })
            .collect(),
        notice_days: content.notice_days,
        most_per_school: content.most_per_school,
        most_per_district: content.most_per_district,
        eligibility: content.eligibility.clone(),
        moves: cycle
            .moves
            .iter()
            .map(|it| MoveView { from: it.from, to: it.to, reason: it.reason.clone(), at: it.at })
            .collect(),
        extensions: cycle
            .extensions
            .iter()
            .map(|it| ExtensionView {
                end: it.end,
                was: it.was,
                until: it.until,
                reason: it.reason.clone(),
                at: it.at,
            })
            .collect(),
        workdays_known: workdays::has_table(content.year),
        filing: filing_offer(app, caller, cycle, register),
        offers,
        draft: changes.then(|| CycleDraft::of(content, &slug)),
        version: cycle.version.to_string(),
    }
}

/// Whether the caller can begin a need; nothing for who files none.
fn filing_offer(app: &App, caller: &Caller, cycle: &Cycle, register: &Register) -> Option<FilingOffer> {
    let org = register.directory.org(caller.actor.org()?)?;
    match may_draft(&caller.actor, &Facts::of(cycle), org, app.now()) {
        Ok(()) => Some(FilingOffer { barred: None }),
        Err(ronghe_domain::need::Refusal::UnitsOnly) => None,
        Err(refusal) => Some(FilingOffer { barred: Some(refusal) }),
    }
}

/// How far units have come: for a district its schools and itself, for those who see what has arrived the
/// municipal schools and the districts.
pub(crate) fn filing(actor: &Actor, counts: &[Count], register: &Register) -> Vec<FilingRow> {
    let own = actor.org().filter(|_| actor.has(Role::DistrictBureau));
    let orgs = &register.directory.orgs;
    let lives = |org: &&Organisation| org.exists_on(register.today);
    let rows: Vec<&Organisation> = match own {
        Some(district) => orgs
            .iter()
            .filter(lives)
            .filter(|org| org.id == district || org.parent == Some(district))
            .collect(),
        None => orgs
            .iter()
            .filter(lives)
            .filter(|org| matches!(org.kind, OrgKind::MunicipalSchool | OrgKind::District))
            .collect(),
    };
    // A district's row counts its schools too, but not in its own table, where they have their own rows.
    let row_of: BTreeMap<OrgId, OrgId> = orgs
        .iter()
        .map(|org| {
            let district = org.parent.filter(|_| org.kind == OrgKind::School && own.is_none());
            (org.id, district.unwrap_or(org.id))
        })
        .collect();
    rows.into_iter()
        .map(|org| {
            let of = |wanted: fn(State) -> bool| {
                let own = |count: &&Count| row_of.get(&count.unit) == Some(&org.id) && wanted(count.state);
                counts.iter().filter(own).map(|count| count.count).sum()
            };
            FilingRow {
                org: org_ref(org),
                submitted: of(|state| state == State::Submitted),
                returned: of(State::is_returned),
                forwarded: of(|state| matches!(state, State::Forwarded | State::Screening | State::Listed)),
            }
        })
        .collect()
}
