//! Need lists: the board of a year, one version with its approvals, what is done with one.

mod act;
mod board;
mod compose;
mod parts;
mod show;

pub use act::ActOnNeedList;
pub use board::NeedLists;
pub use show::NeedList;

use crate::ui::{Offered, tag};
use leptos::prelude::*;
use ronghe_contract::need_list::{NeedListRow, NeedListView};
use ronghe_domain::need_list::{Action, Edition, State};
use ronghe_text::{Lang, list_action, list_refusal, list_state};

/// The tag of a version. Whose turn it is, its page says.
fn state_tag(lang: Lang, state: State) -> impl IntoView {
    let turn = match state {
        State::Draft => "draft",
        State::Proposed | State::Approved => "others",
        State::Published => "done",
    };
    tag(turn, list_state(lang, state))
}

/// Where a version stands in the workspace.
fn address(row: &NeedListRow) -> String {
    format!("/app/need-lists/{}/{}", row.year, Edition(row.no))
}

/// The name of an action in addresses; what is done on the board has none.
const fn action_name(action: Action) -> Option<&'static str> {
    match action {
        Action::Propose => Some("propose"),
        Action::Approve => Some("approve"),
        Action::Return => Some("return"),
        Action::Minute => Some("minutes"),
        Action::Publish => Some("publish"),
        Action::Compose | Action::Reopen => None,
    }
}

/// What a version offers, in words; it is composed where it stands.
fn offered(lang: Lang, view: &NeedListView) -> Vec<Offered> {
    let home = address(&view.row);
    let one = |offer: &ronghe_domain::kernel::Offer<Action, ronghe_domain::need_list::Refusal>| {
        Some(Offered {
            words: list_action(lang, offer.action).to_owned(),
            to: format!("{home}/{}", action_name(offer.action)?),
            barred: offer.barred.map(|refusal| list_refusal(lang, refusal)),
        })
    };
    view.offers.iter().filter_map(one).collect()
}
