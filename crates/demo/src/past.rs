//! The year before, closed as far as there is something to do in its phases: collected, listed, applied for, opened
//! and checked.

use crate::data;
use crate::world::{Error, at, step};
use crate::year::{Plan, Year};
use crate::{applying, course, year};
use ronghe_app::application::{self, Act};
use ronghe_app::{App, cycle};
use ronghe_domain::account::Account;
use ronghe_domain::application::formal::{Correction, ReturnDraft};
use ronghe_domain::application::{Application, ApplicationDraft, Flaw, Row, Section, State};
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::Date;
use std::collections::BTreeMap;

/// How many universities applied, each once.
const APPLIED: usize = 15;
/// How many of their applications came back to them.
const RETURNED: usize = 3;

/// Its later phases, all behind the day on which the next year opens.
const PLAN: Plan = [
    (Phase::ScreeningNeeds, 18, 32),
    (Phase::AcceptingApplications, 35, 80),
    (Phase::Reviewing, 81, 95),
    (Phase::Selecting, 96, 105),
    (Phase::PublicNotice, 106, 113),
    (Phase::Implementing, 115, 260),
    (Phase::Evaluating, 261, 280),
    (Phase::Subsidising, 281, 300),
];

/// Makes it: the year's number, and its day.
pub(crate) async fn make(
    app: &App,
    people: &BTreeMap<String, Account>,
    year: (i16, Date),
) -> Result<(), Error> {
    let mut year = year::make(app, people, year, &PLAN, data::past_needs()?).await?;
    course::go(&mut year, &data::past_course()?).await?;
    let bidders: Vec<_> = data::bidders()?.into_iter().take(APPLIED).collect();
    applying::apply(&year, &bidders, 1).await?;
    year.at(81, 8)?;
    application::open_due(app).await.map_err(step("opening"))?;
    checked(&year).await?;
    year.at(81, 18)?;
    year.moves(cycle::Act::Advance).await?;
    corrected(&year).await?;
    for days in [96, 106, 115, 261, 281, 301] {
        year.at(days, 9)?;
        year.moves(cycle::Act::Advance).await?;
    }
    Ok(())
}

/// The formal check: most are taken, some come back with what is wrong.
async fn checked(year: &Year<'_>) -> Result<(), Error> {
    let lead = year.person("zhangmin")?;
    for (nth, row) in rows(year, State::FormalCheck).await?.into_iter().enumerate() {
        year.app.clock().set(at(year.day, 81, 9 + i8::try_from(nth / 3).unwrap_or_default())?);
        let act = if nth < RETURNED { Act::Return(flaw(nth)) } else { Act::Accept };
        let name = row.name().to_string();
        let seen = application::show(year.app, &lead, &name).await.map_err(step("formal check"))?;
        let seen = seen.application.version;
        application::act(year.app, &lead, &name, act, seen).await.map_err(step("formal check"))?;
    }
    Ok(())
}

/// What is wrong with one that is returned.
fn flaw(nth: usize) -> ReturnDraft {
    let (section, flaw, remark) = match nth {
        0 => (Section::Budget, Flaw::BudgetUnsound, "劳务费与专家咨询费请分列，并说明标准。"),
        1 => (Section::Benefit, Flaw::NotMeasurable, "请写明每项指标由谁测、何时测。"),
        _ => (Section::Team, Flaw::Incomplete, "请补充驻校人员的职称与分工。"),
    };
    let corrections = vec![Correction { section, flaw, remark: remark.to_owned() }];
    ReturnDraft { corrections, ..ReturnDraft::default() }
}

/// Those that came back are corrected and taken, but for the last one.
async fn corrected(year: &Year<'_>) -> Result<(), Error> {
    let lead = year.person("zhangmin")?;
    let register = year.app.register().await.map_err(step("register"))?;
    for row in rows(year, State::ReturnedForCorrection).await?.into_iter().take(RETURNED - 1) {
        year.at(85, 10)?;
        let slug = register.org(row.university).map(|org| org.slug.clone()).unwrap_or_default();
        let (who, name) = (year.university(&slug)?, row.name().to_string());
        let seen = application::show(year.app, &who, &name).await.map_err(step("correction"))?.application;
        let draft = mended(&seen);
        let saved = application::save(year.app, &who, &name, &draft, seen.version).await;
        let saved = saved.map_err(step("correction"))?.application;
        applying::seal(year, &slug, &saved).await?;
        let done = application::act(year.app, &who, &name, Act::Submit, saved.version).await;
        let done = done.map_err(step("correction"))?.application;
        year.at(86, 10)?;
        application::act(year.app, &lead, &name, Act::Accept, done.version)
            .await
            .map_err(step("acceptance"))?;
    }
    Ok(())
}

/// The draft with what its return asks for.
fn mended(returned: &Application) -> ApplicationDraft {
    let mut draft = returned.draft.clone();
    let named = returned.returned.iter().flat_map(|it| &it.corrections);
    for section in named.map(|it| it.section) {
        match section {
            Section::Budget => draft.lines.iter_mut().for_each(|line| line.note.push_str("，按财政标准列支")),
            _ => draft.promises.iter_mut().for_each(|it| it.how.push_str("学期末由学校教务处测量。")),
        }
    }
    draft
}

async fn rows(year: &Year<'_>, state: State) -> Result<Vec<Row>, Error> {
    let filter = application::Filter {
        cycle: Some(year.cycle),
        states: vec![state],
        sort: application::Sort::Number,
        limit: 200,
        ..application::Filter::default()
    };
    let lead = year.person("zhangmin")?;
    Ok(application::list(year.app, &lead, &filter).await.map_err(step("applications"))?.0)
}
