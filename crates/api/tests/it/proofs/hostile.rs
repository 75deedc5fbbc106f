//! Files that mean harm, through each door that takes one: every one is refused by name.

use super::hand::{Answer, Hand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_client::Client;
use ronghe_testkit::proofs::HOSTILE;
use ronghe_testkit::{TestApp, sqlite};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const ROOTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const BODY: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>一</w:t></w:r></w:p></w:body></w:document>"#;

/// Where a file can be brought.
#[derive(Clone, Copy, Debug)]
enum Door {
    Need,
    Policy,
    Accounts,
    Organisations,
}

/// People who bring files, and a need that takes them.
struct Bearers {
    hand: Hand,
    school: String,
    lead: String,
    admin: String,
    need: String,
}

impl Bearers {
    async fn of(test: &TestApp) -> Self {
        let hand = Hand::of(&test.app);
        let (school, lead) = (hand.entered("wanghaifeng").await, hand.entered("zhangmin").await);
        let admin = hand.entered("wuxiao").await;
        let key = Client::new_key().to_string();
        let more = [("idempotency-key", key.as_str())];
        let begun = hand.command("POST", "/api/v1/needs", &school, &more, &json!({})).await.json();
        let need = begun["name"].as_str().unwrap().to_owned();
        Self { hand, school, lead, admin, need }
    }

    /// Brings a file.
    async fn bring(&self, door: Door, name: &str, bytes: &[u8]) -> Answer {
        let (path, cookie) = match door {
            Door::Need => return self.hand.attach(&self.school, &self.need, name, bytes).await,
            Door::Policy => ("/api/v1/policies", &self.lead),
            Door::Accounts => ("/api/v1/accounts/import", &self.admin),
            Door::Organisations => ("/api/v1/organisations/import", &self.admin),
        };
        let body = json!({ "file": STANDARD.encode(bytes) });
        let key = Client::new_key().to_string();
        self.hand.command("POST", path, cookie, &[("idempotency-key", &key)], &body).await
    }
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zip_by(parts, CompressionMethod::Deflated)
}

fn zip_by(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with other parts.
fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", WORD.as_bytes()),
        ("_rels/.rels", ROOTS.as_bytes()),
        ("word/document.xml", BODY.as_bytes()),
    ];
    zip(&[&parts, more].concat())
}

/// A document whose text is this.
fn docx_of(xml: &[u8]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", WORD.as_bytes()),
        ("_rels/.rels", ROOTS.as_bytes()),
        ("word/document.xml", xml),
    ];
    zip(&parts)
}

/// A table as a person would send it.
fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (column, head) in (0_u16..).zip(["账号", "姓名", "单位", "角色"]) {
        page.write(0, column, head).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The same with a part in another's place, or one more.
fn xlsx_with(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut whole = zip::ZipArchive::new(Cursor::new(xlsx())).unwrap();
    for at in 0..whole.len() {
        let part = whole.by_index_raw(at).unwrap();
        if part.name().unwrap() != name {
            zip.raw_copy_file(part).unwrap();
        }
    }
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The name of a part becomes another of the same length, in both directories.
fn renamed(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let places: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
    for at in places {
        bytes.splice(at..at + from.len(), to.bytes());
    }
    bytes
}

/// Says that its first part is encrypted.
fn encrypted() -> Vec<u8> {
    let mut bytes = zip_by(&[("a", b"a")], CompressionMethod::Stored);
    let central = (0..bytes.len()).find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    bytes
}

/// Says of its first part that it is small, and unpacks to much.
fn lying() -> Vec<u8> {
    let mut bytes = docx(&[("word/media/a.bin", &vec![b' '; 3 * 1024 * 1024])]);
    let large = (3_u32 * 1024 * 1024).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&large)).collect();
    for at in places {
        bytes.splice(at..at + 4, 9_u32.to_le_bytes());
    }
    bytes
}

fn old_office(encrypted: bool) -> Vec<u8> {
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if encrypted {
        ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    }
    ole
}

/// Packages that are meant to harm whatever unpacks them.
fn packages() -> Vec<(&'static str, Vec<u8>)> {
    let inner = docx(&[]);
    let part = vec![b' '; 1000 * 1024];
    let many: Vec<String> = (0..110).map(|at| format!("word/media/{at}.bin")).collect();
    let much: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), part.as_slice())).collect();
    let more: Vec<String> = (0..2000).map(|at| format!("word/media/{at}")).collect();
    let crowd: Vec<(&str, &[u8])> = more.iter().map(|name| (name.as_str(), b"a".as_slice())).collect();
    let harmless = || docx(&[("word/harmless", b"a")]);
    let macros = WORD
        .replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled");
    let acting: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", macros.as_bytes()),
        ("_rels/.rels", ROOTS.as_bytes()),
        ("word/document.xml", BODY.as_bytes()),
    ];
    vec![
        ("a bomb by its ratio", docx(&[("word/media/a.bin", &vec![b' '; 3 * 1024 * 1024])])),
        ("a bomb of many parts", docx(&much)),
        ("a crowd of parts", docx(&crowd)),
        ("a header that lies of its size", lying()),
        ("a name that leads out", renamed(harmless(), "word/harmless", "../../../../up")),
        ("a name from the root", renamed(harmless(), "word/harmless", "/word/harmles")),
        ("a name with back slashes", renamed(harmless(), "word/harmless", "word\\harmless")),
        ("a name of a drive", renamed(harmless(), "word/harmless", "C:/word/harml")),
        ("twin names", docx(&[("Word/Document.XML", b"<a/>")])),
        ("a document within", docx(&[("word/embeddings/sheet.xlsx", &inner)])),
        ("a RAR within", docx(&[("word/media/image.png", b"Rar!\x1a\x07\x00")])),
        ("a 7z within", docx(&[("word/media/image.png", b"7z\xBC\xAF\x27\x1C")])),
        ("a gzip within", docx(&[("word/media/image.png", b"\x1F\x8B\x08\x00")])),
        ("macros", docx(&[("word/vbaProject.bin", b"a")])),
        ("macros by its type", zip(&acting)),
        ("a part that is encrypted", encrypted()),
        ("a package of nothing", zip(&[("a.txt", b"a")])),
        ("a package cut in half", inner[..inner.len() / 2].to_vec()),
        ("a package's first bytes", b"PK\x03\x04".to_vec()),
        ("two files in one", [b"PK\x03\x04 and then some".as_slice(), &inner].concat()),
    ]
}

/// Documents that are meant to harm whatever reads their text.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let laughs = br#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#;
    let outside = br#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#;
    vec![
        ("entities that grow", docx_of(laughs)),
        ("an entity from outside", docx_of(outside)),
        ("an unknown entity", docx_of(b"<a>&unknown;</a>")),
        ("XML that nests", docx_of("<w:sdt>".repeat(200).as_bytes())),
        ("XML that never ends", docx_of(b"<w:document><w:body><w:p>")),
        ("XML that is no text", docx_of(b"<a>\xFF\xFE</a>")),
        ("a file of an old Word", old_office(false)),
        ("a file with a password", old_office(true)),
        ("a PDF", b"%PDF-1.7\n%%EOF\n".to_vec()),
        ("an RTF", b"{\\rtf1 a}".to_vec()),
        ("nothing", Vec::new()),
    ]
}

/// Tables that are meant to harm whatever reads their cells.
fn tables() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = |rows: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        )
    };
    let wide = r#"<row r="1048576"><c r="XFD1048576" t="str"><v>a</v></c></row>"#;
    let many = format!("<row>{}</row>", r#"<c t="str"><v>a</v></c>"#.repeat(200)).repeat(6000);
    let page = "xl/worksheets/sheet1.xml";
    vec![
        ("cells without number", xlsx_with(page, sheet(&many).as_bytes())),
        ("a cell at the end of the world", xlsx_with(page, sheet(wide).as_bytes())),
        ("a table with a document type", xlsx_with(page, b"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")),
        ("a table with macros", xlsx_with("xl/vbaProject.bin", b"a")),
        ("a table within a table", xlsx_with("xl/embeddings/a.xlsx", &xlsx())),
        ("a table that nests", xlsx_with(page, "<row>".repeat(300).as_bytes())),
        ("a table cut in half", xlsx()[..1500].to_vec()),
        ("a table that is a document", docx(&[])),
        ("a table that is a page", b"<html><table><tr><td>a</td></tr></table></html>".to_vec()),
        ("no table", Vec::new()),
    ]
}

/// Files with a name that are meant to harm whoever opens them.
fn attachments() -> Vec<(&'static str, Vec<u8>)> {
    let pdf = |inner: &str| format!("%PDF-1.7\n{inner}\n%%EOF\n").into_bytes();
    vec![
        ("run.pdf", b"MZ\x90\x00".to_vec()),
        ("page.png", b"<html><script>alert(1)</script></html>".to_vec()),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("moving.gif", b"GIF89a\x01\x00\x01\x00<script>".to_vec()),
        ("script.pdf", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n".to_vec()),
        ("acting.pdf", pdf("<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>")),
        ("starting.pdf", pdf("<< /S /Launch /F (cmd.exe) >>")),
        ("locked.pdf", pdf("<< /Encrypt 3 0 R >>")),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec()),
        ("cut.jpg", b"\xFF\xD8\xFF\xE0\x00\x10JFIF".to_vec()),
        ("archive.docx", zip(&[("run.exe", b"MZ")])),
        ("old.doc", old_office(false)),
        ("locked.docx", old_office(true)),
        ("empty.pdf", Vec::new()),
        ("run.exe", pdf("a PDF by another name")),
        ("page.html", pdf("<script>alert(1)</script>")),
        ("report.pdf.js", pdf("a PDF by another name")),
        ("table.xlsx", docx(&[])),
        ("\u{202e}fdp.exe", pdf("a name read backwards")),
        ("", pdf("a name of nothing")),
        ("../..", pdf("a name that leads out")),
    ]
}

/// Refused by name: a problem that says which field, and what is wrong with it.
fn is_refused(answer: &Answer) -> bool {
    let problem: Value = answer.json();
    let field = &problem["fields"][0];
    (400..500).contains(&answer.status)
        && answer.media() == "application/problem+json"
        && ["file", "name", "text"].contains(&field["path"].as_str().unwrap_or_default())
        && field["message"].as_str().is_some_and(|words| !words.is_empty())
}

#[tokio::test]
async fn every_hostile_file_is_refused_by_name() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let bearers = Bearers::of(&test).await;
    let mut files: Vec<(Door, &str, &str, Vec<u8>)> = Vec::new();
    files.extend(packages().into_iter().map(|(what, bytes)| (Door::Policy, what, "", bytes)));
    files.extend(packages().into_iter().map(|(what, bytes)| (Door::Need, what, "a.docx", bytes)));
    files.extend(documents().into_iter().map(|(what, bytes)| (Door::Policy, what, "", bytes)));
    files.extend(tables().into_iter().map(|(what, bytes)| (Door::Accounts, what, "", bytes)));
    files.extend(tables().into_iter().map(|(what, bytes)| (Door::Organisations, what, "", bytes)));
    files.extend(attachments().into_iter().map(|(name, bytes)| (Door::Need, name, name, bytes)));
    let (mut refused, mut taken) = (0, Vec::new());
    for (door, what, name, bytes) in &files {
        let answer = bearers.bring(*door, name, bytes).await;
        if is_refused(&answer) {
            refused += 1;
        } else {
            taken.push(format!("{what} at {door:?}: {answer:?}"));
        }
    }
    assert!(taken.is_empty(), "{} were taken or not named:\n{:.6000}", taken.len(), taken.join("\n"));
    HOSTILE.reached(refused);
    // The doors themselves stand open, or nothing would be proved.
    let whole = bearers.bring(Door::Need, "a.docx", &docx(&[])).await;
    assert_eq!(whole.status, 201, "{whole:?}");
    let read = bearers.bring(Door::Policy, "", &docx(&[])).await;
    assert_eq!(read.status, 201, "{read:?}");
    let table = bearers.bring(Door::Accounts, "", &xlsx()).await;
    assert_eq!(table.status, 200, "{table:?}");
}
