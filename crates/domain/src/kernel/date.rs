//! Days and instants. Instants are UTC; days are those of Asia/Shanghai, which has kept UTC+8 since 1991.

/// A point in time, UTC.
pub type Instant = jiff::Timestamp;
/// A calendar day in Asia/Shanghai.
pub type Date = jiff::civil::Date;
/// A difference from UTC.
pub type Offset = jiff::tz::Offset;

/// The offset of Asia/Shanghai.
pub const SHANGHAI: Offset = jiff::tz::offset(8);

/// The day that a calendar in Jinan shows at `instant`.
#[must_use]
pub fn day_in_shanghai(instant: Instant) -> Date {
    SHANGHAI.to_datetime(instant).date()
}

/// Reads `2026-03-10`.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}
