//! English has no punctuation of full width, but within what people have written.

use crate::run::Person;
use serde_json::Value;
use std::path::Path;

/// Signs that only Chinese has.
const SIGNS: [char; 9] = ['：', '、', '（', '）', '；', '，', '。', '？', '！'];

/// What people read in the year, as the lead office sees it.
pub(crate) fn english_is_narrow(person: &Person, need: &str) {
    let application = "A2026-0001";
    for words in [
        &["whoami"][..],
        &["task", "list"],
        &["policy", "list"],
        &["policy", "show", "jinan-2023-24"],
        &["measure", "list"],
        &["measure", "show", "4"],
        &["group", "list"],
        &["office", "list"],
        &["organisation", "show", "lixia"],
        &["cycle", "list"],
        &["cycle", "show", "2026"],
        &["need", "list"],
        &["need", "show", need],
        &["need-list", "list"],
        &["need-list", "show", "2026"],
        &["need-list", "items", "2026"],
        &["need-list", "item", need],
        &["application", "list"],
        &["application", "show", application],
    ] {
        check(person, words);
    }
    for words in [
        &["need", "list", "--filter", "nothing=1"][..],
        &["need", "show", "N2026-9999"],
        &["need", "forward", need, "--dry-run"],
        &["application", "accept", application, "--dry-run"],
        &["cycle", "advance", "2026", "--dry-run"],
        &["policy", "parse", "/nowhere"],
    ] {
        let ran = person.run(&[words, &["--lang", "en"]].concat());
        assert_eq!(wide(&ran.err), "", "{words:?} {ran:?}");
    }
}

/// What is printed for people, without what the same command gives a script.
fn check(person: &Person, words: &[&str]) {
    let mut read = person.reads(&[words, &["--lang", "en"]].concat());
    let mut written = Vec::new();
    texts(&person.json(&[words, &["--lang", "en"]].concat()), &mut written);
    written.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for text in written.iter().filter(|text| !wide(text).is_empty()) {
        read = read.replace(text.as_str(), "");
    }
    assert_eq!(wide(&read), "", "{words:?}\n{read}");
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            found.extend(text.lines().map(str::to_owned));
            found.push(text.clone());
        }
        Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Value::Object(all) => all.values().for_each(|one| texts(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn wide(text: &str) -> String {
    text.chars().filter(|sign| SIGNS.contains(sign)).collect()
}

/// A text of signs alone is in both languages: it is chosen by one.
#[test]
fn signs_of_full_width_are_chosen_by_the_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for sources in ["src", "../web/src"] {
        look(&root.join(sources), &mut found);
    }
    assert_eq!(found, Vec::<String>::new(), "use `colon`, `comma`, `bracketed` of ronghe-text");
}

fn look(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().enumerate().filter(|(_, line)| is_unchosen(line));
            found.extend(lines.map(|(at, line)| format!("{}:{} {}", path.display(), at + 1, line.trim())));
        }
    }
}

fn is_unchosen(line: &str) -> bool {
    let is_said = line.trim_start().starts_with("//") || line.contains("Lang::Zh");
    let left = without_choices(line);
    // What stands between quotation marks is every second part.
    let mut literals = left.split('"').skip(1).step_by(2);
    let is_han = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
    !is_said && literals.any(|it| !wide(it).is_empty() && !it.chars().any(is_han))
}

/// The line without its `pick(…)`: what stands beside them is chosen by nobody.
fn without_choices(line: &str) -> String {
    let mut parts = line.split("pick(");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mut depth, mut is_quoted) = (1, false);
        let end = part.char_indices().find(|(_, sign)| {
            match sign {
                '"' => is_quoted = !is_quoted,
                '(' if !is_quoted => depth += 1,
                ')' if !is_quoted => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        left.extend(end.and_then(|(at, _)| part.get(at + 1..)));
    }
    left
}

#[test]
fn what_stands_beside_a_choice_is_chosen_by_nobody() {
    for (line, wanted) in [
        (r#"format!("（{}{}）", lang.pick("相近：", "near: "), names.join(comma(lang)))"#, true),
        (r#"format!("{}{}", lang.pick("相近：", "near: "), names.join("、"))"#, true),
        (r#"format!("{}{x}{}", lang.pick("（", " ("), lang.pick("）", ")"))"#, false),
        (r#"{lang.pick("提请", "Proposed")}</dt><dd>{name}"，"{at}"#, true),
        (r#"(Lang::Zh, _) => "；","#, false),
    ] {
        assert_eq!(is_unchosen(line), wanted, "{line}");
    }
}
