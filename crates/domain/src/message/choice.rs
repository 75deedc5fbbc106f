//! Which of their messages a person also gets by mail, and in which language. The page has them all.

use super::{Kind, template::Language};
use crate::kernel::{AccountId, Actor, FieldError, FieldProblem, Role, Version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Why a kind of mail cannot be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailBound))]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// It is about who gets into accounts.
    Security,
    /// A decision waits for the person.
    Decision,
}

impl Bound {
    /// Why mail of this kind cannot be switched off; nothing where it can.
    #[must_use]
    pub const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::RolesGranted | Kind::AccessReset | Kind::ConsoleUsed => Some(Self::Security),
            Kind::ListProposed | Kind::SignOffAsked => Some(Self::Decision),
            _ => None,
        }
    }
}

/// What a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub account: AccountId,
    /// Kinds that come without mail.
    pub off: BTreeSet<Kind>,
    /// The language of mails.
    pub language: Language,
    pub version: Version,
}

impl Choice {
    /// The choice of who has made none: every mail, in Chinese.
    #[must_use]
    pub fn none(account: AccountId) -> Self {
        Self { account, off: BTreeSet::new(), language: Language::Zh, version: Version(0) }
    }

    /// Whether the person gets mail of this kind; what is bound always comes, whatever was chosen before it was.
    #[must_use]
    pub fn takes(&self, kind: Kind) -> bool {
        Bound::of(kind).is_some() || !self.off.contains(&kind)
    }
}

/// What is chosen on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceDraft {
    /// Kinds that are to come without mail.
    pub off: Vec<Kind>,
    pub language: Language,
}

impl ChoiceDraft {
    /// The choice after it.
    ///
    /// # Errors
    /// A field for each kind that cannot be switched off.
    pub fn check(&self, before: &Choice) -> Result<Choice, Vec<FieldError>> {
        let bound = self.off.iter().enumerate().filter(|(_, kind)| Bound::of(**kind).is_some());
        let errors: Vec<FieldError> =
            bound.map(|(at, _)| FieldError::new(format!("off[{at}]"), FieldProblem::Bound)).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let off = self.off.iter().copied().collect();
        Ok(Choice { off, language: self.language, version: before.version.next(), ..*before })
    }
}

/// Everyone: a message to one person about their own account.
const ANYONE: &[Role] = &Role::ALL;
/// Whose organisations let something leave by signature.
const SIGNERS: &[Role] =
    &[Role::NeedUnit, Role::DistrictBureau, Role::University, Role::ResponsibleOffice, Role::LeadOffice];

/// The roles that messages of a kind go to.
#[must_use]
pub const fn readers(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::NeedSubmitted | Kind::ForwardingDue => super::DISTRICT,
        Kind::NeedReturned
        | Kind::NeedForwarded
        | Kind::NeedListed
        | Kind::NeedDeclined
        | Kind::NeedMerged
        | Kind::NeedLeftOpen
        | Kind::FilingReminded
        | Kind::FilingDue
        | Kind::QuestionAsked
        | Kind::AnswersDue
        | Kind::UnitOpinionAsked
        | Kind::CorrectionDue => super::UNIT,
        Kind::NeedWithdrawn => &[Role::DistrictBureau, Role::LeadOffice],
        Kind::NeedArrived
        | Kind::ListApproved
        | Kind::ListReturned
        | Kind::ApplicationCorrected
        | Kind::ZeroReported => super::LEAD,
        Kind::ListProposed | Kind::ListDue => &[Role::LeadingGroup],
        Kind::ListVoided => &[Role::LeadingGroup, Role::LeadOffice],
        Kind::ListPublished | Kind::EndExtended | Kind::CycleRevised | Kind::PhaseChanged => {
            super::WITH_UNIVERSITIES
        }
        Kind::ApplicationInvited
        | Kind::ApplicationJoined
        | Kind::AccountRequestDeclined
        | Kind::ApplicationReturned
        | Kind::ApplicationAccepted
        | Kind::ApplicationDue
        | Kind::ApplicationCorrectionDue
        | Kind::QuestionAnswered
        | Kind::QuestionTakenBack => &[Role::University],
        Kind::SealsOpened => &[Role::University, Role::LeadOffice, Role::Auditor],
        Kind::OpinionsAsked | Kind::OpinionsReminded | Kind::OpinionsDue => &[Role::ResponsibleOffice],
        Kind::SignOffAsked | Kind::SignOffSentBack | Kind::SignOffSigned | Kind::SignatureDue => SIGNERS,
        Kind::CycleOpened => super::YEAR,
        Kind::RolesGranted
        | Kind::AccessReset
        | Kind::ConsoleUsed
        | Kind::ExportReady
        | Kind::ExportFailed => ANYONE,
    }
}

/// The kinds that can come to `actor` by mail, in their order.
#[must_use]
pub fn kinds(actor: &Actor) -> Vec<Kind> {
    let comes = |kind: &Kind| readers(*kind).iter().any(|role| actor.has(*role));
    Kind::ALL.into_iter().filter(|kind| !kind.stays_inside()).filter(comes).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bound, Choice, ChoiceDraft, Kind, Language, kinds};
    use crate::kernel::{AccountId, Actor, OrgId, Role};
    use uuid::Uuid;

    #[test]
    fn what_is_bound_comes_whatever_is_chosen() {
        let none = Choice::none(AccountId(Uuid::nil()));
        assert!(Kind::ALL.into_iter().all(|kind| none.takes(kind)));
        let draft = |off: &[Kind]| ChoiceDraft { off: off.to_vec(), language: Language::En };
        let after = draft(&[Kind::NeedArrived]).check(&none).unwrap();
        assert_eq!((after.takes(Kind::NeedArrived), after.takes(Kind::NeedReturned)), (false, true));
        assert_eq!(after.version, none.version.next());
        let refused = draft(&[Kind::NeedArrived, Kind::SignOffAsked]).check(&none).unwrap_err();
        assert_eq!(refused.into_iter().map(|it| it.path).collect::<Vec<_>>(), ["off[1]"]);
        let old = Choice { off: Kind::ALL.into(), ..none };
        assert!(Kind::ALL.into_iter().all(|kind| old.takes(kind) == Bound::of(kind).is_some()));
    }

    #[test]
    fn a_person_chooses_among_what_can_come_to_them() {
        let of = |role| kinds(&Actor::person(AccountId(Uuid::nil()), OrgId(Uuid::nil()), [role]));
        assert!(of(Role::NeedUnit).contains(&Kind::FilingDue));
        assert!(!of(Role::NeedUnit).contains(&Kind::ApplicationDue));
        assert!(of(Role::SystemAdmin).contains(&Kind::AccessReset));
        assert!(kinds(&Actor::Visitor).is_empty());
        // Each kind comes to somebody, unless no mail is made of it.
        for kind in Kind::ALL {
            let comes = Role::ALL.into_iter().any(|role| of(role).contains(&kind));
            assert_eq!(comes, !kind.stays_inside(), "{kind:?}");
        }
    }
}
