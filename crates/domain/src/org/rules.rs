//! Who changes the directory, and who sees whom to call.

use super::Organisation;
use crate::kernel::{Actor, Offer, OrgId, RefusalKind, Role};
use serde::{Deserialize, Serialize};

/// What is done with an organisation. None is ever deleted: it gets a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OrgAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 修改.
    Change,
    /// 显示电话: reads whom to call with the telephones whole, for a reason that is kept.
    Reveal,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 2] = [Self::Change, Self::Reveal];
}

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OrgRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only system administrators do this.
    AdministratorOnly,
    /// Only the lead office and the units directly below have to call it.
    NotItsCounterpart,
    /// The telephones are not hidden from them.
    SeesThemWhole,
    /// It has registered no telephone.
    NoTelephone,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::AdministratorOnly | Self::NotItsCounterpart | Self::SeesThemWhole => RefusalKind::NotYours,
            Self::NoTelephone => RefusalKind::NotNow,
        }
    }
}

/// Who makes and changes organisations.
///
/// # Errors
/// `AdministratorOnly` for everybody else.
pub fn may_administer(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::SystemAdmin) { Ok(()) } else { Err(Refusal::AdministratorOnly) }
}

/// Whether `actor`, whose own organisation stands under `superior`, does `action` with `org`.
///
/// # Errors
/// Why not.
pub fn decide(
    actor: &Actor,
    org: &Organisation,
    superior: Option<OrgId>,
    action: Action,
) -> Result<(), Refusal> {
    match action {
        Action::Change => may_administer(actor),
        Action::Reveal => may_reveal(actor, org, superior),
    }
}

/// The lead office calls everybody; a unit calls the one directly above it.
fn may_reveal(actor: &Actor, org: &Organisation, superior: Option<OrgId>) -> Result<(), Refusal> {
    let handles = actor.has(Role::LeadOffice);
    let is_below = superior == Some(org.id) && (actor.has(Role::NeedUnit) || actor.has(Role::DistrictBureau));
    if sees_phones(actor, org) {
        Err(Refusal::SeesThemWhole)
    } else if !handles && !is_below {
        Err(Refusal::NotItsCounterpart)
    } else if org.contacts.iter().all(|contact| contact.phone.is_empty()) {
        Err(Refusal::NoTelephone)
    } else {
        Ok(())
    }
}

/// What `actor` can do with an organisation.
#[must_use]
pub fn offers(actor: &Actor, org: &Organisation, superior: Option<OrgId>) -> Vec<Offer<Action, Refusal>> {
    let can = |action: &Action| decide(actor, org, superior, *action).is_ok();
    Action::ALL.into_iter().filter(can).map(|action| Offer { action, barred: None }).collect()
}

/// Whether `actor` sees who answers for an organisation: everyone who is signed in.
#[must_use]
pub const fn sees_contacts(actor: &Actor) -> bool {
    matches!(actor, Actor::Person(_) | Actor::System)
}

/// Whether `actor` sees telephone numbers whole without saying why: its own people, the district above it, and
/// those who keep the directory.
#[must_use]
pub fn sees_phones(actor: &Actor, org: &Organisation) -> bool {
    let is_above = org.parent.is_some() && actor.org() == org.parent && actor.has(Role::DistrictBureau);
    actor.org() == Some(org.id) || is_above || actor.has(Role::SystemAdmin)
}

#[cfg(test)]
mod tests {
    use super::{Action, Refusal, decide, offers, sees_phones};
    use crate::kernel::{AccountId, Actor, OrgId, Role};
    use crate::org::{Contact, Directory, OrgDraft, OrgKind, Organisation, Post};
    use uuid::Uuid;

    const DISTRICT: OrgId = OrgId(Uuid::from_u128(1));
    const SCHOOL: OrgId = OrgId(Uuid::from_u128(2));
    const OFFICE: OrgId = OrgId(Uuid::from_u128(3));

    fn org(id: OrgId, kind: OrgKind, parent: Option<OrgId>, phone: &str) -> Organisation {
        let draft = OrgDraft {
            slug: "one".into(),
            kind: Some(OrgKind::District),
            name: "单位".into(),
            contacts: vec![Contact {
                post: Post::Contact,
                name: "王芳".into(),
                title: String::new(),
                phone: phone.into(),
            }],
            ..OrgDraft::default()
        };
        let nobody = Directory { orgs: Vec::new(), groups: Vec::new() };
        Organisation { id, kind, parent, ..draft.check(&nobody, None).unwrap() }
    }

    fn person(org: OrgId, role: Role) -> Actor {
        Actor::person(AccountId(Uuid::nil()), org, [role])
    }

    #[test]
    fn who_has_to_call_says_why_and_who_is_near_does_not() {
        let (own, above) = (Err(Refusal::SeesThemWhole), Some(DISTRICT));
        let stranger = Err(Refusal::NotItsCounterpart);
        let school = org(SCHOOL, OrgKind::School, above, "13812345678");
        let district = org(DISTRICT, OrgKind::District, None, "13812345678");
        let check = |actor: Actor, superior: Option<OrgId>, org: &Organisation, expected| {
            let decided = decide(&actor, org, superior, Action::Reveal);
            assert_eq!(decided, expected, "{actor:?}");
            assert_eq!(sees_phones(&actor, org), decided == own, "{actor:?}");
            let is_offered = offers(&actor, org, superior).iter().any(|offer| offer.action == Action::Reveal);
            assert_eq!(is_offered, decided.is_ok(), "{actor:?}");
        };
        check(person(SCHOOL, Role::NeedUnit), above, &school, own);
        check(person(DISTRICT, Role::DistrictBureau), None, &school, own);
        check(person(OFFICE, Role::SystemAdmin), None, &school, own);
        check(person(OFFICE, Role::LeadOffice), None, &school, Ok(()));
        check(person(SCHOOL, Role::NeedUnit), above, &district, Ok(()));
        check(person(SCHOOL, Role::Expert), above, &district, stranger);
        check(person(DISTRICT, Role::Expert), None, &school, stranger);
        check(person(OFFICE, Role::DistrictBureau), None, &school, stranger);
        check(person(OFFICE, Role::Auditor), None, &school, stranger);
        check(Actor::Visitor, None, &school, stranger);
        let silent = org(SCHOOL, OrgKind::School, above, "");
        check(person(OFFICE, Role::LeadOffice), None, &silent, Err(Refusal::NoTelephone));
    }
}
