//! Which address shows which page.

use crate::account::{Account, AccountRequests, Accounts, ActOnOne, ImportAccounts, NewAccount};
use crate::application::{
    ActOnApplication, Application, Applications, CheckApplication, EditApplication, FormalCheck,
    InviteMembers,
};
use crate::audit::Audit;
use crate::cycle::{ActOnCycle, Cycle, Cycles, EditCycle, NewCycle};
use crate::home::Home;
use crate::message::{EditReminder, EditTemplate, Mails, Messages, Reminders, Templates};
use crate::need::{
    ActOnNeed, AskOpinions, CheckNeed, EditNeed, ForwardNeeds, GiveOpinion, ImportNeeds, JudgeNeeds, Need,
    Needs, Opinions, RankNeeds, RemindOffices, RemindUnits, RevealNeed, Screen, Screening, SealedNeed,
    Summaries, Summary, ZeroReport,
};
use crate::need_list::{ActOnNeedList, NeedList, NeedLists};
use crate::org::{
    EditOrganisation, EditProfile, ImportOrganisations, NewOrganisation, Organisation, Organisations,
    RevealOrganisation,
};
use crate::policy::{Decide, Import, NewPolicy, Policies, Policy};
use crate::profile::Profile;
use crate::question::{ActOnQuestion, Questions};
use crate::search::Search;
use crate::session::door::{EndedDoor, SignIn};
use crate::session::link::SetPassword;
use crate::session::{Door, Session};
use crate::shell::Shell;
use crate::sign_off::{Chains, SignOff, SignOffs};
use crate::ui::{Drawer, Unknown};
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
    provide_context(policy::Desks::new());
    provide_context(need::Desks::new());
    provide_context(application::Desks::new());
    view! {
        <Shell>
            <Routes fallback=Unknown>
                <Route path=path!("/app") view=Home />
                <Route path=path!("/app/needs") view=Needs />
                <Route path=path!("/app/needs/forward") view=ForwardNeeds />
                <Route path=path!("/app/needs/import") view=ImportNeeds />
                <Route path=path!("/app/needs/rank") view=RankNeeds />
                <Route path=path!("/app/needs/:name") view=Need />
                <Route path=path!("/app/needs/:name/sealed") view=SealedNeed />
                <Route path=path!("/app/needs/:name/edit/:section?") view=EditNeed />
                <Route path=path!("/app/needs/:name/check") view=CheckNeed />
                <Route path=path!("/app/needs/:name/reveal") view=RevealNeed />
                <Route path=path!("/app/needs/:name/:action") view=ActOnNeed />
                <Route path=path!("/app/questions") view=Questions />
                <Route path=path!("/app/questions/:name/:action") view=ActOnQuestion />
                <Route path=path!("/app/applications") view=Applications />
                <Route path=path!("/app/applications/:name") view=Application />
                <Route path=path!("/app/applications/:name/edit/:section?") view=EditApplication />
                <Route path=path!("/app/applications/:name/check") view=CheckApplication />
                <Route path=path!("/app/applications/:name/members") view=InviteMembers />
                <Route path=path!("/app/applications/:name/:action") view=ActOnApplication />
                <Route path=path!("/app/formal-check/:name") view=FormalCheck />
                <Route path=path!("/app/screening") view=Screening />
                <Route path=path!("/app/screening/verdict") view=JudgeNeeds />
                <Route path=path!("/app/screening/ask") view=AskOpinions />
                <Route path=path!("/app/screening/:name") view=Screen />
                <Route path=path!("/app/opinions") view=Opinions />
                <Route path=path!("/app/opinions/remind") view=RemindOffices />
                <Route path=path!("/app/opinions/:name") view=GiveOpinion />
                <Route path=path!("/app/need-lists/:year") view=NeedLists />
                <Route path=path!("/app/need-lists/:year/:edition") view=NeedList />
                <Route path=path!("/app/need-lists/:year/:edition/:action") view=ActOnNeedList />
                <Route path=path!("/app/cycles") view=Cycles />
                <Route path=path!("/app/cycles/new") view=NewCycle />
                <Route path=path!("/app/cycles/:year") view=Cycle />
                <Route path=path!("/app/cycles/:year/edit") view=EditCycle />
                <Route path=path!("/app/cycles/:year/remind") view=RemindUnits />
                <Route path=path!("/app/cycles/:year/zero") view=ZeroReport />
                <Route path=path!("/app/cycles/:year/:action") view=ActOnCycle />
                <Route path=path!("/app/summaries") view=Summaries />
                <Route path=path!("/app/summaries/:name") view=Summary />
                <Route path=path!("/app/sign-offs") view=SignOffs />
                <Route path=path!("/app/sign-offs/:id") view=SignOff />
                <Route path=path!("/app/policies") view=Policies />
                <Route path=path!("/app/policies/new") view=NewPolicy />
                <Route path=path!("/app/policies/:slug") view=Policy />
                <Route path=path!("/app/policies/:slug/import") view=Import />
                <Route path=path!("/app/policies/:slug/:action") view=Decide />
                <Route path=path!("/app/organisations") view=Organisations />
                <Route path=path!("/app/organisations/new") view=NewOrganisation />
                <Route path=path!("/app/organisations/import") view=ImportOrganisations />
                <Route path=path!("/app/organisations/:slug") view=Organisation />
                <Route path=path!("/app/organisations/:slug/edit") view=EditOrganisation />
                <Route path=path!("/app/organisations/:slug/reveal") view=RevealOrganisation />
                <Route path=path!("/app/organisations/:slug/profile") view=EditProfile />
                <Route path=path!("/app/organisations/:slug/sign-off") view=Chains />
                <Route path=path!("/app/accounts") view=Accounts />
                <Route path=path!("/app/accounts/new") view=NewAccount />
                <Route path=path!("/app/accounts/import") view=ImportAccounts />
                <Route path=path!("/app/accounts/requests") view=AccountRequests />
                <Route path=path!("/app/accounts/:login") view=Account />
                <Route path=path!("/app/accounts/:login/:action") view=ActOnOne />
                <Route path=path!("/app/audit") view=Audit />
                <Route path=path!("/app/messages") view=Messages />
                <Route path=path!("/app/mails") view=Mails />
                <Route path=path!("/app/reminders") view=Reminders />
                <Route path=path!("/app/reminders/:id") view=EditReminder />
                <Route path=path!("/app/mail-templates") view=Templates />
                <Route path=path!("/app/mail-templates/:kind/:language") view=EditTemplate />
                <Route path=path!("/app/views") view=Views />
                <Route path=path!("/app/search") view=Search />
                <Route path=path!("/app/profile") view=Profile />
            </Routes>
        </Shell>
        <EndedDoor />
    }
}
