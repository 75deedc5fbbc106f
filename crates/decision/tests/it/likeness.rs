//! Likeness against brute force; how much of what was planted is found.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};
use ronghe_decision::likeness::{Index, Likeness, Passage, Terms, passages};
use std::collections::BTreeSet;

/// Texts with marks, width, case, words and characters in few variants, so that much is common.
fn texts() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "科", "学", "课", "校", "学校", "，", "。", " ", "ＡＩ", "ai", "robots", "Ａ", "科学", "\n",
    ]);
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Terms as one would cut them with scissors: by strings, not by numbers.
fn terms(text: &str) -> BTreeSet<String> {
    let is_mark = |c: char| "，。 \n".contains(c);
    let lower: String = text.replace('Ａ', "a").replace('Ｉ', "i").to_lowercase();
    let mut terms = BTreeSet::new();
    for words in lower.split(is_mark) {
        let latin = words.split(|c: char| !c.is_ascii()).filter(|word| !word.is_empty());
        terms.extend(latin.map(str::to_owned));
    }
    // Marks between characters go; a word between them parts them.
    let bare: String = lower.chars().filter(|c| !is_mark(*c)).collect();
    for run in bare.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty()) {
        let characters: Vec<char> = run.chars().collect();
        match characters.as_slice() {
            [alone] => {
                terms.insert(alone.to_string());
            }
            run => terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
        }
    }
    terms
}

fn by_hand(a: &str, b: &str) -> Likeness {
    let (a, b) = (terms(a), terms(b));
    let count = |number: usize| u32::try_from(number).unwrap();
    Likeness { common: count(a.intersection(&b).count()), all: count(a.union(&b).count()) }
}

/// Greedy string tiling, word for word: the longest free run, the earliest of those as long, again and again.
fn tiled(a: &str, b: &str, least: usize) -> Vec<Passage> {
    let kept = |text: &str| -> Vec<(usize, char)> {
        let folded = text.replace('Ａ', "a").replace('Ｉ', "i").to_lowercase();
        folded.chars().enumerate().filter(|(_, c)| !"，。 \n".contains(*c)).collect()
    };
    let (a, b) = (kept(a), kept(b));
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut found = Vec::new();
    loop {
        let mut best = (0, 0, 0);
        for i in 0..a.len() {
            for j in 0..b.len() {
                let mut length = 0;
                while i + length < a.len()
                    && j + length < b.len()
                    && !taken_a[i + length]
                    && !taken_b[j + length]
                    && a[i + length].1 == b[j + length].1
                {
                    length += 1;
                }
                if length > best.0 {
                    best = (length, i, j);
                }
            }
        }
        let (length, i, j) = best;
        if length < least {
            found.sort_by_key(|passage: &Passage| passage.a.start);
            return found;
        }
        taken_a[i..i + length].fill(true);
        taken_b[j..j + length].fill(true);
        found.push(Passage { a: a[i].0..a[i + length - 1].0 + 1, b: b[j].0..b[j + length - 1].0 + 1 });
    }
}

proptest! {
    #[test]
    fn likeness_is_what_one_counts_by_hand(a in texts(), b in texts()) {
        prop_assert_eq!(Terms::of(&a).likeness(&Terms::of(&b)), by_hand(&a, &b));
    }

    #[test]
    fn passages_are_what_one_marks_by_hand(a in texts(), b in texts(), least in 1_usize..6) {
        prop_assert_eq!(passages(&a, &b, least), tiled(&a, &b, least));
    }

    #[test]
    fn what_is_said_of_a_pair_is_exact(texts in vec(texts(), 0..20), least in 1_u8..=100) {
        let index = Index::of(texts.iter().map(String::as_str).enumerate()).unwrap();
        for pair in index.pairs(least) {
            prop_assert!(pair.a < pair.b);
            prop_assert_eq!(pair.likeness, by_hand(&texts[pair.a], &texts[pair.b]));
            prop_assert!(pair.likeness.common * 100 >= pair.likeness.all * u32::from(least));
        }
    }

    /// Of no more texts than are compared in full nothing is overlooked.
    #[test]
    fn the_likest_are_those_of_all(texts in vec(texts(), 1..30), most in 0_usize..8) {
        let index = Index::of(texts.iter().map(String::as_str).enumerate()).unwrap();
        let mut all: Vec<(usize, Likeness)> =
            (1..texts.len()).map(|at| (at, by_hand(&texts[0], &texts[at]))).collect();
        all.retain(|(_, likeness)| likeness.common > 0);
        all.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        all.truncate(most);
        prop_assert_eq!(index.likest(&texts[0], most, |id| *id != 0), all);
    }

    #[test]
    fn the_order_makes_no_difference(
        (texts, order) in vec(texts(), 0..20).prop_flat_map(|texts| {
            let order: Vec<usize> = (0..texts.len()).collect();
            (Just(texts), Just(order).prop_shuffle())
        }),
        least in 1_u8..=100,
    ) {
        let straight = Index::of(texts.iter().map(String::as_str).enumerate()).unwrap();
        let shuffled = Index::of(order.iter().map(|at| (*at, texts[*at].as_str()))).unwrap();
        prop_assert_eq!(straight.pairs(least), shuffled.pairs(least));
    }
}

/// A die: the finaliser of splitmix64 over a counter.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from(((mixed ^ (mixed >> 31)) >> 32) % u64::from(end)).unwrap()
    }

    /// One of 1,500 characters, common ones more often: the smaller of two falls.
    fn character(&mut self) -> char {
        let at = self.below(1500).min(self.below(1500));
        char::from_u32(0x4e00 + at).unwrap()
    }

    fn text(&mut self, length: usize) -> String {
        (0..length).map(|_| self.character()).collect()
    }

    /// Another character in place of so many of a hundred.
    fn edited(&mut self, text: &str, percent: u32) -> String {
        text.chars().map(|c| if self.below(100) < percent { self.character() } else { c }).collect()
    }
}

#[test]
fn what_was_planted_is_found() {
    let mut dice = Dice(20_231_124);
    let check = |dice: &mut Dice, percent: u32, least: u8| {
        let mut texts: Vec<String> = (0..100).map(|_| dice.text(300)).collect();
        let copies: Vec<String> = texts.iter().map(|text| dice.edited(text, percent)).collect();
        texts.extend(copies);
        let index = Index::of(texts.iter().map(String::as_str).enumerate()).unwrap();
        let pairs = index.pairs(least);
        let holds = (0..100).filter(|at| by_hand_percent(&texts[*at], &texts[at + 100]) >= least).count();
        let found = pairs.iter().filter(|pair| pair.b == pair.a + 100).count();
        assert_eq!(found, pairs.len(), "texts of their own are no pairs");
        assert!(
            holds >= 95 && found * 100 >= holds * 98,
            "{percent} % edited, at {least} %: {found} of {holds} pairs"
        );
        let nearest = (0..100).filter(|at| {
            let found = index.likest(&texts[*at], 1, |id| id != at);
            found.first().is_some_and(|(id, _)| *id == at + 100)
        });
        assert_eq!(nearest.count(), 100, "{percent} % edited: the likest is the copy");
    };
    // A tenth of the characters edited leaves 81 of 100 pairs of characters: a likeness of about 68 %.
    check(&mut dice, 10, 45);
    check(&mut dice, 15, 40);
    check(&mut dice, 20, 35);
    check(&mut dice, 0, 100);
}

fn by_hand_percent(a: &str, b: &str) -> u8 {
    by_hand(a, b).percent()
}

#[test]
fn an_id_stands_for_one_text() {
    assert!(Index::of([("a", "课"), ("b", "程"), ("a", "堂")]).is_err_and(|twice| twice.0 == "a"));
    let silent = Index::of([("a", "。"), ("b", "！")]).unwrap();
    assert!(silent.pairs(0).is_empty() && silent.likest("？", 3, |_| true).is_empty());
}

#[test]
fn passages_keep_the_marks_within_them() {
    let (a, b) = ("一、建设ＡＩ 科学教室。", "我校拟建设ai科学，教室若干");
    let found = passages(a, b, 4);
    assert_eq!(found, [Passage { a: 2..11, b: 3..12 }]);
    let cut = |text: &str, range: &std::ops::Range<usize>| -> String {
        text.chars().skip(range.start).take(range.len()).collect()
    };
    assert_eq!(cut(a, &found[0].a), "建设ＡＩ 科学教室");
    assert_eq!(cut(b, &found[0].b), "建设ai科学，教室");
}
