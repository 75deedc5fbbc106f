//! Keys for lists and queues: `j` and `k` go on and back, `x` ticks, `e` edits, `?` shows them. They rest while something
//! is typed, and whoever does not want them switches them off.

use crate::session::{Door, Session};
use crate::ui::focus;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where this browser keeps that they are switched off.
const KEPT: &str = "keys";
/// The button that the focus goes to where the keys are shown.
const CLOSE: &str = "keys-close";

/// Whether they are on, and whether they are shown.
#[derive(Clone, Copy)]
pub struct Keys {
    on: RwSignal<bool>,
    shown: RwSignal<bool>,
    /// What had the focus before they were shown, and gets it back.
    before: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Keys {
    /// As this browser keeps them.
    pub fn new() -> Self {
        let is_on = kept() != Some("off".to_owned());
        Self { on: RwSignal::new(is_on), shown: RwSignal::new(false), before: StoredValue::new_local(None) }
    }

    fn open(self) {
        let before = document().active_element().and_then(|element| element.dyn_into().ok());
        self.before.set_value(before);
        self.shown.set(true);
    }

    fn close(self) {
        self.shown.set(false);
        let before = self.before.try_update_value(Option::take).flatten();
        // The body, which has the focus where nothing else does, takes none; what was drawn anew is gone.
        let given = before.filter(|it| it.is_connected() && it.tag_name() != "BODY");
        if given.is_none_or(|it| it.focus().is_err()) {
            focus("main");
        }
    }
}

/// Listens for as long as the person is inside, and shows what keys there are.
#[component]
pub fn KeyBoard() -> impl IntoView {
    let session = Session::here();
    let keys = expect_context::<Keys>();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if session.door() == Door::In && is_for_us(&event) {
            press(keys, &event);
        }
    });
    on_cleanup(move || handle.remove());
    move || keys.shown.get().then(|| view! { <Shown keys=keys/> })
}

/// A line below a list's filters or a queue's head that says which keys there are, where they are on and there are
/// rows to go through; `ticks` where rows can be ticked.
#[component]
pub fn KeyLine(#[prop(into)] rows: Signal<bool>, #[prop(optional)] ticks: bool) -> impl IntoView {
    let session = Session::here();
    let keys = expect_context::<Keys>();
    let is_of_use = Memo::new(move |_| keys.on.get() && rows.get());
    move || {
        let lang = session.lang();
        let line = match ticks {
            true => lang.pick("键：j 下一项，k 上一项，x 选择，", "Keys: j next, k previous, x tick, "),
            false => lang.pick("键：j 下一项，k 上一项，", "Keys: j next, k previous, "),
        };
        is_of_use.get().then(|| {
            view! {
                <p class="quiet key-line">{line}<button class="button" type="button" data-kind="link"
                    aria-keyshortcuts="?" on:click=move |_| keys.open()>{lang.pick("? 全部", "? all")}</button></p>
            }
        })
    }
}

/// What the keys do, and the switch.
#[component]
fn Shown(keys: Keys) -> impl IntoView {
    let session = Session::here();
    focus(CLOSE);
    let switch = move |_| {
        keys.on.update(|on| *on = !*on);
        keep(if keys.on.get_untracked() { "on" } else { "off" });
    };
    move || {
        let lang = session.lang();
        let rows = [
            ("j", lang.pick("下一项", "Next")),
            ("k", lang.pick("上一项", "Previous")),
            ("x", lang.pick("选择列表里的一项，或取消", "Tick a row of a list, or take the tick away")),
            ("e", lang.pick("修改", "Edit")),
            ("/", lang.pick("查找", "Search")),
            ("?", lang.pick("显示或收起这些键", "Show or hide these keys")),
        ];
        let rows = rows.map(|(key, words)| view! { <dt><kbd>{key}</kbd></dt><dd>{words}</dd> });
        let said = if keys.on.get() {
            lang.pick("停用这些键", "Switch them off")
        } else {
            lang.pick("启用这些键", "Switch them on")
        };
        view! {
            <section class="drawer" data-open="" role="dialog" aria-labelledby="keys-head" on:keydown=move |event| {
                if event.key() == "Escape" {
                    keys.close();
                }
            }>
                <div class="drawer__head"><h2 id="keys-head">{lang.pick("键盘", "Keys")}</h2>
                    <button class="button" type="button" id=CLOSE data-kind="quiet" on:click=move |_| keys.close()>{lang.pick("关闭", "Close")}</button></div>
                <div class="drawer__body"><dl class="facts">{rows.into_iter().collect_view()}</dl>
                    <p class="quiet">{lang.pick("在输入框里打字时不起作用。", "They rest while something is typed.")}</p></div>
                <div class="drawer__foot"><button class="button" type="button" on:click=switch>{said}</button></div>
            </section>
        }
    }
}

/// Whether a key is for the page: pressed alone, and not into a field or another layer.
fn is_for_us(event: &KeyboardEvent) -> bool {
    let is_combined = event.ctrl_key() || event.alt_key() || event.meta_key();
    if is_combined
        || event.is_composing()
        || event.default_prevented()
        || found("[role=dialog][aria-modal=true]").is_some()
    {
        return false;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    !target.is_some_and(|target| takes_letters(&target))
}

/// Fields for text, and lists of choices, which find theirs by letters; ticks take none.
fn takes_letters(target: &Element) -> bool {
    let is_tick = || matches!(target.get_attribute("type").as_deref(), Some("checkbox" | "radio"));
    match target.tag_name().as_str() {
        "INPUT" => !is_tick(),
        "TEXTAREA" | "SELECT" => true,
        _ => target.has_attribute("contenteditable"),
    }
}

fn press(keys: Keys, event: &KeyboardEvent) {
    let key = event.key();
    // Shown also where they are off: there they are switched on again.
    if key == "?" {
        event.prevent_default();
        if keys.shown.get_untracked() {
            keys.close();
        } else {
            keys.open();
        }
        return;
    }
    if !keys.on.get_untracked() {
        return;
    }
    let done = match key.as_str() {
        "j" => shortcut("j") || row(1),
        "k" => shortcut("k") || row(-1),
        "e" => shortcut("e"),
        "x" => tick(),
        "/" => found("header [type=search]").is_some_and(|field| field.focus().is_ok()),
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

/// Follows what the page says to be behind this key.
fn shortcut(key: &str) -> bool {
    let link = found(&format!("main [aria-keyshortcuts=\"{key}\"]"));
    link.inspect(|link| link.click()).is_some()
}

/// Focuses the title of the row `step` places from the one that has the focus; the first one where none has it.
fn row(step: i32) -> bool {
    let to = match (focused_row(), step > 0) {
        (None, _) => document().query_selector("main table tbody tr").ok().flatten(),
        (Some(row), true) => row.next_element_sibling(),
        (Some(row), false) => row.previous_element_sibling(),
    };
    let part = |of: &str| to.as_ref().and_then(|row| row.query_selector(of).ok().flatten());
    let (titled, title) = (part("th a"), part("a, input, button"));
    let title = titled.or(title).and_then(|title| title.dyn_into::<HtmlElement>().ok());
    title.is_some_and(|title| title.focus().is_ok())
}

/// Ticks the row that has the focus, or takes its tick away.
fn tick() -> bool {
    let tick = focused_row().and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
    let tick = tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok());
    tick.inspect(|tick| tick.click()).is_some()
}

fn focused_row() -> Option<Element> {
    document().active_element()?.closest("main tbody tr").ok().flatten()
}

fn found(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn kept() -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(KEPT).ok().flatten()
}

/// Where the browser keeps nothing it holds until the page is loaded anew.
fn keep(value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(KEPT, value));
    }
}
