//! Fields of forms: label above, hint, what is wrong; and buttons.

use super::load::Trouble;
use crate::session::Session;
use leptos::prelude::*;

/// Chinese and English of one text.
pub type Both = (&'static str, &'static str);

/// One line of text.
#[component]
pub fn Field(
    label: Both,
    /// Name of the field, as its path in the body.
    #[prop(into)]
    name: String,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = ("", ""))] hint: Both,
    #[prop(optional)] optional: bool,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] focus: bool,
    #[prop(optional)] short: bool,
    #[prop(optional, into)] trouble: Option<RwSignal<Option<Trouble>>>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if focus && let Some(input) = input.get() {
            drop(input.focus());
        }
    });
    let wrong = wrong(trouble, name.clone());
    let (for_id, hint_id, error_id) = (id.clone(), format!("{id}-hint"), format!("{id}-error"));
    let described = described(hint, wrong, &hint_id, &error_id);
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            {head(label, hint, optional, for_id, hint_id)}
            {error_line(wrong, error_id)}
            <input class="input" id=id name=name type=kind autocomplete=autocomplete node_ref=input
                data-size=short.then_some("short")
                aria-invalid=move || wrong.get().map(|_| "true") aria-describedby=described
                prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    label: Both,
    #[prop(into)] name: String,
    value: RwSignal<String>,
    #[prop(default = ("", ""))] hint: Both,
    #[prop(optional)] optional: bool,
    #[prop(default = 6)] rows: u32,
    #[prop(optional, into)] trouble: Option<RwSignal<Option<Trouble>>>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let wrong = wrong(trouble, name.clone());
    let (for_id, hint_id, error_id) = (id.clone(), format!("{id}-hint"), format!("{id}-error"));
    let described = described(hint, wrong, &hint_id, &error_id);
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            {head(label, hint, optional, for_id, hint_id)}
            {error_line(wrong, error_id)}
            <textarea class="textarea" id=id name=name rows=rows
                aria-invalid=move || wrong.get().map(|_| "true") aria-describedby=described
                prop:value=value on:input=move |event| value.set(event_target_value(&event))></textarea>
        </div>
    }
}

/// One of a few values, each with what it is called.
#[component]
pub fn Select(
    label: Both,
    #[prop(into)] name: String,
    value: RwSignal<String>,
    options: Vec<(String, Both)>,
    /// Nothing is chosen at first.
    #[prop(optional)]
    open: bool,
    #[prop(optional, into)] trouble: Option<RwSignal<Option<Trouble>>>,
) -> impl IntoView {
    let session = Session::here();
    let id = format!("field-{name}");
    let wrong = wrong(trouble, name.clone());
    let (for_id, hint_id, error_id) = (id.clone(), format!("{id}-hint"), format!("{id}-error"));
    let described = described(("", ""), wrong, &hint_id, &error_id);
    let none = open.then(|| {
        view! {
            <option value="" prop:selected=move || value.with(String::is_empty)>
                {move || session.lang().pick("选一项……", "Choose one…")}</option>
        }
    });
    let options = options.into_iter().map(|(option, words)| {
        let own = option.clone();
        view! {
            <option value=option prop:selected=move || value.get() == own>
                {move || session.lang().pick(words.0, words.1)}</option>
        }
    });
    view! {
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            {head(label, ("", ""), false, for_id, hint_id)}
            {error_line(wrong, error_id)}
            <select class="select" id=id name=name aria-invalid=move || wrong.get().map(|_| "true")
                aria-describedby=described on:change=move |event| value.set(event_target_value(&event))>
                {none}{options.collect_view()}</select>
        </div>
    }
}

/// A box to tick, or one of several.
#[component]
pub fn Choice(
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] hint: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    on_change: impl Fn(bool) + Send + 'static,
    /// The group of radio buttons that it belongs to; a box to tick where absent.
    #[prop(optional, into)]
    group: Option<String>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let kind = if group.is_some() { "radio" } else { "checkbox" };
    view! {
        <label class="choice">
            <input type=kind name=group prop:checked=checked disabled=disabled
                on:change=move |event| on_change(event_target_checked(&event))/>
            <span>{label}{move || {
                let hint = hint.get();
                (!hint.is_empty()).then(|| view! { <span class="choice__hint">{hint}</span> })
            }}</span>
        </label>
    }
}

/// A box to tick for `one` of several; `ticked` has those that are.
pub fn tick<T: Clone + PartialEq + Send + Sync + 'static>(
    label: impl Into<Signal<String>>,
    one: T,
    ticked: RwSignal<Vec<T>>,
) -> impl IntoView {
    let own = one.clone();
    let checked = Signal::derive(move || ticked.with(|all| all.contains(&own)));
    view! { <Choice label=label checked=checked on_change=move |on: bool| put(ticked, &one, on)/> }
}

/// The same where all are ticked until some are left out; `left_out` has those.
pub fn tick_unless<T: Clone + PartialEq + Send + Sync + 'static>(
    label: impl Into<Signal<String>>,
    one: T,
    left_out: RwSignal<Vec<T>>,
) -> impl IntoView {
    let own = one.clone();
    let checked = Signal::derive(move || left_out.with(|all| !all.contains(&own)));
    view! { <Choice label=label checked=checked on_change=move |on: bool| put(left_out, &one, !on)/> }
}

/// Puts `one` behind the others, or takes it away.
fn put<T: Clone + PartialEq + Send + Sync + 'static>(all: RwSignal<Vec<T>>, one: &T, is_in: bool) {
    all.update(|all| {
        all.retain(|it| it != one);
        if is_in {
            all.push(one.clone());
        }
    });
}

/// A button that says when it is at work; one a page is primary.
#[component]
pub fn Button(
    #[prop(optional)] primary: bool,
    #[prop(into, optional)] busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="button" type="submit" data-kind=primary.then_some("primary") aria-disabled=move || busy.get().then_some("true")>
            {children()}
        </button>
    }
}

/// Selects what stands in a field, to be copied.
#[expect(clippy::needless_pass_by_value, reason = "the shape of an event's handler")]
pub fn select_all(event: leptos::ev::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(&event).select();
}

fn wrong(trouble: Option<RwSignal<Option<Trouble>>>, path: String) -> Memo<Option<String>> {
    Memo::new(move |_| trouble.and_then(|trouble| trouble.get()).and_then(|trouble| trouble.of_field(&path)))
}

fn described(
    hint: Both,
    wrong: Memo<Option<String>>,
    hint_id: &str,
    error_id: &str,
) -> impl Fn() -> Option<String> + Send + use<> {
    let hint_id = (!hint.0.is_empty()).then(|| hint_id.to_owned());
    let error_id = error_id.to_owned();
    move || {
        let error = wrong.get().map(|_| error_id.clone());
        let ids: Vec<String> = hint_id.clone().into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn head(label: Both, hint: Both, optional: bool, for_id: String, hint_id: String) -> impl IntoView {
    let session = Session::here();
    view! {
        <label for=for_id>
            {move || session.lang().pick(label.0, label.1)}
            {move || optional.then(|| session.lang().pick("（选填）", " (optional)"))}
        </label>
        {(!hint.0.is_empty()).then(|| view! {
            <p class="field__hint" id=hint_id>{move || session.lang().pick(hint.0, hint.1)}</p>
        })}
    }
}

fn error_line(wrong: Memo<Option<String>>, error_id: String) -> impl IntoView {
    let session = Session::here();
    move || {
        let id = error_id.clone();
        wrong.get().map(|said| {
            view! { <p class="field__error" id=id><span class="unseen">{session.lang().pick("错误：", "Error: ")}</span>{said}</p> }
        })
    }
}
