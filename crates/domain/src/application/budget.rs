//! The budget of an application: lines that add up to what is asked for and what is brought along.

use crate::kernel::field::{amount, at_most};
use crate::kernel::{Fen, FieldError, FieldProblem};
use serde::{Deserialize, Serialize};

/// Most lines of a budget.
const LINES_MOST: usize = 40;

/// What money is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BudgetCategory))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 设备费.
    Equipment,
    /// 材料费.
    Materials,
    /// 资料与出版费.
    Publishing,
    /// 会议与培训费.
    Training,
    /// 差旅费.
    Travel,
    /// 专家咨询费.
    Consulting,
    /// 劳务费.
    Labour,
    /// 其他.
    Other,
}

impl Category {
    /// Every category, in the order in which it is offered.
    pub const ALL: [Self; 8] = [
        Self::Equipment,
        Self::Materials,
        Self::Publishing,
        Self::Training,
        Self::Travel,
        Self::Consulting,
        Self::Labour,
        Self::Other,
    ];
}

/// Where money comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BudgetSource))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 专项资金: what is asked for.
    Programme,
    /// 高校自筹.
    Own,
    /// 合作单位配套.
    Partner,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Programme, Self::Own, Self::Partner];
}

/// A line of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub category: Category,
    pub source: Source,
    pub amount: Fen,
    /// What it is for; needed of 其他.
    pub note: String,
}

/// A line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BudgetLineDraft))]
#[serde(default, deny_unknown_fields)]
pub struct LineDraft {
    pub category: Option<Category>,
    pub source: Option<Source>,
    /// In yuan.
    pub amount: String,
    pub note: String,
}

/// What the lines that can be read come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// From the programme.
    pub asked: Fen,
    /// From everyone else.
    pub matched: Fen,
}

/// Adds up what can be read of `lines`: the page shows it while they are typed.
#[must_use]
pub fn sums(lines: &[LineDraft]) -> Sums {
    let mut sums = Sums::default();
    for line in lines {
        let (Some(source), Some(amount)) = (line.source, Fen::from_yuan(line.amount.trim())) else {
            continue;
        };
        let sum = if source == Source::Programme { &mut sums.asked } else { &mut sums.matched };
        *sum = Fen(sum.0.saturating_add(amount.0));
    }
    sums
}

/// A checked budget: what is asked for, what is brought along, and the lines.
pub(super) type Budget = (Fen, Fen, Vec<Line>);

/// Checks the totals against their lines.
pub(super) fn check(
    errors: &mut Vec<FieldError>,
    asked: &str,
    matched: &str,
    typed: &[LineDraft],
) -> Option<Budget> {
    let asked = amount(errors, "asked", asked);
    let matched =
        if matched.trim().is_empty() { Some(Fen::ZERO) } else { amount(errors, "matched", matched) };
    if typed.is_empty() {
        errors.push(FieldError::required("lines"));
    } else if typed.len() > LINES_MOST {
        errors.push(FieldError::new("lines", FieldProblem::TooMany { max: LINES_MOST }));
    }
    let mut lines = Vec::new();
    for (at, line) in typed.iter().enumerate() {
        lines.extend(check_line(errors, at, line));
    }
    // A line that cannot be read is told once, at itself; only whole lines are added up.
    let is_whole = lines.len() == typed.len() && !typed.is_empty();
    let sums = sums(typed);
    for (path, total, lines) in [("asked", asked, sums.asked), ("matched", matched, sums.matched)] {
        if let Some(total) = total.filter(|total| is_whole && *total != lines) {
            errors.push(FieldError::new(path, FieldProblem::NotTheLines { total, lines }));
        }
    }
    Some((asked?, matched?, lines))
}

fn check_line(errors: &mut Vec<FieldError>, at: usize, line: &LineDraft) -> Option<Line> {
    let path = |part: &str| format!("lines[{at}].{part}");
    if line.category.is_none() {
        errors.push(FieldError::required(path("category")));
    }
    if line.source.is_none() {
        errors.push(FieldError::required(path("source")));
    }
    let amount = amount(errors, &path("amount"), &line.amount);
    if amount == Some(Fen::ZERO) {
        let problem = FieldProblem::NotAnAmount { got: line.amount.trim().to_owned() };
        errors.push(FieldError::new(path("amount"), problem));
    }
    let note = at_most(errors, &path("note"), &line.note, 100);
    if line.category == Some(Category::Other) && note.is_empty() {
        errors.push(FieldError::required(path("note")));
    }
    Some(Line { category: line.category?, source: line.source?, amount: amount?, note })
}
