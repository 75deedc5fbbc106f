//! Checking what was read: the text beside the fields, each leading to the other; corrections save
//! themselves.

mod conflict;
mod desk;
mod edit;
mod fields;
mod mend;
mod paper;
mod rows;
mod units;
mod warnings;

pub use desk::Desks;

use super::{offered, title};
use crate::session::Session;
use crate::ui::{Conflicts, PageHead, Saved, SavedLine, Working, back, barred, lay, loaded};
use desk::Saver;
use fields::Fields;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use paper::Paper;
use ronghe_contract::policy::PolicyView;
use ronghe_domain::policy::{Action, State};
use ronghe_text::Lang;
use rows::rows;
use units::Unknown;
use warnings::Warnings;

/// The page.
#[component]
pub fn Import() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let (policy, desk) = lay::<PolicyView>(slug);
    view! {
        {loaded(session, policy, move |(view, _): (PolicyView, u64)| view.draft().is_none().then(|| closed(session, &view)))}
        {move || desk.get().map(|saver| view! { <Desk saver=saver/> })}
    }
}

/// The document is in the register, or was given up: there is nothing left to check.
fn closed(session: Session, view: &PolicyView) -> impl IntoView + use<> {
    let lang = session.lang();
    let to = format!("/app/policies/{}", view.slug);
    let (head, words) = if view.state == State::Discarded {
        (
            lang.pick("已经放弃", "It was given up"),
            lang.pick("放弃的文件不再更正。", "A document that was given up is no longer corrected."),
        )
    } else {
        (
            lang.pick("已经发布", "It is published"),
            lang.pick("登记册里的文件不再更正。", "A document of the register is no longer corrected."),
        )
    };
    view! {
        <PageHead title=title(lang, view)/>
        <div class="banner" data-turn="done"><div><p class="banner__title">{head}</p>
            <p>{words}</p></div>
            <a class="button" data-size="small" href=to>{lang.pick("查看", "See it")}</a></div>
    }
}

/// Text and fields side by side.
#[component]
fn Desk(saver: Saver) -> impl IntoView {
    let session = Session::here();
    saver.open_page();
    let fields_shown = RwSignal::new(false);
    let show_fields = move || fields_shown.set(true);
    let picked = RwSignal::new(None::<usize>);
    let all = Memo::new(move |_| saver.draft.with(|draft| rows(session.lang(), draft)));
    view! {
        <Head saver=saver on_show=show_fields/>
        <Conflicts saver=saver label=conflict::label short=conflict::short/>
        <Unknown saver=saver on_show=show_fields/>
        <Warnings saver=saver on_show=show_fields/>
        <nav class="tabs pane__tabs section" aria-label=move || session.lang().pick("窗格", "Panes")>
            <button aria-pressed=move || (!fields_shown.get()).to_string() on:click=move |_| fields_shown.set(false)>
                {move || session.lang().pick("原文", "Text")}</button>
            <button aria-pressed=move || fields_shown.get().to_string() on:click=move |_| fields_shown.set(true)>
                {move || session.lang().pick("字段", "Fields")}</button>
        </nav>
        <div class="panes section" data-shown=move || if fields_shown.get() { "second" } else { "first" }
            on:focusout=move |_| saver.hurry()>
            <section class="pane" data-follow="" aria-labelledby="text">
                <h2 class="unseen" id="text">{move || session.lang().pick("原文", "Text")}</h2>
                <Paper text=saver.text() rows=all picked=picked on_pick=move |_| fields_shown.set(true)/>
            </section>
            <section class="pane" data-second="" aria-labelledby="fields">
                <h2 class="unseen" id="fields">{move || session.lang().pick("读出的字段", "Fields as read")}</h2>
                <Fields saver=saver rows=all picked=picked on_pick=move |_| fields_shown.set(false)/>
            </section>
        </div>
    }
}

/// Title, what is open, whether it is saved, what can be done. The title is drawn once: it takes the focus
/// when it is drawn, and would take it from the field that is being typed in.
#[component]
fn Head(saver: Saver, on_show: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let heading = Signal::derive(move || {
        session.lang().pick("核对导入的文件", "Check the imported document").to_owned()
    });
    let line = Signal::derive(move || progress(session.lang(), saver));
    let home = Memo::new(move |_| {
        saver.view.with(|view| (format!("/app/policies/{}", view.slug), title(session.lang(), view)))
    });
    let way_back = move || home.with(|(to, words)| back(session, to, words));
    let offers = Memo::new(move |_| {
        let mut offers = saver.view.with(|view| offered(session.lang(), view));
        offers.retain(|offer| !offer.to.ends_with("/import"));
        offers
    });
    let reasons = move || offers.with(|offers| barred(session, offers));
    // Every save brings a new view. What stays the same is not drawn anew: a click that has begun would be lost.
    let steps = Memo::new(move |_| Steps::of(saver));
    view! {
        {way_back}
        <PageHead title=heading line=line>
            <div class="button-row"><SavedLine saver=saver/>{move || buttons(session, saver, steps.get(), on_show)}</div>
        </PageHead>
        {reasons}
    }
}

/// How much was read, and how much of it is open.
fn progress(lang: Lang, saver: Saver) -> String {
    let open = saver.open().len();
    let (sections, measures, units) = saver.draft.with(|draft| {
        let measures: Vec<_> = draft.sections.iter().flat_map(|section| &section.measures).collect();
        let units: usize = measures.iter().map(|measure| measure.units.len()).sum();
        (draft.sections.len(), measures.len(), units)
    });
    match (lang, open) {
        (Lang::Zh, 0) => format!("{sections} 部分、{measures} 条措施、{units} 处责任单位，都已核对"),
        (Lang::Zh, _) => {
            format!("{sections} 部分、{measures} 条措施、{units} 处责任单位；还有 {open} 处待核对")
        }
        (Lang::En, 0) => format!("{sections} sections, {measures} measures, {units} units, all checked"),
        (Lang::En, _) => {
            format!("{sections} sections, {measures} measures, {units} units; {open} to be checked")
        }
    }
}

/// What can be done from here.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Steps {
    /// The document's own page.
    base: String,
    can_let_go: bool,
    can_discard: bool,
    can_publish: bool,
    /// Path of the first open field.
    next: Option<String>,
}

impl Steps {
    fn of(saver: Saver) -> Self {
        let can = |action: Action| {
            saver
                .view
                .with(|view| view.offers.iter().any(|offer| offer.action == action && offer.barred.is_none()))
        };
        Self {
            base: saver.view.with(|view| format!("/app/policies/{}", view.slug)),
            can_let_go: saver.saved.with(|saved| matches!(saved, Saved::Refused(_))),
            can_discard: can(Action::Discard),
            can_publish: can(Action::Publish),
            next: saver.open().into_iter().next(),
        }
    }
}

/// To the next open field; to publication once nothing is open.
fn buttons<F: Fn() + Copy + Send + Sync + 'static>(
    session: Session,
    saver: Saver,
    steps: Steps,
    on_show: F,
) -> impl IntoView + use<F> {
    let lang = session.lang();
    let Steps { base, can_let_go, can_discard, can_publish, next } = steps;
    let discard = can_discard.then(|| {
        view! { <a class="button" href=format!("{base}/discard")>{lang.pick("放弃导入", "Give it up")}</a> }
    });
    let let_go = can_let_go.then(|| {
        view! { <a class="button" href=base.clone() on:click=move |_| saver.let_go()>{lang.pick("放弃未保存的更正", "Drop what is not saved")}</a> }
    });
    let next = match (next, can_publish) {
        (Some(path), _) => view! {
            <button class="button" data-kind="primary" on:click=move |_| {
                on_show();
                edit::go_to(&path);
            }>{lang.pick("下一处待核对", "Next to check")}</button>
        }
        .into_any(),
        (None, true) => view! {
            <a class="button" data-kind="primary" href=format!("{base}/publish")>{lang.pick("发布文件", "Publish the document")}</a>
        }
        .into_any(),
        (None, false) => ().into_any(),
    };
    (let_go, discard, next)
}
