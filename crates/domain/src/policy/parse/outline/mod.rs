//! Sections and measures: which numbered items are which, and what belongs to each.

mod build;
mod division;
mod inner;
mod items;
mod levels;
mod parts;
mod table;

use super::super::draft::SectionDraft;
use super::dates;
use super::effective;
use super::head::{self, Head};
use super::lines::{Lines, cut, is_space};
use super::marker::marker;
use super::units::Clause;
use division::Division;
pub(super) use inner::{Inner, Stretch};
use items::Item;
use levels::Levels;

/// The body of a document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) sections: Vec<SectionDraft>,
    /// What stands between the head and the first item.
    pub(super) preamble: String,
    /// The measures stand in the text of a notice that was thought to hand out another one.
    pub(super) own_text: bool,
}

/// The numbered items of the document itself.
#[derive(Debug, Default)]
pub(super) struct Body {
    items: Vec<Item>,
    /// Where the first item of the whole text begins: the head ends before it.
    pub(super) head_end: usize,
    /// What stands within the numbering.
    pub(super) inner: Inner,
}

/// Finds the items.
pub(super) fn items(lines: &Lines<'_>, clauses: &[Clause]) -> Body {
    let items = items::find(lines, clauses);
    let head_end = items.first().map_or(lines.text.len(), |item| item.from);
    let inner = Inner::of(lines, &items);
    Body { items, head_end, inner }
}

/// Reads sections and measures below `head`.
pub(super) fn read(lines: &Lines<'_>, clauses: &[Clause], body: &Body, head: &Head) -> Outline {
    let (mut items, mut own_text) = parts::main(lines, &body.items, head.handed_out());
    levels::settle(&mut items);
    let (Some(first), Some(last)) = (items.first().copied(), items.last().copied()) else {
        return Outline { sections: table::read(lines), ..Outline::default() };
    };
    let end = body_end(lines, &last).min(last.end);
    let end = clause_end(lines, clauses, &last).map_or(end, |closing| closing.min(end));
    let Some(levels) = Levels::of(lines.text, &items, clauses) else { return Outline::default() };
    let source = build::Source { lines, clauses, items: &items, end };
    let mut sections = build::sections(source, levels);
    let named =
        sections.iter().flat_map(|section| &section.measures).any(|measure| !measure.units.is_empty());
    // Items that name units are the document's own; others may have theirs in a table of tasks.
    let table = if named { Vec::new() } else { table::read(lines) };
    let division = Division::of(&table);
    if let Some(levels) = division.levels(lines, clauses, &items) {
        sections = build::sections(source, levels);
        division.give(&mut sections);
    } else if !table.is_empty() && (is_table(lines) || own_text && divides(head.handed_out())) {
        // A letter's items may hand out such a table.
        sections = table;
        own_text = false;
    }
    Outline { sections, preamble: preamble(lines, first.from), own_text }
}

/// Whether a document that is handed out divides tasks, by its title.
fn divides(title: Option<&str>) -> bool {
    title
        .is_some_and(|title| ["分工", "分解", "任务", "清单", "台账"].iter().any(|kind| title.contains(kind)))
}

/// Whether the text hands out or is a table of tasks.
fn is_table(lines: &Lines<'_>) -> bool {
    lines.lines.iter().take(40).any(|line| {
        ["分工表", "分解表", "任务表", "清单", "一览表"].iter().any(|kind| line.text.contains(kind))
            && !line.text.starts_with("附件：")
    })
}

/// The end of the body: before the signature, 附件, 抄送, or the closing words behind the last item.
fn body_end(lines: &Lines<'_>, last: &Item) -> usize {
    let from = lines.at(last.start) + 1;
    let rest = lines.lines.get(from..).unwrap_or(&[]);
    // A heading alone (附则) has its text below it.
    let heading = lines.lines.get(from.saturating_sub(1)).map_or("", |line| line.text);
    let bare = !heading.contains(['。', '）', ')', '】']);
    let found = rest.iter().enumerate().find(|&(at, line)| {
        let signs = head::is_signers_line(line.text)
            && rest
                .iter()
                .skip(at + 1)
                .take(12)
                .find(|next| !head::is_signers_line(next.text))
                .is_some_and(|next| dates::whole(next.text).is_some());
        // The title of another document, whose items follow.
        let title =
            last.end < lines.text.len() && is_title(line.text, rest.get(at + 1).map_or("", |next| next.text));
        title
            || signs
            || head::signs_on_one_line(line).is_some()
            || head::is_tail(line.text)
            || dates::whole(line.text).is_some()
            || effective::closes(line.text) && (at > 0 || !bare)
    });
    found.map_or(lines.text.len(), |(_, line)| line.start)
}

/// Where the last item's clause of units ends its text; a paragraph behind it closes the document.
fn clause_end(lines: &Lines<'_>, clauses: &[Clause], last: &Item) -> Option<usize> {
    let to = clauses.partition_point(|clause| clause.place.start < last.end);
    let clause = clauses.get(..to)?.iter().rev().find(|clause| clause.place.start < clause.place.end)?;
    let text = cut(lines.text, last.start, clause.place.start);
    let at = lines.at(clause.place.end);
    let line = lines.lines.get(at)?;
    // Only what speaks to everybody closes; anything else is the item's own.
    let next = lines.lines.get(at + 1)?;
    if !["各", "请", "以上", "本", "特此", "联系", "市", "省"].iter().any(|word| next.text.starts_with(word))
    {
        return None;
    }
    let ends = cut(lines.text, clause.place.end, line.end()).chars().all(|c| is_space(c) || c == '。');
    (clause.place.start >= last.start && text.contains('。') && ends).then(|| line.end())
}

/// Whether a line, or it and the next one, is a document's title.
fn is_title(line: &str, next: &str) -> bool {
    let bare = |text: &str| {
        !text.is_empty() && text.chars().count() <= 40 && !text.contains(['。', '，', '；', '：'])
    };
    bare(line) && (head::kind_at_end(line) || bare(next) && head::kind_at_end(next))
}

/// The paragraphs before the first item, as far up as they are sentences of the document itself.
fn preamble(lines: &Lines<'_>, first: usize) -> String {
    let at = lines.lines.partition_point(|line| line.start < first);
    let mut paragraphs: Vec<&str> = lines
        .lines
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .map(|line| {
            cut(line.text, 0, line.text.len().min(first.saturating_sub(line.start)))
                .trim_end_matches(is_space)
        })
        .skip_while(|text| !is_sentence(text))
        .take(8)
        .take_while(|text| is_sentence(text) && !hands_out(text))
        .collect();
    paragraphs.reverse();
    paragraphs.join("\n")
}

/// A letter's words that hand out a document.
fn hands_out(text: &str) -> bool {
    ["发给你们", "印发你们", "现予印发", "现予公布", "予以公布", "现印发"]
        .iter()
        .any(|words| text.contains(words))
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() > 9
        && (text.contains('。') || text.starts_with(['为', '根']))
        && text.ends_with(['。', '：', '！', '；', '”', '）'])
        && marker(text).is_none()
}
