//! The shape of the workspace: who knows whom, how large files are, what docs must name.

mod edges;
mod files;
mod functions;
mod order;
mod words;

use crate::run::{cargo, root};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Checks everything and lists every fault.
pub(crate) fn run() -> Result<()> {
    let root = root();
    let metadata = crate::run::output(&mut cargo(&["metadata", "--format-version=1", "--locked"]))
        .context("cargo metadata failed: is Cargo.lock committed and up to date?")?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is no JSON")?;
    let files = tracked(&root)?;
    let mut faults = edges::check(&metadata);
    faults.extend(lints(&root, &metadata)?);
    faults.extend(edges::strangers(&metadata));
    faults.extend(files::check(&root, &files)?);
    faults.extend(order::check(&root, &files)?);
    faults.extend(docs(&root, &metadata)?);
    faults.extend(paths(&root, &files)?);
    faults.extend(words::check(&root, &files)?);
    if faults.is_empty() {
        println!("{} files are tidy", files.len());
        return Ok(());
    }
    for fault in &faults {
        println!("{fault}");
    }
    bail!("{} faults", faults.len())
}

/// Files that git knows or would take.
fn tracked(root: &Path) -> Result<Vec<String>> {
    let list = crate::run::output(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(root),
    )
    .context("git ls-files failed")?;
    Ok(list.lines().filter(|file| root.join(file).is_file()).map(str::to_owned).collect())
}

/// Every crate stands under the workspace's lints.
fn lints(root: &Path, metadata: &Value) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, folder) in edges::members(metadata) {
        let manifest = format!("{folder}/Cargo.toml");
        let text = std::fs::read_to_string(root.join(&manifest))
            .with_context(|| format!("cannot read {manifest}"))?;
        if !has_lints(&text) {
            faults.push(format!("{manifest}: {name} lacks [lints] workspace = true"));
        }
    }
    Ok(faults)
}

fn has_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    lines.find(|line| !line.is_empty()) == Some("workspace = true")
}

/// `docs/architecture.md` names every crate and every feature of the domain.
fn docs(root: &Path, metadata: &Value) -> Result<Vec<String>> {
    let page = "docs/architecture.md";
    let Ok(text) = std::fs::read_to_string(root.join(page)) else {
        return Ok(vec![format!("{page}: is missing")]);
    };
    let mut faults = Vec::new();
    for (name, folder) in edges::members(metadata) {
        if !text.contains(&format!("`{folder}/`")) {
            faults.push(format!("{page}: does not name `{folder}/` ({name})"));
        }
    }
    for feature in order::features(root)? {
        if !text.contains(&format!("`{feature}`")) {
            faults.push(format!("{page}: does not name the feature `{feature}`"));
        }
    }
    Ok(faults)
}

/// Every file and folder that a page of `docs/` names is there, from the root or from `crates/`.
fn paths(root: &Path, files: &[String]) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for page in files.iter().filter(|file| file.starts_with("docs/") && file.ends_with(".md")) {
        let text = std::fs::read_to_string(root.join(page)).with_context(|| format!("cannot read {page}"))?;
        let is_there = |path: &str| root.join(path).exists() || root.join("crates").join(path).exists();
        for path in named(&text).filter(|path| !is_there(path)) {
            faults.push(format!("{page}: names `{path}`, which is not there"));
        }
    }
    Ok(faults)
}

/// What a page names in its marks of code as a folder, or as a file of this workspace; patterns are none.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let is_path = |word: &&str| {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '/' | '.' | '-' | '_');
        let ends = ["/", ".rs", ".md", ".toml", ".sh", ".txt"].iter().any(|end| word.ends_with(end));
        ends && word.contains('/') && !word.starts_with('/') && word.chars().all(plain)
    };
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter(is_path)
}

#[cfg(test)]
mod tests {
    use super::{has_lints, named};

    #[test]
    fn paths_in_pages_are_seen() {
        let text = "| `crates/app/` | `a/b.rs` and `a::b` |\nAt `/app` or `domain/src/<feature>/tests.rs`: `c/d/e.md`.";
        assert_eq!(named(text).collect::<Vec<_>>(), ["crates/app/", "a/b.rs", "c/d/e.md"]);
    }

    #[test]
    fn lints_are_seen() {
        assert!(has_lints("[package]\nname = \"x\"\n\n[lints]\nworkspace = true\n"));
        assert!(!has_lints("[package]\nname = \"x\"\n"));
        assert!(!has_lints("[lints]\n\n[dependencies]\nworkspace = true\n"));
    }
}
