//! `cargo xtask web`: the workspace's page, from Rust to the files that the server sends.

mod assets;

use crate::run::{self, cargo, root};
use anyhow::{Context, Result, anyhow, bail};
use assets::{Asset, hash};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const PACKAGE: &str = "ronghe-web";
const TARGET: &str = "wasm32-unknown-unknown";

/// How much time is spent for how small a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// Built in seconds after a change: for work on the page and for tests.
    Quick,
    /// As small as it gets: for the demonstration and for operators.
    Small,
}

impl Size {
    /// Cargo's profile and the folder that cargo makes for it.
    fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Quick => ("dev", "debug"),
            Self::Small => ("wasm-release", "wasm-release"),
        }
    }

    /// Brotli's quality: 11 takes seconds and is a tenth smaller than 9.
    fn brotli(self) -> i32 {
        match self {
            Self::Quick => 9,
            Self::Small => 11,
        }
    }
}

/// Reads the arguments and builds.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let size = match words.as_slice() {
        [] => Size::Quick,
        ["--release"] => Size::Small,
        other => bail!("web does not know {}; it takes --release", other.join(" ")),
    };
    build(size)
}

/// Builds the page into `dist` of cargo's target folder.
pub(crate) fn build(size: Size) -> Result<()> {
    let target = run::target()?;
    let dist = folder(&target);
    let wasm = compile(size, &target)?;
    let sources = assets::sources(&root())?;
    let code = std::fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let stamp = stamp(size, &code, &sources);
    if std::fs::read_to_string(stamp_file(&dist)).is_ok_and(|last| last == stamp) {
        println!("the page in {} is up to date", dist.display());
        return Ok(());
    }
    let page = assets::page(glue(&code, &target.join("web").join("glue"))?, &sources)?;
    write(&dist, &page, size)?;
    std::fs::write(stamp_file(&dist), stamp).context("cannot write the stamp of the page")?;
    println!("the page is in {}", dist.display());
    for asset in page.iter().filter(|asset| asset.name.ends_with(".wasm")) {
        let packed = std::fs::metadata(dist.join(format!("{}.br", asset.name)))?.len();
        println!("{}: {} bytes, {packed} packed", asset.name, asset.content.len());
    }
    Ok(())
}

/// Lints the page's code for its own target. A toolchain that was put together from Debian's packages has no
/// clippy for it: there the page is only built.
pub(crate) fn lint() -> Result<()> {
    let toolchain = run::output_or_fail(Command::new("sh").arg(root().join("xtask/ensure-wasm.sh")))?;
    if !toolchain.trim().is_empty() {
        println!("no clippy for {TARGET} in {}", toolchain.trim());
        return Ok(());
    }
    run::run(&mut cargo(&["clippy", "--locked", "-p", PACKAGE, "--target", TARGET, "--", "-D", "warnings"]))
}

/// Where the finished page is, and where the server takes it from.
pub(crate) fn folder(target: &Path) -> PathBuf {
    target.join("web").join("dist")
}

fn stamp_file(dist: &Path) -> PathBuf {
    dist.with_file_name("stamp")
}

/// Changes whenever a file of the page would.
fn stamp(size: Size, code: &[u8], sources: &[Asset]) -> String {
    let parts = sources.iter().map(|source| format!("{} {}\n", source.name, hash(&source.content)));
    format!("{} {}\n{}", size.profile().0, hash(code), parts.collect::<String>())
}

/// Cargo's part: the crate as one WASM file.
fn compile(size: Size, target: &Path) -> Result<PathBuf> {
    let toolchain = run::output_or_fail(Command::new("sh").arg(root().join("xtask/ensure-wasm.sh")))?;
    let (profile, folder) = size.profile();
    let arguments = ["build", "--locked", "-p", PACKAGE, "--target", TARGET, "--profile", profile];
    let (mut command, target) = match toolchain.trim() {
        "" => (cargo(&arguments), target.to_owned()),
        // Another compiler: it would throw away what the ordinary one has built.
        other => {
            let target = target.join(other);
            let mut command = Command::new("cargo");
            command.current_dir(root()).arg(format!("+{other}")).args(arguments);
            command.arg("--target-dir").arg(&target).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
            (command, target)
        }
    };
    run::run(&mut command)?;
    Ok(target.join(TARGET).join(folder).join(format!("{PACKAGE}.wasm")))
}

/// The WASM files without what browsers do not need, and the scripts that load them: what every page needs, and
/// what `web/src/lazy.rs` names apart.
fn glue(code: &[u8], folder: &Path) -> Result<Vec<Asset>> {
    clear(folder)?;
    let main = folder.join(format!("{PACKAGE}.wasm"));
    let script = format!("./{PACKAGE}.js");
    let mut options = wasm_split_cli_support::Options::new(code);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split the page: {error:#}"))?;
    Bindgen::new()
        .input_path(&main)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .out_name(PACKAGE)
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                // The parts call what the linker left in the first one.
                .keep_lld_exports(true)
                .generate(folder)
        })
        .with_context(|| format!("cannot make the glue of {}", main.display()))?;
    std::fs::remove_file(&main).with_context(|| format!("cannot remove {}", main.display()))?;
    assets::read(folder)
}

/// Writes every file, and beside it the same packed.
fn write(dist: &Path, page: &[Asset], size: Size) -> Result<()> {
    clear(dist)?;
    for asset in page {
        let path = dist.join(&asset.name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, &asset.content).with_context(|| format!("cannot write {}", path.display()))?;
        let packed = assets::packed(&asset.content, size.brotli())?;
        std::fs::write(dist.join(format!("{}.br", asset.name)), packed)
            .with_context(|| format!("cannot write {}.br", path.display()))?;
    }
    Ok(())
}

/// An empty folder.
fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}
