//! Says where the workspace's page lies, and makes an empty folder where it was not built yet.

use std::path::{Path, PathBuf};

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    // The way begins at OUT_DIR: a target folder that was copied or moved keeps what was built in it, and of all that
    // is said here cargo carries over OUT_DIR alone. Any other way would still lead to the page of the first folder.
    let mut dist = out.clone();
    dist.extend(std::iter::repeat_n("..", above(&out)));
    dist.extend(["web", "dist"]);
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo::warning=cannot make {}: {error}", dist.display());
    }
    println!("cargo::rustc-env=RONGHE_WEB_DIST={}", dist.display());
    println!("cargo::rerun-if-changed={}", dist.display());
}

/// How many folders cargo's target folder lies above `out`: it carries cargo's mark, but not where somebody else had
/// made it. Then it is above `[<triple>/]<profile>/build/<package>/out`.
fn above(out: &Path) -> usize {
    if let Some(marked) = out.ancestors().position(|folder| folder.join("CACHEDIR.TAG").exists()) {
        return marked;
    }
    let triple = std::env::var_os("TARGET").unwrap_or_default();
    let has_triple = out.ancestors().nth(4).is_some_and(|folder| folder.ends_with(&triple));
    if has_triple { 5 } else { 4 }
}
