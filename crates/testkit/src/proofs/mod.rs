//! How much the short proofs do, all in one place, and what several of them check at their end.
//!
//! `docs/reference/proofs.md` says which test proves which promise.

mod replay;

pub use replay::{Step, Steps, is_whole};

/// The measure of a proof: what is counted, and how many there must be.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    pub counted: &'static str,
    pub least: usize,
}

/// Equal requests at once under one key.
pub const RETRIES: Bar = Bar { counted: "equal requests at once", least: 50 };
/// Random commands on one cycle, from `TASKS` at once; what was carried out is replayed.
pub const HISTORY: Bar = Bar { counted: "random commands", least: 300 };
/// Tasks that command at once.
pub const TASKS: usize = 32;
/// Ends by `kill -9` on each database.
pub const KILLS: Bar = Bar { counted: "ends by kill -9", least: 2 };
/// Commands that the client has seen carried out before each of them.
pub const JOURNAL: Bar = Bar { counted: "commands in the client's journal", least: 60 };
/// Clients that hang up in the middle, each at a point of its own.
pub const CUTS: Bar = Bar { counted: "clients cut off", least: 150 };
/// Points around the end of a window: before, at, and after it, for each command that the end bounds.
pub const DEADLINES: Bar = Bar { counted: "points around an end", least: 15 };
/// Ways of tampering, several of a kind.
pub const ATTEMPTS: Bar = Bar { counted: "ways of tampering named", least: 20 };
/// Kinds of tampering: field, deletion, swap, insertion, truncation, tail, time, row beside the chain,
/// detail, file.
pub const TAMPERINGS: Bar = Bar { counted: "kinds of tampering named", least: 10 };

impl Bar {
    /// Says how many there were; too few fail.
    #[track_caller]
    pub fn reached(self, done: usize) {
        println!("{}: {done} of {}", self.counted, self.least);
        assert!(done >= self.least, "{}: {done}, below {}", self.counted, self.least);
    }
}
