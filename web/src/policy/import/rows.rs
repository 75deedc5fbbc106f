//! The fields of a draft in the order of the text: path, name, value, confidence, place.

use ronghe_domain::kernel::Date;
use ronghe_domain::policy::draft::{MeasureDraft, Place, Read, Warning};
use ronghe_domain::policy::{PolicyDraft, UnitRole};
use ronghe_text::{Lang, comma, field_label, ordinal, unit_role, warning};

/// How a field is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Day,
    /// Names separated by 、.
    Names,
    Paragraphs,
    /// A whole number, or none.
    Number,
    YesNo,
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
    /// What a person should know of it, though it bars nothing.
    pub note: Option<String>,
}

/// Every field of `draft`.
pub fn rows(lang: Lang, draft: &PolicyDraft) -> Vec<Row> {
    let mut rows = head(lang, draft);
    rows.extend(validity(lang, draft));
    rows.push(plain("preamble", field_label(lang, "preamble"), Kind::Paragraphs, draft.preamble.clone()));
    let gaps = draft.number_gaps();
    for (s, section) in draft.sections.iter().enumerate() {
        let is_named = section.number.is_some() || !section.title.value.is_empty();
        if is_named || draft.sections.len() > 1 {
            let path = format!("sections[{s}].title");
            let key = match (lang, section.number) {
                (Lang::Zh, Some(number)) => format!("第{}部分", ordinal(number)),
                (Lang::En, Some(number)) => format!("Section {number}"),
                (_, None) => lang.pick("没有编号的部分", "A section without number").to_owned(),
            };
            rows.push(read(&path, key, Kind::Line, Some(&section.title), Clone::clone));
        }
        for (m, measure) in section.measures.iter().enumerate() {
            rows.extend(of_measure(lang, &format!("sections[{s}].measures[{m}]"), measure, &gaps));
        }
    }
    rows
}

/// 措施（四）, as a document calls it.
pub fn measure_name(lang: Lang, measure: &MeasureDraft) -> String {
    match lang {
        Lang::Zh => {
            format!("措施（{}）", measure.number.map_or_else(|| measure.seq.to_string(), ordinal))
        }
        Lang::En => format!("Measure {}", measure.number.unwrap_or(measure.seq)),
    }
}

/// What stands around the body.
fn head(lang: Lang, draft: &PolicyDraft) -> Vec<Row> {
    let name = |path: &str| field_label(lang, path);
    let names = |names: &Vec<String>| names.join(comma(lang));
    let on_trial =
        if draft.trial { lang.pick("试行", "On trial") } else { lang.pick("不是试行", "Not on trial") };
    vec![
        read("doc_number", name("doc_number"), Kind::Line, draft.doc_number.as_ref(), Clone::clone),
        read("title", name("title"), Kind::Line, draft.title.as_ref(), Clone::clone),
        plain("trial", name("trial"), Kind::YesNo, on_trial.to_owned()),
        read("issuer", name("issuer"), Kind::Line, draft.issuer.as_ref(), Clone::clone),
        read("issue_date", name("issue_date"), Kind::Day, draft.issue_date.as_ref(), ToString::to_string),
        read("recipients", name("recipients"), Kind::Names, draft.recipients.as_ref(), names),
        read("copies", name("copies"), Kind::Names, draft.copies.as_ref(), names),
        read("openness", name("openness"), Kind::Line, draft.openness.as_ref(), Clone::clone),
    ]
}

/// From when and for how long it holds.
fn validity(lang: Lang, draft: &PolicyDraft) -> [Row; 3] {
    let day = |path: &str, day: Option<&Read<Date>>| {
        read(path, field_label(lang, path), Kind::Day, day, ToString::to_string)
    };
    let years = draft.valid_years.map(|years| years.to_string()).unwrap_or_default();
    let mut rows = [
        day("effective_from", draft.effective_from.as_ref()),
        plain("valid_years", field_label(lang, "valid_years"), Kind::Number, years),
        day("last_day", draft.last_day.as_ref()),
    ];
    // The words on validity say where all three come from.
    let words = draft.effective_text.as_ref().and_then(|read| read.place);
    let [from, years, last_day] = &mut rows;
    from.place = from.place.or(words);
    years.place = draft.valid_years.and(words);
    last_day.place = last_day.place.or(words);
    last_day.note = draft.last_day_is_by_rule().then(|| {
        lang.pick(
            "由施行日期和有效年数推出：止于周年日的前一天",
            "Follows from the first day and the years: the day before the anniversary",
        )
        .to_owned()
    });
    rows
}

fn of_measure(lang: Lang, path: &str, measure: &MeasureDraft, gaps: &[Warning]) -> [Row; 3] {
    let name = measure_name(lang, measure);
    let key = |zh: &str, en: &str| match lang {
        Lang::Zh => format!("{name}{zh}"),
        Lang::En => format!("{name}, {en}"),
    };
    let unsure = measure.units.iter().map(|unit| unit.name.sure).min();
    let waits = measure.units.iter().any(|unit| unit.target.is_none() || unit.name.waits());
    let units: Vec<String> =
        measure.units.iter().map(|unit| said(lang, unit.role, &unit.name.value)).collect();
    let first = measure.units.first().and_then(|unit| unit.name.place);
    let last = measure.units.last().and_then(|unit| unit.name.place);
    let gap = gaps.iter().find(|gap| matches!(gap, Warning::NumberGap { seq, .. } if *seq == measure.seq));
    let title =
        read(&format!("{path}.title"), key("标题", "title"), Kind::Line, Some(&measure.title), Clone::clone);
    let body = plain(&format!("{path}.body"), key("正文", "text"), Kind::Paragraphs, measure.body.clone());
    let printed = key("责任单位，按原文顺序", "units, in the order printed");
    let units = plain(&format!("{path}.units"), printed, Kind::Units, units.join(lang.pick("、", ", ")));
    [
        Row { note: gap.map(|gap| warning(lang, gap)), ..title },
        body,
        Row {
            sure: unsure,
            place: first
                .zip(last)
                .map(|(first, last)| Place { start: first.start, end: last.end.max(first.end) }),
            waits,
            ..units
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

/// A value of which the reader does not say how sure it is.
fn plain(path: &str, key: String, kind: Kind, value: String) -> Row {
    Row { path: path.to_owned(), key, value, kind, sure: None, place: None, waits: false, note: None }
}

fn read<T>(path: &str, key: String, kind: Kind, read: Option<&Read<T>>, say: impl Fn(&T) -> String) -> Row {
    Row {
        sure: read.map(|read| if read.checked { 100 } else { read.sure }),
        place: read.and_then(|read| read.place),
        waits: read.is_some_and(Read::waits),
        ..plain(path, key, kind, read.map(|read| say(&read.value)).unwrap_or_default())
    }
}
