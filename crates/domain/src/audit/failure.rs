//! Failures of people who are not signed in: counted, and chained as a sum for each hour, so that whoever
//! guesses cannot fill the chain.

use crate::kernel::Instant;
use serde::{Deserialize, Serialize};

/// Seconds of an hour.
const HOUR: i64 = 60 * 60;

/// What failed at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No such account, or a wrong password.
    SignIn,
    /// A wrong code beside the right password.
    SecondFactor,
    /// An attempt that came too soon after others.
    TooSoon,
    /// A link that is used up, too old or none.
    Link,
    /// A token that has ended or is none.
    Token,
    /// A page of another site that tried to change something.
    CrossSite,
}

impl Failure {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::SignIn, Self::SecondFactor, Self::TooSoon, Self::Link, Self::Token, Self::CrossSite];

    /// As it stands in the chain and in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SecondFactor => "second_factor",
            Self::TooSoon => "too_soon",
            Self::Link => "link",
            Self::Token => "token",
            Self::CrossSite => "cross_site",
        }
    }
}

/// The beginning of the hour in which `at` lies.
#[must_use]
pub fn hour_of(at: Instant) -> Instant {
    let second = at.as_second();
    Instant::from_second(second - second.rem_euclid(HOUR)).unwrap_or(Instant::MIN)
}

#[cfg(test)]
mod tests {
    use super::{Failure, hour_of};
    use crate::kernel::Instant;

    #[test]
    fn an_hour_begins_with_its_first_microsecond() {
        let check = |at: &str, hour: &str| {
            assert_eq!(hour_of(at.parse().unwrap()), hour.parse::<Instant>().unwrap(), "{at}");
        };
        check("2026-03-10T01:00:00Z", "2026-03-10T01:00:00Z");
        check("2026-03-10T01:59:59.999999Z", "2026-03-10T01:00:00Z");
        check("1969-12-31T23:30:00Z", "1969-12-31T23:00:00Z");
    }

    #[test]
    fn names_are_those_of_the_wire() {
        for failure in Failure::ALL {
            assert_eq!(serde_json::to_value(failure).unwrap(), failure.name());
        }
    }
}
