//! Tables and pictures that chance has spoilt: read or refused, never a panic, and never more than may be.

use image::{ImageFormat, RgbImage};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, proptest};
use proptest::sample::Index;
use ronghe_documents::DocumentError;
use ronghe_documents::picture::Picture;
use ronghe_documents::xlsx::{rows, sheets};
use ronghe_domain::attachment::Kind;
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Most cells that a table may have.
const CELLS_MOST: usize = 1_000_000;

/// A table with texts that stand once and twice, numbers, a formula and a gap.
fn table() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for row in 0..6 {
        page.write(row, 0, "烟柳中学").unwrap();
        page.write(row, 1, format!("第 {row} 行")).unwrap();
        page.write(row, 3, f64::from(row) * 1.5).unwrap();
    }
    page.write_formula(7, 2, "=SUM(D1:D6)").unwrap();
    book.save_to_buffer().unwrap()
}

/// The table with each of its parts changed by `change`.
fn with_parts(change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut whole = ZipArchive::new(Cursor::new(table())).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..whole.len() {
        let mut part = whole.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        zip.start_file(name.clone(), SimpleFileOptions::default()).unwrap();
        zip.write_all(change(&name, text).as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Room for what a table claims to hold is not made before it is read.
#[test]
fn a_table_that_claims_more_texts_than_it_may_have_is_refused() {
    let claiming = |count: &str| {
        with_parts(|name, text| {
            if !name.ends_with("sharedStrings.xml") {
                return text;
            }
            assert!(text.contains("uniqueCount=\""), "{text}");
            text.replacen("uniqueCount=\"", &format!("uniqueCount=\"{count}"), 1)
        })
    };
    assert!(rows(&claiming("")).is_ok());
    // Named over and over, and never told: each is looked at no further than it reaches, or this would not end.
    assert!(rows(&claiming(&"uniqueCount ".repeat(80_000))).is_ok());
    for count in ["9999999", " 99999999999", "99999999999999999999999"] {
        assert_eq!(rows(&claiming(count)).unwrap_err(), DocumentError::TooLarge, "{count}");
    }
}

/// Reads it as every door does.
fn is_bounded(bytes: &[u8]) -> bool {
    let cells = rows(bytes).map_or(0, |rows| rows.iter().map(|row| row.cells.len()).sum::<usize>());
    drop(sheets(bytes));
    cells <= CELLS_MOST
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_of_a_table_never_panic(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12)) {
        let mut bytes = table();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            *bytes.get_mut(at).unwrap() = byte;
        }
        prop_assert!(is_bounded(&bytes));
    }

    #[test]
    fn changed_words_of_a_table_never_panic(
        part in prop::sample::select(vec!["sheet1.xml", "sharedStrings.xml", "workbook.xml", "styles.xml", ".rels"]),
        changes in prop::collection::vec(
            (any::<Index>(), "[<>/\"=:A-Z0-9一 ]{0,3}|XFD1048576|99999999999|-1|&#0;|t=\"s\"|1e308"),
            1..6,
        ),
    ) {
        let bytes = with_parts(|name, text| {
            if !name.ends_with(part) {
                return text;
            }
            let mut letters: Vec<char> = text.chars().collect();
            for (at, piece) in &changes {
                let at = at.index(letters.len());
                letters.splice(at..=at, piece.chars());
            }
            letters.into_iter().collect()
        });
        prop_assert!(is_bounded(&bytes));
    }

    #[test]
    fn changed_bytes_of_a_picture_never_panic(
        (format, kind) in prop::sample::select(vec![
            (ImageFormat::Png, Kind::Png),
            (ImageFormat::Jpeg, Kind::Jpeg),
            (ImageFormat::WebP, Kind::Webp),
        ]),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_fn(24, 16, |x, y| image::Rgb([x, y, x ^ y].map(|part| u8::try_from(part).unwrap())))
            .write_to(&mut bytes, format)
            .unwrap();
        let mut bytes = bytes.into_inner();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            *bytes.get_mut(at).unwrap() = byte;
        }
        drop(Picture::read(bytes, kind));
    }
}
