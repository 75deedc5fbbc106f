//! The API through HTTP, by the client that web and command line use.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod account;
mod attachment;
mod audit;
mod coverage;
mod cycle;
mod need;
mod openapi;
mod organisation;
mod policy;
mod proofs;
mod requests;
mod session;

use ronghe_client::Error;
use ronghe_contract::Problem;

/// The problem that a call was answered with.
#[track_caller]
fn problem<T: std::fmt::Debug>(answer: Result<T, Error>) -> Problem {
    match answer {
        Err(Error::Problem(problem)) => *problem,
        other => panic!("no problem: {other:?}"),
    }
}

/// The kind of problem, without its path.
#[track_caller]
fn kind<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    problem(answer).kind.replace("/problems/", "")
}
