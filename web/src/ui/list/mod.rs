//! What lists have in common: names to choose from, rows to tick, rows to put in order, keys.

mod hits;
mod keys;
mod order;
mod pick;

pub use hits::Hits;
pub use keys::{KeyBoard, KeyLine, Keys};
pub use order::{Mover, Place};
pub use pick::{PickBar, Picks};
