//! The opening of the seals, once the window of 高校申报 has closed: an event of its own, which gives the numbers.

use crate::kernel::{ApplicationId, CycleId, Instant};

/// That the seals of a cycle were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub cycle: CycleId,
    pub at: Instant,
    /// How many applications lay sealed.
    pub count: u32,
}

/// The numbers of what is opened: in the order of a keyed hash of each, so that they say nothing of who came first.
#[must_use]
pub fn numbered(mut hashes: Vec<(ApplicationId, String)>) -> Vec<(ApplicationId, u32)> {
    hashes.sort_by(|(one, first), (other, second)| (first, one).cmp(&(second, other)));
    hashes.into_iter().zip(1..).map(|((id, _), seq)| (id, seq)).collect()
}
