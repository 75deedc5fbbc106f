//! One's own access tokens.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::token::Token;
use ronghe_app::{App, Error, token};
use ronghe_contract::Problem;
use ronghe_contract::session::{NewToken, TokenMade, TokenRow};
use ronghe_domain::kernel::TokenId;

/// One's own access tokens.
#[utoipa::path(get, path = "/me/tokens", tag = "session", responses(
    (status = 200, body = Vec<TokenRow>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_tokens(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Vec<TokenRow>>, Failure> {
    let tokens = token::list(&app, &request.caller).await.or_fail(&request)?;
    Ok(Json(tokens.iter().map(views::token_row).collect()))
}

/// Makes an access token; its secret is in this answer only.
#[utoipa::path(post, path = "/me/tokens", tag = "session", request_body = NewToken, responses(
    (status = 201, body = TokenMade),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn make_token(State(app): State<App>, sent: Sent<NewToken>) -> Result<Response, Failure> {
    let view = |(row, token): &(Token, String)| {
        (TokenMade { token: token.clone(), row: views::token_row(row) }, None)
    };
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let NewToken { name, scopes, days } = &sent.body;
    let made = token::make(&app, &turn.caller(), name, scopes, *days).await;
    turn.answer(made).await
}

/// Ends an access token.
#[utoipa::path(delete, path = "/me/tokens/{id}", tag = "session", params(("id" = String, Path)), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn end_token(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = id.parse().map(TokenId).map_err(|_| Error::Hidden).or_fail(&request)?;
    token::end(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}
