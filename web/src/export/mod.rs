//! Lists that the person takes out in the background: what is made, what lies ready.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, Fetch, PageHead, Trouble, loaded, tag};
use leptos::prelude::*;
use ronghe_contract::export::ExportView;
use ronghe_domain::export::{Action, State};
use ronghe_domain::view::List;
use ronghe_text::{Lang, export_action, export_state, file_size, instant, view_filters};
use std::time::Duration;

/// How long the page waits before it looks again whether a file is made.
const AGAIN: Duration = Duration::from_secs(3);

type Found = Fetch<Result<Vec<ExportView>, Trouble>>;

/// The page.
#[component]
pub fn Exports() -> impl IntoView {
    let session = Session::here();
    let found: Found =
        Fetch::new(move || async move { session.call(async |client| client.list_exports().await).await });
    let title = Signal::derive(move || session.lang().pick("导出的文件", "Exported files").to_owned());
    let line = Signal::derive(move || {
        let words = "5,000 行以上的列表在后台导出，只有你能下载，生成后保留 7 天。";
        let en = "A list of more than 5,000 rows is made in the background. You alone can download it, for 7 days.";
        session.lang().pick(words, en).to_owned()
    });
    view! {
        <PageHead title=title line=line/>
        {loaded(session, found, move |exports: Vec<ExportView>| list(session, exports, found))}
    }
}

fn list(session: Session, exports: Vec<ExportView>, found: Found) -> AnyView {
    let lang = session.lang();
    if exports.is_empty() {
        let title = lang.pick("没有导出的文件", "There is no exported file");
        let words = lang.pick(
            "在需求列表里选“导出”；行数多的列表生成后出现在这里。",
            "Choose “Export” in the list of needs; a long list appears here once it is made.",
        );
        return view! { <Empty title=title words=words/> }.into_any();
    }
    if exports.iter().any(|export| export.state.is_under_way()) {
        set_timeout(move || found.refetch(), AGAIN);
    }
    let act = Act::new();
    let rows = exports.into_iter().map(|export| row(lang, export, act, found)).collect_view();
    view! { <ActBox act=act/><ul class="section">{rows}</ul> }.into_any()
}

/// Whose turn it is: the file waits for the person, or the person for the file.
const fn turn(state: State) -> &'static str {
    match state {
        State::Waiting | State::Running => "others",
        State::Ready => "yours",
        State::Failed => "error",
    }
}

fn row(lang: Lang, export: ExportView, act: Act, found: Found) -> impl IntoView {
    let id = export.id;
    let what = lang.pick("需求：", "Needs: ").to_owned() + &view_filters(lang, List::Needs, &export.filters);
    let state = tag(turn(export.state), export_state(lang, export.state));
    let can_fetch = export.offers.contains(&Action::Fetch);
    let file = can_fetch.then(|| {
        let count = match lang {
            Lang::Zh => format!("{} 行，{}", export.rows, file_size(export.size)),
            Lang::En => format!("{} rows, {}", export.rows, file_size(export.size)),
        };
        let until = export.expires.map(|until| instant(lang, until)).unwrap_or_default();
        format!("{count}{}{until}", lang.pick("，保留至 ", ", kept until "))
    });
    let fetch = can_fetch.then(|| {
        let to = format!("/api/v1/exports/{id}/file");
        let words = format!("{} {}", export_action(lang, Action::Fetch), export.form.name().to_uppercase());
        view! { <a class="button" data-size="small" href=to rel="external" download="">{words}</a> }
    });
    let delete =
        move |_| act.run(async move |client| client.delete_export(id).await, move |()| found.refetch());
    let delete = export.offers.contains(&Action::Delete).then(|| {
        view! { <button class="button" data-kind="quiet" data-size="small" type="button" on:click=delete>{export_action(lang, Action::Delete)}</button> }
    });
    view! {
        <li class="inbox__row">
            <p>{what}" "{state}</p>
            <p class="inbox__from">{file}</p>
            <p class="deadline"><time datetime=export.asked_at.to_string()>{instant(lang, export.asked_at)}</time></p>
            <div class="button-row">{fetch}{delete}</div>
        </li>
    }
}
