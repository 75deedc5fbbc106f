//! What works without server and configuration.

use crate::run::{Person, Ran, notice};
use std::io::{Cursor, Write as _};
use std::process::Stdio;

/// The command ends with `code`, says `out` on standard output and `err` on standard error (each a part).
fn check(words: &[&str], input: &[u8], code: i32, out: &str, err: &str) {
    let ran = Person::new().run_with(words, input);
    assert_eq!(ran.code, code, "{words:?} {ran:?}");
    assert!(ran.out.contains(out), "{words:?}: {out} is missing in {ran:?}");
    assert!(ran.err.contains(err), "{words:?}: {err} is missing in {ran:?}");
}

const SHORT: &str = "某市教育局关于加强合作的意见\n某教发〔2025〕3号\n\n各区县教育局：\n\n一、总体要求\n\n（一）加强课程建设。开设特色课程，每校一门以上。（牵头单位：基础教育处；配合单位：各区县教育局）\n\n某市教育局\n2025年3月4日\n";

#[test]
fn the_notice_is_read_whole() {
    let Ran { code, out, err } = Person::new().run(&["policy", "parse", &notice(), "--output", "json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(read["doc_number"], "济教发〔2023〕24号");
    let sections = read["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 5);
    let measures: Vec<_> = sections.iter().flat_map(|one| one["measures"].as_array().unwrap()).collect();
    assert_eq!(measures.len(), 12);
    for (index, measure) in measures.iter().enumerate() {
        assert_eq!(measure["seq"], index + 1);
        assert_eq!(measure["starts_with"].as_str().unwrap().chars().count(), 15);
    }
}

#[test]
fn json_has_every_key_in_order_and_null_where_nothing_was_found() {
    let person = Person::new();
    let out = person.run_with(&["policy", "parse", "-", "-o", "json"], "没有内容".as_bytes()).out;
    let keys: Vec<&str> = out
        .lines()
        .filter_map(|line| line.strip_prefix("  \"")?.split_once('"').map(|(key, _)| key))
        .collect();
    let wanted = [
        "title",
        "doc_number",
        "issuer",
        "issue_date",
        "effective",
        "trial",
        "sections",
        "units_distinct",
        "warnings",
    ];
    assert_eq!(keys, wanted);
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(read["doc_number"].is_null() && read["effective"]["from"].is_null());
    let read = person.run_with(&["policy", "parse", "-", "-o", "json"], SHORT.as_bytes()).out;
    let read: serde_json::Value = serde_json::from_str(&read).unwrap();
    let units = &read["sections"][0]["measures"][0]["units"];
    assert_eq!(units[0], serde_json::json!({"name": "基础教育处", "role": "Lead", "group": false}));
    assert_eq!(units[1], serde_json::json!({"name": "各区县教育局", "role": "Support", "group": true}));
    assert_eq!(read["units_distinct"], serde_json::json!(["基础教育处", "各区县教育局"]));
}

/// A document without sections, its first body shorter than what is shown of one.
const FLAT: &str = "某市教育局关于共享场地的若干措施\n某教发〔2025〕4号\n\n各学校：\n\n一、开放操场。周末开放。（责任单位：基础教育处、各区县教育局）\n\n二、开放书馆。每月一天，全年不少于十二次。（责任单位：市图书馆）\n\n本措施自2025年4月1日起施行，有效期2年。\n\n某市教育局\n2025年3月4日\n";

#[test]
fn json_keeps_its_keys_at_every_depth() {
    fn keys(value: &serde_json::Value) -> Vec<&str> {
        let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }
    let out = Person::new().run_with(&["policy", "parse", "-", "-o", "json"], FLAT.as_bytes()).out;
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        read["effective"],
        serde_json::json!({"from": "2025-04-01", "text": "自2025年4月1日起施行，有效期2年", "valid_years": 2})
    );
    assert_eq!(read["trial"], false);
    assert_eq!(read["warnings"], serde_json::json!([]));
    assert_eq!(read["issue_date"], "2025-03-04");
    let sections = read["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 1);
    let section = &sections[0];
    assert_eq!(keys(section), ["measures", "number", "title"]);
    assert!(section["number"].is_null() && section["title"] == "", "{section}");
    let measures = section["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 2);
    for (index, measure) in measures.iter().enumerate() {
        assert_eq!(keys(measure), ["number", "seq", "starts_with", "title", "units"]);
        assert_eq!(measure["number"], index + 1);
        assert_eq!(measure["seq"], index + 1);
        for unit in measure["units"].as_array().unwrap() {
            assert_eq!(keys(unit), ["group", "name", "role"]);
        }
    }
    assert_eq!(measures[0]["title"], "开放操场");
    assert_eq!(measures[0]["starts_with"], "周末开放。");
    assert_eq!(measures[1]["starts_with"], "每月一天，全年不少于十二次。");
    // A plain list keeps its part and its order: the first is none the more the lead.
    assert_eq!(
        measures[0]["units"],
        serde_json::json!([
            {"name": "基础教育处", "role": "Responsible", "group": false},
            {"name": "各区县教育局", "role": "Responsible", "group": true},
        ])
    );
    assert_eq!(read["units_distinct"], serde_json::json!(["基础教育处", "各区县教育局", "市图书馆"]));
}

#[test]
fn documents_are_read_by_their_content() {
    let person = Person::new();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let body: String = SHORT.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let roots = r#"<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    for (name, text) in
        [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", roots), ("word/document.xml", &document)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let docx = person.file("意见.docx", &zip.finish().unwrap().into_inner());
    let ran = person.run(&["policy", "parse", docx.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("某市教育局关于加强合作的意见\n文号  某教发〔2025〕3号\n"), "{ran:?}");
    // 济南市 in GB 18030.
    check(&["policy", "parse", "-", "-o", "json"], &[0xBC, 0xC3, 0xC4, 0xCF, 0xCA, 0xD0], 0, "warnings", "");
}

#[test]
fn what_cannot_be_read_is_said_with_a_way_out() {
    check(&["policy", "parse", "-"], b"%PDF-1.7", 1, "", "error: -：PDF 不能读取");
    check(
        &["policy", "parse", "-", "--lang", "en"],
        b"%PDF-1.7",
        1,
        "",
        "A PDF cannot be read; take the .docx",
    );
    check(&["policy", "parse", "-"], b"PK\x03\x04", 1, "", "文件已损坏或不完整");
    check(&["policy", "parse", "nowhere.txt"], b"", 1, "", "error: 读不了 nowhere.txt");
    check(
        &["policy", "parse", "-", "-o", "csv"],
        b"",
        2,
        "",
        "error: parse 写 json 或 table\nhint: ronghe --help",
    );
}

#[test]
fn a_wrong_call_ends_with_two() {
    check(&["polcy"], b"", 2, "", "error: ");
    check(&["measure", "list", "--limit", "x"], b"", 2, "", "error: ");
    check(&["measure", "list", "--filter", "nothing"], b"", 2, "", "error: ");
}

#[test]
fn help_leads_with_examples_in_both_languages() {
    for (lang, examples, about) in [("zh", "示例：", "政策文件："), ("en", "Examples:", "Policy documents:")]
    {
        let ran = Person::new().run(&["--help", "--lang", lang]);
        assert!(ran.out.starts_with(examples), "{ran:?}");
        assert!(ran.out.contains(about), "{ran:?}");
    }
}

#[test]
fn completion_knows_the_nouns() {
    check(&["completion", "bash"], b"", 0, "leading-group", "");
    check(&["completion", "fish"], b"", 0, "政策文件", "");
}

#[test]
fn a_reader_that_has_gone_ends_it_quietly() {
    let person = Person::new();
    let mut child = person
        .command(&["completion", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), done.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn no_server_ends_with_three() {
    check(
        &["policy", "list", "--server", "http://127.0.0.1:1"],
        b"",
        3,
        "",
        "error: 连不上 http://127.0.0.1:1\nhint: ",
    );
    check(&["policy", "list", "--server", "nowhere"], b"", 2, "", "error: nowhere");
}
