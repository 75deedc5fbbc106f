//! Promises about commands, each proved on real databases; `docs/reference/proofs.md` lists them.

mod away;
mod cut;
mod retries;
mod statements;
