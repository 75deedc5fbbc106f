//! The columns of the table of needs and of that of their indicators, and the template that has both.

use super::super::policy_of;
use crate::files::table::{Field, columns, listed, named};
use crate::{App, Caller, Error};
use ronghe_documents::xlsx::{self, Page};
use ronghe_domain::kernel::{Actor, FieldProblem};
use ronghe_domain::need::rules::{self, Facts};
use ronghe_domain::need::{IndicatorDraft, NeedDraft, Refusal, Stage};
use ronghe_domain::policy::Content as PolicyContent;
use ronghe_domain::policy::forms::{Form, forms_of, open_measures};
use ronghe_text::{Lang, form, ordinal, stage};

/// Sheets of the table, in Chinese and English.
pub(super) const NEEDS: (&str, &str) = ("需求", "Needs");
pub(super) const INDICATORS: (&str, &str) = ("指标", "Indicators");
const WORDS: (&str, &str) = ("填写说明", "How to fill it in");

/// Most figures of an ordinal: no document has more measures.
const ORDINALS: u32 = 99;

/// A row of needs.
#[derive(Default)]
pub(super) struct Row {
    /// By which rows of indicators name it.
    pub(super) no: String,
    pub(super) draft: NeedDraft,
}

/// A row of indicators.
#[derive(Default)]
pub(super) struct IndicatorRow {
    pub(super) need: String,
    pub(super) draft: IndicatorDraft,
}

/// An empty table for needs of the cycle of `year`, for who files needs.
///
/// # Errors
/// Where the caller files none, or there is no such cycle.
pub async fn template(app: &App, caller: &Caller, year: &str, lang: Lang) -> Result<Vec<u8>, Error> {
    if caller.actor == Actor::Visitor {
        return Err(Error::Unauthenticated);
    }
    let cycle = crate::cycle::show(app, caller, year).await?;
    let register = app.register().await?;
    let org = caller.actor.org().and_then(|org| register.directory.org(org)).ok_or(Error::Hidden)?;
    // A table may be filled in before the window opens.
    if let Err(refusal @ Refusal::UnitsOnly) =
        rules::may_draft(&caller.actor, &Facts::of(&cycle), org, app.now())
    {
        return Err(Error::refused(refusal));
    }
    let policy = policy_of(&cycle, &register).ok_or(Error::Hidden)?;
    let page = |sheet: (&str, &str), columns| Page {
        sheet: lang.pick(sheet.0, sheet.1).to_owned(),
        columns,
        example: Vec::new(),
    };
    let pages = [page(NEEDS, columns(lang, FIELDS)), page(INDICATORS, columns(lang, INDICATOR_FIELDS))];
    let words = words(lang, policy);
    xlsx::templates(&pages, Some((lang.pick(WORDS.0, WORDS.1), &words))).map_err(Error::internal)
}

/// What each column takes, and the measures with their forms of cooperation.
fn words(lang: Lang, policy: &PolicyContent) -> Vec<Vec<String>> {
    let own = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![own(match lang {
        Lang::Zh => ["表", "列", "必填", "怎样填", "可填的值"],
        Lang::En => ["Sheet", "Column", "Needed", "How it is filled in", "Values"],
    })];
    rows.extend(FIELDS.iter().map(|field| described(lang, NEEDS, field)));
    rows.extend(INDICATOR_FIELDS.iter().map(|field| described(lang, INDICATORS, field)));
    rows.push(Vec::new());
    rows.push(own(match lang {
        Lang::Zh => ["", "对应措施", "填写", "措施名称", "合作形式（另可填“其他”）"],
        Lang::En => ["", "Measure", "Written", "Its title", "Forms of cooperation (and “Other”)"],
    }));
    for measure in policy.measures().filter(|it| open_measures(policy).contains(&it.seq)) {
        let forms: Vec<&str> = forms_of(policy, measure.seq).iter().map(|one| form(lang, *one)).collect();
        rows.push(vec![
            String::new(),
            format!("（{}）", ordinal(measure.seq)),
            measure.seq.to_string(),
            measure.title.clone(),
            forms.join(lang.pick("、", ", ")),
        ]);
    }
    rows
}

fn described<D>(lang: Lang, sheet: (&str, &str), field: &Field<D>) -> Vec<String> {
    let needed = if field.needed {
        lang.pick("必填", "Yes")
    } else if OPTIONAL.contains(&field.key) {
        lang.pick("选填", "No")
    } else {
        lang.pick("提交时必填", "To submit it")
    };
    vec![
        lang.pick(sheet.0, sheet.1).to_owned(),
        lang.pick(field.title.0, field.title.1).to_owned(),
        needed.to_owned(),
        lang.pick(field.hint.0, field.hint.1).to_owned(),
        (field.choices)(lang).join(lang.pick("、", ", ")),
    ]
}

/// What may stay empty when a need is submitted.
const OPTIONAL: &[&str] = &["title_en", "other_form", "university", "discipline", "own"];

/// The running number of a measure: 4, （四） or 四.
fn measure(words: &str) -> Result<u32, FieldProblem> {
    let inner = words.trim_matches(['（', '）', '(', ')', ' ']);
    let number = inner.parse().ok().or_else(|| (1..=ORDINALS).find(|seq| ordinal(*seq) == inner));
    number.ok_or_else(|| FieldProblem::NotANumber { min: 1, max: i64::from(ORDINALS), got: words.to_owned() })
}

/// A column of plain words.
const fn text<D>(
    key: &'static str,
    title: (&'static str, &'static str),
    width: u16,
    hint: (&'static str, &'static str),
    put: fn(&mut D, &str) -> Result<(), FieldProblem>,
) -> Field<D> {
    Field { key, title, needed: false, width, hint, choices: |_| Vec::new(), put }
}

/// Puts a cell's words into one field of a row.
macro_rules! into {
    ($($field:ident).+) => {
        |row, cell| {
            cell.clone_into(&mut row.$($field).+);
            Ok(())
        }
    };
}

pub(super) const FIELDS: &[Field<Row>] = &[
    Field {
        needed: true,
        ..text(
            "no",
            ("序号", "No."),
            8,
            (
                "本表里的编号，如 1；指标表用它指明是哪条需求",
                "A number of its own in this table, such as 1; indicators name the need by it",
            ),
            into!(no),
        )
    },
    text("title", ("标题", "Title"), 32, ("最多 60 字", "At most 60 characters"), into!(draft.title)),
    text(
        "title_en",
        ("英文标题", "English title"),
        32,
        ("最多 160 字", "At most 160 characters"),
        into!(draft.title_en),
    ),
    text(
        "measures",
        ("对应措施", "Measures"),
        14,
        (
            "措施的序号，主要的在前，最多 4 条，用顿号分开，如 4、10",
            "Numbers of measures, the main one first, at most 4, separated by commas, such as 4, 10",
        ),
        |row: &mut Row, cell| {
            for word in listed(cell) {
                row.draft.measures.push(measure(word)?);
            }
            Ok(())
        },
    ),
    Field {
        choices: |lang| Form::ALL.map(|one| form(lang, one).to_owned()).to_vec(),
        ..text(
            "forms",
            ("合作形式", "Forms of cooperation"),
            28,
            (
                "所填措施下的形式，一个或几个，用顿号分开",
                "Forms of the measures named, one or several, separated by commas",
            ),
            |row: &mut Row, cell| {
                // One form has a mark of enumeration in its own name.
                if let Ok(whole) = named(cell, &Form::ALL, form) {
                    row.draft.forms.push(whole);
                    return Ok(());
                }
                for word in listed(&cell.replace("艺术团、运动队", "艺术团·运动队")) {
                    row.draft.forms.push(named(&word.replace('·', "、"), &Form::ALL, form)?);
                }
                Ok(())
            },
        )
    },
    text(
        "other_form",
        ("其他形式", "Other form"),
        20,
        ("合作形式有“其他”时写明", "What “Other” means, where it is among the forms"),
        into!(draft.other_form),
    ),
    Field {
        choices: |lang| Stage::ALL.map(|one| stage(lang, one).to_owned()).to_vec(),
        ..text(
            "stages",
            ("学段", "School stages"),
            16,
            ("一个或几个，用顿号分开", "One or several, separated by commas"),
            |row: &mut Row, cell| {
                for word in listed(cell) {
                    row.draft.stages.push(named(word, &Stage::ALL, stage)?);
                }
                Ok(())
            },
        )
    },
    text(
        "students",
        ("受益学生", "Pupils who benefit"),
        10,
        ("人数，整数", "A whole number"),
        into!(draft.students),
    ),
    text(
        "teachers",
        ("受益教师", "Teachers who benefit"),
        10,
        ("人数，整数；不能与受益学生同时为 0", "A whole number; not 0 together with the pupils"),
        into!(draft.teachers),
    ),
    text(
        "background",
        ("背景", "Background"),
        40,
        ("最多 2000 字", "At most 2,000 characters"),
        into!(draft.background),
    ),
    text(
        "goals",
        ("目标与内容", "Goals"),
        40,
        ("最多 2000 字", "At most 2,000 characters"),
        into!(draft.goals),
    ),
    text(
        "benefit",
        ("预期效益", "Expected benefit"),
        40,
        ("最多 2000 字", "At most 2,000 characters"),
        into!(draft.benefit),
    ),
    text(
        "university",
        ("意向高校", "Wanted university"),
        20,
        ("全称、简称或地址名", "Official name, short name or name in addresses"),
        into!(draft.university),
    ),
    text(
        "discipline",
        ("意向学科", "Wanted discipline"),
        18,
        ("最多 100 字", "At most 100 characters"),
        into!(draft.discipline),
    ),
    text(
        "budget",
        ("经费预算", "Budget"),
        14,
        ("以元为单位，如 60000 或 12,500.00", "In yuan, such as 60000 or 12,500.00"),
        into!(draft.budget),
    ),
    text(
        "own",
        ("其中学校自筹", "Of it, own funds"),
        14,
        ("以元为单位；不填为 0", "In yuan; 0 where empty"),
        into!(draft.own),
    ),
    text(
        "period",
        ("实施周期", "Period"),
        18,
        ("最多 100 字，如 一个学年", "At most 100 characters, such as one school year"),
        into!(draft.period),
    ),
    text(
        "contact_name",
        ("联系人姓名", "Contact's name"),
        12,
        ("最多 30 字", "At most 30 characters"),
        into!(draft.contact_name),
    ),
    text(
        "contact_phone",
        ("联系电话", "Contact's telephone"),
        16,
        ("数字，可以有空格和 - +", "Figures; spaces, - and + may stand in it"),
        into!(draft.contact_phone),
    ),
];

pub(super) const INDICATOR_FIELDS: &[Field<IndicatorRow>] = &[
    Field {
        needed: true,
        ..text(
            "need",
            ("需求序号", "Need's no."),
            10,
            ("“需求”表里的序号", "The number of the need in the sheet of needs"),
            into!(need),
        )
    },
    text("name", ("指标名称", "Indicator"), 32, ("最多 60 字", "At most 60 characters"), into!(draft.name)),
    text("unit", ("计量单位", "Unit"), 10, ("如 人、%", "Such as people or %"), into!(draft.unit)),
    text(
        "baseline",
        ("现状值", "Baseline"),
        12,
        ("数字，最多两位小数", "A number of at most two decimals"),
        into!(draft.baseline),
    ),
    text(
        "target",
        ("目标值", "Target"),
        12,
        ("数字，与现状值不同", "A number, another than the baseline"),
        into!(draft.target),
    ),
];
