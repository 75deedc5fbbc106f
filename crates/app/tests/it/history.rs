//! Many at once, at random, on one cycle; afterwards the chain is gone through by the rules alone, and what
//! they come to is what stands in the rows.

use jiff::SignedDuration;
use ronghe_app::cycle::{self, Act as CycleAct};
use ronghe_app::need::{self, Act, Bulk, Filter};
use ronghe_app::{App, Caller, Error};
use ronghe_domain::cycle::draft::ExtensionDraft;
use ronghe_domain::cycle::{Cycle, CycleDraft, End, Phase, PlanDraft};
use ronghe_domain::kernel::window::minute;
use ronghe_domain::kernel::{OrgId, Role, Version, day_in_shanghai};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::{Correction, Field, Need, State};
use ronghe_domain::org::OrgKind;
use ronghe_testkit::proofs::{HISTORY, TASKS, is_whole};
use ronghe_testkit::{TestDb, db_test, need_draft, of_role, person, world};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A cycle of its own, with caps that are reached and ends that come in the middle.
const YEAR: &str = "2027";

/// Everyone who has a hand in it.
struct Cast {
    app: App,
    units: Vec<Caller>,
    bureaus: Vec<Caller>,
    lead: Vec<Caller>,
}

/// Numbers by xorshift: the same seed walks the same way.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.roll(all.len())) }
    }
}

/// What became of commands: carried out, refused by a rule, or too late for somebody else's change.
#[derive(Debug, Default)]
struct Tally {
    done: usize,
    refused: usize,
    stale: usize,
}

impl Tally {
    fn note<T: std::fmt::Debug>(&mut self, done: Result<T, Error>) -> Option<T> {
        match done {
            Ok(value) => {
                self.done += 1;
                return Some(value);
            }
            Err(Error::Refused(_) | Error::Invalid(_) | Error::Hidden) => self.refused += 1,
            Err(Error::Stale { .. }) => self.stale += 1,
            Err(other) => panic!("neither carried out nor refused: {other:?}"),
        }
        None
    }

    fn all(&self) -> usize {
        self.done + self.refused + self.stale
    }
}

async fn cast(test: &TestDb) -> Cast {
    let app = world(test).await;
    let lead = vec![person(&app, "zhangmin").await, person(&app, "liuzhiyuan").await];
    let plan = PlanDraft { phase: Phase::ScreeningNeeds, from: "2026-03-20".into(), to: "2026-04-30".into() };
    let draft = CycleDraft {
        year: YEAR.into(),
        title: "另一年专项".into(),
        policy: "jinan-2023-24".into(),
        budget: "5,000,000".into(),
        opens: "2026-03-09 09:00".into(),
        units_end: "2026-03-11 17:00".into(),
        districts_end: "2026-03-12 17:00".into(),
        plan: vec![plan],
        most_per_school: "3".into(),
        most_per_district: "5".into(),
        ..CycleDraft::default()
    };
    let made = cycle::make(&app, &lead[0], &draft).await.unwrap();
    cycle::act(&app, &lead[0], YEAR, CycleAct::Open, made.version).await.unwrap();

    // Two districts with their schools, and two municipal schools: few enough to get in each other's way.
    let directory = app.register().await.unwrap().directory.clone();
    let mut schools: BTreeMap<Option<OrgId>, Vec<Caller>> = BTreeMap::new();
    let mut units = Vec::new();
    for account in ronghe_testkit::filers(&app).await {
        let org = directory.org(account.org).unwrap();
        let caller = Caller::at_console(account.actor(), "test");
        if org.kind == OrgKind::School {
            schools.entry(org.parent).or_default().push(caller);
        } else if units.len() < 2 {
            units.push(caller);
        }
    }
    let mut districts: Vec<_> = schools.into_iter().collect();
    districts.sort_by_key(|(_, schools)| std::cmp::Reverse(schools.len()));
    districts.truncate(2);
    let above: BTreeSet<_> = districts.iter().filter_map(|(district, _)| *district).collect();
    units.extend(districts.into_iter().flat_map(|(_, schools)| schools));
    let bureaus = of_role(&app, Role::DistrictBureau).await.into_iter();
    let bureaus = bureaus.filter(|account| above.contains(&account.org));
    let bureaus = bureaus.map(|account| Caller::at_console(account.actor(), "test")).collect();
    Cast { app, units, bureaus, lead }
}

impl Cast {
    async fn cycle(&self) -> Arc<Cycle> {
        cycle::show(&self.app, &self.lead[0], YEAR).await.unwrap()
    }

    /// A need in one of `states` that `who` sees.
    async fn some(&self, who: &Caller, states: &[State], dice: &mut Dice) -> Option<Need> {
        let cycle = Some(self.cycle().await.id);
        let filter = Filter { cycle, states: states.to_vec(), limit: 100, ..Filter::default() };
        let (rows, _) = need::list(&self.app, who, &filter).await.unwrap();
        let name = dice.pick(&rows)?.name().to_string();
        // Somebody else may have moved it meanwhile.
        need::show(&self.app, who, &name).await.ok().map(|shown| shown.need)
    }

    async fn act(&self, who: &Caller, need: &Need, act: Act, tally: &mut Tally) -> Option<Need> {
        let name = need.name().to_string();
        let done = need::act(&self.app, who, &name, act, need.version).await;
        tally.note(done.map(|moved| moved.need))
    }

    /// One step of somebody.
    async fn step(&self, dice: &mut Dice, tally: &mut Tally) {
        let unit = dice.pick(&self.units).unwrap();
        let bureau = dice.pick(&self.bureaus).unwrap();
        let lead = dice.pick(&self.lead).unwrap();
        match dice.roll(20) {
            0..4 => {
                let who = if dice.roll(8) == 0 { bureau } else { unit };
                let begun = need::start(&self.app, who, YEAR, &need_draft()).await;
                if let Some(need) = tally.note(begun) {
                    self.act(who, &need, Act::Submit, tally).await;
                }
            }
            4..9 => {
                if let Some(need) = self.some(bureau, &[State::Submitted], dice).await {
                    self.act(bureau, &need, Act::Forward, tally).await;
                }
            }
            9 => self.forward_many(bureau, tally).await,
            10..13 => {
                let who = if dice.roll(2) == 0 { bureau } else { lead };
                let states = [State::Submitted, State::Forwarded, State::Screening];
                if let Some(need) = self.some(who, &states, dice).await {
                    self.act(who, &need, Act::Return(back()), tally).await;
                }
            }
            13..17 => self.correct(unit, dice, tally).await,
            17..19 => {
                let states = [State::Draft, State::Submitted, State::Forwarded, State::Returned];
                if let Some(need) = self.some(unit, &states, dice).await {
                    self.act(unit, &need, Act::Withdraw, tally).await;
                }
            }
            _ => self.extend(lead, dice, tally).await,
        }
    }

    async fn forward_many(&self, bureau: &Caller, tally: &mut Tally) {
        let cycle = Some(self.cycle().await.id);
        let filter = Filter { cycle, states: vec![State::Submitted], limit: 3, ..Filter::default() };
        let (needs, _) = need::list(&self.app, bureau, &filter).await.unwrap();
        let names = needs.iter().map(|need| need.name().to_string()).collect();
        let bulk = Bulk { names, skip_refused: true, ..Bulk::default() };
        tally.note(need::forward(&self.app, bureau, &bulk).await);
    }

    /// Types what a return asks for, and submits again.
    async fn correct(&self, unit: &Caller, dice: &mut Dice, tally: &mut Tally) {
        let returned = [State::ReturnedByDistrict, State::Returned];
        let Some(need) = self.some(unit, &returned, dice).await else { return };
        let mut draft = need.draft.clone();
        draft.goals = format!("{}（{}）", need_draft().goals, dice.roll(1_000_000));
        let name = need.name().to_string();
        if let Some(need) = tally.note(need::save(&self.app, unit, &name, &draft, need.version).await) {
            self.act(unit, &need, Act::Submit, tally).await;
        }
    }

    async fn extend(&self, lead: &Caller, dice: &mut Dice, tally: &mut Tally) {
        let cycle = self.cycle().await;
        let end = *dice.pick(&End::ALL).unwrap();
        let hours = i64::try_from(12 + dice.roll(24)).unwrap();
        let until = self.app.now() + SignedDuration::from_hours(hours);
        let until = match end {
            end if end.is_to_the_minute() => minute(until),
            _ => day_in_shanghai(until).to_string(),
        };
        let act = CycleAct::Extend(ExtensionDraft { end, until, reason: "两区停课".into() });
        tally.note(cycle::act(&self.app, lead, YEAR, act, cycle.version).await);
    }

    /// At least so many commands of every task, all tasks at once; the first one also moves the clock.
    async fn run(self: &std::sync::Arc<Self>, commands: usize, seed: u64) -> Tally {
        let mut running = Vec::new();
        for task in 0..TASKS {
            let cast = std::sync::Arc::clone(self);
            running.push(tokio::spawn(async move {
                let mut dice =
                    Dice((seed + u64::try_from(task).unwrap()).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                let mut tally = Tally::default();
                while tally.all() < commands {
                    if task == 0 {
                        cast.app.clock().set(cast.app.now() + SignedDuration::from_hours(8));
                    }
                    cast.step(&mut dice, &mut tally).await;
                }
                tally
            }));
        }
        let mut sum = Tally::default();
        for task in running {
            let tally = task.await.unwrap();
            sum.done += tally.done;
            sum.refused += tally.refused;
            sum.stale += tally.stale;
        }
        sum
    }

    async fn moves(&self, act: CycleAct) -> Version {
        let cycle = self.cycle().await;
        cycle::act(&self.app, &self.lead[0], YEAR, act, cycle.version).await.unwrap().version
    }
}

fn back() -> ReturnDraft {
    let corrections = vec![Correction { field: Field::Goals, remark: "目标宜可检验".into() }];
    ReturnDraft { corrections, ..ReturnDraft::default() }
}

db_test!(what_the_chain_says_is_what_the_rules_come_to, |test: TestDb| async move {
    let cast = std::sync::Arc::new(cast(&test).await);
    let before = is_whole(&cast.app).await.len();
    let collecting = cast.run(8, 1).await;
    let end = cast.cycle().await.content.collecting.districts_end;
    cast.app.clock().set(end.max(cast.app.now()));
    cast.moves(CycleAct::Advance).await;
    let screening = cast.run(2, 1_000).await;
    cast.moves(CycleAct::Back("补收一个区".into())).await;
    let again = cast.run(2, 2_000).await;
    let end = cast.cycle().await.content.collecting.districts_end;
    cast.app.clock().set(end.max(cast.app.now()));
    cast.moves(CycleAct::Advance).await;
    let last = cast.run(2, 3_000).await;
    let steps = is_whole(&cast.app).await;
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for (.., done) in steps.iter().skip(before) {
        *kinds.entry(*done).or_default() += 1;
    }
    use ronghe_domain::audit::Action as Done;
    for done in [Done::Submit, Done::Forward, Done::Return, Done::Withdraw, Done::Extend, Done::Screen] {
        assert!(kinds.contains_key(&done), "nobody did {done:?}: {kinds:?}");
    }
    let all = [&collecting, &screening, &again, &last];
    let met = all.iter().all(|tally| tally.done > 0 && tally.refused > 0);
    assert!(met, "no rule was met: {all:?}");
    HISTORY.reached(all.iter().map(|tally| tally.all()).sum());
});
