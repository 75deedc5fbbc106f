//! Which backups are kept: all of a day, one of each day for a month, one of each month for a year.

use jiff::SignedDuration;
use ronghe_domain::kernel::{Date, Instant, day_in_shanghai};
use std::collections::BTreeSet;

/// So long every backup is kept.
const ALL: SignedDuration = SignedDuration::from_hours(24);
/// Days before today of which one is kept.
const DAYS: i64 = 30;
/// Months before this one of which one is kept.
const MONTHS: i32 = 12;

/// Those of `made` that need not be kept at `now`; the newest is never among them.
///
/// Of a day, and of a month, the last one is kept: what is thinned out step by step is what is thinned out at once.
pub(super) fn surplus(made: &BTreeSet<Instant>, now: Instant) -> BTreeSet<Instant> {
    let today = day_in_shanghai(now);
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let first_day = today.saturating_sub(jiff::Span::new().days(DAYS));
    let mut surplus = BTreeSet::new();
    // From the newest to the oldest, with what followed each.
    let mut later: Option<Date> = None;
    for &at in made.iter().rev() {
        let day = day_in_shanghai(at);
        let is_recent = now.duration_since(at) <= ALL;
        let ends_day = day >= first_day && later != Some(day);
        let ends_month = month(day) >= month(today) - MONTHS && later.map(month) != Some(month(day));
        if later.is_some() && !is_recent && !ends_day && !ends_month {
            surplus.insert(at);
        }
        later = Some(day);
    }
    surplus
}

#[cfg(test)]
mod tests {
    use super::{ALL, surplus};
    use jiff::SignedDuration;
    use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
    use ronghe_domain::kernel::{Instant, day_in_shanghai};
    use std::collections::BTreeSet;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(now: &str, made: &[&str], goes: &[&str]) {
        let set = |texts: &[&str]| texts.iter().map(|text| at(text)).collect::<BTreeSet<_>>();
        assert_eq!(surplus(&set(made), at(now)), set(goes));
    }

    #[test]
    fn a_day_whole_a_month_by_days_a_year_by_months() {
        let now = "2026-03-10T04:00:00Z";
        check(now, &[], &[]);
        check(now, &["2020-01-01T00:00:00Z"], &[]);
        // A day of Jinan ends at 16:00 UTC.
        check(
            now,
            &[
                "2026-03-08T15:50:00Z",
                "2026-03-08T16:10:00Z",
                "2026-03-08T17:00:00Z",
                "2026-03-09T04:00:00Z",
                "2026-03-09T04:15:00Z",
            ],
            &["2026-03-08T16:10:00Z", "2026-03-08T17:00:00Z"],
        );
        check(now, &["2026-03-09T03:45:00Z", "2026-03-09T04:00:00Z"], &["2026-03-09T03:45:00Z"]);
        // The last of a month stays, and after a year goes.
        check(
            now,
            &["2025-02-28T01:00:00Z", "2025-03-30T01:00:00Z", "2025-03-31T01:00:00Z", "2026-03-10T03:00:00Z"],
            &["2025-02-28T01:00:00Z", "2025-03-30T01:00:00Z"],
        );
        // So does the last of a day, within thirty of them.
        check(
            now,
            &["2026-02-07T01:00:00Z", "2026-02-08T01:00:00Z", "2026-02-08T02:00:00Z", "2026-03-10T03:00:00Z"],
            &["2026-02-07T01:00:00Z", "2026-02-08T01:00:00Z"],
        );
        // A clock that was set back makes none of them old.
        check(now, &["2026-03-11T00:00:00Z", "2026-03-12T00:00:00Z"], &[]);
    }

    fn made() -> impl Strategy<Value = BTreeSet<Instant>> {
        // Two years, by minutes.
        let minute = (0..2 * 365 * 24 * 60_i64)
            .prop_map(|minute| Instant::from_second(1_700_000_000 + minute * 60).unwrap());
        proptest::collection::btree_set(minute, 0..200)
    }

    proptest! {
        #[test]
        fn nothing_that_is_promised_goes(made in made(), rest in 0..90 * 24 * 60_i64) {
            let Some(&newest) = made.last() else { return Ok(()) };
            let now = newest + SignedDuration::from_mins(rest);
            let gone = surplus(&made, now);
            let kept: BTreeSet<Instant> = made.difference(&gone).copied().collect();
            prop_assert!(kept.contains(&newest));
            prop_assert!(gone.iter().all(|&at| now.duration_since(at) > ALL));
            let today = day_in_shanghai(now);
            for &at in &made {
                let day = day_in_shanghai(at);
                let same_day = |other: &Instant| day_in_shanghai(*other) == day;
                let same_month = |other: &Instant| day_in_shanghai(*other).first_of_month() == day.first_of_month();
                if day >= today.saturating_sub(jiff::Span::new().days(30)) {
                    prop_assert!(kept.iter().any(same_day), "{at}");
                }
                if day.first_of_month() >= today.first_of_month().saturating_sub(jiff::Span::new().months(12)) {
                    prop_assert!(kept.iter().any(same_month), "{at}");
                }
            }
            let old = kept.iter().filter(|&&at| now.duration_since(at) > ALL).count();
            prop_assert!(old <= 31 + 13 + 1, "{old} are kept");
        }

        #[test]
        fn step_by_step_is_at_once(made in made(), first in 0..40 * 24 * 60_i64, then in 0..400 * 24 * 60_i64) {
            let Some(&newest) = made.last() else { return Ok(()) };
            let first = newest + SignedDuration::from_mins(first);
            let then = first + SignedDuration::from_mins(then);
            let thinned: BTreeSet<Instant> = made.difference(&surplus(&made, first)).copied().collect();
            let twice: BTreeSet<Instant> = thinned.difference(&surplus(&thinned, then)).copied().collect();
            let once: BTreeSet<Instant> = made.difference(&surplus(&made, then)).copied().collect();
            prop_assert_eq!(twice, once);
        }
    }
}
