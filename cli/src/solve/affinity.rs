//! `ronghe solve affinity`.

use super::read::{Reader, TOP};
use crate::exit::Failure;
use crate::output::Column;
use ronghe_decision::affinity::{
    self as decision, Affinity, Corpus, Discipline, Level, Profile, Weights, best,
};
use ronghe_text::Lang;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Offers that are shown for each that is wanted, where nothing is said.
const EACH: u16 = 5;

/// What was found.
#[derive(Serialize)]
pub(super) struct Answer {
    problem: &'static str,
    weights: BTreeMap<&'static str, u16>,
    /// Each that is wanted in the order of ids, its best offer first.
    pub(super) pairs: Vec<Pair>,
    /// What nobody answers well enough.
    unanswered: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Pair {
    wanted: String,
    offered: String,
    affinity: u8,
    shares: Vec<Share>,
    reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct Share {
    part: &'static str,
    /// Null where the wanting side says nothing.
    share: Option<u8>,
    weight: u16,
    /// Hundredths of a point of the affinity.
    hundredths: u16,
}

#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
enum Reason {
    Discipline { wanted: String, offered: String, level: &'static str },
    Measure { measure: String },
    Stage { stage: String },
    Term { term: String, percent: u8 },
    NotWanted { part: &'static str },
    NotOffered { part: &'static str },
}

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "wanted", zh: "需求", en: "Wanted" },
    Column { name: "offered", zh: "供给", en: "Offered" },
    Column { name: "affinity", zh: "契合度", en: "Affinity" },
    Column { name: "disciplines", zh: "学科", en: "Disciplines" },
    Column { name: "measures", zh: "措施", en: "Measures" },
    Column { name: "stages", zh: "学段", en: "Stages" },
    Column { name: "text", zh: "文字", en: "Text" },
];

pub(super) fn cells(pair: &Pair) -> Vec<String> {
    let head = [pair.wanted.clone(), pair.offered.clone(), pair.affinity.to_string()];
    let shares = pair.shares.iter().map(|it| it.share.map_or_else(|| "—".to_owned(), |it| it.to_string()));
    head.into_iter().chain(shares).collect()
}

/// What stands in the file, before the corpus is known.
struct Said<'v> {
    id: String,
    disciplines: BTreeSet<Discipline>,
    measures: BTreeSet<String>,
    stages: BTreeSet<String>,
    text: &'v str,
}

/// Solves the problem.
pub(super) fn solve(lang: Lang, problem: &Value) -> Result<Answer, Failure> {
    let mut reader = Reader::new(lang);
    let known = ["problem", "weights", "corpus", "wanted", "offered", "least", "each"];
    let map = reader.object(TOP, problem, &known);
    let field = |name: &str| map.and_then(|map| map.get(name));
    reader.kind(field("problem"), "affinity");
    let weights = weights(&mut reader, field("weights"));
    let least = reader.number("least", field("least"), 0, 100);
    let each = reader.number("each", field("each"), EACH, u16::MAX);
    let corpus = reader.texts("corpus", field("corpus"));
    let (wanted, offered) = if map.is_some() {
        (said(&mut reader, "wanted", field("wanted")), said(&mut reader, "offered", field("offered")))
    } else {
        (Vec::new(), Vec::new())
    };
    reader.done(())?;
    let corpus = if field("corpus").is_some() {
        Corpus::of(corpus.into_iter().map(|(_, text)| text))
    } else {
        Corpus::of(wanted.iter().chain(&offered).map(|it| it.text))
    };
    let offered = profiles(&corpus, offered);
    let (mut pairs, mut unanswered) = (Vec::new(), Vec::new());
    for (id, profile) in profiles(&corpus, wanted) {
        let least = u8::try_from(least).unwrap_or(100);
        let found = best(&weights, &profile, &offered, least, usize::from(each));
        if found.is_empty() {
            unanswered.push(id.clone());
        }
        pairs.extend(found.into_iter().map(|(offered, affinity)| pair(&id, offered, affinity)));
    }
    let weights = decision::Part::ALL.map(|part| (name(part), weights.of(part))).into();
    Ok(Answer { problem: "affinity", weights, pairs, unanswered })
}

fn weights(reader: &mut Reader, value: Option<&Value>) -> Weights {
    let default = Weights::default();
    let Some(value) = value else { return default };
    let Some(map) = reader.object("weights", value, &decision::Part::ALL.map(name)) else { return default };
    // A part that is left out does not count.
    let mut weight = |part| reader.number(&format!("weights.{}", name(part)), map.get(name(part)), 0, 1000);
    let [disciplines, measures, stages, text] = decision::Part::ALL.map(&mut weight);
    if [disciplines, measures, stages, text].iter().all(|weight| *weight == 0) {
        let words = reader.lang().pick("至少一项大于 0", "one of them must be above 0");
        reader.fault("weights", words);
    }
    Weights { disciplines, measures, stages, text }
}

fn said<'v>(reader: &mut Reader, list: &str, value: Option<&'v Value>) -> Vec<Said<'v>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (path, value) in reader.needed(list, value) {
        let known = ["id", "disciplines", "measures", "stages", "text"];
        let Some(map) = reader.object(&path, value, &known) else { continue };
        let id = reader.id(&path, map.get("id"), &mut seen);
        let mut disciplines = BTreeSet::new();
        for (path, code) in reader.texts(&format!("{path}.disciplines"), map.get("disciplines")) {
            match code.parse::<Discipline>() {
                Ok(discipline) => {
                    disciplines.insert(discipline);
                }
                Err(_) => {
                    let words = reader.lang().pick(
                        "应为 GB/T 13745 的代码，如 880.27",
                        "must be a code of GB/T 13745, such as 880.27",
                    );
                    reader.fault(&path, words);
                }
            }
        }
        let mut names = |part: &str| -> BTreeSet<String> {
            let texts = reader.texts(&format!("{path}.{part}"), map.get(part));
            texts.into_iter().map(|(_, text)| text.to_owned()).collect()
        };
        let (measures, stages) = (names("measures"), names("stages"));
        let text = reader.text(&format!("{path}.text"), map.get("text"));
        all.push(Said { id, disciplines, measures, stages, text });
    }
    all
}

fn profiles(corpus: &Corpus, all: Vec<Said<'_>>) -> BTreeMap<String, Profile> {
    let profile = |it: Said<'_>| {
        let Said { id, disciplines, measures, stages, text } = it;
        (id, Profile { disciplines, measures, stages, text: corpus.vector(text) })
    };
    all.into_iter().map(profile).collect()
}

fn pair(wanted: &str, offered: &str, affinity: Affinity) -> Pair {
    let share = |it: decision::Share| Share {
        part: name(it.part),
        share: it.share,
        weight: it.weight,
        hundredths: it.hundredths,
    };
    Pair {
        wanted: wanted.to_owned(),
        offered: offered.to_owned(),
        affinity: affinity.total,
        shares: affinity.shares.map(share).into(),
        reasons: affinity.reasons.into_iter().map(reason).collect(),
    }
}

fn reason(reason: decision::Reason) -> Reason {
    match reason {
        decision::Reason::Discipline { wanted, offered, level } => Reason::Discipline {
            wanted: wanted.to_string(),
            offered: offered.to_string(),
            level: match level {
                Level::First => "first",
                Level::Second => "second",
            },
        },
        decision::Reason::Measure(measure) => Reason::Measure { measure },
        decision::Reason::Stage(stage) => Reason::Stage { stage },
        decision::Reason::Term(shared) => Reason::Term { term: shared.term, percent: shared.percent },
        decision::Reason::NotWanted(part) => Reason::NotWanted { part: name(part) },
        decision::Reason::NotOffered(part) => Reason::NotOffered { part: name(part) },
    }
}

const fn name(part: decision::Part) -> &'static str {
    match part {
        decision::Part::Disciplines => "disciplines",
        decision::Part::Measures => "measures",
        decision::Part::Stages => "stages",
        decision::Part::Text => "text",
    }
}
