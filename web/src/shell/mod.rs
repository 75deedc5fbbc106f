//! Around every page: search, language, the person, navigation by what the rules open.

mod nav;
mod new;

pub use nav::{address, words};
pub use new::New;

use crate::session::{Door, Session};
use crate::ui::KeyBoard;
use crate::ui::icon::{BrandMark, Icon, Picture};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use nav::{BottomBar, Drawer, SideNav};
use ronghe_contract::session::Me;
use ronghe_text::Lang;
use serde::Serialize;

/// The frame of the workspace.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = Session::here();
    let drawer = RwSignal::new(false);
    let location = use_location();
    Effect::new(move |_| {
        location.pathname.track();
        drawer.set(false);
    });
    // What lies under an open drawer or the door of an ended session is not there for the keyboard either.
    let has_ended = Signal::derive(move || session.door() == Door::Ended);
    let is_under = Signal::derive(move || has_ended.get() || drawer.get());
    view! {
        <a class="skip-link" href="#main" rel="external" inert=is_under>{move || session.lang().pick("跳到正文", "Skip to the page")}</a>
        <div class="app" inert=is_under>
            <Header drawer=drawer/>
            <SideNav/>
            <main class="app-main" id="main" tabindex="-1">
                <MustEnrol/>
                {children()}
            </main>
            <BottomBar/>
        </div>
        <div inert=has_ended><Drawer open=drawer/><KeyBoard/></div>
    }
}

#[component]
fn Header(drawer: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        view! {
            <header class="app-head">
                <a class="brand" href="/app"><BrandMark/><span class="brand__name">"融合"</span>
                    <span class="unseen">{lang.pick("，回到待办", ", back to your tasks")}</span></a>
                <Search/>
                <nav class="app-tools" aria-label=lang.pick("工具", "Tools")>
                    <button class="app-tools__menu" id=nav::MENU aria-expanded=move || drawer.get().to_string() on:click=move |_| drawer.set(true)>
                        <Picture icon=Icon::Menu/><span class="app-tools__keep">{lang.pick("菜单", "Menu")}</span></button>
                    <button data-wide="" lang=lang.pick("en", "zh-CN") on:click=move |_| session.switch_language()>
                        <Picture icon=Icon::Language/>{lang.pick("English", "中文")}</button>
                    <a href="/app/messages"><Picture icon=Icon::Bell/>{lang.pick("消息", "Messages")}{move || {
                        let unread = session.me().map(|me| me.unread).unwrap_or_default();
                        (unread > 0).then(|| view! { " "<b>{unread}</b><span class="unseen">{session.lang().pick(" 条未读", " not read")}</span> })
                    }}</a>
                    <a href=move || help(session) rel="external" data-wide=""><Picture icon=Icon::Help/>{lang.pick("帮助", "Help")}</a>
                    <a href="/app/profile" aria-label=move || session.me().map(|me| who(lang, &me))><Picture icon=Icon::Person/>
                        <span class="app-tools__who">{move || session.me().map(|me| who(lang, &me))}</span></a>
                    <button data-wide="" on:click=move |_| session.leave()>{lang.pick("退出", "Sign out")}</button>
                </nav>
            </header>
        }
    }
}

/// The guide for the person's role; the page that leads to those for their roles where they have several.
fn help(session: Session) -> String {
    let roles = session.me().map(|me| me.roles).unwrap_or_default();
    let guides: Vec<String> = roles.into_iter().map(|role| word(role).replace('_', "-")).collect();
    let help = session.lang().pick("/help", "/en/help");
    match guides.as_slice() {
        [] => help.to_owned(),
        [one] => format!("{help}/{one}"),
        many => format!("{help}?for={}", many.join(",")),
    }
}

/// 张敏，高校联络服务处.
pub fn who(lang: Lang, me: &Me) -> String {
    match lang {
        Lang::Zh => format!("{}，{}", me.name, me.org.name),
        Lang::En => format!("{}, {}", me.name_en, me.org.name_en),
    }
}

/// Searches the register: documents, measures, organisations.
#[component]
fn Search() -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let words = RwSignal::new(String::new());
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = words.get_untracked();
        if !words.trim().is_empty() {
            navigate(&format!("/app/search?q={}", encoded(words.trim())), Default::default());
        }
    };
    view! {
        <form class="app-search" role="search" on:submit=submit>
            <Picture icon=Icon::Search/>
            <label class="unseen" for="search">{lang.pick("查找", "Search")}</label>
            <input class="input" id="search" type="search" autocomplete="off"
                placeholder=lang.pick("文号、标题、单位", "Number, title, organisation")
                prop:value=words on:input=move |event| words.set(event_target_value(&event))/>
        </form>
    }
}

/// A value as the API calls it.
pub fn word<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The one of `known` that the API calls so.
pub fn named<T: Serialize + Copy>(text: &str, known: &[T]) -> Option<T> {
    known.iter().copied().find(|value| word(*value) == text)
}

/// Words as they stand in an address.
pub fn encoded(words: &str) -> String {
    words
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Who decides sets up a second factor before anything else answers.
#[component]
fn MustEnrol() -> impl IntoView {
    let session = Session::here();
    move || {
        session.me().is_some_and(|me| me.must_enrol).then(|| {
            let lang = session.lang();
            view! {
                <div class="banner" data-turn="yours" role="status">
                    <div>
                        <p class="banner__title">{lang.pick("先设置两步验证", "Set up a second factor first")}</p>
                        <p>{lang.pick(
                            "你的角色要审定或管理，须先用验证器保护账号；设置前其他页面不开放。",
                            "Your role decides or administers, so your account needs an authenticator; until then other pages stay closed.",
                        )}</p>
                    </div>
                    <a class="button" data-size="small" href="/app/profile">{lang.pick("去设置", "Set it up")}</a>
                </div>
            }
        })
    }
}
