//! Ends of windows, to the millisecond.

mod applied;
mod needs;

use jiff::SignedDuration;

/// Before the stored end, at it, and after it; only before it counts.
const AROUND: [(SignedDuration, bool); 3] = [
    (SignedDuration::from_millis(-1), true),
    (SignedDuration::ZERO, false),
    (SignedDuration::from_millis(1), false),
];
