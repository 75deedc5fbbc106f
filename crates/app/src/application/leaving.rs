//! An application that passes its university's chain: asked for by submitting it, let go by the last signature, a draft
//! again where there is none.

use super::facts::{Known, known};
use super::{Act, keep, lock, moved, refusal_of};
use crate::crypto::Sealer;
use crate::sign_off::{self, Leaving, MOVED_ON, end};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::application::rules::{self, Scope, could_leave, fallen};
use ronghe_domain::application::{Action, Application, Name, Refusal, State, version};
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, ApplicationId, SignOffId};
use ronghe_domain::sign_off::{Gate, Kind, Round, State as Stands, Subject};
use ronghe_store as store;
use ronghe_store::Connection;
use std::collections::BTreeMap;

/// Why what runs is void when an application is accepted as it was handed in before.
const TOO_LATE: &str = "补正已逾期，按原提交的受理 It came too late: what was handed in before is accepted";
/// Why what runs is void when the seals are opened.
const CLOSED: &str = "申报已截止 The window has closed";

/// An application that is signed, locked with its cycle.
pub(crate) struct HeldApplication {
    application: Application,
    known: Known,
    /// Of what stands in it now; empty where it does not hold.
    pub(crate) hash: String,
}

impl HeldApplication {
    /// Others know of it: what it leaves with they may know as well.
    pub(crate) fn is_opened(&self) -> bool {
        self.application.opened_at.is_some()
    }

    /// 签署: who is asked first where they may sign.
    pub(crate) fn signatories(&self) -> Vec<AccountId> {
        self.application.signatories()
    }
}

/// What the chain of its university says, which is locked with it.
pub(super) async fn gate_now<C: Connection>(db: &C, application: &Application) -> Result<Gate, Error> {
    let chain = store::sign_off::lock_chain(db, application.university, Kind::Application).await?;
    Ok(Gate::of(chain.as_ref()))
}

/// Whether a round of it runs.
pub(super) async fn is_running<C: Connection>(
    db: &C,
    sealer: &Sealer,
    application: &Application,
) -> Result<bool, Error> {
    let rounds = store::sign_off::last(db, sealer, application.subject()).await?;
    Ok(rounds.iter().any(|round| round.state == Stands::Signing))
}

/// Asks for its signatures. A draft stands in 送签中 then; what was corrected stays where it is, and its round under seal
/// until the last signature, so that nobody outside its university sees that it is asked for.
pub(super) async fn ask(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    before: &Application,
    to: State,
    known: &Known,
) -> Result<Application, Error> {
    let content = known.content.as_ref().map_err(|errors| Error::Invalid(errors.clone()))?;
    let leaving = Leaving {
        org: before.university,
        subject: before.subject(),
        name: before.name().to_string(),
        title: content.title.clone(),
        hash: version::hash(content),
        preparers: before.preparers(),
        own_funds: content.own_funds(),
        sealed: true,
        first: before.signatories(),
    };
    sign_off::ask(app, tx, caller, leaving).await?;
    if to == before.state {
        return Ok(before.clone());
    }
    stand(tx, before, to).await
}

/// Writes that it stands in another state, with nothing else.
async fn stand(tx: &Tx, before: &Application, to: State) -> Result<Application, Error> {
    let after =
        Application { state: to, changed_at: tx.now(), version: before.version.next(), ..before.clone() };
    store::application::save(tx.db(), tx.sealer(), before, &after).await?;
    Ok(after)
}

/// Its leader takes it back from those who sign it.
pub(super) async fn recall(tx: &Tx, caller: &Caller, application: &Application) -> Result<(), Error> {
    sign_off::recall(tx, application.university, application.subject(), caller.actor.account()).await
}

/// Locks the application that is signed.
///
/// # Errors
/// `Hidden` where the caller does not see it.
pub(crate) async fn hold(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    subject: Subject,
) -> Result<HeldApplication, Error> {
    let name = Name::Draft(ApplicationId(subject.id));
    let register = app.register().await?;
    let (cycle, application) = lock(app, tx, caller, &name).await?;
    let known = known(tx.db(), tx.sealer(), &caller.actor, &application, &cycle, &register).await?;
    let hash = known.content.as_ref().map(version::hash).unwrap_or_default();
    Ok(HeldApplication { application, known, hash })
}

/// Submits an application that is signed, within its window and its university's cap; it is submitted by who asked.
///
/// # Errors
/// Where it may not leave now.
pub(crate) async fn let_go(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    held: HeldApplication,
    round: &Round,
) -> Result<(), Error> {
    let HeldApplication { application: before, mut known, .. } = held;
    known.facts.gate = Gate::Passed;
    let to = match rules::decide(&caller.actor, &before, &known.facts, Action::Submit, tx.now()) {
        Ok(to) => to,
        Err(Refusal::Incomplete { .. }) => return Err(Error::Invalid(known.errors)),
        Err(refusal) => return Err(refusal_of(&before, Action::Submit, refusal)),
    };
    if let Some(closes) = rules::closes(&before, &known.facts, Action::Submit) {
        tx.in_time_until(closes);
    }
    let after = moved(app, tx, round.asked_by, &before, to, &known, &Act::Submit).await?;
    keep(app, tx, caller, (&before, &after), Action::Submit, known.need.unit).await
}

/// Its sign-off ended without the last signature: it is a draft again. What was corrected stays where it is.
pub(crate) async fn let_fall(tx: &Tx, round: &Round) -> Result<(), Error> {
    let name = Name::Draft(ApplicationId(round.subject.id));
    let before = store::application::lock(tx.db(), tx.sealer(), &[Scope::All], &name).await?;
    let to = fallen(before.state);
    if to != before.state {
        stand(tx, &before, to).await?;
    }
    Ok(())
}

/// The cycle has moved on: what could no longer leave is void.
pub(crate) async fn moved_on(tx: &Tx, cycle: &Cycle, by: AccountId) -> Result<(), Error> {
    let opened = store::application::opening::of(tx.db(), cycle.id).await?.is_some();
    // What ran at the opening was void then: after it nothing is signed but corrections.
    let state = if opened { State::ReturnedForCorrection } else { State::Signing };
    if could_leave(state, cycle.phase, opened) {
        return Ok(());
    }
    void(tx, cycle, Some(by), MOVED_ON).await
}

/// What was handed in before is accepted: what was to come in its place is not signed any more.
pub(super) async fn too_late(tx: &Tx, application: &Application, by: AccountId) -> Result<(), Error> {
    let rounds = store::sign_off::last(tx.db(), tx.sealer(), application.subject()).await?;
    for round in rounds.iter().filter(|round| round.state == Stands::Signing) {
        end(tx, round, Stands::Voided, Some(by), TOO_LATE).await?;
    }
    Ok(())
}

/// The window has closed: what was not signed was not handed in.
pub(super) async fn closed(tx: &Tx, cycle: &Cycle) -> Result<(), Error> {
    void(tx, cycle, None, CLOSED).await
}

async fn void(tx: &Tx, cycle: &Cycle, by: Option<AccountId>, reason: &str) -> Result<(), Error> {
    let running = store::sign_off::lock_applications(tx.db(), tx.sealer(), cycle.id, Stands::Signing).await?;
    for round in &running {
        end(tx, round, Stands::Voided, by, reason).await?;
        let_fall(tx, round).await?;
    }
    Ok(())
}

/// Brings into the chain what signed those applications that are opened, in their order: the rounds of what lies in the
/// seals, and of nothing that was taken back.
pub(super) async fn unseal(tx: &Tx, cycle: &Cycle, sealed: &[Application]) -> Result<(), Error> {
    let of = |it: &Application| Some((it.id.0, version::hash(it.content.as_ref()?)));
    let lay: BTreeMap<_, _> = sealed.iter().filter_map(of).collect();
    let signed = store::sign_off::lock_applications(tx.db(), tx.sealer(), cycle.id, Stands::Signed).await?;
    let lay = |round: &Round| round.sealed && lay.get(&round.subject.id) == Some(&round.hash);
    // In the order in which they were asked for: of two of the same text the last one counts.
    let mut last: BTreeMap<_, Round> =
        signed.into_iter().filter(lay).map(|round| (round.subject.id, round)).collect();
    let ids: Vec<SignOffId> = last.values().map(|round| round.id).collect();
    store::sign_off::unseal(tx.db(), &ids).await?;
    for round in sealed.iter().filter_map(|one| last.remove(&one.id.0)) {
        tx.created(audit::Action::Unseal, &Round { sealed: false, ..round });
    }
    Ok(())
}
