//! Accounts on the wire.

use crate::session::views::org_of;
use ronghe_app::account::{self as use_case, Done};
use ronghe_app::session::link::Made;
use ronghe_app::{Caller, Register};
use ronghe_contract::account::{
    AccountDone, AccountRequestView, AccountRow, AccountView, LinkMade, PendingGrant,
};
use ronghe_domain::account::request::AccountRequest;
use ronghe_domain::account::{Account, Ask, NewPost, PostDraft, masked};
use ronghe_domain::kernel::{AccountId, Role};
use std::collections::BTreeMap;

/// An account in a list.
pub(crate) fn row(account: &Account, register: &Register) -> AccountRow {
    AccountRow {
        login: account.login.clone(),
        name: account.name.clone(),
        name_en: account.name_en.clone(),
        org: org_of(account.org, register),
        roles: account.roles.iter().copied().collect(),
        state: account.state,
        last_seen: account.last_seen.map(|at| at.to_string()),
    }
}

/// An account whole, as `caller` may see it; `names` has whoever asked for something.
pub(crate) fn view(
    caller: &Caller,
    account: &Account,
    register: &Register,
    names: &BTreeMap<AccountId, String>,
) -> AccountView {
    let needs_mail = caller.actor.has(Role::SystemAdmin) || caller.actor.account() == Some(account.id);
    AccountView {
        row: row(account, register),
        post: account.post.clone(),
        post_decides: account.post_decides(),
        mail: if needs_mail { account.mail.clone() } else { account.masked_mail() },
        second_factor: account.second_factor,
        password_set: account.password_set,
        version: account.version.to_string(),
        pending: account.pending.as_ref().map(|pending| PendingGrant {
            roles: match &pending.ask {
                Ask::Roles(roles) => roles.iter().copied().collect(),
                Ask::Reset | Ask::Post(_) => Vec::new(),
            },
            reset: pending.ask == Ask::Reset,
            post: match &pending.ask {
                Ask::Post(NewPost { post, reason }) => {
                    Some(PostDraft { post: post.clone(), reason: reason.clone() })
                }
                Ask::Roles(_) | Ask::Reset => None,
            },
            by: names.get(&pending.by).cloned().unwrap_or_default(),
            at: pending.at.to_string(),
        }),
        offers: use_case::offers(caller, account),
    }
}

/// An account after an action.
pub(crate) fn done(
    caller: &Caller,
    done: &Done,
    register: &Register,
    names: &BTreeMap<AccountId, String>,
) -> AccountDone {
    AccountDone { account: view(caller, &done.account, register, names), link: done.link.as_ref().map(link) }
}

/// A link just made.
pub(crate) fn link(made: &Made) -> LinkMade {
    LinkMade {
        path: format!("/app/links/{}", made.code),
        expires: made.expires.to_string(),
        mailed: made.mailed.clone(),
    }
}

/// A request for an account; `names` has whoever asked.
pub(crate) fn requested(
    caller: &Caller,
    request: &AccountRequest,
    register: &Register,
    names: &BTreeMap<AccountId, String>,
) -> AccountRequestView {
    // Who watches need not know the address.
    let needs_mail = caller.actor.has(Role::SystemAdmin) || caller.actor.account() == Some(request.asked_by);
    AccountRequestView {
        id: request.id.to_string(),
        org: org_of(request.org, register),
        name: request.name.clone(),
        mail: if needs_mail { request.mail.clone() } else { masked(&request.mail) },
        asked_by: names.get(&request.asked_by).cloned().unwrap_or_default(),
        asked_at: request.asked_at,
        state: request.state,
        reason: request.reason.clone(),
        done_at: request.done_at,
        offers: use_case::request::offers(caller, request),
        version: request.version.to_string(),
    }
}
