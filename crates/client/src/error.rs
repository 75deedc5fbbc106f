//! What can go wrong with a call: the server's own words, or none.

use ronghe_contract::Problem;
use ronghe_contract::problem::FieldDetail;
use ronghe_domain::export;
use thiserror::Error as Derive;

/// Why a call gave nothing back.
#[derive(Debug, Derive)]
pub enum Error {
    /// The server answered with a problem, in the caller's language.
    #[error("{}", .0.detail)]
    Problem(Box<Problem>),
    /// Something between here and the server answered, not the API.
    #[error("status {0} without a problem that can be read")]
    Status(u16),
    /// No answer came.
    #[error("the server cannot be reached")]
    Network(#[source] reqwest::Error),
    /// The connection broke while a file was on its way.
    #[error("the connection broke")]
    CutOff,
    /// The answer is not what this version of the client knows.
    #[error("the answer cannot be read")]
    Decode(#[source] serde_json::Error),
    /// The server's address is none, or a name cannot stand in an address.
    #[error("`{0}` cannot stand in an address")]
    Address(String),
}

impl Error {
    /// What an answer with this status says that is no success.
    pub(crate) fn of(status: u16, body: &[u8]) -> Self {
        serde_json::from_slice::<Problem>(body)
            .map_or(Self::Status(status), |problem| Self::Problem(Box::new(problem)))
    }

    /// The server's problem, where it gave one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Status(_) | Self::Network(_) | Self::CutOff | Self::Decode(_) | Self::Address(_) => None,
        }
    }

    /// The answer's status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::Status(status) => Some(*status),
            Self::Network(_) | Self::CutOff | Self::Decode(_) | Self::Address(_) => None,
        }
    }

    /// The kind of problem without its path, such as `sign-in`; empty where the server gave none.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.problem().map_or("", |problem| problem.kind.rsplit('/').next().unwrap_or_default())
    }

    /// Nobody is signed in, or no longer.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        self.kind() == "unauthenticated"
    }

    /// Unknown, or not for this person's eyes.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.status() == Some(404)
    }

    /// Someone else changed the record; `Problem::current` holds its version.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.status() == Some(412)
    }

    /// The same call may work in a moment: no answer came, or the server says so.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Network(_) | Self::CutOff) || matches!(self.status(), Some(429 | 502..=504))
    }

    /// The list is too long to be written at once: it is asked for in the background.
    #[must_use]
    pub fn is_long_list(&self) -> bool {
        let refusal = self.problem().and_then(|problem| problem.refusal.clone());
        refusal.is_some_and(|it| matches!(serde_json::from_value(it), Ok(export::Refusal::Long { .. })))
    }

    /// Fields that do not hold.
    #[must_use]
    pub fn fields(&self) -> &[FieldDetail] {
        self.problem().map_or(&[], |problem| &problem.fields)
    }
}
