//! Saved views: filters of lists under a name, one's own and those that one's organisation shares.

use crate::audited::Audited;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::audit::{self, Subject};
use ronghe_domain::kernel::{Version, ViewId};
use ronghe_domain::view::{Action, List, View, ViewDraft, decide, visible};
use ronghe_store as store;
use serde_json::{Value, json};

/// The views that the caller sees, of one list where one is named: their own first.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn list(app: &App, caller: &Caller, list: Option<List>) -> Result<Vec<View>, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    let mut found = store::view::seen_by(app.db().reader(), account, org, list).await?;
    found.retain(|view| visible(&caller.actor, view));
    found.sort_by_key(|view| (view.owner != account, view.list, view.id));
    Ok(found)
}

/// Saves filters under a name.
///
/// # Errors
/// `Unauthenticated` for the public; where fields do not hold.
pub async fn save(app: &App, caller: &Caller, draft: &ViewDraft) -> Result<View, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    caller.more_than_reads()?;
    app.write(caller, |tx: Tx| async move {
        let own = store::view::lock_of(tx.db(), account).await?;
        let ViewDraft { list, name, filters, shared } = draft.check(&own).map_err(Error::Invalid)?;
        let (id, version) = (ViewId(tx.new_id()), Version::FIRST);
        let view = View { id, list, owner: account, org, name, filters, shared, version };
        store::view::insert(tx.db(), &view).await?;
        note(&tx, audit::Action::Create, &view);
        Ok(view)
    })
    .await
}

/// Gives a view another name, other filters, to others or not.
///
/// # Errors
/// `Hidden` where the caller does not see it; where it is not theirs, fields do not hold, or it was changed since
/// `seen`.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: ViewId,
    draft: &ViewDraft,
    seen: Version,
) -> Result<View, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    caller.more_than_reads()?;
    app.write(caller, |tx: Tx| async move {
        let mut own = store::view::lock_of(tx.db(), account).await?;
        let before = held(&tx, caller, id, Action::Change).await?;
        if before.version != seen {
            return Err(Error::Stale { current: Some(before.version) });
        }
        own.retain(|view| view.id != id);
        // A view stays with its list.
        let draft = ViewDraft { list: before.list, ..draft.clone() };
        let ViewDraft { name, filters, shared, .. } = draft.check(&own).map_err(Error::Invalid)?;
        let after = View { name, filters, shared, version: before.version.next(), ..before };
        store::view::save(tx.db(), &after, seen).await?;
        note(&tx, audit::Action::Change, &after);
        Ok(after)
    })
    .await
}

/// Takes a view away.
///
/// # Errors
/// `Hidden` where the caller does not see it; where it is not theirs.
pub async fn delete(app: &App, caller: &Caller, id: ViewId) -> Result<(), Error> {
    caller.actor.account().ok_or(Error::Unauthenticated)?;
    caller.more_than_reads()?;
    app.write(caller, |tx: Tx| async move {
        let before = held(&tx, caller, id, Action::Delete).await?;
        store::view::delete(tx.db(), id).await?;
        note(&tx, audit::Action::Delete, &before);
        Ok(())
    })
    .await
}

/// A view that the caller may do `action` with, locked.
async fn held(tx: &Tx, caller: &Caller, id: ViewId, action: Action) -> Result<View, Error> {
    let view = store::view::lock(tx.db(), id).await?;
    if !visible(&caller.actor, &view) {
        return Err(Error::Hidden);
    }
    let attempt = match action {
        Action::Change => audit::Action::Change,
        Action::Delete => audit::Action::Delete,
    };
    decide(&caller.actor, &view, action).map_err(|refusal| refused(&view, attempt, refusal))?;
    Ok(view)
}

/// Of a view the chain knows that it was saved, not what is looked for by it.
fn note(tx: &Tx, action: audit::Action, view: &View) {
    tx.said(action, view, view.snapshot());
}

impl Audited for View {
    const SUBJECT: Subject = Subject::View;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        String::new()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({ "list": self.list, "shared": self.shared })
    }
}
