//! Any text at all: nothing panics, places hold what they say, measures are numbered through.

use super::super::super::draft::{Place, PolicyDraft, Read};
use super::super::parse;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use proptest::{collection, prelude::any};

const NOTICE: &str = include_str!("../../../../tests/fixtures/policy/jinan-2023-24.txt");
const ONE_LINE: &str = include_str!("../../../../tests/fixtures/policy/one-line.txt");
const ARTICLES: &str = include_str!("../../../../tests/fixtures/policy/chapters-and-articles.txt");

/// Pieces of which documents are made, and of which broken ones are.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "（1）",
    "第一条",
    "第一章 ",
    "①",
    "㈠",
    "（",
    "）",
    "(",
    ")",
    "[",
    "]",
    "【",
    "】",
    "《",
    "》",
    "〈",
    "“",
    "”",
    "\n",
    "\r\n",
    "　",
    " ",
    "\u{200b}",
    "责任单位：",
    "牵头单位：",
    "配合单位",
    "市教育局",
    "各区县",
    "等按职责分工负责",
    "会同",
    "牵头",
    "，下同",
    "以下均由",
    "、",
    "，",
    "。",
    "；",
    "：",
    "关于",
    "印发",
    "的通知",
    "意见",
    "济教发〔2023〕24号",
    "〔",
    "〕",
    "2023年12月26日",
    "二〇二三年",
    "十二月",
    "自发布之日起施行",
    "有效期",
    "一年",
    "至",
    "附件：",
    "附件",
    "抄送：",
    "（此件公开发布）",
    "[bookmark: _GoBack]",
    "[bookmark:",
    "发文机关：",
    "标题",
    "文号：",
    "支持高校与中小学共建实验室",
    "&nbsp;",
    "&ldquo;",
    "<p>",
    "</p>",
    "<br/>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href='x'>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "由市教育局牵头，市财政局配合",
    "**",
    "#",
    "9999999999",
    "号",
    "文件",
    "\u{1F600}",
    "é",
    "0",
    "百",
];

/// A value stands where its place says, gaps aside.
fn stands(text: &str, read: &Read<String>) -> Result<(), String> {
    let Some(Place { start, end }) = read.place else { return Ok(()) };
    let found = text.get(start..end).ok_or(format!("no stretch {start}..{end}"))?;
    if start >= end {
        return Err(format!("empty stretch {start}..{end}"));
    }
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric() && !matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
            .collect()
    };
    // Stray marks and page numbers may stand between.
    let (found, value) = (bare(found), bare(&read.value));
    let mut rest = found.chars();
    if value.chars().all(|c| rest.any(|other| other == c)) {
        Ok(())
    } else {
        Err(format!("{value:?} is not in {found:?}"))
    }
}

pub(super) fn check(text: &str) -> Result<PolicyDraft, String> {
    let draft = parse(text);
    let mut seq = 0;
    for section in &draft.sections {
        stands(text, &section.title)?;
        for measure in &section.measures {
            seq += 1;
            if measure.seq != seq {
                return Err(format!("measure {seq} is numbered {}", measure.seq));
            }
            stands(text, &measure.title)?;
            for unit in &measure.units {
                stands(text, &unit.name)?;
            }
        }
    }
    let dates = [&draft.issue_date, &draft.effective_from, &draft.last_day]
        .into_iter()
        .flatten()
        .map(|read| read.place);
    let lists = [&draft.recipients, &draft.copies].into_iter().flatten().map(|read| read.place);
    let texts = [&draft.title, &draft.doc_number, &draft.issuer, &draft.openness]
        .into_iter()
        .flatten()
        .map(|read| read.place);
    for Place { start, end } in dates.chain(lists).chain(texts).flatten() {
        if start >= end || text.get(start..end).is_none() {
            return Err(format!("no stretch {start}..{end}"));
        }
    }
    Ok(draft)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        prop_assert!(check(&text).is_ok(), "{:?}", check(&text));
    }

    #[test]
    fn any_bytes_are_read(bytes in collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(check(&text).is_ok(), "{:?}", check(&text));
    }

    #[test]
    fn any_pieces_are_read(pieces in collection::vec(select(PIECES), 0..120)) {
        let text = pieces.concat();
        prop_assert!(check(&text).is_ok(), "{:?}", check(&text));
    }

    #[test]
    fn broken_documents_are_read(
        document in select(vec![NOTICE, ONE_LINE, ARTICLES]),
        cuts in collection::vec((any::<Index>(), any::<Index>(), select(PIECES)), 1..12),
    ) {
        let mut chars: Vec<char> = document.chars().collect();
        for (at, len, piece) in cuts {
            let at = at.index(chars.len().max(1)).min(chars.len());
            let end = (at + len.index(40)).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        let text: String = chars.into_iter().collect();
        prop_assert!(check(&text).is_ok(), "{:?}", check(&text));
    }

    /// Wrapped at any width of usual paper, the notice keeps its measures and their units.
    #[test]
    fn wrapped_lines_keep_the_measures(width in (26_usize..46).prop_map(|width| width)) {
        let wrapped: String = NOTICE.lines().flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            let lines: Vec<String> = chars.chunks(width).map(|part| part.iter().collect::<String>() + "\n").collect();
            if lines.is_empty() { vec!["\n".to_owned()] } else { lines }
        }).collect();
        let draft = check(&wrapped);
        prop_assert!(draft.is_ok(), "{draft:?}");
        let (draft, whole) = (draft.unwrap_or_default(), parse(NOTICE));
        let units = |draft: &PolicyDraft| -> Vec<String> {
            draft.sections.iter().flat_map(|s| &s.measures).flat_map(|m| m.units.iter().map(|unit| unit.name.value.clone())).collect()
        };
        prop_assert_eq!(draft.sections.len(), whole.sections.len());
        prop_assert_eq!(units(&draft), units(&whole));
    }
}

/// Twice the text takes about twice the work: a large document of any kind reads within seconds even unoptimised.
#[test]
fn long_documents_are_read() {
    for piece in [
        "（一）标题。正文（责任单位：市教育局、各区县）",
        "（",
        "市教育局、",
        "一、",
        "责任单位：甲、\n",
        "2023年12月26日",
        "“《（",
        "关于的通知\n",
        "牵头单位：市教育局 ",
        "济教发〔2023〕24号",
        "市教育局\n",
        "（责任单位：市教育局\n",
        "1.甲。",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        assert_eq!(check(&text).err(), None, "{piece}");
    }
}
