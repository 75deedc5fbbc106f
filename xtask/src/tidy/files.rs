//! Sizes of files and folders, and what no file may hold.

use super::functions;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// Most lines of a hand-written file; of one with tests.
const LINES: usize = 500;
const TEST_LINES: usize = 800;
/// Most hand-written files of a folder.
const FOLDER: usize = 12;
/// Exceptions with their reasons: `path: reason`. The list only shrinks.
const EXCEPTIONS: &str = "xtask/tidy-exceptions.txt";

/// Every fault of every file.
pub(super) fn check(root: &Path, files: &[String]) -> Result<Vec<String>> {
    let listed = std::fs::read_to_string(root.join(EXCEPTIONS))
        .with_context(|| format!("cannot read {EXCEPTIONS}"))?;
    let mut faults = Vec::new();
    for (folder, count) in folders(files) {
        if count > FOLDER {
            faults.push((folder.clone(), format!("{folder}: {count} files, at most {FOLDER}")));
        }
    }
    for file in files.iter().filter(|file| is_text(file)) {
        let text = std::fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        faults.extend(faults_of(file, &text).into_iter().map(|fault| (file.clone(), fault)));
    }
    Ok(without_exceptions(faults, &listed))
}

/// The faults that no exception covers, and the exceptions that cover nothing or give no reason.
fn without_exceptions(faults: Vec<(String, String)>, listed: &str) -> Vec<String> {
    let exceptions: Vec<(&str, &str)> = listed
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split_once(':').unwrap_or((line, "")))
        .map(|(path, reason)| (path.trim(), reason.trim()))
        .collect();
    let mut used: Vec<&str> = Vec::new();
    let mut open = Vec::new();
    for (path, fault) in faults {
        match exceptions.iter().find(|(known, _)| *known == path) {
            Some((known, _)) => used.push(known),
            None => open.push(fault),
        }
    }
    for (path, reason) in exceptions {
        if reason.is_empty() {
            open.push(format!("{EXCEPTIONS}: {path} gives no reason"));
        }
        if !used.contains(&path) {
            open.push(format!("{EXCEPTIONS}: {path} needs no exception any more"));
        }
    }
    open
}

fn faults_of(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let is_test = file.contains("/tests/") || file.ends_with("tests.rs");
    let is_rust = file.ends_with(".rs");
    let lines = text.lines().count();
    let most = if is_test { TEST_LINES } else { LINES };
    if is_rust && lines > most {
        faults.push(format!("{file}: {lines} lines, at most {most}"));
    }
    if is_rust && !text.starts_with("//!") {
        faults.push(format!("{file}: does not begin with a line that says its subject (//!)"));
    }
    if is_rust && !is_test {
        faults.extend(functions::too_long(text).into_iter().map(|fault| format!("{file}: {fault}")));
    }
    for (at, line) in text.lines().enumerate() {
        let at = at + 1;
        if is_rust {
            faults.extend(forbidden(line).map(|word| format!("{file}:{at}: {word}")));
        }
        if let Some(path) = private_path(line) {
            faults.push(format!("{file}:{at}: {path} is a path of one machine"));
        }
    }
    faults
}

/// Escapes that are not to be had. The words are put together here, so that this file does not hold them.
fn forbidden(line: &str) -> impl Iterator<Item = String> + '_ {
    let words = [
        (["#[", "allow("].concat(), "use #[expect(…, reason = …)]"),
        (["#![", "allow("].concat(), "use #![expect(…, reason = …)]"),
        (["#[", "ignore"].concat(), "a test that is not run is no test"),
        (["TO", "DO"].concat(), "file an issue instead"),
        (["FIX", "ME"].concat(), "file an issue instead"),
    ];
    words
        .into_iter()
        .filter(|(word, _)| line.contains(word.as_str()))
        .map(|(word, why)| format!("{word}: {why}"))
}

/// A path that only one person's machine has.
fn private_path(line: &str) -> Option<String> {
    let places = ["home", "Users", "root", "work", "tmp"].map(|folder| format!("/{folder}/"));
    places.into_iter().find(|place| {
        line.match_indices(place.as_str()).any(|(at, _)| {
            // Behind a word it is the middle of an address, behind `~` or `$X` it belongs to everyone.
            let before = line.get(..at).and_then(|text| text.chars().next_back());
            before.is_none_or(|c| c.is_whitespace() || "\"'`=(:,".contains(c))
        })
    })
}

fn folders(files: &[String]) -> BTreeMap<String, usize> {
    let mut folders = BTreeMap::new();
    for file in files.iter().filter(|file| file.ends_with(".rs")) {
        if let Some((folder, _)) = file.rsplit_once('/') {
            *folders.entry(folder.to_owned()).or_insert(0) += 1;
        }
    }
    folders
}

fn is_text(file: &str) -> bool {
    ["rs", "toml", "md", "css", "html", "sh", "svg"].iter().any(|end| file.ends_with(&format!(".{end}")))
}

#[cfg(test)]
mod tests {
    use super::{faults_of, private_path, without_exceptions};

    #[test]
    fn sizes_and_escapes_are_found() {
        let check =
            |file: &str, text: &str, expected: &[&str]| assert_eq!(faults_of(file, text), expected, "{text}");
        check("a.rs", "//! S.\nfn f() {}\n", &[]);
        check("a.rs", "fn f() {}\n", &["a.rs: does not begin with a line that says its subject (//!)"]);
        let long = format!("//! S.\nfn f() {{\n{}}}\n", "    x();\n".repeat(70));
        check("a.rs", &long, &["a.rs: function f has 72 lines, at most 60"]);
        check("tests.rs", &long, &[]);
        let large = format!("//! S.\n{}", "const X: u8 = 0;\n".repeat(600));
        check("a.rs", &large, &["a.rs: 601 lines, at most 500"]);
        check("src/tests/a.rs", &large, &[]);
        let escape = ["//! S.\n#[", "allow(dead_code)]\nfn f() {}\n"].concat();
        assert_eq!(faults_of("a.rs", &escape).len(), 1);
    }

    #[test]
    fn private_paths_are_found() {
        let check = |line: &str, expected: bool| assert_eq!(private_path(line).is_some(), expected, "{line}");
        let path = |folder: &str| ["/", folder, "/x"].concat();
        check(&format!("see {}", path("home")), true);
        check(&format!("`{}`", path("work")), true);
        check(&format!("\"{}\"", path("Users")), true);
        check(&format!("https://example.org{}", path("home")), false);
        check("/usr/lib/postgresql", false);
    }

    #[test]
    fn exceptions_cover_what_is_wrong_and_nothing_else() {
        let check = |listed: &str, expected: &[&str]| {
            let faults = vec![("a.rs".to_owned(), "a.rs: 501 lines, at most 500".to_owned())];
            assert_eq!(without_exceptions(faults, listed), expected, "{listed}");
        };
        check("", &["a.rs: 501 lines, at most 500"]);
        check("# why\na.rs: one table\n", &[]);
        check("a.rs:\n", &["xtask/tidy-exceptions.txt: a.rs gives no reason"]);
        check(
            "a.rs: one table\nb.rs: another\n",
            &["xtask/tidy-exceptions.txt: b.rs needs no exception any more"],
        );
    }
}
