//! The working copies of one's stay. They outlive their pages: what was typed last is sent also after the page
//! was left, and is there again when one comes back.

use super::saver::{Post, Saver};
use crate::ui::{ask_before_closing, hurry_when_hidden};
use leptos::prelude::*;
use leptos::reactive::owner::{Owner, WeakOwner};
use ronghe_contract::policy::PolicyView;
use ronghe_domain::policy::State;

/// All desks, as a context of what is inside the door: signing out clears them.
#[derive(Clone, Copy)]
pub struct Desks {
    /// To whom the working copies belong, whichever page makes them.
    owner: StoredValue<Option<WeakOwner>>,
    savers: RwSignal<Vec<Saver>>,
    post: Post,
}

impl Desks {
    /// No desk yet. The browser asks before it closes the tab while anything on one of them is unsaved.
    pub fn new() -> Self {
        let desks = Self {
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
            savers: RwSignal::new(Vec::new()),
            post: Post::new(),
        };
        let unsaved = Memo::new(move |_| desks.savers.with(|savers| savers.iter().any(|it| it.is_unsaved())));
        ask_before_closing(unsaved.into(), move || desks.hurry());
        hurry_when_hidden(move || desks.hurry());
        desks
    }

    /// The desks of this page.
    pub fn here() -> Self {
        use_context::<Self>().unwrap_or_else(Self::new)
    }

    /// Heard by whoever shows a document that may have been corrected a moment ago: the last corrections arrive
    /// after the page of checking was left.
    pub fn follow(self) {
        self.post.late.track();
    }

    /// Whether corrections of this document do not get to the server, tracked.
    pub fn holds_stuck(self, slug: &str) -> bool {
        let savers = self.savers.get();
        savers.into_iter().any(|saver| saver.is_of(slug) && saver.is_stuck())
    }

    /// How many saves of this document have been answered, to tell an answer that is older.
    pub fn saves(self, slug: &str) -> u64 {
        self.find(slug).map_or(0, Saver::saves)
    }

    /// The document has come, asked for when `saves` saves were answered: the desk where it is checked, if it is.
    pub fn take_up(self, view: &PolicyView, saves: u64) -> Option<Saver> {
        match (self.find(&view.slug), is_open(view)) {
            (Some(saver), true) => {
                saver.meet(view, saves);
                Some(saver)
            }
            (Some(saver), false) => {
                // What was typed meanwhile is lost to the register, but not to who typed it.
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

    fn find(self, slug: &str) -> Option<Saver> {
        self.savers.with_untracked(|savers| savers.iter().copied().find(|saver| saver.is_of(slug)))
    }

    fn hurry(self) {
        for saver in self.savers.get_untracked() {
            saver.hurry();
        }
    }
}

/// Whether there is anything to check.
pub fn is_open(view: &PolicyView) -> bool {
    view.import.is_some() && view.state == State::Draft
}
