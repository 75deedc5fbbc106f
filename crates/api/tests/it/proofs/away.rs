//! A PostgreSQL that stops, or takes too long: whoever asks is told so, nothing is done, and all goes on by itself
//! once it is back.

use crate::problem;
use ronghe_contract::need::{ActOnNeed, StartNeed};
use ronghe_domain::need::State;
use ronghe_testkit::{TestApp, hold_the_chain, need_draft, postgres};
use std::path::PathBuf;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};
use tokio::task::{JoinHandle, JoinSet};

/// Stands between a server and its PostgreSQL; shut, it breaks every connection and refuses new ones, as a
/// PostgreSQL that stops does.
struct Gate {
    socket: PathBuf,
    port: u16,
    lets_through: Option<JoinHandle<()>>,
}

impl Gate {
    /// Before the PostgreSQL at `url`, which lies on a Unix socket.
    async fn before(url: &str) -> Self {
        let folder = url.split_once("?host=").unwrap().1;
        let socket = PathBuf::from(folder).join(".s.PGSQL.5432");
        let mut gate = Self { socket, port: 0, lets_through: None };
        gate.open().await;
        gate
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        self.port = listener.local_addr().unwrap().port();
        let socket = self.socket.clone();
        self.lets_through = Some(tokio::spawn(async move {
            let mut lines = JoinSet::new();
            loop {
                let (mut from, _) = listener.accept().await.unwrap();
                let mut to = UnixStream::connect(&socket).await.unwrap();
                lines.spawn(async move { copy_bidirectional(&mut from, &mut to).await });
            }
        }));
    }

    async fn shut(&mut self) {
        let lets_through = self.lets_through.take().unwrap();
        lets_through.abort();
        assert!(lets_through.await.unwrap_err().is_cancelled());
    }

    /// The same address through the gate.
    fn url(&self, url: &str) -> String {
        let direct = url.split_once("?host=").unwrap().0;
        direct.replacen("@localhost/", &format!("@127.0.0.1:{}/", self.port), 1)
    }
}

#[tokio::test]
async fn a_database_that_stops_is_said_and_all_heals_alone() {
    let db = postgres().await;
    let mut gate = Gate::before(db.url()).await;
    let through = gate.url(db.url());
    let test = TestApp::start_on(db.reached_by(&through).await).await;
    let school = test.entered("wanghaifeng").await;
    let begun = StartNeed::default();
    school.start_need(&begun).await.unwrap();
    for _ in 0..2 {
        gate.shut().await;
        let (read, written) = tokio::join!(school.show_me(), school.start_need(&begun));
        for said in [problem(read), problem(written)] {
            assert_eq!((said.status, said.kind.as_str()), (503, "/problems/unavailable"), "{said:?}");
        }
        gate.open().await;
        school.show_me().await.unwrap();
        school.start_need(&begun).await.unwrap();
    }
    ronghe_testkit::proofs::is_whole(&test.app).await;
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_given_up_and_nothing_is_done() {
    let test = TestApp::start_on(postgres().await).await;
    let school = test.entered("wanghaifeng").await;
    let begun = StartNeed { draft: need_draft(), ..StartNeed::default() };
    let begun = school.start_need(&begun).await.unwrap();
    let held = test.app.db().begin().await.unwrap();
    hold_the_chain(&held).await;
    let late = school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await;
    held.rollback().await.unwrap();
    let said = problem(late);
    assert_eq!((said.status, said.kind.as_str()), (503, "/problems/unavailable"), "{said:?}");
    assert!(said.detail.starts_with("没有改动"), "{said:?}");
    let still = school.show_need(&begun.row.name).await.unwrap();
    assert_eq!((still.row.state, still.version.as_str()), (State::Draft, begun.version.as_str()));
    school.act_on_need(&begun.row.name, &still.version, &ActOnNeed::Submit).await.unwrap();
    ronghe_testkit::proofs::is_whole(&test.app).await;
}
