//! The API through HTTP, by the client that web and command line use.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod account;
mod attachment;
mod audit;
mod coverage;
mod cycle;
mod message;
mod need;
mod openapi;
mod organisation;
mod policy;
mod proofs;
mod requests;
mod session;
mod suggestion;

use ronghe_client::{Client, Error};
use ronghe_contract::Problem;
use ronghe_contract::audit::{ChainView, CheckView};
use std::time::Duration;

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

/// Has the chain checked, and waits for what is found.
async fn checked(watcher: &Client) -> ChainView {
    watcher.verify_chain().await.unwrap();
    ended(watcher).await.last.unwrap()
}

/// Where the check of the chain stands once none runs.
async fn ended(watcher: &Client) -> CheckView {
    loop {
        let check = watcher.show_chain_check().await.unwrap();
        if check.running.is_none() {
            return check;
        }
        // One session may not ask more than ten times a second.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
