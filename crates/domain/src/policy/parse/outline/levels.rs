//! Which levels of the numbering are sections and measures.
//!
//! Measures are the items on which the clauses of responsible units hang. A document without such clauses
//! has them right below its top level; articles are measures always. What has one level only has no sections.

use super::super::lines::cut;
use super::super::marker::Kind;
use super::super::units::Clause;
use super::items::Item;

/// Shortest sentence, in characters, that is more than a heading.
const SENTENCE: usize = 20;

/// The levels of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Levels {
    pub(super) section: Option<Kind>,
    pub(super) measure: Kind,
}

impl Levels {
    pub(super) fn of(text: &str, items: &[Item], clauses: &[Clause]) -> Option<Self> {
        let kinds = kinds(items);
        let plain = plain(text, items, &kinds)?;
        // Sentences tell the level only where nothing else names units.
        let printed: Vec<Clause>;
        let clauses = if clauses.iter().any(|clause| !clause.spoken) {
            printed = clauses.iter().filter(|clause| !clause.spoken).cloned().collect();
            printed.as_slice()
        } else {
            clauses
        };
        let measure = with_steps(text, items, clauses, &kinds)
            .or_else(|| {
                let level = with_clauses(items, clauses, &kinds, plain)?;
                Some(below_headings(text, items, clauses, &kinds, level).unwrap_or(level))
            })
            .unwrap_or(plain);
        let section = kinds.iter().copied().find(|kind| *kind < measure);
        Some(Self { section, measure })
    }
}

/// 一、 above 第一条 stand for chapters.
pub(super) fn settle(items: &mut [Item]) {
    let first = |kind: Kind| items.iter().position(|item| item.kind == kind);
    let above = match (first(Kind::Comma), first(Kind::Article)) {
        (Some(comma), Some(article)) => comma < article && first(Kind::Chapter).is_none(),
        _ => false,
    };
    if above {
        for item in items.iter_mut().filter(|item| item.kind == Kind::Comma) {
            item.kind = Kind::Chapter;
        }
    }
}

fn kinds(items: &[Item]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = items.iter().map(|item| item.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The measures' level of a document without clauses.
fn plain(text: &str, items: &[Item], kinds: &[Kind]) -> Option<Kind> {
    if kinds.contains(&Kind::Article) {
        return Some(Kind::Article);
    }
    let top = *kinds.first()?;
    let Some(second) = kinds.get(1).copied().filter(|kind| *kind != Kind::FigureParen) else {
        return Some(top);
    };
    let below: Vec<&Item> = items.iter().filter(|item| item.kind == second).collect();
    // A list within one section, its entries closed by semicolons, is part of that section's text.
    let entries =
        below.iter().filter(|item| cut(text, item.start, item.end).trim_end().ends_with(['；', ';'])).count();
    let lists = parents(items, second) < 2 && (entries * 2 >= below.len() || below.len() < 2);
    Some(if lists { top } else { second })
}

/// In how many items of upper levels there are items of `kind`.
fn parents(items: &[Item], kind: Kind) -> usize {
    let mut count = 0;
    let mut open = false;
    for item in items {
        if item.kind < kind {
            open = true;
        } else if item.kind == kind && std::mem::take(&mut open) {
            count += 1;
        }
    }
    count
}

/// A level whose items nearly all say a sentence and who does it: what stands below them are their steps
/// (具体举措), whoever does those. A heading with its units alone is none.
fn with_steps(text: &str, items: &[Item], clauses: &[Clause], kinds: &[Kind]) -> Option<Kind> {
    let says = |item: &&Item| {
        let at = clauses.partition_point(|clause| clause.place.start < item.start);
        clauses
            .get(at)
            .filter(|clause| !clause.for_all && clause.place.start < item.end)
            .map(|clause| cut(text, item.start, clause.place.start).trim_end_matches(['。', '；']))
            .is_some_and(|own| own.contains(['。', '，']) && own.chars().count() > SENTENCE)
    };
    kinds.iter().copied().filter(|kind| *kind != Kind::FigureParen).find(|kind| {
        let (mut count, mut full, mut steps) = (0, 0, false);
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.kind == *kind) {
            count += 1;
            full += usize::from(says(&item));
            steps |= items.get(at + 1).is_some_and(|next| next.kind > *kind);
        }
        steps && full > 1 && full * 3 >= count * 2
    })
}

/// The level on which most clauses hang, where they are no exception.
fn with_clauses(items: &[Item], clauses: &[Clause], kinds: &[Kind], plain: Kind) -> Option<Kind> {
    let hanging = hanging(items, clauses);
    let count =
        |kind: Kind| items.iter().zip(&hanging).filter(|(item, hangs)| item.kind == kind && **hangs).count();
    let best = kinds.iter().copied().rev().max_by_key(|kind| count(*kind))?;
    let of_kind = |kind: Kind| items.iter().filter(|item| item.kind == kind).count();
    let usual = best == plain || count(best) >= 2 && count(best) * 4 >= of_kind(plain);
    // Sentences that name units now and then make no level.
    let steady = clauses.iter().any(|clause| !clause.spoken) || count(best) * 2 >= of_kind(best);
    (count(best) > 0 && usual && steady).then_some(best)
}

/// The level right below `level`, where the clauses stand with the headings alone (一、加强保障（市财政局牵头）) and
/// the items below are numbered through from one heading to the next: those are the measures.
fn below_headings(
    text: &str,
    items: &[Item],
    clauses: &[Clause],
    kinds: &[Kind],
    level: Kind,
) -> Option<Kind> {
    let below = kinds.iter().copied().find(|kind| *kind > level && *kind != Kind::FigureParen)?;
    let heads = |item: &Item| {
        let at = clauses.partition_point(|clause| clause.place.start < item.start);
        clauses
            .get(at)
            .filter(|clause| clause.place.start < item.end)
            .is_none_or(|clause| !cut(text, item.start, clause.place.start).contains(['。', '\n']))
    };
    let mut last = 0;
    let mut crossed = false;
    let mut through = 0;
    for item in items {
        if item.kind <= level {
            crossed = true;
            if item.kind == level && !heads(item) {
                return None;
            }
        } else if item.kind == below {
            if item.number != last + 1 {
                return None;
            }
            through += u32::from(crossed && last > 0);
            (last, crossed) = (item.number, false);
        }
    }
    (through > 0).then_some(below)
}

/// Whether a clause hangs on each item. One behind the last of several entries belongs to the item above them.
fn hanging(items: &[Item], clauses: &[Clause]) -> Vec<bool> {
    let mut hanging = vec![false; items.len()];
    for clause in clauses.iter().filter(|clause| !clause.for_all) {
        let at = items.partition_point(|item| item.start <= clause.place.start);
        if let Some(at) = at.checked_sub(1)
            && items.get(at).is_some_and(|item| clause.place.start < item.end)
            && let Some(hangs) = hanging.get_mut(at)
        {
            *hangs = true;
        }
    }
    for kind in kinds(items).into_iter().rev() {
        let mut parent = None;
        let mut run: Vec<usize> = Vec::new();
        for at in 0..=items.len() {
            let item = items.get(at);
            match item {
                Some(item) if item.kind == kind => run.push(at),
                Some(item) if item.kind > kind => {}
                _ => {
                    lift(&mut hanging, parent, &run);
                    run.clear();
                    parent = Some(at);
                }
            }
        }
    }
    hanging
}

fn lift(hanging: &mut [bool], parent: Option<usize>, run: &[usize]) {
    let is_hanging = |at: &usize| hanging.get(*at).copied().unwrap_or(false);
    let only_last = run.len() > 1
        && run.last().is_some_and(is_hanging)
        && run.iter().filter(|at| is_hanging(at)).count() == 1;
    if let (true, Some(parent), Some(last)) = (only_last, parent, run.last()) {
        for (at, hangs) in [(parent, true), (*last, false)] {
            if let Some(entry) = hanging.get_mut(at) {
                *entry = hangs;
            }
        }
    }
}
