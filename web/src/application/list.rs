//! The list of applications, narrowed by state in the address.

use super::formal::address;
use super::opinion::stance_tag;
use super::{is_mine, need_title, rehearsal, state_tag, title, whose_turn};
use crate::session::Session;
use crate::shell::encoded;
use crate::ui::{Decided, Empty, Fetch, KeyLine, PageHead, deadline, loaded};
use crate::view::SavedViews;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListApplications;
use ronghe_contract::Page;
use ronghe_contract::application::ApplicationRow;
use ronghe_domain::application::State;
use ronghe_domain::kernel::Role;
use ronghe_domain::view::List;
use ronghe_text::{Lang, application_state, yuan};
use serde::Serialize;

/// The page.
#[component]
pub fn Applications() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListApplications {
            q: query.get("q").unwrap_or_default(),
            state: query.get("state").unwrap_or_default(),
            after: query.get("after").unwrap_or_default(),
            need: query.get("need").unwrap_or_default(),
            sort: query.get("sort").unwrap_or_default(),
            year: query.get("year").unwrap_or_default(),
            university: query.get("university").unwrap_or_default(),
            opinion: query.get("opinion").unwrap_or_default(),
        })
    });
    let found = Fetch::new(move || {
        let ask = asked.get();
        async move { session.call(async |client| client.list_applications(&ask).await).await }
    });
    let heading = Signal::derive(move || session.lang().pick("申报", "Applications").to_owned());
    view! {
        <PageHead title=heading/>
        <Decided said=("：已办理", " is decided") to="/app/applications"
            link=("查看", "See it")/>
        <div class="list">
            <SavedViews list=List::Applications/>
            <Words asked=asked/>
            {move || states(session, &asked.get())}
            <KeyLine rows=found.holds(|page: &Page<ApplicationRow>| !page.items.is_empty())/>
            {loaded(session, found, move |page: Page<ApplicationRow>| table(session, asked.get_untracked(), page))}
        </div>
    }
}

fn name_of<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The list's address, narrowed by these of which something is said.
fn address_of(parts: &[(&str, &str)]) -> String {
    let said = parts.iter().filter(|(_, value)| !value.is_empty());
    let said = said.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
    if said.is_empty() { "/app/applications".to_owned() } else { format!("/app/applications?{said}") }
}

/// The words that are looked for, beside what the list is narrowed to already.
#[component]
fn Words(asked: Memo<ListApplications>) -> impl IntoView {
    let session = Session::here();
    let words = RwSignal::new(String::new());
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| words.set(asked.with(|now| now.q.clone())));
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (now, words) = (asked.get_untracked(), words.get_untracked());
        let to = address_of(&[
            ("q", words.trim()),
            ("state", now.state.as_str()),
            ("need", now.need.as_str()),
            ("year", now.year.as_str()),
            ("university", now.university.as_str()),
            ("opinion", now.opinion.as_str()),
            ("sort", now.sort.as_str()),
        ]);
        navigate(&to, Default::default());
    };
    view! {
        <form class="filter-bar" role="search" aria-label=move || session.lang().pick("在申报里查找", "Search applications") on:submit=submit>
            <label class="filter-bar__field" data-size="wide"><span>{move || session.lang().pick("关键词", "Words")}</span>
                <input class="input" type="search" prop:value=words on:input=move |event| words.set(event_target_value(&event))
                    placeholder=move || session.lang().pick("编号、项目、内容", "Number, title, text")/></label>
            <button class="button" type="submit">{move || session.lang().pick("查找", "Search")}</button>
        </form>
    }
}

/// The states as links: the address says which one is shown.
fn states(session: Session, asked: &ListApplications) -> impl IntoView + use<> {
    let lang = session.lang();
    let all = std::iter::once((String::new(), lang.pick("全部", "All").to_owned()));
    let named =
        State::ALL.into_iter().map(|state| (name_of(state), application_state(lang, state).to_owned()));
    let links = all.chain(named).map(|(state, words)| {
        let here = asked.state == state;
        let to = address_of(&[
            ("q", asked.q.as_str()),
            ("state", state.as_str()),
            ("need", asked.need.as_str()),
            ("year", asked.year.as_str()),
            ("university", asked.university.as_str()),
            ("opinion", asked.opinion.as_str()),
            ("sort", asked.sort.as_str()),
        ]);
        view! { <a href=to aria-current=here.then_some("page")>{words}</a> }
    });
    view! { <nav class="tabs" aria-label=lang.pick("按状态", "By state")>{links.collect_view()}</nav> }
}

pub(super) fn table(session: Session, asked: ListApplications, page: Page<ApplicationRow>) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        return empty(session, &asked);
    }
    let count = match lang {
        Lang::Zh => format!("共 {} 项", page.total),
        Lang::En => format!("{} in all", page.total),
    };
    let next = page.next.map(|after| {
        let to = address_of(&[
            ("q", asked.q.as_str()),
            ("state", asked.state.as_str()),
            ("need", asked.need.as_str()),
            ("year", asked.year.as_str()),
            ("university", asked.university.as_str()),
            ("opinion", asked.opinion.as_str()),
            ("sort", asked.sort.as_str()),
            ("after", after.as_str()),
        ]);
        view! { <nav class="pager"><a class="button" href=to>{lang.pick("下一页", "Next page")}</a></nav> }
    });
    // Only those who read opinions have their column, and only those who read money have that one.
    let hears = page.items.iter().any(|it| it.opinion.is_some() || it.opinion_open);
    let rows = page.items.iter().map(|it| row(session, it, hears)).collect_view();
    let heard =
        hears.then(|| view! { <th scope="col">{lang.pick("需求单位意见", "The unit's opinion")}</th> });
    view! {
        <p class="quiet" role="status">{count}</p>
        <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("申报，最近改动的在前", "Applications, last changed first")}</caption>
            <thead><tr>
                <th scope="col">{lang.pick("编号、项目", "Number, title")}</th>
                <th scope="col">{lang.pick("状态", "State")}</th>
                <th scope="col">{lang.pick("高校", "University")}</th>
                <th scope="col">{lang.pick("需求", "Need")}</th>
                {heard}
                <th scope="col">{lang.pick("等谁", "Waits for")}</th>
                <th scope="col">{lang.pick("期限", "Deadline")}</th>
                <th scope="col" class="number">{lang.pick("申请经费", "Asked")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        {next}
    }
    .into_any()
}

fn row(session: Session, it: &ApplicationRow, hears: bool) -> impl IntoView + use<> {
    let lang = session.lang();
    let number = it.number.clone().unwrap_or_else(|| lang.pick("未编号", "no number yet").to_owned());
    // Whose turn the check is comes to the page where it is done.
    let is_checked_here = it.state == State::FormalCheck && session.me().is_some_and(|me| is_mine(&me, it));
    let to = if is_checked_here { address(&it.name) } else { format!("/app/applications/{}", it.name) };
    let need = format!("/app/needs/{}", it.need.name);
    let (tag, until) =
        (state_tag(session, it), it.deadline.map(|closes| deadline(session, closes, it.ahead)));
    let word = it.opinion.map(|stance| stance_tag(lang, stance));
    let open = it.opinion_open.then(|| lang.pick("还没有提", "Not yet"));
    let label = lang.pick("需求单位意见", "The unit's opinion");
    let heard = hears.then(|| view! { <td data-label=label>{word}{open}</td> });
    view! {
        <tr>
            <th scope="row"><span class="table__no">{number}</span><a href=to>{title(lang, it)}</a></th>
            <td data-label=lang.pick("状态", "State")>{tag}" "{rehearsal(lang, it)}</td>
            <td data-label=lang.pick("高校", "University")>{lang.pick(&it.university.name, &it.university.name_en).to_owned()}</td>
            <td data-label=lang.pick("需求", "Need")><a href=need>{it.need.name.clone()}</a>" "{need_title(lang, it).to_owned()}</td>
            {heard}
            <td data-label=lang.pick("等谁", "Waits for")>{whose_turn(session, it)}</td>
            <td data-label=lang.pick("期限", "Deadline")>{until}</td>
            <td class="number" data-label=lang.pick("申请经费", "Asked")>{it.asked.map(|asked| yuan(lang, asked))}</td>
        </tr>
    }
}

/// Nothing here: none such, sealed, or the first step.
fn empty(session: Session, asked: &ListApplications) -> AnyView {
    let lang = session.lang();
    let applies = session.me().is_some_and(|me| me.roles.contains(&Role::University));
    if !asked.q.is_empty() {
        let words = lang.pick("换一个词，或少写几个字。", "Try another word, or fewer letters.");
        let title = match lang {
            Lang::Zh => format!("没有含“{}”的申报", asked.q),
            Lang::En => format!("No application has “{}”", asked.q),
        };
        return view! {
            <Empty title=title words=words>
                <a class="button" href="/app/applications">{lang.pick("查看全部", "See all")}</a></Empty>
        }
        .into_any();
    }
    let narrowed = [&asked.state, &asked.need, &asked.opinion, &asked.year, &asked.university];
    if narrowed.into_iter().any(|it| !it.is_empty()) {
        let words = lang.pick("换一个状态，或查看全部。", "Choose another state, or see them all.");
        return view! {
            <Empty title=lang.pick("没有这样的申报", "No such applications") words=words>
                <a class="button" href="/app/applications">{lang.pick("查看全部", "See all")}</a></Empty>
        }
        .into_any();
    }
    let (words, to, step) = if applies {
        (
            lang.pick("从清单上的一条需求开始。", "Begin with a need on the list."),
            "/app/needs?state=listed",
            lang.pick("看需求清单", "See the need list"),
        )
    } else {
        (
            lang.pick(
                "截止以前申报是密封的，启封以后在这里查看；需求单位看受理以后的。",
                "Applications are sealed until the window has closed; then they stand here, for a need's unit once they are accepted.",
            ),
            "/app",
            lang.pick("回到待办", "Back to your tasks"),
        )
    };
    view! {
        <Empty title=lang.pick("还没有申报", "There are no applications yet") words=words>
            <a class="button" href=to>{step}</a></Empty>
    }
    .into_any()
}
