//! The questions that wait for an answer of this person.

use super::state_tag;
use crate::session::Session;
use crate::ui::{Empty, Fetch, PageHead, Tabs, back, deadline, loaded};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListQuestions;
use ronghe_contract::Page;
use ronghe_contract::question::QuestionView;

/// The page.
#[component]
pub fn Questions() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        ListQuestions { year: of("year"), show: of("show") }
    });
    let found = Fetch::new(move || {
        let asked = asked.get();
        async move { session.call(async |client| client.list_questions(&asked).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("待答复的提问", "Questions to answer").to_owned());
    view! {
        {move || back(session, "/app", session.lang().pick("待办", "Tasks"))}
        <PageHead title=title/>
        {move || {
            let (lang, ListQuestions { year, show }) = (session.lang(), asked.get());
            let to = |show: &str| format!("/app/questions?year={year}&show={show}");
            let tabs = vec![
                (to(""), lang.pick("全部", "All").to_owned(), show.is_empty()),
                (to("overdue"), lang.pick("逾期", "Overdue").to_owned(), show == "overdue"),
            ];
            view! { <Tabs name=lang.pick("筛选", "Filter") tabs=tabs/> }
        }}
        {loaded(session, found, move |page: Page<QuestionView>| table(session, &page.items))}
    }
}

fn table(session: Session, rows: &[QuestionView]) -> AnyView {
    let lang = session.lang();
    if rows.is_empty() {
        let title = lang.pick("没有待答复的提问", "No question waits");
        let words = lang.pick("高校提问以后列在这里。", "What universities ask stands here.");
        return view! { <Empty title=title words=words/> }.into_any();
    }
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = rows.iter().map(|it| {
        let to = format!("/app/questions/{}/answer", it.name);
        let text = it.text.clone().unwrap_or_default();
        let need = format!("/app/needs/{}?tab=questions", it.need);
        let due = it.due.map(|due| deadline(session, due, it.ahead));
        view! {
            <tr><th scope="row"><span class="table__no">{it.name.clone()}</span><a href=to lang="zh-CN">{text}</a></th>
                <td data-label=lang.pick("需求", "Need")><a href=need lang="zh-CN">{it.title.clone()}</a></td>
                <td data-label=lang.pick("状态", "State")>{state_tag(session, it)}</td>
                <td data-label=lang.pick("期限", "Deadline")>{due}</td></tr>
        }
    });
    view! {
        <div class="table-frame section"><table class="table" data-narrow="cards">
            <caption class="unseen">{lang.pick("待答复的提问", "Questions to answer")}</caption>
            <thead><tr>{head("提问与编号", "Question and number")}{head("需求", "Need")}{head("状态", "State")}{head("期限", "Deadline")}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}
