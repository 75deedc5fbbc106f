//! Accounts.

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::{Account, AccountDraft, NewAccount, State};
use ronghe_domain::audit;
use ronghe_domain::kernel::{AccountId, FieldError, Version};
use ronghe_store as store;

/// Sets up accounts, all or nothing; from the server's own console. They have no password yet.
///
/// # Errors
/// Where a draft does not hold (the path begins with its place in the list) or a name is taken.
pub async fn set_up(app: &App, console: &Caller, drafts: Vec<AccountDraft>) -> Result<Vec<Account>, Error> {
    let register = app.register().await?;
    let mut errors = Vec::new();
    let mut new = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        match draft.check(&register.directory) {
            Ok(account) => new.push(account),
            Err(found) => errors.extend(
                found
                    .into_iter()
                    .map(|e| FieldError { path: format!("[{at}].{}", e.path), problem: e.problem }),
            ),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    app.write(console, |tx: Tx| {
        let new = new.clone();
        async move {
            let mut made = Vec::with_capacity(new.len());
            for account in new {
                let account = invited(&tx, account);
                store::account::insert(tx.db(), &account).await?;
                tx.created(audit::Action::Invite, &account);
                made.push(account);
            }
            Ok(made)
        }
    })
    .await
}

fn invited(tx: &Tx, new: NewAccount) -> Account {
    Account {
        id: AccountId(tx.new_id()),
        login: new.login,
        name: new.name,
        name_en: new.name_en,
        org: new.org,
        roles: new.roles,
        post: new.post,
        mail: new.mail,
        state: State::Invited,
        pending: None,
        second_factor: false,
        last_seen: None,
        version: Version::FIRST,
    }
}
