//! Days, times and ordinals as people read them.

use crate::Lang;
use ronghe_domain::kernel::date::SHANGHAI;
use ronghe_domain::kernel::{Date, Fen, Instant, day_in_shanghai, parse_date};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day in lists: `2026-03-15`, in English `15 Mar 2026`.
#[must_use]
pub fn date(lang: Lang, day: Date) -> String {
    match lang {
        Lang::Zh => format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
        Lang::En => english(day),
    }
}

/// A day in sentences: `2026年3月15日`, in English `15 Mar 2026`.
#[must_use]
pub fn date_long(lang: Lang, day: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => english(day),
    }
}

/// A time in Jinan: `2026-03-15 17:00`.
#[must_use]
pub fn instant(lang: Lang, at: Instant) -> String {
    let civil = SHANGHAI.to_datetime(at);
    format!("{} {:02}:{:02}", date(lang, day_in_shanghai(at)), civil.hour(), civil.minute())
}

/// The last second that counts before an end: 截止 17:00 closes at 17:00:01.
#[must_use]
pub fn before_close(closes: Instant) -> Instant {
    closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(closes)
}

/// How far off a deadline is, by days of the calendar in Jinan: `还剩 2 天`, `今天截止`, `已截止 3 天`.
#[must_use]
pub fn days_left(lang: Lang, closes: Instant, now: Instant) -> String {
    let (last, today) = (day_in_shanghai(before_close(closes)), day_in_shanghai(now));
    let days = today.until(last).map(|span| span.get_days()).unwrap_or_default();
    match (lang, days) {
        (Lang::Zh, 0) if closes <= now => "已截止".to_owned(),
        (Lang::En, 0) if closes <= now => "closed".to_owned(),
        (Lang::Zh, days) if closes <= now => format!("已截止 {} 天", days.abs()),
        (Lang::En, -1) if closes <= now => "closed 1 day ago".to_owned(),
        (Lang::En, days) if closes <= now => format!("closed {} days ago", days.abs()),
        (Lang::Zh, 0) => "今天截止".to_owned(),
        (Lang::En, 0) => "ends today".to_owned(),
        (Lang::Zh, days) => format!("还剩 {days} 天"),
        (Lang::En, 1) => "1 day left".to_owned(),
        (Lang::En, days) => format!("{days} days left"),
    }
}

/// An amount: `12,500.00 元`, in English `CNY 12,500.00`.
#[must_use]
pub fn yuan(lang: Lang, amount: Fen) -> String {
    match lang {
        Lang::Zh => format!("{amount} 元"),
        Lang::En => format!("CNY {amount}"),
    }
}

/// The size of a file: `340 KiB`, `2.1 MiB`.
#[must_use]
pub fn file_size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            format!("{}.{} MiB", tenths / 10, tenths % 10)
        }
    }
}

/// A count with separators of thousands: `12,500`.
#[must_use]
pub fn count(number: u64) -> String {
    let whole = i64::try_from(number).unwrap_or(i64::MAX / 100);
    Fen::yuan(whole).to_string().trim_end_matches(".00").to_owned()
}

fn english(day: Date) -> String {
    let index = usize::try_from(day.month()).unwrap_or(1).saturating_sub(1);
    format!("{} {} {}", day.day(), MONTHS.get(index).copied().unwrap_or(""), day.year())
}

/// A planned day or minute as it was typed, `2026-04-15` or `2026-04-15 09:00`, as people read it; what is neither
/// stands as it is.
#[must_use]
pub fn planned(lang: Lang, typed: &str) -> String {
    let (day, time) = typed.split_once(' ').map_or((typed, None), |(day, time)| (day, Some(time)));
    match (parse_date(day), time) {
        (None, _) => typed.to_owned(),
        (Some(day), None) => date(lang, day),
        (Some(day), Some(time)) => format!("{} {time}", date(lang, day)),
    }
}

/// The number of a measure: （四）, in English (4).
#[must_use]
pub fn measure_number(lang: Lang, seq: u32) -> String {
    match lang {
        Lang::Zh => format!("（{}）", ordinal(seq)),
        Lang::En => format!("({seq})"),
    }
}

/// A measure by number and title: （四）心理支持, in English (4) 心理支持.
#[must_use]
pub fn measure_titled(lang: Lang, seq: u32, title: &str) -> String {
    format!("{}{}{title}", measure_number(lang, seq), lang.pick("", " "))
}

/// The number of a section, in front of its title: 二、, in English 2. with a space.
#[must_use]
pub fn section_number(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("{}、", ordinal(number)),
        Lang::En => format!("{number}. "),
    }
}

/// The numbers of measures, one behind the other.
#[must_use]
pub fn measure_numbers(lang: Lang, measures: &[u32]) -> String {
    measures.iter().map(|seq| measure_number(lang, *seq)).collect()
}

/// A number from 1 to 99 in Chinese figures: 十二. Others stand as they are.
#[must_use]
pub fn ordinal(number: u32) -> String {
    const FIGURES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let figure = |n: u32| usize::try_from(n).ok().and_then(|n| FIGURES.get(n)).copied().unwrap_or("");
    match number {
        1..=9 => figure(number).to_owned(),
        10..=19 => format!("十{}", figure(number - 10)),
        20..=99 => format!("{}十{}", figure(number / 10), figure(number % 10)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        date, date_long, instant, measure_numbers, measure_titled, ordinal, planned, section_number,
    };
    use crate::Lang;

    #[test]
    fn numbers_read_as_in_documents() {
        for (number, words) in
            [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "100")]
        {
            assert_eq!(ordinal(number), words);
        }
    }

    #[test]
    fn days_and_times_read_as_in_jinan() {
        let day = "2026-03-15".parse().unwrap();
        assert_eq!(date(Lang::Zh, day), "2026-03-15");
        assert_eq!(date_long(Lang::Zh, day), "2026年3月15日");
        assert_eq!(date(Lang::En, day), "15 Mar 2026");
        assert_eq!(instant(Lang::Zh, "2026-03-15T16:30:00Z".parse().unwrap()), "2026-03-16 00:30");
    }

    #[test]
    fn what_is_planned_reads_in_both_languages() {
        let check = |typed, zh, en| {
            assert_eq!((planned(Lang::Zh, typed).as_str(), planned(Lang::En, typed).as_str()), (zh, en));
        };
        check("2026-04-15", "2026-04-15", "15 Apr 2026");
        check("2026-04-15 09:00", "2026-04-15 09:00", "15 Apr 2026 09:00");
        check("", "", "");
        assert_eq!(measure_numbers(Lang::Zh, &[4, 10]), "（四）（十）");
        assert_eq!(measure_numbers(Lang::En, &[4, 10]), "(4)(10)");
        assert_eq!(measure_titled(Lang::Zh, 4, "心理"), "（四）心理");
        assert_eq!(measure_titled(Lang::En, 4, "心理"), "(4) 心理");
        assert_eq!(section_number(Lang::Zh, 2) + &section_number(Lang::En, 2), "二、2. ");
    }
}
