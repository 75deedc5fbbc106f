//! Working days: public holidays do not count, make-up working days 调休上班日 do.
//!
//! The tables are those that the General Office of the State Council publishes each autumn for the next
//! year. A year without a table has its Saturdays and Sundays off and nothing else; [`has_table`] says so.

use super::Date;
use jiff::civil::{Weekday, date};

/// Days off beyond Saturdays and Sundays, both ends included, and days worked in their place.
struct Table {
    year: i16,
    off: &'static [(Date, Date)],
    worked: &'static [Date],
}

const TABLES: [Table; 2] = [
    // 2025 年部分节假日安排, 国办发明电〔2024〕12号.
    Table {
        year: 2025,
        off: &[
            (date(2025, 1, 1), date(2025, 1, 1)),
            (date(2025, 1, 28), date(2025, 2, 4)),
            (date(2025, 4, 4), date(2025, 4, 6)),
            (date(2025, 5, 1), date(2025, 5, 5)),
            (date(2025, 5, 31), date(2025, 6, 2)),
            (date(2025, 10, 1), date(2025, 10, 8)),
        ],
        worked: &[
            date(2025, 1, 26),
            date(2025, 2, 8),
            date(2025, 4, 27),
            date(2025, 9, 28),
            date(2025, 10, 11),
        ],
    },
    // 2026 年部分节假日安排, 国办发明电〔2025〕7号.
    Table {
        year: 2026,
        off: &[
            (date(2026, 1, 1), date(2026, 1, 3)),
            (date(2026, 2, 15), date(2026, 2, 23)),
            (date(2026, 4, 4), date(2026, 4, 6)),
            (date(2026, 5, 1), date(2026, 5, 5)),
            (date(2026, 6, 19), date(2026, 6, 21)),
            (date(2026, 9, 25), date(2026, 9, 27)),
            (date(2026, 10, 1), date(2026, 10, 7)),
        ],
        worked: &[
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ],
    },
];

/// Whether the State Council's table of this year is known here.
#[must_use]
pub fn has_table(year: i16) -> bool {
    TABLES.iter().any(|table| table.year == year)
}

/// Whether `day` is worked.
#[must_use]
pub fn is_working_day(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    match TABLES.iter().find(|table| table.year == day.year()) {
        None => !weekend,
        Some(table) => {
            table.worked.contains(&day)
                || (!weekend && !table.off.iter().any(|(from, to)| (*from..=*to).contains(&day)))
        }
    }
}

/// The last of `count` working days that are counted from the day after `day`; `day` itself for none.
/// `None` only at the end of the calendar.
#[must_use]
pub fn after(day: Date, count: u16) -> Option<Date> {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.tomorrow().ok()?;
        if is_working_day(day) {
            left -= 1;
        }
    }
    Some(day)
}

/// The first of `count` working days that are counted back from the day before `day`; `day` itself for none.
/// `None` only at the beginning of the calendar.
#[must_use]
pub fn before(day: Date, count: u16) -> Option<Date> {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.yesterday().ok()?;
        if is_working_day(day) {
            left -= 1;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::{after, before, is_working_day};
    use crate::kernel::Date;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn holidays_do_not_count_and_make_up_days_do() {
        let check = |from: &str, count: u16, to: &str| {
            assert_eq!(after(day(from), count), Some(day(to)), "{from} +{count}");
        };
        check("2026-10-01", 5, "2026-10-13");
        check("2026-03-06", 5, "2026-03-13");
        check("2026-02-12", 3, "2026-02-24");
        check("2025-09-26", 2, "2025-09-29");
        check("2026-04-03", 1, "2026-04-07");
        check("2026-03-10", 0, "2026-03-10");
        // 2040 has no table yet: weekends only.
        check("2040-04-30", 2, "2040-05-02");
    }

    #[test]
    fn counted_back_holidays_do_not_count_either() {
        let check = |from: &str, count: u16, to: &str| {
            assert_eq!(before(day(from), count), Some(day(to)), "{from} -{count}");
        };
        check("2026-10-13", 5, "2026-09-30");
        check("2026-03-20", 3, "2026-03-17");
        check("2026-02-24", 1, "2026-02-14");
        check("2026-03-16", 1, "2026-03-13");
        check("2026-03-14", 0, "2026-03-14");
    }

    proptest! {
        #[test]
        fn exactly_so_many_days_are_worked(offset in 0_i32..900, count in 0_u16..40) {
            let from = day("2025-01-01").checked_add(jiff::Span::new().days(offset)).unwrap();
            let to = after(from, count).unwrap();
            let mut worked = 0;
            let mut at = from;
            while at < to {
                at = at.tomorrow().unwrap();
                worked += u16::from(is_working_day(at));
            }
            prop_assert_eq!(worked, count);
            prop_assert!(count == 0 || is_working_day(to));
        }
    }
}
