//! Chains: what an organisation has set for each kind of document that leaves it, and setting them.

use super::{end, people};
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::{Account, Scope as TokenScope};
use ronghe_domain::audit;
use ronghe_domain::kernel::{AccountId, Version};
use ronghe_domain::org::{Organisation, Outgoing};
use ronghe_domain::sign_off::rules::{self, may_set};
use ronghe_domain::sign_off::{Chain, ChainDraft, Kind, State, Step};
use ronghe_store as store;
use std::collections::BTreeMap;

/// What an organisation has set for a kind of document, with what it may be set from.
#[derive(Clone, Debug)]
pub struct Chained {
    pub kind: Kind,
    pub chain: Option<Chain>,
    /// Posts that the directory names for it; the usual ones where there are none.
    pub registered: Vec<String>,
    /// Active people who may sign, and those whom the chain still names.
    pub people: Vec<Account>,
    pub may_set: bool,
}

/// The chains of an organisation for what leaves it.
///
/// # Errors
/// `Hidden` where it is unknown, or the caller reads none of them.
pub async fn chains(app: &App, caller: &Caller, slug: &str) -> Result<(Organisation, Vec<Chained>), Error> {
    let register = app.register().await?;
    let org = register.directory.org_by_slug(slug).ok_or(Error::Hidden)?.clone();
    let mut all = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.leaves(org.kind)) {
        if !rules::sees_chain(&caller.actor, org.id, kind) {
            continue;
        }
        let chain = register.chain(org.id, kind).cloned();
        let mut found = store::account::active(app.db().reader(), rules::roles(kind), Some(org.id)).await?;
        let active = found.iter().map(|person| person.id).collect();
        let steps = chain.as_ref().map(|chain| chain.steps.as_slice()).unwrap_or_default();
        let gone = steps.iter().flat_map(|step| &step.signers);
        let gone = gone.filter(|id| found.iter().all(|person| person.id != **id)).copied().collect();
        found.extend(store::account::named(app.db().reader(), &gone).await?);
        found.sort_by(|one, other| one.login.cmp(&other.login));
        let may_set = may_set(&caller.actor, &org, kind, chain.as_ref(), &active, None).is_ok();
        all.push(Chained { kind, registered: registered(&org, kind), chain, people: found, may_set });
    }
    if all.is_empty() { Err(Error::Hidden) } else { Ok((org, all)) }
}

/// The posts that the directory names for a kind of document.
fn registered(org: &Organisation, kind: Kind) -> Vec<String> {
    let document = match kind {
        Kind::Need | Kind::DistrictSummary => Outgoing::Need,
        Kind::Application => Outgoing::Application,
        Kind::Report => Outgoing::Report,
    };
    let named = org.sign_off.iter().find(|it| it.document == document);
    named.map(|it| it.steps.clone()).unwrap_or_default()
}

/// Sets the chain of an organisation for a kind of document. Where the same posts sign in the same order only who signs
/// has changed, and what runs goes on; else what runs is void.
///
/// # Errors
/// Where the caller may not, fields do not hold, or it was set since `seen`.
pub async fn set(
    app: &App,
    caller: &Caller,
    slug: &str,
    kind: Kind,
    draft: &ChainDraft,
    seen: Version,
) -> Result<Chain, Error> {
    caller.needs(TokenScope::Decide)?;
    let register = app.register().await?;
    let org = register.directory.org_by_slug(slug).ok_or(Error::Hidden)?.clone();
    if !kind.leaves(org.kind) || !rules::sees_chain(&caller.actor, org.id, kind) {
        return Err(Error::Hidden);
    }
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let done = app
        .write(caller, |tx: Tx| {
            let (org, register) = (org.clone(), register.clone());
            async move {
                // Before chains, as all that lets something leave: what falls belongs to a cycle.
                for cycle in register.cycles.iter().filter(|_| kind != Kind::Need) {
                    store::cycle::lock_id(tx.db(), cycle.id).await?;
                }
                let before = store::sign_off::lock_chain(tx.db(), org.id, kind).await?;
                let known: BTreeMap<String, AccountId> =
                    people(&tx, org.id, kind).await?.into_iter().map(|it| (it.login, it.id)).collect();
                let active = known.values().copied().collect();
                let may = |after: Option<&[Step]>| {
                    may_set(&caller.actor, &org, kind, before.as_ref(), &active, after).map_err(|refusal| {
                        match &before {
                            Some(before) => refused(before, audit::Action::Change, refusal),
                            None => Error::refused(refusal),
                        }
                    })
                };
                // Whoever sets nothing here hears nothing of what would hold.
                may(None)?;
                app.fresh(caller)?;
                let version = before.as_ref().map_or(Chain::NONE, |before| before.version);
                if version != seen {
                    return Err(Error::Stale { current: Some(version) });
                }
                let steps = draft.check(org.kind, &known).map_err(Error::Invalid)?;
                may(Some(&steps))?;
                let after = Chain {
                    org: org.id,
                    kind,
                    steps,
                    set_by: account,
                    set_at: tx.now(),
                    version: version.next(),
                };
                written(&tx, before.as_ref(), &after, account).await?;
                Ok(after)
            }
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// Writes the chain, notes it, and voids the rounds that run by the one before.
async fn written(tx: &Tx, before: Option<&Chain>, after: &Chain, by: AccountId) -> Result<(), Error> {
    let seen = before.map_or(Chain::NONE, |before| before.version);
    store::sign_off::set(tx.db(), seen, after).await?;
    match before {
        Some(before) => tx.changed(audit::Action::Change, before, after),
        None => tx.created(audit::Action::Create, after),
    }
    if before.is_some_and(|before| !before.asks_like(after)) {
        void_running(tx, after, by).await?;
    }
    Ok(())
}

/// Rounds that run by another chain than the one that holds now are void.
async fn void_running(tx: &Tx, chain: &Chain, by: AccountId) -> Result<(), Error> {
    for round in &store::sign_off::lock_open(tx.db(), tx.sealer(), chain.org, chain.kind, None).await? {
        end(tx, round, State::Voided, Some(by), CHAIN_CHANGED).await?;
        super::act::let_fall(tx, round).await?;
    }
    Ok(())
}

/// Why what runs is void then.
const CHAIN_CHANGED: &str = "签发步骤已修改 The chain was changed";
