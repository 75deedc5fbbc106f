//! Organisations and groups.

mod import;
mod reveal;

use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{FieldProblem, GroupId, OrgId, Version};
use ronghe_domain::org::{
    Contact, Group, Membership, OrgDraft, OrgKind, Organisation, SignOff, UniversityFacts, rules,
};
use ronghe_store as store;
use std::collections::BTreeMap;

pub use import::{Imported, import, template};
pub use reveal::reveal;

/// Makes an organisation.
///
/// # Errors
/// Where the caller is no administrator, or fields do not hold.
pub async fn create(app: &App, caller: &Caller, draft: &OrgDraft) -> Result<Organisation, Error> {
    caller.needs(Scope::WriteAccount)?;
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    app.fresh(caller)?;
    let done = app
        .write(caller, |tx: Tx| async move {
            let directory = store::org::directory(tx.db(), tx.sealer()).await?;
            let checked = draft.check(&directory, None).map_err(Error::Invalid)?;
            let org = Organisation { id: OrgId(tx.new_id()), ..checked };
            store::org::insert(tx.db(), tx.sealer(), &org).await?;
            tx.created(audit::Action::Create, &org);
            Ok(org)
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// Changes an organisation; its address stays.
///
/// # Errors
/// Where the caller is no administrator, fields do not hold, or it was changed since `seen`.
pub async fn change(
    app: &App,
    caller: &Caller,
    slug: &str,
    draft: &OrgDraft,
    seen: Version,
) -> Result<Organisation, Error> {
    caller.needs(Scope::WriteAccount)?;
    let done = app
        .write(caller, |tx: Tx| async move {
            let directory = store::org::directory(tx.db(), tx.sealer()).await?;
            let before = directory.org_by_slug(slug).ok_or(Error::Hidden)?;
            rules::may_administer(&caller.actor)
                .map_err(|refusal| refused(before, audit::Action::Change, refusal))?;
            app.fresh(caller)?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            let after = draft.check(&directory, Some(before)).map_err(Error::Invalid)?;
            store::org::save(tx.db(), tx.sealer(), &after, seen).await?;
            tx.changed(audit::Action::Change, before, &after);
            Ok(after)
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// A new organisation.
#[derive(Clone, Debug)]
pub struct NewOrg {
    pub slug: String,
    pub kind: OrgKind,
    pub name: String,
    pub name_en: String,
    pub aliases: Vec<String>,
    /// Slug of the organisation above, which is made before this one.
    pub parent: Option<String>,
    pub leading_group_seat: Option<u16>,
    pub position: u16,
    pub university: Option<UniversityFacts>,
    pub contacts: Vec<Contact>,
    pub sign_off: Vec<SignOff>,
}

/// A new group.
#[derive(Clone, Debug)]
pub struct NewGroup {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub aliases: Vec<String>,
    pub members: Membership,
}

/// Sets up a directory, all or nothing; from the server's own console.
///
/// # Errors
/// Where a slug or name is taken, or a parent is unknown.
pub async fn set_up(
    app: &App,
    console: &Caller,
    orgs: Vec<NewOrg>,
    groups: Vec<NewGroup>,
) -> Result<(), Error> {
    app.write_much(console, |tx: Tx| {
        let (orgs, groups) = (orgs.clone(), groups.clone());
        async move {
            let mut ids = BTreeMap::new();
            for org in orgs {
                let org = organisation(&tx, org, &ids)?;
                ids.insert(org.slug.clone(), org.id);
                store::org::insert(tx.db(), tx.sealer(), &org).await?;
                tx.created(audit::Action::Create, &org);
            }
            for group in groups {
                let group = Group {
                    id: GroupId(tx.new_id()),
                    slug: group.slug,
                    name: group.name,
                    name_en: group.name_en,
                    aliases: group.aliases,
                    members: group.members,
                };
                store::org::insert_group(tx.db(), &group).await?;
                tx.created(audit::Action::Create, &group);
            }
            Ok(())
        }
    })
    .await?;
    app.register_changed().await;
    Ok(())
}

fn organisation(tx: &Tx, new: NewOrg, ids: &BTreeMap<String, OrgId>) -> Result<Organisation, Error> {
    let parent = match new.parent {
        None => None,
        Some(slug) => Some(ids.get(&slug).copied().ok_or_else(|| {
            Error::field("parent", FieldProblem::Unknown { got: slug.clone(), nearest: Vec::new() })
        })?),
    };
    Ok(Organisation {
        id: OrgId(tx.new_id()),
        slug: new.slug,
        kind: new.kind,
        name: new.name,
        name_en: new.name_en,
        aliases: new.aliases,
        parent,
        leading_group_seat: new.leading_group_seat,
        since: None,
        until: None,
        position: new.position,
        university: new.university,
        contacts: new.contacts,
        sign_off: new.sign_off,
        version: Version::FIRST,
    })
}
