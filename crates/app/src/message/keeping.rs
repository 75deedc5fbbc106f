//! What the lead office keeps for everybody: the rows by which people are reminded, the words of mails, and how much
//! mail of its kinds there is.

use crate::audited::Audited;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope;
use ronghe_domain::audit::{self, Subject};
use ronghe_domain::kernel::{ReminderId, Version};
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::State;
use ronghe_domain::message::office::{may_keep, visible};
use ronghe_domain::message::reminder::{Reminder, ReminderDraft};
use ronghe_domain::message::template::{Language, Template, Words, is_counted, is_kept};
use ronghe_store as store;
use serde_json::{Value, json};

/// The rows by which people are reminded, and whether the caller changes them.
///
/// # Errors
/// `Hidden` for who neither keeps nor watches them.
pub async fn reminders(app: &App, caller: &Caller) -> Result<(Vec<Reminder>, bool), Error> {
    sees(caller)?;
    let rows = store::message::reminder::all(app.db().reader()).await?;
    Ok((rows, may_keep(&caller.actor).is_ok()))
}

/// Adds a row.
///
/// # Errors
/// Where the caller may not, fields do not hold, or another row says the same.
pub async fn add_reminder(app: &App, caller: &Caller, draft: &ReminderDraft) -> Result<Reminder, Error> {
    sees(caller)?;
    caller.needs(Scope::WriteCycle)?;
    let cycles = names(app).await?;
    app.write(caller, |tx: Tx| {
        let cycles = cycles.clone();
        async move {
            may_keep(&caller.actor).map_err(Error::refused)?;
            let rows = store::message::reminder::lock_all(tx.db()).await?;
            let content = draft.check(&cycles, &rows, None).map_err(Error::Invalid)?;
            let row = Reminder { id: ReminderId(tx.new_id()), content, version: Version::FIRST };
            store::message::reminder::insert(tx.db(), &row).await?;
            tx.created(audit::Action::Create, &row);
            Ok(row)
        }
    })
    .await
}

/// Changes a row.
///
/// # Errors
/// Where the caller may not, fields do not hold, another row says the same, or it was changed since `seen`.
pub async fn set_reminder(
    app: &App,
    caller: &Caller,
    id: ReminderId,
    draft: &ReminderDraft,
    seen: Version,
) -> Result<Reminder, Error> {
    sees(caller)?;
    caller.needs(Scope::WriteCycle)?;
    let cycles = names(app).await?;
    app.write(caller, |tx: Tx| {
        let cycles = cycles.clone();
        async move {
            let rows = store::message::reminder::lock_all(tx.db()).await?;
            let before = rows.iter().find(|row| row.id == id).ok_or(Error::Hidden)?;
            may_keep(&caller.actor).map_err(|refusal| refused(before, audit::Action::Change, refusal))?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            let content = draft.check(&cycles, &rows, Some(id)).map_err(Error::Invalid)?;
            let after = Reminder { id, content, version: before.version.next() };
            store::message::reminder::save(tx.db(), &after, seen).await?;
            tx.changed(audit::Action::Change, before, &after);
            Ok(after)
        }
    })
    .await
}

/// The names of all cycles, those in preparation too.
async fn names(app: &App) -> Result<Vec<ronghe_domain::cycle::CycleYear>, Error> {
    let register = app.register().await?;
    Ok(register.cycles.iter().chain(&register.preparing).map(|cycle| cycle.year()).collect())
}

/// The words of every kind of mail in both languages, and whether the caller changes them.
///
/// # Errors
/// `Hidden` for who neither keeps nor watches them.
pub async fn templates(app: &App, caller: &Caller) -> Result<(Vec<Template>, bool), Error> {
    sees(caller)?;
    let set = store::message::template::all(app.db().reader()).await?;
    let kept = Kind::ALL.into_iter().filter(|kind| is_kept(*kind));
    let each = kept.flat_map(|kind| Language::ALL.map(|language| (kind, language)));
    let all = each.map(|(kind, language)| {
        let found = set.iter().find(|it| (it.kind, it.language) == (kind, language));
        found.cloned().unwrap_or_else(|| Template::none(kind, language))
    });
    Ok((all.collect(), may_keep(&caller.actor).is_ok()))
}

/// Sets the words of a kind of mail in a language, or takes the standard ones again where there are none.
///
/// # Errors
/// Where the caller may not, fields do not hold, or they were set since `seen`.
pub async fn set_template(
    app: &App,
    caller: &Caller,
    (kind, language): (Kind, Language),
    words: Option<&Words>,
    seen: Version,
) -> Result<Template, Error> {
    sees(caller)?;
    caller.needs(Scope::WriteCycle)?;
    if !is_kept(kind) {
        return Err(Error::Hidden);
    }
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| async move {
        let before = store::message::template::of(tx.db(), kind, language).await?;
        let before = before.unwrap_or_else(|| Template::none(kind, language));
        may_keep(&caller.actor).map_err(|refusal| refused(&before, audit::Action::Change, refusal))?;
        if before.version != seen {
            return Err(Error::Stale { current: Some(before.version) });
        }
        let words = words.map(|words| words.check(kind)).transpose().map_err(Error::Invalid)?;
        let after = Template { words, version: before.version.next(), ..before.clone() };
        match store::message::template::add(tx.db(), &after, (account, tx.now())).await {
            // Someone else has set this version meanwhile.
            Err(store::Error::Conflict(_)) => return Err(Error::Stale { current: None }),
            done => done?,
        }
        match after.words {
            Some(_) => tx.changed(audit::Action::Change, &before, &after),
            None => tx.changed(audit::Action::Revert, &before, &after),
        }
        Ok(after)
    })
    .await
}

/// How much mail of each kind stands in each state, of kinds whose number betrays nothing.
///
/// # Errors
/// `Hidden` for who neither keeps nor watches them.
pub async fn mail_counts(app: &App, caller: &Caller) -> Result<Vec<(Kind, State, u64)>, Error> {
    sees(caller)?;
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| is_counted(*kind)).collect();
    let mut counts = store::message::mail::counts(app.db().reader(), &kinds).await?;
    counts.sort_by_key(|(kind, state, _)| (*kind, *state));
    Ok(counts)
}

fn sees(caller: &Caller) -> Result<(), Error> {
    if visible(&caller.actor) { Ok(()) } else { Err(Error::Hidden) }
}

impl Audited for Reminder {
    const SUBJECT: Subject = Subject::Reminder;

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
        json!({ "reminder": self.content })
    }
}

impl Audited for Template {
    const SUBJECT: Subject = Subject::Template;

    /// A kind has one in each language.
    fn record(&self) -> String {
        format!("{}/{}", word(&json!(self.kind)), word(&json!(self.language)))
    }

    fn name(&self) -> String {
        self.record()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        let words = self.words.as_ref();
        json!({ "subject": words.map(|it| &it.subject), "body": words.map(|it| &it.body) })
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
