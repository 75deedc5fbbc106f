//! Numbers of needs on a list, and of the list's versions.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of a need on the list of its cycle: `2026-001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListNumber {
    /// What the cycle is called.
    pub cycle: String,
    pub seq: u32,
}

impl ListNumber {
    /// The number `seq` on the list of `cycle`.
    #[must_use]
    pub fn new(cycle: impl Into<String>, seq: u32) -> Self {
        Self { cycle: cycle.into(), seq }
    }

    /// Reads `2026-001`; missing zeros make no difference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (cycle, seq) = text.trim().rsplit_once('-')?;
        let is_figures = !seq.is_empty() && seq.chars().all(|c| c.is_ascii_digit());
        let seq = seq.parse().ok().filter(|seq| is_figures && *seq > 0)?;
        let begins = cycle.starts_with(|c: char| c.is_ascii_digit());
        let is_name = begins && cycle.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        is_name.then(|| Self::new(cycle.to_ascii_uppercase(), seq))
    }
}

impl fmt::Display for ListNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.cycle, self.seq)
    }
}

/// Which version of a list, in addresses: `v2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edition(pub u32);

impl Edition {
    /// Reads `v2`, or `2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let figures = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let is_figures = !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit());
        figures.parse().ok().filter(|no| is_figures && *no > 0).map(Self)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}
