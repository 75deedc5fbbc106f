//! `cargo xtask bench`: builds what is measured, starts a PostgreSQL, and lets `ronghe-bench` measure.

use crate::postgres::Postgres;
use crate::run::{self, cargo, root};
use crate::web::{self, Size};
use anyhow::{Context, Result};
use std::process::Command;

/// Everything but what stands here is read by `ronghe-bench` itself.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let has = |words: &[&str]| arguments.iter().any(|argument| words.contains(&argument.as_str()));
    let asks_for_help = has(&["-h", "--help"]);
    let works = works(arguments);
    let wants_page = !asks_for_help && (works.is_empty() || works.contains(&"page"));
    if wants_page {
        web::build(Size::Small)?;
    }
    // As parts of all default members, so that a single package does not have its dependencies built anew.
    let programs = ["build", "--locked", "--release", "--bin", "ronghed", "--bin", "ronghe-bench"];
    run::run(&mut cargo(&programs))?;
    let target = run::target()?;
    let release = target.join("release");
    let mut command = Command::new(release.join("ronghe-bench"));
    command.args(arguments).arg("--server").arg(release.join("ronghed")).arg("--page");
    command.arg(web::folder(&target)).current_dir(root());
    let is_served =
        works.is_empty() || works.iter().any(|work| !["page", "reading", "decision"].contains(work));
    let without_postgres = asks_for_help || !is_served || (has(&["sqlite"]) && !has(&["postgres"]));
    let server = (!without_postgres).then(Postgres::start).transpose();
    if let Some(server) = &server.context("the measurement needs a PostgreSQL")? {
        return run::run(command.args(["--postgres", &server.url()]));
    }
    run::run(&mut command)
}

/// The names of what is measured: what is neither an option nor an option's value.
fn works(arguments: &[String]) -> Vec<&str> {
    let mut is_value = false;
    let mut works = Vec::new();
    for argument in arguments {
        if !argument.starts_with('-') && !is_value {
            works.push(argument.as_str());
        }
        is_value = argument.starts_with("--") && !argument.contains('=');
    }
    works
}

#[cfg(test)]
mod tests {
    use super::works;

    #[test]
    fn works_are_told_from_options() {
        let check = |line: &str, expected: &[&str]| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert_eq!(works(&arguments), expected, "{line}");
        };
        check("", &[]);
        check("list detail --database sqlite", &["list", "detail"]);
        check("--database sqlite --json out.json", &[]);
        check("--json=out.json page --seconds 5", &["page"]);
    }
}
