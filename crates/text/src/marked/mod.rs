//! Where the words of a search stand in a text.

/// The pieces of `text` one behind the other, and whether each is a word of `query`. Small and capital letters are
/// the same, and of words that begin at one place the longest counts.
#[must_use]
pub fn marked<'a>(text: &'a str, query: &str) -> Vec<(&'a str, bool)> {
    let mut words: Vec<Vec<char>> =
        query.split_whitespace().map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut pieces = Vec::new();
    let (mut rest, mut at) = (text, 0);
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if let Some(length) = words.iter().find_map(|word| begins(tail, word)) {
            let (before, found) = rest.split_at(at);
            let (word, after) = found.split_at(length);
            pieces.extend([(before, false), (word, true)]);
            (rest, at) = (after, 0);
        } else {
            at += tail.chars().next().map_or(0, char::len_utf8);
        }
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// How long the word is at the beginning of `text`, where it stands there.
fn begins(text: &str, word: &[char]) -> Option<usize> {
    let mut left = word.iter();
    let mut length = 0;
    for letter in text.chars() {
        if left.as_slice().is_empty() {
            break;
        }
        if !letter.to_lowercase().all(|small| left.next() == Some(&small)) {
            return None;
        }
        length += letter.len_utf8();
    }
    left.as_slice().is_empty().then_some(length)
}

#[cfg(test)]
mod tests {
    use super::marked;

    fn check(text: &str, query: &str, expected: &str) {
        let pieces = marked(text, query);
        let said: String = pieces
            .iter()
            .map(|(piece, is_word)| if *is_word { format!("[{piece}]") } else { (*piece).to_owned() })
            .collect();
        assert_eq!(said, expected, "{query} in {text}");
        assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text);
    }

    #[test]
    fn each_word_is_marked() {
        check("驻校心理支持：心理课", "心理", "驻校[心理]支持：[心理]课");
        check("驻校心理支持", "支持 心理", "驻校[心理][支持]");
        check("Psychology for all", "psych ALL", "[Psych]ology for [all]");
        check("心理健康", "心理 心理健康", "[心理健康]");
        check("İzmir", "i\u{307}zmir", "[İzmir]");
        check("AI", "AIR", "AI");
        check("书法", "  ", "书法");
        check("", "书", "");
    }
}
