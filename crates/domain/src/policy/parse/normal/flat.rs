//! Where lines that hold several paragraphs are broken: behind number, title and addressees, before items,
//! around the signature and the title of the document that a notice hands out.
//!
//! A line that is most of the text had no line breaks at all, so that every joint counts. Of other long lines
//! only those joints count that cannot stand within a sentence.

use super::super::dates;
use super::super::head::{inner_title, is_issuer_line, is_signers_line, place_of, table_breaks};
use super::super::lines::{closes, cut, ends_sentence, is_chinese, is_space, joined, opens};
use super::super::marker::{Kind, Marker, is_chinese_figure, marker};
use super::joints::{self, HEAD, floor};

/// Shortest line, in characters, that is looked into at all.
const SHORT: usize = 16;

/// Longest heading, in bytes, behind which an item may begin without any mark between.
const HEADING: usize = 150;

/// How far a letter reaches that hands out a document, in bytes.
const LETTER: usize = 6_000;

/// The joints of a text, line after line.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// The title of the document that the text hands out.
    handed_out: Option<String>,
    /// The body that issues the text, as its title says.
    issuer: Option<String>,
    /// The place with which that title begins: its bodies sign with it.
    place: Option<String>,
    /// The numbers that run at every level.
    last: Vec<(Kind, u32)>,
    /// How many bytes of the text were seen: its head is over behind the first of them.
    seen: usize,
    /// An item was seen.
    body: bool,
    /// The line before, without gaps.
    before: String,
}

impl Flat {
    /// For a text that begins with `head`.
    pub(super) fn of(head: &str) -> Self {
        let title = joints::title_end(head).map(|end| joined(cut(head, 0, end)));
        let issuer = title
            .as_deref()
            .and_then(|title| title.split_once("关于"))
            .map(|(issuer, _)| issuer.to_owned())
            .filter(|issuer| is_issuer_line(issuer));
        let place =
            title.as_deref().and_then(place_of).filter(|place| place.chars().count() > 1).map(str::to_owned);
        let handed_out = title
            .and_then(|title| inner_title(&title))
            .or_else(|| head.split_once('《')?.1.split_once('》').map(|(title, _)| title.to_owned()))
            .filter(|title| title.chars().count() > 5);
        Self { handed_out, issuer, place, ..Self::default() }
    }

    /// Places in `line`, in bytes and in order, before which a line begins; `next` is the line behind it.
    /// `whole` says that the line is most of the text.
    pub(super) fn breaks(&mut self, line: &str, next: &str, whole: bool) -> Vec<usize> {
        let is_head = !self.body && self.seen < HEAD;
        self.seen += line.len();
        if !whole && line.chars().take(SHORT).count() < SHORT {
            self.note(line);
            self.keep(line);
            return Vec::new();
        }
        let mut breaks = if is_head { table_breaks(line) } else { Vec::new() };
        let table = breaks.last().copied().unwrap_or(0);
        let text = cut(line, table, line.len());
        let mut found = if is_head { joints::head(text) } else { Vec::new() };
        if self.seen < LETTER + line.len() {
            found.extend(self.printed_title(text));
        }
        let items = self.items(text, &found, whole);
        found.extend(items);
        found.extend(self.signatures(text, whole));
        found.extend(self.signers_at_end(text, next));
        found.extend(tails(text));
        breaks.extend(found.into_iter().map(|at| table + at));
        breaks.sort_unstable();
        breaks.dedup();
        self.keep(line);
        breaks
    }

    /// Keeps the line for what may go on on the next.
    fn keep(&mut self, line: &str) {
        self.before = if self.seen < LETTER { joined(line) } else { String::new() };
    }

    /// A short line goes on a numbering, too.
    fn note(&mut self, line: &str) {
        if let Some(found) = marker(line) {
            self.body |= found.number == 1;
            self.set(found.kind, found.number);
        }
    }

    fn set(&mut self, kind: Kind, number: u32) {
        match self.last.iter_mut().find(|(known, _)| *known == kind) {
            Some(entry) => entry.1 = number,
            None => self.last.push((kind, number)),
        }
    }

    /// Around the title that the letter hands out, where it is printed above its text.
    fn printed_title(&self, text: &str) -> Vec<usize> {
        let Some(name) = &self.handed_out else { return Vec::new() };
        // A title over several lines may carry gaps where they ended.
        let (places, letters): (Vec<usize>, Vec<char>) =
            text.char_indices().filter(|(_, c)| !is_space(*c)).unzip();
        let flat: String = letters.iter().collect();
        let place =
            |bytes: usize| places.get(cut(&flat, 0, bytes).chars().count()).copied().unwrap_or(text.len());
        // Its first part may stand at the end of the line before.
        let parts = name.char_indices().skip(1).map(|(at, _)| name.split_at(at));
        if let Some((_, rest)) =
            parts.into_iter().find(|(head, rest)| flat.starts_with(rest) && self.before.ends_with(head))
        {
            return vec![place(rest.len())];
        }
        let printed = flat.match_indices(name.as_str()).map(|(at, _)| at).find(|at| {
            let (before, behind) = (cut(&flat, 0, *at), cut(&flat, at + name.len(), flat.len()));
            let parted = before.chars().next_back().is_none_or(|c| {
                ends_sentence(c) || c.is_ascii_digit() || matches!(c, '日' | '号' | '）' | ')' | '件')
            });
            parted && !behind.starts_with(['》', '〉', '的', '，', '、'])
        });
        printed.map_or(Vec::new(), |at| vec![place(at), place(at + name.len())])
    }

    /// Before the numbers of items that go on a sequence, outside brackets and quotations.
    fn items(&mut self, text: &str, known: &[usize], whole: bool) -> Vec<usize> {
        /// Longest stretch in brackets, in characters; a bracket that does not close is none.
        const BRACKET: u32 = 400;
        let mut breaks = Vec::new();
        let (mut depth, mut inside) = (0_u32, 0_u32);
        let mut previous = None;
        let mut taken = 0;
        for (at, c) in text.char_indices() {
            let before = previous.replace(c);
            let starts = is_chinese_figure(c) || c.is_ascii_digit() || matches!(c, '（' | '(' | '第');
            let found =
                if depth == 0 && at >= taken && starts { marker(cut(text, at, text.len())) } else { None };
            if opens(c) {
                depth += 1;
            } else if closes(c) {
                depth = depth.saturating_sub(1);
            }
            inside = if depth == 0 { 0 } else { inside + 1 };
            if inside > BRACKET {
                (depth, inside) = (0, 0);
            }
            let Some(found) = found else { continue };
            // Where another joint is, the item stands at the head of a line.
            let before = before.filter(|_| !known.contains(&at));
            let heading = if taken > 0 { Some(cut(text, taken, at)) } else { None };
            let behind = cut(text, at + found.len, text.len());
            if self.takes(found, before, heading, behind, whole) {
                self.set(found.kind, found.number);
                self.body = true;
                taken = at + found.len;
                breaks.push(at);
            }
        }
        breaks
    }

    /// Whether a number opens an item: `before` is what stands before it, `heading` what stands between the
    /// item before and it, `behind` what follows it.
    fn takes(
        &self,
        found: Marker,
        before: Option<char>,
        heading: Option<&str>,
        behind: &str,
        whole: bool,
    ) -> bool {
        if before.is_none() {
            return true;
        }
        let running = self.last.iter().find(|(kind, _)| *kind == found.kind).map(|(_, number)| *number);
        let goes_on = running.is_some_and(|number| found.number == number + 1);
        let opens_list = |c: char| c == '：' && found.kind == Kind::Comma;
        let parted =
            before.is_none_or(|c| ends_sentence(c) || closes(c) || is_space(c) || c == '；' || opens_list(c));
        let bare =
            heading.is_some_and(|text| text.len() <= HEADING && !text.contains(['。', '，', '；', '：']));
        let cites = before.is_some_and(|c| {
            is_chinese_figure(c) || matches!(c, '、' | '和' | '第' | '照' | '据' | '法' | '按')
        });
        let fits = match found.kind {
            // A figure may be part of a number or of a list of them; the first stands behind a heading.
            Kind::Figure => {
                let text = behind
                    .trim_start_matches(is_space)
                    .starts_with(|c: char| is_chinese(c) || opens(c) || c == '2');
                let apart = parted || before.is_some_and(is_chinese);
                text && apart && (goes_on || found.number == 1 && (parted || bare))
            }
            Kind::Chapter | Kind::Article | Kind::Comma | Kind::Paren => {
                goes_on || found.number == 1 && (whole || parted || bare)
            }
            Kind::Part | Kind::FigureParen => false,
        };
        fits && !cites
    }

    /// Before the bodies that sign and behind the day.
    fn signatures(&self, text: &str, whole: bool) -> Vec<usize> {
        let mut breaks = Vec::new();
        let mut from = 0;
        while let Some((_, at, len)) = dates::first(cut(text, from, text.len())) {
            let (start, end) = (from + at, from + at + len);
            from = end;
            let back = cut(text, floor(text, start.saturating_sub(480)), start);
            let name_at = back
                .char_indices()
                .rev()
                .find(|(_, c)| ends_sentence(*c) || closes(*c) || matches!(c, '：' | '号'))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let name = self.signers(cut(back, name_at, back.len()));
            let rest = cut(text, end, text.len()).trim_start_matches(is_space);
            let goes_on = rest.starts_with([
                '，', '。', '、', '前', '起', '止', '至', '之', '以', '在', '召', '印', '；', '为', '的',
                '～', '—', '-',
            ]);
            // Within a paragraph a body and a day may stand side by side, but then the sentence goes on.
            let handed_out = self.handed_out.as_deref().is_some_and(|title| rest.starts_with(title));
            let closes = rest.is_empty()
                || handed_out
                || ["（", "(", "附件", "抄送"].iter().any(|tail| rest.starts_with(tail));
            // The bodies may stand on the line above.
            let alone = name.is_empty() && cut(text, 0, start).trim_end().ends_with(ends_sentence);
            let signed = is_issuer_line(name) || (start == 0 || alone) && closes;
            if signed && rest.trim_end() == "印发" {
                breaks.push(start - name.len());
            } else if signed && !goes_on && (whole || closes) || handed_out {
                breaks.extend([start - name.len(), start, end]);
            }
        }
        breaks
    }

    /// Before the bodies that sign at the end of a line, where the next begins with the day or with more of them.
    fn signers_at_end(&self, text: &str, next: &str) -> Option<usize> {
        let signed = dates::first(next).map_or_else(
            || is_signers_line(next),
            |(_, day, _)| day == 0 || is_issuer_line(cut(next, 0, day)),
        );
        if !signed || next.is_empty() {
            return None;
        }
        let (at, c) = text
            .char_indices()
            .rev()
            .take(200)
            .find(|(_, c)| ends_sentence(*c) || closes(*c) || c.is_ascii_digit() || *c == '：')?;
        let tail = cut(text, at + c.len_utf8(), text.len());
        let name = self.signers(tail);
        // Behind a label the names are those of a list, up to the place of the bodies that sign.
        (is_issuer_line(name) && (c != '：' || name.len() < tail.len())).then_some(text.len() - name.len())
    }

    /// What signs at the end of `text`, behind the list of annexes or of units that stands right before it.
    fn signers<'t>(&self, text: &'t str) -> &'t str {
        let handed_out = self.handed_out.as_deref().unwrap_or_default();
        let name = text.strip_prefix(handed_out).unwrap_or(text);
        let known = [self.issuer.as_deref(), self.place.as_deref()];
        known.into_iter().flatten().find_map(|known| name.find(known)).map_or(name, |at| {
            let before = cut(name, 0, at);
            let party = ["中国共产党", "中共", "共青团"].iter().find(|head| before.ends_with(**head));
            cut(name, at - party.map_or(0, |head| head.len()), name.len())
        })
    }
}

/// Before what stands behind the body, and before the words on validity that close it.
fn tails(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    for mark in ["（此件", "(此件", "附件：", "附件:", "抄送：", "抄送:"] {
        for (at, _) in text.match_indices(mark) {
            let before = cut(text, 0, at).chars().next_back();
            if before.is_some_and(|c| ends_sentence(c) || is_space(c) || matches!(c, '日' | '）' | ')')) {
                breaks.push(at);
                if mark.contains("此件") {
                    let rest = cut(text, at, text.len());
                    let close = rest.char_indices().find(|(_, c)| matches!(c, '）' | ')'));
                    breaks.extend(close.map(|(close, c)| at + close + c.len_utf8()));
                }
            }
        }
    }
    // 附件2指标体系 behind a list of units without a stop.
    for (at, mark) in text.match_indices("附件") {
        let (before, behind) = (cut(text, 0, at), cut(text, at + mark.len(), text.len()));
        let named = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let cites = before
            .ends_with(['见', '（', '(', '《', '、', '和', '照', '按', '据', '与', '写', '在', '：', ':']);
        if named.len() < behind.len()
            && named.starts_with(is_chinese)
            && !named.starts_with(['的', '所', '中'])
            && !cites
        {
            breaks.push(at);
        }
    }
    // 本计划自…起施行 closes the text.
    for (at, _) in text.match_indices(['本', '自', '以']) {
        if !cut(text, 0, at)
            .trim_end_matches(is_space)
            .ends_with(|c| ends_sentence(c) || matches!(c, '）' | ')' | '〕'))
        {
            continue;
        }
        let sentence: String =
            cut(text, at, text.len()).chars().take(70).take_while(|c| !ends_sentence(*c)).collect();
        let validity = ["施行", "起实施", "有效期", "负责解释"].iter().any(|word| sentence.contains(word));
        if validity && (!sentence.starts_with('以') || sentence.starts_with("以上")) {
            breaks.push(at);
        }
    }
    breaks
}
