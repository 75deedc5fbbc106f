//! `ronghe policy parse`: reads a document offline.

use crate::context::Context;
use crate::exit::Failure;
use crate::file::bytes;
use crate::output::{Format, pretty, print};
use ronghe_domain::policy::parse::parse;
use ronghe_domain::policy::{PolicyDraft, Read, UnitRole};
use ronghe_text::{bracketed, colon, comma, section_number, unit_role, warning};
use serde::Serialize;
use std::path::Path;

/// Characters of a measure's body that are shown.
const STARTS_WITH: usize = 15;

#[derive(Serialize)]
struct Parsed {
    title: Option<String>,
    doc_number: Option<String>,
    issuer: Option<String>,
    issue_date: Option<String>,
    effective: Effective,
    trial: bool,
    sections: Vec<Section>,
    units_distinct: Vec<String>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Effective {
    from: Option<String>,
    text: Option<String>,
    valid_years: Option<u16>,
}

#[derive(Serialize)]
struct Section {
    number: Option<u32>,
    title: String,
    measures: Vec<Measure>,
}

#[derive(Serialize)]
struct Measure {
    number: Option<u32>,
    seq: u32,
    title: String,
    starts_with: String,
    units: Vec<Unit>,
}

#[derive(Serialize)]
struct Unit {
    name: String,
    role: UnitRole,
    group: bool,
}

/// Reads `file` (`-` for standard input) and prints what was found.
pub(crate) fn run(context: &Context, file: &Path) -> Result<(), Failure> {
    let text = text(context, file, &bytes(context, file)?)?;
    let parsed = parsed(context, &parse(&text));
    match context.output.format {
        Format::Table => print(&outline(context, &parsed)),
        Format::Json => print(&pretty(&parsed)?),
        Format::Jsonl | Format::Csv => Err(Failure::Usage(
            context.lang.pick("parse 写 json 或 table", "parse writes json or table").to_owned(),
        )),
    }
}

/// What `file` says.
pub(crate) fn text(context: &Context, file: &Path, bytes: &[u8]) -> Result<String, Failure> {
    ronghe_documents::text_of(bytes).map_err(|error| {
        Failure::input(format!("{}{}{}", file.display(), colon(context.lang), error.words(context.lang)))
    })
}

fn parsed(context: &Context, draft: &PolicyDraft) -> Parsed {
    let value = |read: Option<&Read<String>>| read.map(|read| read.value.clone());
    let day = |read: Option<&Read<ronghe_domain::kernel::Date>>| read.map(|read| read.value.to_string());
    let mut distinct: Vec<String> = Vec::new();
    for unit in draft.sections.iter().flat_map(|section| &section.measures).flat_map(|measure| &measure.units)
    {
        if !distinct.contains(&unit.name.value) {
            distinct.push(unit.name.value.clone());
        }
    }
    Parsed {
        title: value(draft.title.as_ref()),
        doc_number: value(draft.doc_number.as_ref()),
        issuer: value(draft.issuer.as_ref()),
        issue_date: day(draft.issue_date.as_ref()),
        effective: Effective {
            from: day(draft.effective_from.as_ref()),
            text: value(draft.effective_text.as_ref()),
            valid_years: draft.valid_years,
        },
        trial: draft.trial,
        sections: draft.sections.iter().map(section).collect(),
        units_distinct: distinct,
        warnings: draft.warnings.iter().map(|found| warning(context.lang, found)).collect(),
    }
}

fn section(draft: &ronghe_domain::policy::SectionDraft) -> Section {
    Section {
        number: draft.number,
        title: draft.title.value.clone(),
        measures: draft
            .measures
            .iter()
            .map(|measure| Measure {
                number: measure.number,
                seq: measure.seq,
                title: measure.title.value.clone(),
                starts_with: measure.body.chars().filter(|c| *c != '\n').take(STARTS_WITH).collect(),
                units: measure
                    .units
                    .iter()
                    .map(|unit| Unit { name: unit.name.value.clone(), role: unit.role, group: unit.group })
                    .collect(),
            })
            .collect(),
    }
}

fn outline(context: &Context, parsed: &Parsed) -> String {
    let lang = context.lang;
    let missing = lang.pick("未读出", "not found");
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| missing.to_owned());
    let mut lines = vec![
        shown(&parsed.title),
        format!("{}  {}", lang.pick("文号", "Number"), shown(&parsed.doc_number)),
        format!("{}  {}", lang.pick("发文机关", "Issued by"), shown(&parsed.issuer)),
        format!("{}  {}", lang.pick("成文日期", "Issued on"), shown(&parsed.issue_date)),
        format!("{}  {}", lang.pick("施行", "In force"), shown(&parsed.effective.text)),
    ];
    for section in &parsed.sections {
        if let Some(number) = section.number {
            lines.push(format!("\n{}{}", section_number(lang, number), section.title));
        }
        for measure in &section.measures {
            lines.push(format!("  {}. {}", measure.seq, measure.title));
            let units: Vec<String> = measure
                .units
                .iter()
                .map(|unit| match unit.role {
                    UnitRole::Responsible => unit.name.clone(),
                    role => format!("{}{}", unit.name, bracketed(lang, unit_role(lang, role))),
                })
                .collect();
            if !units.is_empty() {
                lines.push(format!("     {}", units.join(comma(lang))));
            }
        }
    }
    lines.extend(parsed.warnings.iter().map(|words| format!("! {words}")));
    lines.join("\n")
}
