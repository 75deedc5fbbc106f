//! Affinity: how well an expert or a university answers an application or a need, from 0 to 100, with every
//! share of it and the reasons.
//!
//! | part | its share of 100 |
//! |---|---|
//! | disciplines | for each that is wanted 100 where a second level of GB/T 13745 is the same, 50 where a first is; the mean |
//! | measures, stages | of those that are wanted, how many are offered |
//! | text | the cosine of the TF–IDF vectors, see [`Corpus`] |
//!
//! The total is the mean of the shares by their weights. A part of which the wanting side says nothing has no
//! weight, and the reasons say so; where only the offering side is silent its share is 0. All in whole numbers,
//! rounded down. One pair costs time linear in what both say.

mod corpus;
mod discipline;

use std::cmp::Reverse;
use std::collections::BTreeSet;

pub use corpus::{Corpus, Shared, Vector};
pub use discipline::{Discipline, Level, NoDiscipline};

/// What affinity is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Disciplines,
    Measures,
    Stages,
    Text,
}

impl Part {
    /// Every part, in the order in which shares are shown.
    pub const ALL: [Self; 4] = [Self::Disciplines, Self::Measures, Self::Stages, Self::Text];
}

/// How much each part weighs; only their proportions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    pub disciplines: u16,
    pub measures: u16,
    pub stages: u16,
    pub text: u16,
}

impl Default for Weights {
    fn default() -> Self {
        Self { disciplines: 40, measures: 20, stages: 10, text: 30 }
    }
}

impl Weights {
    /// The weight of `part`.
    #[must_use]
    pub const fn of(&self, part: Part) -> u16 {
        match part {
            Part::Disciplines => self.disciplines,
            Part::Measures => self.measures,
            Part::Stages => self.stages,
            Part::Text => self.text,
        }
    }
}

/// What somebody wants or offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub disciplines: BTreeSet<Discipline>,
    /// By names of the caller's choice.
    pub measures: BTreeSet<String>,
    /// By names of the caller's choice.
    pub stages: BTreeSet<String>,
    /// Both sides by the same corpus.
    pub text: Vector,
}

impl Profile {
    fn is_silent(&self, part: Part) -> bool {
        match part {
            Part::Disciplines => self.disciplines.is_empty(),
            Part::Measures => self.measures.is_empty(),
            Part::Stages => self.stages.is_empty(),
            Part::Text => self.text.is_empty(),
        }
    }
}

/// What a part adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub part: Part,
    /// Of 100; none where the wanting side says nothing.
    pub share: Option<u8>,
    /// As given; without a share it does not count.
    pub weight: u16,
    /// Hundredths of a point of the total, rounded down.
    pub hundredths: u16,
}

/// Why an affinity is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A wanted discipline and the nearest that is offered.
    Discipline { wanted: Discipline, offered: Discipline, level: Level },
    /// A wanted measure that is offered.
    Measure(String),
    /// A wanted stage that is offered.
    Stage(String),
    /// A term of both texts, with the part that it makes of what they have in common.
    Term(Shared),
    /// The wanting side says nothing: the part does not count.
    NotWanted(Part),
    /// The offering side says nothing.
    NotOffered(Part),
}

/// How well what is offered answers what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affinity {
    /// 0 to 100.
    pub total: u8,
    /// One for each part, in their order.
    pub shares: [Share; 4],
    pub reasons: Vec<Reason>,
}

/// Terms that stand among the reasons.
const TERMS: usize = 5;

/// How well `offered` answers `wanted`.
#[must_use]
pub fn affinity(weights: &Weights, wanted: &Profile, offered: &Profile) -> Affinity {
    let mut reasons = Vec::new();
    let shares = Part::ALL.map(|part| {
        let share = if wanted.is_silent(part) {
            reasons.push(Reason::NotWanted(part));
            None
        } else if offered.is_silent(part) {
            reasons.push(Reason::NotOffered(part));
            Some(0)
        } else {
            Some(share(part, wanted, offered, &mut reasons))
        };
        Share { part, share, weight: weights.of(part), hundredths: 0 }
    });
    let weight = |share: &Share| if share.share.is_some() { u64::from(share.weight) } else { 0 };
    let all = shares.iter().map(weight).sum::<u64>().max(1);
    let product = |share: &Share| u64::from(share.share.unwrap_or_default()) * weight(share);
    let total = shares.iter().map(product).sum::<u64>() / all;
    Affinity {
        total: u8::try_from(total).unwrap_or(100),
        shares: shares.map(|share| Share {
            hundredths: u16::try_from(product(&share) * 100 / all).unwrap_or(u16::MAX),
            ..share
        }),
        reasons,
    }
}

/// The share of a part of which both say something, and why.
fn share(part: Part, wanted: &Profile, offered: &Profile, reasons: &mut Vec<Reason>) -> u8 {
    match part {
        Part::Disciplines => {
            let nearest = |wanted: &Discipline| {
                // Of those that are as near the smallest code.
                let near = offered.disciplines.iter().filter_map(|it| Some((wanted.common(*it)?, *it)));
                near.min_by_key(|(level, it)| (Reverse(*level), *it))
            };
            let found: Vec<_> = wanted.disciplines.iter().map(|wanted| (*wanted, nearest(wanted))).collect();
            let points = found.iter().map(|(_, near)| match near {
                Some((Level::Second, _)) => 100,
                Some((Level::First, _)) => 50,
                None => 0,
            });
            let share = mean(points.sum(), wanted.disciplines.len());
            reasons.extend(found.into_iter().filter_map(|(wanted, near)| {
                near.map(|(level, offered)| Reason::Discipline { wanted, offered, level })
            }));
            share
        }
        Part::Measures => covered(&wanted.measures, &offered.measures, Reason::Measure, reasons),
        Part::Stages => covered(&wanted.stages, &offered.stages, Reason::Stage, reasons),
        Part::Text => {
            reasons.extend(wanted.text.shared(&offered.text, TERMS).into_iter().map(Reason::Term));
            wanted.text.cosine(&offered.text)
        }
    }
}

fn covered(
    wanted: &BTreeSet<String>,
    offered: &BTreeSet<String>,
    reason: impl Fn(String) -> Reason,
    reasons: &mut Vec<Reason>,
) -> u8 {
    let before = reasons.len();
    reasons.extend(wanted.intersection(offered).cloned().map(reason));
    mean((reasons.len() - before) * 100, wanted.len())
}

fn mean(points: usize, of: usize) -> u8 {
    u8::try_from(points / of.max(1)).unwrap_or(100)
}

/// Of `offered` the up to `most` that answer `wanted` best with a total of at least `least`, the best first,
/// then by ids.
pub fn best<'p, Id: Ord>(
    weights: &Weights,
    wanted: &Profile,
    offered: impl IntoIterator<Item = (Id, &'p Profile)>,
    least: u8,
    most: usize,
) -> Vec<(Id, Affinity)> {
    let all = offered.into_iter().map(|(id, profile)| (id, affinity(weights, wanted, profile)));
    let mut found: Vec<(Id, Affinity)> = all.filter(|(_, it)| it.total >= least).collect();
    found.sort_by(|(one, its), (other, others)| others.total.cmp(&its.total).then_with(|| one.cmp(other)));
    found.truncate(most);
    found
}
