//! What stands around every page: head, navigation, foot.

use crate::assets::CSS_PATH;
use crate::context::Context;
use leptos::prelude::*;
use ronghe_text::Lang;

const MARK: &str = r#"<svg class="brand__mark" viewBox="0 0 44 28" aria-hidden="true"><path class="leaf" d="M22 3.7a13 13 0 0 1 0 20.6 13 13 0 0 1 0-20.6z"/><circle cx="14" cy="14" r="13"/><circle cx="30" cy="14" r="13"/></svg>"#;

/// Where a page stands in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nav {
    Home,
    Policies,
    Needs,
    Cycle,
    Offices,
    LeadingGroup,
    Universities,
    Data,
    Help,
    None,
}

/// The whole document around `main`.
pub(crate) fn document(context: &Context, title: &str, nav: Nav, main: AnyView) -> String {
    let lang = context.lang;
    let full_title = format!("{title}{}{}", context.t("，", " · "), context.t("融合", "Ronghe"));
    let body = view! {
        <a class="skip-link" href="#main">{context.t("跳到正文", "Skip to content")}</a>
        {header(context, nav)}
        {main}
        {footer(context)}
    };
    let head = view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{full_title}</title>
            <meta name="color-scheme" content="light dark"/>
            <link rel="icon" href="/assets/icon.svg"/>
            <link rel="stylesheet" href=CSS_PATH.clone()/>
            <link rel="alternate" hreflang=other(lang).tag() href=context.other_language()/>
        </head>
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">{}<body>{}</body></html>\n",
        lang.tag(),
        head.to_html(),
        body.to_html()
    )
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

fn header(context: &Context, nav: Nav) -> AnyView {
    let entries = [
        (Nav::Policies, "/policies", context.t("政策与措施", "Policies")),
        (Nav::Needs, "/needs", context.t("需求清单", "Needs")),
        (Nav::Cycle, "/cycles", context.t("年度周期", "The year")),
        (Nav::Offices, "/offices", context.t("责任单位", "Offices")),
        (Nav::LeadingGroup, "/leading-group", context.t("领导小组", "Leading group")),
        (Nav::Universities, "/universities", context.t("高校", "Universities")),
        (Nav::Data, "/data", context.t("数据", "Data")),
        (Nav::Help, "/help", context.t("帮助", "Help")),
    ];
    let items: Vec<_> = entries
        .into_iter()
        .map(|(entry, path, word)| {
            let current = (entry == nav).then_some("page");
            view! { <li><a href=context.href(path) aria-current=current>{word.to_owned()}</a></li> }
        })
        .collect();
    let language = other(context.lang);
    let language_name = match language {
        Lang::Zh => "中文",
        Lang::En => "English",
    };
    view! {
        <header class="site-head">
            <div class="wrap">
                <a class="brand" href=context.href("/")>
                    <span inner_html=MARK></span>
                    <span class="brand__name" lang="zh-CN">"融合"</span>
                    <span class="brand__of">{context.t("高校支持济南", "Universities for")}<br/>{context.t("教育高质量发展", "Jinan's schools")}</span>
                </a>
                <nav class="site-nav" aria-label=context.t("主导航", "Main")>
                    <ul>{items}</ul>
                </nav>
                <div class="site-tools">
                    <a href=context.other_language() hreflang=language.tag() lang=language.tag()>{language_name}</a>
                    <a href=context.href("/search")>{context.t("查找", "Search")}</a>
                    <a class="button" href="/app">{context.t("登录", "Sign in")}</a>
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn footer(context: &Context) -> AnyView {
    view! {
        <footer class="site-foot">
            <div class="wrap">
                <div class="stack">
                    <ul>
                        <li><a href=context.href("/help")>{context.t("使用帮助", "Help")}</a></li>
                        <li><a href=context.href("/accessibility")>{context.t("无障碍说明", "Accessibility")}</a></li>
                        <li><a href=context.href("/privacy")>{context.t("个人信息告知", "Personal data")}</a></li>
                        <li><a href=context.href("/data")>{context.t("数据与接口", "Data and API")}</a></li>
                    </ul>
                    <p>{context.t("主办：济南市教育局　承办：高校联络服务处", "Jinan Municipal Education Bureau, University Liaison Office")}</p>
                </div>
            </div>
        </footer>
    }
    .into_any()
}

/// The way to this page.
pub(crate) fn crumbs(context: &Context, way: Vec<(String, String)>) -> AnyView {
    let home = (context.href("/"), context.t("首页", "Home").to_owned());
    let items: Vec<_> = std::iter::once(home)
        .chain(way)
        .map(|(href, word)| view! { <li><a href=href>{word}</a></li> })
        .collect();
    view! { <nav class="crumbs" aria-label=context.t("位置", "You are here")><ol>{items}</ol></nav> }
        .into_any()
}
