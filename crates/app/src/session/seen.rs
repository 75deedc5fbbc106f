//! When sessions and tokens were last used: kept in memory and written once a minute, so that reading never
//! waits for whoever writes. A crash forgets that minute at most.

use crate::{App, Error};
use ronghe_domain::kernel::{AccountId, Instant, SessionId, TokenId};
use ronghe_store as store;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Uses that are not yet written.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    sessions: Mutex<HashMap<SessionId, (AccountId, Instant)>>,
    tokens: Mutex<HashMap<TokenId, Instant>>,
}

impl Seen {
    /// Notes that a session of `account` was used.
    pub(crate) fn session(&self, id: SessionId, account: AccountId, at: Instant) {
        note(&self.sessions, id, (account, at));
    }

    /// Notes that a token was used.
    pub(crate) fn token(&self, id: TokenId, at: Instant) {
        note(&self.tokens, id, at);
    }

    /// When a session was last used, of which `written` stands in the database.
    pub(crate) fn last(&self, id: SessionId, written: Instant) -> Instant {
        let seen = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&id).map_or(written, |(_, at)| written.max(*at))
    }

    /// When a token was last used, likewise.
    pub(crate) fn last_of_token(&self, id: TokenId, written: Option<Instant>) -> Option<Instant> {
        let seen = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        written.max(seen.get(&id).copied())
    }
}

fn note<K: Eq + Hash, V>(seen: &Mutex<HashMap<K, V>>, id: K, at: V) {
    seen.lock().unwrap_or_else(PoisonError::into_inner).insert(id, at);
}

fn take<K, V>(seen: &Mutex<HashMap<K, V>>) -> HashMap<K, V> {
    std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Writes what was noted, all in one transaction.
///
/// # Errors
/// Where the database does not answer; what was noted is noted again with the next use.
pub async fn write_seen(app: &App) -> Result<(), Error> {
    let (sessions, tokens) = (take(&app.inner.seen.sessions), take(&app.inner.seen.tokens));
    if sessions.is_empty() && tokens.is_empty() {
        return Ok(());
    }
    let transaction = app.db().begin().await?;
    for (id, (account, at)) in sessions {
        store::session::touch(&transaction, id, at).await?;
        store::account::seen(&transaction, account, at).await?;
    }
    for (id, at) in tokens {
        store::token::touch(&transaction, id, at).await?;
    }
    Ok(transaction.commit().await?)
}
