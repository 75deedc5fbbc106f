//! Lists that are taken out in the background.

use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use crate::table;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::{App, Error, export};
use ronghe_contract::Problem;
use ronghe_contract::export::{AskExport, ExportView};
use ronghe_domain::export::{Export, may_export, offers};
use ronghe_domain::kernel::{Actor, ExportId, Instant};
use ronghe_domain::message::template::Language;
use ronghe_text::Lang;

/// The exports of the caller, last asked for first.
#[utoipa::path(get, path = "/exports", tag = "export", responses(
    (status = 200, body = Vec<ExportView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_exports(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Vec<ExportView>>, Failure> {
    let found = export::list(&app, &request.caller).await.or_fail(&request)?;
    let (actor, now) = (&request.caller.actor, app.now());
    Ok(Json(found.iter().map(|export| shown(actor, export, now)).collect()))
}

/// Asks for the needs that the caller may see, as a file that is made in the background. The session's ten exports
/// within an hour count it.
#[utoipa::path(post, path = "/exports", tag = "export", request_body = AskExport, responses(
    (status = 201, body = ExportView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_export(State(app): State<App>, sent: Sent<AskExport>) -> Result<Response, Failure> {
    if may_export(&sent.request.caller.actor).is_err() {
        return Err(Error::Unauthenticated).or_fail(&sent.request);
    }
    let language = match sent.request.lang {
        Lang::Zh => Language::Zh,
        Lang::En => Language::En,
    };
    let (actor, now) = (sent.request.caller.actor.clone(), app.now());
    let render = move |export: &Export| (shown(&actor, export, now), None);
    let turn = sent.turn(&app, StatusCode::CREATED, render).await?;
    sent.request.count_export(&app)?;
    let done = export::ask(&app, &turn.caller(), &sent.body.filters, (sent.body.form, language)).await;
    if let Err(Error::Refused(_) | Error::Invalid(_)) = &done {
        // Nothing was asked for.
        sent.request.give_export_back(&app);
    }
    turn.answer(done).await
}

/// One export of the caller.
#[utoipa::path(get, path = "/exports/{id}", tag = "export", params(("id" = String, Path)), responses(
    (status = 200, body = ExportView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_export(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<ExportView>, Failure> {
    let id = parse(&id).or_fail(&request)?;
    let export = export::show(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(Json(shown(&request.caller.actor, &export, app.now())))
}

/// The file of an export. That it goes out stands in the audit chain.
#[utoipa::path(get, path = "/exports/{id}/file", tag = "export", params(("id" = String, Path)), responses(
    (status = 200, content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (String = "text/csv"),
    )),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn download_export(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let id = parse(&id).or_fail(&request)?;
    let (export, content) = export::fetch(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(table::stream(export.form, export.size, content))
}

/// Takes an export away, with its file; one that is not made yet is called off.
#[utoipa::path(delete, path = "/exports/{id}", tag = "export", params(("id" = String, Path)), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn delete_export(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = parse(&id).or_fail(&request)?;
    export::delete(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}

fn parse(id: &str) -> Result<ExportId, Error> {
    id.parse().map_err(|_no_id| Error::Hidden)
}

fn shown(actor: &Actor, export: &Export, now: Instant) -> ExportView {
    ExportView {
        id: export.id,
        form: export.form,
        filters: export.asked.clone(),
        state: export.state,
        rows: export.rows,
        size: export.size,
        asked_at: export.asked_at,
        expires: export.expires(),
        offers: offers(actor, export, now),
    }
}
