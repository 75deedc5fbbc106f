//! The applications for one need, as a part of its page: for its unit, what was accepted of them.

use super::list::table;
use crate::session::Session;
use crate::ui::{Empty, Fetch, loaded};
use leptos::prelude::*;
use ronghe_client::ListApplications;
use ronghe_contract::Page;
use ronghe_contract::application::ApplicationRow;

/// The applications for the need that is called so.
#[component]
pub fn NeedApplications(name: String) -> impl IntoView {
    let session = Session::here();
    let asked = ListApplications { need: name, sort: "number".into(), ..ListApplications::default() };
    let kept = StoredValue::new(asked);
    let found = Fetch::new(move || {
        let ask = kept.get_value();
        async move { session.call(async |client| client.list_applications(&ask).await).await }
    });
    view! {
        <div class="section">{loaded(session, found, move |page: Page<ApplicationRow>| {
            if page.items.is_empty() { nothing(session).into_any() } else { table(session, kept.get_value(), page) }
        })}</div>
    }
}

fn nothing(session: Session) -> impl IntoView {
    let lang = session.lang();
    let title = lang.pick("还没有可看的申报", "No application to read yet");
    let words = lang.pick(
        "申报截止、启封并受理以后，列在这里。",
        "Once the window has closed and applications are accepted they stand here.",
    );
    view! { <Empty title=title words=words/> }
}
