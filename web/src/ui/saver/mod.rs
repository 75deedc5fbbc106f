//! A working copy that saves itself: 800 ms after the last key, at once when its page is left, again while the
//! server is away, and never over somebody else's change.

mod conflict;
mod desks;
mod line;
mod unsaved;

pub use conflict::Conflicts;
pub use desks::{Desks, lay};
pub use line::{SavedLine, stuck};

use super::load::Trouble;
use super::page::clock_time;
use desks::Post;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_client::{Client, Error};
use ronghe_domain::kernel::merge::{Merged, merge};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// From the last key to saving.
const PAUSE: Duration = Duration::from_millis(800);
/// Between two tries while the server is away.
const AGAIN: Duration = Duration::from_secs(5);

/// A record as the server gives it, with what is typed in it.
pub trait Working: Clone + PartialEq + Send + Sync + 'static {
    /// What is typed.
    type Draft: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// What a copy keeps besides.
    type Beside: Copy + Send + Sync + 'static;

    /// Its name in addresses.
    fn name(&self) -> &str;

    /// What is typed so far; `None` where it can no longer be changed.
    fn draft(&self) -> Option<Self::Draft>;

    /// Who changed it last, where the record says so.
    fn changed_by(&self) -> Option<String>;

    /// Made once with the copy.
    fn beside(view: RwSignal<Self>) -> Self::Beside;

    /// Something is typed that the draft cannot hold, such as half a date; tracked.
    fn is_loose(beside: Self::Beside) -> bool;

    /// A person lets go of it.
    fn let_go(beside: Self::Beside);

    /// Sends what was typed in this version of the record.
    fn put(&self, client: Client, draft: Self::Draft) -> impl Future<Output = Result<Self, Error>>;

    /// Asks for the record.
    fn show(client: Client, name: String) -> impl Future<Output = Result<Self, Error>>;
}

/// Whether what is on the page is also on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    Untouched,
    Waiting,
    /// At this time of day.
    At(String),
    /// At this time of day, together with what someone else changed elsewhere in it.
    Together(String),
    Failed,
    /// Someone else changed the same: a person chooses.
    Stale,
    /// The server does not take it, and says why: trying again would not help.
    Refused(String),
}

impl Saved {
    const fn is_saved(&self) -> bool {
        matches!(self, Self::Untouched | Self::At(_) | Self::Together(_))
    }
}

/// What is done once everything is on the server.
type Then = Box<dyn FnOnce()>;

/// The working copy.
pub struct Saver<W: Working> {
    post: Post,
    /// What is on the page.
    pub draft: RwSignal<W::Draft>,
    /// The record as the server last gave it.
    pub view: RwSignal<W>,
    pub saved: RwSignal<Saved>,
    pub beside: W::Beside,
    /// The server's record that ours collides with.
    pub theirs: RwSignal<Option<W>>,
    /// Counts how often the draft came from elsewhere than the page.
    pub replaced: RwSignal<u32>,
    /// Counts keys, so that only the last one saves.
    keys: StoredValue<u64>,
    /// A save is on its way.
    busy: StoredValue<bool>,
    /// What was sent last; its answer may have been lost.
    sent: StoredValue<Option<W::Draft>>,
    /// Someone else's changes are in what is being saved.
    joined: StoredValue<bool>,
    /// Counts saves that were answered.
    saves: StoredValue<u64>,
    /// Its page is open.
    shown: StoredValue<bool>,
    then: StoredValue<Option<Then>, LocalStorage>,
}

impl<W: Working> Clone for Saver<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Working> Copy for Saver<W> {}

impl<W: Working> Saver<W> {
    fn new(post: Post, view: &W) -> Self {
        let draft = RwSignal::new(view.draft().unwrap_or_default());
        let view = RwSignal::new(view.clone());
        Self {
            post,
            draft,
            view,
            saved: RwSignal::new(Saved::Untouched),
            beside: W::beside(view),
            theirs: RwSignal::new(None),
            replaced: RwSignal::new(0),
            keys: StoredValue::new(0),
            busy: StoredValue::new(false),
            sent: StoredValue::new(None),
            joined: StoredValue::new(false),
            saves: StoredValue::new(0),
            shown: StoredValue::new(false),
            then: StoredValue::new_local(None),
        }
    }

    /// Whether it is a copy of the record with this name in addresses.
    fn is_of(self, name: &str) -> bool {
        self.view.with_untracked(|view| view.name() == name)
    }

    /// Whether anything on the page is not on the server, tracked.
    fn is_unsaved(self) -> bool {
        // Both are asked, so that both are heard.
        let (is_saved, is_loose) = (self.saved.with(Saved::is_saved), W::is_loose(self.beside));
        !is_saved || is_loose
    }

    /// Whether it takes a person to get everything to the server, or at least patience, tracked.
    fn is_stuck(self) -> bool {
        self.is_unsaved() && self.saved.with(|saved| *saved != Saved::Waiting)
    }

    /// Its page is open until the component that calls this is left: then what was typed in its last moment is
    /// sent at once, and again until it arrives.
    pub fn open_page(self) {
        self.shown.set_value(true);
        on_cleanup(move || {
            self.shown.try_set_value(false);
            self.hurry();
        });
    }

    /// Changes the working copy; it is saved soon.
    pub fn edit(self, change: impl FnOnce(&mut W::Draft)) {
        self.draft.update(change);
        // Whoever writes on has not left: what was to follow on the last save waits for them.
        self.then.set_value(None);
        // While somebody else's change stands beside ours, a person chooses first.
        if self.theirs.with_untracked(Option::is_none) {
            self.saved.set(Saved::Waiting);
        }
        let key = self.keys.try_update_value(|keys| {
            *keys += 1;
            *keys
        });
        set_timeout(
            move || {
                // Whoever signs out takes the copy away.
                if key.is_some() && self.keys.try_get_value() == key {
                    self.save();
                }
            },
            PAUSE,
        );
    }

    /// Does `then` once everything that was typed is on the server.
    pub fn save_then(self, then: impl FnOnce() + 'static) {
        if self.saved.with_untracked(Saved::is_saved) {
            then();
            return;
        }
        self.then.set_value(Some(Box::new(then)));
        self.save();
    }

    /// Saves what waits for its pause, or for the server, without waiting.
    pub fn hurry(self) {
        let waits = self.saved.try_with_untracked(|saved| matches!(saved, Saved::Waiting | Saved::Failed));
        if waits == Some(true) {
            self.save();
        }
    }

    /// A person lets go of what the server does not take.
    pub fn let_go(self) {
        if let Some(draft) = self.view.with_untracked(W::draft) {
            self.replace(draft);
        }
        self.theirs.set(None);
        W::let_go(self.beside);
        self.saved.set(Saved::Untouched);
    }

    /// Saves now; once the copy is taken away it does nothing. What is typed while a save is on its way is saved
    /// next: two at once would make each other stale.
    fn save(self) {
        if self.busy.try_get_value() != Some(false) || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        // Whoever the browser's session is by now, this was not typed by them: it waits until its author is back.
        if !self.post.session.is_in() {
            self.saved.set(Saved::Failed);
            return;
        }
        self.busy.set_value(true);
        let keys = self.keys.get_value();
        let (draft, view) = (self.draft.get_untracked(), self.view.get_untracked());
        let unanswered = self.sent.try_update_value(|sent| sent.replace(draft.clone())).flatten();
        let session = self.post.session;
        spawn_local(async move {
            let done = session.call(async |client| view.put(client, draft).await).await;
            if self.busy.try_set_value(false).is_some() {
                return;
            }
            match done {
                Ok(view) => self.take(view, keys),
                Err(trouble) if trouble.kind == "stale" => self.collide(&view, unanswered).await,
                Err(trouble) if is_final(trouble.status) => self.saved.set(Saved::Refused(reason(trouble))),
                Err(_) => self.try_again(),
            }
        });
    }

    fn try_again(self) {
        self.saved.set(Saved::Failed);
        set_timeout(move || self.hurry(), AGAIN);
    }

    /// Takes what the server made of our save; what was typed since is kept and saved next.
    fn take(self, view: W, keys: u64) {
        let is_last = self.keys.get_value() == keys;
        let draft = view.draft();
        self.view.set(view);
        self.sent.set_value(None);
        self.saves.update_value(|saves| *saves += 1);
        if !is_last {
            self.save();
            return;
        }
        if let Some(draft) = draft.filter(|draft| self.draft.with_untracked(|before| before != draft)) {
            self.draft.set(draft);
        }
        self.arrived();
    }

    /// Everything is on the server.
    fn arrived(self) {
        let joined = self.joined.try_update_value(std::mem::take) == Some(true);
        self.saved.set(if joined { Saved::Together(clock_time()) } else { Saved::At(clock_time()) });
        if let Some(then) = self.then.try_update_value(Option::take).flatten() {
            then();
        }
        if !self.shown.get_value() {
            self.post.late.update(|late| *late += 1);
        }
    }

    /// Our version, made from `before`, is not the server's any more. Changes in different places go together;
    /// where both changed the same, a person chooses, unless it is our own save there, whose answer never came.
    async fn collide(self, before: &W, unanswered: Option<W::Draft>) {
        let name = before.name().to_owned();
        let shown = self.post.session.call(async |client| W::show(client, name).await).await;
        let Ok(theirs) = shown else { return self.try_again() };
        let Some(their_draft) = theirs.draft() else { return self.close() };
        let ours = self.draft.get_untracked();
        if unanswered.as_ref() == Some(&their_draft) {
            self.view.set(theirs);
            return self.save_unless(&their_draft);
        }
        let base = before.draft().unwrap_or_default();
        let Merged { value, collisions } = merged(&base, &ours, &their_draft);
        match serde_json::from_value::<W::Draft>(value) {
            Ok(draft) if collisions.is_empty() => {
                self.view.set(theirs);
                self.joined.set_value(draft != ours);
                self.replace(draft);
                self.save_unless(&their_draft);
            }
            _ => {
                self.saved.set(Saved::Stale);
                self.theirs.set(Some(theirs));
            }
        }
    }

    /// Saves, unless the server has just this.
    fn save_unless(self, kept: &W::Draft) {
        if self.draft.with_untracked(|draft| draft == kept) {
            self.sent.set_value(None);
            self.arrived();
        } else {
            self.save();
        }
    }

    /// The record as the server has it, asked for again when `saves` saves were answered. Our own changes go
    /// first and meet it there; without any it takes the place of ours.
    fn meet(self, view: &W, saves: u64) {
        if !self.saved.with_untracked(Saved::is_saved) {
            self.save();
        } else if self.saves.get_value() == saves && self.view.with_untracked(|before| before != view) {
            self.view.set(view.clone());
            if let Some(draft) = view.draft() {
                self.replace(draft);
            }
        }
    }

    /// It can be changed no longer; what is typed stays on the page to be copied.
    fn close(self) {
        let words = self.post.session.lang().pick("已不能再改", "it can no longer be changed");
        self.saved.set(Saved::Refused(words.to_owned()));
    }

    /// A person has chosen: `draft` goes over the other's version.
    fn settle(self, draft: W::Draft) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.view.set(theirs);
            self.theirs.set(None);
            self.joined.set_value(true);
            self.replace(draft);
            self.saved.set(Saved::Waiting);
            self.save();
        }
    }

    /// Another draft, which did not come from the page.
    fn replace(self, draft: W::Draft) {
        if self.draft.with_untracked(|before| *before != draft) {
            self.draft.set(draft);
            self.replaced.update(|times| *times += 1);
        }
    }
}

/// Two drafts that were made from `base`.
fn merged(base: &impl Serialize, mine: &impl Serialize, theirs: &impl Serialize) -> Merged {
    merge(&plain(base), &plain(mine), &plain(theirs))
}

fn plain(draft: &impl Serialize) -> Value {
    serde_json::to_value(draft).unwrap_or_default()
}

/// Whether the same request would be refused again. A session that has ended is taken up by signing in.
const fn is_final(status: Option<u16>) -> bool {
    matches!(status, Some(403 | 404 | 409 | 413 | 422))
}

fn reason(trouble: Trouble) -> String {
    if trouble.detail.is_empty() { trouble.title } else { trouble.detail }
}
