//! Texts as vectors of their terms: the rarer a term is among all texts, the more it weighs.
//!
//! TF–IDF (Spärck Jones 1972; Salton & Buckley 1988): (1 + log₂ tf) × (1 + log₂ ((1 + n) / (1 + df))), in
//! 64ths each. Logarithms of the platform differ in their last digit, so these are taken in whole numbers.

use crate::term::{Term, each_term};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many texts there are, and in how many of them each term stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    texts: u32,
    with: BTreeMap<Term, u32>,
}

impl Corpus {
    /// The corpus of `texts`; their order makes no difference.
    #[must_use]
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut corpus = Self::default();
        for text in texts {
            corpus.add(text);
        }
        corpus
    }

    /// Takes a text in. One pass, and a look-up for each different term.
    pub fn add(&mut self, text: &str) {
        let mut terms = BTreeSet::new();
        each_term(text, |term, _| {
            terms.insert(term);
        });
        self.texts = self.texts.saturating_add(1);
        for term in terms {
            *self.with.entry(term).or_default() += 1;
        }
    }

    /// `text` as a vector. Its terms need not stand in any text of the corpus.
    #[must_use]
    pub fn vector(&self, text: &str) -> Vector {
        let mut counts: BTreeMap<Term, u32> = BTreeMap::new();
        let mut words = BTreeMap::new();
        each_term(text, |term, word| {
            *counts.entry(term).or_default() += 1;
            if !word.is_empty() {
                words.entry(term).or_insert_with(|| word.to_owned());
            }
        });
        let weight = |term: &Term, count: u32| {
            let with = self.with.get(term).copied().unwrap_or_default();
            let rarity = ONE + log2(u64::from(self.texts) + 1, u64::from(with) + 1);
            (ONE + log2(u64::from(count), 1)) * rarity
        };
        let weights: Vec<(Term, u64)> =
            counts.iter().map(|(term, count)| (*term, weight(term, *count))).collect();
        let square = weights.iter().map(|(_, weight)| u128::from(*weight).pow(2)).sum::<u128>();
        Vector { weights, words, length: square.isqrt() }
    }
}

/// What a text is about, by the weights of its terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vector {
    /// In order of terms.
    weights: Vec<(Term, u64)>,
    /// How words are written, which their terms do not say.
    words: BTreeMap<Term, String>,
    /// Rounded down.
    length: u128,
}

/// A term that two texts have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub term: String,
    /// How much of what the texts have in common it makes, in per cent, rounded down.
    pub percent: u8,
}

impl Vector {
    /// Whether the text says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The cosine of the angle between two texts in per cent, rounded down; 0 where one says nothing.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> u8 {
        let dot = self.common(other).map(|(_, product)| product).sum::<u128>();
        let lengths = (self.length * other.length).max(1);
        u8::try_from(dot * 100 / lengths).unwrap_or(100).min(100)
    }

    /// The up to `most` terms that make most of what two texts have in common, the heaviest first.
    #[must_use]
    pub fn shared(&self, other: &Self, most: usize) -> Vec<Shared> {
        let mut common: Vec<(Reverse<u128>, Term)> =
            self.common(other).map(|(term, product)| (Reverse(product), term)).collect();
        let dot = common.iter().map(|(product, _)| product.0).sum::<u128>().max(1);
        common.sort();
        common.truncate(most);
        let named = |(product, term): (Reverse<u128>, Term)| {
            let term = term.characters().or_else(|| self.words.get(&term).cloned())?;
            Some(Shared { term, percent: u8::try_from(product.0 * 100 / dot).unwrap_or(100) })
        };
        common.into_iter().filter_map(named).collect()
    }

    /// Terms of both, with the product of their weights. One walk along both.
    fn common<'v>(&'v self, other: &'v Self) -> impl Iterator<Item = (Term, u128)> + 'v {
        let mut its = other.weights.iter().peekable();
        self.weights.iter().filter_map(move |(term, weight)| {
            while its.next_if(|(it, _)| it < term).is_some() {}
            let (_, other) = its.next_if(|(it, _)| it == term)?;
            Some((*term, u128::from(*weight) * u128::from(*other)))
        })
    }
}

/// 1 in 64ths.
const ONE: u64 = 1 << FRACTION_BITS;
const FRACTION_BITS: u32 = 6;
/// Bits behind the point while a logarithm is taken.
const BITS: u32 = 30;

/// log₂ (above / below) in 64ths, rounded down, for above ≥ below ≥ 1: its whole part by the highest bit, each
/// binary place of the rest by squaring (Knuth, *The Art of Computer Programming* 1, 1.2.2, exercise 25).
fn log2(above: u64, below: u64) -> u64 {
    let quotient = (u128::from(above) << BITS) / u128::from(below.max(1));
    let whole = quotient.max(1).ilog2().saturating_sub(BITS);
    // Between 1 and 2.
    let mut rest = quotient >> whole;
    let mut log = u64::from(whole);
    for _ in 0..FRACTION_BITS {
        rest = (rest * rest) >> BITS;
        let carry = u64::from(rest >> BITS >= 2);
        rest >>= carry;
        log = log * 2 + carry;
    }
    log
}

#[cfg(test)]
mod tests {
    use super::{Corpus, log2};

    #[test]
    fn logarithms_are_those_of_the_textbook() {
        for (above, below) in [(1_u32, 1_u32), (2, 1), (3, 1), (3, 2), (10, 1), (1_000_000, 7), (10_001, 3)] {
            let exact = (f64::from(above) / f64::from(below)).log2() * 64.0;
            let near = u32::try_from(log2(u64::from(above), u64::from(below))).unwrap();
            let under = exact - f64::from(near);
            assert!((-1e-6..1.001).contains(&under), "{above}/{below}: {near}, {exact}");
        }
    }

    #[test]
    fn what_is_rare_weighs_more() {
        let corpus = Corpus::of(["学校科学课", "学校合唱", "学校足球", "学校书法"]);
        let vector = |text: &str| corpus.vector(text);
        let own = vector("学校科学课");
        assert_eq!(own.cosine(&own), 100);
        assert_eq!(own.cosine(&vector("")), 0);
        assert_eq!(own.cosine(&vector("篮球")), 0);
        // 学校 stands everywhere: it says less than 科学.
        assert!(own.cosine(&vector("科学")) > own.cosine(&vector("学校")));
        let shared = own.shared(&vector("科学和学校"), 2);
        let terms: Vec<&str> = shared.iter().map(|it| it.term.as_str()).collect();
        assert_eq!(terms, ["科学", "学校"]);
        assert!(shared.iter().map(|it| u32::from(it.percent)).sum::<u32>() <= 100);
    }
}
