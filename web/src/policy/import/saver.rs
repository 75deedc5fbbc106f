//! A working copy, and how it saves itself: 800 ms after the last key, at once when the page is left, again while
//! the server is away, and never over somebody else's change.

use super::desks::is_open;
use crate::session::Session;
use crate::ui::{Trouble, clock_time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_contract::policy::{ImportView, PolicyView};
use ronghe_domain::kernel::{FieldError, FieldProblem};
use ronghe_domain::org::{Candidate, Target};
use ronghe_domain::policy::PolicyDraft;
use std::collections::BTreeMap;
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

/// By what working copies reach the server, and other pages.
#[derive(Clone, Copy)]
pub struct Post {
    session: Session,
    /// Counts the saves that came through after their page was left.
    pub late: RwSignal<u32>,
}

impl Post {
    pub fn new() -> Self {
        Self { session: Session::here(), late: RwSignal::new(0) }
    }
}

/// Text that the draft cannot hold, such as half a date, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub text: String,
    pub problem: FieldProblem,
}

/// The working copy.
#[derive(Clone, Copy)]
pub struct Saver {
    post: Post,
    /// What is on the page.
    pub draft: RwSignal<PolicyDraft>,
    /// The document as the server last gave it.
    pub view: RwSignal<PolicyView>,
    pub saved: RwSignal<Saved>,
    /// What is typed and in no draft, by path.
    pub loose: RwSignal<BTreeMap<String, Loose>>,
    /// The server's document that ours collides with.
    pub theirs: RwSignal<Option<PolicyView>>,
    /// The nearest known names of every name that was not known since the desk was laid.
    pub nearest: Memo<BTreeMap<String, Vec<Candidate>>>,
    /// Counts keys, so that only the last one saves.
    keys: StoredValue<u64>,
    /// A save is on its way.
    busy: StoredValue<bool>,
    /// What was sent last; its answer may have been lost.
    sent: StoredValue<Option<PolicyDraft>>,
    /// Counts saves that were answered.
    saves: StoredValue<u64>,
    /// Its page is open.
    shown: StoredValue<bool>,
}

impl Saver {
    /// A working copy of `view`.
    pub fn new(post: Post, view: &PolicyView) -> Self {
        let view = RwSignal::new(view.clone());
        Self {
            post,
            draft: RwSignal::new(view.with_untracked(draft_of)),
            view,
            saved: RwSignal::new(Saved::Untouched),
            loose: RwSignal::new(BTreeMap::new()),
            theirs: RwSignal::new(None),
            nearest: Memo::new(move |before: Option<&BTreeMap<String, Vec<Candidate>>>| {
                let mut names = before.cloned().unwrap_or_default();
                view.with(|view| names.extend(view.import.iter().flat_map(nearest)));
                names
            }),
            keys: StoredValue::new(0),
            busy: StoredValue::new(false),
            sent: StoredValue::new(None),
            saves: StoredValue::new(0),
            shown: StoredValue::new(false),
        }
    }

    /// Whether it is a copy of the document with this name in addresses.
    pub fn is_of(self, slug: &str) -> bool {
        self.view.with_untracked(|view| view.slug == slug)
    }

    /// The text that was read; it never changes.
    pub fn text(self) -> String {
        self.view
            .with_untracked(|view| view.import.as_ref().map(|import| import.text.clone()).unwrap_or_default())
    }

    /// Every organisation and group that a unit can be set to, tracked.
    pub fn known(self) -> Vec<Candidate> {
        self.view.with(|view| view.import.as_ref().map(|import| import.known.clone()).unwrap_or_default())
    }

    /// What the directory calls `target`, tracked; none where it is no choice, such as a district's school.
    pub fn name_of(self, target: Target) -> Option<String> {
        self.view.with(|view| {
            let known = &view.import.as_ref()?.known;
            known.iter().find(|choice| choice.target == target).map(|choice| choice.name.clone())
        })
    }

    /// What keeps the document from being published, by path, tracked.
    pub fn errors(self) -> Vec<FieldError> {
        self.view.with(|view| view.import.as_ref().map(|import| import.errors.clone()).unwrap_or_default())
    }

    /// Paths of fields that are open, in the order of the text, tracked.
    pub fn open(self) -> Vec<String> {
        self.errors().into_iter().map(|error| error.path).collect()
    }

    /// Whether anything on the page is not on the server, tracked.
    pub fn is_unsaved(self) -> bool {
        let is_saved = self.saved.with(|saved| matches!(saved, Saved::Untouched | Saved::At(_)));
        !is_saved || self.loose.with(|loose| !loose.is_empty())
    }

    /// Whether it takes a person to get everything to the server, or at least patience, tracked.
    pub fn is_stuck(self) -> bool {
        self.is_unsaved() && self.saved.with(|saved| *saved != Saved::Waiting)
    }

    /// A person lets go of what the server does not take.
    pub fn let_go(self) {
        self.draft.set(self.view.with_untracked(draft_of));
        self.theirs.set(None);
        self.loose.set(BTreeMap::new());
        self.saved.set(Saved::Untouched);
    }

    /// What is typed at `path` and wrong, tracked.
    pub fn loose_at(self, path: &str) -> Option<Loose> {
        self.loose.with(|loose| loose.get(path).cloned())
    }

    /// Takes what is typed at `path`: none where the draft holds it.
    pub fn set_loose(self, path: &str, found: Option<Loose>) {
        let is_new = self.loose.with_untracked(|loose| loose.get(path) != found.as_ref());
        if is_new {
            self.loose.update(|loose| match found {
                Some(found) => drop(loose.insert(path.to_owned(), found)),
                None => drop(loose.remove(path)),
            });
        }
    }

    /// How many saves were answered.
    pub fn saves(self) -> u64 {
        self.saves.get_value()
    }

    /// Its page has been opened.
    pub fn open_page(self) {
        self.shown.set_value(true);
    }

    /// Its page is being left: what was typed in its last moment is sent at once, and again until it arrives.
    pub fn leave_page(self) {
        self.shown.set_value(false);
        self.hurry();
    }

    /// Changes the working copy; it is saved soon.
    pub fn edit(self, change: impl FnOnce(&mut PolicyDraft)) {
        self.draft.update(change);
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
                // Whoever signs out takes the desk away.
                if key.is_some() && self.keys.try_get_value() == key {
                    self.save();
                }
            },
            PAUSE,
        );
    }

    /// Saves what waits for its pause, or for the server, without waiting.
    pub fn hurry(self) {
        let waits = self.saved.try_with_untracked(|saved| matches!(saved, Saved::Waiting | Saved::Failed));
        if waits == Some(true) {
            self.save();
        }
    }

    /// Saves now; once the desk is taken away it does nothing. What is typed while a save is on its way is saved
    /// next: two at once would make each other stale.
    fn save(self) {
        if self.busy.try_get_value() != Some(false) || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.busy.set_value(true);
        let keys = self.keys.get_value();
        let draft = self.draft.get_untracked();
        let unanswered = self.sent.try_update_value(|sent| sent.replace(draft.clone())).flatten();
        let (slug, version) = self.view.with_untracked(|view| (view.slug.clone(), view.version.clone()));
        let session = self.post.session;
        spawn_local(async move {
            let done =
                session.call(async |client| client.correct_policy(&slug, &version, &draft).await).await;
            self.busy.set_value(false);
            match done {
                Ok(view) => self.take(view, keys),
                Err(trouble) if trouble.kind == "stale" => self.collide(slug, unanswered).await,
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
    fn take(self, view: PolicyView, keys: u64) {
        let Some(now) = self.keys.try_get_value() else { return };
        let is_last = now == keys;
        if is_last {
            self.draft.set(draft_of(&view));
            self.saved.set(Saved::At(clock_time()));
        }
        self.view.set(view);
        self.sent.set_value(None);
        self.saves.update_value(|saves| *saves += 1);
        if !is_last {
            self.save();
        } else if !self.shown.get_value() {
            self.post.late.update(|late| *late += 1);
        }
    }

    /// The document as the server has it, asked for again when `saves` saves were answered. Our own changes go
    /// first and meet it there; without any it takes the place of ours.
    pub fn meet(self, view: &PolicyView, saves: u64) {
        if self.saved.with_untracked(|saved| !matches!(saved, Saved::Untouched | Saved::At(_))) {
            self.save();
        } else if self.saves.get_value() == saves && self.view.with_untracked(|before| before != view) {
            self.draft.set(draft_of(view));
            self.view.set(view.clone());
        }
    }

    /// The document is checked no longer; what is typed stays on the page to be copied.
    pub fn close(self) {
        let words =
            self.post.session.lang().pick("文件已不在核对中", "the document is no longer being checked");
        self.saved.set(Saved::Refused(words.to_owned()));
    }

    /// Our version is not the server's any more: a person chooses, unless it is our own save there, whose answer
    /// never came.
    async fn collide(self, slug: String, unanswered: Option<PolicyDraft>) {
        match self.post.session.call(async |client| client.show_policy(&slug).await).await {
            Ok(theirs) if !is_open(&theirs) => self.close(),
            Ok(theirs) if unanswered.is_some_and(|ours| ours == draft_of(&theirs)) => {
                self.view.set(theirs);
                self.save();
            }
            Ok(theirs) => {
                self.saved.set(Saved::Stale);
                self.theirs.set(Some(theirs));
            }
            Err(_) => self.try_again(),
        }
    }

    /// A person has chosen field by field: `draft` goes over the other's version.
    pub fn settle(self, draft: PolicyDraft) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.view.set(theirs);
            self.theirs.set(None);
            self.draft.set(draft);
            self.saved.set(Saved::Waiting);
            self.save();
        }
    }
}

fn draft_of(view: &PolicyView) -> PolicyDraft {
    view.import.as_ref().map(|import| import.draft.clone()).unwrap_or_default()
}

/// The nearest known names of every name that is not known.
fn nearest(import: &ImportView) -> impl Iterator<Item = (String, Vec<Candidate>)> {
    import.candidates.iter().filter_map(|found| {
        let name = import.draft.unit_at(&found.path)?.name.value.trim();
        Some((name.to_owned(), found.nearest.clone()))
    })
}

/// Whether the same request would be refused again. A session that has ended is taken up by signing in.
const fn is_final(status: Option<u16>) -> bool {
    matches!(status, Some(403 | 404 | 409 | 413 | 422))
}

fn reason(trouble: Trouble) -> String {
    if trouble.detail.is_empty() { trouble.title } else { trouble.detail }
}
