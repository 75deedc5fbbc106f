//! Codes in addresses of the workspace's pages: each has its words.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::Path;

/// Where the pages stand.
const PAGES: &str = "web/src/";
/// Where the codes have their words, by what was just done to which record.
const CODES: [&str; 2] = ["crates/text/src/application/done.rs", "crates/text/src/need/done.rs"];
/// What such an address says before the code.
const SAYS: &str = "done=";

/// The codes that a page writes out and of which nothing is said.
pub(super) fn check(root: &Path, files: &[String]) -> Result<Vec<String>> {
    let read =
        |file: &str| std::fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"));
    let mut known = BTreeSet::new();
    for file in CODES {
        let found = codes(&read(file)?);
        if found.is_empty() {
            bail!("{file}: names no code");
        }
        known.extend(found);
    }
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.starts_with(PAGES) && file.ends_with(".rs")) {
        for code in written(&read(file)?).difference(&known) {
            faults.push(format!("{file}: leads to `{SAYS}{code}`, of which nothing is said"));
        }
    }
    Ok(faults)
}

/// The codes of an enum, as `Self::Ask => "ask",` names them.
fn codes(text: &str) -> BTreeSet<String> {
    let code = |line: &str| {
        let (of, code) = line.trim().split_once(" => \"")?;
        of.starts_with("Self::").then(|| code.trim_end_matches("\",").to_owned())
    };
    text.lines().filter_map(code).collect()
}

/// What follows `done=` where it is written out.
fn written(text: &str) -> BTreeSet<String> {
    // Behind a space it is a component's own, not an address's.
    let addresses = text.replace(&format!(" {SAYS}"), " ");
    let codes = addresses.split(SAYS).skip(1);
    let codes = codes.map(|rest| rest.chars().take_while(char::is_ascii_lowercase).collect::<String>());
    codes.filter(|code| !code.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{codes, written};

    #[test]
    fn codes_are_seen_where_they_are_named_and_where_they_are_led_to() {
        let named = "match self {\n    Self::Ask => \"ask\",\n    Self::Submit => \"submit\",\n}";
        assert_eq!(codes(named), ["ask".to_owned(), "submit".to_owned()].into());
        let page = "<Row done=move || 1/> format!(\"/app/needs/{name}?done=ask\") \"?done={code}\"";
        assert_eq!(written(page), ["ask".to_owned()].into());
    }
}
