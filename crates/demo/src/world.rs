//! Making the world: the directory, its people, the notice imported, published and renewed.

use crate::{applying, course, data, past, profiles, work, year};
use ronghe_app::{App, Caller, org, policy};
use ronghe_domain::account::{Account, AccountDraft};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{Date, Instant, Version, date::SHANGHAI};
use ronghe_domain::org::{Contact, OrgKind, Outgoing, Post, SignOff};
use ronghe_domain::policy::decision::RenewalDraft;
use std::collections::BTreeMap;

/// Why the world could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the demonstration does not hold.
    #[error("the demonstration's data does not hold")]
    Data(#[from] toml::de::Error),
    /// A use case refused it.
    #[error("the demonstration could not be made: {step}")]
    App {
        step: &'static str,
        #[source]
        source: ronghe_app::Error,
    },
    /// Someone is missing from the data.
    #[error("{0} is missing from the demonstration's people")]
    Missing(String),
    /// A day outside the calendar.
    #[error("day out of range")]
    Day,
}

/// How much of a world is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A cycle in which needs are collected: what tests stand on.
    Small,
    /// The same gone on to 高校申报, with the year before it.
    Whole,
}

/// Days by which the whole world's cycle is ahead of the small one's: 高校申报 has been open for twenty of them.
const AHEAD: i32 = 55;
/// Days between the cycles of two years.
const YEAR: i32 = 365;
/// Applications of each university.
const APPLICATIONS: usize = 6;

/// Makes the world as it stands on `today`, moving the app's set clock through its past. Everyone in it
/// signs in by `password`.
///
/// # Errors
/// Where the data or a use case does not hold.
pub async fn make(app: &App, today: Date, password: &str, size: Size) -> Result<(), Error> {
    let (current, first) = match size {
        Size::Small => (today, today),
        Size::Whole => (day(today, -AHEAD)?, day(today, -AHEAD - YEAR)?),
    };
    app.clock().set(at(first, -90, 9)?);
    let console = Caller::system(Via::Console, "demo");
    directory(app, &console).await?;
    let people = people(app, &console, password).await?;
    register(app, &people, first, today).await?;
    profiles::make(app, &console).await?;
    let mut told = data::needs()?;
    if size == Size::Whole {
        past::make(app, &people, (today.year() - 1, first)).await?;
        told.extend(data::more_needs()?);
    }
    let mut year = year::make(app, &people, (today.year(), current), &year::RUNNING, told).await?;
    if size == Size::Whole {
        course::go(&mut year, &data::course()?).await?;
        applying::apply(&year, &data::bidders()?, APPLICATIONS).await?;
        course::pending(&year, &data::course()?).await?;
        work::leave(&year, today).await?;
    }
    app.clock().set(at(today, 0, 9)?);
    app.mark_demonstration(&console).await.map_err(step("mark"))?;
    Ok(())
}

async fn directory(app: &App, console: &Caller) -> Result<(), Error> {
    let mut known = data::contacts()?;
    let orgs = data::orgs()?
        .into_iter()
        .enumerate()
        .map(|(at, org)| org::NewOrg {
            contacts: known.remove(&org.slug).map(|people| contacts(at, people)).unwrap_or_default(),
            slug: org.slug,
            kind: org.kind,
            name: org.name,
            name_en: org.name_en,
            aliases: org.aliases,
            parent: org.parent,
            leading_group_seat: org.leading_group_seat,
            position: org.position,
            university: org.university,
            sign_off: sign_off(org.kind),
        })
        .collect();
    let groups = data::groups()?
        .into_iter()
        .map(|group| org::NewGroup {
            slug: group.slug,
            name: group.name,
            name_en: group.name_en,
            aliases: group.aliases,
            members: group.members,
        })
        .collect();
    org::set_up(app, console, orgs, groups).await.map_err(step("organisations"))
}

/// Who answers for the organisation at `at`: invented numbers of a block that is not in use.
fn contacts(at: usize, people: [(String, String); 3]) -> Vec<Contact> {
    let posts = Post::ALL.into_iter().zip(people).zip([2000, 1000, 0]);
    posts
        .map(|((post, (name, title)), block)| Contact { post, name, title, phone: phone(at, block) })
        .collect()
}

/// The invented number of the organisation at `at`: 0531-0000 is not in use.
pub(crate) fn phone(at: usize, block: usize) -> String {
    format!("0531-0000{:04}", block + at)
}

/// Whose hands each kind of document passes through before it leaves, by kind of organisation.
fn sign_off(kind: OrgKind) -> Vec<SignOff> {
    let chain = |document, steps: &[&str]| {
        vec![SignOff { document, steps: steps.iter().map(|step| (*step).to_owned()).collect() }]
    };
    match kind {
        OrgKind::School => chain(Outgoing::Need, &["校长"]),
        OrgKind::MunicipalSchool => chain(Outgoing::Need, &["分管副校长", "校长"]),
        OrgKind::District => chain(Outgoing::Need, &["经办科室", "分管局长"]),
        OrgKind::University => chain(Outgoing::Application, &["院系", "归口管理部门", "分管校领导"]),
        OrgKind::Office | OrgKind::Institution => chain(Outgoing::Report, &["经办", "处长"]),
        OrgKind::Bureau => Vec::new(),
    }
}

async fn people(app: &App, console: &Caller, password: &str) -> Result<BTreeMap<String, Account>, Error> {
    let drafts = data::people()?
        .into_iter()
        .map(|person| AccountDraft {
            mail: format!("{}@jnedu.example", person.login),
            login: person.login,
            name: person.name,
            name_en: person.name_en,
            org: person.org,
            roles: person.roles.into_iter().collect(),
            post: person.post,
        })
        .collect();
    let accounts =
        ronghe_app::account::set_up(app, console, drafts, password).await.map_err(step("accounts"))?;
    Ok(accounts.into_iter().map(|account| (account.login.clone(), account)).collect())
}

/// The lead office imports and confirms, a second person publishes, and the expired notice is renewed.
async fn register(
    app: &App,
    people: &BTreeMap<String, Account>,
    start: Date,
    today: Date,
) -> Result<(), Error> {
    let first = person(people, "zhangmin")?;
    let second = person(people, "liuzhiyuan")?;
    app.clock().set(at(start, -60, 10)?);
    let input = policy::Import {
        slug: Some("jinan-2023-24".to_owned()),
        source: policy::Source::Text(data::NOTICE.to_owned()),
    };
    let imported = policy::import(app, &first, input).await.map_err(step("import"))?;
    let mut draft = imported.draft;
    if let Some(last_day) = &mut draft.last_day {
        last_day.checked = true;
    }
    let slug = imported.slug;
    let checked =
        policy::correct(app, &first, &slug, draft, Version::FIRST).await.map_err(step("correction"))?;
    app.clock().set(at(start, -59, 15)?);
    let published = policy::act(app, &second, &slug, policy::Act::Publish, checked.version)
        .await
        .map_err(step("publication"))?;
    app.clock().set(at(start, -55, 11)?);
    let decided = day(start, -56)?;
    let renewal = RenewalDraft {
        date: decided.to_string(),
        number: format!("济教会纪〔{}〕3号", decided.year()),
        paper: "市教育局局长办公会议纪要：《发挥驻济高校资源优势推动济南教育高质量发展的十二条措施（试行）》延续执行".to_owned(),
        from: day(start, -55)?.to_string(),
        last_day: day(today, 675)?.to_string(),
    };
    policy::act(app, &first, &slug, policy::Act::Renew(renewal), published.version)
        .await
        .map_err(step("renewal"))?;
    Ok(())
}

pub(crate) fn person(people: &BTreeMap<String, Account>, login: &str) -> Result<Caller, Error> {
    let account = people.get(login).ok_or_else(|| Error::Missing(login.to_owned()))?;
    Ok(Caller::at_console(account.actor(), "demo"))
}

pub(crate) fn step(step: &'static str) -> impl FnOnce(ronghe_app::Error) -> Error {
    move |source| Error::App { step, source }
}

pub(crate) fn day(today: Date, days: i32) -> Result<Date, Error> {
    today.checked_add(jiff::Span::new().days(days)).map_err(|_| Error::Day)
}

pub(crate) fn at(today: Date, days: i32, hour: i8) -> Result<Instant, Error> {
    SHANGHAI.to_timestamp(day(today, days)?.at(hour, 0, 0, 0)).map_err(|_| Error::Day)
}
