//! The fields as read, each with its confidence, its place, and a way to mend it.

use super::desk::Saver;
use super::edit;
use super::mend::{Mend, not_kept, number_of};
use super::rows::{Kind, Row};
use super::units::Units;
use crate::session::Session;
use crate::ui::Choice;
use leptos::prelude::*;
use ronghe_domain::policy::draft::SURE_ENOUGH;
use ronghe_text::{Lang, field_problem};

/// The list of fields.
#[component]
pub fn Fields(
    saver: Saver,
    rows: Memo<Vec<Row>>,
    picked: RwSignal<Option<usize>>,
    on_pick: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let count = Memo::new(move |_| rows.with(Vec::len));
    move || {
        let items = (0..count.get()).map(|index| {
            view! { <Field saver=saver rows=rows index=index picked=picked on_pick=on_pick/> }
        });
        view! { <ol>{items.collect_view()}</ol> }
    }
}

#[component]
fn Field(
    saver: Saver,
    rows: Memo<Vec<Row>>,
    index: usize,
    picked: RwSignal<Option<usize>>,
    on_pick: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(index).cloned()));
    let editing = RwSignal::new(false);
    let path = Memo::new(move |_| row.get().map(|row| row.path).unwrap_or_default());
    let wrong = Memo::new(move |_| wrong(session.lang(), saver, &path.get()));
    let has_place = Memo::new(move |_| row.get().is_some_and(|row| row.place.is_some()));
    let jump = move |_| {
        picked.set(Some(index));
        on_pick(index);
        // Of several fields that stand at one place, the first one marks it.
        let place = row.get_untracked().and_then(|row| row.place);
        let first = rows.with_untracked(|rows| rows.iter().position(|row| row.place == place));
        edit::show(&format!("place-{}", first.unwrap_or(index)));
    };
    view! {
        <li class="read-field" id=move || format!("field-{}", path.get()) tabindex="-1"
            data-picked=move || (picked.get() == Some(index)).then_some("") on:focusin=move |_| picked.set(Some(index))>
            {move || if has_place.get() {
                let label = format!("{}{}", session.lang().pick("原文第 ", "Place in the text "), index + 1);
                view! { <button type="button" class="read-field__place" title=label on:click=jump>{index + 1}</button> }.into_any()
            } else {
                view! { <span class="read-field__place quiet">{index + 1}</span> }.into_any()
            }}
            <div>
                <p class="read-field__key">{move || row.get().map(|row| row.key)}</p>
                <Value row=row editing=editing/>
                {move || row.get().and_then(|row| row.note).map(|note| view! { <p class="field__hint">{note}</p> })}
                {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
                {move || (!editing.get()).then(|| view! { <Loose saver=saver path=path/> })}
            </div>
            <Sure row=row/>
            <div class="read-field__more">{move || more(session, saver, row, editing)}</div>
        </li>
    }
}

/// The value in short; long texts show their beginning.
#[component]
fn Value(row: Memo<Option<Row>>, editing: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    move || {
        let row = row.get()?;
        if editing.get() && row.kind != Kind::Units {
            return None;
        }
        if row.value.is_empty() {
            let none = session.lang().pick("没有读到", "Nothing was read");
            return Some(view! { <p class="quiet">{none}</p> }.into_any());
        }
        let short: String = row.value.chars().take(120).collect();
        let cut = (short.len() < row.value.len()).then_some("……");
        Some(view! { <p>{short}{cut}</p> }.into_any())
    }
}

/// What was typed and cannot be kept: it is not forgotten when the field is closed.
#[component]
fn Loose(saver: Saver, path: Memo<String>) -> impl IntoView {
    let session = Session::here();
    move || {
        let path = path.get();
        let found =
            std::iter::once(path.clone()).chain(number_of(&path)).find_map(|path| saver.loose_at(&path));
        found.map(|loose| view! { <p class="field__error">{not_kept(session.lang(), &loose)}</p> })
    }
}

/// How sure the reader was.
#[component]
fn Sure(row: Memo<Option<Row>>) -> impl IntoView {
    let session = Session::here();
    move || {
        let row = row.get()?;
        let sure = row.sure?;
        let lang = session.lang();
        let (level, words) = match (sure, row.waits) {
            (_, true) => ("low", lang.pick("待核对", "to check")),
            (SURE_ENOUGH.., false) => ("high", lang.pick("高", "sure")),
            (_, false) => ("high", lang.pick("已核对", "checked")),
        };
        Some(view! {
            <span class="sure" data-sure=level>
                <svg aria-hidden="true"><rect class="track" width="100%" height="6"/><rect class="s1" width=format!("{sure}%") height="6"/></svg>
                {words}
            </span>
        })
    }
}

/// Buttons, or the field that is being mended.
fn more(session: Session, saver: Saver, row: Memo<Option<Row>>, editing: RwSignal<bool>) -> AnyView {
    let lang = session.lang();
    // What is typed must not be drawn anew at every key: kind and path do not change, the value does.
    let Some(now) = row.get_untracked() else { return ().into_any() };
    if now.kind == Kind::Units {
        return view! { <Units saver=saver path=now.path editing=editing/> }.into_any();
    }
    if now.kind == Kind::YesNo {
        return view! { <OnTrial saver=saver/> }.into_any();
    }
    let waits = Memo::new(move |_| row.get().is_some_and(|row| row.waits));
    if editing.get() {
        return view! { <Mend saver=saver row=row editing=editing/> }.into_any();
    }
    let path = now.path;
    view! {
        <div class="button-row">
            {move || {
                let path = path.clone();
                waits.get().then(|| view! {
                    <button type="button" class="button" data-size="small" on:click=move |_| {
                        saver.edit(|draft| edit::confirm(draft, &path));
                        edit::stay_at(&path);
                    }>
                        {lang.pick("确认无误", "It is right")}</button>
                })
            }}
            <button type="button" class="button" data-size="small" data-kind="quiet" on:click=move |_| editing.set(true)>{lang.pick("修改", "Correct")}</button>
        </div>
    }
    .into_any()
}

/// The one field that is yes or no.
#[component]
fn OnTrial(saver: Saver) -> impl IntoView {
    let session = Session::here();
    let label = Signal::derive(move || {
        session.lang().pick("文件是试行或暂行的", "The document holds on trial").to_owned()
    });
    let is_on = Signal::derive(move || saver.draft.with(|draft| draft.trial));
    view! { <Choice label=label checked=is_on on_change=move |on| saver.edit(|draft| draft.trial = on)/> }
}

/// What keeps this field from being published.
fn wrong(lang: Lang, saver: Saver, path: &str) -> Option<String> {
    let errors = saver.errors();
    let found =
        errors.iter().find(|error| error.path == path || error.path.starts_with(&format!("{path}[")))?;
    Some(field_problem(lang, &found.problem))
}
