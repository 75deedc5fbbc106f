//! Organisations from a table.

use super::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use crate::table;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::org::{self, Imported};
use ronghe_app::{App, Register};
use ronghe_contract::Problem;
use ronghe_contract::org::{ImportOrganisations, ImportedOrganisation, ImportedOrganisations};
use ronghe_domain::org::Organisation;

/// An empty table for organisations, in the caller's language.
#[utoipa::path(get, path = "/organisations/template.xlsx", tag = "organisation", responses(
    (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn organisation_template(request: Request) -> Result<Response, Failure> {
    let bytes = org::template(&request.caller, request.lang).or_fail(&request)?;
    Ok(table::download("organisations.xlsx", bytes))
}

/// Makes the organisations of a table, all or none; a preview only checks.
#[utoipa::path(post, path = "/organisations/import", tag = "organisation", request_body = ImportOrganisations,
    responses(
    (status = 200, body = ImportedOrganisations),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn import_organisations(
    State(app): State<App>,
    sent: Sent<ImportOrganisations, FILE_BODY_MOST>,
) -> Result<Response, Failure> {
    let register = app.register().await.or_fail(&sent.request)?;
    let bytes = table::bytes(&sent.body.file).or_fail(&sent.request)?;
    let turn = sent.turn(&app, StatusCode::OK, move |done| (view(done, &register), None)).await?;
    let done = org::import(&app, &turn.caller(), bytes, sent.body.preview).await;
    turn.answer(done).await
}

fn view(imported: &Imported, register: &Register) -> ImportedOrganisations {
    ImportedOrganisations {
        written: imported.written,
        organisations: imported.orgs.iter().map(|org| row(org, &imported.orgs, register)).collect(),
    }
}

/// Its parent is looked up in the table too: the register does not know what is only shown.
fn row(org: &Organisation, others: &[Organisation], register: &Register) -> ImportedOrganisation {
    let parent = org.parent.and_then(|id| {
        register.directory.org(id).or_else(|| others.iter().find(|other| other.id == id)).map(org_ref)
    });
    ImportedOrganisation {
        slug: org.slug.clone(),
        name: org.name.clone(),
        name_en: org.name_en.clone(),
        kind: org.kind,
        aliases: org.aliases.clone(),
        parent,
        university: org.university.clone(),
        contacts: org.contacts.clone(),
    }
}
