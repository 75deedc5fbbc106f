//! Heads, empty states, tabs, tags, times.

use super::Both;
use crate::session::Session;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_text::Lang;

/// The title of a page, which gets the focus when the page changes, and what stands beside it.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    /// One quiet line below the title.
    #[prop(into, optional)]
    line: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let session = Session::here();
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move |_| {
        let end = session.lang().pick("，融合", ", Ronghe");
        document().set_title(&format!("{}{end}", title.get()));
    });
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    view! {
        <div class="page-head">
            <div>
                <h1 tabindex="-1" node_ref=heading>{title}</h1>
                {move || {
                    let line = line.get();
                    (!line.is_empty()).then(|| view! { <p class="quiet">{line}</p> })
                }}
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Nothing is there: why, and the next step.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty card">
            <svg class="empty__drawing" viewBox="0 0 144 56" aria-hidden="true">
                <ellipse cx="72" cy="34" rx="70" ry="20" stroke-opacity=".35"/>
                <ellipse cx="72" cy="34" rx="46" ry="13" stroke-opacity=".6"/>
                <ellipse cx="72" cy="34" rx="24" ry="7"/>
                <path d="M72 34C66 25 66 13 72 4c6 9 6 21 0 30z" stroke-width="1.5"/>
            </svg>
            <h2>{title}</h2>
            <p>{words}</p>
            {children.map(|children| view! { <div class="button-row">{children()}</div> })}
        </div>
    }
}

/// Unknown or hidden: one page for both.
#[component]
pub fn Unknown() -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        document().set_title(lang.pick("没有这个页面，融合", "There is no such page, Ronghe"));
        view! {
            <Empty title=lang.pick("没有这个页面", "There is no such page")
                words=lang.pick("地址可能写错，或者这条记录不对你开放。", "The address may be wrong, or the record is not open to you.")>
                <a class="button" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a>
            </Empty>
        }
    }
}

/// The part of the program that draws the page did not come: the network fails, or the server has a newer program
/// whose parts have other names. What was typed is kept by its saver; loading all anew helps against both.
#[component]
pub fn NotLoaded() -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        document().set_title(lang.pick("页面没有载入，融合", "The page was not loaded, Ronghe"));
        view! {
            <Empty title=lang.pick("页面没有载入", "The page was not loaded")
                words=lang.pick("网络不通，或者系统刚刚更新。", "The network fails, or the system has just been renewed.")>
                <button class="button" type="button" on:click=move |_| drop(window().location().reload())>
                    {lang.pick("重新载入", "Load again")}
                </button>
            </Empty>
        }
    }
}

/// Tabs as links: address, words, whether it is this one.
#[component]
pub fn Tabs(#[prop(into)] name: String, tabs: Vec<(String, String, bool)>) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|(to, words, here)| view! { <a href=to aria-current=here.then_some("page")>{words}</a> })
        .collect_view();
    view! { <nav class="tabs" aria-label=name>{links}</nav> }
}

/// The way back to where a page belongs.
pub fn back(session: Session, to: &str, words: &str) -> impl IntoView + use<> {
    let label = session.lang().pick("返回", "Back");
    let (to, words) = (to.to_owned(), words.to_owned());
    view! { <nav class="back" aria-label=label><a href=to>{words}</a></nav> }
}

/// A tag: shape and word; the colour says whose turn it is.
pub fn tag(turn: &'static str, words: impl Into<String>) -> impl IntoView {
    view! { <span class="tag" data-turn=turn>{words.into()}</span> }
}

/// A time that came over the wire, as it reads in Jinan.
pub fn moment(lang: Lang, text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |at| ronghe_text::instant(lang, at))
}

/// The time of day in Jinan, now: 14:32.
pub fn clock_time() -> String {
    #[expect(clippy::disallowed_methods, reason = "what the page shows of the moment at which it saved")]
    let now = jiff::Timestamp::now();
    let said = ronghe_text::instant(Lang::Zh, now);
    said.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Focuses an element: what had the focus went away.
pub fn focus(id: &str) {
    once_drawn(id, |element| drop(element.focus()));
}

/// Waits until what was just set is drawn: the element may be hidden before, or not there.
pub fn once_drawn(id: &str, then: impl FnOnce(&web_sys::HtmlElement) + 'static) {
    use leptos::wasm_bindgen::JsCast;
    let id = id.to_owned();
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.as_ref().and_then(|element| element.dyn_ref::<web_sys::HtmlElement>())
        {
            then(element);
        }
    });
}

/// What was decided on the page before, by the name that the address says in `done`: `said` follows it, `link` leads
/// back to it below `to`.
#[component]
pub fn Decided(said: Both, to: &'static str, link: Both) -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    move || {
        let done = query.with(|query| query.get("done").unwrap_or_default());
        (!done.is_empty()).then(|| {
            let lang = session.lang();
            let (words, back) = (format!("{done}{}", lang.pick(said.0, said.1)), format!("{to}/{done}"));
            view! {
                <div class="banner" data-turn="done" role="status"><div><p class="banner__title">{words}</p></div>
                    <a class="button" data-size="small" href=back>{lang.pick(link.0, link.1)}</a></div>
            }
        })
    }
}
