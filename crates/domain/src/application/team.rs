//! The people of a university who have a part in an application: who leads, who writes which section, who signs.

use super::{Application, Section};
use crate::kernel::{AccountId, Actor, FieldError, FieldProblem, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most people who have a part in one application.
const MEMBERS_MOST: usize = 20;

/// What someone does in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 牵头: writes everything, invites, submits and takes back.
    Lead,
    /// 参与: writes the sections that they are invited to.
    Member,
    /// 签署: reads it before it leaves the university.
    Signatory,
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Member, Self::Signatory];
}

/// Someone with a part in an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationMember))]
pub struct Member {
    pub account: AccountId,
    pub duty: Duty,
    /// What they write, where they are a member; who leads writes everything.
    pub sections: Vec<Section>,
}

/// A part as typed: people are named by their login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationMemberDraft))]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    pub login: String,
    pub duty: Duty,
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// Checks a team as typed; `known` finds an active account of the university by its login.
///
/// # Errors
/// Every row that does not hold; where nobody leads, or several do.
pub fn check(
    typed: &[MemberDraft],
    known: impl Fn(&str) -> Option<AccountId>,
) -> Result<Vec<Member>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut members: Vec<Member> = Vec::new();
    for (at, row) in typed.iter().enumerate() {
        let path = |part: &str| format!("members[{at}].{part}");
        let login = row.login.trim();
        let Some(account) = known(login) else {
            let problem = match login {
                "" => FieldProblem::Required,
                got => FieldProblem::Unknown { got: got.to_owned(), nearest: Vec::new() },
            };
            errors.push(FieldError::new(path("login"), problem));
            continue;
        };
        if members.iter().any(|member| member.account == account) {
            errors.push(FieldError::new(path("login"), FieldProblem::Twice { got: login.to_owned() }));
        }
        let sections: BTreeSet<Section> = row.sections.iter().copied().collect();
        if row.duty == Duty::Member && sections.is_empty() {
            errors.push(FieldError::required(path("sections")));
        }
        // Who leads writes everything, who signs nothing: sections say something of members alone.
        let sections = sections.into_iter().filter(|_| row.duty == Duty::Member).collect();
        members.push(Member { account, duty: row.duty, sections });
    }
    if typed.len() > MEMBERS_MOST {
        errors.push(FieldError::new("members", FieldProblem::TooMany { max: MEMBERS_MOST }));
    }
    match members.iter().filter(|member| member.duty == Duty::Lead).count() {
        1 => {}
        0 if errors.is_empty() => errors.push(FieldError::new("members", FieldProblem::NoLead)),
        0 => {}
        _ => errors.push(FieldError::new("members", FieldProblem::TooMany { max: 1 })),
    }
    if errors.is_empty() { Ok(members) } else { Err(errors) }
}

/// What `actor` does in `application`: nothing outside its university, whoever they were when they were invited.
#[must_use]
pub fn duty(actor: &Actor, application: &Application) -> Option<Duty> {
    let account = actor.account().filter(|_| is_home(actor, application))?;
    application.members.iter().find(|member| member.account == account).map(|member| member.duty)
}

/// The sections that `actor` writes.
#[must_use]
pub fn sections(actor: &Actor, application: &Application) -> BTreeSet<Section> {
    match duty(actor, application) {
        Some(Duty::Lead) => Section::ALL.into(),
        Some(Duty::Member) => {
            let own = application.members.iter().filter(|it| Some(it.account) == actor.account());
            own.flat_map(|member| member.sections.iter().copied()).collect()
        }
        Some(Duty::Signatory) | None => BTreeSet::new(),
    }
}

/// Whether `actor` is of its university.
#[must_use]
pub fn is_home(actor: &Actor, application: &Application) -> bool {
    actor.has(Role::University) && actor.org() == Some(application.university)
}
