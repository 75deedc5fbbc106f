//! Meetings on needs of the published list: entered, called off, read by everybody, given to calendars.

mod act;
mod audited;

use crate::need::seen;
use crate::need_list::beside::known;
use crate::{App, Caller, Error};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Instant, Offer};
use ronghe_domain::meeting::ics::{self, Event};
use ronghe_domain::meeting::rules::{self, Facts};
use ronghe_domain::meeting::{Action, Content, Meeting, Name, Refusal, State};
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_domain::need::{Name as NeedName, Need};
use ronghe_store as store;
use std::sync::Arc;

pub use act::{add, call_off};
pub(crate) use audited::Convened;

/// A meeting with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub meeting: Meeting,
    pub name: Name,
    pub cycle: Arc<Cycle>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// The title of its need.
    pub title: String,
}

/// The meetings on one need.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub cycle: Arc<Cycle>,
    /// In the order of their time.
    pub meetings: Vec<Shown>,
    /// Whether the caller can enter one, and why not.
    pub adding: Result<(), Refusal>,
}

/// A meeting as everybody may read it, signed in or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    pub no: u32,
    pub content: Content,
    /// Why it was called off.
    pub called_off: Option<String>,
    /// What a calendar takes.
    pub ics: String,
}

/// The meetings on the need that is called so, for everybody: whoever calls knows that it stands on a list.
///
/// # Errors
/// Where there is none.
pub async fn published(app: &App, need: &str) -> Result<Vec<Public>, Error> {
    let name = NeedName::parse(need).ok_or(Error::Hidden)?;
    let db = app.db().reader();
    let need = store::need::get(db, &app.sealer(), &[NeedScope::Listed], name).await?;
    let meetings = store::meeting::of(db, need.id).await?;
    let public = |it: &Meeting| Public {
        no: it.no,
        content: it.content.clone(),
        called_off: it.called_off.as_ref().map(|off| off.reason.clone()),
        ics: calendar(it, need.title()),
    };
    Ok(meetings.iter().map(public).collect())
}

/// What a calendar takes of a meeting on the need of this title.
#[must_use]
pub fn calendar(meeting: &Meeting, title: &str) -> String {
    let content = &meeting.content;
    let off = meeting.called_off.as_ref();
    let reason = off.map(|off| format!("已取消：{}", off.reason));
    let said = [reason.as_deref(), Some(content.audience.as_str()), Some(content.remark.as_str())];
    let said: Vec<&str> = said.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    ics::text(&Event {
        uid: meeting.id.to_string(),
        sequence: u32::try_from(meeting.version.0 - 1).unwrap_or_default(),
        stamp: off.map_or(meeting.entered_at, |off| off.at),
        start: content.start,
        end: content.finish,
        summary: format!("对接会：{title}"),
        location: content.place.clone(),
        description: said.join("\n"),
        link: content.link.clone(),
        cancelled: meeting.state() == State::CalledOff,
    })
}

/// The meetings on a need that the caller sees, and whether they can enter one.
///
/// # Errors
/// `Hidden` where they do not see the need.
pub async fn of_need(app: &App, caller: &Caller, need: &str) -> Result<Calendar, Error> {
    let need = seen(app, caller, NeedName::parse(need).ok_or(Error::Hidden)?).await?;
    let register = app.register().await?;
    let db = app.db().reader();
    let (cycle, facts) = known(db, &register, &need).await?;
    let meetings = store::meeting::of(db, need.id).await?;
    let adding = rules::may_add(&caller.actor, &facts, standing(&meetings), app.now()).map(|_| ());
    let now = app.now();
    let meetings = meetings.into_iter().filter_map(|it| shown(caller, &need, &cycle, &facts, it, now));
    Ok(Calendar { meetings: meetings.collect(), adding, cycle })
}

/// One meeting on a need that the caller sees.
///
/// # Errors
/// `Hidden` where they do not see the need, or it has no such meeting.
pub async fn show(app: &App, caller: &Caller, name: &str) -> Result<Shown, Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = seen(app, caller, NeedName::Number(name.need)).await?;
    let register = app.register().await?;
    let db = app.db().reader();
    let (cycle, facts) = known(db, &register, &need).await?;
    let found = store::meeting::of(db, need.id).await?.into_iter().find(|it| it.no == name.no);
    shown(caller, &need, &cycle, &facts, found.ok_or(Error::Hidden)?, app.now()).ok_or(Error::Hidden)
}

/// How many stand: what was called off makes room.
fn standing(meetings: &[Meeting]) -> usize {
    meetings.iter().filter(|it| it.state() == State::Planned).count()
}

/// A meeting on `need` with what the caller can do with it; nothing of a need without a number has any.
fn shown(
    caller: &Caller,
    need: &Need,
    cycle: &Arc<Cycle>,
    facts: &Facts,
    meeting: Meeting,
    now: Instant,
) -> Option<Shown> {
    let NeedName::Number(number) = need.name() else { return None };
    let offers = rules::offers(&caller.actor, (meeting.state(), meeting.content.start), facts, now);
    let name = Name { need: number, no: meeting.no };
    Some(Shown { meeting, name, cycle: Arc::clone(cycle), offers, title: need.title().to_owned() })
}
