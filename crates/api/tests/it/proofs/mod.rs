//! Promises about commands, each proved on real databases; `docs/reference/proofs.md` lists them.

mod alike;
pub(crate) mod application;
mod away;
mod blind;
mod cut;
mod fuzz;
mod hand;
mod hostile;
mod leaving;
pub(crate) mod lists;
mod login;
pub(crate) mod meeting;
mod question;
mod retries;
pub(crate) mod screening;
mod statements;
mod tables;
mod twins;
mod uploads;
mod walk;
mod year;
