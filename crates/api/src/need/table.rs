//! Needs from a table, and lists of needs to be saved.

use super::act::year;
use super::handlers::ListNeeds;
use crate::address::Query;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use crate::table;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need::narrowed;
use ronghe_app::need::table::{How, Imported, Line, export, import, template};
use ronghe_app::query::word;
use ronghe_app::{App, Error};
use ronghe_contract::Problem;
use ronghe_contract::need::{ImportNeeds, ImportedNeed, ImportedNeeds};
use ronghe_domain::export::{Form, may_export};
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows of a table that its answer shows.
const SHOWN: usize = 200;

/// For which cycle a table is filled in.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct OfCycle {
    /// Year of the cycle; the one that is open where empty.
    #[serde(default)]
    year: String,
}

/// An empty table for needs, in the caller's language: its sheets are needs, their indicators, and what each column
/// takes.
#[utoipa::path(get, path = "/needs/template.xlsx", tag = "need", params(OfCycle), responses(
    (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn need_template(
    State(app): State<App>,
    Query(query): Query<OfCycle>,
    request: Request,
) -> Result<Response, Failure> {
    let year = year(&app, &query.year).await.or_fail(&request)?;
    let bytes = template(&app, &request.caller, &year, request.lang).await.or_fail(&request)?;
    Ok(table::download("needs.xlsx", bytes))
}

/// Makes the needs of a table, all or none, as drafts or submitted at once; a preview only checks.
#[utoipa::path(post, path = "/needs/import", tag = "need", request_body = ImportNeeds, responses(
    (status = 200, body = ImportedNeeds),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn import_needs(
    State(app): State<App>,
    sent: Sent<ImportNeeds, FILE_BODY_MOST>,
) -> Result<Response, Failure> {
    let year = year(&app, &sent.body.year).await.or_fail(&sent.request)?;
    let bytes = table::bytes(&sent.body.file).or_fail(&sent.request)?;
    let turn = sent.turn(&app, StatusCode::OK, |done| (view(done), None)).await?;
    let how = How { submit: sent.body.submit, preview: sent.body.preview };
    let done = import(&app, &turn.caller(), &year, bytes, how).await;
    turn.answer(done).await
}

fn view(imported: &Imported) -> ImportedNeeds {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    ImportedNeeds {
        written: imported.written,
        total: count(imported.lines.len()),
        with_gaps: count(imported.lines.iter().filter(|line| !line.gaps.is_empty()).count()),
        needs: imported.lines.iter().take(SHOWN).map(row).collect(),
    }
}

fn row(line: &Line) -> ImportedNeed {
    ImportedNeed {
        row: line.row,
        name: line.name.map(|name| name.to_string()),
        title: line.title.clone(),
        measures: line.measures.clone(),
        budget: line.budget.clone(),
        indicators: u64::try_from(line.indicators).unwrap_or(u64::MAX),
        gaps: line.gaps.clone(),
    }
}

/// As what a list is saved.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct AsFile {
    /// `xlsx` or `csv`; the former where empty.
    #[serde(default)]
    format: String,
}

/// The needs that the caller may see, all that the list is narrowed to, as a file. It stands in the audit chain, and a
/// session has ten within an hour. More than 5,000 rows are refused: `POST /exports` makes them in the background.
#[utoipa::path(get, path = "/needs/export", tag = "need", params(ListNeeds, AsFile), responses(
    (status = 200, content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (String = "text/csv"),
    )),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn export_needs(
    State(app): State<App>,
    Query(query): Query<ListNeeds>,
    Query(as_file): Query<AsFile>,
    request: Request,
) -> Result<Response, Failure> {
    if may_export(&request.caller.actor).is_err() {
        return Err(Error::Unauthenticated).or_fail(&request);
    }
    let asked = query.asked().or_fail(&request)?;
    let filter = narrowed(&app, &request.caller, &asked).await.or_fail(&request)?;
    let form = word("format", &as_file.format, &Form::ALL).or_fail(&request)?.unwrap_or_default();
    request.count_export(&app)?;
    let bytes = export(&app, &request.caller, &filter, &asked, (form, request.lang)).await;
    if let Err(Error::Refused(_)) = &bytes {
        // Nothing was taken out: it is asked for in the background, and counted there.
        request.give_export_back(&app);
    }
    let bytes = bytes.or_fail(&request)?;
    Ok(match form {
        Form::Xlsx => table::download("needs.xlsx", bytes),
        Form::Csv => table::download_csv("needs.csv", bytes),
    })
}
