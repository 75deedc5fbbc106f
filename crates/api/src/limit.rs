//! How often one asks: counted in memory, minute by minute, and hour by hour what is taken out.

use ronghe_app::Pace;
use ronghe_domain::kernel::Instant;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Seconds of a window.
const WINDOW: i64 = 60;
/// The same of exports.
const HOUR: i64 = 60 * 60;

/// Counts of the running minute, and of the running hour.
#[derive(Debug)]
pub(crate) struct Limits {
    pace: Pace,
    counts: Mutex<Counts>,
    exports: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    /// Minutes since 1970, or hours.
    window: i64,
    asked: HashMap<String, u32>,
}

impl Counts {
    /// Begins anew where another window of so many seconds runs.
    fn turn(&mut self, seconds: i64, now: Instant) {
        let window = now.as_second().div_euclid(seconds);
        if self.window != window {
            *self = Self { window, asked: HashMap::new() };
        }
    }
}

/// Seconds until the next window.
fn left(seconds: i64, now: Instant) -> u64 {
    u64::try_from(seconds - now.as_second().rem_euclid(seconds)).unwrap_or(1)
}

impl Limits {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, counts: Mutex::default(), exports: Mutex::default() }
    }

    /// Counts a list that a person takes out whole.
    ///
    /// # Errors
    /// Seconds until the next one, where there were too many.
    pub(crate) fn count_export(&self, who: &str, now: Instant) -> Result<(), u64> {
        let mut counts = self.exports.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(HOUR, now);
        let count = counts.asked.entry(who.to_owned()).or_default();
        *count += 1;
        let most = self.pace.exports;
        if most > 0 && *count > most { Err(left(HOUR, now)) } else { Ok(()) }
    }

    /// Counts one less of them.
    pub(crate) fn give_export_back(&self, who: &str, now: Instant) {
        let mut counts = self.exports.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(HOUR, now);
        if let Some(count) = counts.asked.get_mut(who) {
            *count = count.saturating_sub(1);
        }
    }

    /// Counts a request of `who`, by a person or by an address.
    ///
    /// # Errors
    /// Seconds until the next one, where there were too many.
    pub(crate) fn count(&self, who: &str, writes: bool, now: Instant) -> Result<(), u64> {
        if who.is_empty() {
            return Ok(());
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(WINDOW, now);
        let over = |count: &mut u32, most: u32| {
            *count += 1;
            most > 0 && *count > most
        };
        let asked = over(counts.asked.entry(who.to_owned()).or_default(), self.pace.requests);
        let written =
            writes && over(counts.asked.entry(format!("{who} writes")).or_default(), self.pace.writes);
        if asked || written {
            return Err(left(WINDOW, now));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Pace};
    use ronghe_domain::kernel::Instant;

    fn at(second: i64) -> Instant {
        Instant::from_second(second).unwrap()
    }

    #[test]
    fn a_minute_has_its_measure_for_each() {
        let pace = Pace::default();
        let limits = Limits::new(pace);
        for _ in 0..pace.requests {
            assert_eq!(limits.count("a", false, at(10)), Ok(()));
        }
        assert_eq!(limits.count("a", false, at(20)), Err(40));
        assert_eq!(limits.count("b", false, at(20)), Ok(()));
        assert_eq!(limits.count("a", false, at(60)), Ok(()));
        for _ in 0..pace.writes {
            assert_eq!(limits.count("b", true, at(61)), Ok(()));
        }
        assert_eq!(limits.count("b", true, at(61)), Err(59));
        assert_eq!(limits.count("b", false, at(61)), Ok(()), "reading goes on");
        assert_eq!(limits.count("", true, at(61)), Ok(()), "no address is known");
    }

    #[test]
    fn an_operator_sets_or_lifts_it() {
        let limits = Limits::new(Pace { requests: 0, writes: 1, exports: 0 });
        for _ in 0..2000 {
            assert_eq!(limits.count("a", false, at(10)), Ok(()));
        }
        assert_eq!(limits.count("a", true, at(10)), Ok(()));
        assert_eq!(limits.count("a", true, at(10)), Err(50));
    }

    #[test]
    fn an_hour_has_its_measure_of_exports() {
        let limits = Limits::new(Pace::default());
        for _ in 0..Pace::default().exports {
            assert_eq!(limits.count_export("a", at(600)), Ok(()));
        }
        assert_eq!(limits.count_export("a", at(600)), Err(3000));
        assert_eq!(limits.count_export("b", at(600)), Ok(()));
        assert_eq!(limits.count_export("a", at(3600)), Ok(()));
        let lifted = Limits::new(Pace { exports: 0, ..Pace::default() });
        assert!((0..100).all(|_| lifted.count_export("a", at(600)) == Ok(())));
    }
}
