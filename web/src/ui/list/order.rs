//! Putting rows in order by buttons and keys: a place up or down, to the top, to the bottom, to a place that is typed.

use crate::ui::focus;
use leptos::prelude::*;
use ronghe_text::Lang;

/// Where a row stands, and between which places it can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: usize,
    /// Those before it stay where they are.
    pub first: usize,
    pub last: usize,
}

/// Moves rows, says where they went, and keeps the focus with them.
#[derive(Clone, Copy)]
pub struct Mover {
    moved: RwSignal<String>,
    /// Takes the row at one place to another.
    put: Callback<(usize, usize)>,
}

impl Mover {
    /// Moves the rows of this list.
    pub fn new<T: Send + Sync + 'static>(rows: RwSignal<Vec<T>>) -> Self {
        let put = Callback::new(move |(from, to)| rows.update(|rows| put(rows, from, to)));
        Self { moved: RwSignal::new(String::new()), put }
    }

    /// What was moved where, for who listens.
    pub fn said(self) -> impl IntoView {
        let moved = self.moved;
        view! { <p class="unseen" role="status">{moved}</p> }
    }

    /// Takes the row called `name` to another place; `part` is what it was moved by.
    pub fn go(self, lang: Lang, name: &str, place: Place, to: usize, part: &'static str) {
        let to = to.clamp(place.first, place.last);
        self.put.run((place.at, to));
        self.moved.set(match lang {
            Lang::Zh => format!("{name} 排第 {}", to + 1),
            Lang::En => format!("{name} stands in place {}", to + 1),
        });
        // At an end the button that led there is gone: the focus goes to the one that leads back.
        let part = match part {
            "up" | "top" if to == place.first => "down",
            "down" | "bottom" if to == place.last => "up",
            part => part,
        };
        focus(&format!("{part}-{to}"));
    }

    /// The buttons of a row, and the field for its place.
    pub fn buttons(self, lang: Lang, name: &str, place: Place) -> impl IntoView + use<> {
        let Place { at, first, last } = place;
        let button = |part: &'static str, words: &'static str, to: usize| {
            let (name, said) = (name.to_owned(), name.to_owned());
            let gone = to == at;
            view! {
                <button class="button" type="button" data-kind="quiet" data-size="small" id=format!("{part}-{at}") disabled=gone
                    on:click=move |_| self.go(lang, &name, place, to, part)>{words}<span class="unseen">{said}</span></button>
            }
        };
        let label = format!("{name}{}", lang.pick("，排第几位", ", its place"));
        let name_typed = name.to_owned();
        let typed = move |field: web_sys::HtmlInputElement| {
            let wanted = field.value().trim().parse::<usize>().ok().and_then(|place| place.checked_sub(1));
            // What is no place is as if nothing had been typed.
            field.set_value(&(at + 1).to_string());
            if let Some(to) = wanted.filter(|to| *to != at) {
                self.go(lang, &name_typed, place, to, "place");
            }
        };
        let by_enter = typed.clone();
        let on_key = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                // The form around it is not sent.
                event.prevent_default();
                by_enter(event_target(&event));
            }
        };
        view! {
            <div class="button-row">
                {button("up", lang.pick("上移", "Up"), at.saturating_sub(1).max(first))}
                {button("down", lang.pick("下移", "Down"), (at + 1).min(last))}
                {button("top", lang.pick("置顶", "To the top"), first)}
                {button("bottom", lang.pick("置底", "To the bottom"), last)}
                <label class="button-row"><span aria-hidden="true">{lang.pick("第", "Place")}</span>
                    <input class="input order__place" inputmode="numeric" autocomplete="off" id=format!("place-{at}") aria-label=label
                        prop:value=(at + 1).to_string() on:keydown=on_key on:change=move |event| typed(event_target(&event))/></label>
            </div>
        }
    }
}

/// Takes what stands at one place to another; those between close up.
fn put<T>(rows: &mut Vec<T>, from: usize, to: usize) {
    if from < rows.len() && to < rows.len() {
        let row = rows.remove(from);
        rows.insert(to, row);
    }
}
