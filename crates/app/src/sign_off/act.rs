//! Signing, sending back, recalling: the last signature lets go what it signs.

use super::{end, read, refusal_of, tell_asker, tell_next};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use crate::{application, need};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::kernel::field::needed;
use ronghe_domain::kernel::{AccountId, Version};
use ronghe_domain::message::Kind as Told;
use ronghe_domain::sign_off::rules;
use ronghe_domain::sign_off::{Action, Facts, Kind, Round, Signature, State, Subject};
use ronghe_store as store;
use std::collections::BTreeSet;

/// Longest remark or reason, in characters.
const WORDS_MOST: usize = 500;

/// What is done with a round, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Sign { remark: String },
    SendBack { reason: String },
    Recall,
}

/// A round after it was acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub round: Round,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Sign { .. } => Action::Sign,
            Self::SendBack { .. } => Action::SendBack,
            Self::Recall => Action::Recall,
        }
    }

    /// What was typed, checked.
    fn words(&self) -> Result<String, Error> {
        let mut errors = Vec::new();
        let words = match self {
            Self::SendBack { reason } => needed(&mut errors, "reason", reason, WORDS_MOST),
            Self::Sign { remark } if !remark.trim().is_empty() => {
                needed(&mut errors, "remark", remark, WORDS_MOST)
            }
            Self::Sign { .. } | Self::Recall => String::new(),
        };
        if errors.is_empty() { Ok(words) } else { Err(Error::Invalid(errors)) }
    }
}

/// What is signed, as it stands now, locked with all that it needs to leave.
pub(crate) enum Held {
    Need(Box<need::HeldNeed>),
    Summary(Box<need::HeldSummary>),
    Application(Box<application::HeldApplication>),
}

impl Held {
    pub(super) fn hash(&self) -> &str {
        match self {
            Self::Need(held) => &held.hash,
            Self::Summary(held) => &held.hash,
            Self::Application(held) => &held.hash,
        }
    }

    /// What was sealed before it leaves is known to others once it has left: a correction, whose seal was opened before.
    fn is_opened(&self) -> bool {
        matches!(self, Self::Application(held) if held.is_opened())
    }

    /// Who is asked first where they may sign.
    fn first(&self) -> Vec<AccountId> {
        match self {
            Self::Need(_) | Self::Summary(_) => Vec::new(),
            Self::Application(held) => held.signatories(),
        }
    }
}

/// Locks what is signed or sealed: before the chain, and that before the round, in the order of all commands.
pub(super) async fn hold(app: &App, tx: &Tx, caller: &Caller, subject: Subject) -> Result<Held, Error> {
    match subject.kind {
        Kind::Need => Ok(Held::Need(Box::new(need::hold(app, tx, caller, subject).await?))),
        Kind::DistrictSummary => {
            Ok(Held::Summary(Box::new(need::hold_summary(app, tx, caller, subject).await?)))
        }
        Kind::Application => {
            Ok(Held::Application(Box::new(application::hold(app, tx, caller, subject).await?)))
        }
        Kind::Report => Err(Error::Hidden),
    }
}

/// Signs a step, sends back or recalls.
///
/// # Errors
/// Where the caller may not, or not now; where what is signed may not leave; where the round was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, id: &str, act: &Act, seen: Version) -> Result<Done, Error> {
    let is_signature = act.action() == Action::Sign;
    let found = read(app, caller, id).await?;
    caller.needs(if is_signature { TokenScope::Decide } else { writes(found.subject.kind) })?;
    app.write(caller, |tx: Tx| {
        let found = found.clone();
        async move {
            let held = hold(app, &tx, caller, found.subject).await?;
            let kind = found.subject.kind;
            let chain = store::sign_off::lock_chain(tx.db(), found.org, kind).await?;
            let round = store::sign_off::lock(tx.db(), tx.sealer(), found.id).await?;
            tx.after_locks().await?;
            let facts = Facts {
                chain: chain.as_ref(),
                active: &BTreeSet::new(),
                preparers: &round.preparers,
                prepares: rules::prepares(&caller.actor, &round),
                hash: held.hash(),
                own_funds: false,
            };
            let to = rules::decide(&caller.actor, Some(&round), &facts, act.action())
                .map_err(|refusal| refusal_of(&round, act.action(), refusal))?;
            if is_signature {
                app.fresh(caller)?;
            }
            if round.version != seen {
                return Err(Error::Stale { current: Some(round.version) });
            }
            let words = act.words()?;
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            let round = if is_signature {
                let first = held.first();
                let step = round.next().ok_or(Error::Hidden)?;
                let chain = chain.ok_or(Error::Hidden)?;
                let post = chain.step(step).map(|step| step.post.clone()).unwrap_or_default();
                let (by, at) = (account, tx.now());
                let signature = Signature { step, post, by, at, remark: words };
                let after = signed(&tx, &held, &round, to, signature).await?;
                if to == State::Signed {
                    let_go(app, &tx, caller, held, &after).await?;
                    tell_asker(app, &tx, caller, &after, Told::SignOffSigned).await?;
                } else {
                    tell_next(app, &tx, caller, &chain, &after, &first).await?;
                }
                after
            } else {
                let after = end(&tx, &round, to, Some(account), &words).await?;
                let_fall(&tx, &round).await?;
                tell_asker(app, &tx, caller, &after, Told::SignOffSentBack).await?;
                after
            };
            Ok(Done { round })
        }
    })
    .await
}

/// What a token must reach that stops a round: that which writes what is signed.
const fn writes(kind: Kind) -> TokenScope {
    match kind {
        Kind::Application => TokenScope::WriteApplication,
        Kind::Need | Kind::DistrictSummary | Kind::Report => TokenScope::WriteNeed,
    }
}

/// The round with one more signature, kept. One under seal comes into the chain when others may know what leaves by it: a
/// correction with its last signature, all else at the opening.
async fn signed(
    tx: &Tx,
    held: &Held,
    round: &Round,
    to: State,
    signature: Signature,
) -> Result<Round, Error> {
    let leaves = to == State::Signed && held.is_opened();
    let after = Round { sealed: round.sealed && !leaves, ..round.signed(to, signature) };
    store::sign_off::save(tx.db(), tx.sealer(), round.version, &after).await?;
    match (round.sealed, after.sealed) {
        (true, true) => {}
        (true, false) => tx.created(audit::Action::Sign, &after),
        (false, _) => tx.changed(audit::Action::Sign, round, &after),
    }
    Ok(after)
}

/// Lets go what is signed whole.
async fn let_go(app: &App, tx: &Tx, caller: &Caller, held: Held, round: &Round) -> Result<(), Error> {
    match held {
        Held::Need(held) => need::let_go(app, tx, caller, *held).await,
        Held::Summary(held) => need::issue(app, tx, caller, *held).await,
        Held::Application(held) => application::let_go(app, tx, caller, *held, round).await,
    }
}

/// What becomes of a subject whose round ended without its last signature: a need stays a draft; a version of a summary
/// that was not signed is none; an application is a draft again.
pub(super) async fn let_fall(tx: &Tx, round: &Round) -> Result<(), Error> {
    match round.subject.kind {
        Kind::Need | Kind::Report => Ok(()),
        Kind::Application => application::let_fall(tx, round).await,
        Kind::DistrictSummary => need::void_summary(tx, round.subject).await,
    }
}
