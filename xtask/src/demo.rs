//! `cargo xtask demo`: build the server, make the demonstration's world, serve it.

use crate::run::{self, cargo, root};
use crate::web::{self, Size};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Reads the arguments and runs.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (mut port, mut fresh) = (8080, false);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--fresh" => fresh = true,
            "--port" => {
                let value = words.next().context("--port needs a number")?;
                port = value.parse().with_context(|| format!("{value} is no port"))?;
            }
            other => bail!("demo does not know {other}; it takes --port and --fresh"),
        }
    }
    serve(port, fresh)
}

/// Builds and serves until it is stopped.
fn serve(port: u16, fresh: bool) -> Result<()> {
    // All default members at once, so that tests and demo share one set of built crates.
    run::run(&mut cargo(&["build"]))?;
    web::build(Size::Small)?;
    let target = run::target()?;
    let folder = target.join("demo");
    if fresh && folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let database = format!("sqlite:{}", folder.join("ronghe.sqlite").display());
    run::run(
        Command::new(target.join("debug").join("ronghed"))
            .args(["demo", "--database", &database])
            .arg("--listen")
            .arg(format!("127.0.0.1:{port}"))
            .current_dir(root()),
    )
}
