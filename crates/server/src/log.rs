//! What is said on the console: the log, results, and errors with their causes.

use crate::config::{Config, LogFormat};
use std::io::Write;
use tracing_subscriber::EnvFilter;

/// Begins logging to stderr.
pub(crate) fn begin(config: &Config) {
    // Each step of the schema says twice that it is taken; what went wrong is said by who asked for it.
    let quiet = |level: &str| format!("sea_orm_migration=warn,{level}");
    let filter =
        EnvFilter::try_new(quiet(&config.log_level)).unwrap_or_else(|_| EnvFilter::new(quiet("info")));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

/// A line of a result; a closed pipe is no error.
pub(crate) fn print_line(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// An error with its causes, one line.
pub(crate) fn complain(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let _ = writeln!(std::io::stderr(), "error: {}", causes.join(": "));
}
