//! Needs that say much the same as one.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::need::{Alike, Compared};
use ronghe_app::{App, Caller, Register, need};
use ronghe_contract::need::{AlikeView, ComparedView, PassageView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::Cycle;

/// Up to five other needs of its cycle that the caller may see and that say much the same, the likest first.
#[utoipa::path(get, path = "/needs/{name}/alike", tag = "need", params(("name" = String, Path)), responses(
    (status = 200, body = Page<AlikeView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_alike_needs(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Page<AlikeView>>, Failure> {
    let (cycle, found) = need::alike(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let caller = &request.caller;
    let items: Vec<_> = found.into_iter().map(|it| view(&app, caller, it, &cycle, &register)).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

fn view(app: &App, caller: &Caller, alike: Alike, cycle: &Cycle, register: &Register) -> AlikeView {
    AlikeView {
        need: views::row(app, caller, alike.row, cycle, register),
        likeness: alike.likeness,
        fields: alike.fields.into_iter().map(compared).collect(),
    }
}

fn compared(it: Compared) -> ComparedView {
    let passages = it.passages.into_iter().map(|passage| PassageView {
        own_from: passage.a.start,
        own_to: passage.a.end,
        other_from: passage.b.start,
        other_to: passage.b.end,
    });
    ComparedView { field: it.field, own: it.own, other: it.other, passages: passages.collect() }
}
