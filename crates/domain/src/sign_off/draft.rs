//! A chain as it is typed, and what is proposed for each kind of organisation.

use super::rules::first_unmanned;
use super::{Kind, Step, When};
use crate::kernel::field::needed;
use crate::kernel::{AccountId, FieldError, FieldProblem};
use crate::org::OrgKind;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a post, in characters.
const POST_MOST: usize = 30;

/// A chain as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffChainDraft))]
#[serde(default, deny_unknown_fields)]
pub struct ChainDraft {
    /// Steps in their order; without any, what is prepared leaves at once.
    pub steps: Vec<StepDraft>,
}

/// A step as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffStepDraft))]
#[serde(default, deny_unknown_fields)]
pub struct StepDraft {
    /// The post that signs, such as 校长.
    pub post: String,
    /// Logins of the organisation's people who may sign for it; any one of them does.
    pub signers: Vec<String>,
    pub when: When,
}

/// Most steps of a chain.
#[must_use]
pub const fn steps_most(org: OrgKind) -> usize {
    match org {
        OrgKind::University => 5,
        OrgKind::Bureau
        | OrgKind::Office
        | OrgKind::Institution
        | OrgKind::District
        | OrgKind::MunicipalSchool
        | OrgKind::School => 3,
    }
}

impl ChainDraft {
    /// Checks it for an organisation of `org`, whose active people who prepare and sign have these logins.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(
        &self,
        org: OrgKind,
        people: &BTreeMap<String, AccountId>,
    ) -> Result<Vec<Step>, Vec<FieldError>> {
        let mut errors = Vec::new();
        let (most, got) = (steps_most(org), self.steps.len());
        if got > most {
            let max = i64::try_from(most).unwrap_or(i64::MAX);
            errors.push(FieldError::new(
                "steps",
                FieldProblem::NotANumber { min: 0, max, got: got.to_string() },
            ));
        }
        let mut posts = BTreeSet::new();
        let steps: Vec<Step> = self
            .steps
            .iter()
            .enumerate()
            .map(|(at, typed)| {
                let path = format!("steps[{at}]");
                let post = needed(&mut errors, &format!("{path}.post"), &typed.post, POST_MOST);
                if !post.is_empty() && !posts.insert(post.clone()) {
                    errors.push(FieldError::new(
                        format!("{path}.post"),
                        FieldProblem::Twice { got: post.clone() },
                    ));
                }
                Step { post, signers: signers(&mut errors, &path, &typed.signers, people), when: typed.when }
            })
            .collect();
        // A chain of steps that are sometimes left out would sometimes be none.
        if !steps.is_empty() && steps.iter().all(|step| step.when != When::Always) {
            errors.push(FieldError::new("steps[0].when", FieldProblem::DoesNotFit { other: "steps".into() }));
        }
        // One person signs one step: of people who are named twice only one step gets its hand.
        let signers: Vec<&[AccountId]> = steps.iter().map(|step| step.signers.as_slice()).collect();
        if let Some(at) = first_unmanned(&signers, &|_| true).filter(|_| errors.is_empty()) {
            let problem = FieldProblem::DoesNotFit { other: "steps".into() };
            errors.push(FieldError::new(format!("steps[{at}].signers"), problem));
        }
        if errors.is_empty() { Ok(steps) } else { Err(errors) }
    }
}

/// The accounts behind logins, each once.
fn signers(
    errors: &mut Vec<FieldError>,
    path: &str,
    typed: &[String],
    people: &BTreeMap<String, AccountId>,
) -> Vec<AccountId> {
    let mut signers = Vec::new();
    let logins = typed.iter().map(|login| login.trim()).enumerate().filter(|(_, login)| !login.is_empty());
    for (at, login) in logins {
        match people.get(login) {
            Some(account) if !signers.contains(account) => signers.push(*account),
            Some(_) => {}
            None => {
                let problem = FieldProblem::Unknown { got: login.to_owned(), nearest: Vec::new() };
                errors.push(FieldError::new(format!("{path}.signers[{at}]"), problem));
            }
        }
    }
    if signers.is_empty() && typed.iter().all(|login| login.trim().is_empty()) {
        errors.push(FieldError::required(format!("{path}.signers")));
    }
    signers
}

/// A post that chains are proposed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Title {
    /// 校长.
    Principal,
    /// 分管局长.
    DeputyDirector,
    /// 项目负责人.
    ResponsiblePerson,
    /// 院系.
    Faculty,
    /// 归口管理部门.
    OfficeInCharge,
    /// 财务部门.
    Finance,
    /// 分管校领导.
    VicePresident,
    /// 处长.
    HeadOfOffice,
}

impl Title {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Principal,
        Self::DeputyDirector,
        Self::ResponsiblePerson,
        Self::Faculty,
        Self::OfficeInCharge,
        Self::Finance,
        Self::VicePresident,
        Self::HeadOfOffice,
    ];

    /// When a step of this post is asked.
    #[must_use]
    pub const fn when(self) -> When {
        match self {
            Self::Finance => When::OwnFunds,
            Self::Principal
            | Self::DeputyDirector
            | Self::ResponsiblePerson
            | Self::Faculty
            | Self::OfficeInCharge
            | Self::VicePresident
            | Self::HeadOfOffice => When::Always,
        }
    }
}

/// The posts that are proposed for `kind` in an organisation of `org`; none where it does not leave such a one.
#[must_use]
pub const fn proposal(org: OrgKind, kind: Kind) -> &'static [Title] {
    if !kind.leaves(org) {
        return &[];
    }
    match org {
        OrgKind::School | OrgKind::MunicipalSchool => &[Title::Principal],
        OrgKind::District => &[Title::DeputyDirector],
        OrgKind::University => &[
            Title::ResponsiblePerson,
            Title::Faculty,
            Title::OfficeInCharge,
            Title::Finance,
            Title::VicePresident,
        ],
        OrgKind::Office | OrgKind::Institution => &[Title::HeadOfOffice],
        OrgKind::Bureau => &[],
    }
}
