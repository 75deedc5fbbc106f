//! Whom it concerns what became of somebody without an account.

use super::{Audience, Kind, of_invitation};
use crate::account::request::{AccountRequest, State};
use crate::application::Application;

/// Whom it concerns that somebody who was awaited in an application has a part in it now: who leads it, and them.
#[must_use]
pub fn of_joining(before: &Application, after: &Application) -> Vec<(Kind, Audience)> {
    let lead = after.leader().map(|account| (Kind::ApplicationJoined, Audience::Person(account)));
    lead.into_iter().chain(of_invitation(before, after)).collect()
}

/// Whom a step of a request for an account concerns: who asked.
#[must_use]
pub fn of_account_request(after: &AccountRequest) -> Vec<(Kind, Audience)> {
    match after.state {
        State::Declined => {
            vec![(Kind::AccountRequestDeclined, Audience::Person(after.asked_by))]
        }
        State::Open | State::Made | State::Done | State::TakenBack => Vec::new(),
    }
}
