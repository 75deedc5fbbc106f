//! One need in 遴选: the queue, what it says, the verdict on it. After a verdict the next one opens.

use super::super::content::content;
use super::super::form::files;
use super::super::title;
use super::near::{Beside, Compared};
use super::verdict::Verdict;
use super::{Asked, progress, ruling_tag};
use crate::session::Session;
use crate::ui::{Decided, Fetch, KeyLine, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::need::{NeedView, ScreeningView};
use ronghe_text::{Lang, bracketed, measure_numbers, need_state};

/// The queue, as it came last.
pub(super) type Queue = Fetch<Result<ScreeningView, crate::ui::Trouble>>;

/// The page.
#[component]
pub fn Screen() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let asked = Asked::here();
    let queue: Queue = Fetch::new(move || {
        // What was decided a moment ago shows in it.
        name.track();
        let query = asked.get().query();
        async move { session.call(async |client| client.list_screening(&query).await).await }
    });
    let need = Fetch::new(move || {
        let name = name.get();
        async move { session.call(async |client| client.show_need(&name).await).await }
    });
    // On a phone the pane stays while one need is decided, and the text of the next one comes first.
    let second = RwSignal::new(false);
    Effect::new(move |_| {
        name.track();
        second.set(false);
    });
    let again = Callback::new(move |()| {
        need.refetch();
        queue.refetch();
    });
    view! {
        {move || back(session, &asked.get().address("/app/screening"), session.lang().pick("遴选需求", "Screening"))}
        <Decided said=("：遴选意见已保存", ": the verdict is kept") to="/app/screening"
            link=("回去撤销", "Go back to take it back")/>
        {loaded(session, need, move |view: NeedView| page(session, view, asked, queue, (second, again)))}
    }
}

fn page(
    session: Session,
    view: NeedView,
    asked: Memo<Asked>,
    queue: Queue,
    (second, again): (RwSignal<bool>, Callback<()>),
) -> impl IntoView {
    let lang = session.lang();
    let own = view.row.name.clone();
    let line = format!("{}{}{}", own, lang.pick("　", " · "), measure_numbers(lang, &view.row.measures));
    let said = view.content.as_ref().map(|said| {
        view! { {content(lang, &view.row, said)}{files(lang, &view.row.name, &said.attachments)} }
    });
    let record = format!("/app/needs/{own}");
    let heading = title(lang, &view.row);
    let (of_queue, of_row, compared) = (own.clone(), own.clone(), own);
    let beside = Beside::new(second);
    view! {
        <PageHead title=heading line=line><div class="button-row">
            <a class="button" data-kind="quiet" href=record>{lang.pick("看整条需求", "The whole need")}</a></div></PageHead>
        <Neighbours own=of_row asked=asked queue=queue/>
        <KeyLine rows=queue.holds(|view| !view.items.is_empty())/>
        <nav class="tabs pane__tabs section" aria-label=lang.pick("窗格", "Panes")>
            <button aria-pressed=move || (!second.get()).to_string() on:click=move |_| second.set(false)>{lang.pick("材料", "Text")}</button>
            <button aria-pressed=move || second.get().to_string() on:click=move |_| second.set(true)>{lang.pick("遴选", "Verdict")}</button>
        </nav>
        <div class="screening">
            <Waiting own=of_queue asked=asked queue=queue/>
            <div class="panes section" data-ratio="document" data-shown=move || if second.get() { "second" } else { "first" }>
                <section class="pane" aria-labelledby="said"><h2 class="unseen" id="said">{lang.pick("需求内容", "What it says")}</h2>
                    <div hidden=move || beside.is_open()>{said}</div><Compared own=compared beside=beside/></section>
                <section class="pane stack" data-follow="" data-second="" tabindex="0" aria-labelledby="verdict">
                    <Verdict view=view asked=asked queue=queue again=again beside=beside/>
                </section>
            </div>
        </div>
    }
}

/// The need `step` places behind `own` in the queue.
fn beside(queue: Queue, own: &str, step: isize) -> Option<String> {
    let view = queue.get_untracked()?.ok()?;
    let at = view.items.iter().position(|row| row.need.name == own)?;
    let to = at.checked_add_signed(step)?;
    view.items.get(to).map(|row| row.need.name.clone())
}

/// 上一条 and 下一条, in the order of the queue.
#[component]
fn Neighbours(own: String, asked: Memo<Asked>, queue: Queue) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let view = queue.get()?.ok()?;
        let link = |step: isize, words: &'static str, key: &'static str| {
            let to = beside(queue, &own, step)?;
            let to = asked.get().of(&to);
            Some(
                view! { <a href=to aria-keyshortcuts=key>{words}<span class="quiet">{bracketed(lang, key)}</span></a> },
            )
        };
        Some(view! {
            <nav class="record__neighbours" aria-label=lang.pick("队列", "Queue")>
                {link(-1, lang.pick("上一条", "Previous"), "k")}{link(1, lang.pick("下一条", "Next"), "j")}
                <span class="quiet">{progress(lang, view.open, view.decided)}</span>
            </nav>
        })
    }
}

/// The queue beside the need, where there is room for it.
#[component]
fn Waiting(own: String, asked: Memo<Asked>, queue: Queue) -> impl IntoView {
    let session = Session::here();
    move || {
        let lang = session.lang();
        let view = queue.get()?.ok()?;
        let asked = asked.get();
        let rows = view.items.iter().map(|row| {
            let here = (row.need.name == own).then_some("true");
            let to = asked.of(&row.need.name);
            view! {
                <li><a href=to aria-current=here><span class="table__no">{row.need.name.clone()}</span>{title(lang, &row.need)}</a>
                    {ruling_tag(session, row.ruling)}</li>
            }
        });
        Some(
            view! { <nav class="screening__queue" aria-label=lang.pick("遴选队列", "Queue of needs")><ol>{rows.collect_view()}</ol></nav> },
        )
    }
}

/// Why there is nothing to decide: the need stands elsewhere.
pub(super) fn elsewhere(lang: Lang, view: &NeedView) -> String {
    let state = need_state(lang, view.row.state);
    match lang {
        Lang::Zh => format!("需求{state}，没有遴选意见要定。"),
        Lang::En => format!("The need is {}: there is no verdict to give.", state.to_lowercase()),
    }
}
