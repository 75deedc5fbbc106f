//! Events of the audit chain on the wire.

use ronghe_app::audit::{Standing, Stored};
use ronghe_app::{App, Error, account};
use ronghe_contract::Page;
use ronghe_contract::audit::{ChainView, CheckView, EventView, RunningView};
use ronghe_domain::account::Account;
use ronghe_domain::kernel::AccountId;
use ronghe_text::{Lang, fault};
use std::collections::{BTreeMap, BTreeSet};

/// A page of events with the names of whoever acted.
pub(crate) async fn events(app: &App, found: (Vec<Stored>, u64)) -> Result<Page<EventView>, Error> {
    let (stored, total) = found;
    let ids: BTreeSet<AccountId> = stored.iter().filter_map(|stored| stored.event.actor).collect();
    let people: BTreeMap<AccountId, Account> =
        account::named(app, &ids).await?.into_iter().map(|account| (account.id, account)).collect();
    let register = app.register().await?;
    let items = stored
        .into_iter()
        .map(|stored| {
            let person = stored.event.actor.and_then(|id| people.get(&id));
            let org = stored.event.org.and_then(|id| register.directory.org(id));
            view(stored, person, org.map(|org| org.name.clone()))
        })
        .collect();
    Ok(Page::new(items, total, None))
}

fn view(stored: Stored, person: Option<&Account>, org: Option<String>) -> EventView {
    let Stored { event, hash, detail } = stored;
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let (name, before, after) =
        detail.map_or_else(Default::default, |detail| (detail.name, read(detail.before), read(detail.after)));
    EventView {
        seq: event.seq,
        at: event.at.to_string(),
        who: person.map(|account| account.name.clone()),
        login: person.map(|account| account.login.clone()),
        org,
        via: event.via.name().to_owned(),
        action: event.action,
        subject: event.subject,
        name,
        refused: event.refused,
        before,
        after,
        hash,
    }
}

/// Where the check of the chain stands, with the names of who started what.
pub(crate) async fn check(app: &App, lang: Lang, standing: Standing) -> Result<CheckView, Error> {
    let running = standing.running.and_then(|running| running.by);
    let kept = standing.last.as_ref().and_then(|kept| kept.started_by);
    let ids: BTreeSet<AccountId> = running.into_iter().chain(kept).collect();
    let people = account::named(app, &ids).await?;
    let name = |id: Option<AccountId>| {
        people.iter().find(|account| Some(account.id) == id).map(|account| account.name.clone())
    };
    Ok(CheckView {
        running: standing
            .running
            .map(|running| RunningView { since: running.since.to_string(), by: name(running.by) }),
        last: standing.last.map(|kept| ChainView {
            started_at: kept.started_at.to_string(),
            by: name(kept.started_by),
            finished_at: kept.finished_at.to_string(),
            events: kept.events,
            head: kept.head,
            faults: kept.faults.iter().map(|it| fault(lang, it)).collect(),
        }),
        failed: standing.failed,
    })
}
