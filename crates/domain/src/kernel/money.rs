//! Money: an integer count of fen, never a float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in fen 分, a hundredth of a yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that any amount may be: a thousand million yuan.
    pub const MOST: Self = Self(100_000_000_000);

    /// So many whole yuan.
    #[must_use]
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// Reads an amount in yuan as people type it: `12500`, `12,500.00`, `12500.5元`, full-width figures too.
    /// `None` where it is no amount, has more than two decimals, is negative or beyond [`Fen::MOST`].
    #[must_use]
    pub fn from_yuan(text: &str) -> Option<Self> {
        let plain: String = text.trim().trim_end_matches('元').chars().filter_map(half_width).collect();
        let (yuan, cents) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_figures = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if yuan.is_empty() || cents.len() > 2 || !is_figures(yuan) || !is_figures(cents) {
            return None;
        }
        let cents: i64 = format!("{cents:0<2}").parse().ok()?;
        let fen = yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
        (fen <= Self::MOST.0).then_some(Self(fen))
    }
}

/// The half-width form of a figure or point; separators of thousands and gaps are left out.
fn half_width(c: char) -> Option<char> {
    match c {
        ',' | '，' | ' ' | '\u{3000}' | '\u{a0}' => None,
        '．' => Some('.'),
        '０'..='９' => {
            u32::from(c).checked_sub(u32::from('０')).and_then(|figure| char::from_digit(figure, 10))
        }
        c => Some(c),
    }
}

/// `12,500.00`, in yuan, without the unit.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yuan, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let figures = yuan.to_string();
        let mut grouped = String::new();
        for (at, figure) in figures.chars().enumerate() {
            if at > 0 && (figures.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(figure);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{grouped}.{cents:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Fen;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        let check =
            |text: &str, fen: Option<i64>| assert_eq!(Fen::from_yuan(text).map(|it| it.0), fen, "{text}");
        check("12500", Some(1_250_000));
        check(" 12,500.00 元", Some(1_250_000));
        check("１２，５００．５", Some(1_250_050));
        check("0.05", Some(5));
        check("1000000000", Some(100_000_000_000));
        check("1000000000.01", None);
        for wrong in ["", "元", ".5", "-3", "1.234", "十万", "1.2.3", "1e5", "99999999999999999999"] {
            check(wrong, None);
        }
    }

    #[test]
    fn shows_thousands_and_two_decimals() {
        let check = |fen: i64, text: &str| assert_eq!(Fen(fen).to_string(), text);
        check(1_250_000, "12,500.00");
        check(5, "0.05");
        check(-123_456_789, "-1,234,567.89");
        check(100, "1.00");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(fen in 0..=Fen::MOST.0) {
            prop_assert_eq!(Fen::from_yuan(&Fen(fen).to_string()), Some(Fen(fen)));
        }
    }
}
