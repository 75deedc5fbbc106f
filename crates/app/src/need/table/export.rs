//! Lists of needs to be saved: the rows that the caller may see, with the columns of the list.

use super::super::Filter;
use crate::audited::Table;
use crate::unit::Tx;
use crate::{App, AtOnce, Caller, Error, Register};
use ronghe_documents::xlsx::{self, Cell};
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::export::{Form, ROWS_MOST, Refusal};
use ronghe_domain::kernel::{Fen, Instant};
use ronghe_domain::need::Row;
use ronghe_domain::need::rules::{Facts, turn};
use ronghe_text::{Lang, before_close, csv, instant, need_state, ordinal};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The needs that the caller may see and `filter` asks for, all of them, as a file. That they were taken out stands
/// in the chain before the answer; `asked` is what the list was narrowed to, in the caller's words.
///
/// No more stands in it than in the list: neither contacts nor texts.
///
/// # Errors
/// `Unauthenticated` for visitors; `Long` where there are more rows than a request writes itself.
pub async fn export(
    app: &App,
    caller: &Caller,
    filter: &Filter,
    asked: &BTreeMap<String, String>,
    (form, lang): (Form, Lang),
) -> Result<Vec<u8>, Error> {
    let AtOnce(most) = app.settings().at_once;
    let rows = rows(app, caller, filter, most.saturating_add(1)).await?;
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if count > most {
        return Err(Error::refused(Refusal::Long { most }));
    }
    let words = json!({ "rows": count, "form": form, "asked": asked });
    app.write(caller, |tx: Tx| {
        let words: Value = words.clone();
        async move {
            tx.said(audit::Action::Export, &Table("needs"), words);
            Ok(())
        }
    })
    .await?;
    bytes(app, rows, (form, lang)).await
}

/// The same however many there are, and how many: for a job, which notes itself what becomes of them.
pub(crate) async fn file(
    app: &App,
    caller: &Caller,
    filter: &Filter,
    (form, lang): (Form, Lang),
) -> Result<(Vec<u8>, u64), Error> {
    let rows = rows(app, caller, filter, ROWS_MOST).await?;
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    Ok((bytes(app, rows, (form, lang)).await?, count))
}

async fn rows(app: &App, caller: &Caller, filter: &Filter, most: u64) -> Result<Vec<Row>, Error> {
    let whole = Filter { after: None, limit: most.min(ROWS_MOST), ..filter.clone() };
    Ok(super::super::list(app, caller, &whole).await?.0)
}

async fn bytes(app: &App, rows: Vec<Row>, (form, lang): (Form, Lang)) -> Result<Vec<u8>, Error> {
    let (register, now) = (app.register().await?, app.now());
    let written = tokio::task::spawn_blocking(move || written(form, lang, &rows, &register, now));
    written.await.map_err(Error::internal)?
}

fn written(
    form: Form,
    lang: Lang,
    rows: &[Row],
    register: &Register,
    now: Instant,
) -> Result<Vec<u8>, Error> {
    let cells = rows.iter().map(|row| cells(lang, row, register, now));
    match form {
        Form::Xlsx => {
            let rows: Vec<Vec<Cell>> = cells.map(|row| row.into_iter().map(cell).collect()).collect();
            let heads = HEADS.map(|(zh, en, width)| (lang.pick(zh, en).to_owned(), width));
            xlsx::list(lang.pick("需求", "Needs"), &heads, &rows).map_err(Error::internal)
        }
        Form::Csv => {
            let head = HEADS.map(|(zh, en, _)| lang.pick(zh, en).to_owned()).to_vec();
            let rows: Vec<Vec<String>> =
                std::iter::once(head).chain(cells.map(|row| row.into_iter().map(plain).collect())).collect();
            Ok(csv::table(&rows).into_bytes())
        }
    }
}

/// The columns of the list: heads in Chinese and English, widths in characters.
const HEADS: [(&str, &str, u16); 12] = [
    ("编号", "Number", 14),
    ("标题", "Title", 40),
    ("英文标题", "English title", 30),
    ("年度", "Year", 10),
    ("单位", "Unit", 28),
    ("区县教体局", "District bureau", 24),
    ("措施", "Measures", 16),
    ("状态", "State", 14),
    ("等谁", "Waits for", 20),
    ("期限", "Deadline", 18),
    ("经费（元）", "Budget (CNY)", 16),
    ("最近改动", "Changed", 18),
];

/// What stands in one column of a row.
enum Said {
    Words(String),
    Money(Option<Fen>),
}

fn cells(lang: Lang, row: &Row, register: &Register, now: Instant) -> [Said; 12] {
    let cycle: Option<&Arc<Cycle>> = register.cycle(row.cycle);
    let stands = row.standing;
    let waits = cycle.map(|cycle| turn(stands, &Facts::of(cycle), now));
    let org = |id| register.org(id).map(|org| lang.pick(&org.name, &org.name_en).to_owned());
    let measures = row.measures.iter().map(|seq| format!("（{}）", ordinal(*seq)));
    let until = waits.and_then(|(_, until)| until).map(|closes| instant(lang, before_close(closes)));
    [
        Said::Words(row.seq.map(|_| row.name().to_string()).unwrap_or_default()),
        Said::Words(row.title.clone()),
        Said::Words(row.title_en.clone()),
        Said::Words(cycle.map(|cycle| cycle.name()).unwrap_or_default()),
        Said::Words(org(stands.unit).unwrap_or_default()),
        Said::Words(stands.district.and_then(org).unwrap_or_default()),
        Said::Words(measures.collect()),
        Said::Words(need_state(lang, stands.state).to_owned()),
        Said::Words(waits.map(|(whose, _)| ronghe_text::turn(lang, whose).to_owned()).unwrap_or_default()),
        Said::Words(until.unwrap_or_default()),
        Said::Money(row.budget),
        Said::Words(instant(lang, row.changed_at)),
    ]
}

fn plain(said: Said) -> String {
    match said {
        Said::Words(words) => words,
        Said::Money(amount) => amount.map(figures).unwrap_or_default(),
    }
}

fn cell(said: Said) -> Cell {
    match said {
        Said::Words(words) if words.is_empty() => Cell::Empty,
        Said::Words(words) => Cell::Text(words),
        Said::Money(amount) => {
            amount.and_then(|amount| figures(amount).parse().ok()).map_or(Cell::Empty, Cell::Number)
        }
    }
}

/// An amount without separators, so that programs take it for a number.
fn figures(amount: Fen) -> String {
    amount.to_string().replace(',', "")
}
