//! Accounts from a table: nothing is written unless every row holds.

use super::{Done, insert, invited};
use crate::files::table::{self, Field, listed, named};
use crate::session::link;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::rules;
use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::account::{Account, AccountDraft, NewAccount, Scope};
use ronghe_domain::kernel::{FieldError, FieldProblem, Role};
use ronghe_store as store;
use ronghe_text::{Lang, role};
use std::collections::BTreeSet;

/// What an import gives: accounts with their links, or, for a preview, what would be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    Preview(Vec<NewAccount>),
    Made(Vec<Done>),
}

/// An empty table for accounts.
///
/// # Errors
/// `AdministratorOnly` for all but administrators.
pub fn template(caller: &Caller, lang: Lang) -> Result<Vec<u8>, Error> {
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    table::template(lang, lang.pick("账号", "Accounts"), FIELDS, &[])
}

/// Checks a table of accounts and, unless it is a preview, makes them all in one transaction.
///
/// # Errors
/// Where the caller is no administrator, the file cannot be read, or cells do not hold (`B14.login`).
pub async fn import(app: &App, caller: &Caller, bytes: Vec<u8>, preview: bool) -> Result<Imported, Error> {
    caller.needs(Scope::WriteAccount)?;
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    if !preview {
        app.fresh(caller)?;
    }
    let lines = table::read(app, bytes, FIELDS).await?;
    let directory = app.register().await?.directory.clone();
    let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write_much(caller, |tx: Tx| {
        let (lines, directory) = (&lines, directory.clone());
        async move {
            tx.unhurried().await?;
            let logins: BTreeSet<String> =
                lines.iter().map(|line| line.draft.login.trim().to_owned()).collect();
            let taken = store::account::taken(tx.db(), &logins).await?;
            let mut errors = Vec::new();
            let mut seen = BTreeSet::new();
            let mut new = Vec::with_capacity(lines.len());
            for line in lines {
                let mut found =
                    line.draft.check(&directory).map(|account| new.push(account)).err().unwrap_or_default();
                let login = line.draft.login.trim().to_owned();
                let is_taken = !login.is_empty() && (!seen.insert(login.clone()) || taken.contains(&login));
                if is_taken {
                    found.push(FieldError::new("login", FieldProblem::Twice { got: login }));
                }
                errors.extend(line.placed(found));
            }
            if !errors.is_empty() {
                return Err(Error::Invalid(errors));
            }
            if preview {
                return Ok(Imported::Preview(new));
            }
            let mut made = Vec::with_capacity(new.len());
            for account in new {
                let account = invited(&tx, account, by);
                insert(&tx, &account).await?;
                let link = link::make(app, &tx, &account, LinkPurpose::Invite).await?;
                made.push(Done { account, link: Some(link) });
            }
            let accounts: Vec<Account> = made.iter().map(|done| done.account.clone()).collect();
            super::request::made(&tx, caller, &accounts).await?;
            Ok(Imported::Made(made))
        }
    })
    .await
}

const FIELDS: &[Field<AccountDraft>] = &[
    Field {
        key: "login",
        title: ("账号", "Account"),
        needed: true,
        width: 16,
        hint: ("3～40 个小写字母、数字或 . - _", "3 to 40 lower-case letters, figures or . - _"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.login = cell.to_owned();
            Ok(())
        },
    },
    Field {
        key: "name",
        title: ("姓名", "Name"),
        needed: true,
        width: 14,
        hint: ("姓名", "The person's name"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.name = cell.to_owned();
            Ok(())
        },
    },
    Field {
        key: "org",
        title: ("单位", "Organisation"),
        needed: true,
        width: 32,
        hint: ("全称、简称或地址名", "Official name, short name or name in addresses"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.org = cell.to_owned();
            Ok(())
        },
    },
    Field {
        key: "roles",
        title: ("角色", "Roles"),
        needed: true,
        width: 24,
        hint: ("一个或几个，用顿号分开", "One or several, separated by commas"),
        choices: |lang| Role::ALL.map(|one| role(lang, one).to_owned()).to_vec(),
        put: |draft, cell| {
            for word in listed(cell) {
                draft.roles.insert(named(word, &Role::ALL, role)?);
            }
            Ok(())
        },
    },
    Field {
        key: "post",
        title: ("职务", "Post"),
        needed: false,
        width: 14,
        hint: ("职务", "Post"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.post = cell.to_owned();
            Ok(())
        },
    },
    Field {
        key: "mail",
        title: ("邮箱", "E-mail"),
        needed: false,
        width: 28,
        hint: ("邮箱", "E-mail address"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.mail = cell.to_owned();
            Ok(())
        },
    },
    Field {
        key: "name_en",
        title: ("英文姓名", "Name in Latin letters"),
        needed: false,
        width: 20,
        hint: ("姓名的拼音或英文", "The name in Latin letters"),
        choices: |_| Vec::new(),
        put: |draft, cell| {
            draft.name_en = cell.to_owned();
            Ok(())
        },
    },
];
