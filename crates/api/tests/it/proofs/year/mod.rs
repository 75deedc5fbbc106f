//! What a cycle goes through: what it has come to, and how it is rehearsed.

mod applied;
mod gates;
mod progress;
mod rehearsal;
