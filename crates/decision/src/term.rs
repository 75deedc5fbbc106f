//! Texts as they are compared: without marks, in one case and one width, cut into terms.
//!
//! Chinese has no spaces between words: there every pair of neighbouring characters is a term, marks between
//! them passed over. Elsewhere a word is one. A character that has no neighbour stands for itself.

/// Bits of a character.
const CHAR_BITS: u32 = 21;
/// What is no pair but a word, known by its hash.
const IS_WORD: u64 = 1 << 63;

/// What a text is made of: a pair of characters, a character alone (both exact), or the hash of a word (63
/// bits: two words of ten million share one with a probability of 10⁻⁵).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Term(pub(crate) u64);

impl Term {
    fn pair(first: char, second: char) -> Self {
        Self((u64::from(u32::from(first)) << CHAR_BITS) | u64::from(u32::from(second)))
    }

    fn alone(c: char) -> Self {
        Self(u64::from(u32::from(c)))
    }

    /// FNV-1a (Fowler, Noll & Vo) over its characters, its bits spread.
    fn word(word: &str) -> Self {
        let hash = word.chars().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mixed(hash) | IS_WORD)
    }

    /// Its characters, unless it is a word.
    pub(crate) fn characters(self) -> Option<String> {
        if self.0 & IS_WORD != 0 {
            return None;
        }
        let parts = [self.0 >> CHAR_BITS, self.0 & ((1 << CHAR_BITS) - 1)];
        let parts = parts.into_iter().filter(|part| *part != 0);
        parts.map(|part| u32::try_from(part).ok().and_then(char::from_u32)).collect()
    }
}

/// Spreads the bits of a number: the finaliser of splitmix64 (Steele, Lea & Flood 2014).
pub(crate) const fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A character as it is compared: half-width, in lower case; none for marks and spaces.
pub(crate) fn folded(c: char) -> Option<char> {
    // Most characters of a Chinese text are among these, and are what they are.
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return Some(c);
    }
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    narrow.is_alphanumeric().then(|| narrow.to_lowercase().next().unwrap_or(narrow))
}

/// Written without spaces between words: Han characters and kana.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Gives each term of `text` to `take`, as often as it stands there; beside a word how it is written, folded.
/// One pass.
pub(crate) fn each_term(text: &str, mut take: impl FnMut(Term, &str)) {
    // The character before, and whether it is in a pair already.
    let mut before: Option<(char, bool)> = None;
    let mut word = String::new();
    for c in text.chars() {
        match folded(c) {
            // A mark ends a word, but two characters are neighbours across it.
            None => end_word(&mut word, &mut take),
            Some(c) if is_unspaced(c) => {
                end_word(&mut word, &mut take);
                if let Some((first, _)) = before {
                    take(Term::pair(first, c), "");
                }
                before = Some((c, before.is_some()));
            }
            Some(c) => {
                end_alone(&mut before, &mut take);
                word.push(c);
            }
        }
    }
    end_word(&mut word, &mut take);
    end_alone(&mut before, &mut take);
}

fn end_alone(before: &mut Option<(char, bool)>, take: &mut impl FnMut(Term, &str)) {
    if let Some((c, false)) = before.take() {
        take(Term::alone(c), "");
    }
}

fn end_word(word: &mut String, take: &mut impl FnMut(Term, &str)) {
    if !word.is_empty() {
        take(Term::word(word), word);
        word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::each_term;

    #[test]
    fn texts_are_cut_into_terms() {
        let check = |text: &str, expected: &[&str]| {
            let mut found = Vec::new();
            each_term(text, |term, word| {
                found.push(term.characters().unwrap_or_else(|| word.to_owned()));
            });
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check("，。 ！", &[]);
        check("科学课", &["科学", "学课"]);
        // Marks and line ends are passed over.
        check("科学，\n课。", &["科学", "学课"]);
        // Width and case make no difference.
        check("ＡＩ教学 ai", &["ai", "教学", "ai"]);
        check("a课b", &["a", "课", "b"]);
        check("Robotics, for schools", &["robotics", "for", "schools"]);
        check("𠮷野家", &["𠮷野", "野家"]);
        check("课", &["课"]);
    }
}
