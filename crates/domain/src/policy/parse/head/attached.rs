//! The title that a document which is handed out prints itself, below the letter.

use super::super::super::draft::Read;
use super::super::lines::{Line, joined};
use super::heading::{Block, block};

/// Longest part that a document's own title has before what its letter calls it: 关于, the name of the place.
const BEFORE: usize = 10;

/// The title below the letter's last title line, where the letter calls the document `inner`.
pub(super) fn read(head: &[Line<'_>], letter: usize, inner: &str) -> Option<Read<String>> {
    let start: String = inner.trim_start_matches("关于").chars().take(6).collect();
    let called = plain(inner);
    let fits = |text: &str| {
        let begins = |(at, _): (usize, char)| text.get(at..).is_some_and(|rest| rest.starts_with(&start));
        text.char_indices().take(BEFORE).any(begins)
    };
    let below = head
        .iter()
        .enumerate()
        .skip(letter + 1)
        .filter(|(_, line)| !is_sentence(line.text) && fits(&joined(line.text)));
    let found =
        below.take(4).filter_map(|(at, _)| block(head, at, at)).find(|found| same(found, inner, &called))?;
    Some(Read::found(found.text, 95, found.place))
}

/// Whether a title is what the letter calls the document.
fn same(found: &Block, inner: &str, called: &str) -> bool {
    let own = plain(&found.text);
    let longer = own.chars().count().saturating_sub(called.chars().count());
    found.text.chars().count().abs_diff(inner.chars().count()) <= 6
        || own.ends_with(called) && longer <= BEFORE
}

/// Without what letters leave out: 关于, 的, blanks.
fn plain(title: &str) -> String {
    joined(title).replace("关于", "").replace('的', "")
}

fn is_sentence(line: &str) -> bool {
    line.contains(['。', '；', '：'])
}
