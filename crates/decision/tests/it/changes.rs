//! What changed between two texts: against every way to choose, and that nothing of a text is lost.

use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use ronghe_decision::changes::{Piece, changes};

fn clauses() -> impl Strategy<Value = Vec<&'static str>> {
    vec(proptest::sample::select(vec!["甲。", "乙。", "丙，", "丁；"]), 0..8)
}

fn kept(pieces: &[Piece]) -> String {
    pieces.iter().filter(|it| !it.is_changed).map(|it| it.text.as_str()).collect()
}

fn whole(pieces: &[Piece]) -> String {
    pieces.iter().map(|it| it.text.as_str()).collect()
}

/// The most clauses in common, by trying every choice.
fn by_hand(old: &[&str], new: &[&str]) -> usize {
    match (old, new) {
        ([own, old @ ..], [other, rest @ ..]) if own == other => 1 + by_hand(old, rest),
        ([_, fewer @ ..], [_, rest @ ..]) => by_hand(fewer, new).max(by_hand(old, rest)),
        _ => 0,
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_the_most_is_kept(old in clauses(), new in clauses()) {
        let (before, after) = changes(&old.concat(), &new.concat());
        prop_assert_eq!(whole(&before), old.concat());
        prop_assert_eq!(whole(&after), new.concat());
        prop_assert_eq!(kept(&before), kept(&after));
        prop_assert_eq!(kept(&before).chars().count(), 2 * by_hand(&old, &new));
    }
}

#[test]
fn what_went_and_what_came_are_told_apart() {
    let (before, after) =
        changes("每周一次教研，由首席教师主持。", "每周两次教研，由首席教师主持。另设工作坊。");
    let of = |pieces: &[Piece]| {
        pieces.iter().filter(|it| it.is_changed).map(|it| it.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&before), ["每周一次教研，"]);
    assert_eq!(of(&after), ["每周两次教研，", "另设工作坊。"]);
}

#[test]
fn what_is_too_long_to_compare_counts_as_changed_between_its_ends() {
    let (odd, even): (String, String) =
        ("首。".to_owned() + &"甲。".repeat(900), "首。".to_owned() + &"乙。甲，".repeat(900));
    let (before, after) = changes(&odd, &even);
    assert_eq!(kept(&before), "首。");
    assert_eq!(whole(&before), odd);
    assert_eq!(whole(&after), even);
}
