//! The auditor's page: events newest first, and whether the chain is whole.

use super::timeline::who;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, Fetch, PageHead, Trouble, loaded, moment, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListEvents;
use ronghe_contract::Page;
use ronghe_contract::audit::{ChainView, CheckView, EventView, RunningView};
use ronghe_text::{Lang, event_action, event_said, event_subject};
use std::time::Duration;

/// Between two questions whether a check has ended.
const AGAIN: Duration = Duration::from_secs(2);

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let words = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let events = Fetch::new(move || {
        let ask = ListEvents { q: words.get(), ..ListEvents::default() };
        async move { session.call(async |client| client.list_events(&ask).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("审计", "Audit").to_owned());
    let line = Signal::derive(move || {
        let said = session.lang().pick(
            "每项变更、决定和拒绝都是链上的一条，删改会被查出。",
            "Every change, decision and refusal is a link of the chain; tampering shows.",
        );
        said.to_owned()
    });
    view! {
        <PageHead title=title line=line/>
        <Verify/>
        <Filter words=words/>
        {loaded(session, events, move |page: Page<EventView>| list(session, words.get_untracked(), page))}
    }
}

/// The button that has the chain checked, whether a check runs, and what the last one found.
#[component]
fn Verify() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let check = RwSignal::new(CheckView::default());
    let trouble = RwSignal::new(None::<Trouble>);
    let verify = move |_| {
        act.run(
            async |client| client.verify_chain().await,
            move |begun| {
                check.set(begun);
                later(session, check, trouble);
            },
        );
    };
    follow(session, check, trouble);
    let runs = Signal::derive(move || act.busy.get() || check.with(|check| check.running.is_some()));
    move || {
        let lang = session.lang();
        let CheckView { running, last, failed } = check.get();
        let said = match (running, failed) {
            (Some(running), _) => Some(under_way(lang, &running)),
            (None, true) => {
                let said = lang.pick(
                    "上一次核对没有做完，请再核对一次。",
                    "The last check ended before it found anything; check again.",
                );
                Some(said.to_owned())
            }
            (None, false) => None,
        };
        view! {
            <div class="stack">
                <div class="button-row"><button class="button" data-kind="primary" aria-disabled=move || runs.get().then_some("true")
                    on:click=move |event| if !runs.get_untracked() { verify(event) }>
                    {lang.pick("验证审计链", "Verify the chain")}</button></div>
                <ActBox act=act/>
                <div role="status">{said.map(|said| view! { <p class="quiet">{said}</p> })}{last.map(|last| found(lang, last))}</div>
                <crate::ui::TroubleBox trouble=trouble/>
            </div>
        }
    }
}

/// Asks where the check stands, and again while one runs; whoever leaves the page asks no more.
fn follow(session: Session, check: RwSignal<CheckView>, trouble: RwSignal<Option<Trouble>>) {
    spawn_local(async move {
        match session.call(async |client| client.show_chain_check().await).await {
            Ok(now) => {
                let runs = now.running.is_some();
                let left = check.try_set(now).is_some();
                if runs && !left {
                    later(session, check, trouble);
                }
            }
            Err(found) => drop(trouble.try_set(Some(found))),
        }
    });
}

fn later(session: Session, check: RwSignal<CheckView>, trouble: RwSignal<Option<Trouble>>) {
    set_timeout(move || follow(session, check, trouble), AGAIN);
}

fn under_way(lang: Lang, running: &RunningView) -> String {
    let (since, by) = (moment(lang, &running.since), running.by.as_deref().unwrap_or_default());
    match lang {
        Lang::Zh => format!("正在核对：{since} {by}开始。可以离开本页，结果会留在这里。"),
        Lang::En => {
            format!("Being checked since {since}, started by {by}. You may leave: what is found stays here.")
        }
    }
}

/// What a check found, when, and who asked for it.
fn found(lang: Lang, chain: ChainView) -> impl IntoView {
    let whole = chain.faults.is_empty();
    let said = match (lang, whole) {
        (Lang::Zh, true) => format!("{} 条，链完整", chain.events),
        (Lang::Zh, false) => format!("{} 条中有 {} 处不符", chain.events, chain.faults.len()),
        (Lang::En, true) => format!("{} events, the chain is whole", chain.events),
        (Lang::En, false) => format!("{} faults in {} events", chain.faults.len(), chain.events),
    };
    let (when, by) = (moment(lang, &chain.finished_at), chain.by.unwrap_or_default());
    let when = match lang {
        Lang::Zh => format!("{when} {by}核对到第 {} 条", chain.events),
        Lang::En => format!("Checked up to event {} on {when}, asked for by {by}", chain.events),
    };
    let faults = chain.faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
    view! {
        <div class="banner" data-turn=if whole { "done" } else { "error" }>
            <div><p class="banner__title">{said}</p><p class="quiet">{when}</p><ul>{faults}</ul>
                <p class="quiet"><small>{lang.pick("链头 ", "Head ")}<code>{chain.head}</code></small></p></div>
        </div>
    }
}

#[component]
fn Filter(words: Memo<String>) -> impl IntoView {
    let session = Session::here();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(words.get()));
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = crate::shell::encoded(typed.get_untracked().trim());
        navigate(&format!("/app/audit?q={words}"), Default::default());
    };
    view! {
        <form class="filter-bar section" role="search" on:submit=submit>
            <label class="filter-bar__field" data-size="wide">
                <span>{move || session.lang().pick("记录", "Record")}</span>
                <input class="input" type="search" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))
                    placeholder=move || session.lang().pick("账号、文件的地址名", "A login, or a document's name in addresses")/>
            </label>
            <button class="button" type="submit">{move || session.lang().pick("筛选", "Filter")}</button>
        </form>
    }
}

fn list(session: Session, words: String, first: Page<EventView>) -> AnyView {
    let lang = session.lang();
    if first.items.is_empty() {
        let title = lang.pick("没有符合条件的事件", "No such events");
        let said = lang.pick("换一个记录名，或清除条件。", "Try another name, or drop the filter.");
        return view! {
            <Empty title=title words=said><a class="button" href="/app/audit">{lang.pick("清除条件", "Drop the filter")}</a></Empty>
        }
        .into_any();
    }
    let total = first.total;
    let (rows, next) = (RwSignal::new(first.items), RwSignal::new(first.next));
    let trouble = RwSignal::new(None::<Trouble>);
    let older = move |_| {
        let ask = ListEvents { q: words.clone(), after: next.get_untracked().unwrap_or_default() };
        spawn_local(async move {
            match session.call(async |client| client.list_events(&ask).await).await {
                Ok(page) => {
                    rows.update(|rows| rows.extend(page.items));
                    next.set(page.next);
                }
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let body = move || rows.get().into_iter().map(|event| row(lang, event)).collect_view();
    view! {
        <div class="table-frame section"><table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("审计链上的事件，新的在前", "Events of the chain, newest first")}</caption>
            <thead><tr>{head("事件", "Event")}{head("时间", "Time")}{head("谁", "Who")}{head("记录", "Record")}{head("结果", "Result")}</tr></thead>
            <tbody>{body}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")>
            <p class="quiet">{move || {
                let shown = rows.with(Vec::len);
                match lang {
                    Lang::Zh => format!("共 {total} 条，已显示 {shown} 条"),
                    Lang::En => format!("{shown} of {total}"),
                }
            }}</p>
            {move || next.get().is_some().then(|| view! {
                <button class="button" on:click=older.clone()>{lang.pick("更早的", "Earlier")}</button>
            })}
        </nav>
        <crate::ui::TroubleBox trouble=trouble/>
    }
    .into_any()
}

fn row(lang: Lang, event: EventView) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let result = if event.refused {
        tag("error", label("拒绝", "refused"))
    } else {
        tag("done", label("完成", "done"))
    };
    let said = event_said(lang, event.action, event.after.as_ref())
        .map(|said| view! { <br/><small class="quiet">{said}</small> });
    view! {
        <tr>
            <th scope="row"><span class="table__no">{event.seq}</span>{event_action(lang, event.action)}{said}</th>
            <td data-label=label("时间", "Time")>{moment(lang, &event.at)}</td>
            <td data-label=label("谁", "Who")>{who(lang, &event)}</td>
            <td data-label=label("记录", "Record")>{event_subject(lang, event.subject)}" "{event.name}</td>
            <td data-label=label("结果", "Result")>{result}</td>
        </tr>
    }
}
