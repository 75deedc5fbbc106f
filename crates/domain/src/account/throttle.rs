//! How guessing is slowed down: each key (an account, a device, an address) counts its failures.

use crate::kernel::Instant;
use jiff::SignedDuration;

/// Failures under one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    pub count: u32,
    /// When the count began.
    pub since: Instant,
    /// No attempt before this moment.
    pub blocked_until: Instant,
}

/// How many failures a key may have, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// An account, or a device that signed in to it before: 5 failures, then a wait of 1, 2, 4 … 15 minutes.
    Account,
    /// An address: 30 failures in 10 minutes.
    Address,
}

const FREE: u32 = 5;
const LONGEST_WAIT: i64 = 15;
const ADDRESS_MOST: u32 = 30;
const ADDRESS_SPAN: SignedDuration = SignedDuration::from_mins(10);
/// After a day without a failure an account's count begins anew.
const ACCOUNT_SPAN: SignedDuration = SignedDuration::from_hours(24);

impl Failures {
    /// Whole seconds until the next attempt may be made; 0 where it may be made now.
    #[must_use]
    pub fn wait(&self, now: Instant) -> u64 {
        let left = self.blocked_until.duration_since(now);
        if left <= SignedDuration::ZERO {
            return 0;
        }
        let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
        u64::try_from(seconds).unwrap_or(0)
    }

    /// The count without the attempt that was counted last: it was no failure.
    #[must_use]
    pub const fn forgiven(self) -> Self {
        Self { count: self.count.saturating_sub(1), blocked_until: self.since, ..self }
    }

    /// The count after one more failure at `now`.
    #[must_use]
    pub fn after(before: Option<Self>, limit: Limit, now: Instant) -> Self {
        let span = match limit {
            Limit::Account => ACCOUNT_SPAN,
            Limit::Address => ADDRESS_SPAN,
        };
        let living = before.filter(|before| now < before.since + span || now < before.blocked_until);
        let (count, since) = living.map_or((1, now), |before| (before.count.saturating_add(1), before.since));
        let blocked_until = match limit {
            Limit::Account if count >= FREE => now + account_wait(count),
            Limit::Address if count >= ADDRESS_MOST => since + ADDRESS_SPAN,
            Limit::Account | Limit::Address => now,
        };
        Self { count, since, blocked_until }
    }
}

/// 1, 2, 4, 8, 15, 15 … minutes from the fifth failure on.
fn account_wait(count: u32) -> SignedDuration {
    let doublings = count.saturating_sub(FREE).min(4);
    SignedDuration::from_mins((1_i64 << doublings).min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::{Failures, Limit};
    use crate::kernel::Instant;
    use jiff::SignedDuration;

    #[test]
    fn an_account_waits_longer_with_each_failure() {
        let mut now = Instant::UNIX_EPOCH;
        let mut waits = Vec::new();
        let mut kept = None;
        for _ in 0..12 {
            let failures = Failures::after(kept, Limit::Account, now);
            waits.push(failures.wait(now) / 60);
            now = failures.blocked_until;
            assert_eq!(failures.wait(now), 0);
            kept = Some(failures);
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]);
        let later = now + SignedDuration::from_hours(25);
        assert_eq!(Failures::after(kept, Limit::Account, later).count, 1);
    }

    #[test]
    fn an_address_has_thirty_failures_in_ten_minutes() {
        let start = Instant::UNIX_EPOCH;
        let mut kept = None;
        for second in 0..30 {
            kept = Some(Failures::after(kept, Limit::Address, start + SignedDuration::from_secs(second)));
        }
        assert_eq!(kept.unwrap().wait(start + SignedDuration::from_secs(29)), 571);
        assert_eq!(kept.unwrap().wait(start + SignedDuration::from_secs(600)), 0);
        let later = start + SignedDuration::from_secs(600);
        assert_eq!(Failures::after(kept, Limit::Address, later).count, 1);
    }
}
