//! `ronghed`: serves portal and API, makes and checks the database.

mod alone;
mod backup;
mod config;
mod connections;
mod console;
mod demo;
mod health;
mod http;
mod jobs;
mod log;
mod parse;
mod rotate;
mod status;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};
use console::Ask;
use http::Migrate;
use std::path::PathBuf;

/// The server of a city's university–school cooperation programme.
#[derive(Parser)]
#[command(name = "ronghed", version, about, long_about = None)]
struct Cli {
    #[command(flatten)]
    options: config::Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve portal and API.
    Serve {
        /// Bring the schema up to date first, after a copy of the database.
        #[arg(long)]
        migrate: bool,
        /// Without that copy.
        #[arg(long, requires = "migrate")]
        no_backup: bool,
        /// Serve a database that `demo` made.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database's schema up to date, after a copy of it.
    Migrate {
        /// Without that copy.
        #[arg(long)]
        no_backup: bool,
        /// Change a copy instead, and say what became of rows and audit chain.
        #[arg(long, conflicts_with = "no_backup")]
        rehearse: bool,
    },
    /// Copy the database and the files that people attached into a new folder, while the server runs.
    Backup {
        /// Folder of backups; `backup.to` of the configuration where absent, or `.backups` beside the database.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Make a new identity that opens encrypted backups, and print its public key for `backup.recipients`.
    BackupKey {
        /// The new file, readable by its owner only; keep it away from the server and its backups.
        #[arg(long)]
        to: PathBuf,
    },
    /// Fill an empty place from a backup, and check it.
    Restore {
        /// The backup's folder.
        #[arg(long)]
        from: PathBuf,
        /// File with the identity that opens an encrypted backup, as `backup-key` makes it.
        #[arg(long)]
        identity: Option<PathBuf>,
    },
    /// Make the demonstration's world where there is none, and serve it on this machine only.
    Demo {
        /// The day on which the world stands; today where absent.
        #[arg(long)]
        today: Option<String>,
        /// Only a cycle in which needs are collected: made at once, for tests and first looks.
        #[arg(long)]
        small: bool,
        /// Make the world and stop.
        #[arg(long)]
        make_only: bool,
    },
    /// Show the configuration in force, or name the key that does not hold.
    Config {
        /// Only check it.
        #[arg(long)]
        check: bool,
    },
    /// Make the first administrator and print the link for the password.
    MakeAdmin(console::MakeAdmin),
    /// Print a link, good for an hour, by which someone comes in again who lost password or second factor.
    RecoverAdmin {
        /// Sign-in name.
        #[arg(long)]
        account: String,
    },
    /// Be the second hand for what waits on an account, while fewer than two administrators are active.
    ConfirmGrant {
        /// Sign-in name.
        account: String,
    },
    /// Read one file from standard input; the server starts it for files that strangers send.
    #[command(hide = true)]
    ParseFile {
        /// `text`, `rows` or `attachment`.
        wanted: String,
    },
    /// Give all that lies sealed to a new key, while no server runs; whatever ends it, the next time goes on.
    RotateKey,
    /// Say in a line each how database, disk, mail, chain and backups stand, and what to do.
    Status,
    /// Walk the audit chain and name every place where it does not hold.
    VerifyAudit,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    // The reader of files runs alone: a runtime's threads would count against its limits.
    let done = match &cli.command {
        Command::ParseFile { wanted } => parse::run(wanted).map(|()| std::process::ExitCode::SUCCESS),
        _ => serve(cli),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            log::complain(&error);
            std::process::ExitCode::from(3)
        }
    }
}

fn serve(cli: Cli) -> Result<std::process::ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(cli))
}

async fn run(cli: Cli) -> Result<std::process::ExitCode> {
    let config = config::Config::read(&cli.options)?;
    if let Command::Config { check } = cli.command {
        return config::show(&config, check);
    }
    log::begin(&config);
    match cli.command {
        Command::Serve { migrate, no_backup, demo } => {
            let migrate = migrate.then_some(Migrate { keep: !no_backup });
            http::serve(&config, migrate, demo).await?;
        }
        Command::Migrate { rehearse: true, .. } => return Ok(backup::rehearse(&config).await?.print()),
        Command::Migrate { no_backup, .. } => http::migrate(&config, Migrate { keep: !no_backup }).await?,
        Command::Backup { to } => {
            // Where the server that runs writes it, this process's folder is unknown.
            let to = to.or_else(|| config.backup.to.clone()).unwrap_or_else(|| config.backups());
            let to = std::path::absolute(to)?;
            let recipients = config.backup.recipients.clone();
            return console::run(&config, Ask::Backup { to, recipients }).await;
        }
        Command::BackupKey { to } => log::print_line(&backup::make_identity(&to)?),
        Command::Restore { from, identity } => {
            return Ok(backup::restore(&config, &from, identity.as_deref()).await?.print());
        }
        Command::Demo { today, small, make_only } => {
            let size = if small { ronghe_demo::Size::Small } else { ronghe_demo::Size::Whole };
            demo::run(&config, today.as_deref(), size, make_only).await?;
        }
        Command::MakeAdmin(new) => return console::run(&config, Ask::MakeAdmin(new)).await,
        Command::RecoverAdmin { account: login } => {
            return console::run(&config, Ask::RecoverAdmin { login }).await;
        }
        Command::ConfirmGrant { account: login } => {
            return console::run(&config, Ask::ConfirmGrant { login }).await;
        }
        Command::RotateKey => return Ok(rotate::rotate(&config).await?.print()),
        Command::Status => return console::run(&config, Ask::Status).await,
        Command::VerifyAudit => return console::run(&config, Ask::VerifyAudit).await,
        Command::Config { .. } | Command::ParseFile { .. } => {}
    }
    Ok(std::process::ExitCode::SUCCESS)
}
