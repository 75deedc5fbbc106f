//! Who sees which applications, and what of them. The seal binds everybody: until the seals of a cycle are opened,
//! nobody outside the university knows of its application, whatever roles they hold; and drafts stay with it for good.
//! The unit of the need reads what is offered to it once that is accepted, and no more.

use super::{Action, Application, ApplicationDraft, Content, Field, Refusal, Row, State};
use crate::kernel::{Actor, Offer, OrgId, Role};
use crate::need::rules::files;

/// A part of all applications that someone sees; a person sees the union of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the system alone.
    All,
    /// What this university writes, has handed in and has taken back.
    Own(OrgId),
    /// Everything whose seal is opened.
    Opened,
    /// What others have handed in for needs of this unit, once it is accepted: what they offer, not the whole.
    Offered(OrgId),
}

/// What of an application decides who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub university: OrgId,
    /// Whose need it answers.
    pub unit: OrgId,
    pub state: State,
    /// Its seal is opened.
    pub opened: bool,
}

impl Place {
    /// That of an application for a need of `unit`.
    #[must_use]
    pub const fn of(application: &Application, unit: OrgId) -> Self {
        let opened = application.opened_at.is_some();
        Self { university: application.university, unit, state: application.state, opened }
    }

    /// The same of a row of a list: what has a number is opened.
    #[must_use]
    pub const fn of_row(row: &Row, unit: OrgId) -> Self {
        Self { university: row.university, unit, state: row.state, opened: row.seq.is_some() }
    }

    /// It is accepted: what it offers is for the unit to read.
    #[must_use]
    pub const fn is_offered(self) -> bool {
        self.opened && self.state.is_accepted()
    }
}

/// The parts of all applications that `actor` sees, as a condition for the store. Nothing where it is empty.
#[must_use]
pub fn scope(actor: &Actor) -> Vec<Scope> {
    let mut parts = Vec::new();
    if *actor == Actor::System {
        return vec![Scope::All];
    }
    let Some(org) = actor.org() else { return parts };
    if actor.has(Role::University) {
        parts.push(Scope::Own(org));
    }
    let whole = [Role::LeadOffice, Role::LeadingGroup, Role::Auditor];
    if whole.into_iter().any(|role| actor.has(role)) {
        parts.push(Scope::Opened);
    }
    if files(actor) {
        parts.push(Scope::Offered(org));
    }
    parts
}

/// Whether `actor` reads what others hand in for a need of `unit`, once there is anything to read.
#[must_use]
pub fn reads_of_need(actor: &Actor, unit: OrgId) -> bool {
    scope(actor).into_iter().any(|part| match part {
        Scope::All | Scope::Opened => true,
        Scope::Offered(own) => own == unit,
        Scope::Own(_) => false,
    })
}

/// Whether `scope` holds the application at `place`.
#[must_use]
pub fn holds(scope: Scope, place: Place) -> bool {
    match scope {
        Scope::All => true,
        Scope::Own(org) => place.university == org,
        Scope::Opened => place.opened,
        Scope::Offered(org) => place.unit == org && place.university != org && place.is_offered(),
    }
}

/// Whether `actor` sees the application at `place`.
#[must_use]
pub fn visible(actor: &Actor, place: Place) -> bool {
    scope(actor).into_iter().any(|part| holds(part, place))
}

/// Whether `actor` sees the application at `place` for nothing but that it answers a need of their unit: then what it
/// offers, and neither money nor people nor files, what was sent back, or what was handed in before.
#[must_use]
pub fn reads_offer_only(actor: &Actor, place: Place) -> bool {
    let mut seen = scope(actor).into_iter().filter(|part| holds(*part, place)).peekable();
    seen.peek().is_some() && seen.all(|part| matches!(part, Scope::Offered(_)))
}

/// What of an application the unit of its need reads.
pub const OFFER: [Field; 6] =
    [Field::Title, Field::Plan, Field::Deliverables, Field::Milestones, Field::Benefit, Field::Promises];

/// `content` as the unit of its need reads it: nothing but what stands in [`OFFER`].
#[must_use]
pub fn offer(content: &Content) -> ApplicationDraft {
    let whole = ApplicationDraft::from(content);
    ApplicationDraft {
        title: whole.title,
        title_en: whole.title_en,
        work_plan: whole.work_plan,
        deliverables: whole.deliverables,
        milestones: whole.milestones,
        benefit: whole.benefit,
        promises: whole.promises,
        ..ApplicationDraft::default()
    }
}

/// Whether `actor` sees what is typed and not submitted, and who writes it: only its own university.
#[must_use]
pub fn sees_draft(actor: &Actor, application: &Application) -> bool {
    *actor == Actor::System || super::team::is_home(actor, application)
}

/// Whether `actor` learns the version that binds a step to what they saw. Of what was returned it would tell how far its
/// university has come with it: that is nobody else's before the day has passed and it is theirs to decide.
#[must_use]
pub fn sees_version(
    actor: &Actor,
    application: &Application,
    place: Place,
    offers: &[Offer<Action, Refusal>],
) -> bool {
    let decides = |it: &Offer<Action, Refusal>| {
        matches!(it.action, Action::Accept | Action::Return) && it.barred.is_none()
    };
    let with_others = application.returned.is_some() && !sees_draft(actor, application);
    !reads_offer_only(actor, place) && (!with_others || offers.iter().any(decides))
}
