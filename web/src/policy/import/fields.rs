//! The fields as read, each with its confidence, its place, and a way to mend it.

use super::edit;
use super::rows::{Kind, Row};
use super::saver::Saver;
use super::units::Units;
use crate::session::Session;
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
            let row = Memo::new(move |_| rows.with(|rows| rows.get(index).cloned()));
            view! { <Field saver=saver row=row index=index picked=picked on_pick=on_pick/> }
        });
        view! { <ol>{items.collect_view()}</ol> }
    }
}

#[component]
fn Field(
    saver: Saver,
    row: Memo<Option<Row>>,
    index: usize,
    picked: RwSignal<Option<usize>>,
    on_pick: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let editing = RwSignal::new(false);
    let path = Memo::new(move |_| row.get().map(|row| row.path).unwrap_or_default());
    let wrong = Memo::new(move |_| wrong(session.lang(), saver, &path.get()));
    let has_place = Memo::new(move |_| row.get().is_some_and(|row| row.place.is_some()));
    let jump = move |_| {
        picked.set(Some(index));
        on_pick(index);
        edit::show(&format!("place-{index}"));
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
                {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
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
    let waits = Memo::new(move |_| row.get().is_some_and(|row| row.waits));
    if editing.get() {
        return view! { <Mend saver=saver row=now editing=editing/> }.into_any();
    }
    let path = now.path;
    view! {
        <div class="button-row">
            {move || {
                let path = path.clone();
                waits.get().then(|| view! {
                    <button type="button" class="button" data-size="small" on:click=move |_| saver.edit(|draft| edit::confirm(draft, &path))>
                        {lang.pick("确认无误", "It is right")}</button>
                })
            }}
            <button type="button" class="button" data-size="small" data-kind="quiet" on:click=move |_| editing.set(true)>{lang.pick("修改", "Correct")}</button>
        </div>
    }
    .into_any()
}

#[component]
fn Mend(saver: Saver, row: Row, editing: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let typed = RwSignal::new(row.value.clone());
    let no_day = RwSignal::new(false);
    let (path, kind, key) = (row.path, row.kind, row.key);
    let change = move |text: String| {
        typed.set(text.clone());
        let mut holds = Ok(());
        let mut next = saver.draft.get_untracked();
        if let Err(wrong) = edit::put(&mut next, &path, kind, &text) {
            holds = Err(wrong);
        }
        no_day.set(holds.is_err());
        if holds.is_ok() {
            saver.edit(move |draft| *draft = next);
        }
    };
    let input = if kind == Kind::Paragraphs {
        view! {
            <textarea class="textarea" rows="8" aria-label=key prop:value=typed on:input=move |event| change(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        view! {
            <input class="input" aria-label=key data-size=(kind == Kind::Day).then_some("short")
                prop:value=typed on:input=move |event| change(event_target_value(&event))/>
        }
        .into_any()
    };
    let hint = match kind {
        Kind::Day => lang.pick("年-月-日，如 2026-03-10", "Year-month-day, such as 2026-03-10"),
        Kind::Names => lang.pick("用顿号分开", "Separated by 、"),
        Kind::Line | Kind::Paragraphs | Kind::Units => "",
    };
    view! {
        <div class="stack" data-gap="small">
            {(!hint.is_empty()).then(|| view! { <p class="field__hint">{hint}</p> })}
            {move || no_day.get().then(|| view! { <p class="field__error">{lang.pick("不是日期，还没有保存", "No day; not saved yet")}</p> })}
            {input}
            <div class="button-row"><button type="button" class="button" data-size="small" on:click=move |_| editing.set(false)>{lang.pick("改好了", "Done")}</button></div>
        </div>
    }
}

/// What keeps this field from being published.
fn wrong(lang: Lang, saver: Saver, path: &str) -> Option<String> {
    let errors = saver.errors();
    let found =
        errors.iter().find(|error| error.path == path || error.path.starts_with(&format!("{path}[")))?;
    Some(field_problem(lang, &found.problem))
}
