//! The needs of a list: as rows, and one of them whole, as anybody reads it once it is published.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::output::Column;
use ronghe_client::Client;
use ronghe_contract::need_list::{NeedListDocument, NeedListItem, NeedListRow};
use ronghe_domain::need::Field;
use ronghe_domain::need_list::document::{Listed, Named};
use ronghe_domain::need_list::{Edition, ListNumber};
use ronghe_text::{Lang, comma, form, list_title, measure_titled, need_field, stage, yuan};

const ITEMS: &[Column] = &[
    Column { name: "number", zh: "清单编号", en: "Number" },
    Column { name: "need", zh: "需求", en: "Need" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "district", zh: "区县", en: "District" },
    Column { name: "measures", zh: "措施", en: "Measures" },
    Column { name: "budget", zh: "经费", en: "Budget" },
];

/// The needs of a version, one a row.
pub(super) async fn rows(context: &Context, year: &str, edition: Option<&str>) -> Result<(), Failure> {
    let lang = context.lang;
    let view = super::found(&context.client()?, lang, year, edition).await?;
    context.output.rows(ITEMS, &view.items, |item| cells(lang, item))?;
    let count = view.items.len();
    let title = list_title(lang, &view.row.year, view.row.no);
    done(
        context,
        &match lang {
            Lang::Zh => format!("{title}：{count} 条需求"),
            Lang::En if count == 1 => format!("{title}: 1 need"),
            Lang::En => format!("{title}: {count} needs"),
        },
    );
    Ok(())
}

fn cells(lang: Lang, item: &NeedListItem) -> Vec<String> {
    let city = || lang.pick("市直", "Municipal").to_owned();
    let measures: Vec<String> = item.measures.iter().map(ToString::to_string).collect();
    vec![
        item.number.clone(),
        item.need.clone(),
        titled(lang, &item.title, &item.title_en),
        lang.pick(&item.unit.name, &item.unit.name_en).to_owned(),
        item.district.as_ref().map_or_else(city, |it| lang.pick(&it.name, &it.name_en).to_owned()),
        measures.join(" "),
        item.budget.map(|budget| budget.to_string()).unwrap_or_default(),
    ]
}

/// The title in this language, where there is one.
fn titled(lang: Lang, title: &str, title_en: &str) -> String {
    let english = lang == Lang::En && !title_en.trim().is_empty();
    if english { title_en.to_owned() } else { title.to_owned() }
}

/// One need as the newest published version that holds it says it.
pub(super) async fn one(context: &Context, name: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let unknown = || match lang {
        Lang::Zh => format!("已发布的清单上没有“{name}”"),
        Lang::En => format!("no published list holds “{name}”"),
    };
    let hint = lang.pick("ronghe need-list items 年度", "ronghe need-list items YEAR");
    let year = year_of(name).ok_or_else(|| Failure::with_hint(unknown(), hint))?;
    let client = context.client()?;
    let versions = client.show_need_lists(&year).await?.versions;
    let Some((at, found)) = held(&client, &year, &versions, name).await? else {
        return Err(Failure::with_hint(unknown(), hint));
    };
    context.output.one(&found, || lines(lang, &found))?;
    // Whoever reads a need that the list no longer holds must know it.
    if let Some(later) = at.checked_sub(1).and_then(|at| versions.get(at)) {
        let document = client.export_need_list(&year, &Edition(later.no).to_string()).await?;
        let reason = taken_out(&document, &found.need);
        let words = match lang {
            Lang::Zh => format!("warning: 已由清单第 {} 版移出：{reason}", later.no),
            Lang::En => format!("warning: taken out by version {} of the list: {reason}", later.no),
        };
        say(context, Sign::Warning, &words);
    }
    Ok(())
}

/// The cycle that a number names: `2026-001` of its list, or `N2026-0137` of its own.
fn year_of(name: &str) -> Option<String> {
    ListNumber::parse(name.trim().trim_start_matches(['N', 'n'])).map(|number| number.cycle)
}

/// The need that is called so, and the place of the newest version that holds it; `versions` begin with the newest.
async fn held(
    client: &Client,
    year: &str,
    versions: &[NeedListRow],
    name: &str,
) -> Result<Option<(usize, Listed)>, Failure> {
    let wanted =
        ListNumber::parse(name).map_or_else(|| name.trim().to_ascii_uppercase(), |it| it.to_string());
    for (at, version) in versions.iter().enumerate() {
        let document = client.export_need_list(year, &Edition(version.no).to_string()).await?;
        let found = document.needs.into_iter().find(|it| it.number == wanted || it.need == wanted);
        if let Some(found) = found {
            return Ok(Some((at, found)));
        }
    }
    Ok(None)
}

/// Why a version left a need out: what is said of it, else of the version.
fn taken_out(document: &NeedListDocument, need: &str) -> String {
    let own = document.removed.iter().find(|it| it.need == need).map(|it| it.reason.clone());
    own.filter(|reason| !reason.is_empty()).unwrap_or_else(|| document.reason.clone())
}

/// A need as a list holds it: no person stands in it.
fn lines(lang: Lang, need: &Listed) -> Vec<String> {
    let separator = comma(lang);
    let line = |field: Field, text: String| format!("{}  {text}", need_field(lang, field));
    let name = |it: &Named| lang.pick(&it.name, &it.name_en).to_owned();
    let measures: Vec<String> =
        need.measures.iter().map(|it| measure_titled(lang, it.seq, &it.title)).collect();
    let mut forms: Vec<&str> = need.forms.iter().map(|it| form(lang, *it)).collect();
    forms.extend(Some(need.other_form.as_str()).filter(|other| !other.is_empty()));
    let stages: Vec<&str> = need.stages.iter().map(|it| stage(lang, *it)).collect();
    let mut lines = vec![
        format!("{}  {}  {}", need.number, need.need, titled(lang, &need.title, &need.title_en)),
        format!("{}  {}", lang.pick("需求单位", "Unit"), name(&need.unit)),
    ];
    lines.extend(need.district.iter().map(|it| format!("{}  {}", lang.pick("区县", "District"), name(it))));
    lines.extend([
        line(Field::Measures, measures.join(separator)),
        line(Field::Forms, forms.join(separator)),
        line(Field::Stages, stages.join(separator)),
        line(Field::Students, need.students.to_string()),
        line(Field::Teachers, need.teachers.to_string()),
        line(Field::Background, need.background.clone()),
        line(Field::Goals, need.goals.clone()),
        line(Field::Benefit, need.benefit.clone()),
    ]);
    lines.extend(need.indicators.iter().map(|it| {
        line(Field::Indicators, format!("{}  {} → {} {}", it.name, it.baseline, it.target, it.unit))
    }));
    lines.extend(need.university.iter().map(|it| line(Field::University, name(it))));
    let discipline = Some(need.discipline.clone()).filter(|it| !it.is_empty());
    lines.extend(discipline.map(|it| line(Field::Discipline, it)));
    lines.push(line(Field::Budget, yuan(lang, need.budget)));
    lines.push(line(Field::Own, yuan(lang, need.own)));
    lines.push(line(Field::Period, need.period.clone()));
    lines.extend(need.origins.iter().map(|it| {
        let words = lang.pick("并入", "Takes up");
        format!("{words}  {}  {}  {}", it.need, it.title, name(&it.unit))
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn a_number_names_its_cycle() {
        for (name, year) in [
            ("2026-001", Some("2026")),
            ("N2026-0137", Some("2026")),
            (" n2026r1-0002 ", Some("2026R1")),
            ("A-1", None),
            ("2026", None),
        ] {
            assert_eq!(year_of(name).as_deref(), year, "{name}");
        }
    }
}
