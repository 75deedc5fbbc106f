//! An application as lists show it.

use super::{Application, Name, Number, State};
use crate::kernel::{AccountId, ApplicationId, CycleId, Fen, Instant, NeedId, OrgId};

/// An application as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: ApplicationId,
    pub cycle: CycleId,
    /// The cycle's name: part of the number.
    pub cycle_name: String,
    pub seq: Option<u32>,
    pub need: NeedId,
    pub university: OrgId,
    pub state: State,
    /// As submitted, or as typed so far.
    pub title: String,
    /// Who leads it.
    pub leader: Option<AccountId>,
    /// Set when it is submitted.
    pub asked: Option<Fen>,
    /// Until when a returned one may be submitted again.
    pub until: Option<Instant>,
    pub changed_at: Instant,
}

impl Row {
    /// How it is named in addresses.
    #[must_use]
    pub fn name(&self) -> Name {
        match self.seq {
            Some(seq) => Name::Number(Number { cycle: self.cycle_name.clone(), seq }),
            None => Name::Draft(self.id),
        }
    }
}

impl From<&Application> for Row {
    fn from(application: &Application) -> Self {
        Self {
            id: application.id,
            cycle: application.cycle,
            cycle_name: application.cycle_name.clone(),
            seq: application.seq,
            need: application.need,
            university: application.university,
            state: application.state,
            title: application.title().to_owned(),
            leader: application.leader(),
            asked: application.content.as_ref().map(|content| content.asked),
            until: application.returned.as_ref().map(|returned| returned.until),
            changed_at: application.changed_at,
        }
    }
}
