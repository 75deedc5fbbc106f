//! What the rules must know of an application beyond it: its need's listing, the opening, caps, what does not hold.

use super::check;
use crate::crypto::Sealer;
use crate::{Error, Register};
use ronghe_domain::application::draft::Filed;
use ronghe_domain::application::rules::Facts;
use ronghe_domain::application::team::{can_lead, duty, is_home};
use ronghe_domain::application::{Application, Content, Duty, State};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Actor, FieldError};
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_domain::need::{Name as NeedName, Need};
use ronghe_domain::sign_off::Kind;
use ronghe_store as store;
use ronghe_store::Connection;

/// What is known of an application.
pub(super) struct Known {
    pub(super) need: Need,
    pub(super) facts: Facts,
    /// What the draft comes to, while it can be changed.
    pub(super) content: Result<Content, Vec<FieldError>>,
    pub(super) errors: Vec<FieldError>,
    pub(super) files: Vec<Filed>,
}

/// Reads what the rules must know of `application` where `actor` asks.
pub(super) async fn known<C: Connection>(
    db: &C,
    sealer: &Sealer,
    actor: &Actor,
    application: &Application,
    cycle: &Cycle,
    register: &Register,
) -> Result<Known, Error> {
    // It is answered by this application: whoever sees that knows what was asked.
    let need = store::need::get(db, sealer, &[NeedScope::All], NeedName::Draft(application.need)).await?;
    let files = store::application::file::list(db, sealer, application.id).await?;
    let content = check(application, &need, cycle, register, &files);
    let errors = content.as_ref().err().filter(|_| application.state.is_open()).cloned().unwrap_or_default();
    let mut facts = Facts {
        listing: store::need_list::listing(db, application.need).await?.map(|it| it.seq),
        opened: application.opened_at.is_some()
            || store::application::opening::of(db, cycle.id).await?.is_some(),
        open_fields: errors.len(),
        gate: register.gate(application.university, Kind::Application),
        ..Facts::of(cycle)
    };
    let (university, id) = (application.university, application.id);
    if application.state == State::Withdrawn {
        facts.applied = store::application::applied(db, application.need, university, id).await?.is_some();
    }
    let most = cycle.content.selection.as_ref().and_then(|rules| rules.applications_most);
    if let (State::Draft | State::Signing, Some(most)) = (application.state, most) {
        let count = store::application::handed_in(db, cycle.id, university, id).await?;
        facts.university_full = (count >= u64::from(most)).then_some(most);
    }
    if application.state == State::ReturnedForCorrection {
        facts.signing = super::leaving::is_running(db, sealer, application).await?;
    }
    facts.leaderless = is_leaderless(db, actor, application).await?;
    Ok(Known { need, facts, content, errors, files })
}

/// Whether whoever leads it can no longer come in; asked for colleagues alone, and where they could name another.
async fn is_leaderless<C: Connection>(
    db: &C,
    actor: &Actor,
    application: &Application,
) -> Result<bool, Error> {
    if !is_home(actor, application)
        || duty(actor, application) == Some(Duty::Lead)
        || !application.state.is_open()
    {
        return Ok(false);
    }
    let leads = application.members.iter().find(|member| member.duty == Duty::Lead);
    let Some(leads) = leads else { return Ok(true) };
    Ok(!can_lead(&store::account::get(db, leads.account).await?, application))
}
