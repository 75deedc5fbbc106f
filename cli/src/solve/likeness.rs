//! `ronghe solve likeness`.

use super::read::{Reader, TOP};
use crate::exit::Failure;
use crate::output::Column;
use ronghe_decision::likeness::{Index, passages};
use ronghe_domain::kernel::FieldProblem;
use ronghe_text::Lang;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// From which likeness on a pair is shown, in per cent, where nothing is said.
const THRESHOLD: u16 = 50;
/// Characters of the shortest passage, where nothing is said.
const PASSAGE: u16 = 8;

/// What was found.
#[derive(Serialize)]
pub(super) struct Answer {
    problem: &'static str,
    threshold: u16,
    texts: usize,
    /// The likest first.
    pub(super) pairs: Vec<Pair>,
}

#[derive(Serialize)]
pub(super) struct Pair {
    a: String,
    b: String,
    /// In per cent, rounded down.
    likeness: u8,
    /// Terms in both texts, and in either.
    common: u32,
    all: u32,
    passages: Vec<Passage>,
}

/// Characters from the first to behind the last, in each text.
#[derive(Serialize)]
struct Passage {
    a: [usize; 2],
    b: [usize; 2],
}

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "a", zh: "一", en: "One" },
    Column { name: "b", zh: "另一", en: "Other" },
    Column { name: "likeness", zh: "相似度", en: "Likeness" },
    Column { name: "common", zh: "共有", en: "Common" },
    Column { name: "all", zh: "合计", en: "All" },
    Column { name: "passages", zh: "相同的段落", en: "Passages" },
];

pub(super) fn cells(pair: &Pair) -> Vec<String> {
    vec![
        pair.a.clone(),
        pair.b.clone(),
        format!("{} %", pair.likeness),
        pair.common.to_string(),
        pair.all.to_string(),
        pair.passages.len().to_string(),
    ]
}

/// Solves the problem.
pub(super) fn solve(lang: Lang, problem: &Value) -> Result<Answer, Failure> {
    let mut reader = Reader::new(lang);
    let map = reader.object(TOP, problem, &["problem", "threshold", "passages", "texts"]);
    let field = |name: &str| map.and_then(|map| map.get(name));
    reader.kind(field("problem"), "likeness");
    let threshold = reader.number("threshold", field("threshold"), THRESHOLD, 100);
    if threshold == 0 {
        let got = threshold.to_string();
        reader.problem("threshold", &FieldProblem::NotANumber { min: 1, max: 100, got });
    }
    let least = reader.number("passages", field("passages"), PASSAGE, u16::MAX);
    let mut texts: BTreeMap<String, &str> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let listed = if map.is_some() { reader.needed("texts", field("texts")) } else { Vec::new() };
    for (path, value) in listed {
        let Some(text) = reader.object(&path, value, &["id", "text"]) else { continue };
        let id = reader.id(&path, text.get("id"), &mut seen);
        texts.insert(id, reader.text(&format!("{path}.text"), text.get("text")));
    }
    reader.done(())?;
    let index = Index::of(texts.iter().map(|(id, text)| (id.clone(), *text)))
        .map_err(|twice| Failure::input(twice.to_string()))?;
    let text = |id: &String| texts.get(id).copied().unwrap_or_default();
    let pair = |pair: ronghe_decision::likeness::Pair<String>| Pair {
        likeness: pair.likeness.percent(),
        common: pair.likeness.common,
        all: pair.likeness.all,
        passages: common(text(&pair.a), text(&pair.b), least),
        a: pair.a,
        b: pair.b,
    };
    let found = index.pairs(u8::try_from(threshold).unwrap_or(100));
    let pairs = found.into_iter().map(pair).collect();
    Ok(Answer { problem: "likeness", threshold, texts: texts.len(), pairs })
}

/// None where `least` is 0.
fn common(a: &str, b: &str, least: u16) -> Vec<Passage> {
    if least == 0 {
        return Vec::new();
    }
    let found = passages(a, b, usize::from(least)).into_iter();
    found.map(|it| Passage { a: [it.a.start, it.a.end], b: [it.b.start, it.b.end] }).collect()
}
