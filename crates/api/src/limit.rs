//! How often one asks: counted in memory, minute by minute.

use ronghe_domain::kernel::Instant;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Requests of one session, token or address in a minute; a school is one address.
const REQUESTS: u32 = 600;
/// Requests of one session or token that change something.
const WRITES: u32 = 120;
/// Seconds of a window.
const WINDOW: i64 = 60;

/// Counts of the running minute.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    /// Minutes since 1970.
    minute: i64,
    asked: HashMap<String, u32>,
}

impl Limits {
    /// Counts a request of `who`, by a person or by an address.
    ///
    /// # Errors
    /// Seconds until the next one, where there were too many.
    pub(crate) fn count(&self, who: &str, writes: bool, now: Instant) -> Result<(), u64> {
        if who.is_empty() {
            return Ok(());
        }
        let minute = now.as_second().div_euclid(WINDOW);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.minute != minute {
            *counts = Counts { minute, asked: HashMap::new() };
        }
        let over = |count: &mut u32, most: u32| {
            *count += 1;
            *count > most
        };
        let asked = over(counts.asked.entry(who.to_owned()).or_default(), REQUESTS);
        let written = writes && over(counts.asked.entry(format!("{who} writes")).or_default(), WRITES);
        if asked || written {
            let left = WINDOW - now.as_second().rem_euclid(WINDOW);
            return Err(u64::try_from(left).unwrap_or(1));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, REQUESTS, WRITES};
    use ronghe_domain::kernel::Instant;

    #[test]
    fn a_minute_has_its_measure_for_each() {
        let limits = Limits::default();
        let at = |second: i64| Instant::from_second(second).unwrap();
        for _ in 0..REQUESTS {
            assert_eq!(limits.count("a", false, at(10)), Ok(()));
        }
        assert_eq!(limits.count("a", false, at(20)), Err(40));
        assert_eq!(limits.count("b", false, at(20)), Ok(()));
        assert_eq!(limits.count("a", false, at(60)), Ok(()));
        for _ in 0..WRITES {
            assert_eq!(limits.count("b", true, at(61)), Ok(()));
        }
        assert_eq!(limits.count("b", true, at(61)), Err(59));
        assert_eq!(limits.count("b", false, at(61)), Ok(()), "reading goes on");
        assert_eq!(limits.count("", true, at(61)), Ok(()), "no address is known");
    }
}
