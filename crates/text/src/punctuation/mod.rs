//! Signs between words: full width in Chinese, narrow and with a space in English.

use crate::Lang;

/// Between a label and what it says.
#[must_use]
pub const fn colon(lang: Lang) -> &'static str {
    lang.pick("：", ": ")
}

/// Between the parts of a list.
#[must_use]
pub const fn comma(lang: Lang) -> &'static str {
    lang.pick("、", ", ")
}

/// Between clauses that stand side by side.
#[must_use]
pub const fn semicolon(lang: Lang) -> &'static str {
    lang.pick("；", "; ")
}

/// In brackets, to stand behind a word.
#[must_use]
pub fn bracketed(lang: Lang, words: &str) -> String {
    match lang {
        Lang::Zh => format!("（{words}）"),
        Lang::En => format!(" ({words})"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bracketed, colon, comma, semicolon};
    use crate::Lang;

    #[test]
    fn english_has_no_sign_of_full_width() {
        let signs = |lang| [colon(lang), comma(lang), semicolon(lang), &bracketed(lang, "1")].concat();
        assert_eq!(signs(Lang::Zh), "：、；（1）");
        assert_eq!(signs(Lang::En), ": , ;  (1)");
    }
}
