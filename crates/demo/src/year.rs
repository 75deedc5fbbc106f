//! The year's cycle, opened twenty days ago, and its needs in every state that the phase knows.

use crate::data::{self, Need as Told};
use crate::world::{Error, at, day, person, phone, step};
use jiff::SignedDuration;
use ronghe_app::{App, Caller, cycle, need};
use ronghe_domain::account::Account;
use ronghe_domain::cycle::draft::usual_eligibility;
use ronghe_domain::cycle::selection::{LeastDraft, SelectionDraft};
use ronghe_domain::cycle::{CycleDraft, PartDraft, Phase, PlanDraft};
use ronghe_domain::kernel::{Date, Instant, Role};
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

/// Opens the cycle and lets everybody file.
pub(crate) async fn make(app: &App, people: &BTreeMap<String, Account>, today: Date) -> Result<(), Error> {
    let lead = person(people, "zhangmin")?;
    app.clock().set(at(today, -30, 10)?);
    let made = cycle::make(app, &lead, &draft(today)?).await.map_err(step("cycle"))?;
    let year = made.name();
    let rules = cycle::Act::Revise(PartDraft::Selection(selection()), String::new());
    let made = cycle::act(app, &lead, &year, rules, made.version).await.map_err(step("rules"))?;
    app.clock().set(at(today, -20, 9)?);
    cycle::act(app, &lead, &year, cycle::Act::Open, made.version).await.map_err(step("opening"))?;
    needs(app, people, &year, today).await
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

/// Collecting since twenty days ago; units have ten more days, districts seventeen.
fn draft(today: Date) -> Result<CycleDraft, Error> {
    let minute = |days: i32, time: &str| Ok::<_, Error>(format!("{} {time}", day(today, days)?));
    let year = today.year();
    let mut plan = Vec::new();
    for (phase, from, to) in [
        (Phase::ScreeningNeeds, 18, 32),
        (Phase::AcceptingApplications, 35, 80),
        (Phase::Reviewing, 81, 110),
        (Phase::Selecting, 111, 125),
        (Phase::PublicNotice, 126, 134),
        (Phase::Implementing, 140, 440),
        (Phase::Evaluating, 441, 480),
        (Phase::Subsidising, 481, 520),
    ] {
        plan.push(PlanDraft { phase, from: day(today, from)?.to_string(), to: day(today, to)?.to_string() });
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

async fn needs(app: &App, people: &BTreeMap<String, Account>, year: &str, today: Date) -> Result<(), Error> {
    let told = data::needs()?;
    let above = above()?;
    let mut steps: Vec<(Instant, usize, Step)> = Vec::new();
    for (at, need) in told.iter().enumerate() {
        let under_district = above.districts.contains_key(&need.unit);
        steps.extend(times(at, way(need.state, under_district), today)?.map(|(time, step)| (time, at, step)));
    }
    // The chain of events runs in the order of time.
    steps.sort_by_key(|(time, at, _)| (*time, *at));
    let mut made: BTreeMap<usize, Need> = BTreeMap::new();
    for (time, at, what) in steps {
        let Some(need) = told.get(at) else { continue };
        app.clock().set(time);
        let done = act(app, people, &above, year, need, made.get(&at), what).await?;
        made.insert(at, done);
    }
    Ok(())
}

async fn act(
    app: &App,
    people: &BTreeMap<String, Account>,
    above: &Above,
    year: &str,
    told: &Told,
    made: Option<&Need>,
    what: Step,
) -> Result<Need, Error> {
    let owner = person(people, &told.contact)?;
    let Some(before) = made else {
        let phone = above.phones.get(&told.unit).cloned().unwrap_or_default();
        let draft = typed(told, people, phone);
        return need::start(app, &owner, year, &draft).await.map_err(step("need"));
    };
    let back = ReturnDraft { corrections: told.corrections.clone(), ..ReturnDraft::default() };
    let district = || -> Result<Caller, Error> {
        let login = above.districts.get(&told.unit).ok_or_else(|| Error::Missing(told.unit.clone()))?;
        person(people, login)
    };
    let (who, act) = match what {
        Step::Start | Step::Submit => (owner, need::Act::Submit),
        Step::Withdraw => (owner, need::Act::Withdraw),
        Step::Forward => (district()?, need::Act::Forward),
        Step::ReturnByDistrict => (district()?, need::Act::Return(back)),
        Step::Return => (person(people, "zhangmin")?, need::Act::Return(back)),
    };
    let name = before.name().to_string();
    need::act(app, &who, &name, act, before.version).await.map(|moved| moved.need).map_err(step("need"))
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
struct Above {
    /// By the slug of a school under a district: the sign-in name of that bureau's person.
    districts: BTreeMap<String, String>,
    /// By the slug of a unit: an invented number of a block that is not in use.
    phones: BTreeMap<String, String>,
}

fn above() -> Result<Above, Error> {
    let bureaus: BTreeMap<String, String> = data::people()?
        .into_iter()
        .filter(|person| person.roles.contains(&Role::DistrictBureau))
        .map(|person| (person.org, person.login))
        .collect();
    let mut above = Above { districts: BTreeMap::new(), phones: BTreeMap::new() };
    for (at, org) in data::orgs()?.into_iter().enumerate() {
        above.phones.insert(org.slug.clone(), phone(at, 0));
        if let Some(login) = org.parent.and_then(|parent| bureaus.get(&parent)) {
            above.districts.insert(org.slug, login.clone());
        }
    }
    Ok(above)
}
