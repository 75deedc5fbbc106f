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

const LANGUAGE: &str = "ronghe-language";

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
            if let Ok(Some(kept)) = window().local_storage() {
                drop(kept.set_item(LANGUAGE, lang.tag()));
            }
        });
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

    /// A client in the page's language.
    pub fn client(self) -> Client {
        let origin = window().location().origin().unwrap_or_default();
        Client::in_browser(&origin).with_lang(self.lang.get_untracked())
    }

    /// Calls the server; a session that has ended brings the door back.
    pub async fn call<T>(self, call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Result<T, Trouble> {
        let done = call(self.client()).await;
        done.map_err(|error| {
            if error.is_unauthenticated() && self.door.get_untracked() == Door::In {
                self.door.set(Door::Ended);
            }
            Trouble::new(self.lang.get_untracked(), &error)
        })
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

    /// Lets someone in.
    pub fn enter(self, me: Me) {
        self.ahead.set_value(me.now.as_microsecond() - machine_now().as_microsecond());
        self.me.set(Some(me));
        self.entered.update(|times| *times += 1);
        self.door.set(Door::In);
    }

    /// What the server knows of the person has changed.
    pub async fn renew(self) {
        if let Ok(me) = self.call(async |client| client.show_me().await).await {
            self.me.set(Some(me));
        }
    }

    /// Signs out.
    pub fn leave(self) {
        spawn_local(async move {
            // Whatever the server says, this page forgets.
            drop(self.client().sign_out().await);
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

fn kept_language() -> Lang {
    let kept =
        window().local_storage().ok().flatten().and_then(|kept| kept.get_item(LANGUAGE).ok().flatten());
    match kept.as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}
