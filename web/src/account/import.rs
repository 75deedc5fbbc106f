//! Accounts from a table: template, file, errors by cell, preview, then written.

use super::roles_said;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::{Chosen, FilePicker};
use crate::ui::{Button, PageHead, back};
use leptos::prelude::*;
use ronghe_contract::account::{ImportAccounts as Body, ImportedAccount, ImportedAccounts};
use ronghe_text::Lang;

/// The page.
#[component]
pub fn ImportAccounts() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let file = RwSignal::new(None::<Chosen>);
    let shown = RwSignal::new(None::<ImportedAccounts>);
    // Another file is another import.
    Effect::new(move |_| {
        file.track();
        shown.set(None);
    });
    let send = move |preview: bool| {
        let chosen = file.get_untracked().map(|chosen| chosen.base64).unwrap_or_default();
        let body = Body { file: chosen, preview };
        act.run(
            async move |client| client.import_accounts(&body).await,
            move |found: ImportedAccounts| shown.set(Some(found)),
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(shown.with_untracked(Option::is_none));
    };
    let title = Signal::derive(move || {
        session.lang().pick("从表格导入账号", "Import accounts from a table").to_owned()
    });
    view! {
        {move || back(session, "/app/accounts", session.lang().pick("账号", "Accounts"))}
        <PageHead title=title>
            <a class="button" href="/api/v1/accounts/template.xlsx" rel="external" download="accounts.xlsx">
                {move || session.lang().pick("下载空表", "Download the empty table")}</a>
        </PageHead>
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            {move || {
                let written = shown.get().is_some_and(|shown| shown.written);
                (!written).then(|| view! {
                    <FilePicker file=file trouble=act.trouble accept=".xlsx"
                        hint=("填好的 .xlsx 表；有一格不对，就一行也不写入", "The table filled in, .xlsx; should one cell not hold, no row is written")/>
                })
            }}
            {move || shown.get().map(|found| table(session, found))}
            {move || {
                let lang = session.lang();
                match (file.get().is_some(), shown.get()) {
                    (false, _) => ().into_any(),
                    (true, None) => view! { <Button primary=true busy=act.busy>{lang.pick("检查", "Check it")}</Button> }.into_any(),
                    (true, Some(found)) if !found.written && !found.accounts.is_empty() => {
                        let words = match lang {
                            Lang::Zh => format!("导入 {} 个账号", found.accounts.len()),
                            Lang::En => format!("Import {} accounts", found.accounts.len()),
                        };
                        view! { <Button primary=true busy=act.busy>{words}</Button> }.into_any()
                    }
                    (true, Some(_)) => view! { <a class="button" href="/app/accounts">{lang.pick("回到账号", "Back to the accounts")}</a> }.into_any(),
                }
            }}
        </form>
    }
}

fn table(session: Session, found: ImportedAccounts) -> impl IntoView {
    let lang = session.lang();
    let count = found.accounts.len();
    let (turn, said) = match (lang, found.written, count) {
        (Lang::Zh, _, 0) => ("yours", "表里没有账号".to_owned()),
        (Lang::En, _, 0) => ("yours", "The table holds no accounts".to_owned()),
        (Lang::Zh, false, _) => ("others", format!("{count} 个账号都对，还没有写入")),
        (Lang::En, false, _) => ("others", format!("All {count} accounts hold; nothing is written yet")),
        (Lang::Zh, true, _) => ("done", format!("{count} 个账号已导入；链接只显示这一次，只交给本人")),
        (Lang::En, true, _) => (
            "done",
            format!("{count} accounts imported; the links are shown this once, for their owners only"),
        ),
    };
    let written = found.written;
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = found.accounts.into_iter().map(|account| line(lang, account)).collect_view();
    view! {
        <div class="banner" data-turn=turn role="status"><div><p class="banner__title">{said}</p></div></div>
        {(count > 0).then(|| view! {
            <div class="table-frame"><table class="table" data-narrow="cards" data-density="dense">
                <caption class="unseen">{lang.pick("表里的账号", "Accounts of the table")}</caption>
                <thead><tr>{head("姓名与账号", "Name and account")}{head("单位", "Organisation")}{head("角色", "Roles")}
                    {written.then(|| head("设密码的链接", "Link for the password"))}</tr></thead>
                <tbody>{rows}</tbody></table></div>
        })}
    }
}

fn line(lang: Lang, account: ImportedAccount) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let link = account.link.map(|link| {
        let address = format!("{}{}", window().location().origin().unwrap_or_default(), link.path);
        view! { <td data-label=label("链接", "Link")><code class="secret">{address}</code></td> }
    });
    view! {
        <tr>
            <th scope="row"><span class="table__no">{account.login}</span>{account.name}</th>
            <td data-label=label("单位", "Organisation")>{lang.pick(&account.org.name, &account.org.name_en).to_owned()}</td>
            <td data-label=label("角色", "Roles")>{roles_said(lang, &account.roles)}</td>
            {link}
        </tr>
    }
}
