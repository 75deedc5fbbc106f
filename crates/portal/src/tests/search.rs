//! The search marks what it finds, and goes on and back page by page.

use super::register;
use crate::pages::{Page, render};
use ronghe_text::Lang;
use std::sync::Arc;

#[test]
fn search_finds_two_characters_and_marks_them() {
    let register = register("2026-03-10", vec![]);
    let ask = |words: &str| match render(
        Arc::clone(&register),
        Lang::Zh,
        "/search",
        vec![("q".into(), words.into())],
    ) {
        Page::Html { html, .. } => html,
        other => panic!("{other:?}"),
    };
    assert!(ask("对子").contains("<mark>对子</mark>"));
    assert!(ask("联络").contains("<mark>联络</mark>"));
    assert!(ask("没有的词").contains("没有找到"));
    let both = ask("对子 学校");
    assert!(both.contains("<mark>学校</mark>") && both.contains("<mark>对子</mark>"), "{both}");
    assert!(ask("对子 没有的词").contains("没有找到"), "all of them have to stand there");
    assert!(ask("\"><img src=x>").contains("&lt;img") || !ask("\"><img src=x>").contains("<img"));
}

#[test]
fn search_goes_back_as_it_goes_on() {
    let from = |from: &str| {
        let query = vec![("q".into(), "对子".into()), ("from".into(), from.into())];
        match render(register("2026-03-10", vec![]), Lang::Zh, "/search", query) {
            Page::Html { html, .. } => html,
            other => panic!("{other:?}"),
        }
    };
    assert!(!from("0").contains("class=\"pager\""), "all of it is on one page");
    let later = from("1");
    assert!(later.contains("aria-label=\"分页\"") && later.contains("rel=\"prev\""), "{later}");
    assert!(later.contains("from=0\"") && !later.contains("rel=\"next\""), "{later}");
}
