//! What the reader found in a document, with its confidence and place, as a person checks and corrects it.

use super::UnitRole;
use crate::kernel::Date;
use crate::org::Target;
use serde::{Deserialize, Serialize};

/// Below this a person has to look before the document can be published.
pub const SURE_ENOUGH: u8 = 80;

/// A value read from the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Read<T> {
    /// What was read, or what a person put in its place.
    pub value: T,
    /// How sure the reader is, 0 to 100; a person's correction is 100.
    pub sure: u8,
    /// Where it stands in the text; `None` where it was inferred or typed.
    pub place: Option<Place>,
    /// A person has looked at it.
    #[serde(default)]
    pub checked: bool,
}

impl<T> Read<T> {
    /// A value found at `place`.
    pub const fn found(value: T, sure: u8, place: Place) -> Self {
        Self { value, sure, place: Some(place), checked: false }
    }

    /// A value that follows from others.
    pub const fn inferred(value: T, sure: u8) -> Self {
        Self { value, sure, place: None, checked: false }
    }

    /// A person has to look at it before publication.
    pub const fn waits(&self) -> bool {
        self.sure < SURE_ENOUGH && !self.checked
    }
}

/// A stretch of the text: byte offsets, on character boundaries, `start < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TextPlace))]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

/// A policy document as read: every field is there to be corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyDraft {
    pub title: Option<Read<String>>,
    /// 文号, such as 济教发〔2023〕24号.
    pub doc_number: Option<Read<String>>,
    /// 发文机关.
    pub issuer: Option<Read<String>>,
    /// 成文日期.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub issue_date: Option<Read<Date>>,
    /// 主送.
    pub recipients: Option<Read<Vec<String>>>,
    /// 抄送.
    pub copies: Option<Read<Vec<String>>>,
    /// 公开属性 as printed, such as 此件公开发布.
    pub openness: Option<Read<String>>,
    /// First day in force.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub effective_from: Option<Read<Date>>,
    /// The words that say from when and for how long it holds.
    pub effective_text: Option<Read<String>>,
    /// For how many years it holds, where the document says so in years.
    pub valid_years: Option<u16>,
    /// Last day in force: proposed by the rule that `n` years from a day end on the day before its
    /// anniversary, or as printed (有效期至…).
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub last_day: Option<Read<Date>>,
    /// 试行 or 暂行 stands in the title.
    pub trial: bool,
    /// What stands between the title and the first section or measure.
    #[serde(default)]
    pub preamble: String,
    /// In order; a document without sections has one whose number is `None` and whose title is empty.
    pub sections: Vec<SectionDraft>,
    /// What a person should look at.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

/// A section as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectionDraft {
    /// Number as printed, as a figure.
    pub number: Option<u32>,
    pub title: Read<String>,
    pub measures: Vec<MeasureDraft>,
}

/// A measure as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureDraft {
    /// Number as printed, as a figure (restarts where the document restarts).
    pub number: Option<u32>,
    /// Place in the whole document, counted from 1.
    pub seq: u32,
    pub title: Read<String>,
    /// The text after the title, without the list of units, paragraphs separated by `\n`.
    pub body: String,
    /// Units in the order printed.
    pub units: Vec<UnitDraft>,
}

/// A responsible unit as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitDraft {
    /// Name as printed.
    pub name: Read<String>,
    pub role: UnitRole,
    /// The wording stands for several units (各区县教体局, 有关单位, 各有关处室 …).
    pub group: bool,
    /// Whom it means: looked up in the directory, or chosen by a person.
    #[serde(default)]
    pub target: Option<Target>,
}

/// Something in the document that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// No title was found.
    NoTitle,
    /// No document number was found.
    NoNumber,
    /// No issuing body was found.
    NoIssuer,
    /// No issue date was found.
    NoDate,
    /// Neither a section nor a measure was found.
    NoMeasures,
    /// A measure names no unit, though others do.
    NoUnits { seq: u32 },
    /// A number is missing or stands twice in the numbering at this level.
    NumberGap { seq: u32, expected: u32, found: u32 },
    /// The text carries characters or marks that belong to no sentence, such as `[bookmark: _GoBack]`.
    Stray { text: String },
}
