//! What was submitted, each time, and in what two of them differ.

use super::show_whole;
use crate::{App, Caller, Error};
use ronghe_domain::application::rules::sees_draft;
use ronghe_domain::application::version::differences;
use ronghe_domain::application::{Application, Field, Submission};
use ronghe_store as store;

/// Two versions, and in what they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub before: Submission,
    pub after: Submission,
    pub fields: Vec<Field>,
}

/// The versions of an application that the caller may see, the first one first.
///
/// # Errors
/// `Hidden` where the caller does not see the application.
pub async fn versions(app: &App, caller: &Caller, name: &str) -> Result<Vec<Submission>, Error> {
    let application = show_whole(app, caller, name).await?.application;
    let all = store::application::version::list(app.db().reader(), &app.sealer(), application.id).await?;
    Ok(seen(all, caller, &application))
}

/// Versions `before` and `after` of an application side by side.
///
/// # Errors
/// `Hidden` where the caller does not see the application, or there is no such version.
pub async fn compare(
    app: &App,
    caller: &Caller,
    name: &str,
    before: u32,
    after: u32,
) -> Result<Compared, Error> {
    let all = versions(app, caller, name).await?;
    let find = |n: u32| all.iter().find(|it| it.n == n).cloned().ok_or(Error::Hidden);
    let (before, after) = (find(before)?, find(after)?);
    let fields = differences(&before.content, &after.content);
    Ok(Compared { before, after, fields })
}

/// What was taken back before the seal was opened stays with its university: others see what lay in it then, and what
/// came afterwards.
fn seen(all: Vec<Submission>, caller: &Caller, application: &Application) -> Vec<Submission> {
    let Some(opened) = application.opened_at.filter(|_| !sees_draft(&caller.actor, application)) else {
        return all;
    };
    let lay = all.iter().filter(|it| it.at < opened).map(|it| it.n).max();
    all.into_iter().filter(|it| Some(it.n) >= lay).collect()
}
