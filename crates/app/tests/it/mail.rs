//! Mail by SMTP, against a server that speaks as much of it as a mail needs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use ronghe_app::message::{self, Mail, Smtp, Tls};
use ronghe_app::session::link;
use ronghe_app::{App, Caller, Settings, account};
use ronghe_domain::account::AccountDraft;
use ronghe_domain::kernel::Role;
use ronghe_domain::message::mail::{State, Trouble};
use ronghe_testkit::{TestDb, db_test, person, world};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server has taken.
type Box = Arc<Mutex<Vec<String>>>;

/// Serves as many mails as `replies` has; each is what is said to the end of one mail's data.
async fn server(replies: &'static [&'static str]) -> (u16, Box) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Box::default();
    let kept = Arc::clone(&taken);
    tokio::spawn(async move {
        for reply in replies {
            let (stream, _) = listener.accept().await.unwrap();
            speak(stream, reply, &kept).await;
        }
    });
    (port, taken)
}

async fn speak(stream: TcpStream, reply: &str, taken: &Box) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let said = match line.split([' ', ':']).next().unwrap() {
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut text = String::new();
                while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push_str("\r\n");
                }
                if reply.starts_with('2') {
                    taken.lock().unwrap().push(text);
                }
                reply
            }
            _ => "250 ok",
        };
        write.write_all(format!("{said}\r\n").as_bytes()).await.unwrap();
    }
}

/// The same world with mail that goes to `port`, and one invitation in its outbox.
async fn inviting(test: &TestDb, port: u16) -> (App, account::Done) {
    let app = world(test).await;
    ronghe_testkit::tamper(&app, "DELETE FROM mail").await;
    let smtp = Smtp {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        login: None,
        sender: "ronghe@example.org".into(),
        sender_name: "融合".into(),
        timeout: Duration::from_secs(30),
    };
    let settings = Settings {
        mail: Mail::Smtp(smtp),
        public_url: Some("https://ronghe.example".into()),
        ..app.settings().clone()
    };
    let app = App::new(app.db().clone(), app.clock().clone(), settings);
    let admin = person(&app, "wuxiao").await;
    let draft = AccountDraft {
        login: "newcomer".into(),
        name: "新来者".into(),
        org: "lixia".into(),
        roles: [Role::DistrictBureau].into(),
        mail: "xin@school.example".into(),
        ..AccountDraft::default()
    };
    let made = account::create(&app, &admin, &draft).await.unwrap();
    (app, made)
}

async fn only(app: &App) -> ronghe_domain::message::mail::Mail {
    let admin = person(app, "wuxiao").await;
    let (mut mails, total) = message::mails(app, &admin, &[], None, 50).await.unwrap();
    assert_eq!(total, 1);
    mails.remove(0)
}

fn header(letter: &str, name: &str) -> String {
    let unfolded = letter.replace("\r\n ", " ");
    let line =
        unfolded.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned));
    line.unwrap()
}

/// The words of a header in RFC 2047's base 64.
fn decoded(words: &str) -> String {
    let parts = words.split_whitespace().flat_map(|word| {
        let packed = word.strip_prefix("=?utf-8?b?").unwrap().strip_suffix("?=").unwrap();
        STANDARD.decode(packed).unwrap()
    });
    String::from_utf8(parts.collect()).unwrap()
}

db_test!(a_mail_is_tried_again_and_taken_once, |test: TestDb| async move {
    let (port, taken) = server(&["451 later", "250 taken"]).await;
    let (app, made) = inviting(&test, port).await;
    let made = made.link.unwrap();
    assert_eq!(made.mailed.as_deref(), Some("x***@school.example"));
    let sealed = only(&app).await.sealed.unwrap();
    assert!(!sealed.contains(&made.code));
    assert_eq!(message::deliver(&app).await.unwrap(), 0);
    let waits = only(&app).await;
    assert_eq!((waits.state, waits.trouble), (State::Waiting, Some(Trouble::Busy { reply: 451 })));
    assert_eq!(message::deliver(&app).await.unwrap(), 0, "its turn has not come");
    app.clock().set(app.now() + SignedDuration::from_mins(1));
    assert_eq!(message::deliver(&app).await.unwrap(), 1);
    app.clock().set(app.now() + SignedDuration::from_hours(24));
    assert_eq!(message::deliver(&app).await.unwrap(), 0);
    let sent = only(&app).await;
    assert_eq!((sent.state, sent.tries, sent.sealed, sent.trouble), (State::Sent, 2, None, None));
    let letters = taken.lock().unwrap().clone();
    assert_eq!(letters.len(), 1);
    assert_eq!(decoded(&header(&letters[0], "Subject")), "融合：请设置登录密码");
    assert_eq!(header(&letters[0], "Message-ID"), format!("<{}@ronghe.example>", sent.id));
    let body: String = letters[0].split_once("\r\n\r\n").unwrap().1.split_whitespace().collect();
    let body = String::from_utf8(STANDARD.decode(body).unwrap()).unwrap();
    assert!(body.contains(&format!("https://ronghe.example/app/links/{}\r\n", made.code)), "{body}");
    assert!(!body.contains("新来者") && !body.contains("newcomer"), "{body}");
});

db_test!(a_mail_that_is_refused_is_shown_and_sent_anew, |test: TestDb| async move {
    let (port, taken) = server(&["550 no such box", "250 taken"]).await;
    let (app, _) = inviting(&test, port).await;
    let admin = person(&app, "wuxiao").await;
    message::deliver(&app).await.unwrap();
    let failed = only(&app).await;
    assert_eq!((failed.state, failed.trouble), (State::Failed, Some(Trouble::Refused { reply: 550 })));
    let school = person(&app, "wanghaifeng").await;
    message::resend(&app, &school, failed.id).await.unwrap_err();
    message::resend(&app, &admin, failed.id).await.unwrap();
    assert_eq!(message::deliver(&app).await.unwrap(), 1);
    assert_eq!(taken.lock().unwrap().len(), 1);
    message::resend(&app, &admin, failed.id).await.unwrap_err();
    let watcher = Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&app, &watcher).await.unwrap().faults, []);
});

db_test!(a_mail_that_cannot_be_read_is_given_up_and_shown, |test: TestDb| async move {
    let (port, taken) = server(&["250 taken"]).await;
    let (app, _) = inviting(&test, port).await;
    let sealed = only(&app).await.sealed.unwrap();
    ronghe_testkit::tamper(&app, "UPDATE mail SET sealed = 'sealed under another key'").await;
    assert_eq!(message::deliver(&app).await.unwrap(), 0, "it does not hold up the others");
    let failed = only(&app).await;
    assert_eq!((failed.state, failed.trouble), (State::Failed, Some(Trouble::Unreadable)));
    // The key is back: an administrator sends it anew.
    ronghe_testkit::tamper(&app, &format!("UPDATE mail SET sealed = '{sealed}'")).await;
    let admin = person(&app, "wuxiao").await;
    message::resend(&app, &admin, failed.id).await.unwrap();
    assert_eq!(message::deliver(&app).await.unwrap(), 1);
    assert_eq!(taken.lock().unwrap().len(), 1);
});

db_test!(a_server_that_is_away_costs_no_mail, |test: TestDb| async move {
    // Bound and let go: nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (app, made) = inviting(&test, port).await;
    message::deliver(&app).await.unwrap();
    let waits = only(&app).await;
    assert_eq!((waits.state, waits.trouble), (State::Waiting, Some(Trouble::Away)));
    // Once the link was used there is nothing left to be mailed.
    let visitor = Caller::visitor("r1", "192.0.2.7");
    link::accept(&app, &visitor, &made.link.unwrap().code, "seven cranes over the lake").await.unwrap();
    let admin = person(&app, "wuxiao").await;
    assert_eq!(message::mails(&app, &admin, &[], None, 50).await.unwrap().1, 0);
});
