//! Profiles of universities: what each offers to schools.

use crate::audited::Audited;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit::{Action as A, Subject};
use ronghe_domain::kernel::{FieldProblem, Version};
use ronghe_domain::org::Organisation;
use ronghe_domain::profile::draft::Context;
use ronghe_domain::profile::rules::{is_profiled, may_change};
use ronghe_domain::profile::{Content, Profile, ProfileDraft};
use ronghe_store as store;
use serde_json::{Value, json};

/// The university of this name in addresses.
///
/// # Errors
/// `Hidden` where it is unknown or no university.
pub fn university<'a>(register: &'a Register, slug: &str) -> Result<&'a Organisation, Error> {
    register.directory.org_by_slug(slug).filter(|org| is_profiled(org)).ok_or(Error::Hidden)
}

/// Writes the profile of a university.
///
/// # Errors
/// Where the caller may not, fields do not hold, or it was changed since `seen`.
pub async fn set(
    app: &App,
    caller: &Caller,
    slug: &str,
    draft: &ProfileDraft,
    seen: Version,
) -> Result<Profile, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    caller.actor.account().ok_or(Error::Unauthenticated)?;
    let register = app.register().await?;
    let org = university(&register, slug)?.clone();
    let done = app
        .write(caller, |tx: Tx| {
            let (org, register) = (org.clone(), register.clone());
            async move {
                let before = store::profile::lock(tx.db(), org.id).await?;
                tx.after_locks().await?;
                may_change(&caller.actor, &org).map_err(|refusal| match &before {
                    Some(before) => {
                        refused(&Written { profile: before, university: slug }, A::Change, refusal)
                    }
                    None => Error::refused(refusal),
                })?;
                let version = before.as_ref().map_or(Profile::NONE, |before| before.version);
                if version != seen {
                    return Err(Error::Stale { current: Some(version) });
                }
                let content = checked(&register, draft)?;
                let after = Profile { org: org.id, content, changed_at: tx.now(), version: version.next() };
                write(&tx, slug, before.as_ref(), &after).await?;
                Ok(after)
            }
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// Sets up profiles by the names of their universities in addresses, all or nothing; from the server's own console.
///
/// # Errors
/// Where a university is unknown, or fields do not hold.
pub async fn set_up(app: &App, console: &Caller, profiles: Vec<(String, ProfileDraft)>) -> Result<(), Error> {
    let register = app.register().await?;
    app.write_much(console, |tx: Tx| {
        let (profiles, register) = (profiles.clone(), register.clone());
        async move {
            for (slug, draft) in &profiles {
                let org = university(&register, slug)?;
                may_change(&console.actor, org).map_err(Error::refused)?;
                let content = checked(&register, draft)?;
                let version = Profile::NONE.next();
                let profile = Profile { org: org.id, content, changed_at: tx.now(), version };
                write(&tx, slug, None, &profile).await?;
            }
            Ok(())
        }
    })
    .await?;
    app.register_changed().await;
    Ok(())
}

/// By the document in force, or the newest.
fn checked(register: &Register, draft: &ProfileDraft) -> Result<Content, Error> {
    let current = register.current().and_then(|policy| Some((policy.id, Register::content(policy)?)));
    let Some((policy, content)) = current else {
        let got = draft.measures.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        return Err(Error::field("measures", FieldProblem::Unknown { got, nearest: Vec::new() }));
    };
    draft.check(Context { policy, content }).map_err(Error::Invalid)
}

async fn write(tx: &Tx, university: &str, before: Option<&Profile>, after: &Profile) -> Result<(), Error> {
    let seen = before.map_or(Profile::NONE, |before| before.version);
    store::profile::set(tx.db(), seen, after).await?;
    let of = |profile| Written { profile, university };
    match before {
        Some(before) => tx.changed(A::Change, &of(before), &of(after)),
        None => tx.created(A::Create, &of(after)),
    }
    Ok(())
}

/// A profile in the audit chain, under the name that its university has in addresses.
pub(crate) struct Written<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) university: &'a str,
}

impl Audited for Written<'_> {
    const SUBJECT: Subject = Subject::Profile;

    /// A university has one.
    fn record(&self) -> String {
        self.profile.org.to_string()
    }

    fn name(&self) -> String {
        self.university.to_owned()
    }

    fn version(&self) -> i64 {
        self.profile.version.0
    }

    fn snapshot(&self) -> Value {
        let content = &self.profile.content;
        json!({
            "org": self.profile.org,
            "disciplines": content.disciplines,
            "policy": content.policy,
            "measures": content.measures,
            "forms": content.forms,
            "stages": content.stages,
            "strengths": content.strengths,
        })
    }
}
