//! Choosing whom a name means: one of the nearest known names, or any that some letters find.

use crate::policy::import::desk::Saver;
use crate::session::Session;
use crate::ui::Hits;
use leptos::prelude::*;
use ronghe_domain::org::directory::matching;
use ronghe_domain::org::{Candidate, Target};
use ronghe_text::Lang;

/// Buttons for the nearest names, and a field that looks through the directory.
#[component]
pub fn Meant(
    saver: Saver,
    /// As it is printed.
    name: Signal<String>,
    /// Of the field.
    id: String,
    /// Takes whom it means, and what the directory calls them.
    on_choose: impl Fn(Target, String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let words = RwSignal::new(String::new());
    let nearest = Memo::new(move |_| {
        let name = name.get();
        saver.beside.nearest.with(|names| names.get(name.trim()).cloned().unwrap_or_default())
    });
    let found = Memo::new(move |_| {
        let words = words.get();
        let known = if words.trim().is_empty() { Vec::new() } else { saver.known() };
        matching(&known, &words).into_iter().cloned().collect::<Vec<Candidate>>()
    });
    let near = move || {
        let lang = session.lang();
        let buttons = nearest.get().into_iter().map(|one| {
            let (target, said, chosen) = (one.target, one.name.clone(), one.name);
            let hint = match lang {
                Lang::Zh => format!("相似 {}%", one.likeness),
                Lang::En => format!("{}% alike", one.likeness),
            };
            view! {
                <button class="button" type="button" data-size="small" on:click=move |_| on_choose(target, chosen.clone())>
                    {said}" "<small class="quiet">{hint}</small></button>
            }
        });
        view! { <div class="button-row">{buttons.collect_view()}</div> }
    };
    let pick = move |at: usize| {
        if let Some(one) = found.with_untracked(|found| found.get(at).cloned()) {
            words.set(String::new());
            on_choose(one.target, one.name);
        }
    };
    let hits = move || {
        let names = found.with(|found| found.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
        (!words.with(|words| words.trim().is_empty())).then(|| view! { <Hits names=names on_pick=pick/> })
    };
    view! {
        {near}
        <div class="field">
            <label for=id.clone()>{move || session.lang().pick("从名录中找", "Look in the directory")}</label>
            <input class="input" id=id type="search" autocomplete="off"
                placeholder=move || session.lang().pick("名称里的字", "Letters of its name")
                prop:value=words on:input=move |event| words.set(event_target_value(&event))/>
            {hits}
        </div>
    }
}
