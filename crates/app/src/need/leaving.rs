//! A need that passes its unit's chain: asked for, made void by a change, let go by the last signature.

use super::facts::{checked, facts};
use super::{Act, Way, carry_out, fresh, lock, measures, moved, refusal_of};
use crate::sign_off::{self, Leaving};
use crate::unit::Tx;
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, NeedId, Version};
use ronghe_domain::need::rules;
use ronghe_domain::need::{Action, Content, Name, Need, Refusal, State};
use ronghe_domain::sign_off::{Gate, Round, Subject, content_hash};
use ronghe_store as store;
use ronghe_store::Connection;
use std::sync::Arc;

/// Why what was signed no longer holds.
const CHANGED: &str = "内容已修改 The content was changed";

/// A need that is signed, locked with its cycle.
pub(crate) struct HeldNeed {
    need: Need,
    cycle: Cycle,
    register: Arc<Register>,
    /// Of what stands in it now; empty where it does not hold.
    pub(crate) hash: String,
}

/// The content that `need` would be submitted with now.
pub(super) async fn content_now<C: Connection>(
    db: &C,
    need: &Need,
    cycle: &Cycle,
    register: &Register,
) -> Result<Content, Error> {
    let mut content = checked(need, cycle, register)?;
    content.attachments = store::attachment::list(db, need.id).await?;
    Ok(content)
}

/// The hash of what stands in `need`: as it would be submitted now while it is written, else as it was submitted.
/// Nothing where it does not hold.
///
/// # Errors
/// Where the database does not answer.
pub(crate) async fn content_hash_now<C: Connection>(
    db: &C,
    need: &Need,
    cycle: &Cycle,
    register: &Register,
) -> Result<Option<String>, Error> {
    let is_open = need.state == State::Draft || need.state.is_returned();
    let content = match &need.content {
        Some(content) if !is_open => content.clone(),
        _ => match content_now(db, need, cycle, register).await {
            Ok(content) => content,
            Err(Error::Invalid(_)) => return Ok(None),
            Err(error) => return Err(error),
        },
    };
    Ok(Some(content_hash(need.subject(), &content)?))
}

/// Asks for sign-off of a need: it must hold, and be one that could be submitted now.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where nobody could sign; where it was changed since
/// `seen`.
pub async fn ask_sign_off(app: &App, caller: &Caller, name: &str, seen: Version) -> Result<Round, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (measures, register) = (measures.clone(), register.clone());
        async move {
            let (cycle, need) = lock(&tx, caller, name, &measures).await?;
            let (mut facts, errors) = facts(tx.db(), &need, &cycle, &register, 0).await?;
            facts.gate = Gate::Passed;
            match rules::decide(&caller.actor, &need, &facts, Action::Submit, tx.now()) {
                Ok(_) => {}
                Err(Refusal::Incomplete { .. }) => return Err(Error::Invalid(errors)),
                Err(refusal) => return Err(refusal_of(&need, Action::Submit, refusal)),
            }
            if let Some(closes) = rules::closes(&need, &facts, Action::Submit) {
                tx.in_time_until(closes);
            }
            fresh(&need, seen)?;
            let content = content_now(tx.db(), &need, &cycle, &register).await?;
            let preparers = preparers(tx.db(), &need).await?;
            let leaving = Leaving {
                org: need.unit,
                subject: need.subject(),
                name: need.name().to_string(),
                title: content.title.clone(),
                hash: content_hash(need.subject(), &content)?,
                preparers,
                own_funds: content.own.0 > 0,
                sealed: false,
                first: Vec::new(),
            };
            sign_off::ask(app, &tx, caller, leaving).await
        }
    })
    .await
}

/// Who has prepared `need` as it stands: who began it, and everyone who has written in it since its last submission.
pub(crate) async fn preparers<C: Connection>(db: &C, need: &Need) -> Result<Vec<AccountId>, Error> {
    let mut preparers = store::need::writer::of(db, need.id).await?;
    if !preparers.contains(&need.author) {
        preparers.push(need.author);
    }
    Ok(preparers)
}

/// The caller has written in `need`: they do not sign it, and what was signed of it is void.
pub(super) async fn written(tx: &Tx, caller: &Caller, need: &Need) -> Result<(), Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    if account != need.author {
        store::need::writer::note(tx.db(), need.id, account).await?;
    }
    void(tx, caller, need).await
}

/// What was signed of `need` is void: it is changed or taken back.
pub(super) async fn void(tx: &Tx, caller: &Caller, need: &Need) -> Result<(), Error> {
    sign_off::void(tx, need.unit, need.subject(), caller.actor.account(), CHANGED).await
}

/// Locks the need that is signed.
///
/// # Errors
/// `Hidden` where the caller does not see it.
pub(crate) async fn hold(app: &App, tx: &Tx, caller: &Caller, subject: Subject) -> Result<HeldNeed, Error> {
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    let (cycle, need) = lock(tx, caller, Name::Draft(NeedId(subject.id)), &measures).await?;
    let hash = content_hash_now(tx.db(), &need, &cycle, &register).await?.unwrap_or_default();
    Ok(HeldNeed { need, cycle, register, hash })
}

/// Submits a need that is signed, within its window.
///
/// # Errors
/// Where it may not leave now.
pub(crate) async fn let_go(app: &App, tx: &Tx, caller: &Caller, held: HeldNeed) -> Result<(), Error> {
    let HeldNeed { need, cycle, register, .. } = held;
    let way = Way { ahead: 0, is_signed: true };
    let moved = moved(tx, caller, &need, &cycle, &register, &Act::Submit, way).await?;
    carry_out(app, tx, caller, &cycle, (&need, &moved.need), Action::Submit).await
}
