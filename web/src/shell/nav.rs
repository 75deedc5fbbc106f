//! Navigation: the sections that the rules open to the person, at the side, in a drawer, at the foot.

use super::new::makes;
use super::{help, who};
use crate::session::Session;
use crate::ui::focus;
use crate::ui::icon::{Icon, Picture};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ronghe_domain::account::Section;
use ronghe_text::Lang;

/// The button that opens the drawer.
pub const MENU: &str = "menu";

/// Where a section begins.
pub const fn address(section: Section) -> &'static str {
    match section {
        Section::Home => "/app",
        Section::Needs => "/app/needs",
        Section::Applications => "/app/applications",
        Section::SignOffs => "/app/sign-offs",
        Section::Cycles => "/app/cycles",
        Section::Policies => "/app/policies",
        Section::Organisations => "/app/organisations",
        Section::Accounts => "/app/accounts",
        Section::Audit => "/app/audit",
    }
}

const fn icon(section: Section) -> Icon {
    match section {
        Section::Home => Icon::Home,
        Section::Needs => Icon::Need,
        Section::Applications => Icon::Application,
        Section::SignOffs => Icon::SignOff,
        Section::Cycles => Icon::Cycle,
        Section::Policies => Icon::Policy,
        Section::Organisations => Icon::Organisations,
        Section::Accounts => Icon::Admin,
        Section::Audit => Icon::Audit,
    }
}

/// What a section is called.
pub const fn words(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Home => lang.pick("待办", "Tasks"),
        Section::Needs => lang.pick("需求", "Needs"),
        Section::Applications => lang.pick("申报", "Applications"),
        Section::SignOffs => lang.pick("签发", "Sign-off"),
        Section::Cycles => lang.pick("周期", "Cycles"),
        Section::Policies => lang.pick("政策与措施", "Policies"),
        Section::Organisations => lang.pick("单位", "Organisations"),
        Section::Accounts => lang.pick("账号", "Accounts"),
        Section::Audit => lang.pick("审计", "Audit"),
    }
}

/// Whether the page at `path` belongs to a section.
fn is_here(section: Section, path: &str) -> bool {
    match section {
        Section::Home => path == "/app" || path == "/app/",
        // 遴选 is done with needs.
        Section::Needs => {
            ["/app/needs", "/app/screening", "/app/opinions", "/app/need-lists", "/app/questions"]
                .iter()
                .any(|own| path.starts_with(own))
        }
        other => path.starts_with(address(other)),
    }
}

#[component]
pub fn SideNav() -> impl IntoView {
    let session = Session::here();
    let location = use_location();
    move || {
        let lang = session.lang();
        let sections = session.me().map(|me| me.sections).unwrap_or_default();
        let path = location.pathname.get();
        let links = sections.into_iter().map(|section| {
            let here = is_here(section, &path).then_some("page");
            let breaks = matches!(section, Section::Accounts).then_some("");
            view! {
                <li data-break=breaks><a href=address(section) aria-current=here>
                    <Picture icon=icon(section)/><span>{words(lang, section)}</span></a></li>
            }
        });
        view! { <nav class="app-nav" aria-label=lang.pick("主导航", "Main")><ul>{links.collect_view()}</ul></nav> }
    }
}

/// At the foot of a phone.
#[component]
pub fn BottomBar() -> impl IntoView {
    let session = Session::here();
    let location = use_location();
    move || {
        let lang = session.lang();
        let path = location.pathname.get();
        let link = |to: &'static str, icon: Icon, words: &'static str| {
            let here = (path == to).then_some("page");
            view! { <a href=to aria-current=here><Picture icon=icon/>{words}</a> }
        };
        view! {
            <nav class="bottom-bar" aria-label=lang.pick("常用", "Often used")>
                {link("/app", Icon::Home, lang.pick("待办", "Tasks"))}
                {link("/app/search", Icon::Search, lang.pick("查找", "Search"))}
                {makes(&session.actor()).then(|| link("/app/new", Icon::New, lang.pick("新建", "New")))}
                {link("/app/profile", Icon::Person, lang.pick("我的", "Me"))}
            </nav>
        }
    }
}

/// Everything, on a narrow screen. It takes the focus, and gives it back to the button that opened it.
#[component]
pub fn Drawer(open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let close = move || {
        open.set(false);
        focus(MENU);
    };
    Effect::new(move |_| {
        if open.get() {
            focus("drawer-close");
        }
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    move || {
        open.get().then(|| {
            let lang = session.lang();
            let sections = session.me().map(|me| me.sections).unwrap_or_default();
            let links = sections
                .into_iter()
                .map(|section| view! { <li><a href=address(section)>{words(lang, section)}</a></li> })
                .collect_view();
            view! {
                <div class="drawer" data-side="start" data-open="" role="dialog" aria-modal="true" aria-label=lang.pick("菜单", "Menu") on:keydown=on_key>
                    <div class="drawer__head"><strong>{lang.pick("菜单", "Menu")}</strong>
                        <button class="button" id="drawer-close" data-kind="quiet" on:click=move |_| close()>{lang.pick("关闭", "Close")}</button></div>
                    <nav class="drawer__body" aria-label=lang.pick("全部页面", "All pages")><ul class="link-list">
                        {links}
                        <li><a href=help(session) rel="external">{lang.pick("帮助", "Help")}</a></li>
                        <li><button class="button" data-kind="link" lang=lang.pick("en", "zh-CN") on:click=move |_| {
                            close();
                            session.switch_language();
                        }>
                            {lang.pick("English", "中文")}</button></li>
                        <li><button class="button" data-kind="link" on:click=move |_| session.leave()>{lang.pick("退出", "Sign out")}</button></li>
                    </ul></nav>
                    <div class="drawer__foot"><span class="quiet">{session.me().map(|me| who(lang, &me))}</span></div>
                </div>
            }
        })
    }
}
