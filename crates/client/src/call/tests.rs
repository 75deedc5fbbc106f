//! What goes over the wire, against a server of one answer.

use crate::{ByHand, Client, Error, ListOrganisations};
use ronghe_contract::policy::{ActOnPolicy, ImportPolicy};
use ronghe_text::Lang;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;

/// Answers one request after the other with `answers` and gives back what was asked.
fn server(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        answers
            .into_iter()
            .map(|answer| {
                let (mut stream, _) = listener.accept().unwrap();
                let asked = hear(&mut stream);
                stream.write_all(answer.as_bytes()).unwrap();
                asked
            })
            .collect()
    });
    (base, heard)
}

/// Head and body of one request.
fn hear(stream: &mut std::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).unwrap();
        bytes.extend_from_slice(&part[..n]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok())
            .unwrap_or(0_usize);
        if body.len() >= length {
            return text;
        }
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

const STALE: &str = r#"{"type":"/problems/stale","title":"已被他人更新","status":412,
    "detail":"先看新的内容，再改","request_id":"r1","current":"\"v4\""}"#;

#[test]
fn a_change_carries_version_language_token_and_key() {
    let (base, heard) = server(vec![answer("412 Precondition Failed", "", STALE)]);
    let client = Client::new(&base).with_token("rht_secret").with_lang(Lang::En);
    let error = block_on(client.act_on_policy("jinan 23/24", "\"v3\"", &ActOnPolicy::Publish)).unwrap_err();
    assert!(error.is_stale());
    assert_eq!(error.problem().unwrap().current.as_deref(), Some("\"v4\""));
    let asked = heard.join().unwrap().remove(0);
    for part in [
        "POST /api/v1/policies/jinan%2023%2F24/actions HTTP/1.1",
        "if-match: \"v3\"",
        "accept-language: en",
        "authorization: Bearer rht_secret",
        "idempotency-key: ",
        r#"{"action":"publish"}"#,
    ] {
        assert!(asked.contains(part), "{part} is missing in {asked}");
    }
}

#[test]
fn a_retry_carries_the_same_key() {
    let lost = answer("503 Service Unavailable", "", "<html>");
    let (base, heard) = server(vec![lost.clone(), lost.clone(), lost]);
    let client = Client::new(&base);
    let body = ImportPolicy { slug: None, text: Some("关于".to_owned()), file: None };
    let once = client.retrying(Client::new_key());
    block_on(async {
        for client in [&once, &once, &client] {
            let error = client.import_policy(&body).await.unwrap_err();
            assert!(error.is_passing(), "{error}");
        }
    });
    let keys: Vec<String> = heard
        .join()
        .unwrap()
        .iter()
        .map(|asked| asked.lines().find(|line| line.starts_with("idempotency-key")).unwrap().to_owned())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
}

#[test]
fn the_session_holds_for_clones_until_it_ends() {
    let unauthenticated =
        r#"{"type":"/problems/unauthenticated","title":"","status":401,"detail":"","request_id":""}"#;
    let me = r#"{"login":"a","name":"","name_en":"","post":"","mail":"","roles":[],"sections":[],
        "org":{"slug":"o","name":"","name_en":"","kind":"office"},"second_factor":false,"must_enrol":false,"demo":true,"now":"2026-03-10T01:00:00Z"}"#;
    let (base, heard) = server(vec![
        answer("200 OK", "set-cookie: ronghe=s1; HttpOnly; Path=/\r\n", me),
        answer("200 OK", "", me),
        answer("204 No Content", "set-cookie: ronghe=; Max-Age=0; Path=/\r\n", ""),
        answer("401 Unauthorized", "", unauthenticated),
    ]);
    let client = Client::new(&base);
    let clone = client.clone();
    let error = block_on(async {
        client.enter_demo("a").await.unwrap();
        assert_eq!(clone.cookies().as_deref(), Some("ronghe=s1"));
        clone.show_me().await.unwrap();
        client.sign_out().await.unwrap();
        clone.show_me().await.unwrap_err()
    });
    assert!(error.is_unauthenticated());
    let with_cookie: Vec<bool> =
        heard.join().unwrap().iter().map(|asked| asked.contains("cookie: ronghe=s1")).collect();
    assert_eq!(with_cookie, [false, true, true, false]);
}

#[test]
fn words_are_escaped() {
    let (base, heard) = server(vec![answer("200 OK", "", r#"{"items":[],"total":0}"#)]);
    let query = ListOrganisations {
        kind: "office,municipal_school".to_owned(),
        q: "心理".to_owned(),
        ..ListOrganisations::default()
    };
    block_on(Client::new(&base).list_organisations(&query)).unwrap();
    let asked = heard.join().unwrap().remove(0);
    let wanted = "GET /api/v1/organisations?q=%E5%BF%83%E7%90%86&kind=office%2Cmunicipal_school HTTP/1.1";
    assert!(asked.starts_with(wanted), "{asked}");
}

#[test]
fn what_cannot_stand_in_an_address_is_not_sent() {
    let check = |base: &str, slug: &str| {
        let error = block_on(Client::new(base).show_policy(slug)).unwrap_err();
        assert!(matches!(error, Error::Address(_)), "{base} {slug}: {error}");
    };
    check("http://127.0.0.1:1", "..");
    check("http://127.0.0.1:1", "");
    check("not an address", "a");
    check("file:///etc", "a");
}

#[test]
fn no_answer_is_a_network_error() {
    let error = block_on(Client::new("http://127.0.0.1:1").show_me()).unwrap_err();
    assert!(matches!(error, Error::Network(_)) && error.is_passing());
}

#[test]
fn a_file_goes_as_it_is() {
    let id = Client::new_key();
    let told = format!(r#"{{"id":"{id}","name":"汇 总.pdf","kind":"pdf","size":8}}"#);
    let (base, heard) = server(vec![answer("201 Created", "", &told)]);
    let client = Client::new(&base);
    let file = block_on(client.attach_file("N2026-0001", "汇 总.pdf", b"%PDF-1.7".to_vec().into())).unwrap();
    assert_eq!(file.size, 8);
    let asked = heard.join().unwrap().remove(0);
    let path = "/api/v1/needs/N2026-0001/attachments?name=%E6%B1%87+%E6%80%BB.pdf";
    assert!(asked.starts_with(&format!("POST {path} HTTP/1.1\r\n")), "{asked}");
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    for line in ["content-type: application/octet-stream", "content-length: 8", "idempotency-key: "] {
        assert!(head.to_lowercase().contains(line), "{asked}");
    }
    assert_eq!(body, "%PDF-1.7");
    // A page that sends it by hand sends the same.
    let by_hand = client.retrying(Client::new_key()).attach_by_hand("N2026-0001", "汇 总.pdf").unwrap();
    assert_eq!(by_hand.url, format!("{base}{path}"));
    assert_eq!(ByHand::answer(201, &told).unwrap(), file);
    assert!(matches!(ByHand::answer(0, ""), Err(Error::CutOff)));
    assert_eq!(ByHand::answer(412, STALE).unwrap_err().kind(), "stale");
}
