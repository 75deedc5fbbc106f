//! `ronghe solve`: what decisions are supported by, offline, so that others can check it.

mod affinity;
mod likeness;
mod read;

use crate::context::Context;
use crate::exit::Failure;
use crate::file::bytes;
use crate::output::{Column, Format};
use clap::Subcommand;
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Texts that are alike, pair by pair, with the passages that they have in common.
    Likeness {
        #[command(flatten)]
        input: Input,
    },
    /// How well each offer answers each need or application, with every share and its reasons.
    Affinity {
        #[command(flatten)]
        input: Input,
    },
}

/// Where a problem comes from.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// The problem as JSON; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
}

/// Solves a problem.
pub(crate) fn run(context: &Context, verb: &Verb) -> Result<(), Failure> {
    match verb {
        Verb::Likeness { input } => {
            let answer = likeness::solve(context.lang, &problem(context, input)?)?;
            show(context, likeness::COLUMNS, &answer, &answer.pairs, likeness::cells)
        }
        Verb::Affinity { input } => {
            let answer = affinity::solve(context.lang, &problem(context, input)?)?;
            show(context, affinity::COLUMNS, &answer, &answer.pairs, affinity::cells)
        }
    }
}

fn problem(context: &Context, input: &Input) -> Result<Value, Failure> {
    let bytes = bytes(context, &input.input)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let word = context.lang.pick("不是 JSON", "is no JSON");
        Failure::input(format!("{} {word}: {error}", input.input.display()))
    })
}

/// The answer whole as JSON, its rows for people.
fn show<A: Serialize, R: Serialize>(
    context: &Context,
    columns: &[Column],
    answer: &A,
    rows: &[R],
    cells: impl Fn(&R) -> Vec<String>,
) -> Result<(), Failure> {
    match context.output.format {
        Format::Json | Format::Jsonl => context.output.one(answer, Vec::new),
        Format::Table | Format::Csv => context.output.rows(columns, rows, cells),
    }
}
