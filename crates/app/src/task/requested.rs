//! Accounts that universities ask for: they wait for administrators.

use super::{MOST, Task};
use crate::account::request;
use crate::{App, Caller, Error};
use ronghe_domain::account::request::{Action, State, decide};
use ronghe_domain::account::rules::may_administer;
use ronghe_domain::task::Kind;

/// What the caller is to make an account for, or to decline: one row for each person.
pub(super) async fn requests(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    if may_administer(&caller.actor).is_err() {
        return Ok(Vec::new());
    }
    let filter = request::Filter { state: Some(State::Open), limit: MOST, ..request::Filter::default() };
    let (found, _) = request::list(app, caller, &filter).await?;
    let register = app.register().await?;
    let open = found.into_iter().filter(|it| decide(&caller.actor, it, Action::Make).is_ok());
    let task = |it: ronghe_domain::account::request::AccountRequest| Task {
        kind: Kind::MakeAccount,
        count: 1,
        record: Some(it.id.to_string()),
        year: None,
        title: it.name,
        from: register.org(it.org).map(|org| org.name.clone()).into_iter().collect(),
        deadline: None,
    };
    Ok(open.map(task).collect())
}
