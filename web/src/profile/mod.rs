//! One's own account: who, password, second factor, mails, browsers, tokens.

mod factor;
mod mails;
mod password;
mod sessions;
mod tokens;

use crate::session::Session;
use crate::ui::PageHead;
use factor::Factor;
use leptos::prelude::*;
use mails::Mails;
use password::Password;
use ronghe_text::role;
use sessions::Sessions;
use tokens::Tokens;

/// The page.
#[component]
pub fn Profile() -> impl IntoView {
    let session = Session::here();
    let title = Signal::derive(move || {
        let lang = session.lang();
        session.me().map(|me| lang.pick(&me.name, &me.name_en).to_owned()).unwrap_or_default()
    });
    let line = Signal::derive(move || {
        let lang = session.lang();
        session
            .me()
            .map(|me| {
                let roles: Vec<&str> = me.roles.iter().map(|one| role(lang, *one)).collect();
                let org = lang.pick(&me.org.name, &me.org.name_en);
                format!("{org}{}{}", lang.pick("，", ", "), roles.join(lang.pick("、", ", ")))
            })
            .unwrap_or_default()
    });
    view! {
        <PageHead title=title line=line>
            <button class="button" on:click=move |_| session.leave()>{move || session.lang().pick("退出", "Sign out")}</button>
        </PageHead>
        <div class="profile">
            <Factor/>
            <Password/>
            <Mails/>
            <Sessions/>
            <Tokens/>
        </div>
    }
}
