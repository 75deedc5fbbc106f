//! Questions and answers on needs of the published list.

mod views;

use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::query::{unknown_word, word};
use ronghe_app::question::{self, Act, Shown};
use ronghe_app::{App, Error, cycle};
use ronghe_contract::question::{ActOnQuestion, QuestionView, QuestionsView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::Version;
use ronghe_domain::question::rules::answers;
use ronghe_domain::question::{AnswerDraft, QuestionDraft};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::IntoParams;

/// What a list of questions is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListQuestions {
    /// Year of the cycle; the one that takes applications where empty.
    #[serde(default)]
    year: String,
    /// `overdue`; all that wait where empty.
    #[serde(default)]
    show: String,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    Overdue,
}

/// The questions on a need with their answers, and whether the caller can ask. Who asked nobody reads.
#[utoipa::path(get, path = "/needs/{name}/questions", tag = "question", params(("name" = String, Path)), responses(
    (status = 200, body = QuestionsView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_need_questions(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<QuestionsView>, Failure> {
    let thread = question::thread(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(views::thread(&app, &request.caller, &thread, &register)))
}

/// Asks about a need of the published list; the question is public at once, without who asks.
#[utoipa::path(post, path = "/needs/{name}/questions", tag = "question", params(("name" = String, Path)),
    request_body = QuestionDraft, responses(
    (status = 201, body = QuestionView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_question(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<QuestionDraft>,
) -> Result<Response, Failure> {
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = question::ask(&app, &turn.caller(), &name, &sent.body).await;
    turn.answer(done).await
}

/// The questions that wait for an answer of the caller: of their own unit, or all of them for the lead office.
#[utoipa::path(get, path = "/questions", params(ListQuestions), tag = "question", responses(
    (status = 200, body = Page<QuestionView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_questions(
    State(app): State<App>,
    Query(query): Query<ListQuestions>,
    request: Request,
) -> Result<Json<Page<QuestionView>>, Failure> {
    let overdue = word("show", &query.show, &[Show::Overdue]).or_fail(&request)?.is_some();
    let items = match taking(&app, &request, query.year.trim()).await.or_fail(&request)? {
        Some(cycle) => {
            let found = question::waiting(&app, &request.caller, &cycle, overdue).await.or_fail(&request)?;
            let register = app.register().await.or_fail(&request)?;
            let view = |(shown, _): &_| views::view(&app, &request.caller, shown, &register);
            found.iter().map(view).collect()
        }
        None => Vec::new(),
    };
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// The cycle of `year`; where it is empty, the one that takes applications.
async fn taking(app: &App, request: &Request, year: &str) -> Result<Option<Arc<Cycle>>, Error> {
    if request.caller.actor.account().is_none() {
        return Err(Error::Unauthenticated);
    }
    if answers(&request.caller.actor).is_none() {
        return Err(Error::Hidden);
    }
    let mut cycles = cycle::list(app, &request.caller).await?.into_iter();
    if year.is_empty() {
        return Ok(cycles.find(|cycle| cycle.phase == Phase::AcceptingApplications));
    }
    let found = cycles.find(|cycle| cycle.name() == year);
    found.map(Some).ok_or_else(|| unknown_word("year", year, &[]))
}

/// One question with its answers, and what the caller can do with it.
#[utoipa::path(get, path = "/questions/{name}", tag = "question", params(("name" = String, Path)), responses(
    (status = 200, body = QuestionView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_question(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = question::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let view = views::view(&app, &request.caller, &shown, &register);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Answers a question, corrects an answer, or takes the question back.
#[utoipa::path(post, path = "/questions/{name}/actions", tag = "question", params(("name" = String, Path)),
    request_body = ActOnQuestion, responses(
    (status = 200, body = QuestionView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_question(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<ActOnQuestion>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = question::act(&app, &turn.caller(), &name, act(sent.body.clone()), seen).await;
    turn.answer(done).await
}

fn act(body: ActOnQuestion) -> Act {
    match body {
        ActOnQuestion::Answer { answer } => Act::Answer(AnswerDraft { answer }),
        ActOnQuestion::Correct { answer } => Act::Correct(AnswerDraft { answer }),
        ActOnQuestion::TakeBack { ground } => Act::TakeBack(ground),
    }
}

/// How a question is rendered for the caller.
async fn rendering(
    app: &App,
    request: &Request,
) -> Result<impl Fn(&Shown) -> (QuestionView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let (app, caller) = (app.clone(), request.caller.clone());
    Ok(move |shown: &Shown| (views::view(&app, &caller, shown, &register), Some(shown.question.version)))
}
