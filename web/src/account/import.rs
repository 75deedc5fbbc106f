//! Accounts from a table.

use super::roles_said;
use crate::ui::import::{Found, Kind, Sent, import_page};
use leptos::prelude::*;
use ronghe_contract::account::{ImportAccounts as Body, ImportedAccount, ImportedAccounts};
use ronghe_text::{Lang, link_mailed};

const KIND: Kind = Kind {
    title: ("从表格导入账号", "Import accounts from a table"),
    list: ("/app/accounts", ("账号", "Accounts")),
    template: ("/api/v1/accounts/template.xlsx", "accounts.xlsx"),
    caption: ("表里的账号", "Accounts of the table"),
    counted: ("个账号", "accounts"),
    after: ("；链接只显示这一次，只交给本人", "; the links are shown this once, for their owners only"),
    tick: None,
};

/// The page.
#[component]
pub fn ImportAccounts() -> impl IntoView {
    import_page(&KIND, async |client, Sent { file, preview, .. }| {
        client.import_accounts(&Body { file, preview }).await
    })
}

impl Found for ImportedAccounts {
    fn is_written(&self) -> bool {
        self.written
    }

    fn count(&self) -> usize {
        self.accounts.len()
    }

    fn heads(&self) -> Vec<(&'static str, &'static str)> {
        let mut heads = vec![("姓名与账号", "Name and account"), ("单位", "Organisation"), ("角色", "Roles")];
        if self.written {
            heads.push(("设密码的链接", "Link for the password"));
        }
        heads
    }

    fn rows(self, lang: Lang) -> AnyView {
        self.accounts.into_iter().map(|account| line(lang, account)).collect_view().into_any()
    }
}

fn line(lang: Lang, account: ImportedAccount) -> impl IntoView {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let link = account.link.map(|link| {
        let address = format!("{}{}", window().location().origin().unwrap_or_default(), link.path);
        let mailed =
            link.mailed.map(|to| view! { <br/><small class="quiet">{link_mailed(lang, &to)}</small> });
        view! { <td data-label=label("链接", "Link")><code class="secret">{address}</code>{mailed}</td> }
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
