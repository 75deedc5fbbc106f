//! A year's cycle, opened twenty days before its day, and its needs in every state that the phase knows.

use crate::data::{self, Need as Told};
use crate::world::{Error, at, day, person, phone, step};
use jiff::SignedDuration;
use ronghe_app::{App, Caller, cycle, need};
use ronghe_domain::account::Account;
use ronghe_domain::cycle::eligibility::usual_eligibility;
use ronghe_domain::cycle::selection::{LeastDraft, SelectionDraft};
use ronghe_domain::cycle::{CycleDraft, PartDraft, Phase, PlanDraft};
use ronghe_domain::kernel::{CycleId, Date, Instant, Role};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::{IndicatorDraft, Need, NeedDraft, State};
use std::collections::BTreeMap;

/// What somebody does with a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Start,
    Submit,
    Forward,
    ReturnByDistrict,
    Return,
    Withdraw,
}

/// First and last day of each later phase, counted from the year's day.
pub(crate) type Plan = [(Phase, i32, i32); 8];

/// The plan of a year that runs.
pub(crate) const RUNNING: Plan = [
    (Phase::ScreeningNeeds, 18, 32),
    (Phase::AcceptingApplications, 35, 80),
    (Phase::Reviewing, 81, 110),
    (Phase::Selecting, 111, 125),
    (Phase::PublicNotice, 126, 134),
    (Phase::Implementing, 140, 440),
    (Phase::Evaluating, 441, 480),
    (Phase::Subsidising, 481, 520),
];

/// A year's cycle on its way.
pub(crate) struct Year<'a> {
    pub(crate) app: &'a App,
    pub(crate) people: &'a BTreeMap<String, Account>,
    /// The day on which schools have ten more days: all others are counted from it.
    pub(crate) day: Date,
    /// What the cycle is called.
    pub(crate) name: String,
    pub(crate) cycle: CycleId,
    /// First and last day of 实施, counted from the year's day.
    pub(crate) works: (i32, i32),
    /// What units have told, in the order of the files.
    pub(crate) told: Vec<Told>,
    /// The needs that came of it, by title.
    pub(crate) needs: BTreeMap<String, Need>,
    pub(crate) above: Above,
}

impl Year<'_> {
    /// A person of the demonstration.
    pub(crate) fn person(&self, login: &str) -> Result<Caller, Error> {
        person(self.people, login)
    }

    /// Moves the clock to the full hour of so many days after the year's.
    pub(crate) fn at(&self, days: i32, hour: i8) -> Result<(), Error> {
        self.app.clock().set(at(self.day, days, hour)?);
        Ok(())
    }

    /// The need of this title.
    pub(crate) fn need(&self, title: &str) -> Result<&Need, Error> {
        self.needs.get(title).ok_or_else(|| Error::Missing(title.to_owned()))
    }

    /// What the need of this title is called.
    pub(crate) fn number(&self, title: &str) -> Result<String, Error> {
        Ok(self.need(title)?.name().to_string())
    }

    /// Lets the lead office move the cycle.
    pub(crate) async fn moves(&self, act: cycle::Act) -> Result<(), Error> {
        let lead = self.person("zhangmin")?;
        let seen = cycle::show(self.app, &lead, &self.name).await.map_err(step("cycle"))?.version;
        cycle::act(self.app, &lead, &self.name, act, seen).await.map_err(step("phase"))?;
        Ok(())
    }
}

/// Opens the cycle of `number` twenty days before `day`, and lets everybody file what they have `told`.
pub(crate) async fn make<'a>(
    app: &'a App,
    people: &'a BTreeMap<String, Account>,
    (number, day): (i16, Date),
    plan: &Plan,
    told: Vec<Told>,
) -> Result<Year<'a>, Error> {
    let lead = person(people, "zhangmin")?;
    app.clock().set(at(day, -30, 10)?);
    let made = cycle::make(app, &lead, &draft(number, day, plan)?).await.map_err(step("cycle"))?;
    let name = made.name();
    let rules = cycle::Act::Revise(PartDraft::Selection(selection()), String::new());
    let made = cycle::act(app, &lead, &name, rules, made.version).await.map_err(step("rules"))?;
    app.clock().set(at(day, -20, 9)?);
    cycle::act(app, &lead, &name, cycle::Act::Open, made.version).await.map_err(step("opening"))?;
    let (cycle, needs, above) = (made.id, BTreeMap::new(), above()?);
    let works = plan.iter().find(|(phase, ..)| *phase == Phase::Implementing);
    let works = works.map(|(_, from, to)| (*from, *to)).unwrap_or_default();
    let mut year = Year { app, people, day, name, cycle, works, told, needs, above };
    year.file().await?;
    Ok(year)
}

/// Every measure with forms has an award at least, every university six at most.
fn selection() -> SelectionDraft {
    let least = |of: u32| LeastDraft { of: of.to_string(), least: "1".to_owned() };
    SelectionDraft {
        measures: (1..=10).map(least).collect(),
        districts: Vec::new(),
        university_most: "6".to_owned(),
        applications_most: "20".to_owned(),
    }
}

/// Collecting from twenty days before `today` on; units have ten more days, districts seventeen.
fn draft(year: i16, today: Date, planned: &Plan) -> Result<CycleDraft, Error> {
    let minute = |days: i32, time: &str| Ok::<_, Error>(format!("{} {time}", day(today, days)?));
    let mut plan = Vec::new();
    for (phase, from, to) in planned {
        plan.push(PlanDraft {
            phase: *phase,
            from: day(today, *from)?.to_string(),
            to: day(today, *to)?.to_string(),
        });
    }
    Ok(CycleDraft {
        year: year.to_string(),
        title: format!("{year}年高校支持济南教育高质量发展专项"),
        title_en: format!("Universities for education in Jinan, {year}"),
        policy: "jinan-2023-24".to_owned(),
        budget: "8000000".to_owned(),
        opens: minute(-20, "09:00")?,
        units_end: minute(10, "17:00")?,
        districts_end: minute(17, "17:00")?,
        plan,
        notice_days: "5".to_owned(),
        most_per_school: "5".to_owned(),
        most_per_district: String::new(),
        eligibility: usual_eligibility(),
        rules_of: String::new(),
    })
}

impl Year<'_> {
    /// Everybody does with their needs what they have told, in the order of time.
    async fn file(&mut self) -> Result<(), Error> {
        let mut steps: Vec<(Instant, usize, Step)> = Vec::new();
        for (at, need) in self.told.iter().enumerate() {
            let way = way(need.state, self.above.districts.contains_key(&need.unit));
            steps.extend(times(at, way, self.day)?.map(|(time, step)| (time, at, step)));
        }
        // The chain of events runs in the order of time.
        steps.sort_by_key(|(time, at, _)| (*time, *at));
        for (time, at, what) in steps {
            let Some(told) = self.told.get(at) else { continue };
            self.app.clock().set(time);
            let done = self.act(told, self.needs.get(&told.title), what).await?;
            self.needs.insert(done.title().to_owned(), done);
        }
        Ok(())
    }

    async fn act(&self, told: &Told, made: Option<&Need>, what: Step) -> Result<Need, Error> {
        let owner = self.person(&told.contact)?;
        let Some(before) = made else {
            let draft = self.typed(told);
            return need::start(self.app, &owner, &self.name, &draft).await.map_err(step("need"));
        };
        let back = ReturnDraft { corrections: told.corrections.clone(), ..ReturnDraft::default() };
        let (who, act) = match what {
            Step::Start | Step::Submit => (owner, need::Act::Submit),
            Step::Withdraw => (owner, need::Act::Withdraw),
            Step::Forward => (self.bureau(&told.unit)?, need::Act::Forward),
            Step::ReturnByDistrict => (self.bureau(&told.unit)?, need::Act::Return(back)),
            Step::Return => (self.person("zhangmin")?, need::Act::Return(back)),
        };
        let name = before.name().to_string();
        let moved = need::act(self.app, &who, &name, act, before.version).await;
        moved.map(|moved| moved.need).map_err(step("need"))
    }

    /// Who forwards the needs of a school.
    fn bureau(&self, unit: &str) -> Result<Caller, Error> {
        let login = self.above.districts.get(unit).ok_or_else(|| Error::Missing(unit.to_owned()))?;
        self.person(login)
    }

    /// Who gives the opinions of an office.
    pub(crate) fn office(&self, slug: &str) -> Result<Caller, Error> {
        let login = self.above.offices.get(slug).ok_or_else(|| Error::Missing(slug.to_owned()))?;
        self.person(login)
    }

    /// Who writes the applications of a university.
    pub(crate) fn university(&self, slug: &str) -> Result<Caller, Error> {
        let login = self.above.universities.get(slug).ok_or_else(|| Error::Missing(slug.to_owned()))?;
        self.person(login)
    }

    /// A need as its unit types it.
    pub(crate) fn typed(&self, told: &Told) -> NeedDraft {
        typed(told, self.people, self.above.phones.get(&told.unit).cloned().unwrap_or_default())
    }
}

/// What happens to a need until it stands in `state`.
fn way(state: State, under_district: bool) -> &'static [Step] {
    use Step as S;
    match (state, under_district) {
        (State::Submitted, _) | (State::Forwarded, false) => &[S::Start, S::Submit],
        (State::ReturnedByDistrict, _) => &[S::Start, S::Submit, S::ReturnByDistrict],
        (State::Forwarded, true) => &[S::Start, S::Submit, S::Forward],
        (State::Returned, true) => &[S::Start, S::Submit, S::Forward, S::Return],
        (State::Returned, false) => &[S::Start, S::Submit, S::Return],
        (State::Withdrawn, _) => &[S::Start, S::Submit, S::Withdraw],
        (
            State::Draft
            | State::Screening
            | State::Listed
            | State::Declined
            | State::Merged
            | State::Taken
            | State::Open,
            _,
        ) => &[S::Start],
    }
}

/// Spread over the days since the opening, at office hours; each step some days after the one before.
fn times(
    at: usize,
    way: &'static [Step],
    today: Date,
) -> Result<impl Iterator<Item = (Instant, Step)>, Error> {
    let spread = |by: usize, within: usize| i32::try_from(at.wrapping_mul(by) % within).unwrap_or_default();
    // The last step of the longest way falls on the day before `today`.
    let first = self::at(today, -19 + spread(7, 16), 9)?;
    let minutes = i64::from(spread(37, 420));
    let start = first + SignedDuration::from_mins(minutes);
    Ok(way.iter().enumerate().map(move |(nth, step)| {
        let days = i64::try_from(nth).unwrap_or_default() * 24 * 60;
        let later = i64::try_from(nth).unwrap_or_default() * 13;
        (start + SignedDuration::from_mins(days + later), *step)
    }))
}

/// A need as its unit types it.
fn typed(told: &Told, people: &BTreeMap<String, Account>, phone: String) -> NeedDraft {
    let indicators = told.indicators.iter().map(|it| IndicatorDraft {
        name: it.name.clone(),
        unit: it.unit.clone(),
        baseline: it.baseline.to_string(),
        target: it.target.to_string(),
    });
    NeedDraft {
        title: told.title.clone(),
        title_en: told.title_en.clone(),
        measures: told.measures.clone(),
        forms: told.forms.clone(),
        other_form: String::new(),
        stages: told.stages.clone(),
        students: told.students.to_string(),
        teachers: told.teachers.to_string(),
        background: told.background.clone(),
        goals: told.goals.clone(),
        benefit: told.benefit.clone(),
        indicators: indicators.collect(),
        university: told.university.clone().unwrap_or_default(),
        discipline: told.discipline.clone().unwrap_or_default(),
        budget: told.budget_yuan.to_string(),
        own: told.own_yuan.to_string(),
        period: told.period.clone(),
        contact_name: people.get(&told.contact).map(|account| account.name.clone()).unwrap_or_default(),
        contact_phone: phone,
    }
}

/// Who stands above a unit, and where it is called.
pub(crate) struct Above {
    /// By the slug of a school under a district: the sign-in name of that bureau's person.
    pub(crate) districts: BTreeMap<String, String>,
    /// By the slug of a unit: an invented number of a block that is not in use.
    pub(crate) phones: BTreeMap<String, String>,
    /// By the slug of a district: the sign-in name of its person.
    pub(crate) bureaus: BTreeMap<String, String>,
    /// By the slug of an office: the sign-in name of who gives its opinions.
    offices: BTreeMap<String, String>,
    /// By the slug of a university: the sign-in name of who writes its applications.
    universities: BTreeMap<String, String>,
    /// Names of organisations, by slug.
    pub(crate) names: BTreeMap<String, String>,
}

fn above() -> Result<Above, Error> {
    let people = data::people()?;
    let of = |role: Role| {
        let those = people.iter().filter(move |person| person.roles.contains(&role));
        those.map(|person| (person.org.clone(), person.login.clone())).rev().collect::<BTreeMap<_, _>>()
    };
    let bureaus = of(Role::DistrictBureau);
    let mut above = Above {
        districts: BTreeMap::new(),
        phones: BTreeMap::new(),
        bureaus: BTreeMap::new(),
        offices: of(Role::ResponsibleOffice),
        universities: of(Role::University),
        names: BTreeMap::new(),
    };
    for (at, org) in data::orgs()?.into_iter().enumerate() {
        above.phones.insert(org.slug.clone(), phone(at, 0));
        above.names.insert(org.slug.clone(), org.name);
        if let Some(login) = org.parent.and_then(|parent| bureaus.get(&parent)) {
            above.districts.insert(org.slug, login.clone());
        }
    }
    above.bureaus = bureaus;
    Ok(above)
}
