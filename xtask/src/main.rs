//! What developers and CI run: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask tidy`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on the console")]
#![expect(clippy::disallowed_methods, reason = "tasks read the environment of the machine that they run on")]

mod bench;
mod browser;
mod demo;
mod postgres;
mod run;
mod system;
mod test;
mod tidy;
mod web;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--port 8080] [--fresh]   make the demonstration's world and serve it on this machine
cargo xtask test [STAGE…]                  install what tests need and run them; all stages, or those named
cargo xtask bench [WORK…] [--json FILE]    measure the release build against floors; --help names the works
cargo xtask tidy                           check the shape of the workspace
cargo xtask web [--release]                build the workspace's page for the server to send";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    match command.as_deref() {
        Some("demo") => demo::run(&rest),
        Some("test") => test::run(&rest),
        Some("bench") => bench::run(&rest),
        Some("tidy") => tidy::run(),
        Some("web") => web::run(&rest),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("there is no task {other}\n{HELP}"),
    }
}
