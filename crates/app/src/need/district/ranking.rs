//! The order in which a bureau puts its needs.

use super::super::{Filter, Sort};
use super::summary::void_running;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{CycleId, OrgId, Version};
use ronghe_domain::need::district::ranking::{may_rank, sees_rank};
use ronghe_domain::need::rules::{Facts, Scope};
use ronghe_domain::need::{Ranking, RankingDraft, Row, State};
use ronghe_store as store;

/// Most needs of a district that are shown in order.
const MOST: u64 = 1000;

/// The needs of a district in its order.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub district: OrgId,
    /// In order; what has no place comes behind, by number.
    pub rows: Vec<Row>,
    /// How many of them have a place.
    pub placed: usize,
    pub version: Version,
    /// Whether the caller may set it now.
    pub may_rank: bool,
}

/// What of a cycle stands under a district and can be ranked: submitted and under way.
fn filter(cycle: CycleId) -> Filter {
    let states = State::ALL.into_iter().filter(|state| state.is_under_way()).collect();
    Filter { cycle: Some(cycle), states, sort: Sort::Number, limit: MOST, ..Filter::default() }
}

/// The needs of the caller's district in its order.
///
/// # Errors
/// `Hidden` for who is of no bureau.
pub async fn ranking(app: &App, caller: &Caller, cycle: CycleId) -> Result<Ranked, Error> {
    let register = app.register().await?;
    let district = caller.actor.org().filter(|org| sees_rank(&caller.actor, *org)).ok_or(Error::Hidden)?;
    let scope = [Scope::Own(district), Scope::District(district)];
    let cycle = register.cycle(cycle).ok_or(Error::Hidden)?;
    let (mut rows, _) = store::need::list(app.db().reader(), &scope, &filter(cycle.id)).await?;
    rows.sort_by_key(|row| (register.rank(row.id).unwrap_or(u32::MAX), row.seq));
    let placed = rows.iter().filter(|row| register.rank(row.id).is_some()).count();
    let found = register.rankings.iter().find(|it| it.cycle == cycle.id && it.district == district);
    let may_rank = may_rank(&caller.actor, district, &Facts::of(cycle), app.now()).is_ok();
    Ok(Ranked { district, rows, placed, version: found.map_or(Ranking::NONE, |it| it.version), may_rank })
}

/// Sets the order of the caller's district; a summary that is being signed in another order is void.
///
/// # Errors
/// Where the caller may not, or not now; where a number is none of its needs; where it was set since `seen`.
pub async fn rank(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    draft: &RankingDraft,
    seen: Version,
) -> Result<Ranking, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let district = caller.actor.org().filter(|org| sees_rank(&caller.actor, *org)).ok_or(Error::Hidden)?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let done = app
        .write(caller, |tx: Tx| async move {
            let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
            tx.after_locks().await?;
            let facts = Facts::of(&cycle);
            may_rank(&caller.actor, district, &facts, tx.now()).map_err(Error::refused)?;
            tx.in_time_until(facts.clock.real(facts.collecting.districts_end));
            let before = store::need::district::ranking::lock(tx.db(), cycle.id, district).await?;
            let version = before.as_ref().map_or(Ranking::NONE, |before| before.version);
            if version != seen {
                return Err(Error::Stale { current: Some(version) });
            }
            let scope = [Scope::Own(district), Scope::District(district)];
            let (rows, _) = store::need::list(tx.db(), &scope, &filter(cycle.id)).await?;
            let order = draft.check(&rows).map_err(Error::Invalid)?;
            let (by, at) = (account, facts.now(tx.now()));
            let after = Ranking { cycle: cycle.id, district, order, by, at, version: version.next() };
            store::need::district::ranking::save(tx.db(), version, &after).await?;
            match &before {
                Some(before) => tx.changed(audit::Action::Change, before, &after),
                None => tx.created(audit::Action::Create, &after),
            }
            void_running(&tx, cycle.id, district, Some(account), |_| true).await?;
            Ok(after)
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}
