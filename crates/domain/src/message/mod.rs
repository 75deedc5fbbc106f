//! What a person is told, in the system and by mail: that something happened to a record which concerns them.

mod awaited;
pub mod choice;
pub mod mail;
pub mod office;
pub mod reminder;
pub mod template;
mod topic;

use crate::account::Account;
use crate::account::rules::needs_second_hand;
use crate::application::{self, Application};
use crate::cycle::{Action, Phase};
use crate::kernel::{AccountId, OrgId, Role};
use crate::need::{Need, State};
use crate::need_list::{NeedList, State as ListState};
use crate::question::{self, Question};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use awaited::{of_account_request, of_joining};
pub use topic::Topic;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MessageKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A school of the district has submitted a need.
    NeedSubmitted,
    /// A need came back with something to correct.
    NeedReturned,
    /// The district has forwarded a need of the school.
    NeedForwarded,
    /// A need has reached the lead office.
    NeedArrived,
    /// A need was taken back by its unit.
    NeedWithdrawn,
    /// The need list is published, and a need stands on it.
    NeedListed,
    /// The need list is published without a need.
    NeedDeclined,
    /// The need list is published, and another need takes one up.
    NeedMerged,
    /// The seals are opened, and no university has applied for a need.
    NeedLeftOpen,
    /// A need list waits for the leading group.
    ListProposed,
    /// The leading group has agreed to a need list.
    ListApproved,
    /// The leading group has sent a need list back.
    ListReturned,
    /// A need list was changed after the leading group had agreed to it: that holds no more.
    ListVoided,
    /// A need list is published.
    ListPublished,
    /// A university asks about a need on the list; which one is not said.
    QuestionAsked,
    /// What one's own university asked is answered, or the answer was corrected.
    QuestionAnswered,
    /// What one's own university asked was taken back.
    QuestionTakenBack,
    /// Someone was given a part in an application of their university.
    ApplicationInvited,
    /// Somebody who was awaited in an application has an account now, and a part in it.
    ApplicationJoined,
    /// The window has closed: the seals of the year's applications are opened.
    SealsOpened,
    /// An application came back with something to correct.
    ApplicationReturned,
    /// An application that was returned has come again.
    ApplicationCorrected,
    /// An application holds, and goes on to the reviews.
    ApplicationAccepted,
    /// An application for a need of the unit is accepted: its opinion is asked for.
    UnitOpinionAsked,
    /// The lead office asks an office for opinions on needs.
    OpinionsAsked,
    /// The lead office waits for them.
    OpinionsReminded,
    /// Needs are collected.
    CycleOpened,
    /// A unit or a bureau has not filed, and is reminded.
    FilingReminded,
    /// A district reports that it has nothing.
    ZeroReported,
    /// Something waits for one's signature.
    SignOffAsked,
    /// What one asked to be signed was sent back.
    SignOffSentBack,
    /// What one asked to be signed is signed, and has left.
    SignOffSigned,
    /// An end was set later.
    EndExtended,
    /// Plan, budget or rules of the cycle were changed.
    CycleRevised,
    /// The cycle went into its next phase, or back.
    PhaseChanged,
    /// Someone was given a role of an office or of administration.
    RolesGranted,
    /// Someone was given a link that replaces password and second factor.
    AccessReset,
    /// An account that one asked for will not be made.
    AccountRequestDeclined,
    /// An account was changed from the server's own console.
    ConsoleUsed,
    /// A list that one asked for in the background lies ready.
    ExportReady,
    /// It could not be made.
    ExportFailed,
    /// A reminder: needs are to be filed, and nothing has come, or something lies begun.
    FilingDue,
    /// A reminder: a bureau has needs to forward, or nothing has arrived of it.
    ForwardingDue,
    /// A reminder: a need that came back is to be corrected.
    CorrectionDue,
    /// A reminder: an office is to give its opinions.
    OpinionsDue,
    /// A reminder: questions on a need are to be answered.
    AnswersDue,
    /// A reminder: an application lies begun. Sealed, as it is.
    ApplicationDue,
    /// A reminder: an application that came back is to be corrected.
    ApplicationCorrectionDue,
    /// A reminder: a need list waits for the person's seat.
    ListDue,
    /// A reminder: something waits for the person's signature.
    SignatureDue,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 50] = [
        Self::NeedSubmitted,
        Self::NeedReturned,
        Self::NeedForwarded,
        Self::NeedArrived,
        Self::NeedWithdrawn,
        Self::NeedListed,
        Self::NeedDeclined,
        Self::NeedMerged,
        Self::NeedLeftOpen,
        Self::ListProposed,
        Self::ListApproved,
        Self::ListReturned,
        Self::ListVoided,
        Self::ListPublished,
        Self::QuestionAsked,
        Self::QuestionAnswered,
        Self::QuestionTakenBack,
        Self::ApplicationInvited,
        Self::ApplicationJoined,
        Self::SealsOpened,
        Self::ApplicationReturned,
        Self::ApplicationCorrected,
        Self::ApplicationAccepted,
        Self::UnitOpinionAsked,
        Self::OpinionsAsked,
        Self::OpinionsReminded,
        Self::FilingReminded,
        Self::ZeroReported,
        Self::SignOffAsked,
        Self::SignOffSentBack,
        Self::SignOffSigned,
        Self::CycleOpened,
        Self::EndExtended,
        Self::CycleRevised,
        Self::PhaseChanged,
        Self::RolesGranted,
        Self::AccessReset,
        Self::AccountRequestDeclined,
        Self::ConsoleUsed,
        Self::ExportReady,
        Self::ExportFailed,
        Self::FilingDue,
        Self::ForwardingDue,
        Self::CorrectionDue,
        Self::OpinionsDue,
        Self::AnswersDue,
        Self::ApplicationDue,
        Self::ApplicationCorrectionDue,
        Self::ListDue,
        Self::SignatureDue,
    ];

    /// It is told in the system alone. Mail passes the outbox, whose addresses administrators read: who is told of an
    /// answer is who asked.
    #[must_use]
    pub const fn stays_inside(self) -> bool {
        matches!(self, Self::QuestionAnswered | Self::QuestionTakenBack)
    }
}

/// Whom something concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who holds one of these roles, in this organisation where one is named.
    Roles { org: Option<OrgId>, roles: &'static [Role] },
    /// One person.
    Person(AccountId),
}

const UNIT: &[Role] = &[Role::NeedUnit, Role::DistrictBureau];
const DISTRICT: &[Role] = &[Role::DistrictBureau];
const LEAD: &[Role] = &[Role::LeadOffice];

/// Who watches over those who administer.
const WATCH: Audience = Audience::Roles { org: None, roles: &[Role::Auditor] };
/// Who is told besides that somebody stood at the server.
const LEADERS: Audience = Audience::Roles { org: None, roles: &[Role::LeadingGroup] };

/// Everyone who files needs, and everyone who watches over the year.
const YEAR: &[Role] = &[
    Role::NeedUnit,
    Role::DistrictBureau,
    Role::LeadOffice,
    Role::LeadingGroup,
    Role::Finance,
    Role::Auditor,
];
/// Besides those, offices give opinions once needs are screened.
const WITH_OFFICES: &[Role] = &[
    Role::NeedUnit,
    Role::DistrictBureau,
    Role::ResponsibleOffice,
    Role::LeadOffice,
    Role::LeadingGroup,
    Role::Finance,
    Role::Auditor,
];
/// And universities answer the list.
const WITH_UNIVERSITIES: &[Role] = &[
    Role::NeedUnit,
    Role::DistrictBureau,
    Role::University,
    Role::ResponsibleOffice,
    Role::LeadOffice,
    Role::LeadingGroup,
    Role::Finance,
    Role::Auditor,
];

/// Whom a step of the cycle concerns that leads from `before` to `after`, or touches the phase that stays; nobody
/// while it is prepared. The end of a rehearsal concerns those who took part until then. Experts are not told: who they
/// are is nobody's business.
#[must_use]
pub fn of_cycle(action: Action, before: Phase, after: Phase) -> Option<Audience> {
    let last = if action == Action::Finish { before } else { before.max(after) };
    if last == Phase::Preparing {
        return None;
    }
    let roles = match last {
        Phase::Preparing | Phase::CollectingNeeds => YEAR,
        Phase::ScreeningNeeds => WITH_OFFICES,
        Phase::AcceptingApplications
        | Phase::Reviewing
        | Phase::Selecting
        | Phase::PublicNotice
        | Phase::Implementing
        | Phase::Evaluating
        | Phase::Subsidising
        | Phase::Closed => WITH_UNIVERSITIES,
    };
    Some(Audience::Roles { org: None, roles })
}

/// Whom a step of a need concerns, and of what they are told. Nobody is told of a draft.
#[must_use]
pub fn of_need(before: State, after: &Need) -> Vec<(Kind, Audience)> {
    let unit = Audience::Roles { org: Some(after.unit), roles: UNIT };
    let district = after.district.map(|org| Audience::Roles { org: Some(org), roles: DISTRICT });
    let lead = Audience::Roles { org: None, roles: LEAD };
    let told = |kind, audience: Option<Audience>| audience.map(|audience| (kind, audience));
    let mut all = Vec::new();
    match (before, after.state) {
        (_, State::Submitted) => all.extend(told(Kind::NeedSubmitted, district)),
        (_, State::ReturnedByDistrict | State::Returned) => all.push((Kind::NeedReturned, unit)),
        (State::Submitted, State::Forwarded) => {
            all.push((Kind::NeedForwarded, unit));
            all.push((Kind::NeedArrived, lead));
        }
        (State::Draft | State::Returned, State::Forwarded | State::Screening) => {
            all.push((Kind::NeedArrived, lead));
        }
        (from, State::Withdrawn) if from != State::Draft => {
            all.extend(told(Kind::NeedWithdrawn, district));
            if after.forwarded_at.is_some() {
                all.push((Kind::NeedWithdrawn, lead));
            }
        }
        // Only the publication of the list brings a need here: until then nobody is told.
        (State::Screening, fate @ (State::Listed | State::Declined | State::Merged)) => {
            all.extend(of_fate(fate, after.unit, after.district));
        }
        (State::Listed, State::Open) => all.extend(of_fate(State::Open, after.unit, after.district)),
        _ => {}
    }
    all
}

/// Whom it concerns what the published need list says of a need, or that nobody has applied for it: its unit and the
/// district above it.
#[must_use]
pub fn of_fate(fate: State, unit: OrgId, district: Option<OrgId>) -> Vec<(Kind, Audience)> {
    let kind = match fate {
        State::Listed => Kind::NeedListed,
        State::Merged => Kind::NeedMerged,
        State::Open => Kind::NeedLeftOpen,
        _ => Kind::NeedDeclined,
    };
    let unit = Audience::Roles { org: Some(unit), roles: UNIT };
    let district = district.map(|org| Audience::Roles { org: Some(org), roles: DISTRICT });
    std::iter::once(unit).chain(district).map(|audience| (kind, audience)).collect()
}

/// Whom a step of a need list concerns, and of what they are told.
#[must_use]
pub fn of_list(before: &NeedList, after: &NeedList) -> Vec<(Kind, Audience)> {
    let lead = Audience::Roles { org: None, roles: LEAD };
    match (before.state, after.state) {
        (_, ListState::Published) => {
            vec![(Kind::ListPublished, Audience::Roles { org: None, roles: WITH_UNIVERSITIES })]
        }
        (ListState::Draft | ListState::Proposed, ListState::Approved) => vec![(Kind::ListApproved, lead)],
        // One seat has agreed: it is the next one's turn.
        (ListState::Draft | ListState::Proposed, ListState::Proposed) => vec![(Kind::ListProposed, LEADERS)],
        (ListState::Proposed, ListState::Draft) if after.marks.len() > before.marks.len() => {
            vec![(Kind::ListReturned, lead)]
        }
        (_, ListState::Draft) if before.agreed() > after.agreed() => {
            vec![(Kind::ListVoided, LEADERS), (Kind::ListVoided, lead)]
        }
        _ => Vec::new(),
    }
}

/// Whom a step of an application for a need of `need_unit` concerns, and of what they are told. Nobody is told of what is
/// sealed.
#[must_use]
pub fn of_application(
    before: application::State,
    after: &Application,
    need_unit: OrgId,
) -> Vec<(Kind, Audience)> {
    use application::State as S;
    let writers = |kind| after.members.iter().map(move |member| (kind, Audience::Person(member.account)));
    match (before, after.state) {
        // From there with another day, once the first one has passed.
        (S::FormalCheck | S::ReturnedForCorrection, S::ReturnedForCorrection) => {
            writers(Kind::ApplicationReturned).collect()
        }
        (S::FormalCheck | S::ReturnedForCorrection, S::Accepted) => {
            let asked = (Kind::UnitOpinionAsked, unit(need_unit));
            writers(Kind::ApplicationAccepted).chain(std::iter::once(asked)).collect()
        }
        (S::ReturnedForCorrection, S::FormalCheck) => {
            vec![(Kind::ApplicationCorrected, Audience::Roles { org: None, roles: LEAD })]
        }
        _ => Vec::new(),
    }
}

/// Whom a step of a question concerns, and of what they are told: who asked, and nobody else.
#[must_use]
pub fn of_question(after: &Question) -> Vec<(Kind, Audience)> {
    let university = Audience::Roles { org: Some(after.asker.university), roles: &[Role::University] };
    match after.state() {
        question::State::Open => Vec::new(),
        question::State::Answered => vec![(Kind::QuestionAnswered, university)],
        question::State::TakenBack => vec![(Kind::QuestionTakenBack, university)],
    }
}

/// The people who file for an organisation.
#[must_use]
pub const fn unit(org: OrgId) -> Audience {
    Audience::Roles { org: Some(org), roles: UNIT }
}

/// The lead office.
#[must_use]
pub const fn lead() -> Audience {
    Audience::Roles { org: None, roles: LEAD }
}

/// Whom it concerns that someone has a part in an application which they had not before: them alone.
#[must_use]
pub fn of_invitation(before: &Application, after: &Application) -> Vec<(Kind, Audience)> {
    let is_new = |account: AccountId| before.members.iter().all(|member| member.account != account);
    let invited = after.members.iter().map(|member| member.account).filter(|account| is_new(*account));
    invited.map(|account| (Kind::ApplicationInvited, Audience::Person(account))).collect()
}

/// Whom the opening of the seals concerns.
#[must_use]
pub fn of_opening() -> Vec<(Kind, Audience)> {
    let roles: &[Role] = &[Role::University, Role::LeadOffice, Role::Auditor];
    vec![(Kind::SealsOpened, Audience::Roles { org: None, roles })]
}

/// The people of an office that answers for measures.
#[must_use]
pub const fn office(org: OrgId) -> Audience {
    Audience::Roles { org: Some(org), roles: &[Role::ResponsibleOffice] }
}

/// Whom a grant of roles concerns: whoever watches, where it took a second hand, and the person.
#[must_use]
pub fn of_grant(
    account: AccountId,
    before: &BTreeSet<Role>,
    after: &BTreeSet<Role>,
) -> Vec<(Kind, Audience)> {
    if !needs_second_hand(before, after) {
        return Vec::new();
    }
    vec![(Kind::RolesGranted, WATCH), (Kind::RolesGranted, Audience::Person(account))]
}

/// Whom it concerns that somebody who approves has another post: as a role that decides.
#[must_use]
pub fn of_post(before: &Account, after: &Account) -> Vec<(Kind, Audience)> {
    if before.post == after.post || !after.post_decides() {
        return Vec::new();
    }
    vec![(Kind::RolesGranted, WATCH), (Kind::RolesGranted, Audience::Person(after.id))]
}

/// Whom it concerns that someone comes in again by a link.
#[must_use]
pub fn of_reset(account: AccountId) -> Vec<(Kind, Audience)> {
    vec![(Kind::AccessReset, WATCH), (Kind::AccessReset, Audience::Person(account))]
}

/// Whom it concerns that an account was changed from the server's own console.
#[must_use]
pub fn of_console(account: AccountId) -> Vec<(Kind, Audience)> {
    [WATCH, LEADERS, Audience::Person(account)].map(|audience| (Kind::ConsoleUsed, audience)).to_vec()
}
