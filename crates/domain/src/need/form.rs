//! The form of a need: its fields, the sections that they stand in, and how far each has come.

use super::{Content, Correction, NeedDraft, Person};
use crate::attachment::Attached;
use crate::kernel::{Fen, FieldError, Progress};
use crate::org::Directory;
use serde::{Deserialize, Serialize};

/// A field that can be filled in, and named in a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Measures,
    Forms,
    Stages,
    Students,
    Teachers,
    Background,
    Goals,
    Benefit,
    Indicators,
    University,
    Discipline,
    Budget,
    Own,
    Period,
    Contact,
    Attachments,
}

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedSection))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 基本情况.
    Basics,
    /// 受益对象.
    Beneficiaries,
    /// 背景与目标.
    Purpose,
    /// 预期效益与指标.
    Benefit,
    /// 意向高校.
    Partner,
    /// 经费与周期.
    Money,
    /// 联系人与附件.
    Contact,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 17] = [
        Self::Title,
        Self::Measures,
        Self::Forms,
        Self::Stages,
        Self::Students,
        Self::Teachers,
        Self::Background,
        Self::Goals,
        Self::Benefit,
        Self::Indicators,
        Self::University,
        Self::Discipline,
        Self::Budget,
        Self::Own,
        Self::Period,
        Self::Contact,
        Self::Attachments,
    ];

    /// The section that it stands in.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Title | Self::Measures | Self::Forms => Section::Basics,
            Self::Stages | Self::Students | Self::Teachers => Section::Beneficiaries,
            Self::Background | Self::Goals => Section::Purpose,
            Self::Benefit | Self::Indicators => Section::Benefit,
            Self::University | Self::Discipline => Section::Partner,
            Self::Budget | Self::Own | Self::Period => Section::Money,
            Self::Contact | Self::Attachments => Section::Contact,
        }
    }

    /// The field that an error's path belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let head = path.split(['[', '.']).next().unwrap_or_default();
        Some(match head {
            "title" | "title_en" => Self::Title,
            "measures" => Self::Measures,
            "forms" | "other_form" => Self::Forms,
            "stages" => Self::Stages,
            "students" => Self::Students,
            "teachers" => Self::Teachers,
            "background" => Self::Background,
            "goals" => Self::Goals,
            "benefit" => Self::Benefit,
            "indicators" => Self::Indicators,
            "university" => Self::University,
            "discipline" => Self::Discipline,
            "budget" => Self::Budget,
            "own" => Self::Own,
            "period" => Self::Period,
            "contact_name" | "contact_phone" => Self::Contact,
            "attachments" => Self::Attachments,
            _ => return None,
        })
    }

    /// Whether two drafts say the same in this field. Attachments stand beside the draft.
    #[must_use]
    pub fn is_same(self, one: &NeedDraft, other: &NeedDraft) -> bool {
        match self {
            Self::Title => one.title == other.title && one.title_en == other.title_en,
            Self::Measures => one.measures == other.measures,
            Self::Forms => one.forms == other.forms && one.other_form == other.other_form,
            Self::Stages => one.stages == other.stages,
            Self::Students => one.students == other.students,
            Self::Teachers => one.teachers == other.teachers,
            Self::Background => one.background == other.background,
            Self::Goals => one.goals == other.goals,
            Self::Benefit => one.benefit == other.benefit,
            Self::Indicators => one.indicators == other.indicators,
            Self::University => one.university == other.university,
            Self::Discipline => one.discipline == other.discipline,
            Self::Budget => one.budget == other.budget,
            Self::Own => one.own == other.own,
            Self::Period => one.period == other.period,
            Self::Contact => {
                one.contact_name == other.contact_name && one.contact_phone == other.contact_phone
            }
            Self::Attachments => true,
        }
    }
}

impl Section {
    /// Every section, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Basics,
        Self::Beneficiaries,
        Self::Purpose,
        Self::Benefit,
        Self::Partner,
        Self::Money,
        Self::Contact,
    ];

    /// As it stands in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Beneficiaries => "beneficiaries",
            Self::Purpose => "purpose",
            Self::Benefit => "benefit",
            Self::Partner => "partner",
            Self::Money => "money",
            Self::Contact => "contact",
        }
    }

    /// The section with this name in addresses.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }

    /// Its fields, in order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(move |field| field.section() == self)
    }

    /// Nothing in it has to be filled in.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::Partner)
    }
}

/// Whether `field` may be changed: a return opens what it names, what goes with that, and what does not hold
/// (`errors`); one that names nothing opens all.
#[must_use]
pub fn is_open(corrections: Option<&[Correction]>, errors: &[FieldError], field: Field) -> bool {
    let Some(named) = corrections.filter(|named| !named.is_empty()) else { return true };
    let broken = errors.iter().any(|error| Field::of_path(&error.path) == Some(field));
    broken || named.iter().any(|it| it.field == field || goes_with(it.field, field))
}

/// Fields that are checked against each other: who may change one must be able to change the other.
const fn goes_with(named: Field, other: Field) -> bool {
    matches!(
        (named, other),
        (Field::Measures, Field::Forms)
            | (Field::Forms, Field::Measures)
            | (Field::Budget, Field::Own)
            | (Field::Own, Field::Budget)
            | (Field::Students, Field::Teachers)
            | (Field::Teachers, Field::Students)
    )
}

/// What is written of a need, and what of it was submitted last.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    pub draft: &'a NeedDraft,
    pub attachments: &'a [Attached],
    pub submitted: Option<&'a Content>,
    pub directory: &'a Directory,
}

impl Written<'_> {
    /// Whether it says something else in `field` than what was submitted; how it is typed makes no difference.
    #[must_use]
    pub fn is_changed(&self, field: Field) -> bool {
        let (draft, Some(was)) = (self.draft, self.submitted) else { return true };
        let differs = |typed: &str, was: &str| typed.trim() != was;
        let counts = |typed: &str, was: u32| typed.trim().parse() != Ok(was);
        match field {
            Field::Title => differs(&draft.title, &was.title) || differs(&draft.title_en, &was.title_en),
            Field::Measures => draft.measures != was.measures,
            Field::Forms => draft.forms != was.forms || differs(&draft.other_form, &was.other_form),
            Field::Stages => draft.stages != was.stages,
            Field::Students => counts(&draft.students, was.students),
            Field::Teachers => counts(&draft.teachers, was.teachers),
            Field::Background => differs(&draft.background, &was.background),
            Field::Goals => differs(&draft.goals, &was.goals),
            Field::Benefit => differs(&draft.benefit, &was.benefit),
            Field::Indicators => draft.read_indicators() != was.indicators,
            Field::University => {
                let named = self.directory.org_by_slug(draft.university.trim()).map(|org| org.id);
                named != was.university
            }
            Field::Discipline => differs(&draft.discipline, &was.discipline),
            Field::Budget => Fen::from_yuan(draft.budget.trim()) != Some(was.budget),
            Field::Own => Fen::from_yuan(draft.own.trim()).unwrap_or(Fen::ZERO) != was.own,
            Field::Period => differs(&draft.period, &was.period),
            Field::Contact => {
                let Person { name, phone } = &was.contact;
                differs(&draft.contact_name, name) || differs(&draft.contact_phone, phone)
            }
            Field::Attachments => self.attachments != was.attachments,
        }
    }
}

/// How far `section` has come. `errors` are those of the whole draft, `corrections` those of a return: what it
/// names is done once it says something else and holds.
#[must_use]
pub fn progress(
    section: Section,
    written: &Written<'_>,
    errors: &[FieldError],
    corrections: Option<&[Correction]>,
) -> Progress {
    let holds = !errors
        .iter()
        .any(|error| Field::of_path(&error.path).is_some_and(|field| field.section() == section));
    if let Some(named) = corrections
        && !named.is_empty()
    {
        let mut here = named.iter().map(|it| it.field).filter(|field| field.section() == section).peekable();
        return match (here.peek().is_some(), holds) {
            (true, true) if here.all(|field| written.is_changed(field)) => Progress::Done,
            (true, _) => Progress::ToCorrect,
            (false, true) => Progress::Closed,
            (false, false) => Progress::Started,
        };
    }
    let untouched = section.fields().all(|field| field.is_same(written.draft, &NeedDraft::default()));
    match (untouched, holds) {
        (true, _) => Progress::NotStarted,
        (false, true) => Progress::Done,
        (false, false) => Progress::Started,
    }
}
