//! Every public page, as a pure function from the register to HTML.

mod about;
mod cycle;
mod help;
mod home;
mod leading_group;
mod matrix;
mod measure;
pub(crate) mod need_list;
mod offices;
mod policies;
mod policy;
mod search;
mod universities;

use crate::context::Context;
use crate::shell::{Nav, document};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_app::{meeting, question};
use ronghe_text::Lang;
use std::sync::Arc;

/// An answer of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// A document with its HTTP status.
    Html { status: u16, html: String },
    /// Another address answers this one today.
    Moved(String),
    /// A file to keep.
    File { kind: &'static str, name: String, body: String },
}

/// A page's title, its place in the navigation, and its body.
pub(crate) struct Body {
    pub(crate) title: String,
    pub(crate) nav: Nav,
    pub(crate) main: AnyView,
}

/// What a page gives.
pub(crate) enum Found {
    Body(Body),
    Moved(String),
    File { kind: &'static str, name: String, body: String },
}

/// What stands beside a need on its page: what was asked about it, and where people meet.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    pub questions: Vec<question::Public>,
    pub meetings: Vec<meeting::Public>,
    /// No university has applied for it, which is known once the seals are opened.
    pub left_open: bool,
}

/// Renders the page at `path` (without the language's prefix); nothing was asked about any need.
pub fn render(register: Arc<Register>, lang: Lang, path: &str, query: Vec<(String, String)>) -> Page {
    render_with(register, Beside::default(), lang, path, query)
}

/// The same with what stands beside the need that the page is about.
pub fn render_with(
    register: Arc<Register>,
    beside: Beside,
    lang: Lang,
    path: &str,
    query: Vec<(String, String)>,
) -> Page {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { "/" };
    let context = Context { register, lang, path: path.to_owned(), query, beside };
    Owner::new_root(None).with(|| match find(&context) {
        Some(Found::Body(body)) => {
            Page::Html { status: 200, html: document(&context, &body.title, body.nav, body.main) }
        }
        Some(Found::Moved(to)) => Page::Moved(to),
        Some(Found::File { kind, name, body }) => Page::File { kind, name, body },
        None => Page::Html { status: 404, html: missing(&context) },
    })
}

fn find(context: &Context) -> Option<Found> {
    let parts: Vec<&str> = context.path.split('/').filter(|part| !part.is_empty()).collect();
    let body = match parts.as_slice() {
        [] => home::page(context),
        ["policies"] => policies::page(context),
        ["policies.csv"] => return Some(policies::csv(context)),
        ["policies.json"] => return Some(policies::json(context)),
        ["policies", slug] => policy::page(context, slug)?,
        ["policies", slug, "matrix"] => matrix::page(context, slug)?,
        ["policies", slug, "matrix.csv"] => return matrix::csv(context, slug),
        ["policies", slug, "measures", seq] => measure::page(context, slug, seq.parse().ok()?)?,
        ["measures", seq] => return measure::current(context, seq.parse().ok()?),
        ["offices"] => offices::list(context),
        ["offices", slug] => offices::page(context, slug)?,
        ["cycles"] => match cycle::newest(context) {
            Some(found) => return Some(found),
            None => cycle::nothing(context),
        },
        ["cycles", year] => cycle::page(context, year)?,
        ["needs" | "needs.csv" | "needs.json" | "need-lists", ..] => {
            return need_list::find(context, &parts);
        }
        ["leading-group"] => leading_group::page(context),
        ["universities"] => universities::list(context),
        ["universities", slug] => universities::page(context, slug)?,
        ["search"] => search::page(context),
        ["data"] => about::data(context),
        ["help"] => help::page(context),
        ["help", role] => help::guide(context, role)?,
        ["accessibility"] => about::accessibility(context),
        ["privacy"] => about::privacy(context),
        _ => return None,
    };
    Some(Found::Body(body))
}

/// One answer for what is not there and for what is not for everyone.
fn missing(context: &Context) -> String {
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            <div class="page-title">
                <h1>{context.t("没有这个页面", "There is nothing here")}</h1>
                <p class="lede">{context.t("地址可能写错了，或者内容还没有公开。", "The address may be wrong, or what it names is not public yet.")}</p>
            </div>
            <ul class="link-list">
                <li><a href=context.href("/policies")>{context.t("看政策与措施", "See policies and measures")}</a></li>
                <li><a href=context.href("/search")>{context.t("查找", "Search")}</a></li>
            </ul>
        </main>
    };
    document(context, context.t("没有这个页面", "Not found"), Nav::None, main.into_any())
}
