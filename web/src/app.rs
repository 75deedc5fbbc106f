//! Which address shows which page.

use crate::home::Home;
use crate::lazy::{self, later};
use crate::message::Messages;
use crate::profile::Profile;
use crate::search::Search;
use crate::session::door::{EndedDoor, SignIn};
use crate::session::link::SetPassword;
use crate::session::{Door, Session};
use crate::shell::{New, Shell};
use crate::ui::{Drawer, Keys, Unknown};
use crate::view::Views;
use crate::{application, need, policy};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

/// Everything.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Session::new());
    view! {
        <Router>
            <Outside />
        </Router>
    }
}

/// The door, or what is behind it. Links by which a password is set stand outside.
#[component]
fn Outside() -> impl IntoView {
    let session = Session::here();
    session.look_who_is_there();
    let location = use_location();
    let is_link = Memo::new(move |_| location.pathname.get().starts_with("/app/links/"));
    let is_in = Memo::new(move |_| matches!(session.door(), Door::In | Door::Ended));
    move || match (is_link.get(), is_in.get()) {
        (true, _) => view! { <SetPassword /> }.into_any(),
        (false, true) => view! { <Inside /> }.into_any(),
        (false, false) => view! { <SignIn /> }.into_any(),
    }
}

/// What is typed at a desk stays as long as the person is inside, also while a session has ended.
#[component]
fn Inside() -> impl IntoView {
    provide_context(Drawer::new());
    provide_context(Keys::new());
    provide_context(policy::Desks::new());
    provide_context(need::Desks::new());
    provide_context(application::Desks::new());
    view! {
        <Shell>
            <Routes fallback=Unknown>
                <Route path=path!("/app") view=Home />
                <Route path=path!("/app/new") view=New />
                <Route path=path!("/app/needs") view={later::<lazy::Needs>()} />
                <Route path=path!("/app/needs/forward") view={later::<lazy::ForwardNeeds>()} />
                <Route path=path!("/app/needs/import") view={later::<lazy::ImportNeeds>()} />
                <Route path=path!("/app/needs/rank") view={later::<lazy::RankNeeds>()} />
                <Route path=path!("/app/needs/:name") view={later::<lazy::Need>()} />
                <Route path=path!("/app/needs/:name/sealed") view={later::<lazy::SealedNeed>()} />
                <Route path=path!("/app/needs/:name/edit/:section?") view={later::<lazy::EditNeed>()} />
                <Route path=path!("/app/needs/:name/check") view={later::<lazy::CheckNeed>()} />
                <Route path=path!("/app/needs/:name/reveal") view={later::<lazy::RevealNeed>()} />
                <Route path=path!("/app/needs/:name/:action") view={later::<lazy::ActOnNeed>()} />
                <Route path=path!("/app/questions") view={later::<lazy::Questions>()} />
                <Route path=path!("/app/questions/:name/:action") view={later::<lazy::ActOnQuestion>()} />
                <Route path=path!("/app/applications") view={later::<lazy::Applications>()} />
                <Route path=path!("/app/applications/:name") view={later::<lazy::Application>()} />
                <Route path=path!("/app/applications/:name/edit/:section?") view={later::<lazy::EditApplication>()} />
                <Route path=path!("/app/applications/:name/check") view={later::<lazy::CheckApplication>()} />
                <Route path=path!("/app/applications/:name/members") view={later::<lazy::InviteMembers>()} />
                <Route path=path!("/app/applications/:name/:action") view={later::<lazy::ActOnApplication>()} />
                <Route path=path!("/app/formal-check/:name") view={later::<lazy::FormalCheck>()} />
                <Route path=path!("/app/screening") view={later::<lazy::Screening>()} />
                <Route path=path!("/app/screening/verdict") view={later::<lazy::JudgeNeeds>()} />
                <Route path=path!("/app/screening/ask") view={later::<lazy::AskOpinions>()} />
                <Route path=path!("/app/screening/:name") view={later::<lazy::Screen>()} />
                <Route path=path!("/app/opinions") view={later::<lazy::Opinions>()} />
                <Route path=path!("/app/opinions/remind") view={later::<lazy::RemindOffices>()} />
                <Route path=path!("/app/opinions/:name") view={later::<lazy::GiveOpinion>()} />
                <Route path=path!("/app/need-lists/:year") view={later::<lazy::NeedLists>()} />
                <Route path=path!("/app/need-lists/:year/:edition") view={later::<lazy::NeedList>()} />
                <Route path=path!("/app/need-lists/:year/:edition/:action") view={later::<lazy::ActOnNeedList>()} />
                <Route path=path!("/app/cycles") view={later::<lazy::Cycles>()} />
                <Route path=path!("/app/cycles/new") view={later::<lazy::NewCycle>()} />
                <Route path=path!("/app/cycles/:year") view={later::<lazy::Cycle>()} />
                <Route path=path!("/app/cycles/:year/edit") view={later::<lazy::EditCycle>()} />
                <Route path=path!("/app/cycles/:year/remind") view={later::<lazy::RemindUnits>()} />
                <Route path=path!("/app/cycles/:year/zero") view={later::<lazy::ZeroReport>()} />
                <Route path=path!("/app/cycles/:year/:action") view={later::<lazy::ActOnCycle>()} />
                <Route path=path!("/app/summaries") view={later::<lazy::Summaries>()} />
                <Route path=path!("/app/summaries/:name") view={later::<lazy::Summary>()} />
                <Route path=path!("/app/sign-offs") view={later::<lazy::SignOffs>()} />
                <Route path=path!("/app/sign-offs/:id") view={later::<lazy::SignOff>()} />
                <Route path=path!("/app/policies") view={later::<lazy::Policies>()} />
                <Route path=path!("/app/policies/new") view={later::<lazy::NewPolicy>()} />
                <Route path=path!("/app/policies/:slug") view={later::<lazy::Policy>()} />
                <Route path=path!("/app/policies/:slug/import") view={later::<lazy::Import>()} />
                <Route path=path!("/app/policies/:slug/:action") view={later::<lazy::Decide>()} />
                <Route path=path!("/app/organisations") view={later::<lazy::Organisations>()} />
                <Route path=path!("/app/organisations/new") view={later::<lazy::NewOrganisation>()} />
                <Route path=path!("/app/organisations/import") view={later::<lazy::ImportOrganisations>()} />
                <Route path=path!("/app/organisations/:slug") view={later::<lazy::Organisation>()} />
                <Route path=path!("/app/organisations/:slug/edit") view={later::<lazy::EditOrganisation>()} />
                <Route path=path!("/app/organisations/:slug/reveal") view={later::<lazy::RevealOrganisation>()} />
                <Route path=path!("/app/organisations/:slug/profile") view={later::<lazy::EditProfile>()} />
                <Route path=path!("/app/organisations/:slug/sign-off") view={later::<lazy::Chains>()} />
                <Route path=path!("/app/accounts") view={later::<lazy::Accounts>()} />
                <Route path=path!("/app/accounts/new") view={later::<lazy::NewAccount>()} />
                <Route path=path!("/app/accounts/import") view={later::<lazy::ImportAccounts>()} />
                <Route path=path!("/app/accounts/requests") view={later::<lazy::AccountRequests>()} />
                <Route path=path!("/app/accounts/:login") view={later::<lazy::Account>()} />
                <Route path=path!("/app/accounts/:login/:action") view={later::<lazy::ActOnOne>()} />
                <Route path=path!("/app/audit") view={later::<lazy::Audit>()} />
                <Route path=path!("/app/messages") view=Messages />
                <Route path=path!("/app/mails") view={later::<lazy::Mails>()} />
                <Route path=path!("/app/reminders") view={later::<lazy::Reminders>()} />
                <Route path=path!("/app/reminders/:id") view={later::<lazy::EditReminder>()} />
                <Route path=path!("/app/mail-templates") view={later::<lazy::Templates>()} />
                <Route path=path!("/app/mail-templates/:kind/:language") view={later::<lazy::EditTemplate>()} />
                <Route path=path!("/app/views") view=Views />
                <Route path=path!("/app/exports") view={later::<lazy::Exports>()} />
                <Route path=path!("/app/search") view=Search />
                <Route path=path!("/app/profile") view=Profile />
            </Routes>
        </Shell>
        <EndedDoor />
    }
}
