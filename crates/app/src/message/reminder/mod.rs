//! Reminding people, a day at a time: the rows that the lead office keeps, followed by the system.
//!
//! That somebody was reminded leaves no event: there is none that would not count drafts and what lies sealed.

mod open;

use super::{Person, Telling, telling};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use jiff::ToSpan;
use open::{Open, open};
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::{Clock, CycleYear};
use ronghe_domain::kernel::{Date, Role};
use ronghe_domain::message::reminder::{Content, Event, Reminder, today};
use ronghe_store as store;
use ronghe_store::message::reminder::Sent;
use std::collections::BTreeSet;

/// A server that was away longer does not remind of the days before.
const DAYS_BACK: i64 = 3;
/// The clock of all that is no rehearsal.
const SERVER: &str = "server";

/// A clock that days are looked at by: the server's, or that of one rehearsal.
#[derive(Clone, Debug)]
struct Looking {
    rehearsal: Option<CycleYear>,
    clock: Clock,
}

impl Looking {
    fn name(&self) -> String {
        self.rehearsal.map_or_else(|| SERVER.to_owned(), |year| year.to_string())
    }

    /// Whether what belongs to `cycle` is reminded of by this clock.
    fn is_of(&self, cycle: Option<CycleYear>) -> bool {
        match self.rehearsal {
            Some(_) => cycle == self.rehearsal,
            None => cycle.is_none_or(|cycle| !cycle.is_rehearsal()),
        }
    }
}

/// Reminds whom today's rows reach, once a day by each clock; says how many messages. Asked again and again.
///
/// # Errors
/// Where the database does not answer; what was not sent then is sent the next time.
pub async fn remind_due(app: &App) -> Result<usize, Error> {
    let register = app.register().await?;
    let rehearsals = register.cycles.iter().filter(|cycle| cycle.rehearsal.is_some());
    let rehearsals = rehearsals.map(|cycle| Looking { rehearsal: Some(cycle.year()), clock: cycle.clock() });
    let server = Looking { rehearsal: None, clock: Clock::default() };
    let mut sent = 0;
    for looking in std::iter::once(server).chain(rehearsals) {
        sent += look(app, &looking).await?;
    }
    Ok(sent)
}

/// Looks at the day that this clock shows, where nobody has yet.
async fn look(app: &App, looking: &Looking) -> Result<usize, Error> {
    let now = looking.clock.at(app.now());
    let Some(today) = today(now) else { return Ok(0) };
    let last = store::message::reminder::last_day(app.db().reader(), &looking.name()).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(0);
    }
    let days = (looked_until(last, today), today);
    let rows = store::message::reminder::all(app.db().reader()).await?;
    let due = due(app, looking, &rows, days).await?;
    let system = Caller::system(Via::System, "reminders");
    let done = app
        .write_much(&system, |tx: Tx| {
            let (due, looking, system) = (due.clone(), looking.clone(), system.clone());
            async move {
                store::message::reminder::look(tx.db(), &looking.name(), days.1, tx.now()).await?;
                tell_due(app, &tx, &system, due, days.0).await
            }
        })
        .await;
    match done {
        // Another process has looked at the day.
        Err(Error::Conflict(_)) => Ok(0),
        done => done,
    }
}

/// The day until which everything was looked at: the last one, or so many days ago; yesterday where none was ever.
fn looked_until(last: Option<Date>, today: Date) -> Date {
    let back = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
    last.map_or_else(|| back(1), |last| last.max(back(DAYS_BACK)))
}

/// Somebody who is to be reminded, by which row, of what.
#[derive(Clone, Debug)]
struct Due {
    row: Reminder,
    day: Date,
    person: Person,
    open: Open,
}

/// Whom rows reach on these days.
async fn due(app: &App, looking: &Looking, rows: &[Reminder], days: (Date, Date)) -> Result<Vec<Due>, Error> {
    let now = looking.clock.at(app.now());
    let active: Vec<&Reminder> = rows.iter().filter(|row| row.content.active).collect();
    let roles: BTreeSet<Role> = active.iter().flat_map(|row| row.content.event.roles()).copied().collect();
    let events: BTreeSet<Event> = active.iter().map(|row| row.content.event).collect();
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let roles: Vec<Role> = roles.into_iter().collect();
    let mut all = Vec::new();
    for person in store::message::choice::active(app.db().reader(), &roles, None).await? {
        let found = open(app, &person.0, &events).await?;
        for one in found.into_iter().filter(|one| looking.is_of(one.cycle)) {
            let own = |content: &Content| content.event == one.event && content.is_for(one.cycle);
            // Two rows that fall on one day say it once.
            let falls = active
                .iter()
                .filter(|row| own(&row.content))
                .find_map(|row| row.content.falls(one.anchor, days, now).map(|day| ((*row).clone(), day)));
            all.extend(falls.map(|(row, day)| Due { row, day, person: person.clone(), open: one }));
        }
    }
    Ok(all)
}

/// Tells those who were not told of the same by the same row for the same day.
async fn tell_due(app: &App, tx: &Tx, system: &Caller, due: Vec<Due>, since: Date) -> Result<usize, Error> {
    let before: BTreeSet<Sent> =
        store::message::reminder::sent_since(tx.db(), since).await?.into_iter().collect();
    let (mut sent, mut messages, mut mails) = (BTreeSet::new(), Vec::new(), Vec::new());
    for Due { row, day, person: (account, choice), open } in due {
        let one = Sent { reminder: row.id, record: open.record.clone(), account: account.id, day };
        if before.contains(&one) || !sent.insert(one) {
            continue;
        }
        let Open { cycle, record, sealed: quiet, .. } = open;
        let about = Telling { cycle, record, audiences: Vec::new(), quiet };
        let (message, mail) = telling(app, tx, system, &account, open.event.kind(), &about);
        messages.push(message);
        mails.extend(mail.filter(|_| choice.takes(open.event.kind())));
    }
    let sent: Vec<Sent> = sent.into_iter().collect();
    store::message::reminder::note(tx.db(), &sent).await?;
    store::message::insert(tx.db(), &messages).await?;
    store::message::mail::insert(tx.db(), &mails).await?;
    Ok(messages.len())
}
