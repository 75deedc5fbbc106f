//! 待办: what waits for the caller, asked of the rules of each record.

mod checks;
mod list;
mod member;
mod offered;
mod question;
mod requested;
mod signing;

use crate::{App, Caller, Error, Register, application, cycle, need};
use ronghe_domain::account::rules as account_rules;
use ronghe_domain::cycle::{Action as CycleAction, Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{Actor, Instant, NeedId, Role};
use ronghe_domain::message::mail;
use ronghe_domain::need::district::summary::State as Stands;
use ronghe_domain::need::rules::{self, Facts, Turn, turn};
use ronghe_domain::need::{Action as NeedAction, Row, State};
use ronghe_domain::policy::{Action as PolicyAction, State as PolicyState, rules as policy_rules};
use ronghe_domain::task::Kind;
use ronghe_store as store;
use std::collections::BTreeSet;
use uuid::Uuid;

/// One thing to do, or to wait for; several like it are folded into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub kind: Kind,
    /// How many records it stands for.
    pub count: u64,
    /// The record in addresses, where there is one.
    pub record: Option<String>,
    /// Year of the cycle, where it is about needs, applications or what is signed: those of two years are folded apart.
    pub year: Option<String>,
    pub title: String,
    /// Names of those from whom it comes.
    pub from: Vec<String>,
    pub deadline: Option<Instant>,
}

/// Rows of one kind that are looked at; more are folded anyway.
const MOST: u64 = 200;

/// What waits for the caller, and on whom they wait.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    if caller.actor.account().is_none() {
        return Err(Error::Unauthenticated);
    }
    let (mine, others) = crate::sign_off::waiting(app, caller).await?;
    let signing: BTreeSet<Uuid> = mine.iter().chain(&others).map(|round| round.subject.id).collect();
    let rounds: Vec<_> = mine.iter().chain(&others).collect();
    let beyond = signing::beyond(app, caller, &rounds).await?;
    let mut tasks = signing::signatures(&mine, &others, &beyond);
    // A year that is opened leaves the one before it as it stands.
    let running = cycle::opened(app).await?.into_iter().filter(|cycle| cycle.phase != Phase::Closed);
    for opened in running {
        tasks.extend(needs(app, caller, &opened, &signing).await?);
        tasks.extend(applications(app, caller, &opened, &signing).await?);
        tasks.extend(member::sections(app, caller, &opened).await?);
        tasks.extend(question::questions(app, caller, &opened).await?);
        tasks.extend(offered::opinions(app, caller, &opened).await?);
    }
    tasks.extend(opinions(app, caller).await?);
    tasks.extend(list::lists(app, caller).await?);
    tasks.extend(cycles(app, caller).await?);
    tasks.extend(policies(app, caller).await?);
    tasks.extend(accounts(app, caller).await?);
    tasks.extend(requested::requests(app, caller).await?);
    tasks.extend(mails(app, caller).await?);
    let register = app.register().await?;
    tasks.sort_by_key(|task| {
        let due = due(task, &register);
        (due.is_none(), due, task.kind)
    });
    Ok(tasks)
}

/// When it is due by the server's clock: the end of a rehearsal's window is by its own.
fn due(task: &Task, register: &Register) -> Option<Instant> {
    let year = [&task.year, &task.record].into_iter().flatten().find_map(|name| CycleYear::parse(name));
    let mut cycles = register.preparing.iter().chain(&register.cycles);
    let cycle = year.and_then(|year| cycles.find(|cycle| cycle.year() == year));
    let clock = cycle.map(|cycle| cycle.clock()).unwrap_or_default();
    task.deadline.map(|deadline| clock.real(deadline))
}

async fn needs(
    app: &App,
    caller: &Caller,
    current: &Cycle,
    signing: &BTreeSet<Uuid>,
) -> Result<Vec<Task>, Error> {
    let facts = Facts::of(current);
    let register = app.register().await?;
    let name = |need: &Row| register.org(need.standing.unit).map(|org| org.name.clone()).unwrap_or_default();
    let find = async |states: &[State], unit: bool| {
        let filter = need::Filter {
            cycle: Some(current.id),
            states: states.to_vec(),
            unit: caller.actor.org().filter(|_| unit),
            // A return whose day has passed waits for nobody.
            back_at: states.iter().all(|state| state.is_returned()).then(|| facts.now(app.now())),
            limit: MOST,
            ..need::Filter::default()
        };
        let (rows, total) = need::list(app, caller, &filter).await?;
        let total = if total.is_bounded { need::count(app, caller, &filter).await? } else { total.count };
        Ok::<_, Error>((rows, total))
    };
    let now = app.now();
    let year = current.name();
    // All that are not returned do, or none: it is a matter of phase and clock.
    let waits = |need: &Row| turn(need, &facts, now).0 != Turn::Nobody;
    let mut tasks = Vec::new();
    if rules::files(&caller.actor) {
        let own = find(&[State::Draft, State::ReturnedByDistrict, State::Returned], true).await?.0;
        let may = |need: &&Row| can(&caller.actor, need, &facts, NeedAction::Submit, now);
        let open = |need: &&Row| !is_signing(signing, need) && may(need);
        tasks.extend(own.iter().filter(open).map(|need| {
            let deadline = turn(need, &facts, now).1;
            to_write(need, &year, name(need), deadline)
        }));
        let (mut sent, total) = find(&[State::Submitted], true).await?;
        sent.retain(waits);
        tasks.extend(folded(Kind::WithDistrict, &year, &sent, total, None, name));
        let (sent, total) = find(&[State::Forwarded, State::Screening], true).await?;
        tasks.extend(folded(Kind::WithLeadOffice, &year, &sent, total, None, name));
    }
    if rules::of_bureau(&caller.actor) {
        let end = facts.collecting.districts_end;
        let (mut waiting, mut total) = find(&[State::Submitted], false).await?;
        let listed = being_signed(app, caller, current).await?;
        waiting.retain(|need| !listed.contains(&need.id));
        total = total.saturating_sub(u64::try_from(listed.len()).unwrap_or(u64::MAX));
        waiting.retain(|need| can(&caller.actor, need, &facts, NeedAction::Forward, now));
        tasks.extend(folded(Kind::ForwardNeeds, &year, &waiting, total, Some(end), name));
        let (mut back, total) = find(&[State::ReturnedByDistrict], false).await?;
        back.retain(waits);
        let until = back.iter().filter_map(|need| turn(need, &facts, now).1).min();
        tasks.extend(folded(Kind::WithSchools, &year, &back, total, until, name));
    }
    if caller.actor.has(Role::LeadOffice) {
        tasks.extend(with_lead(app, caller, current, find(&[State::Forwarded], false).await?, name).await?);
    }
    Ok(tasks)
}

/// Needs in a version of the district's summary that is being signed: they wait for others.
async fn being_signed(app: &App, caller: &Caller, current: &Cycle) -> Result<BTreeSet<NeedId>, Error> {
    let versions = need::summaries(app, caller, current.id, caller.actor.org()).await?;
    let signing = versions.iter().filter(|version| version.state == Stands::Signing);
    Ok(signing.flat_map(|version| version.leaving().map(|line| line.need)).collect())
}

/// A round of sign-off of the need runs.
fn is_signing(signing: &BTreeSet<Uuid>, need: &Row) -> bool {
    signing.contains(&need.id.0)
}

/// A need of one's own that is to be written, or corrected.
fn to_write(need: &Row, year: &str, from: String, deadline: Option<Instant>) -> Task {
    Task {
        kind: if need.standing.state == State::Draft { Kind::FinishNeed } else { Kind::CorrectNeed },
        count: 1,
        record: Some(need.name().to_string()),
        year: Some(year.to_owned()),
        title: need.title.clone(),
        from: vec![from],
        deadline,
    }
}

/// Needs that have arrived, while they are collected; those without a verdict, while they are screened.
async fn with_lead(
    app: &App,
    caller: &Caller,
    current: &Cycle,
    arrived: (Vec<Row>, u64),
    name: impl Fn(&Row) -> String,
) -> Result<Option<Task>, Error> {
    let content = &current.content;
    let (kind, until, (rows, total)) = match current.phase {
        Phase::CollectingNeeds => (Kind::Arrived, content.collecting.districts_end, arrived),
        Phase::ScreeningNeeds => {
            (Kind::ScreenNeeds, content.screening_end(), undecided(app, caller, current).await?)
        }
        _ => return Ok(None),
    };
    Ok(folded(kind, &current.name(), &rows, total, Some(until), name))
}

/// Needs in 遴选 without a verdict, and how many there are.
async fn undecided(app: &App, caller: &Caller, current: &Cycle) -> Result<(Vec<Row>, u64), Error> {
    let open = need::Filter { decided: Some(false), limit: MOST, ..need::Filter::default() };
    let queue = need::queue(app, caller, current.id, &open).await?;
    Ok((queue.rows.into_iter().map(|(row, _)| row).collect(), queue.open))
}

/// Opinions that the caller's office is asked for; those that are overdue, for who chases them.
async fn opinions(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    use ronghe_domain::need::opinion;
    let mut tasks = Vec::new();
    let screens = cycle::opened(app).await?.into_iter().filter(|cycle| cycle.phase == Phase::ScreeningNeeds);
    for current in screens {
        let chases = opinion::may_chase(&caller.actor, &Facts::of(&current), app.now()).is_ok();
        let which = match opinion::scope(&caller.actor) {
            Some(opinion::Scope::Of(_)) => need::Which::Open,
            Some(opinion::Scope::All) if chases => need::Which::Overdue(current.now(app.now())),
            Some(opinion::Scope::All) | None => continue,
        };
        let found = need::opinions(app, caller, current.id, which, None, MOST).await?;
        let (kind, count) =
            if chases { (Kind::ChaseOpinions, found.overdue) } else { (Kind::GiveOpinions, found.open) };
        let Some((_, first)) = found.rows.first() else { continue };
        let deadline = need::first_due(app, caller, current.id, which).await?;
        let single = count == 1 && !chases;
        tasks.push(Task {
            kind,
            count,
            record: single.then(|| first.name().to_string()),
            year: Some(current.name()),
            title: if single { first.title.clone() } else { String::new() },
            from: Vec::new(),
            deadline,
        });
    }
    Ok(tasks)
}

/// Applications that the caller leads and that can still be submitted; those that wait for the lead office.
async fn applications(
    app: &App,
    caller: &Caller,
    current: &Cycle,
    signing: &BTreeSet<Uuid>,
) -> Result<Vec<Task>, Error> {
    use ronghe_domain::application::State as S;
    use ronghe_domain::application::rules::{Facts as Known, Turn as Whose, turn as whose};
    let is_theirs = caller.actor.has(Role::University);
    if !(is_theirs || caller.actor.has(Role::LeadOffice))
        || !matches!(current.phase, Phase::AcceptingApplications | Phase::Reviewing)
    {
        return Ok(Vec::new());
    }
    if !is_theirs {
        return checks::checks(app, caller, current).await;
    }
    let states = vec![S::Draft, S::ReturnedForCorrection];
    let filter = application::Filter {
        cycle: Some(current.id),
        states,
        sort: application::Sort::Number,
        limit: MOST,
        ..application::Filter::default()
    };
    let (rows, _) = application::list(app, caller, &filter).await?;
    let opened = application::standing(app, current.id).await?.is_some();
    let facts = Known { opened, ..Known::of(current) };
    let is_led = |row: &&ronghe_domain::application::Row| {
        row.leader.is_some() && row.leader == caller.actor.account() && !signing.contains(&row.id.0)
    };
    let led = rows.iter().filter(is_led);
    let open = led.filter_map(|row| {
        let (turn, deadline) = whose(row.state, row.until, &facts, app.now());
        let kind = match row.state {
            S::Draft => Kind::FinishApplication,
            _ => Kind::CorrectApplication,
        };
        (turn == Whose::University).then(|| of_application(kind, current, row, deadline))
    });
    let mut tasks: Vec<Task> = open.collect();
    // What was not corrected in time is for the lead office to decide.
    let late = |row: &&ronghe_domain::application::Row| {
        whose(row.state, row.until, &facts, app.now()).0 == Whose::LeadOffice
    };
    let late: Vec<_> = rows.iter().filter(late).collect();
    tasks.extend(checks::unchecked(app, caller, current, &late).await?);
    Ok(tasks)
}

fn of_application(
    kind: Kind,
    current: &Cycle,
    row: &ronghe_domain::application::Row,
    deadline: Option<Instant>,
) -> Task {
    Task {
        kind,
        count: 1,
        record: Some(row.name().to_string()),
        year: Some(current.name()),
        title: row.title.clone(),
        from: Vec::new(),
        deadline,
    }
}

/// Whether the rules let it pass today; what is still missing in a draft is what the task is about.
fn can(actor: &Actor, need: &Row, facts: &Facts, action: NeedAction, now: Instant) -> bool {
    rules::decide(actor, need, facts, action, now).is_ok()
}

/// Like rows as one: a single one keeps its own name.
fn folded(
    kind: Kind,
    year: &str,
    needs: &[Row],
    total: u64,
    deadline: Option<Instant>,
    name: impl Fn(&Row) -> String,
) -> Option<Task> {
    let first = needs.first()?;
    let single = total == 1;
    let mut from: Vec<String> = Vec::new();
    for need in needs {
        let name = name(need);
        if !from.contains(&name) {
            from.push(name);
        }
    }
    Some(Task {
        kind,
        count: total,
        record: single.then(|| first.name().to_string()),
        year: Some(year.to_owned()),
        title: if single { first.title.clone() } else { String::new() },
        from,
        deadline,
    })
}

async fn cycles(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    let register = app.register().await?;
    let mut tasks = Vec::new();
    for found in cycle::list(app, caller).await? {
        let undecided = cycle::undecided(app, caller, found.id).await?;
        let offers = cycle::offers(app, caller, &found, &register, undecided);
        let open =
            |action: CycleAction| offers.iter().any(|offer| offer.action == action && offer.barred.is_none());
        let ends = found.content.collecting;
        // That a window has closed is when going on begins, not when it is due.
        let kind = if open(CycleAction::Open) {
            Some((Kind::OpenCycle, Some(ends.opens)))
        } else if open(CycleAction::Advance) && is_due(&found, app.now()) {
            Some((Kind::AdvanceCycle, None))
        } else {
            None
        };
        tasks.extend(kind.map(|(kind, deadline)| Task {
            kind,
            count: 1,
            record: Some(found.name()),
            year: None,
            title: found.content.title.clone(),
            from: Vec::new(),
            deadline,
        }));
    }
    Ok(tasks)
}

/// The lead office ends its own phases when it is done; it is asked to once their window has closed.
fn is_due(cycle: &Cycle, now: Instant) -> bool {
    cycle.content.closes(cycle.phase).is_none_or(|closes| closes <= cycle.now(now))
}

async fn policies(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    if policy_rules::may_import(&caller.actor).is_err() {
        return Ok(Vec::new());
    }
    let drafts: Vec<_> = crate::policy::list(app, caller)
        .await?
        .into_iter()
        .filter(|policy| policy.state == PolicyState::Draft)
        .collect();
    let ids: BTreeSet<_> = drafts.iter().map(|policy| policy.imported_by).collect();
    let people = crate::account::named(app, &ids).await?;
    let register = app.register().await?;
    Ok(drafts
        .into_iter()
        .filter_map(|policy| {
            let offers = crate::policy::offers(caller, &policy, &register.directory);
            // Publishing comes first; while it is barred, correcting is what can be done.
            let kind = offers.iter().filter(|offer| offer.barred.is_none()).find_map(|offer| match offer
                .action
            {
                PolicyAction::Publish => Some(Kind::PublishPolicy),
                PolicyAction::Correct => Some(Kind::CheckPolicy),
                PolicyAction::Discard | PolicyAction::Renew | PolicyAction::Supersede => None,
            })?;
            let by = people.iter().find(|account| account.id == policy.imported_by);
            Some(Task {
                kind,
                count: 1,
                record: Some(policy.slug.clone()),
                year: None,
                title: policy.draft.title.as_ref().map(|read| read.value.clone()).unwrap_or_default(),
                from: by.map(|account| account.name.clone()).into_iter().collect(),
                deadline: None,
            })
        })
        .collect())
}

async fn accounts(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    use ronghe_domain::account::Action;
    if !caller.actor.has(Role::SystemAdmin) {
        return Ok(Vec::new());
    }
    let filter = store::account::Filter { pending: true, limit: MOST, ..Default::default() };
    let reach = account_rules::Reach::All;
    let (found, _) = store::account::list(app.db().reader(), reach, None, &filter).await?;
    let ids: BTreeSet<_> =
        found.iter().filter_map(|account| account.pending.as_ref()).map(|it| it.by).collect();
    let people = crate::account::named(app, &ids).await?;
    Ok(found
        .into_iter()
        .filter(|account| account_rules::decide(&caller.actor, account, Action::Confirm).is_ok())
        .map(|account| {
            let by = account.pending.as_ref().and_then(|it| people.iter().find(|person| person.id == it.by));
            Task {
                kind: Kind::ConfirmAccount,
                count: 1,
                record: Some(account.login.clone()),
                year: None,
                title: format!("{} {}", account.name, account.login),
                from: by.map(|person| person.name.clone()).into_iter().collect(),
                deadline: None,
            }
        })
        .collect())
}

async fn mails(app: &App, caller: &Caller) -> Result<Option<Task>, Error> {
    if !mail::visible(&caller.actor) {
        return Ok(None);
    }
    let count = crate::message::count(app, mail::State::Failed).await?;
    Ok((count > 0).then(|| Task {
        kind: Kind::FailedMail,
        count,
        record: None,
        year: None,
        title: String::new(),
        from: Vec::new(),
        deadline: None,
    }))
}
