//! `cargo xtask test`: everything that CI checks, stage by stage.

use crate::browser::Browser;
use crate::postgres::Postgres;
use crate::run::{cargo, run as finish, watch};
use crate::tidy;
use crate::web::{self, Size};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{Duration, Instant};

/// A stage with its name and what it does; it adds how many tests passed and failed.
struct Stage {
    name: &'static str,
    run: fn(&mut Counts) -> Result<()>,
}

/// How many tests ran.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
}

/// In the order in which a fault costs least time: what takes seconds comes before what takes minutes.
const STAGES: &[Stage] = &[
    Stage { name: "fmt", run: fmt },
    Stage { name: "tidy", run: tidied },
    Stage { name: "clippy", run: clippy },
    Stage { name: "web", run: page },
    Stage { name: "tests", run: all_tests },
    Stage { name: "docs", run: docs },
];

/// Runs the named stages, or all of them, and stops at the first that fails.
pub(crate) fn run(names: &[String]) -> Result<()> {
    let stages = chosen(names)?;
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut counts = Counts::default();
    let mut done = Ok(());
    for stage in stages {
        println!("\n── {} ──", stage.name);
        let began = Instant::now();
        done = (stage.run)(&mut counts).with_context(|| format!("stage {} failed", stage.name));
        times.push((stage.name, began.elapsed()));
        if done.is_err() {
            break;
        }
    }
    println!();
    for (name, took) in &times {
        println!("{name:>8} {:>7.1} s", took.as_secs_f64());
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    done
}

/// The named stages in their order; all of them where none is named.
fn chosen(names: &[String]) -> Result<Vec<&'static Stage>> {
    if let Some(unknown) = names.iter().find(|name| STAGES.iter().all(|stage| stage.name != name.as_str())) {
        let known: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        bail!("there is no stage {unknown}; the stages are {}", known.join(", "));
    }
    let is_wanted = |stage: &&Stage| names.is_empty() || names.iter().any(|name| name == stage.name);
    Ok(STAGES.iter().filter(is_wanted).collect())
}

fn fmt(_: &mut Counts) -> Result<()> {
    component("rustfmt", "fmt")?;
    finish(&mut cargo(&["fmt", "--all", "--check"]))
}

fn tidied(_: &mut Counts) -> Result<()> {
    tidy::run()
}

fn clippy(_: &mut Counts) -> Result<()> {
    component("clippy", "clippy")?;
    finish(&mut cargo(&["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]))
}

/// The workspace's page: linted for its target, and built for the browser tests.
fn page(_: &mut Counts) -> Result<()> {
    web::lint()?;
    web::build(Size::Quick)
}

/// Unit, property, store (on both databases), API, portal, command line and browser tests, and those in docs.
fn all_tests(counts: &mut Counts) -> Result<()> {
    let server = Postgres::start().context("the tests need a PostgreSQL")?;
    let browser = Browser::find()?;
    let before = *counts;
    // The binaries that command line and browser tests start are built with the tests.
    let mut command = cargo(&["test", "--locked", "--no-fail-fast"]);
    command.env("RONGHE_TEST_POSTGRES", server.url()).env("RONGHE_TEST_CHROMIUM", &browser.chromium);
    command.env("RONGHE_TEST_CHROMEDRIVER", &browser.driver).env("RONGHE_TEST_AXE", &browser.axe);
    watch(&mut command, |line| {
        if let Some(found) = harness_counts(line) {
            counts.passed += found.passed;
            counts.failed += found.failed;
        }
    })?;
    if *counts == before {
        bail!("no test ran");
    }
    Ok(())
}

fn docs(_: &mut Counts) -> Result<()> {
    finish(cargo(&["doc", "--locked", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// A component of the toolchain, added by rustup where cargo lacks it.
fn component(name: &str, subcommand: &str) -> Result<()> {
    if crate::run::output(&mut cargo(&[subcommand, "--version"])).is_some() {
        return Ok(());
    }
    finish(Command::new("rustup").args(["component", "add", name]))
}

/// `test result: ok. 12 passed; 0 failed; …`.
fn harness_counts(line: &str) -> Option<Counts> {
    let rest = line.trim().strip_prefix("test result:")?;
    let number = |word: &str| {
        rest.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
    };
    Some(Counts { passed: number("passed")?, failed: number("failed")? })
}

#[cfg(test)]
mod tests {
    use super::{Counts, chosen, harness_counts};

    #[test]
    fn the_harness_line_is_read() {
        let check = |line: &str, passed: u64, failed: u64| {
            assert_eq!(harness_counts(line), Some(Counts { passed, failed }), "{line}");
        };
        check("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out", 12, 0);
        check("test result: FAILED. 2 passed; 3 failed; 0 ignored; finished in 0.00s", 2, 3);
        assert_eq!(harness_counts("running 3 tests"), None);
    }

    #[test]
    fn stages_keep_their_order() {
        let check = |names: &[&str], expected: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let found: Vec<&str> = chosen(&names).unwrap().iter().map(|stage| stage.name).collect();
            assert_eq!(found, expected);
        };
        check(&["clippy", "fmt"], &["fmt", "clippy"]);
        check(&[], &["fmt", "tidy", "clippy", "web", "tests", "docs"]);
        let unknown = chosen(&["clipy".to_owned()]).err().map(|error| error.to_string());
        assert_eq!(
            unknown.as_deref(),
            Some("there is no stage clipy; the stages are fmt, tidy, clippy, web, tests, docs")
        );
    }
}
