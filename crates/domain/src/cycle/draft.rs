//! A cycle as typed, and its checks.

use super::window::{after_day, last_day};
use super::{Collecting, Condition, Content, Cycle, End, Extension, Phase, Plan, eligibility};
use crate::kernel::date::SHANGHAI;
use crate::kernel::field::{amount, day, needed, number};
use crate::kernel::window::{closing, opening, parse_minute};
use crate::kernel::{AccountId, Fen, FieldError, FieldProblem, Instant, PolicyId, parse_date, workdays};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Working days between the units' end and the districts' where none is typed.
pub const DISTRICTS_DAYS: u16 = 5;
/// Working days of public notice where none are typed.
pub const NOTICE_DAYS: u16 = 5;

/// A cycle as typed: every field is text, so that what does not hold can be shown as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CycleDraft {
    pub year: String,
    pub title: String,
    pub title_en: String,
    /// Name in addresses of the policy that it runs under.
    pub policy: String,
    /// In yuan.
    pub budget: String,
    /// `2026-02-18 09:00`.
    pub opens: String,
    /// Last minute in which schools submit.
    pub units_end: String,
    /// Last minute of the district bureaus; five working days after the units' where empty.
    pub districts_end: String,
    /// Later phases by days.
    pub plan: Vec<PlanDraft>,
    /// Working days of public notice; five where empty.
    pub notice_days: String,
    /// Empty without a cap.
    pub most_per_school: String,
    /// Empty without a cap.
    pub most_per_district: String,
    /// Each a text with its check, where one can be computed; a plain text is checked by hand.
    pub eligibility: Vec<Condition>,
    /// The year whose rules (selection, rubric, frame, approval, weights) it takes; empty for the usual ones, or its own.
    pub rules_of: String,
}

/// A phase planned by days, both included, or to the minute: `2026-04-15`, `2026-04-15 09:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanDraft {
    pub phase: Phase,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
}

impl PlanDraft {
    /// Every later phase as it would be typed, empty where it is not planned.
    #[must_use]
    pub fn all(plan: &[Plan]) -> Vec<Self> {
        let typed = |phase: Phase| {
            let planned = plan.iter().find(|plan| plan.phase == phase);
            let (from, to) = (planned.map(Plan::from_text), planned.map(Plan::to_text));
            Self { phase, from: from.unwrap_or_default(), to: to.unwrap_or_default() }
        };
        Phase::PLANNED.map(typed).to_vec()
    }
}

/// The districts' last minute that follows from the units': so many working days later, at the same time.
#[must_use]
pub fn usual_districts_end(units_end: &str) -> Option<String> {
    let minute = districts_minute(parse_minute(units_end)?)?;
    Some(minute.strftime("%Y-%m-%d %H:%M").to_string())
}

fn districts_minute(units_end: DateTime) -> Option<DateTime> {
    Some(workdays::after(units_end.date(), DISTRICTS_DAYS)?.to_datetime(units_end.time()))
}

impl CycleDraft {
    /// Checks everything at once. `policy` is the document that `self.policy` names, where it is published.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, policy: Option<PolicyId>) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let year =
            number(&mut errors, "year", &self.year, 2000, 2100).and_then(|year| i16::try_from(year).ok());
        let title = needed(&mut errors, "title", &self.title, 100);
        if self.title_en.chars().count() > 200 {
            let got = self.title_en.chars().count();
            errors.push(FieldError::new("title_en", FieldProblem::TooLong { max: 200, got }));
        }
        if self.policy.trim().is_empty() {
            errors.push(FieldError::required("policy"));
        } else if policy.is_none() {
            let got = self.policy.trim().to_owned();
            errors.push(FieldError::new("policy", FieldProblem::Unknown { got, nearest: Vec::new() }));
        }
        let budget = amount(&mut errors, "budget", &self.budget);
        if budget == Some(Fen::ZERO) {
            errors.push(FieldError::required("budget"));
        }
        let collecting = self.collecting(&mut errors);
        let plan = plan(&mut errors, &self.plan, collecting);
        let usual =
            |text: &str, usual: u16| if text.trim().is_empty() { usual.to_string() } else { text.to_owned() };
        let notice = usual(&self.notice_days, NOTICE_DAYS);
        let notice_days = number(&mut errors, "notice_days", &notice, 1, 60);
        let most_per_school = cap(&mut errors, "most_per_school", &self.most_per_school);
        let most_per_district = cap(&mut errors, "most_per_district", &self.most_per_district);
        let eligibility = eligibility::check(&mut errors, &self.eligibility);
        match (year, policy, budget, collecting, notice_days) {
            (Some(year), Some(policy), Some(budget), Some(collecting), Some(days)) if errors.is_empty() => {
                Ok(Content {
                    year,
                    title,
                    title_en: self.title_en.trim().to_owned(),
                    policy,
                    budget,
                    collecting,
                    plan,
                    notice_days: u16::try_from(days).unwrap_or(NOTICE_DAYS),
                    most_per_school,
                    most_per_district,
                    eligibility,
                    selection: None,
                    rubric: None,
                    frame: None,
                    approval: None,
                    affinity: None,
                })
            }
            _ => Err(errors),
        }
    }

    fn collecting(&self, errors: &mut Vec<FieldError>) -> Option<Collecting> {
        let opens = minute(errors, "opens", &self.opens);
        let units_end = minute(errors, "units_end", &self.units_end);
        let districts_end = if self.districts_end.trim().is_empty() {
            units_end.and_then(districts_minute)
        } else {
            minute(errors, "districts_end", &self.districts_end)
        };
        let before =
            |path: &str, other: &str| FieldError::new(path, FieldProblem::Before { other: other.to_owned() });
        if matches!((opens, units_end), (Some(opens), Some(end)) if end <= opens) {
            errors.push(before("units_end", "opens"));
        }
        if matches!((units_end, districts_end), (Some(units), Some(districts)) if districts < units) {
            errors.push(before("districts_end", "units_end"));
        }
        Some(Collecting {
            opens: opening(opens?)?,
            units_end: closing(units_end?)?,
            districts_end: closing(districts_end?)?,
        })
    }

    /// The draft that a cycle would be typed as, to change it.
    #[must_use]
    pub fn of(content: &Content, policy: &str) -> Self {
        use crate::kernel::window::{last_minute, minute};
        let cap = |most: Option<u32>| most.map(|most| most.to_string()).unwrap_or_default();
        Self {
            year: content.year.to_string(),
            title: content.title.clone(),
            title_en: content.title_en.clone(),
            policy: policy.to_owned(),
            budget: content.budget.to_string(),
            opens: minute(content.collecting.opens),
            units_end: last_minute(content.collecting.units_end),
            districts_end: last_minute(content.collecting.districts_end),
            plan: PlanDraft::all(&content.plan),
            notice_days: content.notice_days.to_string(),
            most_per_school: cap(content.most_per_school),
            most_per_district: cap(content.most_per_district),
            eligibility: content.eligibility.clone(),
            rules_of: String::new(),
        }
    }

    /// The cycle of `year` as it would follow from this one: every window on the same day of its year, or on the
    /// next working day; the same rules.
    #[must_use]
    pub fn following(content: &Content, policy: &str, year: i16) -> Self {
        let years = year - content.year;
        let moved = |text: &str| shifted(text, years).unwrap_or_default();
        let before = Self::of(content, policy);
        let (old, new) = (content.year.to_string(), year.to_string());
        Self {
            year: new.clone(),
            title: before.title.replace(&old, &new),
            title_en: before.title_en.replace(&old, &new),
            opens: moved(&before.opens),
            units_end: moved(&before.units_end),
            // It follows from the schools' end.
            districts_end: String::new(),
            plan: before
                .plan
                .iter()
                .map(|it| PlanDraft { phase: it.phase, from: moved(&it.from), to: moved(&it.to) })
                .collect(),
            rules_of: old,
            ..before
        }
    }
}

/// A day or minute so many years later, on a working day.
fn shifted(text: &str, years: i16) -> Option<String> {
    let (day, time) = match text.split_once(' ') {
        Some((day, time)) => (day, format!(" {time}")),
        None => (text, String::new()),
    };
    let day = parse_date(day)?.checked_add(jiff::Span::new().years(years)).ok()?;
    let day = if workdays::is_working_day(day) { day } else { workdays::after(day, 1)? };
    Some(format!("{day}{time}"))
}

/// Planned phases follow on one another in the order of the year.
fn plan(errors: &mut Vec<FieldError>, typed_plan: &[PlanDraft], collecting: Option<Collecting>) -> Vec<Plan> {
    let mut plan: Vec<Plan> = Vec::new();
    let mut last = collecting.map(|ends| ("opens".to_owned(), SHANGHAI.to_datetime(ends.opens).date()));
    for phase in Phase::PLANNED {
        let Some((at, typed)) = typed_plan.iter().enumerate().find(|(_, it)| it.phase == phase) else {
            continue;
        };
        if typed.from.trim().is_empty() && typed.to.trim().is_empty() {
            continue;
        }
        let path = |end: &str| format!("plan[{at}].{end}");
        let from = day_or_minute(errors, &path("from"), &typed.from);
        let to = day_or_minute(errors, &path("to"), &typed.to);
        let (Some((from, opens_at)), Some((to, closes_at))) = (from, to) else { continue };
        let planned = Plan { phase, from, to, opens_at, closes_at };
        if planned.closes() <= planned.opens() {
            errors.push(FieldError::new(path("to"), FieldProblem::Before { other: "from".into() }));
        }
        let collected = collecting.map(|ends| last_day(ends.districts_end));
        if phase == Phase::ScreeningNeeds && collected.is_some_and(|collected| to < collected) {
            let other = "districts_end".to_owned();
            errors.push(FieldError::new(path("to"), FieldProblem::Before { other }));
        }
        match &last {
            Some((other, day)) if from < *day => {
                errors.push(FieldError::new(path("from"), FieldProblem::Before { other: other.clone() }));
            }
            _ => {}
        }
        last = Some((path("from"), from));
        plan.push(planned);
    }
    for (at, typed) in typed_plan.iter().enumerate() {
        let known = Phase::PLANNED.contains(&typed.phase);
        let first = typed_plan.iter().position(|it| it.phase == typed.phase) == Some(at);
        let got = on_the_wire(typed.phase);
        if !known {
            let problem = FieldProblem::Unknown { got, nearest: Vec::new() };
            errors.push(FieldError::new(format!("plan[{at}].phase"), problem));
        } else if !first {
            errors.push(FieldError::new(format!("plan[{at}].phase"), FieldProblem::Twice { got }));
        }
    }
    plan
}

/// Reads later phases as typed beside the ends of a collecting.
///
/// # Errors
/// Every field that does not hold.
pub(super) fn plan_of(typed: &[PlanDraft], collecting: Collecting) -> Result<Vec<Plan>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let plan = plan(&mut errors, typed, Some(collecting));
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// A later end as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionDraft {
    pub end: End,
    /// Last minute that counts; of the lead office's own phases, the last day.
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub reason: String,
}

impl ExtensionDraft {
    /// Checks it: an end of this phase, later than it stands and than now, with a reason.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, cycle: &Cycle, by: AccountId, now: Instant) -> Result<Extension, Vec<FieldError>> {
        let mut errors = Vec::new();
        let now = cycle.now(now);
        let reason = reason(&mut errors, &self.reason);
        let was = cycle.content.end(self.end);
        if !End::of(cycle.phase).contains(&self.end) {
            errors.push(FieldError::new("end", FieldProblem::DoesNotFit { other: "phase".to_owned() }));
        }
        let until = if self.end.is_to_the_minute() {
            minute(&mut errors, "until", &self.until).and_then(closing)
        } else {
            day(&mut errors, "until", &self.until).and_then(after_day)
        };
        if let Some(until) = until {
            let problem = |other: &str| FieldProblem::Before { other: other.to_owned() };
            if until <= was {
                errors.push(FieldError::new("until", problem(self.end.path())));
            } else if until <= now {
                errors.push(FieldError::new("until", problem("now")));
            }
        }
        match until {
            Some(until) if errors.is_empty() => {
                Ok(Extension { end: self.end, was, until, reason, by, at: now })
            }
            _ => Err(errors),
        }
    }
}

/// Why something goes back or is set later: shown to all whom it concerns.
pub fn reason(errors: &mut Vec<FieldError>, text: &str) -> String {
    needed(errors, "reason", text, 500)
}

fn minute(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<DateTime> {
    let got = text.trim();
    if got.is_empty() {
        errors.push(FieldError::required(path));
        return None;
    }
    let read = parse_minute(got);
    if read.is_none() {
        errors.push(FieldError::new(path, FieldProblem::NotAMinute { got: got.to_owned() }));
    }
    read
}

/// A day, with its minute where one is typed.
fn day_or_minute(
    errors: &mut Vec<FieldError>,
    path: &str,
    text: &str,
) -> Option<(crate::kernel::Date, Option<jiff::civil::Time>)> {
    match parse_minute(text) {
        Some(minute) => Some((minute.date(), Some(minute.time()))),
        None => Some((day(errors, path, text)?, None)),
    }
}

/// A phase as the draft names it.
fn on_the_wire(phase: Phase) -> String {
    serde_json::to_value(phase).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn cap(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<u32> {
    if text.trim().is_empty() {
        return None;
    }
    number(errors, path, text, 1, 10_000).and_then(|most| u32::try_from(most).ok())
}
