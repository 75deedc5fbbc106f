//! Browsers that are signed in, and ending one.

use crate::session::Session;
use crate::ui::{Fetch, Trouble, TroubleBox, loaded, moment, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_contract::session::SessionRow;

/// The section.
#[component]
pub fn Sessions() -> impl IntoView {
    let session = Session::here();
    let rows =
        Fetch::new(move || async move { session.call(async |client| client.list_sessions().await).await });
    let trouble = RwSignal::new(None::<Trouble>);
    let end = move |id: String| {
        spawn_local(async move {
            match session.call(async |client| client.end_session(&id).await).await {
                Ok(()) => rows.refetch(),
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let row = move |row: SessionRow| {
        let lang = session.lang();
        let id = row.id.clone();
        let current = row.current;
        view! {
            <li class="entry"><div>
                <p>{browser(&row.agent)}" "{current.then(|| tag("done", lang.pick("这个浏览器", "this browser")))}</p>
                <p class="quiet"><small>{lang.pick("登录 ", "Since ")}{moment(lang, &row.since)}{lang.pick("，最近使用 ", ", last used ")}{moment(lang, &row.last_seen)}" "{row.address}</small></p></div>
                {(!current).then(|| view! { <button class="button" data-size="small" on:click=move |_| end(id.clone())>{lang.pick("结束", "End")}</button> })}
            </li>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="sessions"><h2 id="sessions">{move || session.lang().pick("登录中的浏览器", "Browsers signed in")}</h2>
            <TroubleBox trouble=trouble/>
            {loaded(session, rows, move |found: Vec<SessionRow>| view! { <ul class="entries">{found.into_iter().map(row).collect_view()}</ul> })}
        </section>
    }
}

/// The browser and its system, from its own words.
fn browser(agent: &str) -> String {
    let browsers = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}
