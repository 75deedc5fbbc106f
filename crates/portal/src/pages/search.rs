//! Search over documents, measures and organisations; hits are marked.

use super::Body;
use crate::context::{Context, measure_ordinal};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::OrgKind;
use ronghe_text::{Lang, org_kind};

/// Most hits that are shown.
const MOST: usize = 60;
/// Characters shown on either side of a hit.
const AROUND: usize = 24;

struct Hit {
    href: String,
    title: String,
    kind: String,
    /// Text around the hit.
    excerpt: Option<String>,
}

pub(crate) fn page(context: &Context) -> Body {
    let words = context.asked("q").to_owned();
    let title = context.t("查找", "Search").to_owned();
    let results = if words.is_empty() { None } else { Some(results(context, &words)) };
    let main = view! {
        <main class="site-main wrap" id="main" tabindex="-1">
            {crumbs(context, Vec::new())}
            <div class="page-title"><h1>{title.clone()}</h1></div>
            <form class="list-tools" method="get" action=context.href("/search") role="search">
                <div class="filter-bar">
                    <label class="filter-bar__field" data-size="wide">
                        <span>{context.t("关键词", "Words")}</span>
                        <input class="input" type="search" name="q" value=words placeholder=context.t("措施、单位、文号，两个字起", "Measure, office, number")/>
                    </label>
                    <button class="button" data-kind="primary">{context.t("查找", "Search")}</button>
                </div>
            </form>
            {results}
        </main>
    };
    Body { title, nav: Nav::None, main: main.into_any() }
}

fn results(context: &Context, words: &str) -> AnyView {
    let hits = hits(context, words);
    if hits.is_empty() {
        return view! {
            <div class="empty">
                <p>{context.t("没有找到。换一个词，或者少写几个字。", "Nothing found. Try another word, or fewer characters.").to_owned()}</p>
            </div>
        }
        .into_any();
    }
    let count = match context.lang {
        Lang::Zh => format!("{} 条结果", hits.len()),
        Lang::En => format!("Results: {}", hits.len()),
    };
    let items: Vec<_> = hits
        .into_iter()
        .take(MOST)
        .map(|hit| {
            let excerpt = hit.excerpt.map(|text| view! { <p class="quiet" lang="zh-CN">{marked(&text, words)}</p> });
            view! { <li><p><a href=hit.href>{marked(&hit.title, words)}</a>" "<small class="quiet">{hit.kind}</small></p>{excerpt}</li> }
        })
        .collect();
    view! { <p role="status"><strong>{count}</strong></p><ol class="register-hits">{items}</ol> }.into_any()
}

fn hits(context: &Context, words: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for policy in &context.register.policies {
        let Some(content) = Register::content(policy) else { continue };
        let number = content.doc_number.clone().unwrap_or_default();
        if finds(&content.title, words) || finds(&number, words) {
            let kind = format!("{} {number}", context.t("文件", "Document"));
            hits.push(Hit {
                href: context.policy_href(policy),
                title: content.title.clone(),
                kind,
                excerpt: None,
            });
        }
        for measure in content.measures() {
            let excerpt = around(&measure.text, words);
            if finds(&measure.title, words) || excerpt.is_some() {
                hits.push(Hit {
                    href: context.measure_href(policy, measure),
                    title: format!("（{}）{}", measure_ordinal(measure), measure.title),
                    kind: format!("{} {}", context.t("措施", "Measure"), context.policy_label(content)),
                    excerpt,
                });
            }
        }
    }
    for org in &context.register.directory.orgs {
        let named = [&org.name, &org.name_en].into_iter().chain(&org.aliases).any(|name| finds(name, words));
        if named && !matches!(org.kind, OrgKind::School | OrgKind::MunicipalSchool) {
            hits.push(Hit {
                href: context.org_href(org),
                title: context.org_name(org),
                kind: org_kind(context.lang, org.kind).to_owned(),
                excerpt: None,
            });
        }
    }
    hits
}

fn finds(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(&words.to_lowercase())
}

/// The text around the first hit.
fn around(text: &str, words: &str) -> Option<String> {
    let at = text.find(words)?;
    let before: Vec<char> = text.get(..at)?.chars().rev().take(AROUND).collect();
    let after: String = text.get(at + words.len()..)?.chars().take(AROUND).collect();
    let head = if at > 0 && before.len() == AROUND { "…" } else { "" };
    Some(format!("{head}{}{words}{after}…", before.into_iter().rev().collect::<String>()))
}

/// Hits within `<mark>`.
fn marked(text: &str, words: &str) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(words) {
        views.push(before.to_owned().into_any());
        views.push(view! { <mark>{words.to_owned()}</mark> }.into_any());
        rest = after;
    }
    views.push(rest.to_owned().into_any());
    views
}
