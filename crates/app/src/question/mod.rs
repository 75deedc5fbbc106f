//! Questions and answers on needs of the published list.
//!
//! Asking is a command whose event says nothing of its caller, and whose refusals leave none: the chain would tell the
//! auditors which university is interested. Whom its unit is told of comes from nobody, for the same reason.

mod act;
mod audited;

use crate::need::seen;
use crate::need_list::beside::known;
use crate::{App, Caller, Error};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Date, Instant, NeedId, Offer, OrgId, day_in_shanghai};
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_domain::need::{Name as NeedName, Need, Row as NeedRow};
use ronghe_domain::question::rules::{self, Facts, is_own};
use ronghe_domain::question::{Action, Answer, Ground, Name, Question, Refusal, State};
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use act::{Act, act, ask};
pub(crate) use audited::Posed;

/// A question with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub question: Question,
    pub name: Name,
    pub cycle: Arc<Cycle>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// The title of its need.
    pub title: String,
}

/// The questions on one need.
#[derive(Clone, Debug)]
pub struct Thread {
    pub cycle: Arc<Cycle>,
    /// In the order in which they were asked.
    pub questions: Vec<Shown>,
    /// Until when questions may be asked.
    pub asking_ends: Option<Instant>,
    /// Whether the caller can ask, and why not.
    pub asking: Result<(), Refusal>,
}

/// A question as everybody may read it, signed in or not: nothing of who asked is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    pub no: u32,
    pub state: State,
    pub asked_on: Date,
    /// Absent where it was taken back.
    pub text: Option<String>,
    /// What was answered, in order: the last one holds.
    pub answers: Vec<Said>,
    /// Why it was taken back, and on which day.
    pub taken_back: Option<(Ground, Date)>,
}

/// An answer as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub org: OrgId,
    pub at: Instant,
}

impl From<&Question> for Public {
    fn from(question: &Question) -> Self {
        let is_open = question.taken_back.is_none();
        let said = |it: &Answer| Said { text: it.text.clone(), org: it.org, at: it.at };
        Self {
            no: question.no,
            state: question.state(),
            asked_on: day_in_shanghai(question.asked_at),
            text: is_open.then(|| question.text.clone()),
            answers: question.answers.iter().filter(|_| is_open).map(said).collect(),
            taken_back: question.taken_back.as_ref().map(|it| (it.ground, day_in_shanghai(it.at))),
        }
    }
}

/// The questions on the need that is called so, for everybody: whoever calls knows that it stands on a list.
///
/// # Errors
/// Where there is none.
pub async fn published(app: &App, need: &str) -> Result<Vec<Public>, Error> {
    let name = NeedName::parse(need).ok_or(Error::Hidden)?;
    let db = app.db().reader();
    let need = store::need::get(db, &app.sealer(), &[NeedScope::Listed], name).await?;
    Ok(store::question::of(db, need.id).await?.iter().map(Public::from).collect())
}

/// The questions on a need that the caller sees, and whether they can ask.
///
/// # Errors
/// `Hidden` where they do not see the need.
pub async fn thread(app: &App, caller: &Caller, need: &str) -> Result<Thread, Error> {
    let need = seen(app, caller, NeedName::parse(need).ok_or(Error::Hidden)?).await?;
    let register = app.register().await?;
    let db = app.db().reader();
    let (cycle, facts) = known(db, &register, &need).await?;
    let questions = store::question::of(db, need.id).await?;
    let waiting = questions.iter().filter(|it| waits(caller, it)).count();
    let asking = rules::may_ask(&caller.actor, &facts, waiting, app.now());
    let questions = questions.into_iter().filter_map(|it| shown(app, caller, &need, &cycle, &facts, it));
    Ok(Thread {
        questions: questions.collect(),
        asking_ends: facts.closes.and_then(rules::asking_ends),
        asking,
        cycle,
    })
}

/// One question on a need that the caller sees.
///
/// # Errors
/// `Hidden` where they do not see the need, or it has no such question.
pub async fn show(app: &App, caller: &Caller, name: &str) -> Result<Shown, Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = seen(app, caller, NeedName::Number(name.need)).await?;
    let register = app.register().await?;
    let db = app.db().reader();
    let (cycle, facts) = known(db, &register, &need).await?;
    let found = store::question::of(db, need.id).await?.into_iter().find(|it| it.no == name.no);
    shown(app, caller, &need, &cycle, &facts, found.ok_or(Error::Hidden)?).ok_or(Error::Hidden)
}

/// The questions of `cycle` that wait for an answer of the caller, those that are due first in front, each with its
/// need; only the overdue ones where it is asked so.
///
/// # Errors
/// `Hidden` for who answers none.
pub async fn waiting(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
    overdue: bool,
) -> Result<Vec<(Shown, NeedRow)>, Error> {
    let scope = rules::answers(&caller.actor).ok_or(Error::Hidden)?;
    let db = app.db().reader();
    let due_by = overdue.then(|| cycle.now(app.now()));
    let found = store::question::waiting(db, scope, cycle.id, due_by).await?;
    let ids: BTreeSet<NeedId> = found.iter().map(|it| it.need).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = store::need::rows(db, &[NeedScope::All], ids).await?;
    let rows: BTreeMap<NeedId, NeedRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let cycle = Arc::new(cycle.clone());
    let pair = |question: Question| {
        let row = rows.get(&question.need)?.clone();
        let NeedName::Number(need) = row.name() else { return None };
        let facts = Facts::of(&cycle, row.standing.unit, row.standing.state.is_on_list());
        let offers = rules::offers(&caller.actor, question.state(), &facts, app.now());
        let name = Name { need, no: question.no };
        let (cycle, title) = (Arc::clone(&cycle), row.title.clone());
        Some((Shown { question, name, cycle, offers, title }, row))
    };
    Ok(found.into_iter().filter_map(pair).collect())
}

/// It is of the caller's university, and nobody has answered it.
fn waits(caller: &Caller, question: &Question) -> bool {
    is_own(&caller.actor, question) && question.state() == State::Open
}

/// A question on `need` with what the caller can do with it; nothing of a need without a number has any.
fn shown(
    app: &App,
    caller: &Caller,
    need: &Need,
    cycle: &Arc<Cycle>,
    facts: &Facts,
    question: Question,
) -> Option<Shown> {
    let NeedName::Number(number) = need.name() else { return None };
    let offers = rules::offers(&caller.actor, question.state(), facts, app.now());
    let name = Name { need: number, no: question.no };
    Some(Shown { question, name, cycle: Arc::clone(cycle), offers, title: need.title().to_owned() })
}
