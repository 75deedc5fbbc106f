//! The chain gone through once more, event by event, by the rules alone: what they come to is what stands in
//! the rows, and everybody was told.

use ronghe_app::{App, Caller, audit};
use ronghe_domain::account::rules::Reach;
use ronghe_domain::account::{Account, State as AccountState};
use ronghe_domain::audit::{Action as Done, Event, Subject, Via};
use ronghe_domain::cycle::rules::{self as cycle_rules, Facts as CycleFacts};
use ronghe_domain::cycle::{
    Action as CycleAction, Content as CycleContent, Cycle, Extension, Move, Phase, Rehearsal, Revision,
};
use ronghe_domain::kernel::{Actor, CycleId, NeedId, OrgId, Version};
use ronghe_domain::message::{Audience, Kind, Topic, of_cycle, of_need};
use ronghe_domain::need::rules::{self, Facts, Scope};
use ronghe_domain::need::{Action, Content, Name, Need, NeedDraft, Return, State};
use ronghe_domain::org::{Directory, OrgKind};
use ronghe_domain::policy::rules::Status;
use ronghe_store::audit::Stored;
use ronghe_store::{self as store, Transaction};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many events are read at once.
const STEP: u64 = 500;

/// A change of a need or a cycle: its name, the version that it made, and what was done.
pub type Step = (String, i64, Done);

/// The changes in the order of the chain.
pub type Steps = Vec<Step>;

/// Checks that nothing is half done: the chain is whole, each of its events follows from the rules and from
/// the event before it, rows stand as the last one says, numbers have no gap, caps are kept, and each event
/// has its messages and each message its event.
pub async fn is_whole(app: &App) -> Steps {
    let watcher = Caller::system(Via::Console, "proof");
    let checked = audit::verify(app, &watcher).await.expect("a walk");
    assert_eq!(checked.faults, [], "the chain does not hold");
    let snapshot = app.db().snapshot().await.expect("a moment");
    let db = &snapshot;
    let directory = store::org::directory(db, &app.sealer()).await.expect("the directory");
    let everyone = store::account::Filter { limit: u64::from(u32::MAX), ..Default::default() };
    let (mut accounts, _) = store::account::list(db, Reach::All, None, &everyone).await.expect("accounts");
    let changed = changed(db).await;
    // Who was told what rests on the roles of that moment: whose changed meanwhile is left out.
    accounts.retain(|account| !changed.contains(&account.id.to_string()));
    let mut world = World { directory, accounts, ..World::default() };
    let mut seq = 0;
    loop {
        let events = store::audit::after(db, seq, STEP).await.expect("events");
        let Some(last) = events.last() else { break };
        seq = last.seq;
        for stored in events.iter().filter_map(|lying| lying.stored.as_ref()) {
            world.step(stored);
        }
    }
    world.rows_stand(app, db).await;
    world.everybody_was_told(db).await;
    world.steps
}

/// Accounts that something was done to after they were made.
async fn changed(db: &Transaction) -> BTreeSet<String> {
    let (mut changed, mut seq) = (BTreeSet::new(), 0);
    loop {
        let events = store::audit::after(db, seq, STEP).await.expect("events");
        let Some(last) = events.last() else { return changed };
        seq = last.seq;
        let of_accounts =
            events.iter().filter_map(|lying| lying.stored.as_ref()).map(|it| &it.event).filter(|event| {
                event.subject == Subject::Account && !event.refused && CHANGES.contains(&event.action)
            });
        changed.extend(of_accounts.map(|event| event.record.clone()));
    }
}

/// What gives an account other rights, or takes it away.
const CHANGES: [Done; 5] = [Done::Grant, Done::Confirm, Done::SetPost, Done::Disable, Done::Enable];

/// What the chain says of a need.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Snapshot {
    state: State,
    unit: OrgId,
    district: Option<OrgId>,
    content: Option<Content>,
    returned: Option<Return>,
    submitted_at: Option<ronghe_domain::kernel::Instant>,
    forwarded_at: Option<ronghe_domain::kernel::Instant>,
}

/// What the chain says of a cycle.
#[derive(Clone, Debug, Deserialize)]
struct CycleSnapshot {
    phase: Phase,
    content: CycleContent,
    moves: Vec<Move>,
    extensions: Vec<Extension>,
    #[serde(default)]
    revisions: Vec<Revision>,
    #[serde(default)]
    rehearsal: Option<Rehearsal>,
}

/// The world as the events so far have made it.
#[derive(Default)]
struct World {
    directory: Directory,
    accounts: Vec<Account>,
    cycles: BTreeMap<String, Cycle>,
    needs: BTreeMap<String, Need>,
    /// How each record stood after its last event.
    stood: BTreeMap<String, (Value, i64)>,
    /// Messages by kind and record.
    told: BTreeMap<(Kind, String), usize>,
    steps: Steps,
}

impl World {
    fn step(&mut self, stored: &Stored) {
        let event = &stored.event;
        // A telephone that was read changes nothing, nor does a reminder.
        let changes = !event.refused && !matches!(event.action, Done::Reveal | Done::Remind);
        if !changes || !matches!(event.subject, Subject::Cycle | Subject::Need) {
            return;
        }
        let detail = stored.detail.as_ref().expect("the words beside it");
        let read = |text: &Option<String>| text.as_deref().map(|text| serde_json::from_str(text).unwrap());
        let before: Option<Value> = read(&detail.before);
        let after: Value = read(&detail.after).expect("how it stands");
        let last = self.stood.insert(event.record.clone(), (after.clone(), event.version));
        let seq = event.seq;
        assert_eq!(last.as_ref().map(|(value, _)| value), before.as_ref(), "event {seq}: a change was lost");
        assert!(last.is_none_or(|(_, version)| version < event.version), "event {seq}: its version is old");
        match event.subject {
            Subject::Cycle => self.cycle(event, serde_json::from_value(after).expect("a cycle")),
            _ => self.need(event, &detail.name, serde_json::from_value(after).expect("a need")),
        }
        self.steps.push((detail.name.clone(), event.version, event.action));
    }

    fn cycle(&mut self, event: &Event, after: CycleSnapshot) {
        let seq = event.seq;
        let CycleSnapshot { phase, content, moves, extensions, revisions, rehearsal } = after;
        let action = match event.action {
            Done::Create => None,
            Done::Change => Some((CycleAction::Change, None)),
            Done::Open => Some((CycleAction::Open, Some(Kind::CycleOpened))),
            Done::Advance => Some((CycleAction::Advance, Some(Kind::PhaseChanged))),
            Done::Back => Some((CycleAction::Back, Some(Kind::PhaseChanged))),
            Done::Extend => Some((CycleAction::Extend, Some(Kind::EndExtended))),
            Done::SetClock => Some((CycleAction::SetClock, None)),
            Done::Finish => Some((CycleAction::Finish, Some(Kind::PhaseChanged))),
            Done::Revise => {
                let part = revisions.last().expect("a revision").was.part();
                // Of a cycle in preparation nobody is told.
                Some((part.action(), (phase != Phase::Preparing).then_some(Kind::CycleRevised)))
            }
            other => panic!("event {seq}: no cycle knows {other:?}"),
        };
        if let Some((action, told)) = action {
            let before = &self.cycles[&event.record];
            let concerned = of_cycle(action, before.phase, phase);
            // No list is published in these histories: 遴选 is where they end.
            let facts = CycleFacts { policy: Some(Status::InForce), listed: false, undecided: 0 };
            let decided = cycle_rules::decide(&actor(event), before, facts, action, event.at);
            assert_eq!(decided, Ok(phase), "event {seq}: {action:?}");
            let (old, new) = (before.content.collecting, content.collecting);
            if action == CycleAction::Extend {
                assert!(old.units_end <= new.units_end && old.districts_end <= new.districts_end, "{seq}");
                assert!(before.content.screening_end() <= content.screening_end(), "event {seq}");
                assert_eq!(extensions.len(), before.extensions.len() + 1, "event {seq}");
            } else if let (Some(part), Some(last)) = (action.part(), revisions.last()) {
                let again = before.revised(content.value(part), &last.reason, last.by, last.at);
                assert_eq!((&again.content, &again.revisions), (&content, &revisions), "event {seq}");
            } else if action != CycleAction::Change {
                assert_eq!(content, before.content, "event {seq}: an opened cycle changed");
            }
            if let Some((kind, concerned)) = told.zip(concerned) {
                let record = before.name();
                self.tell(event, &record, kind, &concerned);
            }
        }
        let id = event.record.parse().map(CycleId).expect("an id");
        let made_by = event.actor.expect("somebody");
        let version = Version(event.version);
        let stands = Cycle { id, phase, content, moves, extensions, revisions, rehearsal, made_by, version };
        self.cycles.insert(event.record.clone(), stands);
    }

    fn need(&mut self, event: &Event, name: &str, after: Snapshot) {
        let seq = event.seq;
        let Some(Name::Number(number)) = Name::parse(name) else {
            panic!("event {seq}: {name} is no number")
        };
        let cycle = self.cycles.values().find(|cycle| cycle.year() == number.year);
        let cycle = cycle.expect("the need's cycle").clone();
        let kind = self.directory.org(after.unit).expect("the need's unit").kind;
        let stands = stands(event, &cycle, number.seq, kind, after);
        let before = match self.needs.get(&event.record) {
            Some(before) => before.clone(),
            None => {
                let given = self.needs.values().filter(|it| it.cycle == cycle.id).count();
                assert_eq!(
                    usize::try_from(number.seq).unwrap(),
                    given + 1,
                    "event {seq}: a number is missing"
                );
                Need {
                    state: State::Draft,
                    seq: None,
                    submitted_at: None,
                    forwarded_at: None,
                    ..stands.clone()
                }
            }
        };
        if carried_along(event, &before, &stands) {
            assert_eq!(stands.state, before.state, "event {seq}: it only went along with its cycle");
        } else {
            let (who, action) = step_of(event);
            let facts = self.facts(&before, &cycle);
            let decided = rules::decide(&who, &before, &facts, action, event.at);
            assert_eq!(decided, Ok(stands.state), "event {seq}: {action:?} on {name}");
            if !matches!(action, Action::Screen | Action::Unscreen) {
                for (kind, audience) in of_need(before.state, &stands) {
                    self.tell(event, name, kind, &audience);
                }
            }
        }
        self.needs.insert(event.record.clone(), stands.clone());
        self.caps_hold(seq, &stands, &cycle);
    }

    fn facts(&self, need: &Need, cycle: &Cycle) -> Facts {
        let full = |most: u32, count: usize| (count >= usize::try_from(most).unwrap()).then_some(most);
        let mut facts = Facts::of(cycle);
        if let (State::Draft, Some(most), false) =
            (need.state, cycle.content.most_per_school, need.is_of_district())
        {
            facts.school_full = full(most, self.under_way(need, |other| other.unit == need.unit));
        }
        if let (State::Draft | State::Submitted, Some(most), Some(district)) =
            (need.state, cycle.content.most_per_district, district_of(need))
        {
            facts.district_full = full(most, self.under_way(need, |other| arrived_from(other, district)));
        }
        facts
    }

    /// Needs of the same cycle that are under way, but this one.
    fn under_way(&self, need: &Need, like: impl Fn(&Need) -> bool) -> usize {
        let others = self.needs.values().filter(|other| other.cycle == need.cycle && other.id != need.id);
        others.filter(|other| other.state.is_under_way() && like(other)).count()
    }

    fn caps_hold(&self, seq: i64, need: &Need, cycle: &Cycle) {
        let all = |like: &dyn Fn(&Need) -> bool| {
            let own = self.needs.values().filter(|other| other.cycle == cycle.id);
            own.filter(|other| other.state.is_under_way() && like(other)).count()
        };
        let kept =
            |most: Option<u32>, count: usize| most.is_none_or(|most| count <= usize::try_from(most).unwrap());
        if !need.is_of_district() {
            let count = all(&|other| other.unit == need.unit);
            assert!(kept(cycle.content.most_per_school, count), "event {seq}: a school has {count}");
        }
        if let Some(district) = district_of(need) {
            let count = all(&|other| arrived_from(other, district));
            assert!(kept(cycle.content.most_per_district, count), "event {seq}: a district has {count}");
        }
    }

    fn tell(&mut self, event: &Event, record: &str, kind: Kind, audience: &Audience) {
        let is_meant = |account: &Account| match audience {
            Audience::Roles { org, roles } => {
                org.is_none_or(|org| account.org == org)
                    && roles.iter().any(|role| account.roles.contains(role))
            }
            Audience::Person(id) => account.id == *id,
        };
        let concerned = self.accounts.iter().filter(|account| {
            account.state == AccountState::Active && is_meant(account) && Some(account.id) != event.actor
        });
        *self.told.entry((kind, record.to_owned())).or_default() += concerned.count();
    }

    async fn rows_stand(&self, app: &App, db: &Transaction) {
        let filter = store::need::Filter { limit: u64::from(u32::MAX), ..Default::default() };
        let (rows, _) = store::need::list(db, &[Scope::All], &filter).await.expect("every need");
        let numbered = rows.iter().filter(|row| row.seq.is_some());
        assert_eq!(numbered.clone().count(), self.needs.len(), "as many needs as the chain made");
        for row in numbered {
            let row = &store::need::get(db, &app.sealer(), &[Scope::All], row.name()).await.expect("a need");
            let stands = &self.needs[&row.id.to_string()];
            let of = |need: &Need| {
                let need = need.clone();
                (need.state, need.seq, need.returned, need.submitted_at, need.forwarded_at)
            };
            assert_eq!(of(row), of(stands), "{}", row.name());
        }
    }

    async fn everybody_was_told(&self, db: &Transaction) {
        let mut found: BTreeMap<(Kind, String), usize> = BTreeMap::new();
        for account in &self.accounts {
            let all = u64::from(u32::MAX);
            let (messages, _) = store::message::list(db, account.id, None, all).await.expect("messages");
            // What is told of sign-off, summaries and filing leaves no event of a need or a cycle.
            let beside = |kind: Kind| matches!(kind.topic(), Topic::SignOff | Topic::Summary | Topic::Filing);
            for message in messages.into_iter().filter(|message| !beside(message.kind)) {
                *found.entry((message.kind, message.record)).or_default() += 1;
            }
        }
        let told: BTreeMap<_, _> = self.told.iter().filter(|(_, count)| **count > 0).collect();
        assert_eq!(found.iter().collect::<BTreeMap<_, _>>(), told, "messages and events go together");
    }
}

/// The need as an event leaves it.
fn stands(event: &Event, cycle: &Cycle, number: u32, unit_kind: OrgKind, after: Snapshot) -> Need {
    Need {
        id: event.record.parse().map(NeedId).expect("an id"),
        cycle: cycle.id,
        year: cycle.year(),
        seq: Some(number),
        unit: after.unit,
        district: after.district,
        unit_kind,
        state: after.state,
        draft: NeedDraft::default(),
        content: after.content,
        returned: after.returned,
        author: event.actor.expect("somebody"),
        changed_at: event.at,
        submitted_at: after.submitted_at,
        forwarded_at: after.forwarded_at,
        carried_from: None,
        version: Version(event.version),
    }
}

/// A returned need whose end or way back was moved with its cycle: nobody acted on it.
fn carried_along(event: &Event, before: &Need, after: &Need) -> bool {
    match event.action {
        Done::Extend => true,
        Done::Screen | Done::Unscreen => before.state.is_returned() && before.returned != after.returned,
        _ => false,
    }
}

/// Who did what to a need; phases move needs by the system.
fn step_of(event: &Event) -> (Actor, Action) {
    match event.action {
        Done::Submit => (actor(event), Action::Submit),
        Done::Forward => (actor(event), Action::Forward),
        Done::Return => (actor(event), Action::Return),
        Done::Withdraw => (actor(event), Action::Withdraw),
        Done::Screen => (Actor::System, Action::Screen),
        Done::Unscreen => (Actor::System, Action::Unscreen),
        other => panic!("event {}: no need knows {other:?}", event.seq),
    }
}

fn actor(event: &Event) -> Actor {
    match (event.actor, event.org) {
        (Some(account), Some(org)) => Actor::person(account, org, event.roles.iter().copied()),
        _ => Actor::System,
    }
}

/// The district under whose cap a need comes.
fn district_of(need: &Need) -> Option<OrgId> {
    if need.is_of_district() { Some(need.unit) } else { need.district }
}

fn arrived_from(need: &Need, district: OrgId) -> bool {
    need.forwarded_at.is_some() && (need.district == Some(district) || need.unit == district)
}
