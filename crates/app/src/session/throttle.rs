//! Counting attempts to guess: an attempt is counted before it is tried, and forgiven where it was right.

use crate::caller::Caller;
use crate::crypto::{code, digest, mac};
use crate::unit::Tx;
use crate::{App, Error};
use jiff::SignedDuration;
use ronghe_domain::account::throttle::{Failures, Limit};
use ronghe_store::session::throttle;

/// Under which keys an attempt counts.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    /// The account; or the device, where it signed in to the account before.
    own: String,
    address: Option<String>,
}

impl Keys {
    /// The keys of an attempt on `login`. A stranger's failures do not count against a device that
    /// signed in before, so nobody can lock its owner out.
    pub(crate) fn new(app: &App, caller: &Caller, login: &str, device: Option<&str>) -> Result<Self, Error> {
        let own = match device {
            Some(device) if knows(app, login, device)? => format!("device:{}", digest(device)),
            _ => format!("account:{}", digest(login)),
        };
        let address = (!caller.address.is_empty()).then(|| format!("address:{}", caller.address));
        Ok(Self { own, address })
    }

    /// The keys of an attempt by someone who is signed in: their session's own count, so that a stranger's
    /// failures on the account do not keep its owner from proving who they are.
    pub(crate) fn of_session(caller: &Caller) -> Result<Self, Error> {
        let session = caller.session.ok_or(Error::Unauthenticated)?;
        let address = (!caller.address.is_empty()).then(|| format!("address:{}", caller.address));
        Ok(Self { own: format!("session:{session}"), address })
    }

    fn all(&self) -> impl Iterator<Item = (&str, Limit)> {
        let address = self.address.iter().map(|key| (key.as_str(), Limit::Address));
        address.chain([(self.own.as_str(), Limit::Account)])
    }

    /// Counts an attempt as a failure, unless it comes too soon.
    pub(crate) async fn count(&self, app: &App, caller: &Caller) -> Result<(), Error> {
        let keys = self.clone();
        app.write(caller, |tx: Tx| {
            let keys = keys.clone();
            async move {
                for (key, limit) in keys.all() {
                    let before = throttle::hold(tx.db(), key).await?;
                    if let Some(seconds) = before.map(|before| before.wait(tx.now())).filter(|wait| *wait > 0)
                    {
                        return Err(Error::TooMany { seconds });
                    }
                    throttle::put(tx.db(), key, Failures::after(before, limit, tx.now())).await?;
                }
                Ok(())
            }
        })
        .await
    }

    /// The attempt was right: the account's count is cleared, the address's forgiven.
    pub(crate) async fn clear(&self, tx: &Tx) -> Result<(), Error> {
        if let Some(address) = &self.address {
            forgive(tx, address).await?;
        }
        Ok(throttle::clear(tx.db(), &self.own).await?)
    }

    /// The attempt was half right: it does not count, and nothing before it is forgotten.
    pub(crate) async fn forgive(&self, app: &App, caller: &Caller) -> Result<(), Error> {
        let keys = self.clone();
        app.write(caller, |tx: Tx| {
            let keys = keys.clone();
            async move {
                for (key, _) in keys.all() {
                    forgive(&tx, key).await?;
                }
                Ok(())
            }
        })
        .await
    }
}

/// Forgets counts of more than a day ago that hold nobody up; says how many.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let transaction = app.db().begin().await?;
    let gone = throttle::forget(&transaction, now - SignedDuration::from_hours(24), now).await?;
    transaction.commit().await?;
    Ok(gone)
}

async fn forgive(tx: &Tx, key: &str) -> Result<(), Error> {
    if let Some(failures) = throttle::lock(tx.db(), key).await? {
        throttle::put(tx.db(), key, failures.forgiven()).await?;
    }
    Ok(())
}

/// A mark for a device that has just signed in to `login`.
pub(crate) fn mark(app: &App, login: &str) -> Result<String, Error> {
    let random = code()?;
    let proof = mac(&app.settings().key, &format!("device {login} {random}"))?;
    Ok(format!("{random}.{proof}"))
}

fn knows(app: &App, login: &str, device: &str) -> Result<bool, Error> {
    let Some((random, proof)) = device.split_once('.') else { return Ok(false) };
    Ok(mac(&app.settings().key, &format!("device {login} {random}"))? == proof)
}
