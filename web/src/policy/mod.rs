//! Policy documents and their measures: list, record, import, decisions.

mod act;
mod import;
mod list;
mod new;
mod show;

pub use act::Decide;
pub use import::{Desks, Import};
pub use list::Policies;
pub use new::NewPolicy;
pub use show::Policy;

use crate::ui::{Offered, tag};
use leptos::prelude::*;
use ronghe_contract::policy::PolicyView;
use ronghe_domain::policy::{Action, State, Status};
use ronghe_text::{Lang, policy_action, policy_refusal, policy_state, policy_status};

/// The tag of a document: its status once it is in the register, its state before.
fn status_tag(lang: Lang, state: State, status: Option<Status>) -> impl IntoView {
    match (state, status) {
        (State::Published, Some(status)) => {
            let turn = match status {
                Status::InForce => "done",
                Status::Upcoming => "others",
                Status::Expired | Status::Superseded => "draft",
            };
            tag(turn, policy_status(lang, status))
        }
        (State::Draft, _) => tag("yours", policy_state(lang, state)),
        (State::Published | State::Discarded, _) => tag("draft", policy_state(lang, state)),
    }
}

/// The name of an action in addresses.
const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Correct => "import",
        Action::Publish => "publish",
        Action::Discard => "discard",
        Action::Renew => "renew",
        Action::Supersede => "supersede",
    }
}

/// What the document offers, in words.
fn offered(lang: Lang, view: &PolicyView) -> Vec<Offered> {
    view.offers
        .iter()
        .map(|offer| Offered {
            words: policy_action(lang, offer.action).to_owned(),
            to: format!("/app/policies/{}/{}", view.slug, action_name(offer.action)),
            barred: offer.barred.map(|refusal| policy_refusal(lang, refusal)),
        })
        .collect()
}

/// What a document is called, before and after it is in the register.
fn title(lang: Lang, view: &PolicyView) -> String {
    let read = view.import.as_ref().and_then(|import| import.draft.title.as_ref());
    let title = view.content.as_ref().map(|content| content.title.clone());
    title
        .or_else(|| read.map(|read| read.value.clone()))
        .unwrap_or_else(|| lang.pick("没有标题的文件", "A document without title").to_owned())
}
