//! The notice itself.
#[test]
fn dump() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/policy")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().unwrap() != "txt" { continue; }
        let text = std::fs::read_to_string(&path).unwrap();
        let d = super::parse(&text);
        println!("=== {}\ntitle {:?}\nno {:?}\nissuer {:?}\ndate {:?}\nrec {:?} cop {:?} open {:?}\nfrom {:?} text {:?} years {:?} last {:?} trial {} warn {:?}\npre {}", path.display(), d.title.map(|r|(r.value,r.sure)), d.doc_number.map(|r|r.value), d.issuer.map(|r|r.value), d.issue_date.map(|r|r.value), d.recipients.map(|r|r.value), d.copies.map(|r|r.value), d.openness.map(|r|r.value), d.effective_from.map(|r|r.value), d.effective_text.map(|r|r.value), d.valid_years, d.last_day.map(|r|r.value), d.trial, d.warnings, d.preamble);
        for s in d.sections { println!("## {:?} {}", s.number, s.title.value); for m in s.measures { println!("  {:?}/{} [{}] {} | {} .. {}", m.number, m.seq, m.title.sure, m.title.value, m.body.chars().take(20).collect::<String>(), m.body.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect::<String>()); for u in m.units { println!("      {:?}{} {}", u.role, if u.group {"*"} else {""}, u.name.value); } } }
    }
}
