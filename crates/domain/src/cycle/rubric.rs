//! What applications are scored by 评审指标, and what projects are evaluated by 绩效评估指标: weighted, of 100.

use super::part::weights;
use crate::kernel::field::{needed, number};
use crate::kernel::{FieldError, FieldProblem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most rows of a rubric or a frame.
const ROWS_MOST: usize = 20;
/// Most levels of a criterion.
const LEVELS_MOST: usize = 6;

/// The criteria by which experts score an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rubric {
    pub criteria: Vec<Criterion>,
}

/// One criterion, with the levels that anchor its scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Criterion {
    pub name: String,
    pub name_en: String,
    /// Its share of 100.
    pub weight: u8,
    /// From the best down; each reaches up to the one above it, the first to 100.
    pub levels: Vec<Level>,
}

/// What a score from here on means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Level {
    /// The lowest score of 100 that it stands for.
    pub from: u8,
    pub words: String,
}

impl Default for Rubric {
    /// The programme's usual rubric: six criteria, four levels each.
    fn default() -> Self {
        let criteria = [
            ("需求契合度", "Fit with the need", 20, FIT),
            ("预期效益", "Expected benefit", 25, BENEFIT),
            ("方案与可行性", "Plan and feasibility", 20, PLAN),
            ("团队与资源", "Team and resources", 15, TEAM),
            ("可持续与推广", "Sustainability and spread", 10, SPREAD),
            ("经费合理性", "Budget soundness", 10, BUDGET),
        ];
        let criterion = |(name, name_en, weight, words): (&str, &str, u8, [&str; 4])| Criterion {
            name: name.to_owned(),
            name_en: name_en.to_owned(),
            weight,
            levels: [90, 75, 60, 0]
                .into_iter()
                .zip(words)
                .map(|(from, words)| Level { from, words: words.to_owned() })
                .collect(),
        };
        Self { criteria: criteria.map(criterion).to_vec() }
    }
}

const FIT: [&str; 4] = [
    "逐条回应需求的目标和指标，并补足其没有想到之处",
    "回应了主要目标，个别指标没有落实",
    "方向一致，多数指标没有对应的安排",
    "与需求不符，或只是单纯的课题研究",
];
const BENEFIT: [&str; 4] = [
    "受益师生明确，指标可量化、有基线，提升显著",
    "受益面清楚，指标可量化，提升一般",
    "有受益对象，指标笼统",
    "看不出对师生的效益",
];
const PLAN: [&str; 4] = [
    "步骤、分工、时间具体，风险有应对",
    "步骤清楚，个别环节待细化",
    "有总体设想，缺少实施步骤",
    "无法按期实施",
];
const TEAM: [&str; 4] = [
    "负责人和成员专长对口，资源已落实",
    "专长对口，部分资源有待落实",
    "专长部分对口，投入时间不足",
    "团队或资源不足以完成",
];
const SPREAD: [&str; 4] = [
    "结束后学校能自行继续，成果可供其他学校直接使用",
    "有延续安排，成果可供借鉴",
    "延续依赖再次投入",
    "没有考虑",
];
const BUDGET: [&str; 4] =
    ["每项支出有依据，配套资金落实", "支出合理，个别依据不足", "部分支出与任务无关或偏高", "预算不合规定"];

/// A rubric as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RubricDraft {
    pub criteria: Vec<CriterionDraft>,
}

/// A criterion as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CriterionDraft {
    pub name: String,
    pub name_en: String,
    pub weight: String,
    pub levels: Vec<LevelDraft>,
}

/// A level as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LevelDraft {
    pub from: String,
    pub words: String,
}

impl RubricDraft {
    /// The draft that a rubric would be typed as.
    #[must_use]
    pub fn of(rubric: &Rubric) -> Self {
        let level = |it: &Level| LevelDraft { from: it.from.to_string(), words: it.words.clone() };
        let criterion = |it: &Criterion| CriterionDraft {
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            weight: it.weight.to_string(),
            levels: it.levels.iter().map(level).collect(),
        };
        Self { criteria: rubric.criteria.iter().map(criterion).collect() }
    }

    /// Checks everything at once: weights add up to 100, levels go down to 0.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self) -> Result<Rubric, Vec<FieldError>> {
        let mut errors = Vec::new();
        rows(&mut errors, "criteria", self.criteria.len());
        let mut names = BTreeSet::new();
        let mut criteria = Vec::new();
        for (at, typed) in self.criteria.iter().enumerate() {
            let path = |part: &str| format!("criteria[{at}].{part}");
            let name = unique(&mut errors, &path("name"), &typed.name, &mut names);
            let name_en = at_most(&mut errors, &path("name_en"), &typed.name_en);
            let weight = share(&mut errors, &path("weight"), &typed.weight);
            let levels = typed.levels(&mut errors, &path("levels"));
            criteria.extend(weight.map(|weight| Criterion { name, name_en, weight, levels }));
        }
        weights(&mut errors, "criteria", criteria.iter().map(|it| it.weight), self.criteria.len());
        if errors.is_empty() { Ok(Rubric { criteria }) } else { Err(errors) }
    }
}

impl CriterionDraft {
    fn levels(&self, errors: &mut Vec<FieldError>, path: &str) -> Vec<Level> {
        if self.levels.len() < 2 {
            errors.push(FieldError::required(path));
        } else if self.levels.len() > LEVELS_MOST {
            errors.push(FieldError::new(path, FieldProblem::TooMany { max: LEVELS_MOST }));
        }
        let mut read: Vec<Level> = Vec::new();
        for (at, typed) in self.levels.iter().enumerate() {
            let below = read.last().map_or(100, |above| i64::from(above.from) - 1);
            // The lowest level takes every score that is left.
            let (least, most) = if at + 1 == self.levels.len() { (0, 0) } else { (0, below) };
            let from = number(errors, &format!("{path}[{at}].from"), &typed.from, least, most.max(least));
            let words = needed(errors, &format!("{path}[{at}].words"), &typed.words, 200);
            let from = from.and_then(|from| u8::try_from(from).ok());
            read.extend(from.map(|from| Level { from, words }));
        }
        read
    }
}

/// The dimensions of an evaluation 绩效评估.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 决策.
    Decision,
    /// 过程.
    Process,
    /// 产出.
    Output,
    /// 效益.
    Benefit,
    /// 满意度.
    Satisfaction,
}

impl Dimension {
    /// Every dimension, in order.
    pub const ALL: [Self; 5] =
        [Self::Decision, Self::Process, Self::Output, Self::Benefit, Self::Satisfaction];
}

/// The indicators by which projects are evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Frame {
    pub indicators: Vec<FrameIndicator>,
}

/// One indicator of the frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrameIndicator {
    pub dimension: Dimension,
    pub name: String,
    pub name_en: String,
    /// Its share of 100.
    pub weight: u8,
    /// How it is scored.
    pub rule: String,
}

impl Default for Frame {
    /// Finance's frame for projects: execution 10, outputs 50, benefit 30, satisfaction 10.
    fn default() -> Self {
        use Dimension::{Benefit, Output, Process, Satisfaction};
        let rows = [
            (Process, "预算执行率", "Budget execution", 10, "执行率 × 10；低于 60% 不得分"),
            (Output, "数量", "Quantity", 20, "完成的产出 ÷ 任务书约定 × 20，最多 20"),
            (Output, "质量", "Quality", 15, "验收合格的产出 ÷ 完成的产出 × 15"),
            (Output, "时效", "Timeliness", 10, "按里程碑完成得 10，每迟一项扣 2"),
            (Output, "成本", "Cost", 5, "不超批复预算得 5，超出不得分"),
            (Benefit, "需求指标达成", "Indicators of the need", 20, "各指标达成率的平均 × 20"),
            (Benefit, "可持续与推广", "Sustainability and spread", 10, "有延续安排得 5，有其他学校使用得 5"),
            (
                Satisfaction,
                "师生满意度",
                "Satisfaction of pupils and teachers",
                10,
                "满意度 ÷ 95% × 10，最多 10",
            ),
        ];
        let indicator = |(dimension, name, name_en, weight, rule): (Dimension, &str, &str, u8, &str)| {
            let (name, name_en, rule) = (name.to_owned(), name_en.to_owned(), rule.to_owned());
            FrameIndicator { dimension, name, name_en, weight, rule }
        };
        Self { indicators: rows.map(indicator).to_vec() }
    }
}

/// A frame as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FrameDraft {
    pub indicators: Vec<FrameIndicatorDraft>,
}

/// An indicator of the frame as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FrameIndicatorDraft {
    pub dimension: Dimension,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    #[serde(default)]
    pub weight: String,
    #[serde(default)]
    pub rule: String,
}

impl FrameDraft {
    /// The draft that a frame would be typed as.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let typed = |it: &FrameIndicator| FrameIndicatorDraft {
            dimension: it.dimension,
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            weight: it.weight.to_string(),
            rule: it.rule.clone(),
        };
        Self { indicators: frame.indicators.iter().map(typed).collect() }
    }

    /// Checks everything at once: weights add up to 100.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self) -> Result<Frame, Vec<FieldError>> {
        let mut errors = Vec::new();
        rows(&mut errors, "indicators", self.indicators.len());
        let mut names = BTreeSet::new();
        let mut indicators = Vec::new();
        for (at, typed) in self.indicators.iter().enumerate() {
            let path = |part: &str| format!("indicators[{at}].{part}");
            let name = unique(&mut errors, &path("name"), &typed.name, &mut names);
            let name_en = at_most(&mut errors, &path("name_en"), &typed.name_en);
            let weight = share(&mut errors, &path("weight"), &typed.weight);
            let rule = needed(&mut errors, &path("rule"), &typed.rule, 200);
            let dimension = typed.dimension;
            indicators.extend(weight.map(|weight| FrameIndicator { dimension, name, name_en, weight, rule }));
        }
        weights(&mut errors, "indicators", indicators.iter().map(|it| it.weight), self.indicators.len());
        if errors.is_empty() { Ok(Frame { indicators }) } else { Err(errors) }
    }
}

fn rows(errors: &mut Vec<FieldError>, path: &str, count: usize) {
    if count == 0 {
        errors.push(FieldError::required(path));
    } else if count > ROWS_MOST {
        errors.push(FieldError::new(path, FieldProblem::TooMany { max: ROWS_MOST }));
    }
}

fn unique(errors: &mut Vec<FieldError>, path: &str, text: &str, seen: &mut BTreeSet<String>) -> String {
    let name = needed(errors, path, text, 40);
    if !name.is_empty() && !seen.insert(name.clone()) {
        errors.push(FieldError::new(path, FieldProblem::Twice { got: name.clone() }));
    }
    name
}

fn at_most(errors: &mut Vec<FieldError>, path: &str, text: &str) -> String {
    let (text, max) = (text.trim(), 80);
    let got = text.chars().count();
    if got > max {
        errors.push(FieldError::new(path, FieldProblem::TooLong { max, got }));
    }
    text.to_owned()
}

fn share(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<u8> {
    number(errors, path, text, 1, 100).and_then(|share| u8::try_from(share).ok())
}
