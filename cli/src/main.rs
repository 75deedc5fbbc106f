//! `ronghe`: the register and its administration over HTTP, policy documents offline.

mod account;
mod application;
mod audit;
mod config;
mod context;
mod cycle;
mod doctor;
mod exit;
mod export;
mod file;
mod list;
mod measure;
mod meeting;
mod message;
mod need;
mod need_list;
mod org;
mod output;
mod policy;
mod question;
mod session;
mod sign_off;
mod solve;
mod suggestion;
mod task;
mod view;
mod words;
mod write;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use context::Context;
use exit::Failure;
use output::Format;
use ronghe_text::Lang;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  ronghe policy parse notice.docx -o json     read a document, offline
  ronghe policy list                          the documents of the register
  ronghe measure list --office basic-education
  ronghe measure show 4
  ronghe office list -o csv > offices.csv
  ronghe login --token-file token.txt
  ronghe policy publish jinan-2023-24 --dry-run
  ronghe task list
  ronghe need list --filter state=submitted
  ronghe need forward N2026-0150 N2026-0151 --dry-run
  ronghe solve likeness --input texts.json -o json   which texts are alike, offline
";

/// The command line of a city's university–school cooperation programme.
#[derive(Parser)]
#[command(name = "ronghe", version, about, before_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(flatten, next_help_heading = "Global options")]
    global: Global,
    #[command(subcommand)]
    noun: Noun,
}

/// What every command takes.
#[derive(clap::Args, Clone)]
struct Global {
    /// The server's address.
    #[arg(long, env = "RONGHE_SERVER", global = true)]
    server: Option<String>,
    /// The part of config.toml to follow.
    #[arg(long, env = "RONGHE_PROFILE", global = true)]
    profile: Option<String>,
    /// How the answer is written.
    #[arg(short, long, env = "RONGHE_OUTPUT", value_enum, global = true)]
    output: Option<Format>,
    /// Columns to show, separated by commas.
    #[arg(long, global = true, value_delimiter = ',')]
    columns: Vec<String>,
    /// Language of words and headings; that of the environment where absent.
    #[arg(long, env = "RONGHE_LANG", value_enum, global = true)]
    lang: Option<LangArg>,
    /// Colours: auto, always or never.
    #[arg(long, value_enum, default_value = "auto", global = true)]
    color: Colour,
    /// Say only what was asked for.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say also why and under which request number.
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Never ask.
    #[arg(long, global = true)]
    no_input: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Noun {
    /// Policy documents: read, list, show, import, publish, renew.
    #[command(subcommand)]
    Policy(policy::Verb),
    /// Measures of a document.
    #[command(subcommand)]
    Measure(measure::Verb),
    /// Yearly cycles: make, open, move on, extend.
    #[command(subcommand)]
    Cycle(cycle::Verb),
    /// Needs: write, submit, forward, return, withdraw.
    #[command(subcommand)]
    Need(need::Verb),
    /// Need lists: compose, propose, approve, publish.
    #[command(subcommand)]
    NeedList(need_list::Verb),
    /// Sign-off: ask, sign, send back; chains and sealed pages.
    #[command(subcommand)]
    SignOff(sign_off::Verb),
    /// Summaries that districts hand up.
    #[command(subcommand)]
    Summary(need::district::Verb),
    /// Questions on listed needs: ask, answer, correct, take back.
    #[command(subcommand)]
    Question(question::Verb),
    /// Meetings on listed needs: enter, call off, take into a calendar.
    #[command(subcommand)]
    Meeting(meeting::Verb),
    /// Applications: write, submit, withdraw, check.
    #[command(subcommand)]
    Application(application::Verb),
    /// What you were told.
    #[command(subcommand)]
    Message(message::Verb),
    /// Mail of the outbox, for system administrators.
    #[command(subcommand)]
    Mail(message::mail::Verb),
    /// Rows by which people are reminded, for the liaison office.
    #[command(subcommand)]
    Reminder(message::reminder::Verb),
    /// Your tasks.
    #[command(subcommand)]
    Task(task::Verb),
    /// Lists that are taken out in the background.
    #[command(subcommand)]
    Export(export::Verb),
    /// Saved views of lists.
    #[command(subcommand)]
    View(view::Verb),
    /// Offices, institutions, district bureaus: what each is responsible for.
    #[command(subcommand)]
    Office(org::office::Verb),
    /// Organisations of every kind.
    #[command(subcommand)]
    Organisation(org::office::AnyKind),
    /// Wordings that stand for several organisations.
    #[command(subcommand)]
    Group(org::group::Verb),
    /// Accounts, for system administrators.
    #[command(subcommand)]
    Account(account::Verb),
    /// Your access tokens.
    #[command(subcommand)]
    Token(session::token::Verb),
    /// What decisions are supported by, calculated from a file, offline.
    #[command(subcommand)]
    Solve(solve::Verb),
    /// The audit chain, for auditors.
    #[command(subcommand)]
    Audit(audit::Verb),
    /// Keep an access token for this server.
    Login(session::Login),
    /// Forget the access token of this server.
    Logout,
    /// Who you are to the server.
    Whoami,
    /// Check configuration, server and token.
    Doctor,
    /// Write a shell's completion to standard output.
    Completion {
        /// bash, zsh, fish, elvish or powershell.
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    // Help speaks the language too, and is written before anything is parsed.
    let asked: Vec<String> = std::env::args_os().map(|part| part.to_string_lossy().into_owned()).collect();
    let command = words::translated(Cli::command(), config::first_language(&asked));
    let matches = command.get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let context = Context::new(&cli.global);
    match run(&context, cli.noun) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&context),
    }
}

fn run(context: &Context, noun: Noun) -> Result<(), Failure> {
    match noun {
        // These work without a server, so without a runtime.
        Noun::Policy(policy::Verb::Parse { file }) => policy::parse::run(context, &file),
        Noun::Completion { shell } => completion(context.lang, shell),
        Noun::Logout => session::log_out(context),
        Noun::Solve(verb) => solve::run(context, &verb),
        noun => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|source| Failure::Ours(source.to_string()))?;
            runtime.block_on(ask(context, noun))
        }
    }
}

/// Commands that speak to the server.
async fn ask(context: &Context, noun: Noun) -> Result<(), Failure> {
    match noun {
        Noun::Policy(verb) => policy::run(context, verb).await,
        Noun::Measure(verb) => measure::run(context, verb).await,
        Noun::Cycle(verb) => cycle::run(context, verb).await,
        Noun::Need(verb) => need::run(context, verb).await,
        Noun::NeedList(verb) => need_list::run(context, verb).await,
        Noun::SignOff(verb) => sign_off::run(context, verb).await,
        Noun::Summary(verb) => need::district::run(context, verb).await,
        Noun::Question(verb) => question::run(context, verb).await,
        Noun::Meeting(verb) => meeting::run(context, verb).await,
        Noun::Application(verb) => application::run(context, verb).await,
        Noun::Message(verb) => message::run(context, verb).await,
        Noun::Mail(verb) => message::mail::run(context, verb).await,
        Noun::Reminder(verb) => message::reminder::run(context, verb).await,
        Noun::Task(verb) => task::run(context, verb).await,
        Noun::Export(verb) => export::run(context, verb).await,
        Noun::View(verb) => view::run(context, verb).await,
        Noun::Office(verb) => org::office::run(context, verb).await,
        Noun::Organisation(verb) => org::office::run_any(context, verb).await,
        Noun::Group(verb) => org::group::run(context, verb).await,
        Noun::Account(verb) => account::run(context, verb).await,
        Noun::Token(verb) => session::token::run(context, verb).await,
        Noun::Audit(verb) => audit::run(context, verb).await,
        Noun::Login(login) => session::log_in(context, &login).await,
        Noun::Logout => session::log_out(context),
        Noun::Solve(verb) => solve::run(context, &verb),
        Noun::Whoami => session::who_am_i(context).await,
        Noun::Doctor => doctor::run(context).await,
        Noun::Completion { shell } => completion(context.lang, shell),
    }
}

fn completion(lang: Lang, shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut words::translated(Cli::command(), lang), "ronghe", &mut script);
    output::print(String::from_utf8_lossy(&script).trim_end())
}
