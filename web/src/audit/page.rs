//! The auditor's page: events newest first, and whether the chain is whole.

use super::timeline::who;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Empty, PageHead, Trouble, loaded, moment, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListEvents;
use ronghe_contract::Page;
use ronghe_contract::audit::{ChainView, EventView};
use ronghe_text::{Lang, event_action, event_said, event_subject};

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let words = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let events = LocalResource::new(move || {
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

/// The button that walks the chain, and what it found.
#[component]
fn Verify() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let found = RwSignal::new(None::<ChainView>);
    let verify =
        move |_| act.run(async |client| client.verify_chain().await, move |chain| found.set(Some(chain)));
    move || {
        let lang = session.lang();
        let result = found.get().map(|chain| {
            let whole = chain.faults.is_empty();
            let said = match (lang, whole) {
                (Lang::Zh, true) => format!("{} 条，链完整", chain.events),
                (Lang::Zh, false) => format!("{} 条中有 {} 处不符", chain.events, chain.faults.len()),
                (Lang::En, true) => format!("{} events, the chain is whole", chain.events),
                (Lang::En, false) => format!("{} faults in {} events", chain.faults.len(), chain.events),
            };
            let faults = chain.faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
            view! {
                <div class="banner" data-turn=if whole { "done" } else { "error" } role="status">
                    <div><p class="banner__title">{said}</p><ul>{faults}</ul>
                        <p class="quiet"><small>{lang.pick("链头 ", "Head ")}<code>{chain.head}</code></small></p></div>
                </div>
            }
        });
        view! {
            <div class="stack">
                <div class="button-row"><button class="button" data-kind="primary" aria-disabled=move || act.busy.get().then_some("true") on:click=verify>
                    {lang.pick("验证审计链", "Verify the chain")}</button></div>
                <ActBox act=act/>
                {result}
            </div>
        }
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
