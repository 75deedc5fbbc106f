//! Cycles on the wire.

use super::parts::{parts, revisions, selection};
use crate::org::views::org_ref;
use ronghe_app::{App, Caller, Register, cycle as use_case};
use ronghe_contract::cycle::{
    CycleRow, CycleView, ExtensionView, FilingOffer, FilingRow, MoveView, WindowView,
};
use ronghe_domain::cycle::{Action, Cycle, CycleDraft, Phase, Plan};
use ronghe_domain::kernel::window::{last_minute, minute};
use ronghe_domain::kernel::workdays;
use ronghe_domain::need::filing::Filing;
use ronghe_domain::need::rules::{Facts, may_draft};

/// A cycle in a list.
pub(crate) fn row(cycle: &Cycle) -> CycleRow {
    CycleRow {
        year: cycle.name(),
        title: cycle.content.title.clone(),
        title_en: cycle.content.title_en.clone(),
        phase: cycle.phase,
        budget: cycle.content.budget,
        collecting: cycle.content.collecting,
        rehearsal: cycle.rehearsal.is_some(),
        ahead: cycle.clock().ahead(),
    }
}

/// A cycle whole, in which so many needs are undecided.
pub(crate) fn view(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
    register: &Register,
    undecided: u32,
) -> CycleView {
    let content = &cycle.content;
    let policy = register.policies.iter().find(|policy| policy.id == content.policy);
    let named = policy.and_then(|policy| {
        let content = Register::content(policy)?;
        let name = content.doc_number.clone().unwrap_or_else(|| content.title.clone());
        Some((policy.slug.clone(), name))
    });
    let offers = use_case::offers(app, caller, cycle, register, undecided);
    let changes = offers.iter().any(|offer| offer.action == Action::Change);
    let slug = policy.map(|policy| policy.slug.clone()).unwrap_or_default();
    CycleView {
        row: row(cycle),
        policy: named,
        windows: Phase::ALL.into_iter().filter_map(|phase| window(cycle, phase)).collect(),
        late: cycle.is_late(app.now()),
        clock: cycle.rehearsal.map(|it| it.clock.at(app.now())),
        notice_days: content.notice_days,
        most_per_school: content.most_per_school,
        most_per_district: content.most_per_district,
        eligibility: content.eligibility.clone(),
        parts: parts(cycle, register),
        selection: selection(cycle, register),
        rubric: content.rubric(),
        frame: content.frame(),
        revisions: revisions(cycle, register),
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

/// When a phase runs; 筹备 and 已结束 have no window.
fn window(cycle: &Cycle, phase: Phase) -> Option<WindowView> {
    let content = &cycle.content;
    let (from, to) = match phase {
        Phase::Preparing | Phase::Closed => return None,
        Phase::CollectingNeeds => {
            (minute(content.collecting.opens), last_minute(content.collecting.districts_end))
        }
        phase => {
            let planned = content.planned(phase);
            (planned.map(Plan::from_text).unwrap_or_default(), planned.map(Plan::to_text).unwrap_or_default())
        }
    };
    let run = cycle.run(phase);
    let (began, ended) = (run.map(|run| run.began), run.and_then(|run| run.ended));
    Some(WindowView { phase, from, to, closes: content.closes(phase), began, ended })
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

/// How far a unit has come.
pub(crate) fn filing(filing: &Filing, register: &Register) -> Option<FilingRow> {
    Some(FilingRow {
        org: org_ref(register.directory.org(filing.org)?),
        submitted: filing.submitted,
        returned: filing.returned,
        forwarded: filing.forwarded,
        left_out: filing.left_out,
        silent: filing.is_silent(),
        done: filing.is_done(),
        zero: filing.zero,
        reminded_at: filing.reminded_at,
        can_remind: false,
        can_report_zero: false,
    })
}
