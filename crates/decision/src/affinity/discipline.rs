//! Disciplines by their codes in GB/T 13745 学科分类与代码.

use std::fmt;
use std::str::FromStr;

/// A discipline: three figures of the first level 一级学科, then two each of the second and the third.
/// Written `880`, `880.27` or `880.2710`; the point may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Discipline {
    first: u16,
    second: Option<u8>,
    third: Option<u8>,
}

/// A text is no code of a discipline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code of GB/T 13745, such as 880.27")]
pub struct NoDiscipline;

/// How far two disciplines go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Of one first level 一级学科.
    First,
    /// Of one second level 二级学科, too.
    Second,
}

impl Discipline {
    /// The level that both are of; none where already their first levels differ.
    #[must_use]
    pub fn common(self, other: Self) -> Option<Level> {
        if self.first != other.first {
            return None;
        }
        let is_deeper = self.second.is_some() && self.second == other.second;
        Some(if is_deeper { Level::Second } else { Level::First })
    }
}

impl FromStr for Discipline {
    type Err = NoDiscipline;

    fn from_str(text: &str) -> Result<Self, NoDiscipline> {
        let text = text.trim();
        let (head, tail) = text.split_at_checked(3).ok_or(NoDiscipline)?;
        let tail = tail.strip_prefix('.').filter(|tail| !tail.is_empty()).unwrap_or(tail);
        let are_figures = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if !are_figures(head) || !are_figures(tail) || !matches!(tail.len(), 0 | 2 | 4) {
            return Err(NoDiscipline);
        }
        let level = |part: Option<&str>| part.map(|part| part.parse().map_err(|_| NoDiscipline)).transpose();
        Ok(Self {
            first: head.parse().map_err(|_| NoDiscipline)?,
            second: level(tail.get(..2))?,
            third: level(tail.get(2..4))?,
        })
    }
}

impl fmt::Display for Discipline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.first)?;
        self.second.map_or(Ok(()), |second| write!(f, ".{second:02}"))?;
        self.third.map_or(Ok(()), |third| write!(f, "{third:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Discipline, Level};

    #[test]
    fn codes_are_read_and_written() {
        let check = |text: &str, expected: Option<&str>| {
            let read = text.parse::<Discipline>().ok().map(|it| it.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("880", Some("880"));
        check(" 880.27 ", Some("880.27"));
        check("88027", Some("880.27"));
        check("880.2710", Some("880.2710"));
        check("8802710", Some("880.2710"));
        for wrong in ["", "88", "880.", "880.2", "880.271", "880.27101", "88a", "教育学", "880.-1"] {
            check(wrong, None);
        }
    }

    #[test]
    fn the_second_level_is_nearer_than_the_first() {
        let check = |one: &str, other: &str, expected: Option<Level>| {
            let (one, other): (Discipline, Discipline) = (one.parse().unwrap(), other.parse().unwrap());
            assert_eq!((one.common(other), other.common(one)), (expected, expected));
        };
        check("880.27", "880.2710", Some(Level::Second));
        check("880.27", "880.31", Some(Level::First));
        check("880", "880.31", Some(Level::First));
        // Neither names a second level, so they share none.
        check("880", "880", Some(Level::First));
        check("880.27", "520.27", None);
    }
}
