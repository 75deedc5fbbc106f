//! Entities of web pages: &nbsp; &#12288; &ldquo;

/// Names of entities as documents carry them.
const NAMES: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{3000}'),
    ("thinsp", '\u{2009}'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("lsaquo", '〈'),
    ("rsaquo", '〉'),
    ("lang", '〈'),
    ("rang", '〉'),
    ("laquo", '《'),
    ("raquo", '》'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("times", '×'),
    ("permil", '‰'),
    ("deg", '°'),
    ("yen", '¥'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
];

/// Longest entity, in bytes.
const LONGEST: usize = 12;

/// The character of the entity at the head of `text`, and its length in bytes.
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    // Pages that were escaped twice: &amp;nbsp;
    if let Some(twice) = inner.strip_prefix("amp;")
        && let Some((meant, len)) = one(twice)
    {
        return Some((meant, "&amp;".len() + len));
    }
    one(inner).map(|(meant, len)| (meant, '&'.len_utf8() + len))
}

/// What stands behind the &, with its semicolon.
fn one(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(figures) => u32::from_str_radix(figures, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((meant, end + 1))
}
