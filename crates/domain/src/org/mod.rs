//! Organisations, and the wordings of documents that stand for several of them.

pub mod directory;
pub mod draft;
pub mod people;
pub mod rules;

use crate::kernel::{Date, GroupId, OrgId, Version};
use serde::{Deserialize, Serialize};

pub use directory::{Candidate, Directory, Resolution, Target};
pub use draft::OrgDraft;
pub use people::{Contact, Outgoing, Post, SignOff};
pub use rules::{Action, Refusal};

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    /// 市教育局 itself.
    Bureau,
    /// 处室 of the bureau.
    Office,
    /// 直属事业单位.
    Institution,
    /// 区县教体局, those of the zones among them.
    District,
    /// 市直学校, municipal kindergartens among them.
    MunicipalSchool,
    /// A school under a district bureau.
    School,
    /// 高校.
    University,
}

impl OrgKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Bureau,
        Self::Office,
        Self::Institution,
        Self::District,
        Self::MunicipalSchool,
        Self::School,
        Self::University,
    ];
}

/// An organisation with its official name and the names that documents use for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrgId,
    /// Name in addresses: lower-case Latin letters, figures and hyphens.
    pub slug: String,
    pub kind: OrgKind,
    /// Official name.
    pub name: String,
    /// Name in English, as the English pages show it.
    pub name_en: String,
    /// Short names and aliases, such as 体卫艺处 for 体育卫生与艺术教育处.
    pub aliases: Vec<String>,
    /// The organisation above it: a school's district bureau, an office's bureau.
    pub parent: Option<OrgId>,
    /// Its place in the leading group's member list, counted from 1, where it is a member.
    pub leading_group_seat: Option<u16>,
    /// First day on which it exists; `None` for always.
    pub since: Option<Date>,
    /// Last day on which it exists; `None` while it does.
    pub until: Option<Date>,
    /// Order among those of its kind.
    pub position: u16,
    /// What only universities have.
    pub university: Option<UniversityFacts>,
    /// 分管领导, 部门负责人, 联系人.
    pub contacts: Vec<Contact>,
    /// Whose hands each kind of document passes through before it leaves.
    pub sign_off: Vec<SignOff>,
    pub version: Version,
}

impl Organisation {
    /// Exists on `day`.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What the programme must know of a university (notice, measures (六), (七), (十), (十二)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UniversityFacts {
    pub place: Place,
    pub affiliation: Affiliation,
    pub kind: UniversityKind,
    pub marks: Vec<Mark>,
}

/// Where a university is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UniversityPlace))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// 驻济.
    InJinan,
    /// 市外.
    Outside,
}

impl Place {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::InJinan, Self::Outside];
}

/// Whom a university belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Affiliation {
    /// 部属.
    Ministry,
    /// 省属.
    Province,
    /// 市属.
    City,
    /// 民办.
    Private,
}

impl Affiliation {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Ministry, Self::Province, Self::City, Self::Private];
}

/// What kind of university it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UniversityKind {
    /// 本科.
    Undergraduate,
    /// 高职高专.
    Vocational,
    /// 校区.
    Campus,
    /// 研究生培养机构.
    GraduateInstitute,
    /// 成人高校.
    Adult,
    /// 技师学院.
    Technician,
    /// 研究院.
    ResearchInstitute,
}

impl UniversityKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Undergraduate,
        Self::Vocational,
        Self::Campus,
        Self::GraduateInstitute,
        Self::Adult,
        Self::Technician,
        Self::ResearchInstitute,
    ];
}

/// A mark that a university bears from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    pub kind: MarkKind,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub since: Option<Date>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Date>,
}

/// Marks that the notice's measures speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// 教育部直属师范大学 (measure (十二)).
    MinistryNormal,
    /// 双一流 (measure (十二)).
    DoubleFirstClass,
    /// 师范类 (measure (十)).
    Normal,
    /// 艺术类 (measure (六)).
    Arts,
    /// 体育类 (measure (六)).
    Sports,
    /// 高水平大学 (measure (七)).
    HighLevel,
}

impl MarkKind {
    /// Every mark.
    pub const ALL: [Self; 6] = [
        Self::MinistryNormal,
        Self::DoubleFirstClass,
        Self::Normal,
        Self::Arts,
        Self::Sports,
        Self::HighLevel,
    ];
}

/// A wording of documents that stands for several organisations at a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// Name in addresses.
    pub slug: String,
    /// The wording shown.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Other wordings for the same organisations.
    pub aliases: Vec<String>,
    /// Who belongs.
    pub members: Membership,
}

/// Who belongs to a group: a rule, so that it resolves at any date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// 各有关处室: the 处室 of the leading group.
    LeadingGroupOffices,
    /// 机关各处室.
    Offices,
    /// 直属事业单位.
    Institutions,
    /// 各区县教体局, those of the zones among them.
    Districts,
    /// 市直学校, 直属各学校（幼儿园）.
    MunicipalSchools,
    /// 直属各单位: municipal schools and institutions.
    MunicipalUnits,
    /// 驻济高校.
    UniversitiesInJinan,
}

impl Membership {
    /// Every rule.
    pub const ALL: [Self; 7] = [
        Self::LeadingGroupOffices,
        Self::Offices,
        Self::Institutions,
        Self::Districts,
        Self::MunicipalSchools,
        Self::MunicipalUnits,
        Self::UniversitiesInJinan,
    ];

    /// Whether `org` belongs.
    #[must_use]
    pub fn holds(self, org: &Organisation) -> bool {
        match self {
            Self::LeadingGroupOffices => org.kind == OrgKind::Office && org.leading_group_seat.is_some(),
            Self::Offices => org.kind == OrgKind::Office,
            Self::Institutions => org.kind == OrgKind::Institution,
            Self::Districts => org.kind == OrgKind::District,
            Self::MunicipalSchools => org.kind == OrgKind::MunicipalSchool,
            Self::MunicipalUnits => matches!(org.kind, OrgKind::MunicipalSchool | OrgKind::Institution),
            Self::UniversitiesInJinan => {
                org.university.as_ref().is_some_and(|facts| facts.place == Place::InJinan)
            }
        }
    }
}
