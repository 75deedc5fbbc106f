//! Tables of the form: rows to add and to remove, cells to type in and to choose from.

use super::fields::Desk;
use crate::session::Session;
use crate::ui::form::line;
use crate::ui::{Both, Field as Line, Trouble, focus};
use leptos::prelude::*;
use ronghe_domain::application::ApplicationDraft;
use ronghe_text::Lang;

type Wrong = RwSignal<Option<Trouble>>;

/// A table of the draft: its rows, each drawn by `row`, one to add, each to remove. As many as it needs at `least`
/// are shown from the beginning.
pub(super) fn table<T: Default + 'static>(
    saver: Desk,
    trouble: Wrong,
    name: &'static str,
    (label, hint): (Both, Both),
    list: fn(&mut ApplicationDraft) -> &mut Vec<T>,
    least: usize,
    row: impl Fn(usize) -> AnyView + Send + Clone + 'static,
) -> AnyView {
    let session = Session::here();
    // The draft is only looked at; its rows are counted through the same way by which they are changed.
    let count = Memo::new(move |_| saver.draft.with(|draft| list(&mut draft.clone()).len()));
    let shown = Memo::new(move |_| count.get().max(least));
    let wrong = Memo::new(move |_| trouble.get().and_then(|it| it.of_field(name)));
    let add = move |_| {
        saver.edit(|draft| {
            let rows = list(draft);
            rows.resize_with(rows.len().max(least) + 1, T::default);
        });
    };
    let rows = move || {
        let one = |at: usize| {
            let remove = move |_| {
                saver.edit(|draft| {
                    let rows = list(draft);
                    if at < rows.len() {
                        rows.remove(at);
                    }
                });
                // The button under the hand is gone: one goes on where the rows are.
                focus(&format!("field-{name}"));
            };
            let removal = move || {
                (count.get() > least).then(|| view! {
                    <button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>
                        {session.lang().pick("删除", "Remove")}<span class="unseen">{at + 1}</span></button>
                })
            };
            view! { <div class="entry-row">{row(at)}{removal}</div> }
        };
        (0..shown.get()).map(one).collect_view()
    };
    view! {
        <fieldset class="field" id=format!("field-{name}") tabindex="-1" data-error=move || wrong.get().map(|_| "true")>
            <legend>{move || session.lang().pick(label.0, label.1)}</legend>
            <p class="field__hint">{move || session.lang().pick(hint.0, hint.1)}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {rows}
            <p><button class="button" type="button" data-size="small" on:click=add>{move || session.lang().pick("增加一项", "Add one")}</button></p>
        </fieldset>
    }
    .into_any()
}

/// The row at a place; the first one is made by what is typed in it.
pub(super) fn row_at<T: Default>(rows: &mut Vec<T>, at: usize) -> Option<&mut T> {
    if at == 0 && rows.is_empty() {
        rows.push(T::default());
    }
    rows.get_mut(at)
}

/// A cell to type in.
#[component]
pub(super) fn Cell(
    saver: Desk,
    trouble: Wrong,
    path: String,
    label: Both,
    get: impl Fn(&ApplicationDraft) -> Option<String> + Copy + Send + Sync + 'static,
    set: impl Fn(&mut ApplicationDraft, String) + Copy + 'static,
    #[prop(default = "text")] kind: &'static str,
) -> impl IntoView {
    let value = line(saver, move |draft| get(draft).unwrap_or_default(), set);
    view! { <Line label=label name=path value=value kind=kind trouble=trouble/> }
}

/// A cell to choose from.
#[component]
pub(super) fn Pick<T: Copy + PartialEq + Send + Sync + 'static>(
    saver: Desk,
    trouble: Wrong,
    path: String,
    label: Both,
    options: Vec<T>,
    words: fn(Lang, T) -> &'static str,
    get: impl Fn(&ApplicationDraft) -> Option<T> + Copy + Send + Sync + 'static,
    set: impl Fn(&mut ApplicationDraft, Option<T>) + Copy + 'static,
) -> impl IntoView {
    let session = Session::here();
    let id = format!("field-{path}");
    let wrong = Memo::new(move |_| trouble.get().and_then(|it| it.of_field(&path)));
    let known = StoredValue::new(options);
    let choose = move |event: leptos::ev::Event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        let one = place.and_then(|place| known.with_value(|all| all.get(place).copied()));
        saver.edit(|draft| set(draft, one));
    };
    let rows = known.with_value(|all| {
        let row = |(place, one): (usize, &T)| {
            let one = *one;
            let selected = move || saver.draft.with(|draft| get(draft) == Some(one));
            let said = move || words(session.lang(), one);
            view! { <option value=place.to_string() prop:selected=selected>{said}</option> }
        };
        all.iter().enumerate().map(row).collect_view()
    });
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            <label for=id.clone()>{move || session.lang().pick(label.0, label.1)}</label>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            <select class="select" id=id on:change=choose>
                <option value="">{move || session.lang().pick("选一个", "Choose one")}</option>
                {rows}
            </select>
        </div>
    }
}
