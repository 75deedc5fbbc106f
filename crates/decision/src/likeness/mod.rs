//! Likeness of texts: near-duplicates among many, the likest of one, the passages that two have in common.
//!
//! Likeness is that of Jaccard: of the different terms of two texts the share that stands in both. A term is
//! a pair of neighbouring Chinese characters or a word; marks, case and width make no difference.
//!
//! | question | how | cost for n texts of m characters |
//! |---|---|---|
//! | [`Index::of`] | a sketch of each | n m |
//! | [`Index::pairs`] | bands of sketches sorted, sketches compared, then the texts | n log n, and what the pairs found cost |
//! | [`Index::likest`] | every sketch compared, then the texts that agree best | n |
//! | [`passages()`] | see there | m for each round |
//!
//! Banding (Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, chapter 3) may overlook a pair, by
//! the figures at `ROWS` one in fifty at the threshold and fewer above it; what is said of a pair is exact.

mod automaton;
mod passages;
mod sketch;

use crate::term::{Term, each_term};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

pub use passages::{Passage, passages};
pub use sketch::{Sketch, nearest};

/// How alike two texts are: terms in both, of those in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    pub common: u32,
    pub all: u32,
}

impl Likeness {
    /// As a whole per cent, rounded down: 100 only where nothing differs.
    #[must_use]
    pub fn percent(self) -> u8 {
        let percent = u64::from(self.common) * 100 / u64::from(self.all.max(1));
        u8::try_from(percent).unwrap_or(100)
    }
}

impl Ord for Likeness {
    fn cmp(&self, other: &Self) -> Ordering {
        let own = u64::from(self.common) * u64::from(other.all.max(1));
        let its = u64::from(other.common) * u64::from(self.all.max(1));
        // Where the shares are the same, more terms say more.
        own.cmp(&its).then(self.all.cmp(&other.all))
    }
}

impl PartialOrd for Likeness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The different terms of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

impl Terms {
    /// The terms of `text`, by one pass and a sort.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut terms = Vec::with_capacity(text.len() / 3);
        each_term(text, |term, _| terms.push(term));
        terms.sort_unstable();
        terms.dedup();
        Self(terms)
    }

    /// How alike two texts are; not at all where both say nothing. One walk along both.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (mut common, mut its) = (0_usize, other.0.iter().peekable());
        for own in &self.0 {
            while its.next_if(|it| *it < own).is_some() {}
            if its.next_if_eq(&own).is_some() {
                common += 1;
            }
        }
        Likeness { common: count(common), all: count(self.0.len() + other.0.len() - common) }
    }
}

/// Two texts, and how alike they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<Id> {
    /// The smaller of the two.
    pub a: Id,
    pub b: Id,
    pub likeness: Likeness,
}

/// An id stands for two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id stands for two texts")]
pub struct Twice<Id>(pub Id);

/// Texts among which those that are alike are looked for. The order in which they came makes no difference.
#[derive(Clone, Debug)]
pub struct Index<'t, Id> {
    /// In order of their ids; without a sketch where they hold nothing to compare.
    texts: Vec<Indexed<'t, Id>>,
}

#[derive(Clone, Debug)]
struct Indexed<'t, Id> {
    id: Id,
    text: &'t str,
    sketch: Option<Sketch>,
}

/// Texts whose sketches are compared by their terms for one answer: at least so many.
const COMPARED: usize = 64;
/// And for each text of the answer.
const COMPARED_FOR_EACH: usize = 8;

impl<'t, Id: Ord + Clone> Index<'t, Id> {
    /// An index over `texts`.
    ///
    /// # Errors
    /// Where two have the same id.
    pub fn of(texts: impl IntoIterator<Item = (Id, &'t str)>) -> Result<Self, Twice<Id>> {
        let mut texts: Vec<_> =
            texts.into_iter().map(|(id, text)| Indexed { id, text, sketch: Sketch::of(text) }).collect();
        texts.sort_by(|one, other| one.id.cmp(&other.id));
        let twice = texts.iter().zip(texts.iter().skip(1)).find(|(one, next)| one.id == next.id);
        match twice {
            Some((one, _)) => Err(Twice(one.id.clone())),
            None => Ok(Self { texts }),
        }
    }

    /// Pairs of texts that are alike by `least` per cent or more, the likest first, then by ids.
    #[must_use]
    pub fn pairs(&self, least: u8) -> Vec<Pair<Id>> {
        let least = least.clamp(1, 100);
        let found = self.candidates(least);
        let mut terms: Vec<Option<Terms>> = Vec::new();
        terms.resize_with(self.texts.len(), || None);
        for at in found.iter().flat_map(|(a, b)| [*a, *b]).collect::<BTreeSet<_>>() {
            if let (Some(slot), Some(it)) = (terms.get_mut(at), self.texts.get(at)) {
                *slot = Some(Terms::of(it.text));
            }
        }
        let terms_at = |at: usize| terms.get(at).and_then(Option::as_ref);
        let id_at = |at: usize| self.texts.get(at).map(|it| it.id.clone());
        let mut pairs: Vec<Pair<Id>> = found
            .into_iter()
            .filter_map(|(a, b)| {
                let likeness = terms_at(a)?.likeness(terms_at(b)?);
                let holds = u64::from(likeness.common) * 100 >= u64::from(likeness.all) * u64::from(least);
                if holds { Some(Pair { a: id_at(a)?, b: id_at(b)?, likeness }) } else { None }
            })
            .collect();
        pairs.sort_by(|one, other| {
            other.likeness.cmp(&one.likeness).then_with(|| (&one.a, &one.b).cmp(&(&other.a, &other.b)))
        });
        pairs
    }

    /// Of the texts that `may` lets through, up to `most` that are likest to `text`, the likest first, then
    /// by ids; what has nothing in common with it is none of them.
    #[must_use]
    pub fn likest(&self, text: &str, most: usize, may: impl Fn(&Id) -> bool) -> Vec<(Id, Likeness)> {
        let Some(sketch) = Sketch::of(text) else { return Vec::new() };
        let own = Terms::of(text);
        let among = self.texts.iter().enumerate().filter(|(_, it)| may(&it.id));
        let among = among.filter_map(|(at, it)| Some((at, it.sketch.as_ref()?)));
        let compared = most.saturating_mul(COMPARED_FOR_EACH).max(COMPARED);
        let mut found: Vec<(Reverse<Likeness>, Id)> = nearest(&sketch, among, compared)
            .into_iter()
            .filter_map(|at| self.texts.get(at))
            .map(|it| (Reverse(own.likeness(&Terms::of(it.text))), it.id.clone()))
            .filter(|(likeness, _)| likeness.0.common > 0)
            .collect();
        found.sort();
        found.truncate(most);
        found.into_iter().map(|(likeness, id)| (id, likeness.0)).collect()
    }

    /// Places of pairs that share a band and whose sketches agree about as `least` says, in order.
    fn candidates(&self, least: u8) -> Vec<(usize, usize)> {
        let (rows, agreeing) = (rows(least), agreeing(least));
        let sketched: Vec<(usize, &Sketch)> =
            self.texts.iter().enumerate().filter_map(|(at, it)| Some((at, it.sketch.as_ref()?))).collect();
        let mut keys: Vec<_> = sketched.iter().map(|(_, sketch)| sketch.bands(rows)).collect();
        let mut found = BTreeSet::new();
        for _ in 0..sketch::PLACES / rows {
            let keyed = keys.iter_mut().zip(&sketched);
            let mut band: Vec<(u64, usize, &Sketch)> =
                keyed.filter_map(|(keys, (at, sketch))| Some((keys.next()?, *at, *sketch))).collect();
            band.sort_unstable_by_key(|(key, at, _)| (*key, *at));
            for group in band.chunk_by(|one, next| one.0 == next.0) {
                for (before, (_, b, its)) in group.iter().enumerate() {
                    let earlier = group.iter().take(before);
                    let alike = earlier.filter(|(_, _, sketch)| sketch.agreeing(its) >= agreeing);
                    found.extend(alike.map(|(_, a, _)| (*a, *b)));
                }
            }
        }
        found.into_iter().collect()
    }
}

/// From which per cent on so many places make a band. With 128 places a pair at that likeness is overlooked
/// with a probability of 1 − (1 − sʳ)^⌊128/r⌋: 1.7 %, 1.2 %, 1.8 %, 1.6 %; below 25 % of 10⁻⁶ at 10 %.
const ROWS: [(u8, usize); 4] = [(75, 6), (60, 4), (45, 3), (25, 2)];

fn rows(least: u8) -> usize {
    ROWS.iter().find(|(from, _)| least >= *from).map_or(1, |(_, rows)| *rows)
}

/// Places in which sketches agree at least, where their texts are alike by `least` per cent: the mean without
/// three standard deviations, which one pair in 700 stays below.
fn agreeing(least: u8) -> u16 {
    let share = u64::from(least);
    // 128 s and 128 s (1 − s) with s in per cent.
    let mean = 128 * share / 100;
    let spread = (128 * share * (100 - share.min(100)) / 10_000).isqrt();
    u16::try_from(mean.saturating_sub(3 * spread + 1)).unwrap_or_default()
}
