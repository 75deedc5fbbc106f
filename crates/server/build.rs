//! Says where the workspace's page lies, and makes an empty folder where it was not built yet.

use std::path::{Path, PathBuf};

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    // Cargo's target folder is the one above that carries its mark.
    let target = out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    let dist = target.unwrap_or_else(|| Path::new(".")).join("web").join("dist");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo::warning=cannot make {}: {error}", dist.display());
    }
    println!("cargo::rustc-env=RONGHE_WEB_DIST={}", dist.display());
    println!("cargo::rerun-if-changed={}", dist.display());
}
