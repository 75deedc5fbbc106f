//! Search over documents, measures and organisations; hits are marked.

use super::Body;
use crate::context::{Context, encoded};
use crate::shell::{Nav, crumbs};
use leptos::prelude::*;
use ronghe_app::Register;
use ronghe_domain::org::OrgKind;
use ronghe_text::{Lang, count, marked, measure_titled, org_kind};

/// Hits of one page.
const MOST: usize = 50;
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
    let from = context.asked("from").parse().unwrap_or(0_usize).min(hits.len() - 1);
    let until = hits.len().min(from.saturating_add(MOST));
    let said = said(context.lang, from, until, hits.len());
    let pager = pager(context, words, (from, until), hits.len());
    let items: Vec<_> = hits
        .into_iter()
        .skip(from)
        .take(MOST)
        .map(|hit| {
            let excerpt = hit.excerpt.map(|text| view! { <p class="quiet" lang="zh-CN">{highlighted(&text, words)}</p> });
            view! { <li><p><a href=hit.href>{highlighted(&hit.title, words)}</a>" "<small class="quiet">{hit.kind}</small></p>{excerpt}</li> }
        })
        .collect();
    view! { <p role="status"><strong>{said}</strong></p><ol class="register-hits">{items}</ol>{pager} }
        .into_any()
}

/// To what stands before this page, and to what follows; nothing where all of it is here.
fn pager(
    context: &Context,
    words: &str,
    (from, until): (usize, usize),
    all: usize,
) -> Option<impl IntoView + use<>> {
    let link = |from: usize, said: &str, rel: &'static str| {
        let to = context.href(&format!("/search?q={}&from={from}", encoded(words)));
        view! { <a class="button" href=to rel=rel>{said.to_owned()}</a> }
    };
    let back = (from > 0).then(|| link(from.saturating_sub(MOST), context.t("前面的", "Back"), "prev"));
    let further = (until < all).then(|| link(until, context.t("后面的", "Further"), "next"));
    let label = context.t("分页", "Pages").to_owned();
    (back.is_some() || further.is_some())
        .then(|| view! { <nav class="pager" aria-label=label>{back}{further}</nav> })
}

/// How many there are, and which of them stand on this page.
fn said(lang: Lang, from: usize, until: usize, all: usize) -> String {
    let all_said = count(u64::try_from(all).unwrap_or(u64::MAX));
    match (lang, until - from < all) {
        (Lang::Zh, false) => format!("{all_said} 条结果"),
        (Lang::En, false) => format!("Results: {all_said}"),
        (Lang::Zh, true) => format!("{all_said} 条结果，这里是第 {}～{until} 条", from + 1),
        (Lang::En, true) => format!("Results {} to {until} of {all_said}", from + 1),
    }
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
                    title: measure_titled(
                        context.lang,
                        measure.number.unwrap_or(measure.seq),
                        &measure.title,
                    ),
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

/// Whether every word stands in the text.
fn finds(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}

/// The text around the first of the words, where all stand in it.
fn around(text: &str, words: &str) -> Option<String> {
    if !finds(text, words) {
        return None;
    }
    let pieces = marked(text, words);
    let at: usize = pieces.iter().take_while(|(_, is_word)| !is_word).map(|(piece, _)| piece.len()).sum();
    let (word, _) = pieces.iter().find(|(_, is_word)| *is_word)?;
    let before: Vec<char> = text.get(..at)?.chars().rev().take(AROUND).collect();
    let after: String = text.get(at + word.len()..)?.chars().take(AROUND).collect();
    let head = if at > 0 && before.len() == AROUND { "…" } else { "" };
    Some(format!("{head}{}{word}{after}…", before.into_iter().rev().collect::<String>()))
}

/// Words within `<mark>`.
fn highlighted(text: &str, words: &str) -> Vec<AnyView> {
    let piece = |(piece, is_word): (&str, bool)| {
        let piece = piece.to_owned();
        if is_word { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
    };
    marked(text, words).into_iter().map(piece).collect()
}
