//! What changed between two texts, clause by clause, by the longest common subsequence of their clauses.
//!
//! Source: Wagner and Fischer, The String-to-String Correction Problem (1974), with what is common at both ends
//! cut away first. Cost: clauses × clauses of what is left between the ends, in time and memory; where that is
//! more than 2¹⁸, all of it counts as changed.

/// Cells of the table at most.
const CELLS: usize = 1 << 18;

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// It stands in one of the texts alone: it went, or it is new.
    pub is_changed: bool,
}

/// Both texts in pieces, what stands in one alone told apart; the pieces of a text make it again, and what is
/// kept is the same in both.
///
/// ```
/// use ronghe_decision::changes::changes;
/// let (before, after) = changes("建两个教研组。每月教研。", "建三个教研组。每月教研。");
/// assert!(before[0].is_changed && !before[1].is_changed);
/// assert_eq!(after[0].text, "建三个教研组。");
/// ```
#[must_use]
pub fn changes(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (before, after) = (clauses(before), clauses(after));
    let is_same = |(own, other): &(&&str, &&str)| own == other;
    let head = before.iter().zip(&after).take_while(is_same).count();
    let (first, old) = before.split_at(head);
    let new = after.split_at(head).1;
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(is_same).count();
    let (old, last) = old.split_at(old.len().saturating_sub(tail));
    let new = new.split_at(new.len().saturating_sub(tail)).0;
    let mut sides = Sides::default();
    first.iter().for_each(|clause| sides.keep(clause));
    between(&mut sides, old, new);
    last.iter().for_each(|clause| sides.keep(clause));
    (sides.before, sides.after)
}

/// A text cut behind its marks.
fn clauses(text: &str) -> Vec<&str> {
    text.split_inclusive(|c| "。！？；，、.!?;,\n".contains(c)).collect()
}

/// What is between the ends.
fn between(sides: &mut Sides, old: &[&str], new: &[&str]) {
    let is_small = old.len().saturating_mul(new.len()) <= CELLS;
    let rows = if is_small { lengths(old, new) } else { Vec::new() };
    // The longest common subsequence of so many last clauses of each.
    let at = |own: usize, other: usize| rows.get(own).and_then(|row| row.get(other)).copied().unwrap_or(0);
    let (mut own, mut other) = (old, new);
    while let ([gone, fewer @ ..], [come, rest @ ..]) = (own, other) {
        if is_small && gone == come {
            sides.keep(gone);
            (own, other) = (fewer, rest);
        } else if at(fewer.len(), other.len()) >= at(own.len(), rest.len()) {
            sides.go(gone);
            own = fewer;
        } else {
            sides.come(come);
            other = rest;
        }
    }
    own.iter().for_each(|clause| sides.go(clause));
    other.iter().for_each(|clause| sides.come(clause));
}

/// The length of the longest common subsequence of the last `row` and the last `column` clauses.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut below = vec![0; new.len() + 1];
    let mut rows = Vec::with_capacity(old.len() + 1);
    for own in old.iter().rev() {
        let mut row = vec![0];
        let mut last = 0;
        for (other, pair) in new.iter().rev().zip(below.windows(2)) {
            let &[diagonal, up] = pair else { continue };
            last = if own == other { diagonal + 1 } else { last.max(up) };
            row.push(last);
        }
        rows.push(std::mem::replace(&mut below, row));
    }
    rows.push(below);
    rows
}

/// Both texts as far as they are told apart.
#[derive(Default)]
struct Sides {
    before: Vec<Piece>,
    after: Vec<Piece>,
}

impl Sides {
    fn keep(&mut self, clause: &str) {
        add(&mut self.before, clause, false);
        add(&mut self.after, clause, false);
    }

    fn go(&mut self, clause: &str) {
        add(&mut self.before, clause, true);
    }

    fn come(&mut self, clause: &str) {
        add(&mut self.after, clause, true);
    }
}

fn add(pieces: &mut Vec<Piece>, clause: &str, is_changed: bool) {
    match pieces.last_mut().filter(|it| it.is_changed == is_changed) {
        Some(last) => last.text.push_str(clause),
        None => pieces.push(Piece { text: clause.to_owned(), is_changed }),
    }
}
