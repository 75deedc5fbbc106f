//! 待办.

use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::task::Task;
use ronghe_app::{App, cycle, task};
use ronghe_contract::task::TaskView;
use ronghe_contract::{Page, Problem};
use ronghe_domain::task::Soon;

/// What waits for the caller, and on whom they wait, the next deadline first.
#[utoipa::path(get, path = "/tasks", tag = "task", responses(
    (status = 200, body = Page<TaskView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_tasks(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Page<TaskView>>, Failure> {
    let now = app.now();
    let tasks = task::list(&app, &request.caller).await.or_fail(&request)?;
    let cycles = cycle::list(&app, &request.caller).await.or_fail(&request)?;
    // By the clock of the cycle that it is of, or that it is itself.
    let clock = |task: &Task| {
        let named = task.year.as_deref().or(task.record.as_deref()).unwrap_or_default();
        cycles.iter().find(|cycle| cycle.name() == named).map(|cycle| cycle.clock()).unwrap_or_default()
    };
    let items: Vec<TaskView> = tasks
        .into_iter()
        .map(|task| TaskView {
            kind: task.kind,
            soon: Soon::of(task.kind, task.deadline, clock(&task).at(now)),
            ahead: clock(&task).ahead(),
            count: task.count,
            record: task.record,
            year: task.year,
            title: task.title,
            from: task.from,
            deadline: task.deadline,
        })
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}
