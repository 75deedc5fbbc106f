//! Every document of the fixtures reads as a person would say; each has its answer beside it.
//!
//! All but the notice 济教发〔2023〕24号 are invented, in the layouts that published ones come in.

use super::super::super::UnitRole;
use super::super::super::draft::{PolicyDraft, SURE_ENOUGH};
use super::super::parse;
use serde_json::{Value, json};
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/policy");

pub(super) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a reader of the register sees of a draft.
pub(super) fn summary(draft: &PolicyDraft) -> Value {
    let role = |role| match role {
        UnitRole::Lead => "Lead",
        UnitRole::Support => "Support",
        UnitRole::Responsible => "Responsible",
    };
    let sections: Vec<Value> = draft
        .sections
        .iter()
        .map(|section| {
            let measures: Vec<Value> = section
                .measures
                .iter()
                .map(|measure| {
                    let units: Vec<String> = measure
                        .units
                        .iter()
                        .map(|unit| {
                            let group = if unit.group { " (group)" } else { "" };
                            format!("{} {}{group}", role(unit.role), unit.name.value)
                        })
                        .collect();
                    json!({
                        "number": measure.number,
                        "seq": measure.seq,
                        "title": measure.title.value,
                        "starts_with": measure.body.chars().take(15).collect::<String>(),
                        "units": units,
                    })
                })
                .collect();
            json!({ "number": section.number, "title": section.title.value, "measures": measures })
        })
        .collect();
    json!({
        "title": draft.title.as_ref().map(|read| &read.value),
        "doc_number": draft.doc_number.as_ref().map(|read| &read.value),
        "issuer": draft.issuer.as_ref().map(|read| &read.value),
        "issue_date": draft.issue_date.as_ref().map(|read| read.value.to_string()),
        "recipients": draft.recipients.as_ref().map(|read| &read.value),
        "copies": draft.copies.as_ref().map(|read| &read.value),
        "openness": draft.openness.as_ref().map(|read| &read.value),
        "effective": {
            "from": draft.effective_from.as_ref().map(|read| read.value.to_string()),
            "text": draft.effective_text.as_ref().map(|read| &read.value),
            "valid_years": draft.valid_years,
            "last_day": draft.last_day.as_ref().map(|read| read.value.to_string()),
        },
        "trial": draft.trial,
        "preamble": draft.preamble,
        "sections": sections,
        "warnings": draft.warnings,
    })
}

#[test]
fn every_document_reads_as_expected() {
    let mut seen = 0;
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        seen += 1;
        let expected: Value = serde_json::from_str(&read(&path.with_extension("json"))).unwrap();
        let found = summary(&parse(&read(&path)));
        let found_text = serde_json::to_string_pretty(&found).unwrap();
        let expected_text = serde_json::to_string_pretty(&expected).unwrap();
        let differs =
            found_text.lines().zip(expected_text.lines()).find(|(found, expected)| found != expected);
        assert_eq!(found, expected, "{}: first difference {differs:?}", path.display());
    }
    assert!(seen > 16, "only {seen} documents");
}

#[test]
fn line_ends_change_nothing() {
    let text = read(&Path::new(FOLDER).join("jinan-2023-24.txt"));
    let expected = summary(&parse(&text));
    for other in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        text.replace('\n', "\n\n"),
        format!("\u{feff}{text}"),
    ] {
        assert_eq!(summary(&parse(&other)), expected);
    }
}

#[test]
fn the_notice_leaves_nothing_to_doubt() {
    let draft = parse(&read(&Path::new(FOLDER).join("jinan-2023-24.txt")));
    let measures: Vec<_> = draft.sections.iter().flat_map(|section| &section.measures).collect();
    assert_eq!((draft.sections.len(), measures.len()), (5, 12));
    let waiting: Vec<&str> = measures
        .iter()
        .flat_map(|measure| measure.units.iter().map(|unit| &unit.name).chain([&measure.title]))
        .filter(|read| read.sure < SURE_ENOUGH)
        .map(|read| read.value.as_str())
        .collect();
    assert_eq!(waiting, [""; 0]);
    for read in [&draft.title, &draft.doc_number, &draft.issuer, &draft.openness, &draft.effective_text] {
        assert!(read.as_ref().is_some_and(|read| !read.waits()), "{read:?}");
    }
}
