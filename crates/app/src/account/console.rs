//! What is done at the server's own console: the first administrator, a second hand while there is none,
//! a way back in, and setting up many accounts.

use super::{Done, bare, placed};
use crate::application::bind;
use crate::message;
use crate::once;
use crate::session::link::{self, Made};
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::rules;
use ronghe_domain::account::{Account, AccountDraft, Ask, Refusal, State};
use ronghe_domain::audit;
use ronghe_domain::kernel::{OrgId, Role, Version};
use ronghe_domain::message::of_console;
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_store as store;

/// The first administrator, and the office that runs the computers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAdministrator {
    pub login: String,
    pub name: String,
    pub mail: String,
    /// Official name of the office; made where the directory is empty.
    pub org: String,
}

/// Makes the first administrator, and a link for the password.
///
/// # Errors
/// `AdministratorsAreThere` where one exists; where fields do not hold.
pub async fn make_administrator(app: &App, console: &Caller, new: &NewAdministrator) -> Result<Done, Error> {
    if store::account::count_holding(app.db().reader(), Role::SystemAdmin).await? > 0 {
        return Err(Error::refused(Refusal::AdministratorsAreThere));
    }
    let mut directory = (*app.register().await?.directory).clone();
    let first_org = directory.orgs.is_empty().then(|| Organisation {
        slug: "administration".to_owned(),
        name: new.org.trim().to_owned(),
        name_en: new.org.trim().to_owned(),
        id: OrgId(uuid::Uuid::nil()),
        kind: OrgKind::Institution,
        aliases: Vec::new(),
        parent: None,
        leading_group_seat: None,
        since: None,
        until: None,
        position: 1,
        university: None,
        contacts: Vec::new(),
        sign_off: Vec::new(),
        version: Version::FIRST,
    });
    directory.orgs.extend(first_org.clone());
    let draft = AccountDraft {
        login: new.login.clone(),
        name: new.name.clone(),
        mail: new.mail.clone(),
        org: new.org.clone(),
        roles: [Role::SystemAdmin].into(),
        ..AccountDraft::default()
    };
    let checked = draft.check(&directory).map_err(Error::Invalid)?;
    let done = app
        .write(console, |tx: Tx| {
            let (mut checked, first_org) = (checked.clone(), first_org.clone());
            async move {
                if let Some(org) = first_org {
                    let org = Organisation { id: OrgId(tx.new_id()), ..org };
                    store::org::insert(tx.db(), tx.sealer(), &org).await?;
                    tx.created(audit::Action::Create, &org);
                    checked.org = org.id;
                }
                let account = bare(&tx, checked);
                store::account::insert(tx.db(), &account).await?;
                tx.created(audit::Action::Bootstrap, &account);
                message::tell(app, &tx, console, (None, &account.login), &of_console(account.id)).await?;
                let link = link::make_at_console(&tx, &account).await?;
                Ok(Done { account, link: Some(link) })
            }
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// Makes a link by which someone comes in again who lost password or second factor.
///
/// # Errors
/// `Hidden` where there is no such account, or it is disabled.
pub async fn recover(app: &App, console: &Caller, login: &str) -> Result<Made, Error> {
    app.write(console, |tx: Tx| async move {
        let account = store::account::lock(tx.db(), login).await?;
        if account.state == State::Disabled {
            return Err(Error::Hidden);
        }
        tx.noted(audit::Action::Reset, &account, None);
        message::tell(app, &tx, console, (None, login), &of_console(account.id)).await?;
        link::make_at_console(&tx, &account).await
    })
    .await
}

/// Confirms what waits on an account, while fewer than two administrators are active.
///
/// # Errors
/// `AdministratorsAreThere` from then on; `NothingPending`; `Hidden` for an unknown account.
pub async fn confirm_at_console(app: &App, console: &Caller, login: &str) -> Result<Done, Error> {
    let directory = app.register().await?.directory.clone();
    app.write(console, |tx: Tx| {
        let directory = directory.clone();
        async move {
            let before = store::account::lock(tx.db(), login).await?;
            let administrators = store::account::count_active(tx.db(), Role::SystemAdmin).await?;
            rules::may_confirm_at_console(&before, administrators)
                .map_err(|refusal| refused(&before, audit::Action::Confirm, refusal))?;
            let mut after = Account { version: before.version.next(), ..before.clone() };
            let mut link = None;
            match after.pending.take().map(|pending| pending.ask) {
                Some(Ask::Roles(roles)) => {
                    super::act::fits(&after, &roles, &directory)?;
                    after.roles = roles;
                }
                Some(Ask::Post(asked)) => after.post = asked.post,
                Some(Ask::Reset) => link = Some(link::make_at_console(&tx, &after).await?),
                None => {}
            }
            if !after.has_rights_of(&before) {
                store::session::end_all(tx.db(), after.id, tx.now()).await?;
                store::token::end_all(tx.db(), after.id, tx.now()).await?;
            }
            once::outlived(&tx, &before, &after).await?;
            store::account::save(tx.db(), &after, before.version).await?;
            tx.changed(audit::Action::Confirm, &before, &after);
            message::tell(app, &tx, console, (None, login), &of_console(after.id)).await?;
            bind(app, &tx, console, &after, &console.actor).await?;
            Ok(Done { account: after, link })
        }
    })
    .await
}

/// Sets up accounts that can sign in by `password`, all or nothing: how a demonstration gets its people, before anybody
/// awaits them.
///
/// # Errors
/// Where a draft does not hold (the path begins with its place in the list) or a name is taken.
pub async fn set_up(
    app: &App,
    console: &Caller,
    drafts: Vec<AccountDraft>,
    password: &str,
) -> Result<Vec<Account>, Error> {
    let register = app.register().await?;
    let mut errors = Vec::new();
    let mut new = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        match draft.check(&register.directory) {
            Ok(account) => new.push(account),
            Err(found) => errors.extend(placed(at, found)),
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let hash = app.hash(password).await?;
    app.write(console, |tx: Tx| {
        let (new, hash) = (new.clone(), hash.clone());
        async move {
            let mut made = Vec::with_capacity(new.len());
            for account in new {
                let account = Account { state: State::Active, password_set: true, ..bare(&tx, account) };
                super::insert(&tx, &account).await?;
                let secret = store::secret::Secret { password: Some(hash.clone()), ..Default::default() };
                store::secret::put(tx.db(), account.id, &secret).await?;
                made.push(account);
            }
            Ok(made)
        }
    })
    .await
}
