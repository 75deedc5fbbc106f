//! What is read in a world of chance: every operation that reads, and every page of the portal.

use super::Scene;
use crate::proofs::hand::{Hand, Operation, encoded};

/// Names for the hole in an operation's path: of what is there, and of what must not be seen.
pub(super) fn names(operation: &Operation, scene: &Scene, hidden: &[String]) -> Vec<String> {
    let own = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
    match operation.path.split('/').nth(3).unwrap_or_default() {
        _ if !operation.path.contains('{') => own(&[""]),
        "applications" | "sealed" => hidden.iter().take(2).cloned().chain(own(&["A2026-0001"])).collect(),
        "needs" => scene.needs.clone(),
        "cycles" | "need-lists" => own(&["2026"]),
        "policies" => own(&["jinan-2023-24"]),
        "accounts" => own(&["linxiaozhou"]),
        "organisations" => own(&["sdnu", "yanliu"]),
        "summaries" => own(&["2026-lixia-v1"]),
        _ => own(&["00000000-0000-0000-0000-000000000001"]),
    }
}

/// Every operation that reads, each hole of its path filled by what is there and by what must not be seen. An export
/// is an event itself and comes last.
pub(super) fn paths(hand: &Hand, scene: &Scene, hidden: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    for operation in hand.operations().into_iter().filter(|it| it.method == "GET") {
        let names = names(&operation, scene, hidden);
        paths.extend(names.iter().map(|name| filled(&operation.path, name)));
    }
    for need in &scene.needs {
        paths.push(format!("/api/v1/applications?need={need}"));
    }
    for query in ["university=sdnu", "state=submitted", "state=draft", "sort=number", "cycle=2026"] {
        paths.push(format!("/api/v1/applications?{query}"));
    }
    for list in ["applications", "needs", "accounts", "organisations", "measures", "audit"] {
        paths.push(format!("/api/v1/{list}?q={}", encoded("驻校心理支持")));
    }
    for name in hidden.iter().take(2) {
        paths.push(format!("/api/v1/audit?q={name}"));
        paths.push(format!("/api/v1/applications?q={name}"));
    }
    paths.sort_by_key(|path| path.contains("/export"));
    paths
}

/// What tells what has happened, to be read again at last: every list, and the needs that are applied for.
pub(super) fn news(hand: &Hand, scene: &Scene) -> Vec<String> {
    let operations = hand.operations().into_iter().filter(|it| it.method == "GET");
    let is_news =
        |path: &String| !path.contains('{') && !path.contains("template") && !path.contains("/export");
    let mut news: Vec<String> = operations.map(|it| it.path).filter(is_news).collect();
    for part in ["", "/events", "/questions", "/universities"] {
        news.extend(scene.needs.iter().map(|need| format!("/api/v1/needs/{need}{part}")));
    }
    news.extend(["", "/events", "/progress", "/unanswered"].map(|part| format!("/api/v1/cycles/2026{part}")));
    news
}

/// The path with `name` in its hole for a name, and something plain in the others.
pub(super) fn filled(path: &str, name: &str) -> String {
    let part = |part: &str| match part {
        "{name}" | "{login}" | "{slug}" | "{year}" | "{code}" | "{id}" => name.to_owned(),
        "{kind}" => "application".to_owned(),
        "{edition}" => "v1".to_owned(),
        "{after}" => "2".to_owned(),
        part if part.starts_with('{') => "1".to_owned(),
        part => part.to_owned(),
    };
    let mut named = false;
    let parts = path.split('/').map(|it| match it {
        // A second name is that of something within.
        "{id}" if named => "00000000-0000-0000-0000-000000000001".to_owned(),
        it => {
            named |= it.starts_with('{') && it != "{kind}";
            part(it)
        }
    });
    parts.collect::<Vec<_>>().join("/")
}
