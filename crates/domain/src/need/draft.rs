//! A need as typed, and its checks. It may be saved incomplete; it is submitted only when it holds.

use super::{Content, Correction, Field, Indicator, Need, Person, Return, Stage, State, form};
use crate::kernel::field::{amount, at_most, figure, needed, number, phone};
use crate::kernel::window::{closing, parse_minute};
use crate::kernel::{AccountId, Fen, FieldError, FieldProblem, Instant, OrgId};
use crate::org::{Directory, OrgKind};
use crate::policy::Content as PolicyContent;
use crate::policy::forms::{Form, forms_of, open_measures};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most indicators that a need names.
const INDICATORS_MOST: usize = 10;
/// Most measures that a need comes under.
const MEASURES_MOST: usize = 4;

/// A need as typed: figures are text, so that what does not hold can be shown as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NeedDraft {
    pub title: String,
    pub title_en: String,
    /// Running numbers of measures, the main one first.
    pub measures: Vec<u32>,
    pub forms: Vec<Form>,
    /// What 其他 means, where it is among the forms.
    pub other_form: String,
    pub stages: Vec<Stage>,
    /// Pupils who benefit.
    pub students: String,
    /// Teachers who benefit.
    pub teachers: String,
    pub background: String,
    pub goals: String,
    pub benefit: String,
    pub indicators: Vec<IndicatorDraft>,
    /// Slug of the university that the unit would like.
    pub university: String,
    pub discipline: String,
    /// Budget wanted, in yuan.
    pub budget: String,
    /// The unit's own contribution, in yuan.
    pub own: String,
    pub period: String,
    pub contact_name: String,
    pub contact_phone: String,
}

/// An indicator as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct IndicatorDraft {
    pub name: String,
    pub unit: String,
    pub baseline: String,
    pub target: String,
}

/// What a draft is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The policy that the cycle runs under.
    pub policy: &'a PolicyContent,
    pub directory: &'a Directory,
}

impl NeedDraft {
    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, context: Context<'_>) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = needed(&mut errors, "title", &self.title, 60);
        let title_en = at_most(&mut errors, "title_en", &self.title_en, 160);
        self.measures(&mut errors, context.policy);
        self.forms(&mut errors, context.policy);
        twice(&mut errors, "stages", &self.stages);
        let students = number(&mut errors, "students", &self.students, 0, 1_000_000);
        let teachers = number(&mut errors, "teachers", &self.teachers, 0, 100_000);
        if (students, teachers) == (Some(0), Some(0)) {
            errors.push(FieldError::new("students", FieldProblem::NoneWith { other: "teachers".into() }));
        }
        let background = needed(&mut errors, "background", &self.background, 2000);
        let goals = needed(&mut errors, "goals", &self.goals, 2000);
        let benefit = needed(&mut errors, "benefit", &self.benefit, 2000);
        let indicators = self.indicators(&mut errors);
        let university = self.university(&mut errors, context.directory);
        let discipline = at_most(&mut errors, "discipline", &self.discipline, 100);
        let money = self.money(&mut errors);
        let period = needed(&mut errors, "period", &self.period, 100);
        let contact = Person {
            name: needed(&mut errors, "contact_name", &self.contact_name, 30),
            phone: phone(&mut errors, "contact_phone", &self.contact_phone),
        };
        let count = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
        match (count(students), count(teachers), money) {
            (Some(students), Some(teachers), Some((budget, own))) if errors.is_empty() => Ok(Content {
                title,
                title_en,
                measures: self.measures.clone(),
                forms: self.forms.clone(),
                other_form: self.other_form.trim().to_owned(),
                stages: self.stages.clone(),
                students,
                teachers,
                background,
                goals,
                benefit,
                indicators,
                university,
                discipline,
                budget,
                own,
                period,
                contact,
                attachments: Vec::new(),
            }),
            _ => Err(errors),
        }
    }

    /// Measures (十一) and (十二) are about the programme itself: a need comes under one with forms.
    fn measures(&self, errors: &mut Vec<FieldError>, policy: &PolicyContent) {
        twice(errors, "measures", &self.measures);
        if self.measures.len() > MEASURES_MOST {
            let problem = FieldProblem::TooMany { max: MEASURES_MOST };
            errors.push(FieldError::new("measures", problem));
        }
        for (at, seq) in self.measures.iter().enumerate() {
            if !open_measures(policy).contains(seq) {
                let nearest = open_measures(policy).iter().map(u32::to_string).collect();
                let problem = FieldProblem::Unknown { got: seq.to_string(), nearest };
                errors.push(FieldError::new(format!("measures[{at}]"), problem));
            }
        }
    }

    fn forms(&self, errors: &mut Vec<FieldError>, policy: &PolicyContent) {
        twice(errors, "forms", &self.forms);
        for (at, form) in self.forms.iter().enumerate() {
            let named = |seq: &u32| forms_of(policy, *seq).contains(form);
            if *form != Form::Other && !self.measures.iter().any(named) {
                let problem = FieldProblem::DoesNotFit { other: "measures".into() };
                errors.push(FieldError::new(format!("forms[{at}]"), problem));
            }
        }
        if self.forms.contains(&Form::Other) {
            needed(errors, "other_form", &self.other_form, 60);
        }
    }

    fn indicators(&self, errors: &mut Vec<FieldError>) -> Vec<Indicator> {
        if self.indicators.is_empty() {
            errors.push(FieldError::required("indicators"));
        } else if self.indicators.len() > INDICATORS_MOST {
            let problem = FieldProblem::TooMany { max: INDICATORS_MOST };
            errors.push(FieldError::new("indicators", problem));
        }
        let mut names = BTreeSet::new();
        let mut checked = Vec::new();
        for (at, typed) in self.indicators.iter().enumerate() {
            let path = |part: &str| format!("indicators[{at}].{part}");
            let name = needed(errors, &path("name"), &typed.name, 60);
            if !name.is_empty() && !names.insert(name.clone()) {
                errors.push(FieldError::new(path("name"), FieldProblem::Twice { got: name.clone() }));
            }
            let unit = needed(errors, &path("unit"), &typed.unit, 10);
            let baseline = figure(errors, &path("baseline"), &typed.baseline);
            let target = figure(errors, &path("target"), &typed.target);
            if baseline.is_some() && baseline == target {
                let problem = FieldProblem::SameAs { other: path("baseline") };
                errors.push(FieldError::new(path("target"), problem));
            }
            if let (Some(baseline), Some(target)) = (baseline, target) {
                checked.push(Indicator { name, unit, baseline, target });
            }
        }
        checked
    }

    /// Its indicators as they would be submitted; those that do not hold are left out.
    #[must_use]
    pub fn read_indicators(&self) -> Vec<Indicator> {
        self.indicators(&mut Vec::new())
    }

    fn university(&self, errors: &mut Vec<FieldError>, directory: &Directory) -> Option<OrgId> {
        let got = self.university.trim();
        if got.is_empty() {
            return None;
        }
        let found = directory.org_by_slug(got).filter(|org| org.kind == OrgKind::University);
        if found.is_none() {
            let problem = FieldProblem::Unknown { got: got.to_owned(), nearest: Vec::new() };
            errors.push(FieldError::new("university", problem));
        }
        found.map(|org| org.id)
    }

    /// The unit's own contribution is part of the budget.
    fn money(&self, errors: &mut Vec<FieldError>) -> Option<(Fen, Fen)> {
        let budget = amount(errors, "budget", &self.budget);
        let own = if self.own.trim().is_empty() { Some(Fen::ZERO) } else { amount(errors, "own", &self.own) };
        if let (Some(budget), Some(own)) = (budget, own)
            && own > budget
        {
            errors.push(FieldError::new("own", FieldProblem::MoreThan { other: "budget".into() }));
        }
        Some((budget?, own?))
    }
}

/// Fields that were changed although the return of `need` does not open them; `errors` are those of the
/// draft as it stands: what does not hold can always be mended.
#[must_use]
pub fn beyond_return(need: &Need, draft: &NeedDraft, errors: &[FieldError]) -> Vec<FieldError> {
    let named = need.returned.as_ref().map(|returned| returned.corrections.as_slice());
    Field::ALL
        .into_iter()
        .filter(|field| !form::is_open(named, errors, *field) && !field.is_same(&need.draft, draft))
        .map(|field| FieldError::new(path_of(field), FieldProblem::NotOpen))
        .collect()
}

/// Where a field stands in the draft's JSON.
#[must_use]
pub const fn path_of(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Measures => "measures",
        Field::Forms => "forms",
        Field::Stages => "stages",
        Field::Students => "students",
        Field::Teachers => "teachers",
        Field::Background => "background",
        Field::Goals => "goals",
        Field::Benefit => "benefit",
        Field::Indicators => "indicators",
        Field::University => "university",
        Field::Discipline => "discipline",
        Field::Budget => "budget",
        Field::Own => "own",
        Field::Period => "period",
        Field::Contact => "contact_name",
        Field::Attachments => "attachments",
    }
}

/// A return as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReturnDraft {
    pub corrections: Vec<Correction>,
    pub remark: String,
    /// Last minute in which it may be submitted again; the latest possible where empty.
    pub until: String,
}

impl ReturnDraft {
    /// Checks it. `latest` is the end that no return goes beyond.
    ///
    /// # Errors
    /// Every field that does not hold; where neither a field nor a remark says what to do.
    pub fn check(
        &self,
        from: State,
        latest: Instant,
        by: AccountId,
        now: Instant,
    ) -> Result<Return, Vec<FieldError>> {
        let mut errors = Vec::new();
        let remark = at_most(&mut errors, "remark", &self.remark, 500);
        if self.corrections.is_empty() && remark.is_empty() {
            errors.push(FieldError::required("remark"));
        }
        let mut named = BTreeSet::new();
        let mut corrections = Vec::new();
        for (at, it) in self.corrections.iter().enumerate() {
            let remark = needed(&mut errors, &format!("corrections[{at}].remark"), &it.remark, 500);
            if !named.insert(it.field) {
                let got = path_of(it.field).to_owned();
                errors.push(FieldError::new(format!("corrections[{at}].field"), FieldProblem::Twice { got }));
            }
            corrections.push(Correction { field: it.field, remark });
        }
        let until = match self.until.trim() {
            "" => latest,
            typed => match parse_minute(typed).and_then(closing) {
                None => {
                    errors.push(FieldError::new("until", FieldProblem::NotAMinute { got: typed.to_owned() }));
                    latest
                }
                Some(until) => until,
            },
        };
        if until <= now {
            errors.push(FieldError::new("until", FieldProblem::Before { other: "now".into() }));
        } else if until > latest {
            errors.push(FieldError::new("until", FieldProblem::After { other: "latest".into() }));
        }
        if errors.is_empty() {
            Ok(Return { from, corrections, remark, until, by, at: now })
        } else {
            Err(errors)
        }
    }
}

/// At least one, and none twice.
fn twice<T: Copy + PartialEq + Serialize>(errors: &mut Vec<FieldError>, path: &str, values: &[T]) {
    if values.is_empty() {
        errors.push(FieldError::required(path));
    }
    for (at, value) in values.iter().enumerate() {
        if values.iter().position(|it| it == value) != Some(at) {
            let got = serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned();
            let problem = FieldProblem::Twice { got };
            errors.push(FieldError::new(format!("{path}[{at}]"), problem));
        }
    }
}
