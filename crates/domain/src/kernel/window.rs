//! Minutes at which a span of time opens and closes: [opens, closes), by the server's clock.

use super::date::SHANGHAI;
use super::{Date, Instant};

/// A minute of a day in Jinan as people type it: `2026-03-20 17:00`, `2026-03-20T17:00`.
#[must_use]
pub fn parse_minute(text: &str) -> Option<jiff::civil::DateTime> {
    let text = text.trim().replace('T', " ").replace('：', ":");
    let (day, time) = text.split_once(' ')?;
    let mut parts = time.trim().split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    // Seconds are allowed where they are zero: some browsers add them.
    if parts.next().is_some_and(|seconds| seconds != "00") || parts.next().is_some() {
        return None;
    }
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    Some(day.parse::<Date>().ok()?.to_datetime(time))
}

/// The instant at which something that ends at this minute is closed: its last second counts, so 截止 17:00
/// closes at 17:00:01.
#[must_use]
pub fn closing(minute: jiff::civil::DateTime) -> Option<Instant> {
    let last = SHANGHAI.to_timestamp(minute).ok()?;
    last.checked_add(jiff::SignedDuration::from_secs(1)).ok()
}

/// The instant of this minute in Jinan.
#[must_use]
pub fn opening(minute: jiff::civil::DateTime) -> Option<Instant> {
    SHANGHAI.to_timestamp(minute).ok()
}

/// The last minute that counts before `closes`, as people read it: `2026-03-20 17:00`.
#[must_use]
pub fn last_minute(closes: Instant) -> String {
    let last = closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(closes);
    minute(last)
}

/// `2026-03-20 17:00` in Jinan.
#[must_use]
pub fn minute(at: Instant) -> String {
    SHANGHAI.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::{closing, last_minute, opening, parse_minute};
    use crate::kernel::Instant;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_second_counts() {
        let minute = parse_minute("2026-03-20 17:00").unwrap();
        let closes = closing(minute).unwrap();
        assert_eq!(closes, at("2026-03-20T09:00:01Z"));
        assert_eq!(last_minute(closes), "2026-03-20 17:00");
    }

    #[test]
    fn minutes_are_read_as_typed() {
        let same = opening(parse_minute("2026-03-20 17:00").unwrap());
        for text in ["2026-03-20T17:00", " 2026-03-20  17:00 ", "2026-03-20T17:00:00", "2026-03-20 17：00"] {
            assert_eq!(opening(parse_minute(text).unwrap()), same, "{text}");
        }
        for wrong in
            ["2026-03-20", "2026-02-30 17:00", "2026-03-20 25:00", "17:00", "2026-03-20 17:00:30", ""]
        {
            assert!(parse_minute(wrong).is_none(), "{wrong}");
        }
    }
}
