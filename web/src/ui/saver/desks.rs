//! The working copies of one's stay. They outlive their pages: what was typed last is sent also after the page
//! was left, and is there again when one comes back.

use super::unsaved::{ask_before_closing, hurry_when_hidden};
use super::{Saver, Working};
use crate::session::Session;
use crate::ui::Fetch;
use crate::ui::Trouble;
use leptos::prelude::*;
use leptos::reactive::owner::{Owner, WeakOwner};

/// By what working copies reach the server, and other pages.
#[derive(Clone, Copy)]
pub(super) struct Post {
    pub session: Session,
    /// Counts the saves that came through after their page was left.
    pub late: RwSignal<u32>,
}

/// All working copies of one kind, as a context of what is inside the door: signing out clears them.
pub struct Desks<W: Working> {
    /// To whom the working copies belong, whichever page makes them.
    owner: StoredValue<Option<WeakOwner>>,
    savers: RwSignal<Vec<Saver<W>>>,
    post: Post,
}

impl<W: Working> Clone for Desks<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Working> Copy for Desks<W> {}

impl<W: Working> Desks<W> {
    /// No desk yet. The browser asks before it closes the tab while anything on one of them is unsaved.
    pub fn new() -> Self {
        let desks = Self {
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
            savers: RwSignal::new(Vec::new()),
            post: Post { session: Session::here(), late: RwSignal::new(0) },
        };
        let unsaved = Memo::new(move |_| desks.savers.with(|savers| savers.iter().any(|it| it.is_unsaved())));
        ask_before_closing(unsaved.into(), move || desks.hurry());
        hurry_when_hidden(move || desks.hurry());
        // What waited while a session had ended is sent when its author is back.
        Effect::new(move |_| {
            desks.post.session.entered();
            untrack(|| desks.hurry());
        });
        desks
    }

    /// The desks of this page.
    pub fn here() -> Self {
        use_context::<Self>().unwrap_or_else(Self::new)
    }

    /// Heard by whoever shows a record that may have been changed a moment ago: the last changes arrive after
    /// their page was left.
    pub fn follow(self) {
        self.post.late.track();
    }

    /// Whether changes of this record do not get to the server, tracked.
    pub fn holds_stuck(self, name: &str) -> bool {
        let savers = self.savers.get();
        savers.into_iter().any(|saver| saver.is_of(name) && saver.is_stuck())
    }

    /// How many saves of this record have been answered, to tell an answer that is older.
    fn saves(self, name: &str) -> u64 {
        self.find(name).map_or(0, |saver| saver.saves.get_value())
    }

    /// The record has come, asked for when `saves` saves were answered: the copy in which it is changed, if it is.
    fn take_up(self, view: &W, saves: u64) -> Option<Saver<W>> {
        match (self.find(view.name()), view.draft().is_some()) {
            (Some(saver), true) => {
                saver.meet(view, saves);
                Some(saver)
            }
            (Some(saver), false) => {
                // What was typed meanwhile is lost to the record, but not to who typed it.
                untrack(|| saver.is_unsaved()).then(|| {
                    saver.close();
                    saver
                })
            }
            (None, true) => {
                let make = || Saver::new(self.post, view);
                let saver = match self.owner.get_value().and_then(|owner| owner.upgrade()) {
                    Some(owner) => owner.with(make),
                    None => make(),
                };
                self.savers.update(|savers| savers.push(saver));
                Some(saver)
            }
            (None, false) => None,
        }
    }

    fn find(self, name: &str) -> Option<Saver<W>> {
        self.savers.with_untracked(|savers| savers.iter().copied().find(|saver| saver.is_of(name)))
    }

    fn hurry(self) {
        for saver in self.savers.get_untracked() {
            saver.hurry();
        }
    }
}

/// What the server gave, and how many saves were answered when it was asked.
type Came<W> = Result<(W, u64), Trouble>;

/// The record with this name, and the copy in which it is changed, if it can be. The copy is laid once: a record
/// that is asked for again, because somebody signed in again, does not draw it anew under the hands of who types.
pub fn lay<W: Working>(name: Memo<String>) -> (Fetch<Came<W>>, RwSignal<Option<Saver<W>>>) {
    let (session, desks) = (Session::here(), Desks::<W>::here());
    let record = Fetch::new(move || {
        let name = name.get();
        let saves = desks.saves(&name);
        async move {
            let came = session.call(async |client| W::show(client, name).await).await;
            came.map(|view| (view, saves))
        }
    });
    let desk = RwSignal::new(None::<Saver<W>>);
    Effect::new(move |_| {
        let (name, came) = (name.get(), record.get());
        untrack(move || {
            let laid = desk.get().filter(|saver| saver.is_of(&name));
            let next = match came {
                Some(Ok((view, saves))) if view.name() == name => desks.take_up(&view, saves),
                Some(Err(trouble)) if matches!(trouble.status, Some(403 | 404)) => None,
                Some(_) | None => laid,
            };
            let is_same = match (desk.get(), next) {
                (Some(before), Some(next)) => next.view == before.view,
                (before, next) => before.is_none() && next.is_none(),
            };
            if !is_same {
                desk.set(next);
            }
        });
    });
    (record, desk)
}
