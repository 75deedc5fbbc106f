//! Accounts: list, making one, record, what administrators do with one.

mod act;
mod import;
mod list;
mod new;
mod requests;
mod show;

pub use act::ActOnOne;
pub use import::ImportAccounts;
pub use list::Accounts;
pub use new::NewAccount;
pub use requests::AccountRequests;
pub use show::Account;

use crate::ui::{Offered, select_all, tag};
use leptos::prelude::*;
use ronghe_contract::account::{AccountView, LinkMade};
use ronghe_domain::account::{Action, State};
use ronghe_domain::kernel::Role;
use ronghe_text::{Lang, account_action, account_refusal, account_state, link_mailed, role};

fn state_tag(lang: Lang, state: State) -> impl IntoView {
    let turn = match state {
        State::Invited => "others",
        State::Active => "done",
        State::Disabled => "draft",
    };
    tag(turn, account_state(lang, state))
}

/// Roles in words.
fn roles_said(lang: Lang, roles: &[Role]) -> String {
    if roles.is_empty() {
        return lang.pick("没有角色", "no roles").to_owned();
    }
    roles.iter().map(|one| role(lang, *one)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Invite => "invite",
        Action::Reset => "reset",
        Action::Disable => "disable",
        Action::Enable => "enable",
        Action::Grant => "grant",
        Action::SetPost => "post",
        Action::Confirm => "confirm",
        Action::Reject => "reject",
    }
}

fn offered(lang: Lang, view: &AccountView) -> Vec<Offered> {
    view.offers
        .iter()
        .map(|offer| Offered {
            words: account_action(lang, offer.action).to_owned(),
            to: format!("/app/accounts/{}/{}", view.row.login, action_name(offer.action)),
            barred: offer.barred.as_ref().map(|refusal| account_refusal(lang, refusal)),
        })
        .collect()
}

/// A link to be handed over; it is shown this once.
fn link_box(lang: Lang, link: &LinkMade) -> impl IntoView + use<> {
    let origin = window().location().origin().unwrap_or_default();
    let address = format!("{origin}{}", link.path);
    let until = crate::ui::moment(lang, &link.expires);
    let mailed = link.mailed.as_ref().map(|to| view! { <p>{link_mailed(lang, to)}</p> });
    view! {
        <div class="banner" data-turn="yours" role="status"><div class="stack" data-gap="small">
            <p class="banner__title">{lang.pick("把这个链接交给本人", "Hand this link over")}</p>
            <p>{lang.pick("只显示这一次；打开后设置密码。", "It is shown this once; whoever opens it sets a password.")}</p>
            <input class="input" readonly=true aria-label=lang.pick("链接", "Link") value=address
                on:focus=select_all/>
            {mailed}
            <p class="quiet"><small>{lang.pick("有效至 ", "Holds until ")}{until}</small></p>
        </div></div>
    }
}
