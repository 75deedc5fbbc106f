//! What only universities have, as typed: place, affiliation, type, marks.

use super::list::wire_name;
use crate::session::Session;
use crate::ui::{Choice, Trouble};
use leptos::prelude::*;
use ronghe_domain::org::{Affiliation, Mark, MarkKind, Place, UniversityFacts, UniversityKind};
use ronghe_text::{Lang, affiliation, mark, place, university_kind};
use serde::Serialize;

/// What is typed; what is chosen as the API calls it, empty before.
#[derive(Clone, Copy)]
pub struct TypedFacts {
    place: RwSignal<String>,
    affiliation: RwSignal<String>,
    kind: RwSignal<String>,
    /// With their days, which this page does not show.
    marks: RwSignal<Vec<Mark>>,
}

impl TypedFacts {
    /// What a university has before it is changed; nothing for a new one.
    pub fn of(before: Option<&UniversityFacts>) -> Self {
        let text = |of: Option<String>| RwSignal::new(of.unwrap_or_default());
        Self {
            place: text(before.map(|facts| wire_name(facts.place))),
            affiliation: text(before.map(|facts| wire_name(facts.affiliation))),
            kind: text(before.map(|facts| wire_name(facts.kind))),
            marks: RwSignal::new(before.map(|facts| facts.marks.clone()).unwrap_or_default()),
        }
    }

    /// Nothing before place, affiliation and type are chosen.
    pub fn facts(self) -> Option<UniversityFacts> {
        Some(UniversityFacts {
            place: chosen(self.place, &Place::ALL)?,
            affiliation: chosen(self.affiliation, &Affiliation::ALL)?,
            kind: chosen(self.kind, &UniversityKind::ALL)?,
            marks: self.marks.get_untracked(),
        })
    }
}

/// The fields of a university.
#[component]
pub fn Facts(typed: TypedFacts, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let wrong = Memo::new(move |_| {
        let trouble = trouble.get()?;
        trouble.of_field("university").or_else(|| trouble.of_field("university.marks"))
    });
    view! {
        <fieldset class="field" id="field-university" data-error=move || wrong.get().map(|_| "true")>
            <legend>{move || session.lang().pick("高校信息", "University")}</legend>
            <p class="field__hint">{move || session.lang().pick(
                "所在地、隶属和高校类型都要选", "Place, affiliation and type have to be chosen",
            )}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {choose(session, "place", ("所在地", "Place"), typed.place, &Place::ALL, place)}
            {choose(session, "affiliation", ("隶属", "Affiliation"), typed.affiliation, &Affiliation::ALL, affiliation)}
            {choose(session, "university_kind", ("高校类型", "Type"), typed.kind, &UniversityKind::ALL, university_kind)}
            <fieldset class="field"><legend>{move || session.lang().pick("标签（选填）", "Marks (optional)")}</legend>
                {MarkKind::ALL.into_iter().map(|kind| mark_box(session, typed.marks, kind)).collect_view()}</fieldset>
        </fieldset>
    }
}

/// One of a few values.
fn choose<T: Copy + Serialize + Sync + 'static>(
    session: Session,
    key: &'static str,
    label: (&'static str, &'static str),
    value: RwSignal<String>,
    all: &'static [T],
    say: fn(Lang, T) -> &'static str,
) -> impl IntoView {
    let id = format!("field-{key}");
    move || {
        let lang = session.lang();
        let options = all.iter().map(|one| {
            let name = wire_name(*one);
            let own = name.clone();
            view! { <option value=name prop:selected=move || value.get() == own>{say(lang, *one)}</option> }
        });
        view! {
            <div class="field"><label for=id.clone()>{lang.pick(label.0, label.1)}</label>
                <select class="select" id=id.clone() on:change=move |event| value.set(event_target_value(&event))>
                    <option value="" prop:selected=move || value.get().is_empty()>{lang.pick("选一项……", "Choose one…")}</option>
                    {options.collect_view()}</select></div>
        }
    }
}

/// A mark to tick; one that is there keeps its days.
fn mark_box(session: Session, marks: RwSignal<Vec<Mark>>, kind: MarkKind) -> impl IntoView {
    let label = Signal::derive(move || mark(session.lang(), kind).to_owned());
    let checked = Signal::derive(move || marks.with(|marks| marks.iter().any(|mark| mark.kind == kind)));
    let change = move |on: bool| {
        marks.update(|marks| {
            if !on {
                marks.retain(|mark| mark.kind != kind);
            } else if marks.iter().all(|mark| mark.kind != kind) {
                marks.push(Mark { kind, since: None, until: None });
            }
        });
    };
    view! { <Choice label=label checked=checked on_change=change/> }
}

fn chosen<T: Copy + Serialize>(value: RwSignal<String>, all: &[T]) -> Option<T> {
    let name = value.get_untracked();
    all.iter().copied().find(|one| wire_name(*one) == name)
}
