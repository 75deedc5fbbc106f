//! Files that grow once they are unpacked: what reads them stays within its limits, and who serves does not grow.

use crate::serve::{binary, serve};
use crate::uploads::{GROWTH_MOST, memory};
use ronghe_client::Client;
use ronghe_contract::need::StartNeed;
use ronghe_contract::session::SignIn;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::process::Stdio;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "_rels/.rels";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A package of Office with one part of this kind.
fn package(name: &str, kind: &str, part: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{name}\"/></Relationships>"
    );
    let parts = [(TYPES, types.as_bytes()), (RELATIONS, relations.as_bytes()), (name, part)];
    zip(&[&parts, more].concat())
}

fn docx(body: &str) -> Vec<u8> {
    let text = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    package("word/document.xml", "wordprocessingml.document", text.as_bytes(), &[])
}

/// Text that unpacks to thirty times its size: less than a bomb, and never the same for long.
fn swollen(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 4_096);
    let mut number = 88_172_645_463_325_252_u64;
    while text.len() < bytes {
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        let word = format!("{number:016x}{:016x}", number.rotate_left(29));
        (0..40).for_each(|_| text.push_str(&word));
    }
    text
}

/// A table whose `cells` all name one shared string, of half of `bytes`, among many others.
fn xlsx(bytes: usize, cells: usize) -> Vec<u8> {
    let mut strings =
        String::from("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
    write!(strings, "<si><t>{}</t></si>", swollen(bytes / 2)).unwrap();
    for piece in swollen(bytes / 2).as_bytes().chunks(64) {
        write!(strings, "<si><t>{}</t></si>", String::from_utf8_lossy(piece)).unwrap();
    }
    strings.push_str("</sst>");
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(cells);
    let page = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"
    );
    let more: [(&str, &[u8]); 3] = [
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", page.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    package("xl/workbook.xml", "spreadsheetml.sheet", book.as_bytes(), &more)
}

/// The header of a picture that would be 50,000 by 50,000.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend([50_000_u32.to_be_bytes(), 50_000_u32.to_be_bytes()].concat());
    bytes.extend([8, 6, 0, 0, 0]);
    // The sum over the header, which a reader checks before it believes it.
    let sum = crc(&bytes[12..]);
    bytes.extend(sum.to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xaeB`\x82");
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

/// What is refused by everybody, by what it is asked for and the name of its refusal.
fn refused() -> Vec<(&'static str, &'static str, Vec<u8>, &'static str)> {
    let most = 110 * 1024 * 1024;
    vec![
        ("a.docx", "text", docx(&" ".repeat(60 * 1024 * 1024)), "bomb"),
        ("b.docx", "text", docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", swollen(most))), "too_large"),
        ("c.docx", "text", docx(&"<w:sdt>".repeat(9_000)), "too_deep"),
        ("d.xlsx", "sheets", xlsx(most, 1), "too_large"),
        ("e.png", "attachment", picture(), "too_many_pixels"),
    ]
}

/// What the reader says of a file, and what its process came to.
fn read(wanted: &str, bytes: &[u8]) -> (bool, String) {
    let mut child = binary()
        .args(["parse-file", wanted])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // It may end before it has read all.
    let sent = std::thread::spawn(move || drop(to.write_all(&bytes)));
    let done = child.wait_with_output().unwrap();
    sent.join().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).chars().take(200).collect();
    (done.status.success(), said)
}

#[test]
fn what_inflates_is_refused_by_the_reader_within_its_limits() {
    for (name, wanted, bytes, refusal) in refused() {
        let (is_whole, said) = read(wanted, &bytes);
        assert!(is_whole && said.contains("\"Err\"") && said.contains(refusal), "{name}: {said}");
    }
    // What is within what may be unpacked, but not within what may be kept: the reader ends at its limit.
    let (is_whole, said) = read("sheets", &xlsx(80 * 1024 * 1024, 100));
    assert!(!is_whole && said.is_empty(), "{said}");
    // And much that is within both is read.
    let (is_whole, said) =
        read("text", &docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", swollen(1 << 20))));
    assert!(is_whole && said.starts_with("{\"Ok\""), "{said}");
}

#[tokio::test]
async fn what_inflates_is_refused_and_the_server_stays_as_large_as_it_was() {
    let served = serve();
    let school = Client::new(&format!("http://{}", served.address));
    let sign_in = SignIn { login: "wanghaifeng".into(), password: served.password(), code: None };
    school.sign_in(&sign_in).await.unwrap();
    let need = school.start_need(&StartNeed::default()).await.unwrap().row.name;
    let before = memory(served.process(), "VmRSS");
    for (name, _, bytes, refusal) in refused() {
        // To attach a document is not to read it: that it is too deep shows where it is imported.
        if refusal == "too_deep" {
            continue;
        }
        let refused = school.attach_file(&need, name, bytes.into()).await.unwrap_err();
        assert_eq!(refused.kind(), "invalid", "{name}: {refused:?}");
    }
    let grown = memory(served.process(), "VmHWM").saturating_sub(before);
    assert!(grown <= GROWTH_MOST, "{grown} KiB more");
    school.start_need(&StartNeed::default()).await.unwrap();
}
