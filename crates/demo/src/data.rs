//! The demonstration's texts, as they stand in `data/`.

use ronghe_domain::kernel::Role;
use ronghe_domain::org::{Membership, OrgKind, UniversityFacts};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

/// All organisations, those above before those below.
///
/// # Errors
/// Where the file does not hold.
pub fn orgs() -> Result<Vec<Org>, toml::de::Error> {
    Ok(read::<Orgs>(include_str!("../data/orgs.toml"))?.org)
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

fn read<T: DeserializeOwned>(text: &str) -> Result<T, toml::de::Error> {
    toml::from_str(text)
}
