//! 结转: a need that no university took up goes on into the cycle that collects needs.

use super::{above, lock_need, measures, refusal_of, seen};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::attachment::Attached;
use ronghe_domain::audit;
use ronghe_domain::kernel::{AttachmentId, NeedId, Version};
use ronghe_domain::need::rules::{self, Facts};
use ronghe_domain::need::{Action, Name, Need, Row, State, carry as onward};
use ronghe_store as store;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Needs of other cycles that say the same.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// What it carries on.
    pub from: Option<Row>,
    /// By what it is carried on.
    pub into: Option<Row>,
}

/// What `need` carries on, and by what it is carried on: what the caller sees of that.
pub(super) async fn around(app: &App, caller: &Caller, need: &Need) -> Result<Carried, Error> {
    let db = app.db().reader();
    let into = match need.state {
        State::Open => store::need::carrying(db, need.id).await?,
        _ => None,
    };
    let ids: BTreeSet<NeedId> = need.carried_from.into_iter().chain(into).collect();
    if ids.is_empty() {
        return Ok(Carried::default());
    }
    let scope = rules::scope(&caller.actor, &measures(app, &caller.actor).await?);
    let rows = store::need::rows(db, &scope, ids).await?;
    let find = |id: Option<NeedId>| rows.iter().find(|row| Some(row.id) == id).cloned();
    Ok(Carried { from: find(need.carried_from), into: find(into) })
}

/// Makes a draft of the need's unit in the cycle that collects needs: what was submitted, and the files at it.
///
/// # Errors
/// Where the caller is not of its unit, it does not stand open, no cycle collects needs, or it was carried on before.
pub async fn carry(app: &App, caller: &Caller, name: &str) -> Result<Need, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let found = seen(app, caller, name).await?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    let from = Arc::clone(register.cycle(found.cycle).ok_or(Error::Hidden)?);
    let target = onward::target(&found, register.cycles.iter().map(AsRef::as_ref)).map(|it| it.id);
    app.write(caller, |tx: Tx| {
        let (register, measures, from) = (register.clone(), measures.clone(), Arc::clone(&from));
        async move {
            let target = match target {
                Some(id) => Some(store::cycle::lock_id(tx.db(), id).await?),
                None => None,
            };
            let before = lock_need(&tx, caller, name, &measures).await?;
            tx.after_locks().await?;
            // What is kept in memory may be a second old: the cycle may have gone on.
            let target = onward::target(&before, target.iter());
            let carried = store::need::carrying(tx.db(), before.id).await?.is_some();
            let onward = onward::onward(&before, &from, target, carried);
            let facts = Facts { onward, ..Facts::of(&from) };
            rules::decide(&caller.actor, &before, &facts, Action::Carry, tx.now())
                .map_err(|refusal| refusal_of(&before, Action::Carry, refusal))?;
            let target = target.ok_or(Error::Hidden)?;
            let org = register.directory.org(before.unit).ok_or(Error::Hidden)?;
            rules::may_draft(&caller.actor, &Facts::of(target), org, tx.now()).map_err(Error::refused)?;
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            let made = Need {
                id: NeedId(tx.new_id()),
                cycle: target.id,
                year: target.year(),
                seq: None,
                district: above(org),
                unit_kind: org.kind,
                state: State::Draft,
                draft: onward::draft(&before, &from, target),
                content: None,
                returned: None,
                author: account,
                changed_at: tx.now(),
                submitted_at: None,
                forwarded_at: None,
                carried_from: Some(before.id),
                version: Version::FIRST,
                ..before
            };
            store::need::insert(tx.db(), tx.sealer(), &made).await?;
            for file in store::attachment::list(tx.db(), before.id).await? {
                let copy = Attached { id: AttachmentId(tx.new_id()), ..file };
                store::attachment::insert(tx.db(), made.id, &copy, account, tx.now()).await?;
            }
            // The draft stands outside the chain, as drafts do; that it was made stands in it.
            tx.said(audit::Action::Carry, &before, json!({ "year": target.name() }));
            Ok(made)
        }
    })
    .await
}
