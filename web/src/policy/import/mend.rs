//! The entries by which a field is mended, saved at every key.

use super::desk::{Loose, Saver};
use super::edit;
use super::rows::{Kind, Row};
use crate::session::Session;
use leptos::prelude::*;
use ronghe_text::{Lang, field_problem};

/// The field in place of its value: with its number, where it is the title of a section or measure.
#[component]
pub fn Mend(saver: Saver, row: Memo<Option<Row>>, editing: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    // What is typed must not be drawn anew at every key: path, name and kind do not change, the value does.
    let now = row.get_untracked()?;
    let value = Memo::new(move |_| row.get().map(|row| row.value).unwrap_or_default());
    let number = number_of(&now.path).map(|path| {
        let of = path.clone();
        let value = Memo::new(move |_| saver.draft.with(|draft| edit::number_at(draft, &of)));
        let label = lang.pick("编号", "Number").to_owned();
        let hint = lang.pick("数字，如 4；原文没有编号就留空", "A figure such as 4; empty where none is printed");
        view! { <Entry saver=saver path=path kind=Kind::Number label=label labelled=true hint=hint value=value/> }
    });
    let hint = match now.kind {
        Kind::Day => lang.pick("年-月-日，如 2026-03-10", "Year-month-day, such as 2026-03-10"),
        Kind::Names => lang.pick("用顿号分开", "Separated by 、"),
        Kind::Number => {
            lang.pick("整年数，如 1；没有写就留空", "Whole years, such as 1; empty where none are named")
        }
        Kind::Line | Kind::Paragraphs | Kind::YesNo | Kind::Units => "",
    };
    let is_title = number.is_some();
    let label = if is_title { lang.pick("标题", "Title").to_owned() } else { now.key };
    Some(view! {
        <div class="stack" data-gap="small">
            {number}
            <Entry saver=saver path=now.path kind=now.kind label=label labelled=is_title hint=hint value=value/>
            <div class="button-row"><button type="button" class="button" data-size="small" on:click=move |_| editing.set(false)>{lang.pick("改好了", "Done")}</button></div>
        </div>
    })
}

/// One entry. What the draft cannot hold stays in it, and says that it is not saved.
#[component]
fn Entry(
    saver: Saver,
    path: String,
    kind: Kind,
    label: String,
    /// Its name stands above it; otherwise the field's own name does.
    labelled: bool,
    hint: &'static str,
    value: Memo<String>,
) -> impl IntoView {
    let session = Session::here();
    let id = format!("entry-{path}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let path = StoredValue::new(path);
    let loose = Memo::new(move |_| path.with_value(|path| saver.loose_at(path)));
    let typed =
        RwSignal::new(loose.get_untracked().map_or_else(|| value.get_untracked(), |loose| loose.text));
    // The value as this entry left it: another one comes from outside, and is shown.
    let ours = StoredValue::new(value.get_untracked());
    Effect::new(move |_| {
        let now = value.get();
        if ours.with_value(|ours| *ours != now) && loose.with_untracked(Option::is_none) {
            ours.set_value(now.clone());
            typed.set(now);
        }
    });
    let change = move |text: String| {
        typed.set(text.clone());
        let mut next = saver.draft.get_untracked();
        let put = path.with_value(|path| edit::put(&mut next, path, kind, &text));
        let is_kept = put.is_ok();
        let found = put.err().map(|problem| Loose { text, problem });
        path.with_value(|path| saver.set_loose(path, found));
        if is_kept {
            saver.edit(move |draft| *draft = next);
            ours.set_value(value.get_untracked());
        }
    };
    let wrong = {
        let error_id = error_id.clone();
        move || {
            let id = error_id.clone();
            let said = loose.get().map(|loose| not_kept(session.lang(), &loose));
            said.map(|said| view! { <p class="field__error" id=id>{said}</p> })
        }
    };
    let has_hint = !hint.is_empty();
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id);
        move || {
            let ids = [(has_hint, &hint_id), (loose.get().is_some(), &error_id)];
            let ids: Vec<&str> = ids.into_iter().filter(|(is, _)| *is).map(|(_, id)| id.as_str()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let invalid = move || loose.get().map(|_| "true");
    let input = if kind == Kind::Paragraphs {
        view! {
            <textarea class="textarea" rows="8" id=id.clone() aria-describedby=described aria-invalid=invalid
                prop:value=typed on:input=move |event| change(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        let is_short = matches!(kind, Kind::Day | Kind::Number);
        view! {
            <input class="input" id=id.clone() autocomplete="off" data-size=is_short.then_some("short")
                inputmode=(kind == Kind::Number).then_some("numeric") aria-describedby=described aria-invalid=invalid
                prop:value=typed on:input=move |event| change(event_target_value(&event))/>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class=(!labelled).then_some("unseen") for=id>{label}</label>
            {has_hint.then(|| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {wrong}
            {input}
        </div>
    }
}

/// The path of the number beside a title.
pub fn number_of(path: &str) -> Option<String> {
    let of = path.strip_suffix(".title")?;
    Some(format!("{of}.number"))
}

/// What is wrong with an entry that is not saved.
pub fn not_kept(lang: Lang, loose: &Loose) -> String {
    let said = field_problem(lang, &loose.problem);
    format!("{said}{}", lang.pick("，还没有保存", "; not saved yet"))
}
