//! The second factor: an authenticator's codes (TOTP, RFC 6238), each good once, and recovery codes.

use crate::crypto::{digest, open, random, seal};
use crate::session::throttle::Keys;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, session};
use ronghe_domain::account::{Account, Refusal};
use ronghe_domain::audit;
use ronghe_domain::kernel::{FieldProblem, Instant};
use ronghe_store::secret::{self, Secret};
use ronghe_store::{self as store};
use std::io;
use totp_rs::{Builder, Totp};

/// How many recovery codes are made.
const RECOVERY_CODES: usize = 10;
/// Letters and figures that are not mistaken for one another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// An authenticator to be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// In base 32, to type.
    pub secret: String,
    /// `otpauth://…`, to scan.
    pub url: String,
}

/// Makes a seed, which waits for its proof.
///
/// # Errors
/// Where nobody is signed in, or the proof of identity is not fresh.
pub async fn start(app: &App, caller: &Caller) -> Result<Setup, Error> {
    caller.no_token()?;
    app.fresh(caller)?;
    let account = session::own(app, caller).await?;
    let seed = random::<20>()?;
    let sealed = seal(&app.settings().key, &seed)?;
    let totp = totp(&seed, &account.login)?;
    app.write(caller, |tx: Tx| {
        let (account, sealed) = (account.id, sealed.clone());
        async move {
            let before = secret::lock(tx.db(), account).await?;
            let after = Secret { totp_pending: Some(sealed), ..before };
            Ok(secret::put(tx.db(), account, &after).await?)
        }
    })
    .await?;
    Ok(Setup { secret: totp.secret().to_base32(), url: totp.to_url().map_err(|error| other(&error))? })
}

/// Switches the second factor on, where the authenticator shows the right code; every other session and every
/// token ends.
/// Gives back recovery codes, shown once, and the session's new secret.
///
/// # Errors
/// Where the code is wrong or nothing was started.
pub async fn confirm(app: &App, caller: &Caller, code: &str) -> Result<(Vec<String>, String), Error> {
    caller.no_token()?;
    let own = session::own(app, caller).await?;
    let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<Vec<_>, _>>()?;
    let wrong = || Error::field("code", FieldProblem::DoesNotFit { other: "totp".into() });
    app.write(caller, |tx: Tx| {
        let (codes, code) = (codes.clone(), code.to_owned());
        async move {
            let before = store::account::lock_id(tx.db(), own.id).await?;
            let kept = secret::lock(tx.db(), own.id).await?;
            let sealed = kept.totp_pending.as_deref().ok_or_else(wrong)?;
            let step = step(app, &before, sealed, &code, tx.now())?.ok_or_else(wrong)?;
            let after = Secret {
                totp: Some(sealed.to_owned()),
                totp_pending: None,
                totp_step: step,
                recovery: codes.iter().map(|code| digest(&plain(code))).collect(),
                password: kept.password,
            };
            secret::put(tx.db(), own.id, &after).await?;
            store::token::end_all(tx.db(), own.id, tx.now()).await?;
            switch(&tx, before, true, audit::Action::SecondFactorOn).await?;
            let renewed = session::renew_alone(&tx, caller).await?;
            Ok((codes, renewed))
        }
    })
    .await
}

/// Switches the second factor off, by one of its codes or a recovery code; every other session and every token
/// ends. Gives back the session's new secret.
///
/// # Errors
/// `FactorNeeded` for those whose roles want one; where the code does not hold; `TooMany`.
pub async fn remove(app: &App, caller: &Caller, code: &str) -> Result<String, Error> {
    caller.in_person()?;
    let own = session::own(app, caller).await?;
    let keys = Keys::of_session(caller)?;
    keys.count(app, caller).await?;
    app.write(caller, |tx: Tx| {
        let (id, keys) = (own.id, keys.clone());
        async move {
            let before = store::account::lock_id(tx.db(), id).await?;
            if session::keeps_factor(app, &before) {
                return Err(refused(&before, audit::Action::SecondFactorOff, Refusal::FactorNeeded));
            }
            let kept = secret::lock(tx.db(), id).await?;
            let wrong = || Error::field("code", FieldProblem::DoesNotFit { other: "totp".into() });
            let after = used(app, &before, &kept, code, tx.now())?.ok_or_else(wrong)?;
            secret::put(tx.db(), id, &without(after)).await?;
            keys.clear(&tx).await?;
            store::token::end_all(tx.db(), id, tx.now()).await?;
            switch(&tx, before, false, audit::Action::SecondFactorOff).await?;
            session::renew_alone(&tx, caller).await
        }
    })
    .await
}

/// The same secrets without a second factor.
pub(crate) fn without(secret: Secret) -> Secret {
    Secret { password: secret.password, ..Secret::default() }
}

/// Uses a code of the authenticator or a recovery code up; `None` where it does not hold.
pub(crate) fn used(
    app: &App,
    account: &Account,
    kept: &Secret,
    code: &str,
    now: Instant,
) -> Result<Option<Secret>, Error> {
    let code = plain(code);
    let mut after = kept.clone();
    if let Some(sealed) = &kept.totp
        && let Some(step) = step(app, account, sealed, &code, now)?
        && step > kept.totp_step
    {
        after.totp_step = step;
        return Ok(Some(after));
    }
    let hash = digest(&code);
    after.recovery.retain(|left| *left != hash);
    Ok((after.recovery.len() < kept.recovery.len()).then_some(after))
}

/// The time step whose code this is.
fn step(app: &App, account: &Account, sealed: &str, code: &str, now: Instant) -> Result<Option<i64>, Error> {
    let seed = open(&app.settings().key, sealed)?;
    let seconds = u64::try_from(now.as_second()).map_err(Error::internal)?;
    let found = totp(&seed, &account.login)?.check(&plain(code), seconds);
    found.map(|step| i64::try_from(step).map_err(Error::internal)).transpose()
}

fn totp(seed: &[u8], login: &str) -> Result<Totp, Error> {
    Builder::new()
        .with_secret(seed.to_vec())
        .with_account_name(login)
        .with_issuer(Some("Ronghe"))
        .build()
        .map_err(|error| other(&error))
}

async fn switch(tx: &Tx, before: Account, on: bool, action: audit::Action) -> Result<(), Error> {
    let after = Account { second_factor: on, version: before.version.next(), ..before.clone() };
    store::account::save(tx.db(), &after, before.version).await?;
    tx.changed(action, &before, &after);
    Ok(())
}

/// Ten letters in two groups: 50 bits.
fn recovery_code() -> Result<String, Error> {
    let letters: String = random::<10>()?
        .into_iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map(char::from))
        .collect();
    let (first, second) = letters.split_at_checked(5).unwrap_or((&letters, ""));
    Ok(format!("{first}-{second}"))
}

/// A code as typed, without spaces and hyphens, in capitals.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn other(error: &dyn std::fmt::Display) -> Error {
    Error::internal(io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{plain, recovery_code};

    #[test]
    fn recovery_codes_are_typed_as_people_type() {
        let code = recovery_code().unwrap();
        assert_eq!(code.len(), 11);
        assert_eq!(plain(&code.to_lowercase().replace('-', " ")), code.replace('-', ""));
    }
}
