//! 汇总表: made by each forwarding, signed where the bureau has set a chain, issued by the last signature.

use super::super::{Act, Way, carry_out, lock, measures, moved};
use crate::message::tell;
use crate::sign_off::{self, Leaving};
use crate::unit::Tx;
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, CycleId, NeedId, OrgId, SummaryId, Version};
use ronghe_domain::message::{Kind as Told, lead};
use ronghe_domain::need::district::summary::{
    Handed, Line, Scope, State, Summary, in_order, may_report_zero, scope,
};
use ronghe_domain::need::rules::Facts;
use ronghe_domain::need::{Action, Name, Need, Refusal};
use ronghe_domain::sign_off::{Gate, Kind, Subject};
use ronghe_store as store;
use ronghe_store::need::district::{ranking, summary as kept};
use std::sync::Arc;

/// Why a version that was not signed is none.
const CHANGED: &str = "所列需求或排序已变动 Its needs or their order were changed";

/// The summaries of a cycle that the caller reads, of one district where it is named, newest first.
///
/// # Errors
/// `Hidden` for who reads none.
pub async fn summaries(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    district: Option<OrgId>,
) -> Result<Vec<Summary>, Error> {
    let scope = scope(&caller.actor).ok_or(Error::Hidden)?;
    Ok(kept::list(app.db().reader(), scope, cycle, district).await?)
}

/// One summary, by what it is called in addresses: `2026-lixia-v3`.
///
/// # Errors
/// `Hidden` where there is none that the caller reads.
pub async fn show_summary(app: &App, caller: &Caller, name: &str) -> Result<Summary, Error> {
    let scope = scope(&caller.actor).ok_or(Error::Hidden)?;
    let register = app.register().await?;
    let (of, seq) = name.trim().rsplit_once("-v").ok_or(Error::Hidden)?;
    let seq: u32 = seq.parse().map_err(|_| Error::Hidden)?;
    let here = |cycle: &Cycle| Some(of.strip_prefix(&cycle.name())?.strip_prefix('-')?.to_owned());
    let found = register.cycles.iter().find_map(|cycle| {
        let district = here(cycle).and_then(|slug| register.directory.org_by_slug(&slug))?;
        Some((cycle.id, district.id))
    });
    let (cycle, district) = found.ok_or(Error::Hidden)?;
    let all = kept::list(app.db().reader(), scope, cycle, Some(district)).await?;
    all.into_iter().find(|summary| summary.seq == seq).ok_or(Error::Hidden)
}

/// What a summary is called in addresses.
#[must_use]
pub fn summary_name(summary: &Summary, register: &Register) -> String {
    let cycle = register.cycle(summary.cycle).map(|cycle| cycle.name()).unwrap_or_default();
    let slug = register.org(summary.district).map(|org| org.slug.as_str()).unwrap_or_default();
    format!("{cycle}-{slug}-v{}", summary.seq)
}

/// The summary behind a subject, where the caller reads it.
///
/// # Errors
/// `Hidden` otherwise.
async fn summary_of(app: &App, caller: &Caller, subject: Subject) -> Result<Summary, Error> {
    let scope = scope(&caller.actor).ok_or(Error::Hidden)?;
    Ok(kept::get(app.db().reader(), scope, SummaryId(subject.id)).await?)
}

/// The cycle of the summary behind a subject, where the caller reads it.
///
/// # Errors
/// `Hidden` otherwise.
pub(crate) async fn cycle_of_summary(app: &App, caller: &Caller, subject: Subject) -> Result<CycleId, Error> {
    Ok(summary_of(app, caller, subject).await?.cycle)
}

/// Makes the next version of a district's summary, of what has arrived and of `leaving`. Where the bureau has set a
/// chain it waits for its signatures, and nothing leaves yet.
pub(in super::super) async fn hand_up(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    district: OrgId,
    leaving: &[&Need],
) -> Result<Summary, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let before = kept::lock(tx.db(), cycle.id, district).await?;
    if before.iter().any(|summary| summary.state == State::Signing) {
        return Err(Error::refused(Refusal::SummarySigning));
    }
    let arrived = kept::arrived(tx.db(), tx.sealer(), cycle.id, district).await?;
    let stays = arrived.iter().filter(|need| leaving.iter().all(|it| it.id != need.id));
    let mut lines: Vec<Line> = stays.map(|need| line(need, false)).collect();
    lines.extend(leaving.iter().map(|need| line(need, true)));
    let order = ranking::lock(tx.db(), cycle.id, district).await?;
    in_order(&mut lines, |need| order.as_ref().and_then(|order| order.place(need)));
    let chain = store::sign_off::lock_chain(tx.db(), district, Kind::DistrictSummary).await?;
    let is_closed = Gate::of(chain.as_ref()) == Gate::Closed;
    let summary = Summary {
        id: SummaryId(tx.new_id()),
        cycle: cycle.id,
        district,
        seq: before.first().map_or(1, |last| last.seq.saturating_add(1)),
        lines,
        state: if is_closed { State::Signing } else { State::Issued },
        made_by: account,
        made_at: cycle.now(tx.now()),
        issued_at: (!is_closed).then(|| cycle.now(tx.now())),
        version: Version::FIRST,
    };
    kept::insert(tx.db(), &summary).await?;
    let action = if summary.is_zero() { audit::Action::Report } else { audit::Action::Forward };
    tx.created(action, &summary);
    if is_closed {
        let register = app.register().await?;
        let slug = register.org(district).map(|org| org.slug.as_str()).unwrap_or_default();
        let name = format!("{}-{}-v{}", cycle.name(), slug, summary.seq);
        let leaving = Leaving {
            org: district,
            subject: summary.subject(),
            title: name.clone(),
            name,
            hash: summary.hash()?,
            preparers: std::iter::once(account).chain(order.map(|order| order.by)).collect(),
            own_funds: false,
            sealed: false,
            first: Vec::new(),
        };
        sign_off::ask(app, tx, caller, leaving).await?;
    }
    Ok(summary)
}

fn line(need: &Need, new: bool) -> Line {
    let content = need.content.as_ref();
    Line {
        need: need.id,
        number: need.name().to_string(),
        title: need.title().to_owned(),
        title_en: content.map(|it| it.title_en.clone()).unwrap_or_default(),
        unit: need.unit,
        measure: content.and_then(|it| it.measures.first().copied()).unwrap_or_default(),
        budget: content.map(|it| it.budget).unwrap_or_default(),
        new,
    }
}

/// Reports that the caller's district has nothing.
///
/// # Errors
/// Where the caller may not, or not now, or something was forwarded.
pub async fn report_zero(app: &App, caller: &Caller, cycle: CycleId) -> Result<Summary, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let district = match scope(&caller.actor) {
        Some(Scope::Of(district)) => district,
        Some(Scope::Issued) => return Err(Error::refused(Refusal::NotYours)),
        None => return Err(Error::Hidden),
    };
    app.write(caller, |tx: Tx| async move {
        let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
        tx.after_locks().await?;
        let facts = Facts::of(&cycle);
        let before = kept::lock(tx.db(), cycle.id, district).await?;
        let handed = handed(tx.db(), &cycle, district, &before).await?;
        may_report_zero(&caller.actor, district, handed, &facts, tx.now()).map_err(Error::refused)?;
        tx.in_time_until(facts.clock.real(facts.collecting.districts_end));
        let summary = hand_up(app, &tx, caller, &cycle, district, &[]).await?;
        if summary.state == State::Issued {
            tell(app, &tx, caller, (Some(cycle.year()), &cycle.name()), &[(Told::ZeroReported, lead())])
                .await?;
        }
        Ok(summary)
    })
    .await
}

/// Whether the caller's district can report now that it has nothing.
///
/// # Errors
/// Where the database does not answer.
pub async fn can_report_zero(app: &App, caller: &Caller, cycle: &Cycle) -> Result<bool, Error> {
    let Some(Scope::Of(district)) = scope(&caller.actor) else { return Ok(false) };
    let db = app.db().reader();
    let versions = kept::list(db, Scope::Of(district), cycle.id, Some(district)).await?;
    let handed = handed(db, cycle, district, &versions).await?;
    Ok(may_report_zero(&caller.actor, district, handed, &Facts::of(cycle), app.now()).is_ok())
}

/// What stands of a district with these versions, newest first.
async fn handed<C: store::Connection>(
    db: &C,
    cycle: &Cycle,
    district: OrgId,
    versions: &[Summary],
) -> Result<Handed, Error> {
    let nobody = NeedId(uuid::Uuid::nil());
    let issued = versions.iter().find(|it| it.state == State::Issued);
    Ok(Handed {
        forwarded: store::need::forwarded(db, cycle.id, district, nobody).await?,
        zero: issued.is_some_and(Summary::is_zero),
        signing: versions.iter().any(|it| it.state == State::Signing),
    })
}

/// A summary that is signed, locked with its cycle.
pub(crate) struct HeldSummary {
    summary: Summary,
    /// The others of its district, newest first.
    others: Vec<Summary>,
    cycle: Cycle,
    register: Arc<Register>,
    pub(crate) hash: String,
}

/// Locks the summary that is signed.
///
/// # Errors
/// `Hidden` where the caller does not read it.
pub(crate) async fn hold_summary(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    subject: Subject,
) -> Result<HeldSummary, Error> {
    let found = summary_of(app, caller, subject).await?;
    let register = app.register().await?;
    let cycle = store::cycle::lock_id(tx.db(), found.cycle).await?;
    let all = kept::lock(tx.db(), found.cycle, found.district).await?;
    let (same, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.id == found.id);
    let summary = same.into_iter().next().ok_or(Error::Hidden)?;
    let hash = summary.hash()?;
    Ok(HeldSummary { summary, others, cycle, register, hash })
}

/// Issues a summary that is signed: its needs are forwarded, within the districts' window. That there is nothing must
/// still be so, and may still be said.
///
/// # Errors
/// Where one of them may not leave now, or something has arrived.
pub(crate) async fn issue(app: &App, tx: &Tx, caller: &Caller, held: HeldSummary) -> Result<(), Error> {
    let HeldSummary { summary, others, cycle, register, .. } = held;
    if summary.is_zero() {
        let facts = Facts::of(&cycle);
        let handed = handed(tx.db(), &cycle, summary.district, &others).await?;
        may_report_zero(&caller.actor, summary.district, handed, &facts, tx.now()).map_err(Error::refused)?;
        tx.in_time_until(facts.clock.real(facts.collecting.districts_end));
    }
    let measures = measures(app, &caller.actor).await?;
    let way = Way { ahead: 0, is_signed: true };
    for line in summary.leaving() {
        let (_, need) = lock(tx, caller, Name::Draft(line.need), &measures).await?;
        let moved = moved(tx, caller, &need, &cycle, &register, &Act::Forward, way).await?;
        carry_out(app, tx, caller, &cycle, (&need, &moved.need), Action::Forward).await?;
    }
    if summary.is_zero() {
        tell(app, tx, caller, (Some(cycle.year()), &cycle.name()), &[(Told::ZeroReported, lead())]).await?;
    }
    let after = summary.moved(State::Issued, cycle.now(tx.now()));
    kept::save(tx.db(), summary.version, &after).await?;
    tx.changed(audit::Action::Forward, &summary, &after);
    Ok(())
}

/// A version whose round ended without its last signature is none.
pub(crate) async fn void_summary(tx: &Tx, subject: Subject) -> Result<(), Error> {
    let all = kept::get(tx.db(), Scope::Of(owner(tx, subject).await?), SummaryId(subject.id)).await?;
    fall(tx, &all).await
}

/// The district of a summary.
async fn owner(tx: &Tx, subject: Subject) -> Result<OrgId, Error> {
    let rounds = store::sign_off::last(tx.db(), tx.sealer(), subject).await?;
    rounds.first().map(|round| round.org).ok_or(Error::Hidden)
}

async fn fall(tx: &Tx, summary: &Summary) -> Result<(), Error> {
    if summary.state != State::Signing {
        return Ok(());
    }
    let after = summary.moved(State::Voided, tx.now());
    kept::save(tx.db(), summary.version, &after).await?;
    tx.changed_by(audit::Action::Void, summary, &after, ronghe_domain::kernel::Actor::System);
    Ok(())
}

/// Makes void the version of a district that is being signed, where `touches` says so.
pub(super) async fn void_running(
    tx: &Tx,
    cycle: CycleId,
    district: OrgId,
    by: Option<AccountId>,
    touches: impl Fn(&Summary) -> bool,
) -> Result<(), Error> {
    let running = kept::lock(tx.db(), cycle, district).await?;
    let running = running.into_iter().find(|it| it.state == State::Signing && touches(it));
    let Some(summary) = running else { return Ok(()) };
    sign_off::void(tx, district, summary.subject(), by, CHANGED).await?;
    fall(tx, &summary).await
}

/// What is being signed with `need` in it is void: the need is returned or taken back.
pub(in super::super) async fn void_with(tx: &Tx, caller: &Caller, need: &Need) -> Result<(), Error> {
    let Some(district) = need.district else { return Ok(()) };
    let names = |summary: &Summary| summary.leaving().any(|line| line.need == need.id);
    void_running(tx, need.cycle, district, caller.actor.account(), names).await
}

/// That a district has nothing is void before it is signed, once a need of it has arrived.
pub(in super::super) async fn void_zero(tx: &Tx, caller: &Caller, need: &Need) -> Result<(), Error> {
    let Some(district) = need.district.or(need.is_of_district().then_some(need.unit)) else { return Ok(()) };
    void_running(tx, need.cycle, district, caller.actor.account(), Summary::is_zero).await
}
