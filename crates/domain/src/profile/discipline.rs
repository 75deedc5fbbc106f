//! Disciplines by GB/T 13745 学科分类与代码, and reading them out of what a school writes.

use super::table::GROUPS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A discipline of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discipline {
    /// Three figures, and two more behind a point for a second level: `880.47`.
    pub code: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    /// What people write who mean it.
    pub words: &'static [&'static str],
}

/// A field of the standard 学科门类.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 自然科学.
    NaturalSciences,
    /// 农业科学.
    Agriculture,
    /// 医药科学.
    Medicine,
    /// 工程与技术科学.
    Engineering,
    /// 人文与社会科学.
    Humanities,
}

/// Every discipline by its field, in the order of codes.
#[must_use]
pub const fn groups() -> [(Group, &'static [Discipline]); 5] {
    GROUPS
}

/// Every discipline, in the order of codes.
pub fn all() -> impl Iterator<Item = &'static Discipline> {
    GROUPS.into_iter().flat_map(|(_, of)| of)
}

/// The discipline of a code, with or without the point, or of a name of the standard.
#[must_use]
pub fn named(text: &str) -> Option<&'static Discipline> {
    let text = text.trim();
    let bare = |code: &str| code.replace('.', "");
    all().find(|it| it.name == text || bare(it.code) == bare(text))
}

/// What a text such as 学前教育、音乐教育 means, as codes: of each part the discipline whose longest word stands in
/// it, every one where several are as long; a first level gives way to its own second. Nothing where it names none: 不限.
#[must_use]
pub fn meant(text: &str) -> BTreeSet<&'static str> {
    let parts = text.split(['、', '，', ',', '；', ';', '/', '或', '\n']);
    parts.flat_map(|part| named(part).map_or_else(|| nearest(part), |it| BTreeSet::from([it.code]))).collect()
}

fn nearest(part: &str) -> BTreeSet<&'static str> {
    let longest = |it: &Discipline| {
        let words = it.words.iter().filter(|word| part.contains(**word));
        words.map(|word| word.chars().count()).max().unwrap_or_default()
    };
    let most = all().map(longest).max().unwrap_or_default();
    let found: BTreeSet<&str> =
        all().filter(|it| most > 0 && longest(it) == most).map(|it| it.code).collect();
    let has_deeper = |code: &str| found.iter().any(|it| *it != code && it.starts_with(code));
    found.iter().filter(|code| !has_deeper(code)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::{all, meant, named};

    #[test]
    fn codes_and_names_stand_once_and_in_their_order() {
        let codes: Vec<&str> = all().map(|it| it.code).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|two| two[0] != two[1]), "{codes:?}");
        for it in all() {
            assert_eq!(named(it.name), Some(it));
            assert_eq!(named(&it.code.replace('.', "")), Some(it));
            assert!(!it.words.is_empty() && !it.name_en.is_empty(), "{}", it.code);
        }
    }

    #[test]
    fn what_schools_write_is_read() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(meant(text).into_iter().collect::<Vec<_>>(), expected, "{text}");
        };
        check("学前教育", &["880.47"]);
        check("中医学、中药学", &["360.10", "360.40"]);
        check("临床与咨询心理学", &["190.42"]);
        check("体育教育训练学", &["890.45", "890.50"]);
        check("天文学或物理学", &["140", "160"]);
        check("数学、物理、化学", &["110", "140", "150"]);
        check("马克思主义理论", &["710"]);
        check("工艺美术、设计学", &["760.50"]);
        check("特殊教育、应用心理学", &["190.65", "880.64"]);
        check("880.41", &["880.41"]);
        check("不限", &[]);
        check("", &[]);
    }
}
