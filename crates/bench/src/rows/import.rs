//! 10,000 needs from one `.xlsx`, checked and written in one transaction. They become drafts, which stand outside the
//! audit chain: the table has an event. The floor writes the same texts row by row in one transaction.

use super::Bench;
use crate::data::{NEEDS, drafts};
use crate::floor;
use crate::load::{Answer, Connection};
use crate::table::Row;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::Request;
use ronghe_domain::need::NeedDraft;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Instant;

const HEAD: [&str; 19] = [
    "序号",
    "标题",
    "英文标题",
    "对应措施",
    "合作形式",
    "其他形式",
    "学段",
    "受益学生",
    "受益教师",
    "背景",
    "目标与内容",
    "预期效益",
    "意向高校",
    "意向学科",
    "经费预算",
    "其中学校自筹",
    "实施周期",
    "联系人姓名",
    "联系电话",
];
const INDICATORS: [&str; 5] = ["需求序号", "指标名称", "计量单位", "现状值", "目标值"];

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let drafts = drafts(NEEDS)?;
    let texts = drafts.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let bare = floor::inserts(bench.world.url(), &texts).await?;
    let file = STANDARD.encode(book(&drafts)?);
    let writer = bench.world.writers.first().context("nobody files needs")?;
    let body = json!({ "file": file, "year": bench.world.year }).to_string();
    let ask = Request::post("/api/v1/needs/import")
        .header("content-type", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", &writer.school)
        .header("idempotency-key", "bench-import");
    let mut connection = Connection::open(bench.ours.target.address).await?;
    let began = Instant::now();
    let answer: Answer = connection.send(ask.body(Full::from(body))?).await?;
    let took = began.elapsed().as_secs_f64();
    answer.hold()?;
    let said: Value = serde_json::from_slice(&answer.body)?;
    ensure!(said.get("total") == Some(&json!(NEEDS)), "the table was not imported whole: {said:.300}");
    Ok(vec![
        Row::ratio("import", Some(bench.database), took, "s", "bare inserts", bare.as_secs_f64()),
        Row::plain("import whole", Some(bench.database), took, "s"),
    ])
}

/// The table as a school would fill it in.
fn book(drafts: &[NeedDraft]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("需求")?;
    line(page, 0, HEAD)?;
    for (nth, draft) in (1_u32..).zip(drafts) {
        let measures = draft.measures.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
        let (forms, stages) = (named(&draft.forms)?, named(&draft.stages)?);
        let no = nth.to_string();
        line(
            page,
            nth,
            [
                &no,
                &draft.title,
                &draft.title_en,
                &measures,
                &forms,
                &draft.other_form,
                &stages,
                &draft.students,
                &draft.teachers,
                &draft.background,
                &draft.goals,
                &draft.benefit,
                &draft.university,
                &draft.discipline,
                &draft.budget,
                &draft.own,
                &draft.period,
                &draft.contact_name,
                &draft.contact_phone,
            ]
            .map(String::as_str),
        )?;
    }
    let page = book.add_worksheet().set_name("指标")?;
    line(page, 0, INDICATORS)?;
    let indicators =
        (1_u32..).zip(drafts).flat_map(|(nth, draft)| draft.indicators.iter().map(move |it| (nth, it)));
    for (row, (nth, it)) in (1_u32..).zip(indicators) {
        line(
            page,
            row,
            [&nth.to_string(), &it.name, &it.unit, &it.baseline, &it.target].map(String::as_str),
        )?;
    }
    Ok(book.save_to_buffer()?)
}

fn line<'a>(
    page: &mut Worksheet,
    row: u32,
    cells: impl IntoIterator<Item = &'a str>,
) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        page.write_string(row, column, cell)?;
    }
    Ok(())
}

/// Values as the API calls them, in one cell.
fn named<T: Serialize>(values: &[T]) -> Result<String> {
    let names =
        values.iter().map(|value| Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned()));
    Ok(names.collect::<Result<Vec<_>>>()?.join("、"))
}
