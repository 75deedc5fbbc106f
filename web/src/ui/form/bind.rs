//! Lines of text that are part of a working copy.

use crate::ui::saver::{Saver, Working};
use leptos::prelude::*;

/// A line of the draft.
pub fn bound<W: Working>(
    saver: Saver<W>,
    get: fn(&W::Draft) -> &String,
    set: fn(&mut W::Draft, String),
) -> RwSignal<String> {
    line(saver, move |draft| get(draft).clone(), set)
}

/// The same for any place of the draft. What is typed goes into the draft; what comes into the draft from
/// elsewhere is shown, without drawing the field anew under the hands of who types in another one.
pub fn line<W: Working>(
    saver: Saver<W>,
    get: impl Fn(&W::Draft) -> String + Copy + Send + Sync + 'static,
    set: impl Fn(&mut W::Draft, String) + Copy + 'static,
) -> RwSignal<String> {
    let line = RwSignal::new(saver.draft.with_untracked(get));
    Effect::new(move |before: Option<u32>| {
        let times = saver.replaced.get();
        if before.is_some_and(|before| before != times) {
            line.set(saver.draft.with_untracked(get));
        }
        times
    });
    Effect::new(move |before: Option<String>| {
        let text = line.get();
        let is_new = before.is_some_and(|before| before != text);
        if is_new && saver.draft.with_untracked(|draft| get(draft) != text) {
            saver.edit(|draft| set(draft, text.clone()));
        }
        text
    });
    line
}
