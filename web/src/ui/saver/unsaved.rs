//! Closing the tab while something is not on the server yet.

use leptos::ev;
use leptos::prelude::*;

/// Asks before the tab is closed while `unsaved`, in the browser's own words, and lets `hurry` send it while the
/// question stands. At other times nothing listens: a page that does is not kept for the way back.
pub(super) fn ask_before_closing(unsaved: Signal<bool>, hurry: impl Fn() + Copy + 'static) {
    let listening = StoredValue::new(None::<WindowListenerHandle>);
    let stop = move || {
        if let Some(listener) = listening.try_update_value(Option::take).flatten() {
            listener.remove();
        }
    };
    Effect::new(move |_| {
        stop();
        if unsaved.get() {
            let ask = move |event: web_sys::BeforeUnloadEvent| {
                hurry();
                event.prevent_default();
                // Chromium up to 118 asks only for this.
                event.set_return_value("unsaved");
            };
            listening.set_value(Some(window_event_listener(ev::beforeunload, ask)));
        }
    });
    on_cleanup(stop);
}

/// Lets `hurry` send what is typed when the tab goes out of sight: a phone closes it from there without asking.
pub(super) fn hurry_when_hidden(hurry: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            hurry();
        }
    });
    on_cleanup(move || listener.remove());
}
