//! What a cycle goes through: what it has come to, and how it is rehearsed.

mod progress;
mod rehearsal;
