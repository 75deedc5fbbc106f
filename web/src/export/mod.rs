//! Lists that the person takes out in the background: what is made, what lies ready.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, Fetch, PageHead, Trouble, focus, loaded, tag};
use leptos::prelude::*;
use ronghe_contract::export::ExportView;
use ronghe_domain::export::{Action, DIRECT_MOST, State};
use ronghe_domain::kernel::ExportId;
use ronghe_domain::view::List;
use ronghe_text::{
    Lang, count, export_action, export_refusal, export_state, file_size, instant, view_filters,
};
use std::time::Duration;

/// How long the page waits before it looks again whether a file is made.
const AGAIN: Duration = Duration::from_secs(3);

type Found = Fetch<Result<Vec<ExportView>, Trouble>>;

/// What is on the page: it stays while it is asked for again, and so does where the person stands in it.
#[derive(Clone, Copy)]
struct Page {
    session: Session,
    found: Found,
    /// The list as it came last.
    latest: Memo<Option<Vec<ExportView>>>,
    act: Act,
}

/// The page.
#[component]
pub fn Exports() -> impl IntoView {
    let session = Session::here();
    let found: Found =
        Fetch::new(move || async move { session.call(async |client| client.list_exports().await).await });
    let latest = Memo::new(move |before: Option<&Option<Vec<ExportView>>>| {
        let now = found.with(|found| found.and_then(|found| found.as_ref().ok()).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let page = Page { session, found, latest, act: Act::new() };
    let has_come = Memo::new(move |_| latest.with(Option::is_some));
    let made = look_again(page);
    let title = Signal::derive(move || session.lang().pick("导出的文件", "Exported files").to_owned());
    let line = Signal::derive(move || {
        let most = count(DIRECT_MOST);
        match session.lang() {
            Lang::Zh => format!("超过 {most} 行的列表在后台导出，只有你能下载，生成后保留 7 天。"),
            Lang::En => format!(
                "A list of more than {most} rows is made in the background. You alone can download it, for 7 days."
            ),
        }
    });
    let said = move || match (made.get(), session.lang()) {
        (0, _) => String::new(),
        (made, Lang::Zh) => format!("新生成 {made} 个文件，可以下载"),
        (1, Lang::En) => "1 file has just been made and can be downloaded".to_owned(),
        (made, Lang::En) => format!("{made} files have just been made and can be downloaded"),
    };
    view! {
        <PageHead title=title line=line/>
        <p class="quiet" role="status">{said}</p>
        {move || match has_come.get() {
            true => list(page).into_any(),
            false => loaded(session, found, |_: Vec<ExportView>| ()).into_any(),
        }}
    }
}

/// Asks again while something is made, by one timer, and counts what has become ready while the page is open.
fn look_again(page: Page) -> RwSignal<usize> {
    let Page { found, latest, .. } = page;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        stop();
        let is_answered = found.with(|found| found.is_some());
        let under_way = |exports: &Vec<ExportView>| exports.iter().any(|it| it.state.is_under_way());
        if is_answered && latest.with(|latest| latest.as_ref().is_some_and(under_way)) {
            timer.set_value(set_timeout_with_handle(move || found.refetch(), AGAIN).ok());
        }
    });
    on_cleanup(stop);
    let made = RwSignal::new(0);
    Effect::new(move |before: Option<Vec<ExportId>>| {
        let before = before.unwrap_or_default();
        latest.with(|latest| {
            let exports = || latest.iter().flatten();
            let new = exports().filter(|it| it.state == State::Ready && before.contains(&it.id)).count();
            if new > 0 {
                made.update(|made| *made += new);
            }
            exports().filter(|it| it.state.is_under_way()).map(|it| it.id).collect()
        })
    });
    made
}

fn list(page: Page) -> impl IntoView {
    let Page { session, found, latest, act } = page;
    let is_empty = Memo::new(move |_| latest.with(|latest| latest.iter().flatten().next().is_none()));
    // What is shown is older than that.
    let failed = Memo::new(move |_| {
        found.with(|found| found.and_then(|found| found.as_ref().err()).map(|trouble| trouble.title.clone()))
    });
    view! {
        <ActBox act=act/>
        {move || failed.get().map(|said| view! { <p class="field__error" role="alert">{said}</p> })}
        {move || is_empty.get().then(|| nothing(session.lang()))}
        <ul class="section"><For each=move || latest.get().unwrap_or_default() key=|export| export.id.to_string()
            children=move |export| row(page, export)/></ul>
    }
}

fn nothing(lang: Lang) -> impl IntoView {
    let title = lang.pick("没有导出的文件", "There is no exported file");
    let words = lang.pick(
        "在需求列表里选“导出”；行数多的列表生成后出现在这里。",
        "Choose “Export” in the list of needs; a long list appears here once it is made.",
    );
    view! {
        <Empty title=title words=words><a class="button" href="/app/needs">{lang.pick("看需求", "See the needs")}</a></Empty>
    }
}

/// Whether the person can do `action` now.
fn offers(export: &ExportView, action: Action) -> bool {
    export.offers.iter().any(|offer| offer.action == action && offer.barred.is_none())
}

/// Where it stands, in words, and whose turn it is: the file waits for the person, or the person for the file.
fn standing(lang: Lang, export: &ExportView) -> (&'static str, &'static str) {
    let turn = match export.state {
        State::Waiting | State::Running => "others",
        State::Ready if !offers(export, Action::Fetch) => {
            return ("draft", lang.pick("已过期", "Expired"));
        }
        State::Ready => "yours",
        State::Failed => "error",
    };
    (turn, export_state(lang, export.state))
}

/// One of them; its parts change in place, and the buttons stay where they can be pressed as before.
fn row(page: Page, first: ExportView) -> impl IntoView {
    let Page { session, found, latest, act } = page;
    let (id, form, asked_at) = (first.id, first.form, first.asked_at);
    let filters = first.filters.clone();
    let now = Memo::new(move |_| {
        let own = latest.with(|latest| latest.iter().flatten().find(|it| it.id == id).cloned());
        own.unwrap_or_else(|| first.clone())
    });
    let can = move |action: Action| Memo::new(move |_| now.with(|now| offers(now, action)));
    let (can_fetch, can_delete) = (can(Action::Fetch), can(Action::Delete));
    let what = move || {
        let lang = session.lang();
        lang.pick("需求：", "Needs: ").to_owned() + &view_filters(lang, List::Needs, &filters)
    };
    let state = move || {
        let (turn, words) = now.with(|now| standing(session.lang(), now));
        tag(turn, words)
    };
    let file = move || can_fetch.get().then(|| now.with(|now| file_words(session.lang(), now)));
    let fetch = move || {
        can_fetch.get().then(|| {
            let to = format!("/api/v1/exports/{id}/file");
            let words =
                format!("{} {}", export_action(session.lang(), Action::Fetch), form.name().to_uppercase());
            view! { <a class="button" data-size="small" href=to rel="external" download="">{words}</a> }
        })
    };
    let why = move || {
        let barred = now.with(|now| now.offers.iter().find_map(|offer| offer.barred))?;
        Some(view! { <small class="quiet">{export_refusal(session.lang(), barred)}</small> })
    };
    let then = move |()| {
        found.refetch();
        focus("main");
    };
    let delete = move |_| act.run(async move |client| client.delete_export(id).await, then);
    let delete = move || {
        can_delete.get().then(|| {
            view! { <button class="button" data-kind="quiet" data-size="small" type="button" on:click=delete>
            {export_action(session.lang(), Action::Delete)}</button> }
        })
    };
    view! {
        <li class="inbox__row">
            <p>{what}" "{state}</p>
            <p class="inbox__from">{file}</p>
            <p class="deadline"><time datetime=asked_at.to_string()>{move || instant(session.lang(), asked_at)}</time></p>
            <div class="button-row">{fetch}{why}{delete}</div>
        </li>
    }
}

/// What the file holds, and how long it is kept.
fn file_words(lang: Lang, export: &ExportView) -> String {
    let count = match lang {
        Lang::Zh => format!("{} 行，{}", export.rows, file_size(export.size)),
        Lang::En => format!("{} rows, {}", export.rows, file_size(export.size)),
    };
    let until = export.expires.map(|until| instant(lang, until)).unwrap_or_default();
    format!("{count}{}{until}", lang.pick("，保留至 ", ", kept until "))
}
