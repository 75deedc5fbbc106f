//! Who calls, by which door, and under which key.

use ronghe_domain::account::Scope;
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{Actor, Instant, SessionId};
use ronghe_store::idempotency::Answer;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::Error;

/// Who calls a use case.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub via: Via,
    /// The request's id.
    pub request: String,
    /// The address that it came from.
    pub address: String,
    /// The session, where a browser calls.
    pub session: Option<SessionId>,
    /// What the token may do; `None` for a session, which may do all that its person may.
    pub scopes: Option<Vec<Scope>>,
    /// When the person last proved who they are.
    pub proved: Option<Instant>,
    /// Must set up a second factor before anything else.
    pub enrolling: bool,
    /// The key against doing it twice that the request carries.
    pub key: Option<String>,
    /// Nothing was kept under that key when it was found who calls.
    pub is_new: bool,
    /// Set where a command is carried out under a key.
    pub command: Option<Command>,
}

/// Renders the result of a use case, so that its answer is kept in the same transaction.
pub type Render = Arc<dyn Fn(&(dyn Any + Send)) -> Option<Answer> + Send + Sync>;

/// A command that must not be carried out twice.
#[derive(Clone)]
pub struct Command {
    pub key: String,
    pub render: Render,
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Caller {
    /// Someone without an account.
    #[must_use]
    pub fn visitor(request: &str, address: &str) -> Self {
        Self {
            actor: Actor::Visitor,
            via: Via::Web,
            request: request.to_owned(),
            address: address.to_owned(),
            session: None,
            scopes: None,
            proved: None,
            enrolling: false,
            key: None,
            is_new: false,
            command: None,
        }
    }

    /// The system's own job, or the server's console.
    #[must_use]
    pub fn system(via: Via, request: &str) -> Self {
        Self { actor: Actor::System, via, ..Self::visitor(request, "") }
    }

    /// `actor` at the server's own console or in a demonstration being made.
    #[must_use]
    pub fn at_console(actor: Actor, request: &str) -> Self {
        Self { actor, via: Via::Console, ..Self::visitor(request, "") }
    }

    /// The same with a command's key.
    #[must_use]
    pub fn with_command(mut self, command: Option<Command>) -> Self {
        self.command = command;
        self
    }

    /// Whether the person themself calls, in a browser: a token neither makes nor ends what guards its owner.
    ///
    /// # Errors
    /// `Proof` for a token; `Enrol` before a second factor is set up.
    pub fn in_person(&self) -> Result<(), Error> {
        self.no_token()?;
        if self.enrolling { Err(Error::Enrol) } else { Ok(()) }
    }

    /// The same, open to who must set up a second factor.
    ///
    /// # Errors
    /// `Proof` for a token.
    pub fn no_token(&self) -> Result<(), Error> {
        if self.via == Via::Token { Err(Error::Proof) } else { Ok(()) }
    }

    /// Whether a token, if it is one, may do more than read.
    ///
    /// # Errors
    /// `Proof` where it only reads; `Enrol` before a second factor is set up.
    pub fn more_than_reads(&self) -> Result<(), Error> {
        match &self.scopes {
            Some(scopes) if scopes.iter().all(|scope| *scope == Scope::Read) => Err(Error::Proof),
            _ if self.enrolling => Err(Error::Enrol),
            _ => Ok(()),
        }
    }

    /// Whether the token, if it is one, reaches `scope`.
    ///
    /// # Errors
    /// `Scope` where it does not.
    pub fn needs(&self, scope: Scope) -> Result<(), Error> {
        match &self.scopes {
            Some(scopes) if !scopes.contains(&scope) => Err(Error::Scope(scope)),
            _ => Ok(()),
        }
    }
}
