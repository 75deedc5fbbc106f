//! A command is carried out once, however often it is sent: at once, after an answer that was lost, under a
//! key that stands for something else.

use crate::problem;
use reqwest::StatusCode;
use ronghe_app::once;
use ronghe_client::{Client, ListMessages};
use ronghe_contract::account::ActOnAccount;
use ronghe_contract::need::{ActOnNeed, NeedView, StartNeed};
use ronghe_domain::audit::Action;
use ronghe_domain::message::Kind;
use ronghe_domain::need::State;
use ronghe_testkit::proofs::{RETRIES, is_whole};
use ronghe_testkit::{TestApp, TestDb, db_test, hold_the_chain, need_draft, wait_for_locks};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How many of them have begun before the first is done; a pool holds no more than 16.
const BEGUN: usize = 8;

/// A command on a need by hand, to be sent to the byte.
pub(crate) struct ByHand {
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl ByHand {
    pub(crate) fn new(
        test: &TestApp,
        client: &Client,
        need: &NeedView,
        action: &ActOnNeed,
        key: &str,
    ) -> Self {
        let headers = vec![
            ("cookie", client.cookies().unwrap()),
            ("host", test.server.trim_start_matches("http://").to_owned()),
            ("origin", test.server.clone()),
            ("content-type", "application/json".to_owned()),
            ("if-match", need.version.clone()),
            ("idempotency-key", key.to_owned()),
        ];
        let path = format!("/api/v1/needs/{}/actions", need.row.name);
        Self { path, headers, body: serde_json::to_string(action).unwrap() }
    }

    /// Status, version and body of the answer.
    pub(crate) async fn send(&self, server: &str) -> (StatusCode, String, Vec<u8>) {
        let mut request = reqwest::Client::new().post(format!("{server}{}", self.path));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answer = request.body(self.body.clone()).send().await.unwrap();
        let etag = answer.headers().get("etag").map(|it| it.to_str().unwrap().to_owned());
        (answer.status(), etag.unwrap_or_default(), answer.bytes().await.unwrap().to_vec())
    }

    /// What goes over the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let headers: String =
            self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = self.body.len();
        let head = format!("POST {} HTTP/1.1\r\n{headers}content-length: {length}\r\n\r\n", self.path);
        [head.as_bytes(), self.body.as_bytes()].concat()
    }
}

async fn begun(school: &Client) -> NeedView {
    school.start_need(&StartNeed { draft: need_draft(), ..StartNeed::default() }).await.unwrap()
}

/// How often the district was told of a command.
async fn told(district: &Client) -> usize {
    let messages = district.list_messages(&ListMessages::default()).await.unwrap().items;
    messages.into_iter().filter(|message| message.kind == Kind::NeedSubmitted).count()
}

db_test!(many_equal_requests_at_once_have_one_effect, |db: TestDb| async move {
    let beside = db.beside().await;
    let test = TestApp::start_on(db).await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let before = told(&district).await;
    let need = begun(&school).await;
    let key = Client::new_key().to_string();
    // The head of the chain is held, so that none is done before many have begun.
    let held = beside.begin().await.unwrap();
    hold_the_chain(&held).await;
    let tries: Vec<_> = (0..RETRIES.least)
        .map(|_| {
            let command = ByHand::new(&test, &school, &need, &ActOnNeed::Submit, &key);
            let server = test.server.clone();
            tokio::spawn(async move { command.send(&server).await })
        })
        .collect();
    wait_for_locks(&test.app, &beside, BEGUN).await;
    held.rollback().await.unwrap();
    let mut answers = Vec::new();
    for answer in tries {
        answers.push(answer.await.unwrap());
    }
    let (status, etag, body) = &answers[0];
    assert_eq!((*status, etag.as_str()), (StatusCode::OK, "\"v2\""), "{}", String::from_utf8_lossy(body));
    assert!(answers.iter().all(|answer| answer == &answers[0]), "equal bytes for all");
    let sent: NeedView = serde_json::from_slice(body).unwrap();
    let events = school.list_need_events(&sent.row.name).await.unwrap().items;
    let done: Vec<_> = events.iter().map(|event| (event.action, event.refused)).collect();
    assert_eq!(done, [(Action::Submit, false)], "one event, and no refusal of what was done");
    assert_eq!(told(&district).await, before + 1);
    is_whole(&test.app).await;
    RETRIES.reached(answers.len());

    let other = ActOnNeed::Withdraw;
    let reused =
        school.retrying(key.parse().unwrap()).act_on_need(&sent.row.name, &need.version, &other).await;
    assert_eq!((problem(reused).status, State::Submitted), (422, sent.row.state));
});

db_test!(an_answer_that_was_lost_is_given_again, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let school = test.entered("wanghaifeng").await;
    let need = begun(&school).await;
    let key = Client::new_key().to_string();
    let command = ByHand::new(&test, &school, &need, &ActOnNeed::Submit, &key);
    let mut line = TcpStream::connect(test.server.trim_start_matches("http://")).await.unwrap();
    line.write_all(&command.bytes()).await.unwrap();
    // It was carried out, and its answer lies unread when the client goes.
    line.readable().await.unwrap();
    drop(line);
    let caller = test.person("wanghaifeng").await;
    assert!(once::answered(&test.app, &caller, &key).await.unwrap().is_some());
    let again = command.send(&test.server).await;
    let last = command.send(&test.server).await;
    assert_eq!((again.0, again.1.as_str()), (StatusCode::OK, "\"v2\""));
    assert_eq!(again, last);
    let name = serde_json::from_slice::<NeedView>(&again.2).unwrap().row.name;
    assert_eq!(is_whole(&test.app).await.iter().filter(|(of, ..)| *of == name).count(), 1);
});

/// It is asked of no rule when it is given again.
#[tokio::test]
async fn an_answer_does_not_outlive_the_right_to_it() {
    let test = TestApp::start().await;
    let (school, admin) = (test.entered("wanghaifeng").await, test.entered("wuxiao").await);
    let need = begun(&school).await;
    let key = Client::new_key().to_string();
    let command = ByHand::new(&test, &school, &need, &ActOnNeed::Submit, &key);
    assert_eq!(command.send(&test.server).await.0, StatusCode::OK);
    let caller = test.person("wanghaifeng").await;
    assert!(once::answered(&test.app, &caller, &key).await.unwrap().is_some());
    let seen = admin.show_account("wanghaifeng").await.unwrap();
    let off = admin.act_on_account("wanghaifeng", &seen.version, &ActOnAccount::Disable).await.unwrap();
    assert_eq!(once::answered(&test.app, &caller, &key).await.unwrap(), None);
    // Whoever comes back is answered by what holds then.
    admin.act_on_account("wanghaifeng", &off.account.version, &ActOnAccount::Enable).await.unwrap();
    let school = test.signed_in("wanghaifeng").await;
    let again = ByHand::new(&test, &school, &need, &ActOnNeed::Submit, &key);
    assert_eq!(again.send(&test.server).await.0, StatusCode::CONFLICT);
}
