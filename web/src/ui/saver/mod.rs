//! A working copy that saves itself: 800 ms after the last key, again while the server is away, before the
//! page is left, and never over somebody else's change.

mod conflict;
mod unsaved;

use super::load::Trouble;
use super::page::clock_time;
use crate::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_client::{Client, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use conflict::Conflicts;
pub use unsaved::{ask_before_closing, hurry_when_hidden};

/// From the last key to saving.
const PAUSE: Duration = Duration::from_millis(800);
/// Between two tries while the server is away.
const AGAIN: Duration = Duration::from_secs(5);

/// A record as the server gives it, with what is typed in it.
pub trait Working: Clone + Send + Sync + 'static {
    /// What is typed.
    type Draft: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// What is typed so far; `None` where it can no longer be changed.
    fn draft(&self) -> Option<Self::Draft>;

    /// Sends what was typed in this version of the record.
    fn put(&self, client: Client, draft: Self::Draft) -> impl Future<Output = Result<Self, Error>>;

    /// Asks for the record again.
    fn renewed(&self, client: Client) -> impl Future<Output = Result<Self, Error>>;
}

/// Whether what is on the page is also on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    Untouched,
    Waiting,
    /// At this time of day.
    At(String),
    Failed,
    /// Someone else changed the record: a person chooses.
    Stale,
    /// The server does not take it, and says why: trying again would not help.
    Refused(String),
}

/// What is done once everything is on the server.
type Then = Box<dyn FnOnce()>;

/// The working copy.
pub struct Saver<W: Working> {
    session: Session,
    /// What is on the page.
    pub draft: RwSignal<W::Draft>,
    /// The record as the server last gave it.
    pub view: RwSignal<W>,
    pub saved: RwSignal<Saved>,
    /// The server's record that ours collides with.
    pub theirs: RwSignal<Option<W>>,
    /// Counts how often the copy was replaced as a whole, so that fields are drawn from it anew.
    pub replaced: RwSignal<u32>,
    /// Counts keys, so that only the last one saves.
    keys: StoredValue<u64>,
    /// A save is on its way.
    busy: StoredValue<bool>,
    /// What was typed while a save was on its way over which the page was left: that save sends it.
    rest: StoredValue<Arc<Mutex<Option<W::Draft>>>>,
    then: StoredValue<Option<Then>, LocalStorage>,
}

impl<W: Working> Clone for Saver<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Working> Copy for Saver<W> {}

impl<W: Working> Saver<W> {
    /// A working copy of `view`.
    pub fn new(session: Session, view: &W) -> Self {
        let saver = Self {
            session,
            draft: RwSignal::new(view.draft().unwrap_or_default()),
            view: RwSignal::new(view.clone()),
            saved: RwSignal::new(Saved::Untouched),
            theirs: RwSignal::new(None),
            replaced: RwSignal::new(0),
            keys: StoredValue::new(0),
            busy: StoredValue::new(false),
            rest: StoredValue::new(Arc::default()),
            then: StoredValue::new_local(None),
        };
        on_cleanup(move || saver.send_the_rest());
        let unsaved = Signal::derive(move || !matches!(saver.saved.get(), Saved::Untouched | Saved::At(_)));
        ask_before_closing(unsaved, move || saver.save());
        hurry_when_hidden(move || {
            if !saver.is_saved() {
                saver.save();
            }
        });
        saver
    }

    /// Changes the working copy; it is saved soon.
    pub fn edit(self, change: impl FnOnce(&mut W::Draft)) {
        self.draft.update(change);
        // Whoever writes on has not left: what was to follow on the last save waits for them.
        self.then.set_value(None);
        if self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.saved.set(Saved::Waiting);
        let key = self.keys.try_update_value(|keys| {
            *keys += 1;
            *keys
        });
        set_timeout(
            move || {
                // The page may have been left by then: it has sent the rest itself.
                if key.is_some() && self.keys.try_get_value() == key {
                    self.save();
                }
            },
            PAUSE,
        );
    }

    /// Does `then` once everything that was typed is on the server.
    pub fn save_then(self, then: impl FnOnce() + 'static) {
        if self.is_saved() {
            then();
            return;
        }
        self.then.set_value(Some(Box::new(then)));
        self.save();
    }

    fn is_saved(self) -> bool {
        self.saved.with_untracked(|saved| matches!(saved, Saved::Untouched | Saved::At(_)))
    }

    /// Saves now; does nothing once the page has been left.
    fn save(self) {
        if self.busy.try_get_value() != Some(false) || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.busy.set_value(true);
        let keys = self.keys.get_value();
        let draft = self.draft.get_untracked();
        let view = self.view.get_untracked();
        let (session, rest) = (self.session, self.rest.get_value());
        spawn_local(async move {
            let done = session.call(async |client| view.put(client, draft).await).await;
            if self.busy.try_set_value(false).is_some() {
                // The page was left meanwhile: what was typed since is sent after this.
                let left = rest.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let (Ok(view), Some(draft)) = (done, left) {
                    drop(session.call(async |client| view.put(client, draft).await).await);
                }
                return;
            }
            match done {
                Ok(view) => self.take(view, keys),
                Err(trouble) if trouble.kind == "stale" => self.collide(view).await,
                Err(trouble) if is_final(trouble.status) => self.saved.set(Saved::Refused(reason(trouble))),
                Err(_) => {
                    self.saved.set(Saved::Failed);
                    set_timeout(move || self.save(), AGAIN);
                }
            }
        });
    }

    /// The page is being left: what was typed in its last moment, or while the server was away, is sent
    /// after it. A save that is on its way goes first, and takes this along.
    fn send_the_rest(self) {
        let is_unsaved = self.saved.with_untracked(|saved| matches!(saved, Saved::Waiting | Saved::Failed));
        if !is_unsaved {
            return;
        }
        if self.busy.get_value() {
            let rest = self.rest.get_value();
            *rest.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.draft.get_untracked());
            return;
        }
        let (draft, view, session) = (self.draft.get_untracked(), self.view.get_untracked(), self.session);
        spawn_local(async move {
            // Nobody is there to be told; a change of somebody else's is not written over.
            drop(session.call(async |client| view.put(client, draft).await).await);
        });
    }

    /// Takes what the server made of our save; what was typed since is kept and saved next.
    fn take(self, view: W, keys: u64) {
        let Some(now) = self.keys.try_get_value() else { return };
        self.view.set(view);
        if now != keys {
            self.save();
            return;
        }
        self.saved.set(Saved::At(clock_time()));
        if let Some(then) = self.then.try_update_value(Option::take).flatten() {
            then();
        }
    }

    async fn collide(self, before: W) {
        self.saved.set(Saved::Stale);
        if let Ok(theirs) = self.session.call(async |client| before.renewed(client).await).await {
            let theirs_draft = theirs.draft();
            if theirs_draft.as_ref() == Some(&self.draft.get_untracked()) {
                // It was ours: only its answer was lost.
                let keys = self.keys.get_value();
                self.take(theirs, keys);
            } else if theirs_draft.is_some() {
                self.theirs.set(Some(theirs));
            } else {
                let words = self.session.lang().pick("已不能再改", "it can no longer be changed");
                self.saved.set(Saved::Refused(words.to_owned()));
            }
        }
    }

    /// A person has chosen field by field: `draft` goes over the other's version.
    pub fn settle(self, draft: W::Draft) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.view.set(theirs);
            self.theirs.set(None);
            self.draft.set(draft);
            self.replaced.update(|times| *times += 1);
            self.save();
        }
    }
}

/// Whether it is saved, in one line.
#[component]
pub fn SavedLine<W: Working>(saver: Saver<W>) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let (turn, words) = match saver.saved.get() {
            Saved::Untouched => return ().into_any(),
            Saved::Waiting => ("yours", lang.pick("正在保存", "Saving").to_owned()),
            Saved::At(time) => ("done", format!("{}{time}", lang.pick("已保存 ", "Saved "))),
            Saved::Failed => ("error", lang.pick("未保存，正在重试", "Not saved, trying again").to_owned()),
            Saved::Stale => {
                ("error", lang.pick("未保存：别人先改了", "Not saved: someone else was faster").to_owned())
            }
            Saved::Refused(reason) => ("error", format!("{}{reason}", lang.pick("未保存：", "Not saved: "))),
        };
        view! { <p class="saved" data-turn=turn role="status">{words}</p> }.into_any()
    }
}

/// Whether the same request would be refused again. A session that has ended is taken up by signing in.
const fn is_final(status: Option<u16>) -> bool {
    matches!(status, Some(403 | 404 | 409 | 413 | 422))
}

fn reason(trouble: Trouble) -> String {
    if trouble.detail.is_empty() { trouble.title } else { trouble.detail }
}
