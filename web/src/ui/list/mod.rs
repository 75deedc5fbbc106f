//! What lists have in common: names to choose from, and rows to tick.

mod hits;
mod pick;

pub use hits::Hits;
pub use pick::{PickBar, Picks};
