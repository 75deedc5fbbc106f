//! Affinity: bounds, shares, reasons, and what makes no difference.

use proptest::collection::{btree_set, vec};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use ronghe_decision::affinity::{Affinity, Corpus, Level, Part, Profile, Reason, Weights, affinity, best};

/// What a profile is made from.
type Said = (Vec<&'static str>, Vec<&'static str>, Vec<&'static str>, &'static str);

fn profile(corpus: &Corpus, (disciplines, measures, stages, text): &Said) -> Profile {
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
    Profile {
        disciplines: disciplines.iter().map(|code| code.parse().unwrap()).collect(),
        measures: names(measures),
        stages: names(stages),
        text: corpus.vector(text),
    }
}

fn said() -> impl Strategy<Value = Said> {
    let some = |all: &[&'static str]| {
        btree_set(select(all.to_vec()), 0..3).prop_map(|set| set.into_iter().collect::<Vec<_>>())
    };
    let texts = vec!["", "小学科学课程", "科学教师培训", "合唱社团", "AI for schools", "足球"];
    (
        some(&["880", "880.27", "880.31", "520.20", "760"]),
        some(&["m1", "m4", "m5"]),
        some(&["primary", "junior_high"]),
        select(texts),
    )
}

fn weights() -> impl Strategy<Value = Weights> {
    (0_u16..100, 0_u16..100, 0_u16..100, 0_u16..100)
        .prop_map(|(disciplines, measures, stages, text)| Weights { disciplines, measures, stages, text })
}

proptest! {
    #[test]
    fn the_total_is_the_mean_of_the_shares(wanted in said(), offered in said(), weights in weights()) {
        let corpus = Corpus::of([wanted.3, offered.3, "学校"]);
        let found = affinity(&weights, &profile(&corpus, &wanted), &profile(&corpus, &offered));
        prop_assert!(found.total <= 100);
        let counted = found.shares.iter().filter_map(|it| Some((u64::from(it.share?), u64::from(it.weight))));
        let all: u64 = counted.clone().map(|(_, weight)| weight).sum();
        let points: u64 = counted.map(|(share, weight)| share * weight).sum();
        prop_assert_eq!(u64::from(found.total), points.checked_div(all).unwrap_or_default());
        // Rounded down, each by less than a hundredth.
        let hundredths: u64 = found.shares.iter().map(|it| u64::from(it.hundredths)).sum();
        prop_assert!(all == 0 || (hundredths <= points * 100 / all && points * 100 / all < hundredths + 4));
    }

    #[test]
    fn who_offers_more_answers_no_worse(wanted in said(), offered in said(), more in said()) {
        let corpus = Corpus::of([wanted.3, offered.3]);
        let (wanted, offered) = (profile(&corpus, &wanted), profile(&corpus, &offered));
        let more = profile(&corpus, &more);
        let mut fuller = offered.clone();
        fuller.disciplines.extend(more.disciplines);
        fuller.measures.extend(more.measures);
        fuller.stages.extend(more.stages);
        let weights = Weights::default();
        prop_assert!(affinity(&weights, &wanted, &fuller).total >= affinity(&weights, &wanted, &offered).total);
    }

    #[test]
    fn the_best_are_those_of_all(wanted in said(), offered in vec(said(), 0..8), least in 0_u8..60) {
        let corpus = Corpus::of(offered.iter().map(|it| it.3));
        let weights = Weights::default();
        let wanted = profile(&corpus, &wanted);
        let offered: Vec<Profile> = offered.iter().map(|it| profile(&corpus, it)).collect();
        let found = best(&weights, &wanted, offered.iter().enumerate(), least, 3);
        let mut all: Vec<(usize, Affinity)> =
            offered.iter().map(|it| affinity(&weights, &wanted, it)).enumerate().collect();
        all.retain(|(_, it)| it.total >= least);
        all.sort_by_key(|(id, it)| (100 - it.total, *id));
        all.truncate(3);
        prop_assert_eq!(&found, &all);
        // The other way round it is the same.
        let reversed = best(&weights, &wanted, offered.iter().enumerate().rev(), least, 3);
        prop_assert_eq!(reversed, all);
    }
}

#[test]
fn an_affinity_says_why() {
    let corpus = Corpus::of(["小学科学课程共建", "科学课程与教师培训", "足球社团"]);
    let need = profile(&corpus, &(vec!["880.27", "520"], vec!["m4"], vec![], "小学科学课程共建"));
    let expert = profile(
        &corpus,
        &(vec!["880.2710", "880.31"], vec!["m4", "m5"], vec!["primary"], "科学课程与教师培训"),
    );
    let found = affinity(&Weights::default(), &need, &expert);
    let shares: Vec<Option<u8>> = found.shares.iter().map(|it| it.share).collect();
    // One of two disciplines by its second level; the measure; of stages nothing is wanted.
    assert_eq!(shares[..3], [Some(50), Some(100), None]);
    let text = shares[3].unwrap();
    assert!((1..100).contains(&text));
    assert_eq!(u32::from(found.total), (50 * 40 + 100 * 20 + u32::from(text) * 30) / 90);
    let near = Reason::Discipline {
        wanted: "880.27".parse().unwrap(),
        offered: "880.2710".parse().unwrap(),
        level: Level::Second,
    };
    assert_eq!(found.reasons[..3], [near, Reason::Measure("m4".into()), Reason::NotWanted(Part::Stages)]);
    assert!(found.reasons[3..].iter().all(|it| matches!(it, Reason::Term(_))) && found.reasons.len() > 4);
    let silent = affinity(&Weights::default(), &need, &Profile::default());
    assert_eq!((silent.total, silent.reasons[0].clone()), (0, Reason::NotOffered(Part::Disciplines)));
}
