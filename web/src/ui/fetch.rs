//! What is on its way from the server, of whatever kind: the machinery behind it is compiled once for all kinds,
//! which makes the page a tenth smaller.

use super::Trouble;
use leptos::prelude::*;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

type Found = Rc<dyn Any>;
type Coming = Pin<Box<dyn Future<Output = Found>>>;

/// A value that is asked for, and asked for again when what its question reads has changed.
pub struct Fetch<T> {
    found: LocalResource<Found>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetch<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetch<T> {}

impl<T: Clone + 'static> Fetch<T> {
    /// Asks at once.
    pub fn new<F: Future<Output = T> + 'static>(ask: impl Fn() -> F + 'static) -> Self {
        let ask = move || -> Coming {
            let coming = ask();
            Box::pin(async move {
                let found: Found = Rc::new(coming.await);
                found
            })
        };
        Self { found: asked(Box::new(ask)), of: PhantomData }
    }

    /// What came; nothing while it is on its way for the first time.
    pub fn get(self) -> Option<T> {
        self.found.get().and_then(known)
    }

    /// The same, without being told when it changes.
    pub fn get_untracked(self) -> Option<T> {
        self.found.get_untracked().and_then(known)
    }

    /// Looks at what came.
    pub fn with<R>(self, look: impl FnOnce(Option<&T>) -> R) -> R {
        self.found.with(|found| look(found.as_ref().and_then(|found| found.downcast_ref())))
    }

    /// Asks again.
    pub fn refetch(self) {
        self.found.refetch();
    }
}

impl<T: Clone + 'static> Fetch<Result<T, Trouble>> {
    /// Whether this holds of what came; not while it is on its way, and not where it failed.
    pub fn holds(self, of: impl Fn(&T) -> bool + Send + Sync + 'static) -> Signal<bool> {
        Signal::derive(move || self.with(|found| matches!(found, Some(Ok(value)) if of(value))))
    }
}

fn asked(ask: Box<dyn Fn() -> Coming>) -> LocalResource<Found> {
    LocalResource::new(ask)
}

fn known<T: Clone + 'static>(found: Found) -> Option<T> {
    found.downcast_ref::<T>().cloned()
}
