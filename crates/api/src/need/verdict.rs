//! Needs in 遴选, and the lead office's verdicts on them.

use super::views;
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail, refusal_words};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need::{Bulk, Cursor, Filter, Judged, JudgedAll, Judgement, Refused, Sort};
use ronghe_app::query::{cursor, number, word};
use ronghe_app::{App, Error, cycle, need};
use ronghe_contract::Problem;
use ronghe_contract::need::{
    JudgeNeed, JudgeNeeds, JudgedView, RefusedView, ScreeningRow, ScreeningView, VerdictView,
};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::need::rules::Facts;
use ronghe_domain::need::verdict::VerdictDraft;
use ronghe_domain::need::{Action, Row, Verdict};
use ronghe_text::Lang;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::IntoParams;

/// Rows of one part of the list.
const ROWS: u64 = 50;

/// What the needs in 遴选 are narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListScreening {
    /// Words in title, number or text.
    #[serde(default)]
    q: String,
    /// Year of the cycle; the one that screens where empty.
    #[serde(default)]
    year: String,
    /// `open` (waits for a verdict) or `decided`; all where empty.
    #[serde(default)]
    show: String,
    /// Running number of a measure.
    #[serde(default)]
    measure: String,
    /// `next` of the part before.
    #[serde(default)]
    after: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    Open,
    Decided,
}

impl ListScreening {
    fn filter(&self) -> Result<Filter, Error> {
        let show = word("show", &self.show, &[Show::Open, Show::Decided])?;
        Ok(Filter {
            words: Some(self.q.clone()),
            measure: number("measure", &self.measure, 1, 999)?,
            decided: show.map(|show| show == Show::Decided),
            sort: Sort::Number,
            after: cursor(&self.after)?.map(|(key, id)| Cursor { key, id }),
            limit: ROWS,
            ..Filter::default()
        })
    }
}

/// Needs in 遴选 with what is meant to become of them, by number, in parts of fifty.
#[utoipa::path(get, path = "/screening", params(ListScreening), tag = "need", responses(
    (status = 200, body = ScreeningView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_screening(
    State(app): State<App>,
    Query(query): Query<ListScreening>,
    request: Request,
) -> Result<Json<ScreeningView>, Failure> {
    let cycle = screened(&app, &request, query.year.trim()).await.or_fail(&request)?;
    let filter = query.filter().or_fail(&request)?;
    let queue = need::queue(&app, &request.caller, cycle.id, &filter).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let whole = u64::try_from(queue.rows.len()).is_ok_and(|rows| rows < ROWS);
    let last = queue.rows.last().filter(|_| !whole).map(|(row, _)| Cursor::behind(row, Sort::Number));
    let row = |(row, verdict): (Row, Option<Verdict>)| {
        let ruling = verdict.as_ref().and_then(Verdict::ruling);
        let facts = Facts { verdict: ruling, ..Facts::of(&cycle) };
        let need = views::row_by(&app, &request.caller, row, &cycle, &facts, &register);
        ScreeningRow { need, ruling }
    };
    Ok(Json(ScreeningView {
        year: cycle.name(),
        closes: cycle.content.screening_end(),
        open: queue.open,
        decided: queue.decided,
        next: last.map(|it| format!("{}.{}", it.key, it.id)),
        items: queue.rows.into_iter().map(row).collect(),
        ahead: cycle.clock().ahead(),
    }))
}

/// The cycle of `year`; else the one that screens, or the newest that is opened.
pub(super) async fn screened(app: &App, request: &Request, year: &str) -> Result<Arc<Cycle>, Error> {
    if !year.is_empty() {
        return cycle::show(app, &request.caller, year).await;
    }
    let register = app.register().await?;
    let screens = register.real().find(|cycle| cycle.phase == Phase::ScreeningNeeds);
    screens.or_else(|| register.real().next()).map(Arc::clone).ok_or(Error::Hidden)
}

/// Gives a verdict on a need in 遴选, or takes one back; others read it once the need list is published.
#[utoipa::path(post, path = "/needs/{name}/verdict", tag = "need", params(("name" = String, Path)),
    request_body = JudgeNeed, responses(
    (status = 200, body = VerdictView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn judge_need(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<JudgeNeed>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view =
        |done: &Judged| (views::verdict(Some(&done.verdict), done.into.as_ref()), Some(done.verdict.version));
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::judge(&app, &turn.caller(), &name, &judgement(sent.body.clone()), seen).await;
    turn.answer(done).await
}

/// Gives one verdict on many needs in one go: on all of them, or none unless some may be left out.
#[utoipa::path(post, path = "/needs/verdicts", tag = "need", request_body = JudgeNeeds, responses(
    (status = 200, body = JudgedView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn judge_needs(State(app): State<App>, sent: Sent<JudgeNeeds>) -> Result<Response, Failure> {
    let request = sent.request.clone();
    if request.caller.actor.account().is_none() {
        return Err(Error::Unauthenticated).or_fail(&request);
    }
    let register = app.register().await.or_fail(&request)?;
    let rendering = app.clone();
    let view = move |done: &JudgedAll| {
        let rows = done.judged.iter().filter_map(|it| {
            let cycle = register.cycle(it.need.cycle)?;
            Some(views::row(&rendering, &request.caller, (&it.need).into(), cycle, &register))
        });
        let refused = refusals(&done.refused, request.lang);
        (JudgedView { done: done.done, needs: rows.collect(), refused }, None)
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let JudgeNeeds { needs, verdict, dry_run, skip_refused } = sent.body.clone();
    let bulk = Bulk { names: needs, dry_run, skip_refused };
    let done = need::judge_all(&app, &turn.caller(), &bulk, &judgement(verdict)).await;
    turn.answer(done).await
}

/// Needs on which it cannot be done, each with the reason.
pub(crate) fn refusals(refused: &[Refused], lang: Lang) -> Vec<RefusedView> {
    let one = |it: &Refused| RefusedView {
        name: it.name.clone(),
        reason: match &it.why {
            Some(refusal) => refusal_words(refusal, lang),
            None => lang.pick("没有这个编号", "There is no such number").to_owned(),
        },
    };
    refused.iter().map(one).collect()
}

fn judgement(body: JudgeNeed) -> Judgement {
    let blank = VerdictDraft::default();
    let (action, draft) = match body {
        JudgeNeed::Enlist { remark } => (Action::Enlist, VerdictDraft { remark, ..blank }),
        JudgeNeed::Decline { why, remark } => (Action::Decline, VerdictDraft { why, remark, ..blank }),
        JudgeNeed::Merge { into, remark } => (Action::Merge, VerdictDraft { into, remark, ..blank }),
        JudgeNeed::Reopen => (Action::Reopen, blank),
    };
    Judgement { action, draft }
}
