//! Why a use case was not carried out.

use ronghe_documents::DocumentError;
use ronghe_domain::account::{self, Scope};
use ronghe_domain::application;
use ronghe_domain::audit::{Action, Subject};
use ronghe_domain::cycle;
use ronghe_domain::export;
use ronghe_domain::kernel::{FieldError, FieldProblem, RefusalKind, Version};
use ronghe_domain::meeting;
use ronghe_domain::message::{mail, office};
use ronghe_domain::need;
use ronghe_domain::need_list;
use ronghe_domain::org;
use ronghe_domain::policy;
use ronghe_domain::profile;
use ronghe_domain::question;
use ronghe_domain::sign_off;
use ronghe_domain::suggestion;
use ronghe_domain::view;
use ronghe_store::{Constraint, Error as StoreError};

/// Why a use case was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    Unauthenticated,
    /// No such account, or not its password; one answer for both.
    #[error("account or password wrong")]
    SignIn,
    /// The second factor is asked for, or its code was wrong.
    #[error("second factor needed")]
    SecondFactor {
        /// A code was given and did not hold.
        wrong: bool,
    },
    /// The person must prove who they are once more.
    #[error("fresh proof needed")]
    Proof,
    /// A second factor must be set up before anything else.
    #[error("second factor must be set up")]
    Enrol,
    /// The token does not reach so far.
    #[error("token lacks scope {}", .0.name())]
    Scope(Scope),
    /// Unknown, or not for this person: one answer for both.
    #[error("hidden")]
    Hidden,
    /// A rule says no.
    #[error("refused")]
    Refused(Box<Refused>),
    /// Fields do not hold.
    #[error("{} fields do not hold", .0.len())]
    Invalid(Vec<FieldError>),
    /// A file cannot be read.
    #[error("file cannot be read")]
    Document(#[source] DocumentError),
    /// Someone else changed it in between.
    #[error("stale")]
    Stale {
        /// The version that it has now, where it is known.
        current: Option<Version>,
    },
    /// Another row stands in the way.
    #[error("conflict {0:?}")]
    Conflict(Constraint),
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next one.
        seconds: u64,
    },
    /// This command was carried out already, in another request with the same key.
    #[error("repeated")]
    Repeated,
    /// A disk of the server is nearly full.
    #[error("a disk is nearly full")]
    Full,
    /// Lost races, five times; or the database is away, or takes too long.
    #[error("unavailable")]
    Unavailable(#[source] StoreError),
    /// Something of ours.
    #[error("internal")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A refusal with what was attempted, for the audit chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub refusal: Refusal,
    /// What was attempted on which record.
    pub attempt: Option<Attempt>,
}

/// What was attempted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub action: Action,
    pub subject: Subject,
    pub record: String,
    pub name: String,
    pub version: i64,
}

/// A refusal of any feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Policy(policy::Refusal),
    Account(account::Refusal),
    AccountRequest(account::request::Refusal),
    Org(org::Refusal),
    Cycle(cycle::Refusal),
    Need(need::Refusal),
    NeedList(need_list::Refusal),
    Question(question::Refusal),
    Meeting(meeting::Refusal),
    Application(application::Refusal),
    Mail(mail::Refusal),
    SignOff(sign_off::Refusal),
    Keeping(office::Refusal),
    View(view::Refusal),
    Export(export::Refusal),
    Profile(profile::Refusal),
    Suggestion(suggestion::Refusal),
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::Policy(refusal) => refusal.kind(),
            Self::Account(refusal) => refusal.kind(),
            Self::AccountRequest(refusal) => refusal.kind(),
            Self::Org(refusal) => refusal.kind(),
            Self::Cycle(refusal) => refusal.kind(),
            Self::Need(refusal) => refusal.kind(),
            Self::NeedList(refusal) => refusal.kind(),
            Self::Question(refusal) => refusal.kind(),
            Self::Meeting(refusal) => refusal.kind(),
            Self::Application(refusal) => refusal.kind(),
            Self::Mail(refusal) => refusal.kind(),
            Self::SignOff(refusal) => refusal.kind(),
            Self::Keeping(refusal) => refusal.kind(),
            Self::View(refusal) => refusal.kind(),
            Self::Export(refusal) => refusal.kind(),
            Self::Profile(refusal) => refusal.kind(),
            Self::Suggestion(refusal) => refusal.kind(),
        }
    }
}

impl From<policy::Refusal> for Refusal {
    fn from(refusal: policy::Refusal) -> Self {
        Self::Policy(refusal)
    }
}

impl From<account::Refusal> for Refusal {
    fn from(refusal: account::Refusal) -> Self {
        Self::Account(refusal)
    }
}

impl From<account::request::Refusal> for Refusal {
    fn from(refusal: account::request::Refusal) -> Self {
        Self::AccountRequest(refusal)
    }
}

impl From<org::Refusal> for Refusal {
    fn from(refusal: org::Refusal) -> Self {
        Self::Org(refusal)
    }
}

impl From<cycle::Refusal> for Refusal {
    fn from(refusal: cycle::Refusal) -> Self {
        Self::Cycle(refusal)
    }
}

impl From<question::Refusal> for Refusal {
    fn from(refusal: question::Refusal) -> Self {
        Self::Question(refusal)
    }
}

impl From<meeting::Refusal> for Refusal {
    fn from(refusal: meeting::Refusal) -> Self {
        Self::Meeting(refusal)
    }
}

impl From<application::Refusal> for Refusal {
    fn from(refusal: application::Refusal) -> Self {
        Self::Application(refusal)
    }
}

impl From<need::Refusal> for Refusal {
    fn from(refusal: need::Refusal) -> Self {
        Self::Need(refusal)
    }
}

impl From<need_list::Refusal> for Refusal {
    fn from(refusal: need_list::Refusal) -> Self {
        Self::NeedList(refusal)
    }
}

impl From<mail::Refusal> for Refusal {
    fn from(refusal: mail::Refusal) -> Self {
        Self::Mail(refusal)
    }
}

impl From<profile::Refusal> for Refusal {
    fn from(refusal: profile::Refusal) -> Self {
        Self::Profile(refusal)
    }
}

impl From<suggestion::Refusal> for Refusal {
    fn from(refusal: suggestion::Refusal) -> Self {
        Self::Suggestion(refusal)
    }
}

impl From<sign_off::Refusal> for Refusal {
    fn from(refusal: sign_off::Refusal) -> Self {
        Self::SignOff(refusal)
    }
}

impl From<office::Refusal> for Refusal {
    fn from(refusal: office::Refusal) -> Self {
        Self::Keeping(refusal)
    }
}

impl From<view::Refusal> for Refusal {
    fn from(refusal: view::Refusal) -> Self {
        Self::View(refusal)
    }
}

impl From<export::Refusal> for Refusal {
    fn from(refusal: export::Refusal) -> Self {
        Self::Export(refusal)
    }
}

impl Error {
    /// A refusal that is not about a record that exists.
    pub fn refused(refusal: impl Into<Refusal>) -> Self {
        Self::Refused(Box::new(Refused { refusal: refusal.into(), attempt: None }))
    }

    /// One field that does not hold.
    pub fn field(path: &str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError::new(path, problem)])
    }

    /// Anything of ours that failed.
    pub fn internal(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(source))
    }

    /// What the file system says where something is written.
    #[must_use]
    pub fn io(source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::internal(source),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::Hidden,
            StoreError::Stale => Self::Stale { current: None },
            StoreError::Conflict(constraint) => Self::Conflict(constraint),
            StoreError::Retry(_)
            | StoreError::Late
            | StoreError::Overrun
            | StoreError::Away(_)
            | StoreError::Slow(_) => Self::Unavailable(error),
            StoreError::Full(_) => Self::Full,
            StoreError::Corrupt { .. } | StoreError::Outdated { .. } | StoreError::Backend(_) => {
                Self::Internal(Box::new(error))
            }
        }
    }
}

impl From<DocumentError> for Error {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
