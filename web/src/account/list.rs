//! The list of accounts, narrowed by what stands in the address.

use super::{roles_said, state_tag};
use crate::session::Session;
use crate::shell::encoded;
use crate::ui::{Empty, Fetch, PageHead, Trouble, TroubleBox, loaded, moment};
use crate::view::SavedViews;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use ronghe_client::ListAccounts;
use ronghe_contract::Page;
use ronghe_contract::account::AccountRow;
use ronghe_domain::account::rules::may_administer;
use ronghe_domain::kernel::Role;
use ronghe_domain::view::List;
use ronghe_text::{Lang, role};

/// The page.
#[component]
pub fn Accounts() -> impl IntoView {
    let session = Session::here();
    let query = use_query_map();
    let of = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| ListAccounts {
        q: of("q"),
        org: of("org"),
        role: of("role"),
        state: of("state"),
        after: String::new(),
    });
    let accounts = Fetch::new(move || {
        let ask = asked.get();
        async move { session.call(async |client| client.list_accounts(&ask).await).await }
    });
    let title = Signal::derive(move || session.lang().pick("账号", "Accounts").to_owned());
    view! {
        <PageHead title=title>
            <div class="button-row">{move || may_administer(&session.actor()).is_ok().then(|| view! {
                <a class="button" href="/app/mails">{session.lang().pick("邮件", "Mail")}</a>
                <a class="button" href="/app/accounts/requests">{session.lang().pick("开户申请", "Requests")}</a>
                <a class="button" href="/app/accounts/import">{session.lang().pick("从表格导入", "Import a table")}</a>
                <a class="button" data-kind="primary" href="/app/accounts/new">{session.lang().pick("新建账号", "Make an account")}</a>
            })}</div>
        </PageHead>
        <div class="list">
            <SavedViews list=List::Accounts/>
            <Filters asked=asked/>
            {loaded(session, accounts, move |page: Page<AccountRow>| table(session, asked.get_untracked(), page))}
        </div>
    }
}

#[component]
fn Filters(asked: Memo<ListAccounts>) -> impl IntoView {
    let session = Session::here();
    let empty = || RwSignal::new(String::new());
    let (words, of_role, of_state) = (empty(), empty(), empty());
    // The address leads: Back, and dropping the filters, change it too.
    Effect::new(move |_| {
        let now = asked.get();
        words.set(now.q);
        of_role.set(now.role);
        of_state.set(now.state);
    });
    let navigate = use_navigate();
    let go = StoredValue::new_local(move || {
        let words = encoded(words.get_untracked().trim());
        let (role, state) = (of_role.get_untracked(), of_state.get_untracked());
        navigate(&format!("/app/accounts?q={words}&role={role}&state={state}"), Default::default());
    });
    let go = move || go.with_value(|go| go());
    move || {
        let lang = session.lang();
        let option = |value: String, words: &'static str, chosen: RwSignal<String>| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen.get() == own>{words}</option> }
        };
        let roles =
            Role::ALL.into_iter().map(|one| option(role_name(one), role(lang, one), of_role)).collect_view();
        let states = [
            ("invited", lang.pick("待设密码", "Invited")),
            ("active", lang.pick("可用", "Active")),
            ("disabled", lang.pick("已停用", "Disabled")),
            ("pending", lang.pick("有待确认", "Waiting for a second hand")),
        ];
        let states =
            states.into_iter().map(|(value, words)| option(value.to_owned(), words, of_state)).collect_view();
        view! {
            <form class="filter-bar" role="search" aria-label=lang.pick("筛选账号", "Filter accounts")
                on:submit=move |event| { event.prevent_default(); go(); }>
                <label class="filter-bar__field" data-size="wide"><span>{lang.pick("关键词", "Words")}</span>
                    <input class="input" type="search" placeholder=lang.pick("账号、姓名", "Account, name")
                        prop:value=words on:input=move |event| words.set(event_target_value(&event))/></label>
                <label class="filter-bar__field"><span>{lang.pick("角色", "Role")}</span>
                    <select class="select" on:change=move |event| { of_role.set(event_target_value(&event)); go(); }>
                        {option(String::new(), lang.pick("全部", "All"), of_role)}{roles}</select></label>
                <label class="filter-bar__field"><span>{lang.pick("状态", "State")}</span>
                    <select class="select" on:change=move |event| { of_state.set(event_target_value(&event)); go(); }>
                        {option(String::new(), lang.pick("全部", "All"), of_state)}{states}</select></label>
                <button class="button" type="submit">{lang.pick("筛选", "Filter")}</button>
            </form>
        }
    }
}

/// A role as the API calls it.
fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn table(session: Session, asked: ListAccounts, first: Page<AccountRow>) -> AnyView {
    let lang = session.lang();
    if first.items.is_empty() {
        let title = lang.pick("没有符合条件的账号", "No such accounts");
        let words = lang.pick("换一个词，或清除条件。", "Try another word, or drop the filters.");
        return view! {
            <Empty title=title words=words><a class="button" href="/app/accounts">{lang.pick("清除条件", "Drop the filters")}</a></Empty>
        }
        .into_any();
    }
    let total = first.total;
    let (rows, next) = (RwSignal::new(first.items), RwSignal::new(first.next));
    let trouble = RwSignal::new(None::<Trouble>);
    let more = move |_| {
        let ask = ListAccounts { after: next.get_untracked().unwrap_or_default(), ..asked.clone() };
        spawn_local(async move {
            match session.call(async |client| client.list_accounts(&ask).await).await {
                Ok(page) => {
                    rows.update(|rows| rows.extend(page.items));
                    next.set(page.next);
                }
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let count = move || {
        let shown = rows.with(Vec::len);
        match lang {
            Lang::Zh => format!("共 {total} 个，已显示 {shown} 个"),
            Lang::En => format!("{shown} of {total}"),
        }
    };
    view! {
        <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards" data-density="dense">
            <caption class="unseen">{lang.pick("账号", "Accounts")}</caption>
            <thead><tr>{head("姓名与账号", "Name and account")}{head("单位", "Organisation")}{head("角色", "Roles")}{head("状态", "State")}{head("最近登录", "Last seen")}</tr></thead>
            <tbody>{move || rows.get().into_iter().map(|row| line(lang, row)).collect_view()}</tbody>
        </table></div>
        <nav class="pager" aria-label=lang.pick("分页", "Pages")><p class="quiet">{count}</p>
            {move || next.get().is_some().then(|| view! { <button class="button" on:click=more.clone()>{lang.pick("更多", "More")}</button> })}</nav>
        <TroubleBox trouble=trouble/>
    }
    .into_any()
}

fn line(lang: Lang, row: AccountRow) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let seen = row.last_seen.map_or_else(|| label("从未", "never").to_owned(), |at| moment(lang, &at));
    view! {
        <tr>
            <th scope="row"><span class="table__no">{row.login.clone()}</span>
                <a href=format!("/app/accounts/{}", row.login)>{lang.pick(&row.name, &row.name_en).to_owned()}</a></th>
            <td data-label=label("单位", "Organisation")>{lang.pick(&row.org.name, &row.org.name_en).to_owned()}</td>
            <td data-label=label("角色", "Roles")>{roles_said(lang, &row.roles)}</td>
            <td data-label=label("状态", "State") data-half="first">{state_tag(lang, row.state)}</td>
            <td data-label=label("最近登录", "Last seen") data-half="second">{seen}</td>
        </tr>
    }
}
