//! `cargo xtask bench`: what serving costs, as ratios against bare servers on the same database.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on the console")]

mod cpu;
mod data;
mod floor;
mod load;
mod rows;
mod server;
mod table;
mod text;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use table::{Database, Row};

/// Measures the release build against floors taken in the same run.
#[derive(Parser)]
#[command(name = "cargo xtask bench", disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    floor: Option<Floor>,
}

#[derive(clap::Args)]
struct Options {
    /// What is measured; everything where nothing is named.
    #[arg(value_enum)]
    works: Vec<Work>,
    /// On which database; both where none is named.
    #[arg(long, value_enum)]
    database: Vec<Database>,
    /// Also writes the table as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Seconds of one load.
    #[arg(long, default_value_t = 2)]
    seconds: u64,
    /// The program `ronghed` in its release build.
    #[arg(long, hide = true, default_value = "target/release/ronghed")]
    server: PathBuf,
    /// The folder of the workspace's page.
    #[arg(long, hide = true, default_value = "target/web/dist")]
    page: PathBuf,
    /// A PostgreSQL that may be thrown away.
    #[arg(long, hide = true)]
    postgres: Option<String>,
}

#[derive(Subcommand)]
enum Floor {
    /// Serves the bare answers; the measuring process starts it for itself.
    #[command(hide = true, name = "serve-floor")]
    Serve {
        #[arg(long)]
        database: String,
        #[arg(long)]
        listen: SocketAddr,
    },
}

/// A part of the table that can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// Fifty of 10,000 needs.
    List,
    /// One need with its offers.
    Detail,
    /// A command with its audit event.
    Write,
    /// 10,000 needs from a table.
    Import,
    /// Two characters over 10,000 needs.
    Search,
    /// A page of the portal.
    Portal,
    /// Signing in by password.
    SignIn,
    /// Resident memory.
    Memory,
    /// From the start to the first answer.
    Start,
    /// Reading a policy document.
    Reading,
    /// The workspace's page.
    Page,
    /// What decisions are supported by.
    Decision,
}

impl Options {
    fn wants(&self, work: Work) -> bool {
        self.works.is_empty() || self.works.contains(&work)
    }

    fn databases(&self) -> Vec<Database> {
        let all = [Database::Sqlite, Database::Postgres];
        all.into_iter().filter(|it| self.database.is_empty() || self.database.contains(it)).collect()
    }

    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds.max(1))
    }
}

fn main() -> ExitCode {
    match dispatch(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: &Cli) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match &cli.floor {
        Some(Floor::Serve { database, listen }) => runtime.block_on(floor::serve(database, *listen)),
        None => runtime.block_on(run(&cli.options)),
    }
}

async fn run(options: &Options) -> Result<()> {
    let mut rows: Vec<Row> = Vec::new();
    if options.wants(Work::Reading) {
        rows.push(rows::reading::measure()?);
    }
    if options.wants(Work::Page) {
        rows.extend(rows::page::measure(&options.page)?);
    }
    if options.wants(Work::Decision) {
        rows.extend(rows::decision::measure()?);
    }
    let served = [
        Work::List,
        Work::Detail,
        Work::Write,
        Work::Import,
        Work::Search,
        Work::Portal,
        Work::SignIn,
        Work::Memory,
        Work::Start,
    ];
    if served.into_iter().any(|work| options.wants(work)) {
        for database in options.databases() {
            let measured = rows::measure(options, database).await;
            rows.extend(measured.with_context(|| format!("on {database}"))?);
        }
    }
    println!("{}", table::text(&rows));
    if let Some(file) = &options.json {
        let json = serde_json::to_string_pretty(&rows)?;
        std::fs::write(file, json + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
