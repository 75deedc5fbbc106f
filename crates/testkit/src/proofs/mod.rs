//! How much the short proofs do, all in one place, and what several of them check at their end.
//!
//! `docs/reference/proofs.md` says which test proves which promise.

mod dice;
mod replay;

pub use dice::Dice;
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
/// People who forward, and then merge, compose, agree and publish at once.
pub const CROWD: Bar = Bar { counted: "people at once at one list", least: 50 };
/// Points at which a command waits or has sent a statement, where it is let go, while others run.
pub const AWAITS: Bar = Bar { counted: "points at which a command was cut", least: 18 };
/// Points around the end of a window: before, at, and after it, for each command that the end bounds.
pub const DEADLINES: Bar = Bar { counted: "points around an end", least: 15 };
/// The same for the end of 高校申报, which what is sealed is bound by without an event.
pub const SEALED_ENDS: Bar = Bar { counted: "points around the end of applying", least: 11 };
/// Ways of tampering, several of a kind.
pub const ATTEMPTS: Bar = Bar { counted: "ways of tampering named", least: 20 };
/// Kinds of tampering: field, deletion, swap, insertion, truncation, tail, time, row beside the chain,
/// detail, file.
pub const TAMPERINGS: Bar = Bar { counted: "kinds of tampering named", least: 10 };

/// Answers of the binary whose headers are looked at: every route, in success and in failure.
pub const HEADERS: Bar = Bar { counted: "answers with the headers of trust", least: 600 };
/// Requests to each operation of the API, generated from its schema and spoilt, by each role and a visitor.
pub const EXAMPLES: Bar = Bar { counted: "requests to an operation", least: 40 };
/// Operations of the API that such a request once succeeds with.
pub const SUCCEEDED: Bar = Bar { counted: "operations that succeeded once", least: 40 };
/// Pairs of an unknown name and of one that somebody does not see.
pub const TWINS: Bar = Bar { counted: "pairs of unknown and invisible", least: 240 };
/// Secrets in which two worlds differ, and nobody but those entitled can tell.
pub const SECRETS: Bar = Bar { counted: "secrets that two worlds differ in", least: 22 };
/// Answers compared between such worlds.
pub const COMPARED: Bar = Bar { counted: "answers compared between worlds", least: 2000 };
/// Worlds of chance in which universities have applied, each beside one in which they have not, on each database.
pub const WORLDS: Bar = Bar { counted: "worlds of chance", least: 2 };
/// Answers compared between them.
pub const APPLIED_READS: Bar = Bar { counted: "answers compared between worlds of chance", least: 1500 };
/// Commands that were tried in both.
pub const COMMANDS_TRIED: Bar = Bar { counted: "commands tried in two worlds of chance", least: 800 };
/// Mails that left both.
pub const MAILS: Bar = Bar { counted: "mails compared between worlds of chance", least: 10 };
/// Pages of the portal of both.
pub const PAGES: Bar = Bar { counted: "pages compared between worlds of chance", least: 400 };
/// Unique words put through every flow and searched for where they must not be.
pub const CANARIES: Bar = Bar { counted: "canaries", least: 24 };
/// Guesses of one password.
pub const GUESSES: Bar = Bar { counted: "guesses", least: 10_000 };
/// Hostile files over HTTP.
pub const HOSTILE: Bar = Bar { counted: "hostile files refused by name", least: 80 };
/// Spoilt documents, tables and texts, of each.
pub const READ: Bar = Bar { counted: "spoilt documents of each kind", least: 100 };
/// Spoilt drafts and filters, of each.
pub const SPOILT: Bar = Bar { counted: "spoilt drafts and filters", least: 300 };

impl Bar {
    /// Says how many there were; too few fail.
    #[track_caller]
    pub fn reached(self, done: usize) {
        println!("{}: {done} of {}", self.counted, self.least);
        assert!(done >= self.least, "{}: {done}, below {}", self.counted, self.least);
    }
}
