//! Accounts from a table.

use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use crate::session::views::org_of;
use crate::table;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::account::{self, Done, Imported};
use ronghe_app::{App, Register};
use ronghe_contract::Problem;
use ronghe_contract::account::{ImportAccounts, ImportedAccount, ImportedAccounts};
use ronghe_domain::account::Ask;

/// An empty table for accounts, in the caller's language.
#[utoipa::path(get, path = "/accounts/template.xlsx", tag = "account", responses(
    (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn account_template(request: Request) -> Result<Response, Failure> {
    let bytes = account::template(&request.caller, request.lang).or_fail(&request)?;
    Ok(table::download("accounts.xlsx", bytes))
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
    let bytes = table::bytes(&sent.body.file).or_fail(&sent.request)?;
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
        Some(Ask::Reset | Ask::Post(_)) | None => &account.roles,
    };
    ImportedAccount {
        login: account.login.clone(),
        name: account.name.clone(),
        org: org_of(account.org, register),
        roles: asked.iter().copied().collect(),
        link: done.link.as_ref().map(super::views::link),
    }
}
