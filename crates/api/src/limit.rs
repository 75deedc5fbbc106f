//! How often one asks: counted in memory, minute by minute.

use ronghe_app::Pace;
use ronghe_domain::kernel::Instant;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Seconds of a window.
const WINDOW: i64 = 60;

/// Counts of the running minute.
#[derive(Debug)]
pub(crate) struct Limits {
    pace: Pace,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    /// Minutes since 1970.
    minute: i64,
    asked: HashMap<String, u32>,
}

impl Limits {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, counts: Mutex::default() }
    }

    /// Counts a request of `who`, by a person or by an address.
    ///
    /// # Errors
    /// Seconds until the next one, where there were too many.
    pub(crate) fn count(&self, who: &str, writes: bool, now: Instant) -> Result<(), u64> {
        if who.is_empty() {
            return Ok(());
        }
        let minute = now.as_second().div_euclid(WINDOW);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.minute != minute {
            *counts = Counts { minute, asked: HashMap::new() };
        }
        let over = |count: &mut u32, most: u32| {
            *count += 1;
            most > 0 && *count > most
        };
        let asked = over(counts.asked.entry(who.to_owned()).or_default(), self.pace.requests);
        let written =
            writes && over(counts.asked.entry(format!("{who} writes")).or_default(), self.pace.writes);
        if asked || written {
            let left = WINDOW - now.as_second().rem_euclid(WINDOW);
            return Err(u64::try_from(left).unwrap_or(1));
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
        let limits = Limits::new(Pace { requests: 0, writes: 1 });
        for _ in 0..2000 {
            assert_eq!(limits.count("a", false, at(10)), Ok(()));
        }
        assert_eq!(limits.count("a", true, at(10)), Ok(()));
        assert_eq!(limits.count("a", true, at(10)), Err(50));
    }
}
