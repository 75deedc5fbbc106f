//! Who has which part in an application.

use super::awaited::{ask_for, settled};
use super::{Shown, fresh, known, lock, refusal_of, shown};
use crate::application::facts::Known;
use crate::message::{Telling, tell_all};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::rules::Reach;
use ronghe_domain::account::{Scope as TokenScope, State as AccountState};
use ronghe_domain::application::rules;
use ronghe_domain::application::team::{
    AwaitedDraft, MemberDraft, Team, check, check_awaited, duty, one_at_a_time, unfinished as left,
};
use ronghe_domain::application::{Action, Duty, Name, Row, State};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, FieldError, Instant, Role, Version};
use ronghe_domain::message::of_invitation;
use ronghe_store as store;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Accounts of one university that can be invited; more are found by their login.
const MOST: u64 = 500;

/// Someone of the university.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: AccountId,
    pub login: String,
    pub name: String,
}

/// A team as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub members: Vec<MemberDraft>,
    /// Those who have no account.
    pub awaited: Vec<AwaitedDraft>,
}

impl Typed {
    fn check(&self, known: impl Fn(&str) -> Option<AccountId>) -> Result<Team, Vec<FieldError>> {
        let members = check(&self.members, known);
        let awaited = check_awaited(&self.awaited, self.members.len());
        match (members, awaited) {
            (Ok(members), Ok(awaited)) => Ok(Team { members, awaited }),
            (members, awaited) => {
                Err([members.err(), awaited.err()].into_iter().flatten().flatten().collect())
            }
        }
    }
}

/// The active accounts of the caller's university: whom they can invite.
///
/// # Errors
/// `Hidden` for who is of none.
pub async fn people(app: &App, caller: &Caller) -> Result<Vec<Person>, Error> {
    let org = caller.actor.org().filter(|_| caller.actor.has(Role::University)).ok_or(Error::Hidden)?;
    let filter = store::account::Filter {
        org: Some(org),
        role: Some(Role::University),
        state: Some(AccountState::Active),
        limit: MOST,
        ..store::account::Filter::default()
    };
    let (found, _) = store::account::list(app.db().reader(), Reach::All, None, &filter).await?;
    Ok(found.into_iter().map(|it| Person { id: it.id, login: it.login, name: it.name }).collect())
}

/// The applications of the caller's university in `cycle` of which they write sections that are not done, with until
/// when each can be written. They are theirs alone: nobody else learns of them.
///
/// # Errors
/// Where the database does not answer.
pub(crate) async fn unfinished(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
) -> Result<Vec<(Row, Option<Instant>)>, Error> {
    let (Some(account), Some(university)) = (caller.actor.account(), caller.actor.org()) else {
        return Ok(Vec::new());
    };
    let (db, sealer, register) = (app.db().reader(), app.sealer(), app.register().await?);
    let states = [State::Draft, State::ReturnedForCorrection];
    let of = (cycle.id, university);
    let mut found = Vec::new();
    for one in store::application::with_part(db, &sealer, of, &states, account).await? {
        if duty(&caller.actor, &one) != Some(Duty::Member) {
            continue;
        }
        let Known { facts, errors, files, .. } =
            known(db, &sealer, &caller.actor, &one, cycle, &register).await?;
        let writes = rules::decide(&caller.actor, &one, &facts, Action::Edit, app.now()).is_ok();
        if writes && !left(&caller.actor, &one, &files, &errors).is_empty() {
            let row = Row::from(&one);
            let (_, until) = rules::turn(row.state, row.until, &facts, app.now());
            found.push((row, until));
        }
    }
    Ok(found)
}

/// Says who has which part: the team as a whole takes the place of the one before. For those who have no account one is
/// asked for.
///
/// # Errors
/// Where the caller does not lead it, or not now; where somebody is no active account of the university, or the address
/// of somebody without one does not hold.
pub async fn invite(
    app: &App,
    caller: &Caller,
    name: &str,
    typed: &Typed,
    seen: Version,
) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let register = app.register().await?;
    let known_people: BTreeMap<String, AccountId> =
        people(app, caller).await?.into_iter().map(|it| (it.login, it.id)).collect();
    app.write(caller, |tx: Tx| {
        let (name, register) = (name.clone(), register.clone());
        let logins = known_people.clone();
        async move {
            if let Some(org) = caller.actor.org() {
                // Before the cycle, as where an account becomes active: neither passes by the other, nor do two teams that
                // await the same person.
                store::org::lock(tx.db(), org).await?;
            }
            let (cycle, before) = lock(app, &tx, caller, &name).await?;
            let Known { facts, .. } =
                known(tx.db(), &app.sealer(), &caller.actor, &before, &cycle, &register).await?;
            rules::decide(&caller.actor, &before, &facts, Action::Invite, tx.now())
                .map_err(|refusal| refusal_of(&before, Action::Invite, refusal))?;
            fresh(&before, seen)?;
            let team = typed.check(|login| logins.get(login).copied()).map_err(Error::Invalid)?;
            let (team, others) = settled(&tx, before.university, team).await?;
            one_at_a_time(&before.awaited, &team.awaited).map_err(Error::Invalid)?;
            let mut after = before.clone();
            (after.members, after.awaited) = (team.members, team.awaited);
            after.version = before.version.next();
            store::application::save(tx.db(), &app.sealer(), &before, &after).await?;
            // It is its university's own, so that it stands in no event.
            ask_for(app, &tx, caller, (&before, &after), &others).await?;
            let one = Telling {
                cycle: Some(cycle.year()),
                record: after.name().to_string(),
                audiences: of_invitation(&before, &after),
                quiet: after.opened_at.is_none(),
            };
            tell_all(app, &tx, caller, &[one]).await?;
            shown(app, tx.db(), caller, after, Arc::new(cycle), tx.now()).await
        }
    })
    .await
}
