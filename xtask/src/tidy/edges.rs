//! Which crate may depend on which, and whence and under which licences others come.

use serde_json::Value;
use std::collections::BTreeSet;

/// A crate of ours and those of ours that it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("ronghe-domain", &[]),
    ("ronghe-decision", &[]),
    ("ronghe-vault", &[]),
    ("ronghe-contract", &["ronghe-domain"]),
    ("ronghe-text", &["ronghe-domain"]),
    ("ronghe-client", &["ronghe-contract", "ronghe-domain", "ronghe-text"]),
    ("ronghe-documents", &["ronghe-domain", "ronghe-text"]),
    ("ronghe-migrations", &[]),
    ("ronghe-store", &["ronghe-domain", "ronghe-migrations"]),
    (
        "ronghe-app",
        &[
            "ronghe-decision",
            "ronghe-documents",
            "ronghe-domain",
            "ronghe-store",
            "ronghe-text",
            "ronghe-vault",
        ],
    ),
    ("ronghe-api", &["ronghe-app", "ronghe-contract", "ronghe-domain", "ronghe-text"]),
    ("ronghe-portal", &["ronghe-app", "ronghe-domain", "ronghe-text"]),
    ("ronghe-demo", &["ronghe-app", "ronghe-domain"]),
    (
        "ronghed",
        &[
            "ronghe-api",
            "ronghe-app",
            "ronghe-demo",
            "ronghe-domain",
            "ronghe-migrations",
            "ronghe-portal",
            "ronghe-store",
            "ronghe-text",
        ],
    ),
    (
        "ronghe-testkit",
        &[
            "ronghe-api",
            "ronghe-app",
            "ronghe-client",
            "ronghe-contract",
            "ronghe-demo",
            "ronghe-domain",
            "ronghe-migrations",
            "ronghe-store",
        ],
    ),
    ("ronghe-web", &["ronghe-client", "ronghe-contract", "ronghe-decision", "ronghe-domain", "ronghe-text"]),
    (
        "ronghe",
        &[
            "ronghe-client",
            "ronghe-contract",
            "ronghe-decision",
            "ronghe-documents",
            "ronghe-domain",
            "ronghe-text",
        ],
    ),
    ("ronghe-bench", &["ronghe-app", "ronghe-decision", "ronghe-demo", "ronghe-domain", "ronghe-store"]),
    ("xtask", &[]),
];

/// What the tests of every crate may know besides; the portal, since what nobody may read is on no page of it either.
const TESTS_MAY_KNOW: &[&str] = &["ronghe-client", "ronghe-contract", "ronghe-portal", "ronghe-testkit"];

/// What a crate never depends on, because the capability is another crate's.
const NEVER: &[(&str, &[&str])] = &[
    ("ronghe-domain", &["tokio", "sea-orm", "axum", "leptos", "reqwest", "tracing"]),
    ("ronghe-decision", &["tokio", "sea-orm", "axum", "leptos", "reqwest", "tracing"]),
    ("ronghe-vault", &["tokio", "sea-orm", "axum", "reqwest", "tracing", "getrandom"]),
    ("ronghe-contract", &["sea-orm", "axum"]),
    ("ronghe-text", &["sea-orm", "axum"]),
    ("ronghe-client", &["sea-orm", "axum"]),
    ("ronghe-store", &["axum"]),
    ("ronghe-app", &["axum", "clap"]),
    ("ronghe-api", &["sea-orm"]),
    ("ronghe-portal", &["sea-orm"]),
    ("ronghe-web", &["sea-orm", "axum"]),
    ("ronghe", &["sea-orm", "axum"]),
];

/// Licences that others' crates may come under; `deny.toml` holds the same list.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The only place that others' crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Members with their folders.
pub(super) fn members(metadata: &Value) -> Vec<(String, String)> {
    let root = metadata.get("workspace_root").and_then(Value::as_str).unwrap_or_default();
    ours(metadata)
        .filter_map(|package| {
            let name = text(package, "name")?;
            let folder = text(package, "manifest_path")?
                .strip_prefix(root)?
                .trim_start_matches('/')
                .strip_suffix("/Cargo.toml")?;
            Some((name.to_owned(), folder.to_owned()))
        })
        .collect()
}

/// Edges that the house does not have.
pub(super) fn check(metadata: &Value) -> Vec<String> {
    let names: BTreeSet<&str> = ours(metadata).filter_map(|package| text(package, "name")).collect();
    let mut faults = Vec::new();
    for package in ours(metadata) {
        let Some(name) = text(package, "name") else { continue };
        let Some((_, may)) = MAY_KNOW.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name}: has no row in the table of edges"));
            continue;
        };
        let never = NEVER.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, never)| never);
        for dependency in array(package, "dependencies") {
            let is_for_tests = text(dependency, "kind") == Some("dev");
            let Some(dependency) = text(dependency, "name") else { continue };
            let is_known = may.contains(&dependency) || is_for_tests && TESTS_MAY_KNOW.contains(&dependency);
            if names.contains(dependency) && !is_known {
                faults.push(format!("{name}: may not depend on {dependency}"));
            }
            if never.contains(&dependency) {
                faults.push(format!("{name}: never depends on {dependency}"));
            }
        }
    }
    faults
}

/// Crates of others whose licence or origin is on no list of ours.
pub(super) fn strangers(metadata: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for package in array(metadata, "packages") {
        let Some(source) = text(package, "source") else { continue };
        let name = text(package, "name").unwrap_or_default();
        let licence = text(package, "license").unwrap_or_default();
        if !is_allowed(licence) {
            faults.push(format!("{name}: licence {licence:?} is on no list"));
        }
        if source != REGISTRY {
            faults.push(format!("{name}: comes from {source}, not from crates.io"));
        }
    }
    faults
}

/// `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`: every AND part must have an allowed OR part.
fn is_allowed(expression: &str) -> bool {
    !expression.is_empty()
        && expression.replace('/', " OR ").split(" AND ").all(|part| {
            part.split(" OR ").any(|licence| {
                LICENCES.contains(&licence.trim_matches(|c: char| c.is_whitespace() || c == '(' || c == ')'))
            })
        })
}

fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    array(metadata, "packages").filter(|package| package.get("source").is_none_or(Value::is_null))
}

fn array<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::{LICENCES, REGISTRY, check, is_allowed, strangers};
    use serde_json::json;

    #[test]
    fn wrong_edges_are_named() {
        let package = |name: &str, on: &[(&str, &str)]| {
            let dependencies: Vec<_> =
                on.iter().map(|(name, kind)| json!({ "name": name, "kind": kind })).collect();
            json!({ "name": name, "source": null, "dependencies": dependencies })
        };
        let faults = |packages: Vec<serde_json::Value>| check(&json!({ "packages": packages }));
        assert_eq!(faults(vec![package("ronghe-domain", &[("serde", "")])]), Vec::<String>::new());
        assert_eq!(
            faults(vec![
                package("ronghe-domain", &[("tokio", ""), ("ronghe-store", "")]),
                package("ronghe-store", &[])
            ]),
            ["ronghe-domain: never depends on tokio", "ronghe-domain: may not depend on ronghe-store"]
        );
        assert_eq!(faults(vec![package("stranger", &[])]), ["stranger: has no row in the table of edges"]);
        let testkit = package("ronghe-testkit", &[]);
        assert!(
            faults(vec![package("ronghe-api", &[("ronghe-testkit", "dev")]), testkit.clone()]).is_empty()
        );
        assert_eq!(
            faults(vec![package("ronghe-api", &[("ronghe-testkit", "")]), testkit]),
            ["ronghe-api: may not depend on ronghe-testkit"]
        );
    }

    #[test]
    fn strangers_are_named() {
        let check = |license: &str, source: Option<&str>, expected: &[&str]| {
            let package = json!({ "name": "x", "license": license, "source": source });
            assert_eq!(strangers(&json!({ "packages": [package] })), expected);
        };
        check("MIT", Some(REGISTRY), &[]);
        check(
            "MIT",
            Some("git+https://example.org/x"),
            &["x: comes from git+https://example.org/x, not from crates.io"],
        );
        check("GPL-3.0", Some(REGISTRY), &["x: licence \"GPL-3.0\" is on no list"]);
        // A crate of ours has no source.
        check("", None, &[]);
    }

    #[test]
    fn the_two_lists_of_licences_agree() {
        let deny = std::fs::read_to_string(crate::run::root().join("deny.toml")).unwrap();
        let listed: Vec<&str> = deny
            .lines()
            .skip_while(|line| !line.starts_with("allow = ["))
            .skip(1)
            .take_while(|line| !line.starts_with(']'))
            .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
            .collect();
        assert_eq!(listed, LICENCES);
    }

    #[test]
    fn licences_are_read() {
        for (expression, allowed) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("GPL-3.0", false),
            ("MIT AND GPL-3.0", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), allowed, "{expression}");
        }
    }
}
