//! Which stretches of the text stand within the numbering: what is said there is said of one measure.

use super::super::lines::{Lines, joined};
use super::super::marker::Kind;
use super::items::Item;

/// Words of headings whose sections speak of the document: 附则, 施行日期.
const CLOSING: &[&str] = &[
    "附则",
    "其他",
    "其它",
    "施行",
    "有效期",
    "实施时间",
    "实施期限",
    "实施日期",
    "执行时间",
    "执行期限",
    "执行日期",
    "生效",
    "政策期限",
    "试行期",
];

/// Longest heading of that kind, in characters.
const HEADING: usize = 14;

/// The text as stretches between its items.
#[derive(Debug, Default)]
pub(in super::super) struct Inner {
    /// Where each item begins, and what is said from there on.
    from: Vec<(usize, Stretch)>,
}

/// What a stretch of the text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Stretch {
    /// Before the first item.
    Head,
    /// A measure that others follow.
    Measure,
    /// A section on the document itself.
    Closing,
    /// The last item of its numbering, with all that stands behind it; whether it is one of the top level.
    Last { top: bool },
}

impl Inner {
    /// Tells the stretches apart; `O(n)`.
    pub(super) fn of(lines: &Lines<'_>, items: &[Item]) -> Self {
        let tops = tops(items);
        let mut closing: Option<Kind> = None;
        let mut from = Vec::with_capacity(items.len());
        for (at, (item, top)) in items.iter().zip(&tops).enumerate() {
            let is_top = item.kind == *top;
            if closing.is_some_and(|kind| item.kind <= kind) {
                closing = None;
            }
            if is_top && closes(lines, item) {
                closing = Some(item.kind);
            }
            let last = match (items.get(at + 1), tops.get(at + 1)) {
                (Some(next), Some(next_top)) => next.number == 1 && next.kind == *next_top,
                _ => true,
            };
            let stretch = match (closing, last) {
                (Some(_), _) => Stretch::Closing,
                (None, true) => Stretch::Last { top: is_top },
                (None, false) => Stretch::Measure,
            };
            from.push((item.from, stretch));
        }
        Self { from }
    }

    /// Of what the text at the byte `at` speaks.
    pub(in super::super) fn at(&self, at: usize) -> Stretch {
        let before = self.from.partition_point(|(from, _)| *from <= at).checked_sub(1);
        before.and_then(|before| self.from.get(before)).map_or(Stretch::Head, |(_, stretch)| *stretch)
    }
}

/// The top level of the numbering that each item belongs to; it begins anew at a first item of its own level, or
/// of one above it.
fn tops(items: &[Item]) -> Vec<Kind> {
    let mut tops: Vec<Kind> = Vec::with_capacity(items.len());
    let mut top: Option<Kind> = None;
    for item in items {
        if top.is_none_or(|known| item.kind < known) {
            top = Some(item.kind);
        }
        tops.extend(top);
    }
    tops
}

fn closes(lines: &Lines<'_>, item: &Item) -> bool {
    let Some(line) = lines.lines.get(lines.at(item.start)) else { return false };
    let text = lines.text.get(item.start..line.end()).unwrap_or("");
    let heading: String =
        joined(text).chars().take_while(|c| !matches!(c, '。' | '：' | '，')).take(HEADING + 1).collect();
    let is_heading = heading.chars().count() <= HEADING && CLOSING.iter().any(|word| heading.contains(word));
    // 第二十条 自2024年1月1日起施行: an article is its own sentence.
    is_heading || item.kind == Kind::Article && heading.starts_with('自')
}
