//! The workspace's page: what its program weighs, what a first visit brings, and what all its parts would.

use crate::table::Row;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// `dist` is the folder that `cargo xtask web --release` fills: each file, and beside it the same packed.
pub(crate) fn measure(dist: &Path) -> Result<Vec<Row>> {
    let (mut program, mut first, mut all) = (0, 0, 0);
    for file in files(dist)? {
        let size = file.metadata()?.len();
        match file.extension().and_then(|end| end.to_str()) {
            Some("wasm") => program += size,
            Some("br") => {
                all += size;
                if !is_part(&file) {
                    first += size;
                }
            }
            _ => {}
        }
    }
    ensure!(program > 0, "there is no page in {}: cargo xtask web --release", dist.display());
    let kilobytes = |bytes: u64| u32::try_from(bytes).map(|bytes| f64::from(bytes) / 1e3);
    Ok(vec![
        Row::plain("page program", None, kilobytes(program)?, "KB"),
        Row::plain("page first visit", None, kilobytes(first)?, "KB"),
        Row::plain("page all parts", None, kilobytes(all)?, "KB"),
    ])
}

/// Loaded when a page of its kind is first opened: the names are those of `wasm_split_cli_support`.
fn is_part(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("split_") || name.starts_with("chunk_")
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
