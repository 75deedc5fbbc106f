//! What a cycle goes through: what leaves organisations, what it has come to, and how it is rehearsed.

mod gates;
mod leaving;
mod progress;
mod rehearsal;
