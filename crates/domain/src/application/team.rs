//! The people of a university who have a part in an application: who leads, who writes which section, who signs.

use super::draft::{Filed, open_sections};
use super::{Application, Section, form};
use crate::account::request::{AccountRequestDraft, address};
use crate::account::{Account, State as AccountState};
use crate::kernel::{AccountId, Actor, FieldError, FieldProblem, Progress, Role};
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

/// Somebody who is to have a part in an application, and has no account yet. It lies under seal with the application:
/// who they are is nobody else's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    pub name: String,
    /// In small letters: by it their account is known when it comes.
    pub mail: String,
    pub duty: Duty,
    pub sections: Vec<Section>,
}

/// The same as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AwaitedMemberDraft))]
#[serde(deny_unknown_fields)]
pub struct AwaitedDraft {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub mail: String,
    pub duty: Duty,
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// Everyone who has a part in an application, and who is to have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub members: Vec<Member>,
    pub awaited: Vec<Awaited>,
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
        let sections = written(row.duty, &row.sections);
        if row.duty == Duty::Member && sections.is_empty() {
            errors.push(FieldError::required(path("sections")));
        }
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

/// Who leads writes everything, who signs nothing: sections say something of members alone. Each once, in order.
fn written(duty: Duty, sections: &[Section]) -> Vec<Section> {
    let each: BTreeSet<Section> = sections.iter().copied().collect();
    each.into_iter().filter(|_| duty == Duty::Member).collect()
}

/// Checks those without an account as typed, beside `members` others. Nobody leads who cannot come in.
///
/// # Errors
/// Every row that does not hold.
pub fn check_awaited(typed: &[AwaitedDraft], members: usize) -> Result<Vec<Awaited>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut awaited: Vec<Awaited> = Vec::new();
    for (at, row) in typed.iter().enumerate() {
        let path = |part: &str| format!("awaited[{at}].{part}");
        let sections = written(row.duty, &row.sections);
        if row.duty == Duty::Lead {
            errors.push(FieldError::new(path("duty"), FieldProblem::DoesNotFit { other: "login".into() }));
        }
        if row.duty == Duty::Member && sections.is_empty() {
            errors.push(FieldError::required(path("sections")));
        }
        let draft = AccountRequestDraft { name: row.name.clone(), mail: row.mail.clone() };
        match draft.check() {
            Ok(wanted) if awaited.iter().any(|it| it.mail == wanted.mail) => {
                errors.push(FieldError::new(path("mail"), FieldProblem::Twice { got: wanted.mail }));
            }
            Ok(wanted) => {
                awaited.push(Awaited { name: wanted.name, mail: wanted.mail, duty: row.duty, sections });
            }
            Err(found) => {
                errors.extend(found.into_iter().map(|it| FieldError::new(path(&it.path), it.problem)))
            }
        }
    }
    if typed.len() + members > MEMBERS_MOST {
        errors.push(FieldError::new("awaited", FieldProblem::TooMany { max: MEMBERS_MOST }));
    }
    if errors.is_empty() { Ok(awaited) } else { Err(errors) }
}

/// Of those without an account one alone comes or goes at a time. What reached the administrators at one instant would
/// tell that several have a part in the same, and so that there is an application.
///
/// # Errors
/// Where several come or go together.
pub fn one_at_a_time(before: &[Awaited], after: &[Awaited]) -> Result<(), Vec<FieldError>> {
    let mails = |of: &[Awaited]| of.iter().map(|it| it.mail.clone()).collect::<BTreeSet<_>>();
    match mails(before).symmetric_difference(&mails(after)).count() {
        0 | 1 => Ok(()),
        _ => Err(vec![FieldError::new("awaited", FieldProblem::OneAtATime)]),
    }
}

/// The team once everybody with an account has come in: `held` are the addresses of the university's active accounts.
///
/// # Errors
/// Where somebody has a part already, or several accounts have the address, so that nobody knows which is meant.
pub fn settle(team: Team, held: &[(AccountId, String)]) -> Result<Team, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut settled = Team { members: team.members, awaited: Vec::new() };
    for (at, one) in team.awaited.into_iter().enumerate() {
        let known: Vec<AccountId> =
            held.iter().filter(|(_, mail)| address(mail) == one.mail).map(|(account, _)| *account).collect();
        match known.as_slice() {
            [] => settled.awaited.push(one),
            [account] if settled.members.iter().all(|member| member.account != *account) => {
                settled.members.push(Member { account: *account, duty: one.duty, sections: one.sections });
            }
            _ => {
                let twice = FieldProblem::Twice { got: one.mail };
                errors.push(FieldError::new(format!("awaited[{at}].mail"), twice));
            }
        }
    }
    if errors.is_empty() { Ok(settled) } else { Err(errors) }
}

/// The application once `account` has come in under `mail`; nothing where nobody awaits it there.
#[must_use]
pub fn joined(application: &Application, account: AccountId, mail: &str) -> Option<Application> {
    let one = application.awaited.iter().find(|it| it.mail == mail)?.clone();
    let mut after = application.clone();
    after.awaited.retain(|it| it.mail != mail);
    // Who has a part by their login by now keeps that one.
    if application.members.iter().all(|member| member.account != account) {
        after.members.push(Member { account, duty: one.duty, sections: one.sections });
    }
    after.version = application.version.next();
    Some(after)
}

/// What `actor` does in `application`: nothing outside its university, whoever they were when they were invited.
#[must_use]
pub fn duty(actor: &Actor, application: &Application) -> Option<Duty> {
    let account = actor.account().filter(|_| is_home(actor, application))?;
    application.members.iter().find(|member| member.account == account).map(|member| member.duty)
}

/// Whether `account` can lead `application`: it comes in, and as one of its university.
#[must_use]
pub fn can_lead(account: &Account, application: &Application) -> bool {
    account.state == AccountState::Active && is_home(&account.actor(), application)
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

/// The sections that `actor` was invited to and can write that are not done, with `files` beside what is typed and
/// `errors` in it. Who leads has the whole to see to.
#[must_use]
pub fn unfinished(
    actor: &Actor,
    application: &Application,
    files: &[Filed],
    errors: &[FieldError],
) -> Vec<Section> {
    if duty(actor, application) != Some(Duty::Member) {
        return Vec::new();
    }
    let open = open_sections(actor, application, errors);
    let all = form::standing(application, files, errors).into_iter();
    let left = all.filter(|(_, progress)| !matches!(progress, Progress::Done | Progress::Closed));
    left.map(|(section, _)| section).filter(|section| open.contains(section)).collect()
}

/// Whether `actor` is of its university.
#[must_use]
pub fn is_home(actor: &Actor, application: &Application) -> bool {
    actor.has(Role::University) && actor.org() == Some(application.university)
}
