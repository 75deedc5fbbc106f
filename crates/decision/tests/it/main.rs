//! Algorithms against what a reader would do by hand, on texts that a die has made.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod affinity;
mod changes;
mod likeness;
