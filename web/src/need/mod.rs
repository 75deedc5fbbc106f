//! Needs: list, record, form, check, what districts and the lead office do with them.

mod act;
mod alike;
mod content;
mod district;
mod fate;
mod form;
mod forward;
mod list;
mod opinion;
mod reveal;
mod screening;
mod sealed;
mod show;
mod standing;
mod start;
mod table;

pub use act::ActOnNeed;
pub use district::{RankNeeds, RemindUnits, Summaries, Summary, ZeroReport};
pub use form::{CheckNeed, EditNeed};
pub use forward::ForwardNeeds;
pub use list::Needs;
pub use opinion::{AskOpinions, GiveOpinion, Opinions, RemindOffices};
pub use reveal::RevealNeed;
pub use screening::{JudgeNeeds, Screen, Screening};
pub use sealed::SealedNeed;
pub use show::Need;
pub use standing::Standing;
pub use start::StartButton;
pub use table::ImportNeeds;

use crate::session::Session;
use crate::ui::{self, Offered, Working, tag};
use leptos::prelude::*;
use ronghe_client::{Client, Error};
use ronghe_contract::need::{NeedRow, NeedView};
use ronghe_contract::session::Me;
use ronghe_domain::kernel::Role;
use ronghe_domain::need::rules::Turn;
use ronghe_domain::need::{Action, NeedDraft, Refusal, State};
use ronghe_text::{Lang, need_action, need_refusal, need_state, turn};

/// The working copies of needs.
pub type Desks = ui::Desks<NeedView>;

impl Working for NeedView {
    type Draft = NeedDraft;
    type Beside = ();

    fn name(&self) -> &str {
        &self.row.name
    }

    fn draft(&self) -> Option<NeedDraft> {
        self.draft.clone()
    }

    fn changed_by(&self) -> Option<String> {
        None
    }

    fn beside(_: RwSignal<Self>) {}

    fn is_loose((): ()) -> bool {
        false
    }

    fn let_go((): ()) {}

    async fn put(&self, client: Client, draft: NeedDraft) -> Result<Self, Error> {
        client.save_need(&self.row.name, &self.version, &draft).await
    }

    async fn show(client: Client, name: String) -> Result<Self, Error> {
        client.show_need(&name).await
    }
}

/// Whether it is this person's turn.
fn is_mine(me: &Me, row: &NeedRow) -> bool {
    match row.turn {
        Turn::Unit => me.org.slug == row.unit.slug,
        Turn::District => row.district.as_ref().is_some_and(|district| district.slug == me.org.slug),
        Turn::LeadOffice => me.roles.contains(&Role::LeadOffice),
        Turn::Nobody => false,
    }
}

/// The tag of a need: its colour says whose turn it is, for this viewer.
fn state_tag(session: Session, row: &NeedRow) -> impl IntoView + use<> {
    tag(colour(session, row), need_state(session.lang(), row.state))
}

/// Whose turn it is, for this viewer, as the colours say it.
fn colour(session: Session, row: &NeedRow) -> &'static str {
    let mine = session.me().is_some_and(|me| is_mine(&me, row));
    match (row.state, mine) {
        (State::Draft | State::Withdrawn | State::Declined | State::Merged | State::Open, _) => "draft",
        (State::Listed | State::Taken, _) => "done",
        (_, true) => "yours",
        (State::Submitted | State::ReturnedByDistrict | State::Returned, _) if row.turn == Turn::Nobody => {
            "draft"
        }
        (_, false) => "others",
    }
}

/// On whom it waits, in words for this viewer.
fn whose_turn(session: Session, row: &NeedRow) -> String {
    let lang = session.lang();
    if session.me().is_some_and(|me| is_mine(&me, row)) {
        return lang.pick("本单位", "you").to_owned();
    }
    let name = |org: &ronghe_contract::org::OrgRef| lang.pick(&org.name, &org.name_en).to_owned();
    match (row.turn, &row.district) {
        (Turn::Unit, _) => name(&row.unit),
        (Turn::District, Some(district)) => name(district),
        (other, _) => turn(lang, other).to_owned(),
    }
}

/// The name of an action in addresses.
const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Edit => "edit",
        Action::Submit => "check",
        Action::Forward => "forward",
        Action::Return => "return",
        Action::Enlist => "enlist",
        Action::Decline => "decline",
        Action::Merge => "merge",
        Action::Reopen => "reopen",
        Action::Withdraw => "withdraw",
        Action::Reveal => "reveal",
        Action::Screen => "screen",
        Action::Unscreen => "unscreen",
        Action::LeaveOpen => "leave-open",
        Action::Carry => "carry",
    }
}

/// What the need offers, in words.
fn offered(lang: Lang, view: &NeedView) -> Vec<Offered> {
    let is_draft = view.row.state == State::Draft;
    // A verdict is given beside the queue, on one page.
    let mut verdicts = view.offers.iter().filter(|offer| Action::VERDICTS.contains(&offer.action));
    let screen = verdicts.next().map(|offer| Offered {
        words: lang.pick("遴选", "Screen").to_owned(),
        to: format!("/app/screening/{}", view.row.name),
        barred: offer.barred.map(|refusal| need_refusal(lang, refusal)),
    });
    let others = view
        .offers
        .iter()
        // It stands beside the telephone.
        .filter(|offer| offer.action != Action::Reveal && !Action::VERDICTS.contains(&offer.action))
        .map(|offer| match (offer.action, offer.barred) {
            // The unit's chain signs it first: it is asked for on the same page.
            (Action::Submit, Some(Refusal::SignOffFirst)) => Offered {
                words: lang.pick("提请签发", "Ask for sign-off").to_owned(),
                to: format!("/app/needs/{}/check", view.row.name),
                barred: None,
            },
            // The bureau's chain signs the summary by which it leaves.
            (Action::Forward, Some(Refusal::SignOffFirst)) => Offered {
                words: need_action(lang, offer.action).to_owned(),
                to: format!("/app/needs/forward?sel={}", view.row.name),
                barred: None,
            },
            _ => Offered {
                words: match offer.action {
                    // A draft that was never sent is given up rather than taken back.
                    Action::Withdraw if is_draft => lang.pick("放弃草稿", "Give it up").to_owned(),
                    Action::Edit if !is_draft => lang.pick("修改", "Correct").to_owned(),
                    action => need_action(lang, action).to_owned(),
                },
                to: format!("/app/needs/{}/{}", view.row.name, action_name(offer.action)),
                barred: offer.barred.map(|refusal| need_refusal(lang, refusal)),
            },
        });
    screen.into_iter().chain(others).collect()
}

/// Its place in the order of its district.
fn rank_words(lang: Lang, rank: u32) -> String {
    match lang {
        Lang::Zh => format!("区县排序 {rank}"),
        Lang::En => format!("place {rank} in its district"),
    }
}

/// What a need is called.
fn title(lang: Lang, row: &NeedRow) -> String {
    let in_english = lang == Lang::En && !row.title_en.trim().is_empty();
    let title = if in_english { &row.title_en } else { &row.title };
    if title.trim().is_empty() {
        lang.pick("还没有标题的需求", "A need without title").to_owned()
    } else {
        title.clone()
    }
}
