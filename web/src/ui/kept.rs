//! What is typed outlives the drawing of its page: another language draws it anew.

use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use std::any::Any;
use std::collections::HashMap;

/// Makes a value once for the component that calls this, however often its parts are drawn.
pub fn kept<T: Copy + Send + Sync + 'static>() -> impl Fn(&dyn Fn() -> T) -> T + Clone + Send + Sync + 'static
{
    let owner = Owner::current();
    let slot = StoredValue::new(None::<T>);
    move |make| {
        slot.get_value().unwrap_or_else(|| {
            // Signals belong to the component, not to the drawing in which they are first wanted.
            let made = match &owner {
                Some(owner) => owner.with(make),
                None => make(),
            };
            slot.set_value(Some(made));
            made
        })
    }
}

/// What is typed in forms that a page draws with what it has fetched. It is the person's who is inside, and goes when
/// they leave.
#[derive(Clone)]
pub struct Drawer {
    owner: Option<Owner>,
    kept: StoredValue<HashMap<String, Box<dyn Any + Send + Sync>>>,
}

impl Drawer {
    /// An empty one, of the component that makes it.
    pub fn new() -> Self {
        Self { owner: Owner::current(), kept: StoredValue::new(HashMap::new()) }
    }
}

/// What is typed at `place`, made once. The name of a place holds the version of what is changed there: what was typed
/// against another version is not taken for this one.
pub fn typed<T: Copy + Send + Sync + 'static>(place: &str, make: impl Fn() -> T) -> T {
    let drawer = expect_context::<Drawer>();
    let there = drawer.kept.with_value(|kept| kept.get(place).and_then(|it| it.downcast_ref::<T>()).copied());
    there.unwrap_or_else(|| {
        // Signals belong to the drawer, not to the drawing in which they are first wanted.
        let made = match &drawer.owner {
            Some(owner) => owner.with(make),
            None => make(),
        };
        drawer.kept.update_value(|kept| drop(kept.insert(place.to_owned(), Box::new(made))));
        made
    })
}
