//! Accounts that universities ask for: administrators make them or decline, who asked takes a request back.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Empty, Fetch, Field, PageHead, back, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_client::ListAccountRequests;
use ronghe_contract::Page;
use ronghe_contract::account::{AccountRequestView, ActOnAccountRequest, AskForAccounts};
use ronghe_domain::account::request::{AT_ONCE_MOST, AccountRequestDraft, Action, State, may_ask};
use ronghe_domain::account::rules::may_administer;
use ronghe_text::{Lang, account_request_action, account_request_state, instant};

/// The page.
#[component]
pub fn AccountRequests() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let of = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        ListAccountRequests { state: of("state"), after: of("after") }
    });
    let found = Fetch::new(move || {
        let ask = asked.get();
        async move { session.call(async |client| client.list_account_requests(&ask).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("开户申请", "Requests for accounts").to_owned());
    let again = move || found.refetch();
    let asks = move || may_ask(&session.actor()).is_ok().then(|| view! { <Ask then=again/> });
    view! {
        {move || may_administer(&session.actor()).is_ok().then(|| back(session, "/app/accounts", session.lang().pick("账号", "Accounts")))}
        <PageHead title=title/>
        <div class="stack">
            {asks}
            {loaded(session, found, move |page: Page<AccountRequestView>| list(session, page, again))}
        </div>
    }
}

fn list<F: Fn() + Copy + Send + Sync + 'static>(
    session: Session,
    page: Page<AccountRequestView>,
    again: F,
) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        let words = lang.pick("有人申请开户时出现在这里。", "What is asked for appears here.");
        return view! { <Empty title=lang.pick("没有开户申请", "No requests") words=words/> }.into_any();
    }
    let count = match lang {
        Lang::Zh => format!("共 {} 件", page.total),
        Lang::En => format!("{} in all", page.total),
    };
    // One is declined at a time: a page has one field of a name.
    let declining = RwSignal::new(None::<String>);
    let rows = page.items.into_iter().map(|one| row(session, one, declining, again)).collect_view();
    let next = page.next.map(|after| {
        let to = format!("/app/accounts/requests?after={}", crate::shell::encoded(&after));
        view! { <a class="button" data-size="small" href=to>{lang.pick("更早的", "Earlier")}</a> }
    });
    view! {
        <ul class="section">{rows}</ul>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>{next}</nav>
    }
    .into_any()
}

fn row<F: Fn() + Copy + Send + Sync + 'static>(
    session: Session,
    one: AccountRequestView,
    declining: RwSignal<Option<String>>,
    again: F,
) -> impl IntoView {
    let lang = session.lang();
    let offered =
        |action: Action| one.offers.iter().any(|offer| offer.action == action && offer.barred.is_none());
    let turn = match one.state {
        State::Open if offered(Action::Make) => "yours",
        State::Open | State::Made => "others",
        State::Done => "done",
        State::Declined => "error",
        State::TakenBack => "draft",
    };
    let state = tag(turn, account_request_state(lang, one.state));
    let make = offered(Action::Make).then(|| {
        let to = format!("/app/accounts/new?request={}", one.id);
        view! { <a class="button" data-kind="primary" data-size="small" href=to>{account_request_action(lang, Action::Make)}</a> }
    });
    let (id, version) = (one.id.clone(), one.version.clone());
    let own = id.clone();
    let decline = offered(Action::Decline).then(|| {
        let words = account_request_action(lang, Action::Decline);
        view! {
            <button class="button" type="button" data-size="small" on:click=move |_| declining.set(Some(own.clone()))>{words}</button>
        }
    });
    let (own, seen) = (id.clone(), version.clone());
    let form = move || {
        (declining.get().as_ref() == Some(&own))
            .then(|| view! { <Decline id=own.clone() version=seen.clone() then=again/> })
    };
    let take_back = offered(Action::TakeBack)
        .then(|| view! { <TakeBack id=id.clone() version=version.clone() then=again/> });
    let reason = (!one.reason.is_empty())
        .then(|| view! { <p>{lang.pick("原因：", "Reason: ")}{one.reason.clone()}</p> });
    let org = lang.pick(&one.org.name, &one.org.name_en).to_owned();
    let asker = match lang {
        Lang::Zh => format!("{} {} 申请", one.asked_by, instant(lang, one.asked_at)),
        Lang::En => format!("asked for by {}, {}", one.asked_by, instant(lang, one.asked_at)),
    };
    view! {
        <li class="card stack">
            <p><b>{one.name.clone()}</b>" "{one.mail.clone()}" "{state}</p>
            <p class="quiet">{org}" · "{asker}</p>
            {reason}
            <div class="button-row">{make}{decline}{take_back}</div>
            {form}
        </li>
    }
}

/// A person for whom an account is asked, as typed.
#[derive(Clone, Copy, Default)]
struct Row {
    name: RwSignal<String>,
    mail: RwSignal<String>,
}

impl Row {
    fn typed(self) -> AccountRequestDraft {
        AccountRequestDraft { name: self.name.get_untracked(), mail: self.mail.get_untracked() }
    }
}

/// What is typed, without the rows at the end that nobody filled in.
fn typed(rows: &[Row]) -> Vec<AccountRequestDraft> {
    let mut people: Vec<AccountRequestDraft> = rows.iter().map(|row| row.typed()).collect();
    let is_empty = |it: &AccountRequestDraft| it.name.trim().is_empty() && it.mail.trim().is_empty();
    while people.len() > 1 && people.last().is_some_and(is_empty) {
        people.pop();
    }
    people
}

/// Asks for accounts of people of one's university, as many as have a row.
#[component]
fn Ask(then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let rows = RwSignal::new(vec![Row::default()]);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let ask = AskForAccounts { people: rows.with_untracked(|rows| typed(rows)) };
        act.run(
            async move |client| client.ask_for_accounts(&ask).await,
            move |_: Vec<AccountRequestView>| {
                rows.set(vec![Row::default()]);
                then();
            },
        );
    };
    let fields = move || (1..).zip(rows.get()).map(|(at, row)| person(session, act, at, row)).collect_view();
    // The button stays, hidden where there is no room: what is typed in a row would go with the button that made it.
    let add = move |_| rows.update(|rows| rows.push(Row::default()));
    let is_full = move || rows.with(Vec::len) >= AT_ONCE_MOST;
    view! {
        <form class="card stack" on:submit=submit>
            <h2>{move || session.lang().pick("为本校的人申请账号", "Ask for accounts of colleagues")}</h2>
            <ActBox act=act/>
            {fields}
            <div class="button-row">
                <Button primary=true busy=act.busy>{move || session.lang().pick("提出申请", "Ask")}</Button>
                <span hidden=is_full><button class="button" type="button" on:click=add>{move || session.lang().pick("再加一位", "One more person")}</button></span>
            </div>
        </form>
    }
}

/// The fields of a row; errors name them by it.
fn person(session: Session, act: Act, at: usize, row: Row) -> impl IntoView {
    let legend = move || match session.lang() {
        Lang::Zh => format!("第 {at} 位"),
        Lang::En => format!("Person {at}"),
    };
    view! {
        <fieldset class="stack">
            <legend class="quiet">{legend}</legend>
            <Field label=("姓名", "Name") name=format!("{at}.name") value=row.name trouble=act.trouble/>
            <Field label=("邮箱", "E-mail") name=format!("{at}.mail") value=row.mail trouble=act.trouble
                hint=("系统管理员只看到单位、姓名和邮箱，不知道用途", "The administrators see university, name and address, and not what for")/>
        </fieldset>
    }
}

#[component]
fn Decline(id: String, version: String, then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let reason = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, version) = (id.clone(), version.clone());
        let body = ActOnAccountRequest::Decline { reason: reason.get_untracked() };
        act.run(
            async move |client| client.act_on_account_request(&id, &version, &body).await,
            move |_: AccountRequestView| then(),
        );
    };
    view! {
        <form class="stack" on:submit=submit>
            <ActBox act=act/>
            <Field label=("原因", "Reason") name="reason" value=reason focus=true trouble=act.trouble
                hint=("会告诉申请人", "Who asked is told")/>
            <div class="button-row"><Button primary=true busy=act.busy>{lang.pick("确认不予开户", "Decline it")}</Button></div>
        </form>
    }
}

#[component]
fn TakeBack(id: String, version: String, then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, version) = (id.clone(), version.clone());
        act.run(
            async move |client| {
                client.act_on_account_request(&id, &version, &ActOnAccountRequest::TakeBack).await
            },
            move |_: AccountRequestView| then(),
        );
    };
    view! {
        <form on:submit=submit><ActBox act=act/>
            <Button busy=act.busy>{move || account_request_action(session.lang(), Action::TakeBack)}</Button></form>
    }
}
