//! Personal access tokens, for the command line and scripts.

use crate::crypto::{code, digest};
use crate::session::{is_a_minute_ago, must_enrol, own};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use jiff::SignedDuration;
use ronghe_domain::account::{Scope, State, token};
use ronghe_domain::audit::failure::Failure;
use ronghe_domain::audit::{self, Via};
use ronghe_domain::kernel::TokenId;
use ronghe_store as store;

pub use ronghe_store::token::Token;

/// What every token begins with, so that one that strayed is recognised.
const PREFIX: &str = "rht_";

/// The caller's living tokens, newest first.
///
/// # Errors
/// Where nobody is signed in.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Token>, Error> {
    let account = own(app, caller).await?;
    let now = app.now();
    let mut tokens = store::token::list(app.db().reader(), account.id).await?;
    tokens.retain(|token| now < token.expires);
    for token in &mut tokens {
        token.last_used = app.inner.seen.last_of_token(token.id, token.last_used);
    }
    Ok(tokens)
}

/// Makes a token and gives its secret back, which is kept nowhere. A token makes no other.
///
/// # Errors
/// Where the proof of identity is not fresh, or fields do not hold.
pub async fn make(
    app: &App,
    caller: &Caller,
    name: &str,
    scopes: &[Scope],
    days: Option<u16>,
) -> Result<(Token, String), Error> {
    let account = own(app, caller).await?;
    caller.in_person()?;
    app.fresh(caller)?;
    let new = token::check(name, scopes, days).map_err(Error::Invalid)?;
    let secret = format!("{PREFIX}{}", code()?);
    app.write(caller, |tx: Tx| {
        let (account, new, secret) = (account.clone(), new.clone(), secret.clone());
        async move {
            let token = Token {
                id: TokenId(tx.new_id()),
                account: account.id,
                name: new.name,
                scopes: new.scopes,
                made: tx.now(),
                expires: tx.now() + SignedDuration::from_hours(24 * i64::from(new.days)),
                last_used: None,
            };
            store::token::insert(tx.db(), &token, &digest(&secret)).await?;
            tx.noted(audit::Action::MakeToken, &account, None);
            Ok((token, secret))
        }
    })
    .await
}

/// Ends one of the caller's tokens.
///
/// # Errors
/// `Hidden` where it is not one of them.
pub async fn end(app: &App, caller: &Caller, id: TokenId) -> Result<(), Error> {
    caller.more_than_reads()?;
    let account = own(app, caller).await?;
    app.write(caller, |tx: Tx| {
        let account = account.clone();
        async move {
            store::token::end(tx.db(), account.id, id, tx.now()).await?;
            tx.noted(audit::Action::EndToken, &account, None);
            Ok(())
        }
    })
    .await
}

/// Who calls by this token.
///
/// # Errors
/// `Unauthenticated` where it does not hold, or no longer.
pub async fn authenticate(app: &App, visitor: &Caller, secret: &str) -> Result<Caller, Error> {
    whose(app, visitor, secret).await.inspect_err(|error| {
        if matches!(error, Error::Unauthenticated) {
            app.failed(Failure::Token);
        }
    })
}

async fn whose(app: &App, visitor: &Caller, secret: &str) -> Result<Caller, Error> {
    let token = match store::token::find(app.db().reader(), &digest(secret)).await {
        Ok(token) => token,
        Err(store::Error::NotFound) => return Err(Error::Unauthenticated),
        Err(error) => return Err(error.into()),
    };
    let now = app.now();
    let account = store::account::get(app.db().reader(), token.account).await?;
    if now >= token.expires || account.state != State::Active {
        return Err(Error::Unauthenticated);
    }
    if must_enrol(app, &account) {
        return Err(Error::Enrol);
    }
    if token.last_used.is_none_or(|last| is_a_minute_ago(last, now)) {
        app.inner.seen.token(token.id, now);
    }
    Ok(Caller { actor: account.actor(), via: Via::Token, scopes: Some(token.scopes), ..visitor.clone() })
}
