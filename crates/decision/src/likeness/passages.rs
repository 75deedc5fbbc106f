//! Passages that two texts have in common, to be marked in both.

use super::automaton::Automaton;
use crate::term::folded;
use std::cmp::Reverse;
use std::ops::Range;

/// Stands for what is taken, in the text that is walked along; nothing leads on from it.
const TAKEN: u32 = u32::MAX;
/// In the text that is looked through each taken place has a symbol of its own, above all characters.
const BEYOND: u32 = 0x11_0000;

/// A passage that stands in both texts: characters (Unicode scalar values) from its first to behind its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// A character that is compared, and where it stands.
struct Place {
    symbol: u32,
    at: usize,
    taken: bool,
}

/// Passages of at least `least` characters that stand in both texts, in the order of `a`. Marks, spaces,
/// case and width make no difference and do not count, but those within a passage belong to it.
///
/// They are what greedy string tiling (Wise 1993) takes: the longest run that is free in both texts, the
/// earliest in `a` and then in `b` where several are as long, until none is left that is long enough. No two
/// overlap. Each round takes every run up to the first that another has cut into; a round costs time linear
/// in both texts, and takes at least one.
#[must_use]
pub fn passages(a: &str, b: &str, least: usize) -> Vec<Passage> {
    let least = least.max(1);
    let (mut own, mut its) = (places(a), places(b));
    let mut found = Vec::new();
    loop {
        let before = found.len();
        for run in runs(&own, &its, least) {
            let (from_a, from_b) = (run.end_a - run.length, run.end_b - run.length);
            let free = |places: &[Place], from: usize| {
                places.iter().skip(from).take(run.length).all(|place| !place.taken)
            };
            if !free(&own, from_a) || !free(&its, from_b) {
                break;
            }
            let passage = taken(&mut own, from_a, run.length).zip(taken(&mut its, from_b, run.length));
            found.extend(passage.map(|(a, b)| Passage { a, b }));
        }
        if found.len() == before {
            break;
        }
    }
    found.sort_by_key(|passage: &Passage| passage.a.start);
    found
}

/// A run that stands in both: its length and the places behind its last characters.
struct Run {
    length: usize,
    end_a: usize,
    end_b: usize,
}

/// The longest runs that end at each place of `own`, where they go no further, longest first.
fn runs(own: &[Place], its: &[Place], least: usize) -> Vec<Run> {
    let beyond = |(place, own): (&Place, u32)| if place.taken { own } else { place.symbol };
    let automaton = Automaton::of(its.iter().zip(BEYOND..).map(beyond));
    let walked = own.iter().map(|place| if place.taken { TAKEN } else { place.symbol });
    let found: Vec<_> = automaton.walk(walked).collect();
    let lengths_after = found.iter().skip(1).map(|it| it.length).chain([0]);
    let mut runs: Vec<Run> = found
        .iter()
        .zip(lengths_after)
        .zip(1..)
        .filter(|((it, after), _)| it.length >= least && *after <= it.length)
        .map(|((it, _), end_a)| Run { length: it.length, end_a, end_b: it.end })
        .collect();
    runs.sort_by_key(|run| (Reverse(run.length), run.end_a));
    runs
}

/// Takes `length` places; gives the characters that they span.
fn taken(places: &mut [Place], from: usize, length: usize) -> Option<Range<usize>> {
    let mut span: Option<Range<usize>> = None;
    for place in places.iter_mut().skip(from).take(length) {
        place.taken = true;
        span = Some(span.map_or(place.at, |span| span.start)..place.at + 1);
    }
    span
}

fn places(text: &str) -> Vec<Place> {
    let kept = text.chars().enumerate().filter_map(|(at, c)| Some((at, folded(c)?)));
    kept.map(|(at, c)| Place { symbol: u32::from(c), at, taken: false }).collect()
}
