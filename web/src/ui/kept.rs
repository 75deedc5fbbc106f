//! What is typed outlives the drawing of its page: another language draws it anew.

use leptos::prelude::*;
use leptos::reactive::owner::Owner;

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
