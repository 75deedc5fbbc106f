//! Help leads to a guide for every role, and the guides lead nowhere but to one another.

use super::register;
use crate::pages::{Page, render};
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, role};
use std::sync::Arc;

fn shown(lang: Lang, path: &str, query: &str) -> String {
    let query = vec![("for".to_owned(), query.to_owned())];
    match render(register("2026-03-10", vec![]), lang, path, query) {
        Page::Html { status: 200, html } => html,
        other => panic!("{path}: {other:?}"),
    }
}

/// What stands behind `href="` in a page.
fn links(html: &str) -> impl Iterator<Item = &str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn every_role_has_a_guide_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let prefix = lang.pick("", "/en");
        let help = shown(lang, "/help", "");
        for one in Role::ALL {
            let slug = serde_json::to_value(one).unwrap().as_str().unwrap().replace('_', "-");
            assert!(help.contains(&format!("{prefix}/help/{slug}\"")), "{slug}");
            let guide = shown(lang, &format!("/help/{slug}"), "");
            assert!(guide.contains(role(lang, one)) && guide.contains("<li>"), "{slug}");
            let within = links(&guide).filter(|to| to.contains(".md") || to.contains(".."));
            assert_eq!(within.collect::<Vec<_>>(), Vec::<&str>::new(), "{slug}");
        }
        assert!(help.contains("id=\"sign-in\"") && help.contains(lang.pick("<h2>登录", "<h2>Signing in")));
        assert!(!help.contains(lang.pick("Signing in", "每一页都有的")), "one language at a time");
    }
}

#[test]
fn a_guide_for_a_role_leads_on_to_its_subjects() {
    for lang in [Lang::Zh, Lang::En] {
        let prefix = lang.pick("", "/en");
        let of = |role: &str| shown(lang, &format!("/help/{role}"), "");
        for (role, topic) in [
            ("district-bureau", "sign-off"),
            ("lead-office", "needs"),
            ("lead-office", "applications"),
            ("lead-office", "command-line"),
            ("system-admin", "mail"),
            ("auditor", "operating"),
        ] {
            assert!(of(role).contains(&format!("href=\"{prefix}/help/{topic}\"")), "{role} {topic}");
            let guide = of(topic);
            assert!(guide.contains("<h2>") && !guide.contains(".md\""), "{topic}");
        }
        assert!(of("operating").contains(lang.pick("<h2>备份", "<h2>Backups")));
        assert_eq!(of("sign-off").contains("written in Chinese"), lang == Lang::En);
        assert!(of("reminders").contains("lang=\"zh-CN\""));
    }
}

#[test]
fn how_the_work_goes_stands_in_the_readers_language() {
    for lang in [Lang::Zh, Lang::En] {
        let help = shown(lang, "/help", "");
        let (_, work) = help.split_once("class=\"section guide\"").unwrap();
        let (work, _) = work.split_once("id=\"sign-in\"").unwrap();
        assert_eq!(work.matches("<h2>").count(), 9, "{work}");
        assert!(work.contains(lang.pick("<h2>填报需求", "<h2>Filing a need")), "{work}");
        let wanted = ["/help/need-unit", "/help/lead-office", "/needs", "/search", "/offices"]
            .map(|to| format!("{}{to}", lang.pick("", "/en")));
        let found: Vec<&str> = links(work).collect();
        assert!(wanted.iter().all(|to| found.contains(&to.as_str())), "{found:?}");
        assert_eq!(found.len(), 9, "{found:?}");
    }
}

#[test]
fn who_has_several_roles_finds_their_guides_first() {
    let help = shown(Lang::Zh, "/help", "university,expert");
    assert!(help.contains("你的指南"));
    assert!(help.find("/help/university").unwrap() < help.find("/help/auditor").unwrap());
    assert!(!shown(Lang::Zh, "/help", "").contains("你的指南"));
    let unknown = render(Arc::clone(&register("2026-03-10", vec![])), Lang::Zh, "/help/nobody", vec![]);
    assert!(matches!(unknown, Page::Html { status: 404, .. }));
}
