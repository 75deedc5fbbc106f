//! An application as typed, and its checks. It may be saved incomplete; it is submitted only when it holds.

use super::{
    Application, Colleague, Content, Deliverable, Field, Line, LineDraft, Milestone, Partner, PartnerKind,
    Person, Promise, Section, budget, form, team,
};
use crate::attachment::{Attached, Kind};
use crate::kernel::field::{at_most, day, figure, needed, number, phone};
use crate::kernel::{Actor, Date, FieldError, FieldProblem, hex};
use crate::need::Content as NeedContent;
use crate::policy::Content as PolicyContent;
use crate::policy::forms::{Form, forms_of};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Most rows of a table of the form.
const ROWS_MOST: usize = 30;
/// Figures of the code that a printed copy bears: 48 bits, enough that no two copies of one application share it.
const CODE_FIGURES: usize = 12;

/// An application as typed: figures and dates are text, so that what does not hold can be shown as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ApplicationDraft {
    pub title: String,
    pub title_en: String,
    pub partners: Vec<PartnerDraft>,
    pub person_name: String,
    pub person_title: String,
    pub person_phone: String,
    /// The responsible person declares to be within the support period of none of Jinan's talent policies.
    pub unsupported: bool,
    pub team: Vec<ColleagueDraft>,
    pub work_plan: String,
    pub risk: String,
    pub deliverables: Vec<DeliverableDraft>,
    pub milestones: Vec<MilestoneDraft>,
    pub benefit: String,
    pub promises: Vec<PromiseDraft>,
    /// Asked of the programme, in yuan.
    pub asked: String,
    /// Brought along, in yuan.
    pub matched: String,
    pub lines: Vec<LineDraft>,
    pub basis: String,
}

/// A partner as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PartnerDraft {
    pub kind: Option<PartnerKind>,
    pub name: String,
}

/// A person of the team as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ColleagueDraft {
    pub name: String,
    pub title: String,
    pub task: String,
}

/// A deliverable as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DeliverableDraft {
    pub form: Option<Form>,
    /// What 其他 means.
    pub other: String,
    pub count: String,
    pub unit: String,
    pub due: String,
}

/// A milestone as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MilestoneDraft {
    pub due: String,
    pub what: String,
}

/// What is expected of an indicator of the need, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PromiseDraft {
    /// As the need names it.
    pub indicator: String,
    pub target: String,
    pub how: String,
}

/// What a file beside the draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 盖章页: the printed copy, signed and sealed.
    SealedPage,
    /// 附件.
    Other,
}

/// A file beside the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub purpose: Purpose,
    pub file: Attached,
    /// Of a sealed page: the code of the draft that it was printed from.
    pub code: String,
}

/// What a draft is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The policy that the cycle runs under.
    pub policy: &'a PolicyContent,
    /// The need that it answers.
    pub need: &'a NeedContent,
    /// First and last day of 实施, where they are planned.
    pub implementing: Option<(Date, Date)>,
    pub files: &'a [Filed],
}

impl ApplicationDraft {
    /// The draft that an application for `need` begins with: one row for each of its indicators.
    #[must_use]
    pub fn answering(need: &NeedContent) -> Self {
        let promises = need.indicators.iter();
        let promises =
            promises.map(|it| PromiseDraft { indicator: it.name.clone(), ..PromiseDraft::default() });
        Self { promises: promises.collect(), ..Self::default() }
    }

    /// The code that a printed copy of it bears: any change gives another.
    #[must_use]
    pub fn code(&self) -> String {
        // A draft is plain text: it can always be written.
        let text = serde_jcs::to_vec(self).unwrap_or_default();
        let digest = hex(&Sha256::digest(text));
        digest.chars().take(CODE_FIGURES).collect::<String>().to_uppercase()
    }

    /// Whether a printed copy that bears `code` says what is typed now. Small letters make no difference.
    #[must_use]
    pub fn bears(&self, code: &str) -> bool {
        self.code() == code.trim().to_uppercase()
    }

    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, context: Context<'_>) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = needed(&mut errors, "title", &self.title, 60);
        let title_en = at_most(&mut errors, "title_en", &self.title_en, 160);
        let partners = self.partners(&mut errors);
        let person = self.person(&mut errors);
        let team = self.team(&mut errors);
        let plan = needed(&mut errors, "work_plan", &self.work_plan, 8000);
        let risk = needed(&mut errors, "risk", &self.risk, 2000);
        let deliverables = self.deliverables(&mut errors, context);
        let milestones = self.milestones(&mut errors, context);
        let benefit = needed(&mut errors, "benefit", &self.benefit, 2000);
        let promises = self.promises(&mut errors, context.need);
        let budget = budget::check(&mut errors, &self.asked, &self.matched, &self.lines);
        let basis = needed(&mut errors, "basis", &self.basis, 4000);
        let sealed_page = self.sealed_page(&mut errors, context.files);
        let others = context.files.iter().filter(|it| it.purpose == Purpose::Other);
        let attachments = others.map(|it| it.file.clone()).collect();
        match (budget, sealed_page) {
            (Some((asked, matched, lines)), Some(sealed_page)) if errors.is_empty() => Ok(Content {
                title,
                title_en,
                partners,
                person,
                team,
                plan,
                risk,
                deliverables,
                milestones,
                benefit,
                promises,
                asked,
                matched,
                lines,
                basis,
                sealed_page,
                attachments,
            }),
            _ => Err(errors),
        }
    }

    fn partners(&self, errors: &mut Vec<FieldError>) -> Vec<Partner> {
        few(errors, "partners", self.partners.len());
        let mut checked = Vec::new();
        for (at, typed) in self.partners.iter().enumerate() {
            if typed.kind.is_none() {
                errors.push(FieldError::required(format!("partners[{at}].kind")));
            }
            let name = needed(errors, &format!("partners[{at}].name"), &typed.name, 100);
            checked.extend(typed.kind.map(|kind| Partner { kind, name }));
        }
        checked
    }

    fn person(&self, errors: &mut Vec<FieldError>) -> Person {
        let person = Person {
            name: needed(errors, "person_name", &self.person_name, 30),
            title: needed(errors, "person_title", &self.person_title, 60),
            phone: phone(errors, "person_phone", &self.person_phone),
        };
        if !self.unsupported {
            errors.push(FieldError::required("unsupported"));
        }
        person
    }

    fn team(&self, errors: &mut Vec<FieldError>) -> Vec<Colleague> {
        few(errors, "team", self.team.len());
        let rows = self.team.iter().enumerate();
        rows.map(|(at, typed)| Colleague {
            name: needed(errors, &format!("team[{at}].name"), &typed.name, 30),
            title: at_most(errors, &format!("team[{at}].title"), &typed.title, 60),
            task: needed(errors, &format!("team[{at}].task"), &typed.task, 100),
        })
        .collect()
    }

    /// A deliverable has a form that a measure of the need names, or one that the need asks for.
    fn deliverables(&self, errors: &mut Vec<FieldError>, context: Context<'_>) -> Vec<Deliverable> {
        some(errors, "deliverables", self.deliverables.len());
        let mut checked = Vec::new();
        for (at, typed) in self.deliverables.iter().enumerate() {
            let path = |part: &str| format!("deliverables[{at}].{part}");
            let fits = |form: Form| forms_for(context).contains(&form);
            match typed.form {
                None => errors.push(FieldError::required(path("form"))),
                Some(form) if !fits(form) => {
                    let problem = FieldProblem::DoesNotFit { other: "need".into() };
                    errors.push(FieldError::new(path("form"), problem));
                }
                Some(_) => {}
            }
            let other = match typed.form {
                Some(Form::Other) => needed(errors, &path("other"), &typed.other, 60),
                _ => String::new(),
            };
            let count = number(errors, &path("count"), &typed.count, 1, 100_000);
            let count = count.and_then(|count| u32::try_from(count).ok());
            let unit = needed(errors, &path("unit"), &typed.unit, 10);
            let due = day_within(errors, &path("due"), &typed.due, context);
            if let (Some(form), Some(count), Some(due)) = (typed.form, count, due) {
                checked.push(Deliverable { form, other, count, unit, due });
            }
        }
        checked
    }

    fn milestones(&self, errors: &mut Vec<FieldError>, context: Context<'_>) -> Vec<Milestone> {
        some(errors, "milestones", self.milestones.len());
        let mut checked = Vec::new();
        for (at, typed) in self.milestones.iter().enumerate() {
            let due = day_within(errors, &format!("milestones[{at}].due"), &typed.due, context);
            let what = needed(errors, &format!("milestones[{at}].what"), &typed.what, 200);
            checked.extend(due.map(|due| Milestone { due, what }));
        }
        checked.sort_by_key(|it| it.due);
        checked
    }

    /// Every indicator of the need is answered, and no other.
    fn promises(&self, errors: &mut Vec<FieldError>, need: &NeedContent) -> Vec<Promise> {
        for (at, typed) in self.promises.iter().enumerate() {
            let named = typed.indicator.trim();
            let path = || format!("promises[{at}].indicator");
            if !need.indicators.iter().any(|it| it.name == named) {
                let nearest = need.indicators.iter().map(|it| it.name.clone()).collect();
                let problem = FieldProblem::Unknown { got: named.to_owned(), nearest };
                errors.push(FieldError::new(path(), problem));
            } else if self.promises.iter().position(|it| it.indicator.trim() == named) != Some(at) {
                errors.push(FieldError::new(path(), FieldProblem::Twice { got: named.to_owned() }));
            }
        }
        let mut checked = Vec::new();
        for indicator in &need.indicators {
            let found = self.promises.iter().position(|it| it.indicator.trim() == indicator.name);
            let typed = found.and_then(|at| self.promises.get(at).map(|typed| (at, typed)));
            let Some((at, typed)) = typed else {
                let problem = FieldProblem::Missing { what: indicator.name.clone() };
                errors.push(FieldError::new("promises", problem));
                continue;
            };
            let target = figure(errors, &format!("promises[{at}].target"), &typed.target);
            let how = needed(errors, &format!("promises[{at}].how"), &typed.how, 300);
            checked.extend(target.map(|target| Promise {
                indicator: indicator.name.clone(),
                unit: indicator.unit.clone(),
                target,
                how,
            }));
        }
        checked
    }

    /// 盖章页: a PDF of what is typed now; a change after it was printed voids it.
    fn sealed_page(&self, errors: &mut Vec<FieldError>, files: &[Filed]) -> Option<Attached> {
        let Some(found) = files.iter().find(|it| it.purpose == Purpose::SealedPage) else {
            errors.push(FieldError::required("sealed_page"));
            return None;
        };
        if found.file.kind != Kind::Pdf {
            errors.push(FieldError::new("sealed_page", FieldProblem::DoesNotFit { other: "pdf".into() }));
        } else if found.code != self.code() {
            errors.push(FieldError::new("sealed_page", FieldProblem::Voided));
        }
        Some(found.file.clone())
    }
}

impl From<&Content> for ApplicationDraft {
    /// What was submitted, as it would be typed; nobody types a declaration that was not made.
    fn from(it: &Content) -> Self {
        let partner = |it: &Partner| PartnerDraft { kind: Some(it.kind), name: it.name.clone() };
        let colleague = |it: &Colleague| ColleagueDraft {
            name: it.name.clone(),
            title: it.title.clone(),
            task: it.task.clone(),
        };
        let deliverable = |it: &Deliverable| DeliverableDraft {
            form: Some(it.form),
            other: it.other.clone(),
            count: it.count.to_string(),
            unit: it.unit.clone(),
            due: it.due.to_string(),
        };
        let promise = |it: &Promise| PromiseDraft {
            indicator: it.indicator.clone(),
            target: it.target.clone(),
            how: it.how.clone(),
        };
        let line = |it: &Line| LineDraft {
            category: Some(it.category),
            source: Some(it.source),
            amount: it.amount.to_string(),
            note: it.note.clone(),
        };
        let milestone = |it: &Milestone| MilestoneDraft { due: it.due.to_string(), what: it.what.clone() };
        Self {
            title: it.title.clone(),
            title_en: it.title_en.clone(),
            partners: it.partners.iter().map(partner).collect(),
            person_name: it.person.name.clone(),
            person_title: it.person.title.clone(),
            person_phone: it.person.phone.clone(),
            unsupported: true,
            team: it.team.iter().map(colleague).collect(),
            work_plan: it.plan.clone(),
            risk: it.risk.clone(),
            deliverables: it.deliverables.iter().map(deliverable).collect(),
            milestones: it.milestones.iter().map(milestone).collect(),
            benefit: it.benefit.clone(),
            promises: it.promises.iter().map(promise).collect(),
            asked: it.asked.to_string(),
            matched: it.matched.to_string(),
            lines: it.lines.iter().map(line).collect(),
            basis: it.basis.clone(),
        }
    }
}

/// The forms that a deliverable may have: those of the need's measures, those that it asks for, and 其他.
#[must_use]
pub fn forms_for(context: Context<'_>) -> Vec<Form> {
    let named = context.need.measures.iter().flat_map(|seq| forms_of(context.policy, *seq).iter().copied());
    let mut forms: Vec<Form> = named.chain(context.need.forms.iter().copied()).collect();
    forms.push(Form::Other);
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Fields that were changed although neither `actor`'s part in the team nor a return opens them; `errors` are those
/// of the draft as it stands: what does not hold can always be mended by who may write there.
#[must_use]
pub fn beyond(
    actor: &Actor,
    application: &Application,
    draft: &ApplicationDraft,
    errors: &[FieldError],
) -> Vec<FieldError> {
    Field::ALL
        .into_iter()
        .filter(|field| !field.is_same(&application.draft, draft))
        .filter(|field| !may_write(actor, application, *field, errors))
        .map(|field| {
            let is_theirs = team::sections(actor, application).contains(&field.section());
            let problem = if is_theirs { FieldProblem::NotOpen } else { FieldProblem::OthersPart };
            FieldError::new(field.path(), problem)
        })
        .collect()
}

/// Whether `actor` may write in `field` now.
#[must_use]
pub fn may_write(actor: &Actor, application: &Application, field: Field, errors: &[FieldError]) -> bool {
    let named = application.returned.as_ref().map(|returned| returned.corrections.as_slice());
    team::sections(actor, application).contains(&field.section()) && form::is_open(named, errors, field)
}

/// The sections that `actor` may write in now.
#[must_use]
pub fn open_sections(actor: &Actor, application: &Application, errors: &[FieldError]) -> Vec<Section> {
    Section::ALL
        .into_iter()
        .filter(|section| section.fields().any(|field| may_write(actor, application, field, errors)))
        .collect()
}

/// A day within 实施, where that is planned.
fn day_within(errors: &mut Vec<FieldError>, path: &str, text: &str, context: Context<'_>) -> Option<Date> {
    let day = day(errors, path, text)?;
    match context.implementing {
        Some((first, _)) if day < first => {
            errors.push(FieldError::new(path, FieldProblem::Before { other: "implementing_from".into() }));
        }
        Some((_, last)) if day > last => {
            errors.push(FieldError::new(path, FieldProblem::After { other: "implementing_to".into() }));
        }
        _ => {}
    }
    Some(day)
}

fn some(errors: &mut Vec<FieldError>, path: &str, rows: usize) {
    if rows == 0 {
        errors.push(FieldError::required(path));
    }
    few(errors, path, rows);
}

fn few(errors: &mut Vec<FieldError>, path: &str, rows: usize) {
    if rows > ROWS_MOST {
        errors.push(FieldError::new(path, FieldProblem::TooMany { max: ROWS_MOST }));
    }
}
