//! The fields of a draft in the order of the text: path, name, value, confidence, place.

use ronghe_domain::policy::draft::{MeasureDraft, Place, Read};
use ronghe_domain::policy::{PolicyDraft, UnitRole};
use ronghe_text::{Lang, field_label, ordinal, unit_role};

/// How a field is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Day,
    /// Names separated by 、.
    Names,
    Paragraphs,
    Units,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the draft, as in its errors.
    pub path: String,
    pub key: String,
    pub value: String,
    pub kind: Kind,
    /// 0 to 100; `None` where nothing was read.
    pub sure: Option<u8>,
    pub place: Option<Place>,
    /// Waits for a person's look.
    pub waits: bool,
}

/// Every field of `draft`.
pub fn rows(lang: Lang, draft: &PolicyDraft) -> Vec<Row> {
    let name = |path: &str| field_label(lang, path);
    let mut rows = vec![
        read("doc_number", name("doc_number"), Kind::Line, draft.doc_number.as_ref(), Clone::clone),
        read("title", name("title"), Kind::Line, draft.title.as_ref(), Clone::clone),
        read("issuer", name("issuer"), Kind::Line, draft.issuer.as_ref(), Clone::clone),
        read("issue_date", name("issue_date"), Kind::Day, draft.issue_date.as_ref(), ToString::to_string),
        read("recipients", name("recipients"), Kind::Names, draft.recipients.as_ref(), |names| {
            names.join("、")
        }),
        read("copies", name("copies"), Kind::Names, draft.copies.as_ref(), |names| names.join("、")),
        read("openness", name("openness"), Kind::Line, draft.openness.as_ref(), Clone::clone),
        read(
            "effective_from",
            name("effective_from"),
            Kind::Day,
            draft.effective_from.as_ref(),
            ToString::to_string,
        ),
        read("last_day", name("last_day"), Kind::Day, draft.last_day.as_ref(), ToString::to_string),
    ];
    // The words on validity say where both days come from.
    let words = draft.effective_text.as_ref().and_then(|read| read.place);
    for row in rows.iter_mut().filter(|row| row.path == "last_day" || row.path == "effective_from") {
        row.place = row.place.or(words);
    }
    for (s, section) in draft.sections.iter().enumerate() {
        if section.number.is_some() || !section.title.value.is_empty() {
            let path = format!("sections[{s}].title");
            let number = section.number.map(ordinal).unwrap_or_default();
            let key = match lang {
                Lang::Zh => format!("第{number}部分"),
                Lang::En => format!("Section {}", section.number.unwrap_or_default()),
            };
            rows.push(read(&path, key, Kind::Line, Some(&section.title), Clone::clone));
        }
        for (m, measure) in section.measures.iter().enumerate() {
            rows.extend(of_measure(lang, &format!("sections[{s}].measures[{m}]"), measure));
        }
    }
    rows
}

fn of_measure(lang: Lang, path: &str, measure: &MeasureDraft) -> [Row; 3] {
    let number = measure.number.map_or_else(|| measure.seq.to_string(), ordinal);
    let key = |zh: &str, en: &str| match lang {
        Lang::Zh => format!("措施（{number}）{zh}"),
        Lang::En => format!("Measure {}, {en}", measure.number.unwrap_or(measure.seq)),
    };
    let unsure = measure.units.iter().map(|unit| unit.name.sure).min();
    let waits = measure.units.iter().any(|unit| unit.target.is_none() || unit.name.waits());
    let units: Vec<String> =
        measure.units.iter().map(|unit| said(lang, unit.role, &unit.name.value)).collect();
    let first = measure.units.first().and_then(|unit| unit.name.place);
    let last = measure.units.last().and_then(|unit| unit.name.place);
    [
        read(&format!("{path}.title"), key("标题", "title"), Kind::Line, Some(&measure.title), Clone::clone),
        Row {
            path: format!("{path}.body"),
            key: key("正文", "text"),
            value: measure.body.clone(),
            kind: Kind::Paragraphs,
            sure: None,
            place: None,
            waits: false,
        },
        Row {
            path: format!("{path}.units"),
            key: key("责任单位，按原文顺序", "units, in the order printed"),
            value: units.join(lang.pick("、", ", ")),
            kind: Kind::Units,
            sure: unsure,
            place: first
                .zip(last)
                .map(|(first, last)| Place { start: first.start, end: last.end.max(first.end) }),
            waits,
        },
    ]
}

fn said(lang: Lang, role: UnitRole, name: &str) -> String {
    match role {
        UnitRole::Responsible => name.to_owned(),
        UnitRole::Lead | UnitRole::Support => {
            format!("{name}{}{}{}", lang.pick("（", " ("), unit_role(lang, role), lang.pick("）", ")"))
        }
    }
}

fn read<T>(path: &str, key: String, kind: Kind, read: Option<&Read<T>>, say: impl Fn(&T) -> String) -> Row {
    Row {
        path: path.to_owned(),
        key,
        kind,
        value: read.map(|read| say(&read.value)).unwrap_or_default(),
        sure: read.map(|read| if read.checked { 100 } else { read.sure }),
        place: read.and_then(|read| read.place),
        waits: read.is_some_and(Read::waits),
    }
}
