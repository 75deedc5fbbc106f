//! Applications: list, record, form, check, team, formal check.

mod act;
mod awaited;
mod eligibility;
mod form;
mod formal;
mod list;
mod of_need;
mod opinion;
mod show;
mod start;
mod team;
mod versions;

pub use act::ActOnApplication;
pub use form::{CheckApplication, EditApplication};
pub use formal::{FormalCheck, address as check_address};
pub use list::Applications;
pub use of_need::NeedApplications;
pub use show::Application;
pub use start::ApplyButton;
pub use team::InviteMembers;

use crate::session::Session;
use crate::ui::{self, Offered, Working, rehearsed, tag};
use leptos::prelude::*;
use ronghe_client::{Client, Error};
use ronghe_contract::application::{ApplicationRow, ApplicationView};
use ronghe_contract::session::Me;
use ronghe_domain::application::rules::Turn;
use ronghe_domain::application::{Action, ApplicationDraft, State};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::Role;
use ronghe_text::{
    Lang, application_action, application_refusal, application_state, application_turn, application_unlisted,
};

/// The working copies of applications.
pub type Desks = ui::Desks<ApplicationView>;

impl Working for ApplicationView {
    type Draft = ApplicationDraft;
    type Beside = ();

    fn name(&self) -> &str {
        &self.row.name
    }

    /// Whoever writes in none of its sections has no copy to work on.
    fn draft(&self) -> Option<ApplicationDraft> {
        self.draft.clone().filter(|_| self.sections.iter().any(|it| it.open))
    }

    fn changed_by(&self) -> Option<String> {
        None
    }

    fn beside(_: RwSignal<Self>) {}

    fn is_loose((): ()) -> bool {
        false
    }

    fn let_go((): ()) {}

    async fn put(&self, client: Client, draft: ApplicationDraft) -> Result<Self, Error> {
        client.save_application(&self.row.name, &self.version, &draft).await
    }

    async fn show(client: Client, name: String) -> Result<Self, Error> {
        client.show_application(&name).await
    }
}

/// Whether it is this person's turn.
fn is_mine(me: &Me, row: &ApplicationRow) -> bool {
    match row.turn {
        Turn::University => me.org.slug == row.university.slug,
        Turn::LeadOffice => me.roles.contains(&Role::LeadOffice),
        Turn::Signers | Turn::Opening | Turn::Nobody => false,
    }
}

/// The tag of an application: its colour says whose turn it is, for this viewer.
fn state_tag(session: Session, row: &ApplicationRow) -> impl IntoView + use<> {
    let mine = session.me().is_some_and(|me| is_mine(&me, row));
    let key = match (row.state, mine) {
        (State::Draft | State::Withdrawn, _) => "draft",
        (State::Accepted, _) => "done",
        (_, true) => "yours",
        (_, false) => "others",
    };
    tag(key, application_state(session.lang(), row.state))
}

/// That it is of a rehearsal.
fn rehearsal(lang: Lang, row: &ApplicationRow) -> Option<impl IntoView + use<>> {
    CycleYear::parse(&row.year).is_some_and(CycleYear::is_rehearsal).then(|| rehearsed(lang))
}

/// On whom it waits, in words for this viewer.
fn whose_turn(session: Session, row: &ApplicationRow) -> String {
    let lang = session.lang();
    if session.me().is_some_and(|me| is_mine(&me, row)) {
        return lang.pick("本单位", "you").to_owned();
    }
    match row.turn {
        Turn::University => lang.pick(&row.university.name, &row.university.name_en).to_owned(),
        other => application_turn(lang, other).to_owned(),
    }
}

/// The name of an action in addresses.
const fn action_name(action: Action) -> &'static str {
    match action {
        Action::Edit => "edit",
        Action::Submit => "check",
        Action::Invite => "members",
        Action::Reopen => "reopen",
        Action::Withdraw => "withdraw",
        Action::Accept => "accept",
        Action::Return => "return",
        Action::Unseal => "unseal",
    }
}

/// What the application offers, in words.
fn offered(lang: Lang, view: &ApplicationView) -> Vec<Offered> {
    let is_draft = view.row.state == State::Draft;
    let offers = view.offers.iter();
    offers
        .map(|offer| Offered {
            words: match offer.action {
                // A draft that was never sent is given up rather than taken back.
                Action::Withdraw if is_draft && view.submitted_at.is_none() => {
                    lang.pick("放弃草稿", "Give it up").to_owned()
                }
                Action::Edit if !is_draft => lang.pick("补正", "Correct").to_owned(),
                action => application_action(lang, action).to_owned(),
            },
            to: format!("/app/applications/{}/{}", view.row.name, action_name(offer.action)),
            barred: offer.barred.map(|refusal| application_refusal(lang, refusal)),
        })
        .collect()
}

/// That its need is on the list no longer, and what comes of it.
fn unlisted(lang: Lang, view: &ApplicationView) -> Option<impl IntoView + use<>> {
    let (head, words) = application_unlisted(lang);
    view.unlisted.then(|| {
        view! { <div class="banner" role="note"><div><p class="banner__title">{head}</p><p>{words}</p></div></div> }
    })
}

/// What the need is called that an application answers.
fn need_title(lang: Lang, row: &ApplicationRow) -> &str {
    if lang == Lang::En && !row.need.title_en.is_empty() { &row.need.title_en } else { &row.need.title }
}

/// What an application is called.
pub fn title(lang: Lang, row: &ApplicationRow) -> String {
    if !row.title.trim().is_empty() {
        return row.title.clone();
    }
    let need = need_title(lang, row);
    match lang {
        Lang::Zh => format!("申报：{need}"),
        Lang::En => format!("Application: {need}"),
    }
}
