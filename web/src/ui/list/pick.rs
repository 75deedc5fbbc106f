//! Rows of a list that are ticked, and what is done with all of them.

use crate::session::Session;
use leptos::prelude::*;
use ronghe_text::Lang;
use std::collections::BTreeSet;

/// The rows of a page that can be ticked and those that are, by the names that address them.
#[derive(Clone, Copy)]
pub struct Picks {
    offered: StoredValue<Vec<String>>,
    picked: RwSignal<BTreeSet<String>>,
}

impl Picks {
    /// None yet.
    pub fn new() -> Self {
        Self { offered: StoredValue::new(Vec::new()), picked: RwSignal::new(BTreeSet::new()) }
    }

    /// None is ticked any more.
    pub fn clear(self) {
        self.picked.set(BTreeSet::new());
    }

    /// The page shows these rows that can be ticked.
    pub fn offer(self, names: Vec<String>) {
        self.offered.set_value(names);
    }

    /// Whether any row of the page can be.
    pub fn any(self) -> bool {
        self.offered.with_value(|offered| !offered.is_empty())
    }

    fn has_all(self) -> bool {
        self.offered.with_value(|offered| {
            self.picked.with(|picked| !offered.is_empty() && offered.iter().all(|name| picked.contains(name)))
        })
    }

    fn set_all(self, on: bool) {
        match on {
            true => self.picked.update(|picked| picked.extend(self.offered.get_value())),
            false => self.clear(),
        }
    }

    /// Whether the row is ticked, as its `aria-selected` says it.
    pub fn selected(
        self,
        name: &str,
    ) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static + use<> {
        let name = name.to_owned();
        move || self.picked.with(|picked| picked.contains(&name)).then_some("true")
    }

    /// The head of their column: ticks all of the page.
    pub fn head(self, words: &'static str) -> Option<impl IntoView + use<>> {
        self.any().then(|| {
            view! {
                <th class="table__pick" scope="col"><input type="checkbox" aria-label=words
                    prop:checked=move || self.has_all() on:change=move |event| self.set_all(event_target_checked(&event))/></th>
            }
        })
    }

    /// The same where rows are cards, which have no head; it stands in front of the table.
    pub fn all(self, words: &'static str) -> Option<impl IntoView + use<>> {
        self.any().then(|| {
            view! {
                <label class="pick-all"><input type="checkbox" prop:checked=move || self.has_all()
                    on:change=move |event| self.set_all(event_target_checked(&event))/>{words}</label>
            }
        })
    }

    /// The cell of one row, `title` its words; empty where that row cannot be ticked.
    pub fn cell(self, lang: Lang, name: &str, title: &str, can: bool) -> Option<impl IntoView + use<>> {
        self.any().then(|| {
            let label = format!("{}{title}", lang.pick("选择 ", "Pick "));
            let (checked, name) = (self.selected(name), name.to_owned());
            let change = move |event| {
                let (on, name) = (event_target_checked(&event), name.clone());
                self.picked.update(|picked| {
                    if on {
                        picked.insert(name);
                    } else {
                        picked.remove(&name);
                    }
                });
            };
            let tick = can.then(|| {
                view! { <input type="checkbox" aria-label=label prop:checked=move || checked().is_some() on:change=change/> }
            });
            view! { <td class="table__pick">{tick}</td> }
        })
    }
}

/// How many are ticked, and what `actions` makes of their names; `counter` is the Chinese measure word.
#[component]
pub fn PickBar<F>(picks: Picks, counter: &'static str, actions: F) -> impl IntoView
where
    F: Fn(Vec<String>) -> AnyView + Send + Sync + 'static,
{
    let session = Session::here();
    move || {
        let names: Vec<String> = picks.picked.get().into_iter().collect();
        (!names.is_empty()).then(|| {
            let lang = session.lang();
            let said = match lang {
                Lang::Zh => format!("已选 {} {counter}", names.len()),
                Lang::En => format!("{} picked", names.len()),
            };
            view! {
                <section class="bulk-bar" aria-label=lang.pick("对所选各项的操作", "What is done with those picked")>
                    <p role="status"><span class="bulk-bar__count">{said}</span>" "
                        <button class="button" data-kind="link" type="button" on:click=move |_| picks.clear()>{lang.pick("取消选择", "Drop the choice")}</button></p>
                    <div class="button-row">{actions(names)}</div>
                </section>
            }
        })
    }
}
