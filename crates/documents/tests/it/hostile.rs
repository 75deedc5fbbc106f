//! Files that mean harm, or that were cut off: each is refused with its own words, none makes the reader panic.

use crate::build::{ROOTS, TYPES, document, docx, numbered, paragraph, with_parts, zip, zip_with};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use ronghe_documents::{DocumentError, text_of};
use ronghe_text::Lang;
use std::collections::HashSet;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

fn check(bytes: &[u8], wanted: DocumentError) {
    assert_eq!(text_of(bytes).map(|text| text.len()), Err(wanted));
}

/// The four bytes of a name in both directories become those of another, which keeps every length.
fn renamed(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, part)| *part == from.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(places.len(), 2, "{from} stands in the local header and the directory");
    for at in places {
        bytes.splice(at..at + to.len(), to.bytes());
    }
    bytes
}

#[test]
fn bombs_are_refused_while_they_unpack() {
    let zeros = vec![b' '; 3 * 1024 * 1024];
    check(&with_parts(&paragraph("a"), &[("word/media/a.bin", &zeros)]), DocumentError::Bomb);
    // Many parts below the ratio's floor, too much together.
    let part = vec![b' '; 1000 * 1024];
    let names: Vec<String> = (0..110).map(|n| format!("word/media/{n}.bin")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), part.as_slice())).collect();
    check(&with_parts("", &parts), DocumentError::TooLarge);
}

#[test]
fn too_many_parts_are_refused() {
    let names: Vec<String> = (0..2_000).map(|n| format!("word/media/{n}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"a".as_slice())).collect();
    check(&with_parts("", &parts), DocumentError::TooManyParts);
}

#[test]
fn names_that_lead_out_or_stand_twice_are_refused() {
    for bad in [
        "../../../up.xml",
        "/word/abs_l.xml",
        "word\\back\\s.xml",
        "word//empty_.xml",
        "word/./dot__.xml",
        "C:/word/dri.xml",
    ] {
        check(
            &renamed(with_parts("", &[("word/harmless", b"a")]), "word/harmless", &format!("{bad:_<13.13}")),
            DocumentError::BadName,
        );
    }
    let twin = with_parts("", &[("word/documenu.xml", b"<a/>")]);
    check(&renamed(twin, "word/documenu.xml", "word/document.xml"), DocumentError::BadName);
    check(&with_parts("", &[("Word/Document.XML", b"<a/>")]), DocumentError::BadName);
}

#[test]
fn archives_within_are_refused() {
    let inner = docx(&paragraph("a"));
    check(&with_parts("", &[("word/embeddings/sheet.xlsx", &inner)]), DocumentError::Nested);
    check(&with_parts("", &[("word/media/image.png", b"Rar!\x1a\x07\x00")]), DocumentError::Nested);
    check(&with_parts("", &[("word/media/image.png", b"7z\xBC\xAF\x27\x1C")]), DocumentError::Nested);
    check(&with_parts("", &[("word/media/image.png", b"\x1F\x8B\x08\x00")]), DocumentError::Nested);
}

#[test]
fn macros_are_refused() {
    check(&with_parts("", &[("word/vbaProject.bin", b"a")]), DocumentError::Macros);
    let types = TYPES
        .replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled");
    let body = document("");
    let bytes = zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", ROOTS.as_bytes()),
        ("word/document.xml", body.as_bytes()),
    ]);
    check(&bytes, DocumentError::Macros);
}

#[test]
fn encrypted_files_are_refused() {
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    check(&ole, DocumentError::OldWord);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(&ole, DocumentError::Encrypted);
    // The first bit of the flags says that a part is encrypted, in both directories.
    let mut bytes =
        zip_with(&[("a", b"a")], SimpleFileOptions::default().compression_method(CompressionMethod::Stored));
    let central = bytes.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    *bytes.get_mut(6).unwrap() |= 1;
    *bytes.get_mut(central + 8).unwrap() |= 1;
    check(&bytes, DocumentError::Encrypted);
}

#[test]
fn xml_that_grows_or_nests_is_refused() {
    let with_document = |xml: &str| {
        zip(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOTS.as_bytes()),
            ("word/document.xml", xml.as_bytes()),
        ])
    };
    let laughs = r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"#;
    check(&with_document(laughs), DocumentError::DocumentType);
    let outside = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#;
    check(&with_document(outside), DocumentError::DocumentType);
    check(&with_document("<a>&unknown;</a>"), DocumentError::Damaged);
    check(&with_document(&"<w:sdt>".repeat(200)), DocumentError::TooDeep);
    check(&docx(&format!("{}{}", "<w:sdt>".repeat(127), "</w:sdt>".repeat(127))), DocumentError::TooDeep);
    check(&docx("<w:p><w:r></w:p>"), DocumentError::Damaged);
    check(&docx("<w:p>"), DocumentError::Damaged);
    let mut not_utf8 = document("").into_bytes();
    not_utf8.push(0xFF);
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOTS.as_bytes()),
        ("word/document.xml", &not_utf8),
    ];
    check(&zip(&parts), DocumentError::Damaged);
}

#[test]
fn packages_that_are_no_documents_are_refused() {
    check(&zip(&[("a.txt", b"a")]), DocumentError::NotADocument);
    check(&zip(&[("[Content_Types].xml", TYPES.as_bytes())]), DocumentError::NotADocument);
    let nowhere = ROOTS.replace("word/document.xml", "word/nowhere.xml");
    let parts: [(&str, &[u8]); 2] =
        [("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", nowhere.as_bytes())];
    check(&zip(&parts), DocumentError::NotADocument);
    check(b"PK\x03\x04", DocumentError::Damaged);
    let whole = docx(&paragraph("a"));
    check(whole.get(..whole.len() / 2).unwrap(), DocumentError::Damaged);
    // Two files in one: something stands before the zip.
    let mut behind = b"PK\x03\x04 and then some".to_vec();
    behind.extend(&whole);
    check(&behind, DocumentError::BadName);
}

#[test]
fn lists_that_blow_up_keep_within_bounds() {
    // A wording of a megabyte is cut; a start at the end of the numbers does not overflow.
    let long = "无".repeat(300_000);
    let lists = format!(
        r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4294967295"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1{long}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#
    );
    let one = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"#;
    let text = text_of(&numbered(&one.repeat(2), &lists, "")).unwrap();
    assert!(text.chars().count() < 200, "{}", text.len());
    // A list style that refers to itself, a style that stands on itself.
    let circle = r#"<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let styles = r#"<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="T"><w:basedOn w:val="T"/></w:style>"#;
    let body = format!(r#"{one}<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>b</w:t></w:r></w:p>"#);
    assert_eq!(text_of(&numbered(&body, circle, styles)).unwrap(), "a\nb\n");
}

#[test]
fn each_refusal_has_its_own_words() {
    let all = [
        DocumentError::NotADocument,
        DocumentError::Pdf,
        DocumentError::OldWord,
        DocumentError::Encrypted,
        DocumentError::Macros,
        DocumentError::Damaged,
        DocumentError::TooLarge,
        DocumentError::TooManyParts,
        DocumentError::Bomb,
        DocumentError::BadName,
        DocumentError::Nested,
        DocumentError::DocumentType,
        DocumentError::TooManyPixels,
        DocumentError::Animated,
        DocumentError::TooDeep,
    ];
    for lang in [Lang::Zh, Lang::En] {
        let words: HashSet<&str> = all.iter().map(|error| error.words(lang)).collect();
        assert_eq!(words.len(), all.len());
    }
}

/// A document with something of everything.
fn rich() -> Vec<u8> {
    let lists = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let body = format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>要求</w:t></w:r></w:p><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"#,
        paragraph("格")
    );
    numbered(&body, lists, r#"<w:style w:styleId="S"><w:name w:val="toc 1"/></w:style>"#)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = rich();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            *bytes.get_mut(at).unwrap() = byte;
        }
        drop(text_of(&bytes));
    }

    #[test]
    fn changed_xml_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), "[<>/w:&;\"a一 =]{0,3}"), 1..8)) {
        let mut xml: Vec<char> = document(&format!("{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("甲"), paragraph("乙"))).chars().collect();
        for (at, text) in changes {
            let at = at.index(xml.len());
            xml.splice(at..=at, text.chars());
        }
        let xml: String = xml.into_iter().collect();
        drop(text_of(&zip(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOTS.as_bytes()),
            ("word/document.xml", xml.as_bytes()),
        ])));
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), zip in any::<bool>()) {
        let mut file = if zip { b"PK\x03\x04".to_vec() } else { Vec::new() };
        file.extend(bytes);
        drop(text_of(&file));
    }
}
