//! Walking the chain: is it whole, and does each record stand as its last event says?

use super::watches;
use crate::application::Voiced;
use crate::audited::{Audited, Edited, Ruled, Thought};
use crate::crypto::Sealer;
use crate::files::blob;
use crate::meeting::Convened;
use crate::profile::Written;
use crate::question::Posed;
use crate::{App, Caller, Error};
use ronghe_domain::account::rules::Reach;
use ronghe_domain::attachment::Attached;
use ronghe_domain::audit::{Fault, Subject, Walk, salted};
use ronghe_domain::message::reminder::standard;
use ronghe_domain::need_list::ChangeKind;
use ronghe_domain::need_list::document::hash;
use ronghe_domain::policy::rules::Scope;
use ronghe_store::audit::{Lying, Stored, after, read_head};
use ronghe_store::{self as store, Transaction};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many events are read at once while the chain is walked.
const STEP: u64 = 500;

/// A record, by its kind and id.
type Key = (Subject, String);

/// The last event that says how a record stands.
struct Last {
    seq: i64,
    after: String,
    salt: String,
}

/// What a walk over the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub events: i64,
    pub head: String,
    pub faults: Vec<Fault>,
}

/// Walks the whole chain: sequence, hashes, time, the words beside the events, the head, and each record
/// against the last event that says how it stands. One that runs is waited for.
///
/// # Errors
/// `Hidden` for those who do not watch.
pub async fn verify(app: &App, caller: &Caller) -> Result<Checked, Error> {
    watches(caller)?;
    whole(app).await
}

pub(super) async fn whole(app: &App) -> Result<Checked, Error> {
    let _alone = app.inner.verifying.lock().await;
    // Events and rows of one moment: commands go on meanwhile.
    let snapshot = app.db().snapshot().await?;
    let db = &snapshot;
    let (mut checked, last_of) = links(db).await?;
    let mut files = store::attachment::all(db).await?;
    let sealer = app.sealer();
    files.extend(store::application::file::all(db, &sealer, true).await?);
    checked.faults.extend(strayed(db, &sealer, last_of, &mut files).await?);
    // What was submitted names its files, whatever became of their rows.
    let files: BTreeMap<String, String> = files.into_iter().map(|file| (file.hash, file.name)).collect();
    // The seal binds those who watch, too. What somebody else names as well is named by theirs.
    let mut sealed = store::application::file::all(db, &sealer, false).await?;
    sealed.retain(|file| !files.contains_key(&file.hash));
    for (hash, name) in files {
        if !blob::holds(app, &hash).await {
            checked.faults.push(Fault::File { name, hash });
        }
    }
    for file in sealed {
        if !blob::holds(app, &file.hash).await {
            checked.faults.push(Fault::SealedFile { id: file.id });
        }
    }
    Ok(checked)
}

/// Walks the chain alone: of a database with an older schema no record can be read.
///
/// # Errors
/// `Hidden` for those who do not watch.
pub async fn walk(app: &App, caller: &Caller) -> Result<Checked, Error> {
    watches(caller)?;
    let snapshot = app.db().snapshot().await?;
    Ok(links(&snapshot).await?.0)
}

/// The chain from its first event to its head, and the last event that says how each record stands.
async fn links(db: &Transaction) -> Result<(Checked, BTreeMap<Key, Last>), Error> {
    let mut walk = Walk::default();
    let mut seq = 0;
    let mut last_of: BTreeMap<Key, Last> = BTreeMap::new();
    loop {
        let events = after(db, seq, STEP).await?;
        let Some(last) = events.last() else { break };
        seq = last.seq;
        for lying in &events {
            match &lying.stored {
                Some(stored) => {
                    step(&mut walk, stored, lying);
                    remember(&mut last_of, stored);
                }
                None => walk.pass(lying.seq, &lying.hash),
            }
        }
    }
    let head = read_head(db).await?;
    walk.finish(head.seq, &head.hash);
    Ok((Checked { events: head.seq, head: head.hash, faults: walk.faults }, last_of))
}

/// One event: its place, its hash, its time, its columns, the words beside it.
fn step(walk: &mut Walk, stored: &Stored, lying: &Lying) {
    let seq = stored.event.seq;
    walk.step(&stored.event, &stored.hash);
    if !lying.agrees && !walk.faults.contains(&Fault::Altered { seq }) {
        walk.faults.push(Fault::Altered { seq });
    }
    if !detail_holds(stored) {
        walk.faults.push(Fault::Detail { seq });
    }
}

/// Whether the words beside an event are those that were hashed; erased words are no fault.
fn detail_holds(stored: &Stored) -> bool {
    let Some(detail) = &stored.detail else { return true };
    let read = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => serde_json::from_str::<Value>(text).map(Some),
    };
    let (Ok(before), Ok(after)) = (read(&detail.before), read(&detail.after)) else { return false };
    salted(&detail.salt, &(&detail.name, &before, &after)).is_ok_and(|hash| hash == stored.event.detail)
}

fn remember(last_of: &mut BTreeMap<Key, Last>, stored: &Stored) {
    let event = &stored.event;
    if event.after.is_empty() {
        return;
    }
    // Without its salt, which went with erased words, a record can no longer be compared.
    let Some(detail) = &stored.detail else { return };
    let last = Last { seq: event.seq, after: event.after.clone(), salt: detail.salt.clone() };
    last_of.insert((event.subject, event.record.clone()), last);
}

/// Records that do not stand as their last event says, that are gone, or that no event made; adds to `files`
/// those that submitted needs name.
async fn strayed(
    db: &Transaction,
    sealer: &Sealer,
    mut last_of: BTreeMap<Key, Last>,
    files: &mut Vec<Attached>,
) -> Result<Vec<Fault>, Error> {
    let directory = store::org::directory(db, sealer).await?;
    let everyone = store::account::Filter { limit: u64::from(u32::MAX), ..Default::default() };
    let (accounts, _) = store::account::list(db, Reach::All, None, &everyone).await?;
    let policies = store::policy::list(db, Scope::All).await?;
    let cycles = store::cycle::list(db, store::cycle::Scope::All).await?;
    let mut rows: Vec<(Key, Value)> = Vec::new();
    rows.extend(directory.orgs.iter().map(row));
    rows.extend(directory.groups.iter().map(row));
    rows.extend(accounts.iter().map(row));
    rows.extend(policies.iter().map(row));
    rows.extend(cycles.iter().map(row));
    submitted(db, sealer, &mut rows, files).await?;
    opened(db, sealer, &mut rows, files).await?;
    rows.extend(store::account::request::all(db).await?.iter().map(row));
    let verdicts = store::need::verdict::all(db).await?;
    rows.extend(verdicts.iter().map(|verdict| row(&Ruled { verdict, number: "" })));
    let opinions = store::need::opinion::all(db).await?;
    rows.extend(opinions.iter().map(|opinion| row(&Thought { opinion, number: "" })));
    let questions = store::question::all(db).await?;
    rows.extend(questions.iter().map(|question| row(&Posed { question, name: "" })));
    let profiles = store::profile::all(db).await?;
    rows.extend(profiles.iter().map(|profile| row(&Written { profile, university: "" })));
    let meetings = store::meeting::all(db).await?;
    rows.extend(meetings.iter().map(|meeting| row(&Convened { meeting, name: "" })));
    let voiced = store::application::opinion::all(db).await?;
    rows.extend(voiced.iter().map(|opinion| row(&Voiced { opinion, name: "" })));
    lists(db, &mut rows).await?;
    kept(db, &mut rows).await?;
    leaving(db, sealer, &mut rows, files).await?;
    let mut faults = Vec::new();
    for ((subject, record), stands) in rows {
        let last = last_of.remove(&(subject, record.clone()));
        let holds = match &last {
            Some(last) => salted(&last.salt, &stands)? == last.after,
            None => false,
        };
        if !holds {
            faults.push(Fault::Record { seq: last.map_or(0, |last| last.seq), subject, record });
        }
    }
    let gone = last_of.into_iter();
    faults.extend(gone.map(|((subject, record), last)| Fault::Record { seq: last.seq, subject, record }));
    Ok(faults)
}

/// What the lead office keeps: rows of reminders, the words of mails. A row that nobody has changed has no event: it
/// must be one of those that came with the schema.
async fn kept(db: &Transaction, rows: &mut Vec<(Key, Value)>) -> Result<(), Error> {
    let standard = standard();
    let reminders = store::message::reminder::all(db).await?;
    rows.extend(reminders.iter().filter(|it| !standard.contains(it)).map(row));
    rows.extend(store::message::template::all(db).await?.iter().map(row));
    Ok(())
}

/// Need lists: what is proposed is what was hashed, and needs have the numbers that published ones give them.
async fn lists(db: &Transaction, rows: &mut Vec<(Key, Value)>) -> Result<(), Error> {
    let mut found = store::need_list::all(db).await?;
    found.sort_by_key(|it| (it.list.cycle, it.list.no));
    let mut numbers = BTreeMap::new();
    for it in found.iter().filter(|it| it.list.published.is_some()) {
        for change in it.list.changes.iter().filter(|change| change.kind == ChangeKind::Removed) {
            numbers.remove(&change.need);
        }
        numbers.extend(it.list.entries.iter().map(|entry| (entry.need, (it.list.cycle, entry.seq))));
    }
    let given = store::need_list::all_listings(db).await?;
    let standing = given.into_iter().filter(|it| it.until.is_none());
    let agrees = numbers == standing.map(|it| (it.need, (it.cycle, it.seq))).collect();
    rows.extend(found.iter().map(|it| {
        let (key, stands) = row(&Edited { list: &it.list, cycle: "" });
        let hashed = it.document.as_deref().map(hash);
        let proposed = it.list.proposal.as_ref().map(|proposal| proposal.hash.clone());
        let holds = hashed == proposed && (agrees || it.list.published.is_none());
        (key, if holds { stands } else { Value::Null })
    }));
    Ok(())
}

/// What passes out of organisations: chains, rounds but for those under seal, orders, summaries, sealed scans.
async fn leaving(
    db: &Transaction,
    sealer: &Sealer,
    rows: &mut Vec<(Key, Value)>,
    files: &mut Vec<Attached>,
) -> Result<(), Error> {
    rows.extend(store::sign_off::chains(db).await?.iter().map(row));
    let rounds = store::sign_off::all_rounds(db, sealer).await?;
    rows.extend(rounds.iter().filter(|round| !round.sealed).map(row));
    rows.extend(store::need::district::ranking::all(db).await?.iter().map(row));
    rows.extend(store::need::district::summary::all(db).await?.iter().map(row));
    rows.extend(store::seal::sheets(db).await?.iter().map(row));
    let seals = store::seal::all(db).await?;
    rows.extend(seals.iter().map(row));
    files.extend(seals.into_iter().map(|seal| seal.file));
    Ok(())
}

/// Needs that were submitted: drafts stand outside the chain.
async fn submitted(
    db: &Transaction,
    sealer: &Sealer,
    rows: &mut Vec<(Key, Value)>,
    files: &mut Vec<Attached>,
) -> Result<(), Error> {
    let mut last = None;
    loop {
        let needs = store::need::numbered(db, sealer, last, STEP).await?;
        let Some(behind) = needs.last() else { return Ok(()) };
        last = Some(behind.need.id);
        // What lists show must be what was submitted.
        rows.extend(needs.iter().map(|it| {
            let (key, stands) = row(&it.need);
            (key, if it.agrees { stands } else { Value::Null })
        }));
        let contents = needs.into_iter().filter_map(|it| it.need.content);
        files.extend(contents.flat_map(|content| content.attachments));
    }
}

/// Applications whose seals are opened: before that they stand outside the chain.
async fn opened(
    db: &Transaction,
    sealer: &Sealer,
    rows: &mut Vec<(Key, Value)>,
    files: &mut Vec<Attached>,
) -> Result<(), Error> {
    let mut last = None;
    loop {
        let found = store::application::opened(db, sealer, last, STEP).await?;
        let Some(behind) = found.last() else { return Ok(()) };
        last = Some(behind.id);
        rows.extend(found.iter().map(row));
        for content in found.into_iter().filter_map(|it| it.content) {
            files.push(content.sealed_page);
            files.extend(content.attachments);
        }
    }
}

fn row<R: Audited>(record: &R) -> (Key, Value) {
    ((R::SUBJECT, record.record()), record.snapshot())
}
