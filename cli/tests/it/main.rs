//! The command line as a process: standard output, standard error, exit code.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod applying;
mod offline;
mod register;
mod run;
mod settings;
mod signs;
mod solve;
mod table;
mod token;
mod work;
mod year;
