//! Inviting again, resetting, disabling, enabling, granting, changing posts, confirming, rejecting.

use super::Done;
use crate::application::bind;
use crate::message;
use crate::once;
use crate::session::link;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::rules::{self, check_roles, needs_second_hand};
use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::account::{Account, Action, Ask, NewPost, Pending, PostDraft, Scope};
use ronghe_domain::audit;
use ronghe_domain::kernel::{FieldError, Role, Version};
use ronghe_domain::message::{of_grant, of_post, of_reset};
use ronghe_domain::org::Directory;
use ronghe_store as store;
use std::collections::BTreeSet;

/// What is done to an account, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Invite,
    Reset,
    Disable,
    Enable,
    Grant(BTreeSet<Role>),
    SetPost(PostDraft),
    Confirm,
    Reject,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Invite => Action::Invite,
            Self::Reset => Action::Reset,
            Self::Disable => Action::Disable,
            Self::Enable => Action::Enable,
            Self::Grant(_) => Action::Grant,
            Self::SetPost(_) => Action::SetPost,
            Self::Confirm => Action::Confirm,
            Self::Reject => Action::Reject,
        }
    }
}

/// Does something with an account.
///
/// # Errors
/// Where a rule refuses it, roles do not fit, or the account was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, login: &str, act: Act, seen: Version) -> Result<Done, Error> {
    caller.needs(Scope::WriteAccount)?;
    let directory = app.register().await?.directory.clone();
    app.write(caller, |tx: Tx| {
        let (directory, act) = (directory.clone(), act.clone());
        async move {
            let before = store::account::lock(tx.db(), login).await?;
            if !rules::visible(&caller.actor, &before) {
                return Err(Error::Hidden);
            }
            let (action, noted) = (act.action(), audit_action(act.action()));
            let state = rules::decide(&caller.actor, &before, action)
                .map_err(|refusal| refused(&before, noted, refusal))?;
            app.fresh(caller)?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            let after = Account { state, version: before.version.next(), ..before.clone() };
            let (done, why) = carry_out(app, &tx, caller, &before, after, &act, &directory).await?;
            if !done.account.has_rights_of(&before) || action == Action::Disable {
                store::session::end_all(tx.db(), before.id, tx.now()).await?;
                store::token::end_all(tx.db(), before.id, tx.now()).await?;
            }
            once::outlived(&tx, &before, &done.account).await?;
            store::account::save(tx.db(), &done.account, seen).await?;
            tx.changed_for(noted, &before, &done.account, why);
            let mut told = of_grant(before.id, &before.roles, &done.account.roles);
            told.extend(of_post(&before, &done.account));
            if action == Action::Confirm && done.link.is_some() {
                told.extend(of_reset(before.id));
            }
            message::tell(app, &tx, caller, (None, login), &told).await?;
            if done.account.state != before.state || done.account.roles != before.roles {
                bind(app, &tx, caller, &done.account, &caller.actor).await?;
            }
            Ok(done)
        }
    })
    .await
}

/// The account after it, and why, where the account does not say so itself.
async fn carry_out(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    before: &Account,
    mut after: Account,
    act: &Act,
    directory: &Directory,
) -> Result<(Done, Option<String>), Error> {
    let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let (mut link, mut why) = (None, None);
    match act {
        Act::Invite => link = Some(link::make(app, tx, &after, LinkPurpose::Invite).await?),
        Act::Reset => after.pending = Some(Pending { ask: Ask::Reset, by, at: tx.now() }),
        Act::Disable => store::link::void(tx.db(), after.id, tx.now()).await?,
        Act::Enable => {}
        Act::Reject => after.pending = None,
        Act::Grant(roles) => {
            fits(&after, roles, directory)?;
            if needs_second_hand(&before.roles, roles) {
                after.pending = Some(Pending { ask: Ask::Roles(roles.clone()), by, at: tx.now() });
            } else {
                after.roles.clone_from(roles);
            }
        }
        Act::SetPost(typed) => {
            let NewPost { post, reason } = typed.check(before).map_err(Error::Invalid)?;
            if before.post_decides() {
                after.pending = Some(Pending { ask: Ask::Post(NewPost { post, reason }), by, at: tx.now() });
            } else {
                // What waits for a second hand says why itself.
                why = Some(reason);
                after.post = post;
            }
        }
        Act::Confirm => match after.pending.take().map(|pending| pending.ask) {
            Some(Ask::Roles(roles)) => {
                fits(&after, &roles, directory)?;
                after.roles = roles;
            }
            Some(Ask::Post(asked)) => after.post = asked.post,
            Some(Ask::Reset) => link = Some(link::make(app, tx, &after, LinkPurpose::Reset).await?),
            None => {}
        },
    }
    Ok((Done { account: after, link }, why))
}

/// Whether the account's organisation has these roles, and they go together.
pub(super) fn fits(account: &Account, roles: &BTreeSet<Role>, directory: &Directory) -> Result<(), Error> {
    if roles.is_empty() {
        return Err(Error::Invalid(vec![FieldError::required("roles")]));
    }
    let org = directory.org(account.org).ok_or(Error::Hidden)?;
    check_roles(roles, org.kind).map_err(Error::refused)
}

pub(super) const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Invite => audit::Action::Invite,
        Action::Reset => audit::Action::Reset,
        Action::Disable => audit::Action::Disable,
        Action::Enable => audit::Action::Enable,
        Action::Grant => audit::Action::Grant,
        Action::SetPost => audit::Action::SetPost,
        Action::Confirm => audit::Action::Confirm,
        Action::Reject => audit::Action::Reject,
    }
}
