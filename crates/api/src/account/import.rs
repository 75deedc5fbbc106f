//! Accounts from a table.

use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use crate::session::views::org_of;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_app::account::{self, Done, Imported};
use ronghe_app::{App, Error, Register};
use ronghe_contract::Problem;
use ronghe_contract::account::{ImportAccounts, ImportedAccount, ImportedAccounts, LinkMade};
use ronghe_domain::account::Ask;
use ronghe_domain::kernel::FieldProblem;

/// Media type of `.xlsx`.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// An empty table for accounts, in the caller's language.
#[utoipa::path(get, path = "/accounts/template.xlsx", tag = "account", responses(
    (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn account_template(request: Request) -> Result<Response, Failure> {
    let bytes = account::template(&request.caller, request.lang).or_fail(&request)?;
    let headers = [(CONTENT_TYPE, XLSX), (CONTENT_DISPOSITION, "attachment; filename=\"accounts.xlsx\"")];
    Ok((headers, bytes).into_response())
}

/// Makes the accounts of a table, all or none; a preview only checks.
#[utoipa::path(post, path = "/accounts/import", tag = "account", request_body = ImportAccounts, responses(
    (status = 200, body = ImportedAccounts),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn import_accounts(
    State(app): State<App>,
    sent: Sent<ImportAccounts, FILE_BODY_MOST>,
) -> Result<Response, Failure> {
    let register = app.register().await.or_fail(&sent.request)?;
    let unreadable = |_| Error::field("file", FieldProblem::Unreadable);
    let bytes = STANDARD.decode(sent.body.file.trim()).map_err(unreadable).or_fail(&sent.request)?;
    let turn = sent.turn(&app, StatusCode::OK, move |done| (view(done, &register), None)).await?;
    let done = account::import(&app, &turn.caller(), bytes, sent.body.preview).await;
    turn.answer(done).await
}

fn view(imported: &Imported, register: &Register) -> ImportedAccounts {
    match imported {
        Imported::Preview(new) => ImportedAccounts {
            written: false,
            accounts: new
                .iter()
                .map(|account| ImportedAccount {
                    login: account.login.clone(),
                    name: account.name.clone(),
                    org: org_of(account.org, register),
                    roles: account.roles.iter().copied().collect(),
                    link: None,
                })
                .collect(),
        },
        Imported::Made(made) => ImportedAccounts {
            written: true,
            accounts: made.iter().map(|done| made_view(done, register)).collect(),
        },
    }
}

fn made_view(done: &Done, register: &Register) -> ImportedAccount {
    let account = &done.account;
    let asked = match account.pending.as_ref().map(|pending| &pending.ask) {
        Some(Ask::Roles(roles)) => roles,
        Some(Ask::Reset) | None => &account.roles,
    };
    ImportedAccount {
        login: account.login.clone(),
        name: account.name.clone(),
        org: org_of(account.org, register),
        roles: asked.iter().copied().collect(),
        link: done.link.as_ref().map(|link| LinkMade {
            path: format!("/app/links/{}", link.code),
            expires: link.expires.to_string(),
        }),
    }
}
