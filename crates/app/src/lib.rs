//! Use cases: one async function is one transaction that loads, decides, saves and audits.
//!
//! Nothing here knows that HTTP exists.

pub mod account;
pub mod application;
pub mod audit;
pub mod caller;
pub mod cycle;
pub mod error;
pub mod export;
pub mod files;
pub mod key;
pub mod meeting;
pub mod message;
pub mod need;
pub mod need_list;
pub mod once;
pub mod org;
pub mod policy;
pub mod profile;
pub mod progress;
pub mod query;
pub mod question;
pub mod register;
pub mod room;
pub mod session;
pub mod sign_off;
pub mod suggestion;
pub mod task;
pub mod token;
pub mod unit;
pub mod view;

mod audited;
mod crypto;

use ronghe_domain::export::DIRECT_MOST;
use ronghe_domain::kernel::Role;
use ronghe_store::Db;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{RwLock, Semaphore};

pub use caller::{Caller, Command};
pub use crypto::Sealer;
pub use error::{Error, Refusal, Refused};
pub use register::Register;
pub use unit::{Clock, Tx};

/// What an operator sets.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Made by `demo`: accounts can be entered with one click, on loopback only.
    pub demo: bool,
    /// The accounts that can be so entered: the role that each stands for, and its sign-in name.
    pub door: Vec<(Role, String)>,
    /// Where people reach the server, such as `https://ronghe.example`, where the operator says so.
    pub public_url: Option<String>,
    /// The program that reads files apart; within this process where there is none.
    pub reader: Option<PathBuf>,
    /// Where mail goes.
    pub mail: message::Mail,
    /// Folder in which the content of files lies.
    pub files: PathBuf,
    /// The operator's virus scanner: it is given a file's path and ends with 0 where the file is clean.
    pub scanner: Option<PathBuf>,
    /// Key of 32 bytes that encrypts seeds of second factors; kept outside the database.
    pub key: [u8; 32],
    /// How often one may ask.
    pub pace: Pace,
    /// How long a list a request writes itself.
    pub at_once: AtOnce,
    /// How much must be free on the disks.
    pub room: room::Room,
}

/// How often one may ask; 0 lifts a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Requests of one session, token or address in a minute; a school is one address.
    pub requests: u32,
    /// Requests of one session or token in a minute that change something.
    pub writes: u32,
    /// Lists that one session or token takes out whole in an hour.
    pub exports: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { requests: 600, writes: 120, exports: 10 }
    }
}

/// Rows of a list that a request writes itself; of more it is a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtOnce(pub u64);

impl Default for AtOnce {
    fn default() -> Self {
        Self(DIRECT_MOST)
    }
}

/// The application: a database, a clock, settings, and what is kept in memory.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    clock: Clock,
    settings: Settings,
    register: RwLock<Option<register::Kept>>,
    failures: audit::Failures,
    seen: session::Seen,
    sketches: need::Sketches,
    lists: need_list::Kept,
    compared: suggestion::Compared,
    /// One check of the chain at a time: it reads everything.
    verifying: tokio::sync::Mutex<()>,
    checking: audit::Job,
    /// One turn for each core: hashing a password takes 19 MiB and a core.
    hashing: Semaphore,
}

impl App {
    /// An application on `db`.
    #[must_use]
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let (register, hashing) = (RwLock::new(None), Semaphore::new(cores));
        Self {
            inner: Arc::new(Inner {
                db,
                clock,
                settings,
                register,
                failures: audit::Failures::default(),
                seen: session::Seen::default(),
                sketches: need::Sketches::default(),
                lists: need_list::Kept::default(),
                compared: suggestion::Compared::default(),
                verifying: tokio::sync::Mutex::new(()),
                checking: audit::Job::default(),
                hashing,
            }),
        }
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// What of needs is kept to find others like them.
    pub(crate) fn sketches(&self) -> &need::Sketches {
        &self.inner.sketches
    }

    /// What the operator set.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }
}
