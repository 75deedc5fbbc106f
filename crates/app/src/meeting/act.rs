//! Entering a meeting, and calling it off.

use super::{Convened, Shown, shown, standing};
use crate::need::seen;
use crate::need_list::beside::locked;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{MeetingId, Version};
use ronghe_domain::meeting::draft::calling_off;
use ronghe_domain::meeting::rules;
use ronghe_domain::meeting::{Action, Meeting, MeetingDraft, Name};
use ronghe_domain::need::Name as NeedName;
use ronghe_store as store;

/// Enters a meeting on a need of the published list; it is public at once.
///
/// # Errors
/// Where the caller does not see the need, or may not enter one now; where fields do not hold.
pub async fn add(app: &App, caller: &Caller, need: &str, draft: &MeetingDraft) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let need = seen(app, caller, NeedName::parse(need).ok_or(Error::Hidden)?).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let need = need.clone();
        async move {
            let (cycle, facts) = locked(&tx, &need).await?;
            let before = store::meeting::of(tx.db(), need.id).await?;
            let closes = rules::may_add(&caller.actor, &facts, standing(&before), tx.now());
            let closes = closes.map_err(Error::refused)?;
            let content = draft.check(facts.now(tx.now()), closes).map_err(Error::Invalid)?;
            if let Some(end) = facts.end() {
                tx.in_time_until(end);
            }
            let meeting = Meeting {
                id: MeetingId(tx.new_id()),
                cycle: cycle.id,
                need: need.id,
                no: before.iter().map(|it| it.no).max().unwrap_or_default() + 1,
                content,
                org,
                entered_by: account,
                entered_at: facts.now(tx.now()),
                called_off: None,
                version: Version::FIRST,
            };
            store::meeting::insert(tx.db(), &meeting).await?;
            let shown = shown(caller, &need, &cycle, &facts, meeting, tx.now());
            let shown = shown.ok_or(Error::Hidden)?;
            let name = shown.name.to_string();
            tx.created(audit::Action::Create, &Convened { meeting: &shown.meeting, name: &name });
            Ok(shown)
        }
    })
    .await
}

/// Calls a meeting off, before it begins; that it was to be held stays to be read.
///
/// # Errors
/// Where the caller may not, or not now; where no reason is given; where it was changed since `seen_in`.
pub async fn call_off(
    app: &App,
    caller: &Caller,
    name: &str,
    reason: &str,
    seen_in: Version,
) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = seen(app, caller, NeedName::Number(name.need)).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let need = need.clone();
        async move {
            let (cycle, facts) = locked(&tx, &need).await?;
            let all = store::meeting::of(tx.db(), need.id).await?;
            let before = all.into_iter().find(|it| it.no == name.no).ok_or(Error::Hidden)?;
            let said = name.to_string();
            let then = Convened { meeting: &before, name: &said };
            let stands = (before.state(), before.content.start);
            rules::decide(&caller.actor, stands, &facts, Action::CallOff, tx.now())
                .map_err(|refusal| refused(&then, audit::Action::CallOff, refusal))?;
            if before.version != seen_in {
                return Err(Error::Stale { current: Some(before.version) });
            }
            // Of the window's end and the meeting's beginning the first one counts.
            let begins = facts.clock.real(before.content.start);
            tx.in_time_until(facts.end().map_or(begins, |end| end.min(begins)));
            let why = calling_off(reason, account, facts.now(tx.now())).map_err(Error::Invalid)?;
            let after = before.called_off(why);
            store::meeting::save(tx.db(), &before, &after).await?;
            tx.changed(audit::Action::CallOff, &then, &Convened { meeting: &after, name: &said });
            shown(caller, &need, &cycle, &facts, after, tx.now()).ok_or(Error::Hidden)
        }
    })
    .await
}
