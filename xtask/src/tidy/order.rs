//! Features import only from features to their left.

use anyhow::{Context, Result};
use std::path::Path;

/// The features in their order.
const FEATURES: &[&str] = &[
    "kernel",
    "org",
    "account",
    "session",
    "token",
    "attachment",
    "sign_off",
    "policy",
    "cycle",
    "need",
    "need_list",
    "question",
    "meeting",
    "profile",
    "suggestion",
    "application",
    "expert",
    "review",
    "selection",
    "public_notice",
    "project",
    "resource",
    "booking",
    "agreement",
    "activity",
    "evaluation",
    "subsidy",
    "university_evaluation",
    "progress",
    "task",
    "message",
    "audit",
    "view",
    "export",
    "search",
    "portal",
];

/// The domain's features.
pub(super) fn features(root: &Path) -> Result<Vec<String>> {
    let source =
        std::fs::read_to_string(root.join("crates/domain/src/lib.rs")).context("the domain has no lib.rs")?;
    let names = source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    Ok(names.map(str::to_owned).collect())
}

/// Imports in the domain that run against the order, and features that have no place in it.
pub(super) fn check(root: &Path, files: &[String]) -> Result<Vec<String>> {
    let mut faults: Vec<String> = features(root)?
        .into_iter()
        .filter(|feature| place(feature).is_none())
        .map(|feature| format!("crates/domain: feature {feature} has no place in the order"))
        .collect();
    for file in files {
        let Some(path) = file.strip_prefix("crates/domain/src/").filter(|path| path.ends_with(".rs")) else {
            continue;
        };
        let feature = path.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = place(feature) else { continue };
        let text = std::fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        faults.extend(
            against(&text, own)
                .into_iter()
                .map(|other| format!("{file}: imports {other}, which stands to its right")),
        );
    }
    Ok(faults)
}

fn against(text: &str, own: usize) -> Vec<&str> {
    text.split("crate::")
        .skip(1)
        .flat_map(imported)
        .filter(|other| place(other).is_some_and(|place| place > own))
        .collect()
}

/// The modules that stand behind `crate::`: one, or those of a group in braces.
fn imported(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else { return first_word(rest).into_iter().collect() };
    let mut depth = 0_usize;
    let mut ended = false;
    let items = group.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => ended = true,
            '}' => depth -= 1,
            _ => {}
        }
        ended || (c == ',' && depth == 0)
    });
    // What stands behind the closing brace is cut into single characters: no word is left of it.
    items.filter_map(first_word).collect()
}

fn first_word(text: &str) -> Option<&str> {
    text.trim_start()
        .split(|c: char| !c.is_ascii_lowercase() && c != '_')
        .next()
        .filter(|word| !word.is_empty())
}

fn place(feature: &str) -> Option<usize> {
    FEATURES.iter().position(|known| *known == feature)
}

#[cfg(test)]
mod tests {
    use super::{against, place};

    #[test]
    fn imports_to_the_right_are_found() {
        let org = place("org").unwrap();
        let check = |text: &str, expected: &[&str]| assert_eq!(against(text, org), expected, "{text}");
        check("use crate::kernel::Date; use crate::policy::Policy;", &["policy"]);
        check("use crate::kernel::Date;", &[]);
        check(
            "use crate::{\n    cycle,\n    kernel::{Date, need},\n    policy::Policy,\n};\nneed",
            &["cycle", "policy"],
        );
    }
}
