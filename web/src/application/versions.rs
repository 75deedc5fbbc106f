//! What was submitted of an application, each time; two of the versions side by side, what changed alone.

use super::form::said;
use crate::session::Session;
use crate::ui::{Fetch, loaded};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_contract::application::{ComparedVersions, FiledView, VersionRow, VersionView};
use ronghe_decision::changes::{Piece, changes};
use ronghe_domain::application::Field;
use ronghe_domain::application::draft::Purpose;
use ronghe_text::{Lang, application_field, file_purpose, file_size, instant};

/// The versions, and those two that the address names.
#[component]
pub(super) fn Versions(name: String, versions: Vec<VersionRow>) -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.with(|query| query.get(name).and_then(|it| it.parse::<u32>().ok()));
        of("before").zip(of("after"))
    });
    let last = versions.iter().rev().map(|it| it.n).collect::<Vec<_>>();
    let pick = match last.as_slice() {
        [after, before, ..] => {
            Some(view! { <Pick name=name.clone() numbers=last.clone() asked=asked first=(*before, *after)/> })
        }
        _ => None,
    };
    let compared = move || {
        let (before, after) = asked.get()?;
        Some(view! { <Beside name=name.clone() before=before after=after/> })
    };
    (!versions.is_empty()).then(|| {
        view! {
            <section class="stack"><h2>{session.lang().pick("版本", "Versions")}</h2>
                {history(session.lang(), &versions)}{pick}{compared}</section>
        }
    })
}

/// What was submitted, each time, and in what it changed.
fn history(lang: Lang, versions: &[VersionRow]) -> impl IntoView + use<> {
    let row = |it: &VersionRow| {
        let changed: Vec<&str> = it.changed.iter().map(|field| application_field(lang, *field)).collect();
        let changed =
            if changed.is_empty() { "—".to_owned() } else { changed.join(lang.pick("、", ", ")) };
        view! {
            <tr><th scope="row">{it.n}</th><td data-label=lang.pick("提交时间", "Submitted")>{instant(lang, it.at)}</td>
                <td data-label=lang.pick("不同的项目", "Changed")>{changed}</td></tr>
        }
    };
    let rows = versions.iter().rev().map(row).collect_view();
    view! {
        <div class="table-frame"><table class="table" data-narrow="cards">
            <caption class="unseen">{lang.pick("提交过的版本，最近的在前", "What was submitted, the last one first")}</caption>
            <thead><tr><th scope="col">{lang.pick("版本", "Version")}</th>
                <th scope="col">{lang.pick("提交时间", "Submitted")}</th>
                <th scope="col">{lang.pick("与上一版不同的项目", "What differs from the one before")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
}

/// Two versions to be picked: the last two where the address names none.
#[component]
fn Pick(
    name: String,
    numbers: Vec<u32>,
    asked: Memo<Option<(u32, u32)>>,
    first: (u32, u32),
) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let (before, after) = asked.get_untracked().unwrap_or(first);
    let (before, after) = (RwSignal::new(before), RwSignal::new(after));
    // The address leads: Back changes it too.
    Effect::new(move |_| {
        if let Some((one, other)) = asked.get() {
            before.set(one);
            after.set(other);
        }
    });
    let navigate = use_navigate();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let to = format!(
            "/app/applications/{name}?before={}&after={}",
            before.get_untracked(),
            after.get_untracked()
        );
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    };
    let choice = move |words: &'static str, chosen: RwSignal<u32>| {
        let options = numbers.iter().map(|n| {
            let n = *n;
            view! { <option value=n.to_string() prop:selected=move || chosen.get() == n>{which(lang, n)}</option> }
        });
        view! {
            <label class="filter-bar__field"><span>{words}</span>
                <select class="select" on:change=move |event| {
                    if let Ok(n) = event_target_value(&event).parse() { chosen.set(n); }
                }>{options.collect_view()}</select></label>
        }
    };
    view! {
        <form class="filter-bar" aria-label=lang.pick("对照两个版本", "Compare two versions") on:submit=go>
            {choice(lang.pick("对照", "Compare"), before)}{choice(lang.pick("与", "with"), after)}
            <button class="button" type="submit">{lang.pick("只看改动", "Show what changed")}</button></form>
    }
}

fn which(lang: Lang, n: u32) -> String {
    match lang {
        Lang::Zh => format!("第 {n} 版"),
        Lang::En => format!("Version {n}"),
    }
}

/// Two versions, the fields alone in which they differ.
#[component]
fn Beside(name: String, before: u32, after: u32) -> impl IntoView {
    let session = Session::here();
    let found = Fetch::new(move || {
        let name = name.clone();
        async move {
            session.call(async |client| client.compare_application_versions(&name, before, after).await).await
        }
    });
    loaded(session, found, move |it: ComparedVersions| table(session.lang(), &it))
}

fn table(lang: Lang, it: &ComparedVersions) -> AnyView {
    let (before, after) = (which(lang, it.before.n), which(lang, it.after.n));
    if it.fields.is_empty() {
        let words = lang.pick("这两个版本没有不同。", "These two versions do not differ.");
        return view! { <p class="quiet" role="status">{words}</p> }.into_any();
    }
    let rows = it.fields.iter().map(|field| row(lang, *field, &it.before, &it.after)).collect_view();
    let caption = format!("{before} · {after}");
    view! {
        <div class="table-frame"><table class="table alike__texts" data-narrow="cards">
            <caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{lang.pick("项目", "Field")}</th>
                <th scope="col">{before}<small class="quiet">" "{instant(lang, it.before.at)}</small></th>
                <th scope="col">{after}<small class="quiet">" "{instant(lang, it.after.at)}</small></th></tr></thead>
            <tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

fn row(lang: Lang, field: Field, before: &VersionView, after: &VersionView) -> impl IntoView + use<> {
    let (old, new) = changes(&words(lang, field, before), &words(lang, field, after));
    let gone = old.iter().map(|it| piece(it, lang.pick("删", "gone"), true).into_any()).collect_view();
    let come = new.iter().map(|it| piece(it, lang.pick("增", "new"), false).into_any()).collect_view();
    let empty = |pieces: &[Piece]| {
        pieces.is_empty().then(|| view! { <span class="quiet">{lang.pick("未填", "not given")}</span> })
    };
    let (no_old, no_new) = (empty(&old), empty(&new));
    view! {
        <tr><th scope="row">{application_field(lang, field)}</th>
            <td data-label=which(lang, before.n)>{no_old}<p class="alike__text">{gone}</p></td>
            <td data-label=which(lang, after.n)>{no_new}<p class="alike__text">{come}</p></td></tr>
    }
}

/// What changed carries a word and a line, for who does not see colours.
fn piece(it: &Piece, word: &'static str, is_gone: bool) -> impl IntoView + use<> {
    let text = it.text.clone();
    match (it.is_changed, is_gone) {
        (false, _) => text.into_any(),
        (true, true) => view! { <small>{word}" "</small><del>{text}</del> }.into_any(),
        (true, false) => view! { <small>{word}" "</small><ins>{text}</ins> }.into_any(),
    }
}

/// What a field says in a version, a line for each row; of files their purpose and name.
fn words(lang: Lang, field: Field, version: &VersionView) -> String {
    let is_sealed = |it: &&FiledView| (it.purpose == Purpose::SealedPage) == (field == Field::SealedPage);
    let lines = match field {
        Field::Attachments | Field::SealedPage => {
            let file = |it: &FiledView| {
                format!("{} {} {}", file_purpose(lang, it.purpose), it.file.name, file_size(it.file.size))
            };
            version.files.iter().filter(is_sealed).map(file).collect()
        }
        field => said(lang, &version.content, field),
    };
    let lines: Vec<&str> = lines.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    lines.iter().map(|line| format!("{line}\n")).collect()
}
