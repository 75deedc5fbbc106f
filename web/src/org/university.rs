//! What only universities have, as typed: place, affiliation, type, marks.

use crate::session::Session;
use crate::shell::{named, word};
use crate::ui::{Both, Choice, Select, Trouble};
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
            place: text(before.map(|facts| word(facts.place))),
            affiliation: text(before.map(|facts| word(facts.affiliation))),
            kind: text(before.map(|facts| word(facts.kind))),
            marks: RwSignal::new(before.map(|facts| facts.marks.clone()).unwrap_or_default()),
        }
    }

    /// Nothing before place, affiliation and type are chosen.
    pub fn facts(self) -> Option<UniversityFacts> {
        Some(UniversityFacts {
            place: named(&self.place.get_untracked(), &Place::ALL)?,
            affiliation: named(&self.affiliation.get_untracked(), &Affiliation::ALL)?,
            kind: named(&self.kind.get_untracked(), &UniversityKind::ALL)?,
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
            {choose("place", ("所在地", "Place"), typed.place, &Place::ALL, place)}
            {choose("affiliation", ("隶属", "Affiliation"), typed.affiliation, &Affiliation::ALL, affiliation)}
            {choose("university_kind", ("高校类型", "Type"), typed.kind, &UniversityKind::ALL, university_kind)}
            <fieldset class="field"><legend>{move || session.lang().pick("标签（选填）", "Marks (optional)")}</legend>
                {MarkKind::ALL.into_iter().map(|kind| mark_box(session, typed.marks, kind)).collect_view()}</fieldset>
        </fieldset>
    }
}

/// One of a few values.
fn choose<T: Copy + Serialize>(
    name: &'static str,
    label: Both,
    value: RwSignal<String>,
    all: &[T],
    say: fn(Lang, T) -> &'static str,
) -> impl IntoView + use<T> {
    let options = all.iter().map(|one| (word(*one), (say(Lang::Zh, *one), say(Lang::En, *one)))).collect();
    view! { <Select label=label name=name value=value options=options open=true/> }
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
