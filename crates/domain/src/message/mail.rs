//! Mail on its way: when it is tried again, when it is given up, and who sends it anew.

use super::Kind;
use crate::account::session::LinkPurpose;
use crate::kernel::{AccountId, Actor, Instant, MessageId, Offer, RefusalKind, Role, Rule, rule};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum About {
    /// Something happened to a record; the mail has the message's id.
    Happened(Kind),
    /// A link by which a password is set.
    Link(LinkPurpose),
}

impl About {
    /// See [`Kind::is_sealed`]: nobody is shown that there is such a mail.
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        matches!(self, Self::Happened(kind) if kind.is_sealed())
    }
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be sent, for the first time or again.
    Waiting,
    /// Taken over by the mail server, or written into the folder.
    Sent,
    /// Given up.
    Failed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Failed, Self::Waiting, Self::Sent];
}

/// Why a mail was not sent. What a server says is not kept: it names people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Trouble {
    /// The account has no address, or none that a mail can go to.
    Address,
    /// The mail server turns it down for good.
    Refused { reply: u16 },
    /// The mail server cannot take it now.
    Busy { reply: u16 },
    /// The mail server does not take our user or password.
    Login { reply: u16 },
    /// The mail server is not to be reached.
    Away,
    /// The mail server did not answer in time.
    Slow,
    /// No trusted TLS with the mail server.
    Tls,
    /// The folder cannot be written.
    Folder,
    /// The link in it no longer holds.
    Expired,
    /// The link in it cannot be opened under the server's key: another key, or a row that somebody changed.
    Unreadable,
    /// No letter can be made with the sender's address as it is set.
    Sender,
}

impl Trouble {
    /// What an SMTP server's reply means. A wrong password is the operator's to mend, so it is no end.
    #[must_use]
    pub const fn of_reply(reply: u16) -> Self {
        match reply {
            454 | 530 | 534 | 535 | 538 => Self::Login { reply },
            500.. => Self::Refused { reply },
            _ => Self::Busy { reply },
        }
    }

    /// It will not be better next time.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Address | Self::Refused { .. } | Self::Expired | Self::Unreadable)
    }

    /// It is not about this mail: the others would meet it too.
    #[must_use]
    pub const fn is_of_the_server(self) -> bool {
        matches!(self, Self::Login { .. } | Self::Away | Self::Slow | Self::Tls | Self::Folder | Self::Sender)
    }
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Stands in its `Message-ID`.
    pub id: MessageId,
    pub account: AccountId,
    pub about: About,
    /// A need's number or a cycle's year; empty for a link.
    pub record: String,
    pub at: Instant,
    pub state: State,
    /// When it is tried next, while it waits.
    pub next: Option<Instant>,
    pub tries: u32,
    /// Why the last try failed.
    pub trouble: Option<Trouble>,
    /// The link in it holds no longer from then on.
    pub expires: Option<Instant>,
    /// The code of its link, encrypted; gone once it was sent.
    pub sealed: Option<String>,
}

/// A mail that was tried so often is given up: after about two days.
pub const TRIES: u32 = 20;
/// The longest wait between two tries, in minutes.
const LONGEST: i64 = 4 * 60;

impl Mail {
    /// The mail after a try at `now` that failed: the next one comes a minute later, then after twice as
    /// long each time up to four hours; or it is given up.
    #[must_use]
    pub fn failed(self, trouble: Trouble, now: Instant) -> Self {
        let given_up = trouble.is_final() || self.tries >= TRIES;
        let minutes = 1_i64.checked_shl(self.tries.saturating_sub(1)).map_or(LONGEST, |it| it.min(LONGEST));
        let next = now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now);
        Self {
            state: if given_up { State::Failed } else { State::Waiting },
            next: (!given_up).then_some(next),
            trouble: Some(trouble),
            ..self
        }
    }

    /// The mail after it was sent.
    #[must_use]
    pub fn sent(self) -> Self {
        Self { state: State::Sent, next: None, trouble: None, sealed: None, ..self }
    }

    /// The mail to be sent at once, with all its tries before it.
    #[must_use]
    pub fn again(self, now: Instant) -> Self {
        Self { state: State::Waiting, next: Some(now), tries: 0, ..self }
    }
}

/// What is done with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 重发.
    Resend,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 1] = [Self::Resend];
}

/// A person's relation to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    Administrator,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only system administrators do this.
    AdministratorOnly,
    /// Not in this state.
    WrongState { state: State },
    /// Its link no longer holds: a new one is to be made.
    Expired,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::AdministratorOnly => RefusalKind::NotYours,
            Self::WrongState { .. } | Self::Expired => RefusalKind::NotNow,
        }
    }
}

const ADMINISTRATOR: &[Party] = &[Party::Administrator];

/// The life of a mail, as far as people move it.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Failed, Action::Resend, State::Waiting, ADMINISTRATOR),
    rule(State::Waiting, Action::Resend, State::Waiting, ADMINISTRATOR),
];

/// Whether `actor` sees the mail of everyone; nobody sees part of it.
#[must_use]
pub fn visible(actor: &Actor) -> bool {
    actor.has(Role::SystemAdmin)
}

/// Whether `actor` may do `action`, and where the mail stands after it.
///
/// # Errors
/// Why not.
pub fn decide(actor: &Actor, mail: &Mail, action: Action, now: Instant) -> Result<State, Refusal> {
    if !visible(actor) {
        return Err(Refusal::AdministratorOnly);
    }
    let found = RULES.iter().find(|rule| rule.from == mail.state && rule.action == action);
    let after = found.ok_or(Refusal::WrongState { state: mail.state })?.to;
    if mail.expires.is_some_and(|expires| expires <= now) {
        return Err(Refusal::Expired);
    }
    Ok(after)
}

/// What `actor` sees of what can be done.
#[must_use]
pub fn offers(actor: &Actor, mail: &Mail, now: Instant) -> Vec<Offer<Action, Refusal>> {
    let offer = |action| match decide(actor, mail, action, now) {
        Ok(_) => Some(Offer { action, barred: None }),
        Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
        Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
    };
    Action::ALL.into_iter().filter_map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::{About, Kind, LinkPurpose, Mail, State, TRIES, Trouble};
    use crate::kernel::{AccountId, Instant, MessageId};
    use uuid::Uuid;

    fn mail() -> Mail {
        Mail {
            id: MessageId(Uuid::nil()),
            account: AccountId(Uuid::nil()),
            about: About::Happened(Kind::NeedReturned),
            record: "N2026-0001".into(),
            at: Instant::UNIX_EPOCH,
            state: State::Waiting,
            next: Some(Instant::UNIX_EPOCH),
            tries: 0,
            trouble: None,
            expires: None,
            sealed: None,
        }
    }

    #[test]
    fn waits_grow_and_end_after_two_days() {
        let (mut now, mut mail, mut waits) = (Instant::UNIX_EPOCH, mail(), Vec::new());
        while let Some(next) = mail.next {
            waits.push(next.duration_since(now).as_mins());
            now = next;
            mail = Mail { tries: mail.tries + 1, ..mail }.failed(Trouble::Away, now);
        }
        assert_eq!(waits[..11], [0, 1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert_eq!((mail.state, mail.tries), (State::Failed, TRIES));
        assert_eq!(now.duration_since(Instant::UNIX_EPOCH).as_hours(), 48);
    }

    #[test]
    fn a_reply_says_whether_it_is_worth_another_try() {
        let check = |reply: u16, state: State| {
            let mail = Mail { tries: 1, ..mail() };
            assert_eq!(mail.failed(Trouble::of_reply(reply), Instant::UNIX_EPOCH).state, state, "{reply}");
        };
        check(421, State::Waiting);
        check(451, State::Waiting);
        check(535, State::Waiting);
        check(550, State::Failed);
        check(554, State::Failed);
    }

    #[test]
    fn what_it_is_about_is_one_word() {
        for (about, word) in [
            (About::Happened(Kind::CycleOpened), "\"cycle_opened\""),
            (About::Link(LinkPurpose::Reset), "\"reset\""),
        ] {
            assert_eq!(serde_json::to_string(&about).unwrap(), word);
            assert_eq!(serde_json::from_str::<About>(word).unwrap(), about);
        }
    }
}
