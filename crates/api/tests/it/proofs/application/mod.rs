//! 高校申报: sealed for everybody but its university until the window has closed, then checked by the lead office.

mod awaited;
mod life;
mod members;
pub(crate) mod opined;
mod overdue;
mod sealed;
mod signed;
mod unanswered;
mod unlisted;

use ronghe_client::{Client, Error, ListNeeds};
use ronghe_contract::application::{ActOnApplication, ApplicationView, FiledView, StartApplication};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_domain::account::AccountDraft;
use ronghe_domain::application::ApplicationDraft;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::{Instant, Role};
use ronghe_testkit::{PASSWORD, TestApp};
use std::sync::Arc;

pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// Brings the year to 高校申报 with two needs on its list; says what they are called.
pub(crate) async fn applying(test: &TestApp) -> Vec<String> {
    let cycle = year(test).await;
    if cycle.phase == Phase::CollectingNeeds {
        advance(test, cycle.content.collecting.districts_end).await;
    }
    let lead = test.entered("zhangmin").await;
    let listed = async || {
        let query = ListNeeds { state: "listed".into(), sort: "number".into(), ..ListNeeds::default() };
        let found = lead.list_needs(&query).await.unwrap().items;
        found.into_iter().take(2).map(|row| row.name).collect::<Vec<String>>()
    };
    if listed().await.is_empty() {
        crate::proofs::lists::publish_all(test, &lead).await;
    }
    let names = listed().await;
    advance(test, cycle.content.closes(Phase::ScreeningNeeds).unwrap()).await;
    test.app.clock().set(cycle.content.opens(Phase::AcceptingApplications).unwrap());
    names
}

/// The year of the demonstration.
async fn year(test: &TestApp) -> Arc<Cycle> {
    let opened = ronghe_app::cycle::opened(&test.app).await.unwrap();
    opened.into_iter().find(|cycle| cycle.name() == "2026").unwrap()
}

/// Lets the lead office go on to the next phase at `at`.
async fn advance(test: &TestApp, at: Instant) {
    test.app.clock().set(at);
    let lead = test.entered("zhangmin").await;
    let version = lead.show_cycle("2026").await.unwrap().version;
    lead.act_on_cycle("2026", &version, &ActOnCycle::Advance).await.unwrap();
}

/// Someone new of a university, signed in.
pub(crate) async fn of_university(test: &TestApp, login: &str, org: &str) -> Client {
    let admin = test.entered("wuxiao").await;
    let draft = AccountDraft {
        login: login.into(),
        name: "新同事".into(),
        org: org.into(),
        roles: [Role::University].into(),
        ..AccountDraft::default()
    };
    let made = admin.create_account(&draft).await.unwrap();
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    let accept = ronghe_contract::session::AcceptLink { code, password: PASSWORD.into() };
    test.client.accept_link(&accept).await.unwrap();
    test.signed_in(login).await
}

/// A draft that answers what `view` shows of its need, but for the sealed page.
pub(crate) fn filled(view: &ApplicationView) -> ApplicationDraft {
    ronghe_testkit::filled(view.draft.clone().unwrap())
}

/// The code that a copy printed now bears.
pub(crate) async fn printed(client: &Client, name: &str) -> String {
    client.show_application(name).await.unwrap().print_code.unwrap()
}

/// Adds the sealed page of what is typed now.
pub(crate) async fn seal(client: &Client, name: &str) -> Result<FiledView, Error> {
    let code = printed(client, name).await;
    client.seal_application(name, &code, "盖章页.pdf", PDF.to_vec().into()).await
}

/// Begins an application for `need`, fills it in, and seals its page.
pub(crate) async fn written(client: &Client, need: &str) -> ApplicationView {
    let begun = client.start_application(&StartApplication { need: need.into() }).await.unwrap();
    let name = begun.row.name.clone();
    client.save_application(&name, &begun.version, &filled(&begun)).await.unwrap();
    seal(client, &name).await.unwrap();
    client.show_application(&name).await.unwrap()
}

/// The same, handed in.
pub(crate) async fn handed_in(client: &Client, need: &str) -> ApplicationView {
    let written = written(client, need).await;
    assert_eq!(written.errors, []);
    client.act_on_application(&written.row.name, &written.version, &ActOnApplication::Submit).await.unwrap()
}

/// Sets the clock behind the window's end and opens the seals, as the server's job does.
pub(crate) async fn opened(test: &TestApp) {
    let cycle = year(test).await;
    test.app.clock().set(cycle.content.closes(Phase::AcceptingApplications).unwrap());
    assert_eq!(ronghe_app::application::open_due(&test.app).await.unwrap(), 1);
    assert_eq!(ronghe_app::application::open_due(&test.app).await.unwrap(), 0, "seals are opened once");
}
