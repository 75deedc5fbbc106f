//! Links by which a person sets a first password, or a new one where the old was lost.

use crate::application::bind;
use crate::crypto::{code, digest, seal};
use crate::message::{self, Mail as Way};
use crate::session::{factor, own_words, password};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::session::{INVITATION, LinkPurpose, RECOVERY, RESET};
use ronghe_domain::account::{Account, State};
use ronghe_domain::audit::{self, failure::Failure};
use ronghe_domain::kernel::{Instant, MessageId};
use ronghe_domain::message::mail::{About, Mail};
use ronghe_store as store;
use ronghe_store::link::Link;

/// A link just made: its code is kept nowhere, but sealed while a mail waits that takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub code: String,
    pub expires: Instant,
    /// The address, masked, to which a mail takes it too.
    pub mailed: Option<String>,
}

/// Whom a link is for, and until when it holds.
///
/// # Errors
/// `Hidden` where it is used up, too old or none.
pub async fn show(app: &App, code: &str) -> Result<(Account, Instant), Error> {
    let link = match store::link::get(app.db().reader(), &digest(code)).await {
        Ok(link) if app.now() < link.expires => link,
        Ok(_) | Err(store::Error::NotFound) => {
            app.failed(Failure::Link);
            return Err(Error::Hidden);
        }
        Err(error) => return Err(error.into()),
    };
    let account = store::account::get(app.db().reader(), link.account).await?;
    Ok((account, link.expires))
}

/// Sets the password of a link's account, which can sign in from then on. A reset takes the second
/// factor away, and every session and token with it.
///
/// # Errors
/// `Hidden` where the link is used up, too old or none; where the password does not hold.
pub async fn accept(app: &App, visitor: &Caller, code: &str, new: &str) -> Result<Account, Error> {
    let (account, _) = show(app, code).await?;
    let words = own_words(app, &account).await?;
    password::check("password", new, &words.iter().map(String::as_str).collect::<Vec<_>>())?;
    let hash = app.hash(new).await?;
    let code = digest(code);
    app.write(visitor, |tx: Tx| {
        let (code, hash) = (code.clone(), hash.clone());
        async move {
            let link = store::link::lock(tx.db(), &code).await?;
            let before = store::account::lock_id(tx.db(), link.account).await?;
            if tx.now() >= link.expires || before.state == State::Disabled {
                return Err(Error::Hidden);
            }
            let after = Account {
                state: State::Active,
                password_set: true,
                second_factor: before.second_factor && link.purpose == LinkPurpose::Invite,
                version: before.version.next(),
                ..before.clone()
            };
            let mut kept = store::secret::lock(tx.db(), after.id).await?;
            if link.purpose == LinkPurpose::Reset {
                kept = factor::without(kept);
            }
            kept.password = Some(hash);
            store::secret::put(tx.db(), after.id, &kept).await?;
            store::link::void(tx.db(), after.id, tx.now()).await?;
            store::session::end_all(tx.db(), after.id, tx.now()).await?;
            store::token::end_all(tx.db(), after.id, tx.now()).await?;
            store::account::save(tx.db(), &after, before.version).await?;
            tx.changed_by(audit::Action::SetPassword, &before, &after, after.actor());
            if before.state != State::Active {
                bind(app, &tx, visitor, &after, &after.actor()).await?;
            }
            Ok(after)
        }
    })
    .await
}

/// Makes a link for `account`, and a mail that takes it there; earlier ones no longer hold.
pub(crate) async fn make(app: &App, tx: &Tx, account: &Account, purpose: LinkPurpose) -> Result<Made, Error> {
    let life = match purpose {
        LinkPurpose::Invite => INVITATION,
        LinkPurpose::Reset => RESET,
    };
    let made = insert(tx, account, purpose, tx.now() + life).await?;
    let settings = app.settings();
    // Without the server's address the mail would lead nowhere.
    if account.mail.is_empty() || settings.mail == Way::Off || settings.public_url.is_none() {
        return Ok(made);
    }
    let mail = Mail {
        expires: Some(made.expires),
        sealed: Some(seal(&settings.key, made.code.as_bytes())?),
        ..message::new_mail(MessageId(tx.new_id()), account.id, About::Link(purpose), tx.now())
    };
    store::message::mail::insert(tx.db(), &[mail]).await?;
    Ok(Made { mailed: Some(account.masked_mail()), ..made })
}

/// Makes a link at the server's console, for who stands there.
pub(crate) async fn make_at_console(tx: &Tx, account: &Account) -> Result<Made, Error> {
    let purpose = if account.state == State::Invited { LinkPurpose::Invite } else { LinkPurpose::Reset };
    insert(tx, account, purpose, tx.now() + RECOVERY).await
}

async fn insert(tx: &Tx, account: &Account, purpose: LinkPurpose, expires: Instant) -> Result<Made, Error> {
    let made = Made { code: code()?, expires, mailed: None };
    let link = Link { account: account.id, purpose, expires };
    store::link::insert(tx.db(), &digest(&made.code), &link, tx.now()).await?;
    Ok(made)
}
