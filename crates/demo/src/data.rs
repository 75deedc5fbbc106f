//! The demonstration's texts, as they stand in `data/`.

use ronghe_domain::kernel::Role;
use ronghe_domain::need::opinion::Stance;
use ronghe_domain::need::{Correction, Stage, State, Why};
use ronghe_domain::org::{Membership, OrgKind, UniversityFacts};
use ronghe_domain::policy::forms::Form;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The notice 济教发〔2023〕24号 as it was published.
pub const NOTICE: &str = include_str!("../data/notice.txt");

/// An organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Org {
    pub slug: String,
    pub kind: OrgKind,
    pub name: String,
    pub name_en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub parent: Option<String>,
    pub leading_group_seat: Option<u16>,
    pub position: u16,
    pub university: Option<UniversityFacts>,
}

/// A wording that stands for several organisations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub members: Membership,
}

/// A person with an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub login: String,
    pub name: String,
    pub name_en: String,
    /// Slug of the organisation.
    pub org: String,
    pub roles: Vec<Role>,
    pub post: String,
    /// Stands for its first role.
    #[serde(default)]
    pub featured: bool,
}

/// A need as its unit would write it, and where it has come to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Slug of the school or district bureau.
    pub unit: String,
    /// Login of the person who writes it and answers for it.
    pub contact: String,
    pub state: State,
    pub title: String,
    pub title_en: String,
    /// Running numbers of the notice's measures, the main one first.
    pub measures: Vec<u32>,
    pub forms: Vec<Form>,
    pub stages: Vec<Stage>,
    pub background: String,
    pub goals: String,
    pub benefit: String,
    pub indicators: Vec<Indicator>,
    /// Pupils who benefit.
    pub students: u32,
    /// Teachers who benefit.
    pub teachers: u32,
    /// Slug of the university that the unit would like.
    pub university: Option<String>,
    pub discipline: Option<String>,
    /// Budget wanted, in yuan.
    pub budget_yuan: u32,
    /// The unit's own contribution, in yuan.
    pub own_yuan: u32,
    pub period: String,
    /// What its return asks for.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

/// What a need wants to change, measurably.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub name: String,
    pub unit: String,
    pub baseline: u32,
    pub target: u32,
}

/// What becomes of a year's needs: by their titles, which no two share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Returned ones that come back corrected.
    pub corrected: Vec<String>,
    /// Submitted ones that their district does not forward.
    pub left: Vec<String>,
    /// Slugs of districts that put their needs in order.
    pub ranked: Vec<String>,
    /// Slugs of districts that report that they have none.
    pub zero: Vec<String>,
    /// All others that come so far are listed.
    pub declined: Vec<Declined>,
    #[serde(default)]
    pub merged: Vec<Merged>,
    /// What offices say beyond their support.
    #[serde(default)]
    pub opinions: Vec<Opined>,
    /// Versions of the list after the first.
    #[serde(default)]
    pub later: Vec<Later>,
}

/// A need that is not listed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declined {
    pub title: String,
    pub why: Why,
    pub remark: String,
}

/// A need that another takes up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merged {
    pub title: String,
    /// Title of the other.
    pub into: String,
    pub remark: String,
}

/// An office's opinion on a need.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opined {
    pub title: String,
    /// Slug of the office.
    pub office: String,
    pub stance: Stance,
    pub reason: String,
}

/// A later version of a list: what it changes, and why.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// So many days after the needs are half collected.
    pub day: i32,
    pub reason: String,
    #[serde(default)]
    pub add: Vec<Change>,
    #[serde(default)]
    pub remove: Vec<Change>,
    /// Otherwise it waits for the leader of the leading group.
    pub published: bool,
}

/// A need that is taken on or out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub title: String,
    pub reason: String,
}

/// A university that applies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bidder {
    /// Its slug.
    pub university: String,
    /// Running numbers of the measures that it has something for, the best first.
    pub measures: Vec<u32>,
    /// Name and 职称 of who answers for an application, in turns.
    pub leads: Vec<(String, String)>,
    /// Whom it sends.
    pub team: String,
    /// What it has done before.
    pub basis: String,
}

/// How universities write: by form of cooperation and by measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub forms: BTreeMap<Form, Offered>,
    /// What may go wrong, by running number of the measure.
    pub risks: BTreeMap<String, String>,
    /// How a figure is reached, in turns.
    pub how: Vec<String>,
}

/// What a form of cooperation comes to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offered {
    pub plan: String,
    pub count: u32,
    pub unit: String,
}

#[derive(Deserialize)]
struct Bidders {
    bidder: Vec<Bidder>,
}

#[derive(Deserialize)]
struct Orgs {
    org: Vec<Org>,
}

#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

#[derive(Deserialize)]
struct Needs {
    need: Vec<Need>,
}

/// All organisations, those above before those below.
///
/// # Errors
/// Where the file does not hold.
pub fn orgs() -> Result<Vec<Org>, toml::de::Error> {
    Ok(read::<Orgs>(include_str!("../data/orgs.toml"))?.org)
}

/// Name and 职务 of the leader in charge, the head and the contact, by the slug of their organisation.
///
/// # Errors
/// Where the file does not hold.
pub fn contacts() -> Result<BTreeMap<String, [(String, String); 3]>, toml::de::Error> {
    read(include_str!("../data/contacts.toml"))
}

/// All groups.
///
/// # Errors
/// Where the file does not hold.
pub fn groups() -> Result<Vec<Group>, toml::de::Error> {
    Ok(read::<Groups>(include_str!("../data/groups.toml"))?.group)
}

/// All people.
///
/// # Errors
/// Where the file does not hold.
pub fn people() -> Result<Vec<Person>, toml::de::Error> {
    Ok(read::<People>(include_str!("../data/people.toml"))?.person)
}

/// All needs: of municipal schools, then of the districts from the centre outwards.
///
/// # Errors
/// Where a file does not hold.
pub fn needs() -> Result<Vec<Need>, toml::de::Error> {
    let files = [
        include_str!("../data/needs/municipal.toml"),
        include_str!("../data/needs/city.toml"),
        include_str!("../data/needs/suburbs.toml"),
        include_str!("../data/needs/outskirts.toml"),
    ];
    let mut needs = Vec::new();
    for file in files {
        needs.extend(read::<Needs>(file)?.need);
    }
    Ok(needs)
}

/// The needs that a whole year has beside them.
///
/// # Errors
/// Where a file does not hold.
pub fn more_needs() -> Result<Vec<Need>, toml::de::Error> {
    let files = [
        include_str!("../data/year/centre.toml"),
        include_str!("../data/year/east.toml"),
        include_str!("../data/year/south.toml"),
        include_str!("../data/year/municipal.toml"),
    ];
    let mut needs = Vec::new();
    for file in files {
        needs.extend(read::<Needs>(file)?.need);
    }
    Ok(needs)
}

/// The needs of the year before.
///
/// # Errors
/// Where the file does not hold.
pub fn past_needs() -> Result<Vec<Need>, toml::de::Error> {
    Ok(read::<Needs>(include_str!("../data/past/needs.toml"))?.need)
}

/// What becomes of the year's needs.
///
/// # Errors
/// Where the file does not hold.
pub fn course() -> Result<Course, toml::de::Error> {
    read(include_str!("../data/year/course.toml"))
}

/// What became of the needs of the year before.
///
/// # Errors
/// Where the file does not hold.
pub fn past_course() -> Result<Course, toml::de::Error> {
    read(include_str!("../data/past/course.toml"))
}

/// The universities that apply, 25 of them.
///
/// # Errors
/// Where the file does not hold.
pub fn bidders() -> Result<Vec<Bidder>, toml::de::Error> {
    Ok(read::<Bidders>(include_str!("../data/bidders.toml"))?.bidder)
}

/// How applications are worded.
///
/// # Errors
/// Where the file does not hold.
pub fn wording() -> Result<Wording, toml::de::Error> {
    read(include_str!("../data/wording.toml"))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, toml::de::Error> {
    toml::from_str(text)
}
