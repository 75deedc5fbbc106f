//! The list of pages with how far each has come, the next step, and what stands beside them.

use super::{Outline, Page, Returned, Save};
use crate::session::Session;
use crate::ui::{PageHead, back, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_domain::kernel::Progress;
use ronghe_text::{Lang, ordinal};

/// The pages of the form, in any order.
#[component]
pub fn TaskList(
    outline: Signal<Outline>,
    /// The title as it is typed.
    typed: Signal<String>,
    saved: AnyView,
    save: Save,
    #[prop(into)] facts: ViewFn,
    #[prop(into)] below: ViewFn,
) -> impl IntoView {
    let session = Session::here();
    let heading = Signal::derive(move || {
        let verb = outline.with(|it| it.verb);
        let name = typed.get();
        if name.trim().is_empty() {
            verb.to_owned()
        } else {
            format!("{verb}{}{name}", session.lang().pick("：", ": "))
        }
    });
    let home = move || outline.with(|it| back(session, it.home.0, it.home.1));
    let returned = move || outline.with(|it| it.returned.clone().map(returned));
    let rows = move || {
        outline
            .with(|it| it.pages.iter().enumerate().map(|(at, page)| row(&it.base, at, page)).collect_view())
    };
    view! {
        {home}
        <PageHead title=heading>{saved}</PageHead>
        <div class="form-page">
            <div class="stack">
                {returned}
                <ol class="task-list">{rows}</ol>
                <Next outline=outline save=save/>
            </div>
            <aside class="beside stack" data-first="">
                <section><h2>{move || session.lang().pick("进度", "Progress")}</h2>
                    {move || outline.with(|it| bar(session.lang(), it))}
                    <dl class="facts">{move || facts.run()}</dl></section>
                {move || below.run()}
            </aside>
        </div>
    }
}

fn row(base: &str, at: usize, page: &Page) -> impl IntoView + use<> {
    let number = ordinal(u32::try_from(at + 1).unwrap_or_default());
    let turn = match page.progress {
        Progress::Done => "done",
        Progress::Started | Progress::ToCorrect => "yours",
        Progress::NotStarted | Progress::Closed => "draft",
    };
    let link = if page.is_open {
        let to = format!("{base}/edit/{}", page.slug);
        view! { <a href=to>{page.name}</a> }.into_any()
    } else {
        view! { <strong>{page.name}</strong> }.into_any()
    };
    view! {
        <li class="task-list__row"><span class="task-list__ordinal" aria-hidden="true">{number}</span>
            <div>{link}<p class="task-list__hint">{page.hint.clone()}</p></div>{tag(turn, page.words)}</li>
    }
}

/// Who returned it, when, and what has to be done.
fn returned(it: Returned) -> impl IntoView {
    let remark = (!it.remark.is_empty()).then(|| view! { <p>{it.remark}</p> });
    let rest = it.rest.map(|rest| view! { <p>{rest}</p> });
    view! { <div class="banner" data-turn="yours"><div><p class="banner__title">{it.head}</p>{remark}{rest}</div></div> }
}

/// The next step: a page that is open, or the check.
#[component]
fn Next(outline: Signal<Outline>, save: Save) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    move || {
        let lang = session.lang();
        let it = outline.get();
        let can_submit = it.submit == Some(None);
        let to_check = format!("{}/check", it.base);
        let (navigate, to) = (navigate.clone(), to_check.clone());
        let check = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            let (navigate, to) = (navigate.clone(), to.clone());
            save.with_value(|save| save(Box::new(move || navigate(&to, Default::default()))));
        };
        // What a return names comes first; what it opened and has been corrected needs no further page.
        let wants = it.next().is_some_and(|page| page.progress == Progress::ToCorrect);
        let open = it.next().filter(|_| wants || !can_submit || it.returned.is_none());
        let checking = can_submit.then(|| {
            let (words, kind) = (lang.pick("核对并提交", "Check and submit"), (!wants).then_some("primary"));
            view! { <a class="button" data-kind=kind href=to_check on:click=check>{words}</a> }.into_any()
        });
        let fill = open.map(|page| {
            let words = format!("{}{}", lang.pick("填写", "Fill in: "), page.name);
            let to = format!("{}/edit/{}", it.base, page.slug);
            let kind = (wants || !can_submit).then_some("primary");
            view! { <a class="button" data-kind=kind href=to>{words}</a> }.into_any()
        });
        let (first, second) = if wants { (fill, checking) } else { (checking, fill) };
        let others =
            it.others.iter().map(|it| view! { <a class="button" href=it.to.clone()>{it.words.clone()}</a> });
        let others = others.collect_view();
        let reason = it.submit.clone().flatten().map(|reason| {
            view! {
                <section class="offers__barred"><h2>{lang.pick("暂不能操作", "Not now")}</h2>
                    <ul><li>{it.submit_words}{lang.pick("：", ": ")}{reason}</li></ul></section>
            }
        });
        view! { <div class="offers"><div class="button-row">{first}{second}{others}</div>{reason}</div> }
    }
}

/// How much is done.
fn bar(lang: Lang, outline: &Outline) -> impl IntoView + use<> {
    let (all, done) = outline.counted();
    let width = (done * 100).checked_div(all).unwrap_or_default();
    let said = match lang {
        Lang::Zh => format!("{all} 节中完成 {done} 节"),
        Lang::En => format!("{done} of {all} pages done"),
    };
    let label = said.clone();
    view! {
        <div class="progress"><span>{said}</span><svg role="img" aria-label=label><rect class="track" width="100%" height="6"/>
            <rect class="s1" width=format!("{width}%") height="6"/></svg></div>
    }
}
