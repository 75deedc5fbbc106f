//! A document reads the same whether its lines are broken or not, as long as its headings close with a mark.

use super::super::parse;
use super::documents::{read, summary};
use serde_json::{Value, json};
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/policy");

/// Documents whose headings close with a full stop, so that nothing is lost with the line breaks.
const CLOSED: &[&str] = &[
    "annex-after-letter",
    "annexed-division",
    "articles-with-lines-of-units",
    "bare-names-comma",
    "brackets-in-support",
    "chapters-and-articles",
    "council-division",
    "council-opinion",
    "council-site-one-line",
    "deadlines-in-brackets",
    "eight-ministries",
    "flat-three-levels",
    "flat-whole",
    "flat-without-stops",
    "handed-out-without-notice",
    "items-without-headings",
    "jinan-2023-24",
    "joint-without-gap",
    "labels-within-paragraphs",
    "lead-and-support",
    "lead-for-all",
    "measures-only",
    "ministries-without-gap",
    "nothing-above-the-text",
    "notice-of-a-department",
    "numbered-through-figures",
    "one-line",
    "paragraphs-by-section",
    "party-government",
    "rule-in-preamble",
    "same-below-in-name",
    "science-and-education",
    "sections-only",
    "sentences-as-measures",
    "seven-departments",
    "square-brackets",
    "square-outer-brackets",
    "table-in-columns",
    "table-run-together",
    "three-levels",
    "three-roles",
    "title-without-quotes",
    "trial-flat-articles",
    "units-in-headings",
    "units-with-blanks",
    "units-with-sections",
    "unsigned-letter",
    "wordings-of-units",
    "wrapped-without-indent",
];

/// What must not depend on line breaks; where paragraphs begin may.
fn essence(summary: &Value) -> Value {
    let mut sections = summary["sections"].clone();
    for section in sections.as_array_mut().into_iter().flatten() {
        for measure in section["measures"].as_array_mut().into_iter().flatten() {
            let start: String = measure["starts_with"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_whitespace())
                .take(10)
                .collect();
            measure["starts_with"] = json!(start);
        }
    }
    json!({
        "title": summary["title"],
        "doc_number": summary["doc_number"],
        "issuer": summary["issuer"],
        "issue_date": summary["issue_date"],
        "from": summary["effective"]["from"],
        "last_day": summary["effective"]["last_day"],
        "trial": summary["trial"],
        "sections": sections,
    })
}

/// The document's paragraphs, put together again with what `between` gives for each of them but the first.
fn joined_by(name: &str, between: impl Fn(usize, &str) -> &'static str) -> String {
    let text = read(&Path::new(FOLDER).join(name).with_extension("txt"));
    let mut out = String::new();
    let paragraphs = text
        .lines()
        .map(|line| line.trim_matches(|c: char| c.is_whitespace()))
        .filter(|line| !line.is_empty());
    for (at, paragraph) in paragraphs.enumerate() {
        if at > 0 {
            out.push_str(between(at, paragraph));
        }
        out.push_str(paragraph);
    }
    out
}

fn check(way: &str, between: impl Fn(usize, &str) -> &'static str) {
    check_of(CLOSED, way, between);
}

fn check_of(names: &[&str], way: &str, between: impl Fn(usize, &str) -> &'static str) {
    for name in names {
        let text = joined_by(name, &between);
        let expected: Value =
            serde_json::from_str(&read(&Path::new(FOLDER).join(name).with_extension("json"))).unwrap();
        // As values: the order of an object's keys depends on the features that the build's crates ask for.
        let (found, expected) = (essence(&summary(&parse(&text))), essence(&expected));
        assert!(
            found == expected,
            "{name}, {way}: {} is not {} of\n{text}",
            pretty(&found),
            pretty(&expected)
        );
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[test]
fn without_line_breaks() {
    check("none", |_, _| "");
}

#[test]
fn with_blanks_for_line_breaks() {
    check("blanks", |_, _| " ");
}

#[test]
fn with_line_breaks_before_sections_only() {
    const SECTIONS: [&str; 6] = ["一、", "二、", "三、", "四、", "五、", "第"];
    check("sections", |_, line| if SECTIONS.iter().any(|mark| line.starts_with(mark)) { "\n" } else { "" });
}

#[test]
fn with_some_line_breaks() {
    // A row of a table that ends with the key of the next is none any more.
    let names: Vec<&str> = CLOSED.iter().copied().filter(|name| *name != "council-opinion").collect();
    for seed in 0..6 {
        // A third of the breaks stay, others in each round.
        check_of(&names, "some", |at, _| if (at * 7 + seed * 5) % 11 < 4 { "\n" } else { "" });
    }
}

/// Where a heading closes without a mark, nothing but its words tells; a person looks at what was guessed.
#[test]
fn guessed_headings_wait_for_a_person() {
    let text = "青湖市推进科教协同的若干措施为推进科教协同，制定本措施。一、完善协同育人机制支持高校与中小学共建实验室，\
                年内建成十个。（责任单位：市教育局、市科技局）二、强化经费保障统筹现有资金渠道，对薄弱学校予以倾斜，不得挪用。\
                （责任单位：市财政局）三、建立共享平台。汇聚课程一百门，向全市中小学校免费开放，每年更新，并公布使用情况。\
                （责任单位：市教育局、市大数据局）";
    let draft = parse(text);
    let titles: Vec<(String, bool)> = draft
        .sections
        .iter()
        .flat_map(|section| &section.measures)
        .map(|measure| (measure.title.value.clone(), measure.title.waits()))
        .collect();
    let expected = [("完善协同育人机制", true), ("强化经费保障", true), ("建立共享平台", false)];
    assert_eq!(titles, expected.map(|(title, waits)| (title.to_owned(), waits)));
}
