//! The form of an application: its fields, the sections that they stand in, and how far each has come.

use super::draft::{Filed, PromiseDraft, Purpose};
use super::{Application, ApplicationDraft, Correction};
use crate::kernel::{AttachmentId, Fen, FieldError, Progress};
use serde::{Deserialize, Serialize};

/// A field that can be filled in, and that two versions can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationField))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Partners,
    Person,
    Team,
    Plan,
    Risk,
    Deliverables,
    Milestones,
    Benefit,
    Promises,
    Budget,
    Basis,
    Attachments,
    SealedPage,
}

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationSection))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 基本信息.
    Basics,
    /// 负责人与团队.
    Team,
    /// 实施方案.
    Plan,
    /// 合作成果与进度.
    Schedule,
    /// 预期效益.
    Benefit,
    /// 经费预算.
    Budget,
    /// 工作基础.
    Basis,
    /// 附件与盖章页.
    Files,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 14] = [
        Self::Title,
        Self::Partners,
        Self::Person,
        Self::Team,
        Self::Plan,
        Self::Risk,
        Self::Deliverables,
        Self::Milestones,
        Self::Benefit,
        Self::Promises,
        Self::Budget,
        Self::Basis,
        Self::Attachments,
        Self::SealedPage,
    ];

    /// The section that it stands in.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Title | Self::Partners => Section::Basics,
            Self::Person | Self::Team => Section::Team,
            Self::Plan | Self::Risk => Section::Plan,
            Self::Deliverables | Self::Milestones => Section::Schedule,
            Self::Benefit | Self::Promises => Section::Benefit,
            Self::Budget => Section::Budget,
            Self::Basis => Section::Basis,
            Self::Attachments | Self::SealedPage => Section::Files,
        }
    }

    /// Where it stands in the draft's JSON; files stand beside it.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Partners => "partners",
            Self::Person => "person_name",
            Self::Team => "team",
            Self::Plan => "work_plan",
            Self::Risk => "risk",
            Self::Deliverables => "deliverables",
            Self::Milestones => "milestones",
            Self::Benefit => "benefit",
            Self::Promises => "promises",
            Self::Budget => "asked",
            Self::Basis => "basis",
            Self::Attachments => "attachments",
            Self::SealedPage => "sealed_page",
        }
    }

    /// The field that an error's path belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let head = path.split(['[', '.']).next().unwrap_or_default();
        Some(match head {
            "title" | "title_en" => Self::Title,
            "partners" => Self::Partners,
            "person_name" | "person_title" | "person_phone" | "unsupported" => Self::Person,
            "team" => Self::Team,
            "work_plan" => Self::Plan,
            "risk" => Self::Risk,
            "deliverables" => Self::Deliverables,
            "milestones" => Self::Milestones,
            "benefit" => Self::Benefit,
            "promises" => Self::Promises,
            "asked" | "matched" | "lines" => Self::Budget,
            "basis" => Self::Basis,
            "attachments" => Self::Attachments,
            "sealed_page" => Self::SealedPage,
            _ => return None,
        })
    }

    /// Whether two drafts say the same in this field; files stand beside the draft.
    #[must_use]
    pub fn is_same(self, one: &ApplicationDraft, other: &ApplicationDraft) -> bool {
        match self {
            Self::Title => one.title == other.title && one.title_en == other.title_en,
            Self::Partners => one.partners == other.partners,
            Self::Person => {
                one.person_name == other.person_name
                    && one.person_title == other.person_title
                    && one.person_phone == other.person_phone
                    && one.unsupported == other.unsupported
            }
            Self::Team => one.team == other.team,
            Self::Plan => one.work_plan == other.work_plan,
            Self::Risk => one.risk == other.risk,
            Self::Deliverables => one.deliverables == other.deliverables,
            Self::Milestones => one.milestones == other.milestones,
            Self::Benefit => one.benefit == other.benefit,
            Self::Promises => one.promises == other.promises,
            Self::Budget => {
                one.asked == other.asked && one.matched == other.matched && one.lines == other.lines
            }
            Self::Basis => one.basis == other.basis,
            Self::Attachments | Self::SealedPage => true,
        }
    }
}

impl Field {
    /// Whether two drafts come to the same in this field, however each is typed: gaps around words, separators of
    /// thousands and the order of milestones make no difference.
    #[must_use]
    pub fn says_same(self, one: &ApplicationDraft, other: &ApplicationDraft) -> bool {
        self.is_same(&plain(one), &plain(other))
    }
}

/// A draft as it would be submitted, for comparison: texts trimmed, amounts written in one way, milestones by day.
fn plain(draft: &ApplicationDraft) -> ApplicationDraft {
    let mut it = draft.clone();
    for text in [
        &mut it.title,
        &mut it.title_en,
        &mut it.person_name,
        &mut it.person_title,
        &mut it.person_phone,
        &mut it.work_plan,
        &mut it.risk,
        &mut it.benefit,
        &mut it.basis,
    ] {
        *text = text.trim().to_owned();
    }
    if it.matched.trim().is_empty() {
        it.matched = Fen::ZERO.to_string();
    }
    for amount in it.lines.iter_mut().map(|line| &mut line.amount).chain([&mut it.asked, &mut it.matched]) {
        if let Some(fen) = Fen::from_yuan(amount.trim()) {
            *amount = fen.to_string();
        }
    }
    it.milestones.sort_by(|one, other| one.due.trim().cmp(other.due.trim()));
    it
}

impl Section {
    /// Every section, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Basics,
        Self::Team,
        Self::Plan,
        Self::Schedule,
        Self::Benefit,
        Self::Budget,
        Self::Basis,
        Self::Files,
    ];

    /// As it stands in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Team => "team",
            Self::Plan => "plan",
            Self::Schedule => "schedule",
            Self::Benefit => "benefit",
            Self::Budget => "budget",
            Self::Basis => "basis",
            Self::Files => "files",
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

    /// The section that an error's path belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        Field::of_path(path).map(Field::section)
    }
}

/// Whether a return leaves `field` to be changed: it opens exactly the sections that it names, and whatever does
/// not hold, such as a sealed page that a correction has voided. Without a return every field is open.
#[must_use]
pub fn is_open(corrections: Option<&[Correction]>, errors: &[FieldError], field: Field) -> bool {
    let Some(named) = corrections else { return true };
    let broken = errors.iter().any(|error| Field::of_path(&error.path) == Some(field));
    broken || named.iter().any(|it| it.section == field.section())
}

/// How far `section` has come. `errors` are those of the whole draft, `has_files` says whether any file stands
/// beside it, `corrections` are those of a return and `changed` the fields that say something else since.
#[must_use]
pub fn progress(
    section: Section,
    draft: &ApplicationDraft,
    has_files: bool,
    errors: &[FieldError],
    corrections: Option<(&[Correction], &[Field])>,
) -> Progress {
    let holds = !errors.iter().any(|error| Section::of_path(&error.path) == Some(section));
    if let Some((named, changed)) = corrections {
        let is_named = named.iter().any(|it| it.section == section);
        let is_changed = changed.iter().any(|field| field.section() == section);
        return match (is_named, holds, is_changed) {
            (true, true, true) => Progress::Done,
            (true, _, _) | (false, false, _) => Progress::ToCorrect,
            (false, true, _) => Progress::Closed,
        };
    }
    // A row for each indicator of the need stands there from the beginning.
    let promises = draft.promises.iter();
    let promises =
        promises.map(|it| PromiseDraft { indicator: it.indicator.clone(), ..PromiseDraft::default() });
    let blank = ApplicationDraft { promises: promises.collect(), ..ApplicationDraft::default() };
    let untouched = section.fields().all(|field| field.is_same(draft, &blank));
    let untouched = untouched && (section != Section::Files || !has_files);
    match (untouched, holds) {
        (true, _) => Progress::NotStarted,
        (false, true) => Progress::Done,
        (false, false) => Progress::Started,
    }
}

/// How far each section of `application` has come, with `files` beside what is typed and `errors` in it.
#[must_use]
pub fn standing(
    application: &Application,
    files: &[Filed],
    errors: &[FieldError],
) -> Vec<(Section, Progress)> {
    let changed = changed(application, files);
    let corrections = application.returned.as_ref().map(|it| (it.corrections.as_slice(), changed.as_slice()));
    let draft = &application.draft;
    let of = |section| (section, progress(section, draft, !files.is_empty(), errors, corrections));
    Section::ALL.into_iter().map(of).collect()
}

/// In what the draft says something else than what was submitted.
fn changed(application: &Application, files: &[Filed]) -> Vec<Field> {
    let Some(content) = &application.content else { return Vec::new() };
    let (before, draft) = (ApplicationDraft::from(content), &application.draft);
    let of = |purpose| files.iter().filter(move |it| it.purpose == purpose).map(|it| it.file.id);
    let attached = of(Purpose::Other).collect::<Vec<AttachmentId>>();
    Field::ALL
        .into_iter()
        .filter(|field| match field {
            Field::SealedPage => of(Purpose::SealedPage).next() != Some(content.sealed_page.id),
            Field::Attachments => !content.attachments.iter().map(|it| it.id).eq(attached.iter().copied()),
            field => !field.says_same(draft, &before),
        })
        .collect()
}
