//! The working copy, and how it saves itself: 800 ms after the last key, again while the server is away,
//! and never over somebody else's change.

use crate::session::Session;
use crate::ui::{Trouble, clock_time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_contract::policy::PolicyView;
use ronghe_domain::kernel::FieldError;
use ronghe_domain::policy::PolicyDraft;
use std::time::Duration;

/// From the last key to saving.
const PAUSE: Duration = Duration::from_millis(800);
/// Between two tries while the server is away.
const AGAIN: Duration = Duration::from_secs(5);

/// Whether what is on the page is also on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    Untouched,
    Waiting,
    /// At this time of day.
    At(String),
    Failed,
    /// Someone else changed the document: a person chooses.
    Stale,
    /// The server does not take it, and says why: trying again would not help.
    Refused(String),
}

/// The working copy.
#[derive(Clone, Copy)]
pub struct Saver {
    session: Session,
    /// What is on the page.
    pub draft: RwSignal<PolicyDraft>,
    /// The document as the server last gave it.
    pub view: RwSignal<PolicyView>,
    pub saved: RwSignal<Saved>,
    /// The server's document that ours collides with.
    pub theirs: RwSignal<Option<PolicyView>>,
    /// Counts keys, so that only the last one saves.
    keys: StoredValue<u64>,
    /// A save is on its way.
    busy: StoredValue<bool>,
}

impl Saver {
    /// A working copy of `view`.
    pub fn new(session: Session, view: &PolicyView) -> Self {
        let draft = view.import.as_ref().map(|import| import.draft.clone()).unwrap_or_default();
        let saver = Self {
            session,
            draft: RwSignal::new(draft),
            view: RwSignal::new(view.clone()),
            saved: RwSignal::new(Saved::Untouched),
            theirs: RwSignal::new(None),
            keys: StoredValue::new(0),
            busy: StoredValue::new(false),
        };
        on_cleanup(move || saver.send_the_rest());
        saver
    }

    /// The text that was read; it never changes.
    pub fn text(self) -> String {
        self.view
            .with_untracked(|view| view.import.as_ref().map(|import| import.text.clone()).unwrap_or_default())
    }

    /// What keeps the document from being published, by path, tracked.
    pub fn errors(self) -> Vec<FieldError> {
        self.view.with(|view| view.import.as_ref().map(|import| import.errors.clone()).unwrap_or_default())
    }

    /// Paths of fields that are open, in the order of the text, tracked.
    pub fn open(self) -> Vec<String> {
        self.errors().into_iter().map(|error| error.path).collect()
    }

    /// Changes the working copy; it is saved soon.
    pub fn edit(self, change: impl FnOnce(&mut PolicyDraft)) {
        self.draft.update(change);
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

    /// Saves now; does nothing once the page has been left.
    pub fn save(self) {
        if self.busy.try_get_value() != Some(false) || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.busy.set_value(true);
        let keys = self.keys.get_value();
        let draft = self.draft.get_untracked();
        let (slug, version) = self.view.with_untracked(|view| (view.slug.clone(), view.version.clone()));
        spawn_local(async move {
            let done =
                self.session.call(async |client| client.correct_policy(&slug, &version, &draft).await).await;
            self.busy.set_value(false);
            match done {
                Ok(view) => self.take(view, keys),
                Err(trouble) if trouble.kind == "stale" => self.collide(slug).await,
                Err(trouble) if is_final(trouble.status) => self.saved.set(Saved::Refused(reason(trouble))),
                Err(_) => {
                    self.saved.set(Saved::Failed);
                    set_timeout(move || self.save(), AGAIN);
                }
            }
        });
    }

    /// The page is being left: what was typed in its last moment, or while the server was away, is sent
    /// after it. A save that is on its way goes first and would make this one stale.
    fn send_the_rest(self) {
        let is_unsaved = self.saved.with_untracked(|saved| matches!(saved, Saved::Waiting | Saved::Failed));
        if !is_unsaved || self.busy.get_value() {
            return;
        }
        let draft = self.draft.get_untracked();
        let (slug, version) = self.view.with_untracked(|view| (view.slug.clone(), view.version.clone()));
        let session = self.session;
        spawn_local(async move {
            // Nobody is there to be told; a change of somebody else's is not written over.
            drop(session.call(async |client| client.correct_policy(&slug, &version, &draft).await).await);
        });
    }

    /// Takes what the server made of our save; what was typed since is kept and saved next.
    fn take(self, view: PolicyView, keys: u64) {
        let Some(now) = self.keys.try_get_value() else { return };
        let is_last = now == keys;
        if is_last {
            if let Some(import) = &view.import {
                self.draft.set(import.draft.clone());
            }
            self.saved.set(Saved::At(clock_time()));
        }
        self.view.set(view);
        if !is_last {
            self.save();
        }
    }

    async fn collide(self, slug: String) {
        self.saved.set(Saved::Stale);
        if let Ok(theirs) = self.session.call(async |client| client.show_policy(&slug).await).await {
            if theirs.import.is_some() {
                self.theirs.set(Some(theirs));
            } else {
                let words =
                    self.session.lang().pick("文件已不在核对中", "the document is no longer being checked");
                self.saved.set(Saved::Refused(words.to_owned()));
            }
        }
    }

    /// A person has chosen field by field: `draft` goes over the other's version.
    pub fn settle(self, draft: PolicyDraft) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.view.set(theirs);
            self.theirs.set(None);
            self.draft.set(draft);
            self.save();
        }
    }
}

/// Whether the same request would be refused again. A session that has ended is taken up by signing in.
const fn is_final(status: Option<u16>) -> bool {
    matches!(status, Some(403 | 404 | 409 | 413 | 422))
}

fn reason(trouble: Trouble) -> String {
    if trouble.detail.is_empty() { trouble.title } else { trouble.detail }
}
