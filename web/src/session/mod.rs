//! Who is signed in, in which language, and the client that speaks for them.

pub mod door;
pub mod link;

use crate::ui::Trouble;
use jiff::SignedDuration;
use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use leptos::task::spawn_local;
use ronghe_client::{Client, Error};
use ronghe_contract::session::Me;
use ronghe_domain::kernel::{AccountId, Actor, Instant, OrgId};
use ronghe_text::Lang;
use std::time::Duration;

const LANGUAGE: &str = "ronghe-language";
/// Under this every page of the browser reads who came in last: the session's cookie is theirs together.
const WHO: &str = "ronghe-who";

/// Where the person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Nobody knows yet.
    Unknown,
    /// Before it.
    Out,
    /// Inside.
    In,
    /// Inside, but the session has ended: pages and what was typed stay.
    Ended,
}

/// The session, shared by all pages.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    lang: RwSignal<Lang>,
    door: RwSignal<Door>,
    me: RwSignal<Option<Me>>,
    /// How far the server's clock is ahead of this machine's, in microseconds.
    ahead: StoredValue<i64>,
    /// Counts sign-ins, so that what failed for want of one is asked again.
    entered: RwSignal<u32>,
}

impl Session {
    /// A session of which nothing is known but the language.
    pub fn new() -> Self {
        let session = Self {
            lang: RwSignal::new(kept_language()),
            door: RwSignal::new(Door::Unknown),
            me: RwSignal::new(None),
            entered: RwSignal::new(0),
            ahead: StoredValue::new(0),
        };
        Effect::new(move |_| {
            let lang = session.lang.get();
            if let Some(root) = document().document_element() {
                drop(root.set_attribute("lang", lang.tag()));
            }
            keep(LANGUAGE, Some(lang.tag()));
        });
        // Another page of this browser let somebody else in: what is typed here is not theirs.
        let heard = window_event_listener_untyped("storage", move |_| {
            let other = kept(WHO).is_some_and(|who| session.is_other(&who));
            if other && session.is_in() {
                session.door.set(Door::Ended);
            }
        });
        on_cleanup(move || heard.remove());
        session
    }

    /// The session of this page.
    pub fn here() -> Self {
        use_context::<Self>().unwrap_or_else(Self::new)
    }

    /// The language; tracked where something listens, read once in handlers and bodies of components.
    pub fn lang(self) -> Lang {
        if Observer::get().is_some() { self.lang.get() } else { self.lang.get_untracked() }
    }

    /// Takes the other language; the page and what is typed stay.
    pub fn switch_language(self) {
        self.lang.update(|lang| {
            *lang = match lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            }
        });
    }

    /// Where the person stands, tracked.
    pub fn door(self) -> Door {
        self.door.get()
    }

    /// Whether the person is inside and their session holds, as far as this page knows; not tracked.
    pub fn is_in(self) -> bool {
        self.door.get_untracked() == Door::In
    }

    /// Whether this page is somebody's, and not this account's.
    fn is_other(self, login: &str) -> bool {
        self.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.login != login))
    }

    /// The person, tracked.
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The person as pure rules take them, for what belongs to no record yet: may they import, make an account?
    /// Which account it is does not matter there.
    pub fn actor(self) -> Actor {
        let nobody = Default::default();
        self.me().map_or(Actor::Visitor, |me| Actor::person(AccountId(nobody), OrgId(nobody), me.roles))
    }

    /// How often someone signed in on this page, tracked.
    pub fn entered(self) -> u32 {
        self.entered.get()
    }

    /// The time by the server's clock, as far as this page knows it: for what the page says, never for what
    /// is decided.
    pub fn now(self) -> Instant {
        let ahead = SignedDuration::from_micros(self.ahead.get_value());
        machine_now().checked_add(ahead).unwrap_or_else(|_| machine_now())
    }

    /// The same by the clock of a rehearsal, which is `ahead` by so many milliseconds.
    pub fn now_of(self, ahead: Option<i64>) -> Instant {
        let now = self.now();
        now.checked_add(SignedDuration::from_millis(ahead.unwrap_or_default())).unwrap_or(now)
    }

    /// A client in the page's language.
    pub fn client(self) -> Client {
        let origin = window().location().origin().unwrap_or_default();
        Client::in_browser(&origin).with_lang(self.lang.get_untracked())
    }

    /// Calls the server; a session that has ended brings the door back.
    pub async fn call<T>(self, call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Result<T, Trouble> {
        match call(self.client()).await {
            Ok(value) => Ok(value),
            Err(error) => Err(self.trouble(error).await),
        }
    }

    /// What went wrong, in words.
    async fn trouble(self, mut error: Error) -> Trouble {
        // Whoever has no session left is a visitor, from whom the record is hidden: then it is the session that is
        // missing, and not the record.
        if self.is_in()
            && error.status() == Some(404)
            && let Err(gone) = self.client().show_me().await
            && gone.is_unauthenticated()
        {
            error = gone;
        }
        if error.is_unauthenticated() && self.is_in() {
            self.door.set(Door::Ended);
        }
        Trouble::new(self.lang.get_untracked(), &error)
    }

    /// Asks the server who is there.
    pub fn look_who_is_there(self) {
        spawn_local(async move {
            match self.client().show_me().await {
                Ok(me) => self.enter(me),
                Err(_) => self.door.set(Door::Out),
            }
        });
    }

    /// Lets someone in. Nothing of one person's page passes to another.
    pub fn enter(self, me: Me) {
        keep(WHO, Some(&me.login));
        if self.is_other(&me.login) {
            self.give_way();
            return;
        }
        self.ahead.set_value(me.now.as_microsecond() - machine_now().as_microsecond());
        self.me.set(Some(me));
        self.entered.update(|times| *times += 1);
        self.door.set(Door::In);
    }

    /// What the server knows of the person has changed.
    pub async fn renew(self) {
        if let Ok(me) = self.call(async |client| client.show_me().await).await {
            if self.is_other(&me.login) {
                self.door.set(Door::Ended);
            } else {
                self.me.set(Some(me));
            }
        }
    }

    /// Drops what belongs to the person whose page this is, also what is typed and not saved, and begins anew
    /// with whoever is there.
    pub fn give_way(self) {
        self.me.set(None);
        self.door.set(Door::Out);
        // Not before the pages are gone: what is typed on them would have the browser ask whether to stay.
        set_timeout(|| drop(window().location().replace("/app")), Duration::ZERO);
    }

    /// Signs out.
    pub fn leave(self) {
        spawn_local(async move {
            // Whatever the server says, this page forgets.
            drop(self.client().sign_out().await);
            keep(WHO, None);
            self.me.set(None);
            self.door.set(Door::Out);
        });
    }
}

fn machine_now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "corrected by the server's clock; it decides nothing")]
    let now = Instant::now();
    now
}

/// What this browser keeps under a name.
fn kept(name: &str) -> Option<String> {
    window().local_storage().ok().flatten().and_then(|kept| kept.get_item(name).ok().flatten())
}

/// Keeps something in this browser, or forgets it.
fn keep(name: &str, what: Option<&str>) {
    if let Ok(Some(kept)) = window().local_storage() {
        drop(match what {
            Some(what) => kept.set_item(name, what),
            None => kept.remove_item(name),
        });
    }
}

fn kept_language() -> Lang {
    match kept(LANGUAGE).as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}
