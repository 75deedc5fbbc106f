//! Sketches of texts: so alike as two texts are, so many places of their sketches agree.
//!
//! `MinHash` (Broder 1997) with one permutation (Li, Owen & Zhang 2012), its empty places filled from others
//! (Shrivastava 2017), of which 16 bits are kept (Li & König 2010). One pass over the text and one hash for
//! each term; the seed is fixed.

use crate::term::{each_term, mixed};
use std::cmp::Reverse;

/// Places of a sketch.
pub(super) const PLACES: usize = 128;
/// Bits of a hash that say its place: 2⁷ = 128.
const PLACE_BITS: u32 = 7;
/// The permutation of terms. Another one would find other pairs at the edge of a threshold.
const SEED: u64 = 0x5f3c_91d2_7ab0_4e68;
/// Draws of another place for an empty one, before the text's own smallest hash stands in.
const DRAWS: u64 = 4096;

/// What is kept of a text to find others like it: 256 bytes, whatever its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch([u16; PLACES]);

impl Sketch {
    /// The sketch of `text`; none where it holds nothing but marks and spaces.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut least = [u64::MAX; PLACES];
        let mut any = false;
        each_term(text, |term, _| {
            let hash = mixed(term.0 ^ SEED);
            let place = usize::try_from(hash >> (u64::BITS - PLACE_BITS)).unwrap_or_default();
            if let Some(kept) = least.get_mut(place) {
                *kept = hash.min(*kept);
            }
            any = true;
        });
        any.then(|| Self(filled(&least)))
    }

    /// In how many of 128 places two sketches agree: of 128 × likeness, give or take 4 or 5.
    #[must_use]
    pub fn agreeing(&self, other: &Self) -> u16 {
        self.0.iter().zip(&other.0).map(|(own, its)| u16::from(own == its)).sum()
    }

    /// `rows` places together, for each band; what is left of the places at the end belongs to none.
    pub(super) fn bands(&self, rows: usize) -> impl Iterator<Item = u64> + '_ {
        let key =
            |band: &[u16]| band.iter().fold(0_u64, |key, place| key.rotate_left(16) ^ u64::from(*place));
        self.0.chunks_exact(rows.max(1)).map(key)
    }
}

/// Empty places take what another place has, drawn by the place's own number: two texts that are alike draw
/// alike.
fn filled(least: &[u64; PLACES]) -> [u16; PLACES] {
    let smallest = least.iter().min().copied().unwrap_or_default();
    let mut places = [0; PLACES];
    for (number, (place, own)) in (0_u64..).zip(places.iter_mut().zip(least)) {
        let mut hash = *own;
        for draw in 0..DRAWS {
            if hash != u64::MAX {
                break;
            }
            let other = mixed(SEED ^ (number << 32) ^ draw) >> (u64::BITS - PLACE_BITS);
            hash = usize::try_from(other).ok().and_then(|at| least.get(at)).copied().unwrap_or(hash);
        }
        let kept = if hash == u64::MAX { smallest } else { hash };
        *place = u16::try_from(kept & 0xffff).unwrap_or_default();
    }
    places
}

/// Of `among` those whose sketches agree best with `of`, at most `most`, the best first; the smaller id
/// where two agree as well. One comparison of 256 bytes for each, and a sort.
pub fn nearest<'s, Id: Ord>(
    of: &Sketch,
    among: impl IntoIterator<Item = (Id, &'s Sketch)>,
    most: usize,
) -> Vec<Id> {
    let mut ranked: Vec<(Reverse<u16>, Id)> =
        among.into_iter().map(|(id, sketch)| (Reverse(of.agreeing(sketch)), id)).collect();
    ranked.sort_unstable();
    ranked.truncate(most);
    ranked.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    #[test]
    fn a_sketch_is_the_same_everywhere() {
        let sum = |text: &str| {
            let sketch = Sketch::of(text).unwrap();
            sketch.bands(1).fold(0_u64, |sum, place| sum.wrapping_mul(31).wrapping_add(place))
        };
        // As calculated on x86-64: another platform must say the same.
        assert_eq!(sum("小学科学课程共建，请高校教师每周到校一次。"), 17_229_059_591_612_626_115);
        assert_eq!(sum("ＡＩ for schools"), sum("AI, for Schools!"));
        assert!(Sketch::of("！ 。").is_none());
    }
}
