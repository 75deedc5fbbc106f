//! Near-duplicates among 10,000 needs of 1,000 characters, against one plain pass over their characters: no
//! index can do less than look at each of them once.

use crate::table::Row;
use crate::text::{Dice, THEMES, prose};
use anyhow::{Context, Result};
use ronghe_decision::likeness::{Index, Terms};
use std::hint::black_box;
use std::time::{Duration, Instant};

const NEEDS: usize = 10_000;
const CHARACTERS: usize = 1_000;
/// Every tenth need is another one with 10 to 20 of 100 characters replaced.
const COPIED: usize = 10;
/// From which likeness on a pair is asked for, in per cent.
const LEAST: u8 = 50;
/// Runs, of which the fastest counts: the others wait for other work of the machine.
const TIMES: u32 = 5;

pub(crate) fn measure() -> Result<Vec<Row>> {
    let (texts, copies) = needs();
    let floor = fastest(|| {
        let sum = |text: &String| text.chars().fold(0_u32, |sum, c| sum.wrapping_add(u32::from(c)));
        black_box(texts.iter().map(sum).fold(0_u32, u32::wrapping_add));
    });
    let near = || {
        let index = Index::of(texts.iter().map(String::as_str).enumerate()).ok();
        index.map(|index| index.pairs(LEAST)).unwrap_or_default()
    };
    let taken = fastest(|| {
        black_box(near());
    });
    let found = near();
    let text = |at: usize| texts.get(at).context("a need that was made");
    let (mut planted, mut seen) = (0_u32, 0_u32);
    for (from, copy) in copies {
        let likeness = Terms::of(text(from)?).likeness(&Terms::of(text(copy)?));
        if likeness.percent() >= LEAST {
            planted += 1;
            seen += u32::from(found.iter().any(|pair| pair.a == from && pair.b == copy));
        }
    }
    Ok(vec![
        Row::ratio("near-duplicates", None, taken * 1e3, "ms", "one pass", floor * 1e3),
        Row::plain("planted copies found", None, 100.0 * f64::from(seen) / f64::from(planted.max(1)), "%"),
    ])
}

/// Texts, and of which earlier one which is a copy.
fn needs() -> (Vec<String>, Vec<(usize, usize)>) {
    let mut dice = Dice::new();
    let (mut texts, mut copies): (Vec<String>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for at in 0..NEEDS {
        let theme = dice.one_of(&THEMES);
        // The one before is no copy itself.
        let text = match texts.last() {
            Some(before) if at % COPIED == COPIED - 1 => {
                copies.push((at - 1, at));
                edited(&mut dice, before)
            }
            // Some of what schools write they all write; the rest is their own.
            _ => own_words(&mut dice, prose(&mut Dice::new(), theme, 3)),
        };
        texts.push(text);
    }
    (texts, copies)
}

/// Words of two characters out of 16,000, the k-th about 1/k as often as the first, as languages have it (Zipf).
fn own_words(dice: &mut Dice, mut text: String) -> String {
    let mut length = text.chars().count();
    while length < CHARACTERS {
        let rank = 1_u32 << dice.below(14);
        let word = (rank + dice.below(rank)).wrapping_mul(2_654_435_761);
        text.extend([character(word >> 16), character(word & 0xffff)]);
        if dice.below(12) == 0 {
            text.push('，');
        }
        length += 2;
    }
    text
}

fn edited(dice: &mut Dice, text: &str) -> String {
    let percent = 10 + dice.below(11);
    text.chars().map(|c| if dice.below(100) < percent { character(dice.below(1500)) } else { c }).collect()
}

/// One of 1,500 characters.
fn character(number: u32) -> char {
    char::from_u32(0x4e00 + number % 1500).unwrap_or('一')
}

fn fastest(run: impl Fn()) -> f64 {
    let best = (0..TIMES).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    best.min().unwrap_or(Duration::MAX).as_secs_f64()
}
