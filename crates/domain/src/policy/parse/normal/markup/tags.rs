//! The tags of a web page, with what each does to the text.

use std::collections::BTreeSet;

/// Tags that open and close a paragraph or a larger part.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "section",
    "article",
    "main",
    "header",
    "aside",
    "blockquote",
    "center",
    "pre",
    "form",
    "hr",
    "body",
    "html",
    "fieldset",
    "figure",
    "address",
];
/// Blocks in which a line break of the page is a blank.
const PARAGRAPHS: &[&str] = &["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"];
/// Tags within a paragraph.
const INLINE: &[&str] = &[
    "span",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "s",
    "font",
    "img",
    "sup",
    "sub",
    "small",
    "big",
    "label",
    "ins",
    "del",
    "colgroup",
    "col",
    "meta",
    "link",
    "input",
    "base",
    "tt",
    "code",
    "mark",
    "time",
    "ucapcontent",
    "ucaptitle",
    "founder-content",
    "video",
    "audio",
    "source",
    "map",
    "area",
    "picture",
];
/// Tags whose content is none of the text.
const DROPPED: &[&str] = &[
    "script", "style", "noscript", "head", "title", "template", "select", "button", "svg", "iframe",
    "object", "nav", "footer", "textarea", "xml",
];

/// Largest row of a table, in bytes; a larger one lays a page out.
const ROW: usize = 30_000;

/// A tag, or an element that is dropped as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    /// `leaf`: a paragraph begins that closes before another block opens.
    Block {
        leaf: bool,
    },
    Break,
    Link {
        opens: bool,
    },
    /// A row begins (its cells stand between bars or gaps), or ends, or holds one cell or more rows.
    Row {
        cells: Option<bool>,
    },
    Cell,
}

/// The tags of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Tags {
    pub(super) all: Vec<Tag>,
}

/// A tag as it stands.
#[derive(Clone, Copy, Debug)]
struct Raw<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    closes: bool,
}

impl Tags {
    pub(super) fn of(source: &str) -> Self {
        // Lower case changes no place: only ASCII letters turn.
        let page = source.to_ascii_lowercase();
        let raw = raw(&page);
        let rows = rows(&page, &raw);
        let all = raw.iter().zip(&rows).enumerate().map(|(at, (tag, row))| {
            let kind = match tag.name {
                "br" => Kind::Break,
                "a" => Kind::Link { opens: !tag.closes },
                "tr" => Kind::Row { cells: if tag.closes { None } else { *row } },
                "td" | "th" => {
                    if tag.closes {
                        Kind::Nothing
                    } else {
                        Kind::Cell
                    }
                }
                name if BLOCKS.contains(&name) => {
                    let leaf = !tag.closes && PARAGRAPHS.contains(&name) && is_leaf(&raw, at, name);
                    Kind::Block { leaf }
                }
                _ => Kind::Nothing,
            };
            Tag { start: tag.start, end: tag.end, kind }
        });
        Self { all: all.collect() }
    }
}

/// Whether the block that the tag `at` opens closes before another one opens; a few tags are looked at.
fn is_leaf(raw: &[Raw<'_>], at: usize, name: &str) -> bool {
    const NEAR: usize = 400;
    let next = raw
        .iter()
        .skip(at + 1)
        .take(NEAR)
        .find(|tag| BLOCKS.contains(&tag.name) || ["tr", "td", "th"].contains(&tag.name));
    next.is_some_and(|tag| tag.closes && tag.name == name)
}

/// The known tags of a page in lower case.
fn raw(page: &str) -> Vec<Raw<'_>> {
    let mut found = Vec::new();
    // Elements that do not close are looked for once.
    let mut open: BTreeSet<&str> = BTreeSet::new();
    let mut from = 0;
    while let Some(start) = page.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
        from = start + 1;
        let Some(mut tag) = tag(page, start) else { continue };
        let whole = match tag.name {
            "!--" => Some("-->"),
            name if !tag.closes => DROPPED.iter().find(|known| **known == name).map(|known| close(known)),
            _ => None,
        };
        if let Some(end) = whole.filter(|end| !open.contains(end)) {
            match page.get(tag.end..).and_then(|rest| rest.find(end)) {
                Some(at) => {
                    let behind = tag.end + at;
                    tag.end = page
                        .get(behind..)
                        .and_then(|rest| rest.find('>'))
                        .map_or(page.len(), |at| behind + at + 1);
                }
                None => {
                    open.insert(end);
                }
            }
        }
        from = tag.end;
        found.push(tag);
    }
    found
}

/// The tag that closes an element.
fn close(name: &str) -> &'static str {
    match name {
        "script" => "</script",
        "style" => "</style",
        "noscript" => "</noscript",
        "head" => "</head>",
        "title" => "</title",
        "template" => "</template",
        "select" => "</select",
        "button" => "</button",
        "svg" => "</svg",
        "iframe" => "</iframe",
        "object" => "</object",
        "nav" => "</nav",
        "footer" => "</footer",
        "xml" => "</xml",
        _ => "</textarea",
    }
}

/// The tag at `start`, where it is a known one.
fn tag(page: &str, start: usize) -> Option<Raw<'_>> {
    let inner = page.get(start + 1..)?;
    if inner.starts_with("!--") {
        return Some(Raw { start, end: start + "<!--".len(), name: "!--", closes: false });
    }
    let closes = inner.starts_with('/');
    let name_at = usize::from(closes);
    let words = inner.get(name_at..)?;
    let len = words
        .bytes()
        .take(20)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-'))
        .count();
    let name = words.get(..len)?;
    let known = ["br", "a", "tr", "td", "th"].contains(&name)
        || BLOCKS.contains(&name)
        || INLINE.contains(&name)
        || DROPPED.contains(&name)
        || name.contains(':')
        || words.starts_with("!doctype")
        || words.starts_with("![")
        || words.starts_with("?xml");
    let behind = words.get(len..)?;
    let ends = behind.starts_with(['>', '/', ' ', '\n', '\r', '\t', '!', '?']);
    // a<b 乙 c>d compares, and opens nothing.
    let attributes = behind.trim_start().starts_with(|c: char| c.is_ascii());
    if !known || !ends || !attributes {
        return None;
    }
    let (at, mark) = behind.char_indices().find(|(_, c)| matches!(c, '<' | '>'))?;
    let end = start + 1 + name_at + len + at + 1;
    (mark == '>').then_some(Raw { start, end, name, closes })
}

/// An open table.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    /// The tag that opened its running row, and how many cells that has.
    row: Option<(usize, u32)>,
    /// Whether it is one of tasks, once its first row was seen.
    tasks: Option<bool>,
}

/// For each tag that opens a row how its cells are kept apart: between bars in a table of tasks, by gaps in another.
fn rows(page: &str, raw: &[Raw<'_>]) -> Vec<Option<bool>> {
    let mut rows = vec![None; raw.len()];
    let mut tables: Vec<Table> = Vec::new();
    let mut close = |table: &mut Table, end: usize| {
        let Some((at, count)) = table.row.take() else { return };
        let inner = raw.get(at).and_then(|tag| page.get(tag.end..end)).unwrap_or("");
        if count > 1 && inner.len() <= ROW {
            let bars = *table.tasks.get_or_insert_with(|| count > 2 && heads_tasks(inner));
            rows.get_mut(at).into_iter().for_each(|row| *row = Some(bars));
        }
    };
    for (at, tag) in raw.iter().enumerate() {
        match (tag.name, tag.closes) {
            ("table", false) => {
                // A row that holds a table lays the page out.
                tables.iter_mut().next_back().into_iter().for_each(|table| table.row = None);
                tables.push(Table::default());
            }
            ("table", true) => tables.pop().iter_mut().for_each(|table| close(table, tag.start)),
            ("tr", closes) => {
                let mut table = tables.pop().unwrap_or_default();
                close(&mut table, tag.start);
                table.row = (!closes).then_some((at, 0));
                tables.push(table);
            }
            ("td" | "th", false) => {
                let row = tables.last_mut().and_then(|table| table.row.as_mut());
                row.into_iter().for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    rows
}

/// Whether a row names a task and whose it is.
fn heads_tasks(row: &str) -> bool {
    const WHOSE: &[&str] = &["单位", "部门", "处室", "牵头", "责任", "科室"];
    const WHAT: &[&str] = &["任务", "内容", "事项", "措施", "举措", "工作", "项目"];
    [WHOSE, WHAT].iter().all(|words| words.iter().any(|word| row.contains(word)))
}
