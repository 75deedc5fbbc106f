//! Clients that hang up: whatever the point, a command is carried out whole or not at all, and what this
//! process remembers goes with it.

use super::retries::ByHand;
use reqwest::StatusCode;
use ronghe_app::once;
use ronghe_client::Client;
use ronghe_contract::need::{ActOnNeed, NeedView, StartNeed};
use ronghe_testkit::proofs::{CUTS, is_whole};
use ronghe_testkit::{TestApp, TestDb, db_test, filers, need_draft};
use std::collections::BTreeSet;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Rounds of a submission and a withdrawal by each school.
const ROUNDS: usize = 2;
/// Most turns of this process's tasks between the last byte and the end of the line.
const TURNS: usize = 400;

/// Looks at the database before a command counts as given up.
const LOOKS: usize = 5_000;

/// A command that is under way, and who sends it.
struct Sent {
    login: String,
    key: String,
    command: ByHand,
}

/// Sends a part of a command, or all of it, and hangs up after so many turns of this process's tasks.
async fn cut(server: String, bytes: Vec<u8>, turns: usize) {
    let mut line = TcpStream::connect(server.trim_start_matches("http://")).await.unwrap();
    line.write_all(&bytes).await.unwrap();
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

/// All at once: some in the middle of their body, most at some step of the command.
async fn cut_all(test: &TestApp, sent: &[Sent], round: usize) {
    let mut lines = Vec::new();
    for (at, Sent { command, .. }) in sent.iter().enumerate() {
        let mut bytes = command.bytes();
        if at % 5 == 0 {
            bytes.truncate(bytes.len() - 1 - (at * 7 + round * 3) % 60);
        }
        let turns = (at * 31 + round * 97) % TURNS;
        lines.push(tokio::spawn(cut(test.server.clone(), bytes, turns)));
    }
    for line in lines {
        line.await.unwrap();
    }
}

/// Sends each again under its key, to be carried out now or already; says how many were.
async fn send_all(test: &TestApp, sent: &[Sent]) -> (usize, Vec<NeedView>) {
    let (mut carried_out, mut needs) = (0, Vec::new());
    for Sent { login, key, command } in sent {
        let caller = test.person(login).await;
        carried_out += usize::from(once::answered(&test.app, &caller, key).await.unwrap().is_some());
        let (status, _, body) = command.send(&test.server).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
        needs.push(serde_json::from_slice(&body).unwrap());
    }
    (carried_out, needs)
}

db_test!(clients_that_hang_up_leave_no_halves, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let mut clients = Vec::new();
    for account in filers(&test.app).await {
        clients.push((test.signed_in(&account.login).await, account.login));
    }
    let (mut cuts, mut carried_out) = (0, 0);
    for round in 0..ROUNDS {
        let mut needs: Vec<NeedView> = Vec::new();
        for (client, _) in &clients {
            let begun = StartNeed { draft: need_draft(), ..StartNeed::default() };
            needs.push(client.start_need(&begun).await.unwrap());
        }
        for action in [ActOnNeed::Submit, ActOnNeed::Withdraw] {
            let sent: Vec<Sent> = clients
                .iter()
                .zip(&needs)
                .map(|((client, login), need)| {
                    let key = Client::new_key().to_string();
                    let command = ByHand::new(&test, client, need, &action, &key);
                    Sent { login: login.clone(), key, command }
                })
                .collect();
            cut_all(&test, &sent, round).await;
            is_whole(&test.app).await;
            let (done, after) = send_all(&test, &sent).await;
            let steps = is_whole(&test.app).await;
            let once: BTreeSet<_> = steps.iter().map(|(name, version, _)| (name, version)).collect();
            assert_eq!(once.len(), steps.len(), "nothing is done twice");
            (cuts, carried_out, needs) = (cuts + sent.len(), carried_out + done, after);
        }
    }
    assert!(carried_out > 0, "none was carried out that nobody waited for");
    CUTS.reached(cuts);
});

db_test!(a_command_that_was_heard_is_carried_out, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let school = test.entered("wanghaifeng").await;
    let begun = StartNeed { draft: need_draft(), ..StartNeed::default() };
    let need = school.start_need(&begun).await.unwrap();
    let key = Client::new_key().to_string();
    let command = ByHand::new(&test, &school, &need, &ActOnNeed::Submit, &key);
    // The head of the chain is held, so that the command waits until its client is gone.
    let held = test.app.db().begin().await.unwrap();
    ronghe_testkit::hold_the_chain(&held).await;
    cut(test.server.clone(), command.bytes(), TURNS).await;
    held.rollback().await.unwrap();
    let caller = test.person("wanghaifeng").await;
    let mut answer = None;
    for _ in 0..LOOKS {
        answer = once::answered(&test.app, &caller, &key).await.unwrap();
        if answer.is_some() {
            break;
        }
    }
    assert!(answer.is_some(), "nobody waited for it, and it was not carried out");
    is_whole(&test.app).await;
});
