//! Colleagues without an account: whoever administers makes one and learns nothing of what for; who comes in joins.

use super::{applying, opened, written};
use crate::problem;
use ronghe_client::{Client, ListAccountRequests, ListEvents, ListMails, ListMessages};
use ronghe_contract::account::{AccountRequestView, ActOnAccountRequest, AskForAccounts};
use ronghe_contract::application::{ApplicationView, InviteMembers};
use ronghe_contract::session::AcceptLink;
use ronghe_domain::account::AccountDraft;
use ronghe_domain::account::request::{AccountRequestDraft, Action, State};
use ronghe_domain::application::team::{AwaitedDraft, MemberDraft};
use ronghe_domain::application::{Duty, Section};
use ronghe_domain::audit::{Subject, Via};
use ronghe_domain::kernel::Role;
use ronghe_domain::message::Kind;
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{PASSWORD, TestApp, TestDb, db_test};

const MAIL: &str = "zhou@uni.example";

async fn whole(test: &TestApp) {
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

fn zhou(mail: &str) -> AwaitedDraft {
    let sections = vec![Section::Plan];
    AwaitedDraft { name: "周远".into(), mail: mail.into(), duty: Duty::Member, sections }
}

fn team(awaited: &[AwaitedDraft]) -> InviteMembers {
    let lead = MemberDraft { login: "linxiaozhou".into(), duty: Duty::Lead, sections: vec![] };
    InviteMembers { members: vec![lead], awaited: awaited.to_vec() }
}

async fn invited(uni: &Client, name: &str, awaited: &[AwaitedDraft]) -> ApplicationView {
    let version = uni.show_application(name).await.unwrap().version;
    uni.invite_members(name, &version, &team(awaited)).await.unwrap()
}

async fn requests(client: &Client) -> Vec<AccountRequestView> {
    client.list_account_requests(&ListAccountRequests::default()).await.unwrap().items
}

fn account(login: &str, org: &str, mail: &str) -> AccountDraft {
    AccountDraft {
        login: login.into(),
        name: "周远".into(),
        org: org.into(),
        roles: [Role::University].into(),
        mail: mail.into(),
        ..AccountDraft::default()
    }
}

/// Makes an account of somebody, who comes in by its link.
async fn came(test: &TestApp, draft: &AccountDraft) -> Client {
    let admin = test.entered("wuxiao").await;
    let made = admin.create_account(draft).await.unwrap();
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    test.client.accept_link(&AcceptLink { code, password: PASSWORD.into() }).await.unwrap();
    test.signed_in(&draft.login).await
}

db_test!(who_has_no_account_joins_once_it_is_there, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let (uni, admin) = (test.entered("linxiaozhou").await, test.entered("wuxiao").await);
    let (one, two) = (written(&uni, &needs[0]).await, written(&uni, &needs[1]).await);
    let (one, two) = (one.row.name, two.row.name);
    let view = invited(&uni, &one, &[zhou("Zhou@Uni.example")]).await;
    assert_eq!((view.awaited[0].mail.as_str(), view.awaited[0].asked), (MAIL, State::Open));
    // Another application awaits the same person: one request does for both.
    invited(&uni, &two, &[zhou(MAIL)]).await;
    let asked = requests(&admin).await;
    assert_eq!(asked.len(), 1);
    let offered: Vec<Action> = asked[0].offers.iter().map(|offer| offer.action).collect();
    assert_eq!(offered, [Action::Make, Action::Decline]);
    let task = admin.list_tasks().await.unwrap().items.into_iter().find(|it| it.kind == Task::MakeAccount);
    let task = task.unwrap();
    assert_eq!((task.record.as_deref(), task.title.as_str()), (Some(asked[0].id.as_str()), "周远"));

    // A namesake of another university is somebody else.
    came(&test, &account("zhouyuan2", "sdu", MAIL)).await;
    assert_eq!(uni.show_application(&one).await.unwrap().awaited.len(), 1);
    let draft = account("zhouyuan", "sdnu", "ZHOU@uni.example");
    let made = admin.create_account(&draft).await.unwrap();
    assert_eq!(admin.show_account_request(&asked[0].id).await.unwrap().state, State::Made);
    assert!(admin.list_tasks().await.unwrap().items.iter().all(|it| it.kind != Task::MakeAccount));
    assert_eq!(uni.show_application(&one).await.unwrap().awaited[0].asked, State::Made);
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    test.client.accept_link(&AcceptLink { code, password: PASSWORD.into() }).await.unwrap();
    assert_eq!(admin.show_account_request(&asked[0].id).await.unwrap().state, State::Done);
    let zhou = test.signed_in("zhouyuan").await;
    for name in [&one, &two] {
        let view = zhou.show_application(name).await.unwrap();
        assert_eq!(view.awaited, []);
        let part = view.members.iter().find(|it| it.login == "zhouyuan").unwrap();
        assert_eq!((part.duty, part.sections.as_slice()), (Duty::Member, &[Section::Plan][..]));
        let mut draft = view.draft.clone().unwrap();
        draft.work_plan.push('！');
        zhou.save_application(name, &view.version, &draft).await.unwrap();
    }
    let told = async |client: &Client, kind: Kind| {
        let all = client.list_messages(&ListMessages::default()).await.unwrap().items;
        all.iter().filter(|it| it.kind == kind).count()
    };
    assert_eq!(told(&uni, Kind::ApplicationJoined).await, 2);
    assert_eq!(told(&zhou, Kind::ApplicationInvited).await, 2);
    whole(&test).await;
});

#[tokio::test]
async fn what_is_asked_says_nothing_of_an_application() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let admin = test.entered("wuxiao").await;
    let application = written(&uni, &needs[0]).await.row;
    let name = application.name.clone();
    invited(&uni, &name, &[zhou(MAIL)]).await;
    let plain = AccountRequestDraft { name: "周远".into(), mail: "other@uni.example".into() };
    uni.ask_for_account(&plain).await.unwrap();
    // The one cannot be told from the other by whoever administers or watches.
    let same = |one: &serde_json::Value, other: &serde_json::Value, but: &[&str]| {
        let (one, other) = (one.as_object().unwrap(), other.as_object().unwrap());
        assert!(one.keys().eq(other.keys()));
        for (key, value) in one.iter().filter(|(key, _)| !but.contains(&key.as_str())) {
            assert_eq!(Some(value), other.get(key), "{key}");
        }
    };
    let asked: Vec<_> = requests(&admin).await.iter().map(|it| serde_json::to_value(it).unwrap()).collect();
    same(&asked[0], &asked[1], &["id", "mail", "asked_at"]);
    let watch = test.entered("heqing").await;
    let query = ListEvents { q: "周远".into(), ..ListEvents::default() };
    let events = watch.list_events(&query).await.unwrap();
    assert_eq!(events.items.len(), 2);
    assert!(events.items.iter().all(|it| it.subject == Subject::AccountRequest));
    let seen = serde_json::to_string(&(&asked, &events, requests(&watch).await)).unwrap();
    let id = name.trim_start_matches("draft-");
    for secret in [id, &needs[0], &application.title, "application", "applying"] {
        assert!(!seen.contains(secret), "{secret}");
    }
    // Whoever watches does not need the address.
    assert!(!serde_json::to_string(&requests(&watch).await).unwrap().contains(MAIL));
    // Nobody else learns of it, of the same university or not.
    for login in ["minxuewen", "zhangmin", "gesiqi", "wanghaifeng"] {
        let other = test.signed_in(login).await;
        assert_eq!(requests(&other).await, [], "{login}");
        let id = asked[0]["id"].as_str().unwrap();
        assert_eq!(problem(other.show_account_request(id).await).status, 404, "{login}");
    }
    assert_eq!(
        problem(Client::new(&test.server).list_account_requests(&ListAccountRequests::default()).await)
            .status,
        401
    );
    let mails = admin.list_mails(&ListMails::default()).await.unwrap();
    came(&test, &account("zhouyuan", "sdnu", MAIL)).await;
    let later = admin.list_mails(&ListMails::default()).await.unwrap();
    let quiet = |it: &ronghe_contract::message::MailView| !format!("{it:?}").contains(id);
    assert!(mails.items.iter().chain(&later.items).all(quiet), "the outbox names no application");
    whole(&test).await;
}

#[tokio::test]
async fn a_request_is_declined_with_a_reason_or_taken_back() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let (uni, admin) = (test.entered("linxiaozhou").await, test.entered("wuxiao").await);
    let one = written(&uni, &needs[0]).await.row.name;
    let two = written(&uni, &needs[1]).await.row.name;
    invited(&uni, &one, &[zhou(MAIL)]).await;
    invited(&uni, &two, &[zhou(MAIL)]).await;
    // Taken out of one, the person is still awaited in the other.
    invited(&uni, &one, &[]).await;
    assert_eq!(requests(&admin).await[0].state, State::Open);
    invited(&uni, &two, &[]).await;
    assert_eq!(requests(&admin).await[0].state, State::TakenBack);

    // Of two of one instant nobody knows which is newer.
    test.app.clock().set(test.app.now() + jiff::SignedDuration::from_secs(1));
    invited(&uni, &one, &[zhou(MAIL)]).await;
    let asked = requests(&admin).await;
    assert_eq!((asked.len(), asked[0].state), (2, State::Open));
    let why = |reason: &str| ActOnAccountRequest::Decline { reason: reason.into() };
    let (id, version) = (asked[0].id.as_str(), asked[0].version.as_str());
    let silent = problem(admin.act_on_account_request(id, version, &why(" ")).await);
    assert_eq!((silent.status, silent.fields[0].error.path.as_str()), (422, "reason"));
    let theirs = uni.act_on_account_request(id, version, &why("不是本校的人")).await;
    assert_eq!(problem(theirs).status, 403);
    let key = Client::new_key();
    let again = admin.clone().retrying(key);
    let declined = again.act_on_account_request(id, version, &why("不是本校的人")).await.unwrap();
    assert_eq!((declined.state, declined.reason.as_str()), (State::Declined, "不是本校的人"));
    let repeated = again.act_on_account_request(id, version, &why("不是本校的人")).await.unwrap();
    assert_eq!(repeated, declined, "the same command is carried out once");
    let late = admin.act_on_account_request(id, &declined.version, &why("不是本校的人")).await;
    assert_eq!(problem(late).status, 409);
    let told = uni.list_messages(&ListMessages::default()).await.unwrap().items;
    assert_eq!(told.iter().filter(|it| it.kind == Kind::AccountRequestDeclined).count(), 1);
    let view = uni.show_application(&one).await.unwrap();
    assert_eq!((view.awaited[0].asked, view.awaited[0].reason.as_str()), (State::Declined, "不是本校的人"));
    // The team saved again asks nobody again; a person taken out and added does.
    invited(&uni, &one, &[zhou(MAIL)]).await;
    assert_eq!(requests(&admin).await.len(), 2);
    invited(&uni, &one, &[]).await;
    invited(&uni, &one, &[zhou(MAIL)]).await;
    assert_eq!(requests(&admin).await.len(), 3);
    whole(&test).await;
}

#[tokio::test]
async fn who_has_an_account_joins_at_once_and_nobody_is_asked_for_twice() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let (uni, admin) = (test.entered("linxiaozhou").await, test.entered("wuxiao").await);
    let name = written(&uni, &needs[0]).await.row.name;
    came(&test, &account("zhouyuan", "sdnu", MAIL)).await;
    let view = invited(&uni, &name, &[zhou(MAIL)]).await;
    assert_eq!(view.awaited, []);
    assert!(view.members.iter().any(|it| it.login == "zhouyuan"));
    assert_eq!(requests(&admin).await, []);
    // An account that waits for its owner is not asked for either.
    admin.create_account(&account("liyuan", "sdnu", "li@uni.example")).await.unwrap();
    let view = invited(&uni, &name, &[zhou("li@uni.example")]).await;
    assert_eq!(view.awaited[0].asked, State::Made);
    assert_eq!(requests(&admin).await, []);
    let plain = |mail: &str| AccountRequestDraft { name: "周远".into(), mail: mail.into() };
    for taken in [MAIL, "LI@uni.example"] {
        let twice = problem(uni.ask_for_account(&plain(taken)).await);
        assert_eq!((twice.status, twice.fields[0].error.path.as_str()), (422, "mail"), "{taken}");
    }
    uni.ask_for_account(&plain("wang@uni.example")).await.unwrap();
    assert_eq!(problem(uni.ask_for_account(&plain("wang@uni.example")).await).status, 422);
    for login in ["wuxiao", "zhangmin", "wanghaifeng"] {
        let other = test.entered(login).await;
        assert_eq!(problem(other.ask_for_account(&plain("x@uni.example")).await).status, 403, "{login}");
    }
    let wrong = [zhou("zhou"), AwaitedDraft { duty: Duty::Lead, ..zhou("lead@uni.example") }];
    let version = uni.show_application(&name).await.unwrap().version;
    let refused = problem(uni.invite_members(&name, &version, &team(&wrong)).await);
    let paths: Vec<&str> = refused.fields.iter().map(|it| it.error.path.as_str()).collect();
    assert_eq!((refused.status, paths), (422, vec!["awaited[0].mail", "awaited[1].duty"]));
    // Two who were asked for at one instant would be two of one team.
    let both = ["li@uni.example", "one@uni.example", "two@uni.example"].map(zhou);
    let refused = problem(uni.invite_members(&name, &version, &team(&both)).await);
    assert_eq!((refused.status, refused.fields[0].error.path.as_str()), (422, "awaited"));
    // What is sealed comes into the chain without those who were awaited.
    opened(&test).await;
    whole(&test).await;
}

#[tokio::test]
async fn several_accounts_are_asked_for_at_once_or_none() {
    let test = TestApp::start().await;
    let (uni, admin) = (test.entered("linxiaozhou").await, test.entered("wuxiao").await);
    let ask = |mails: &[&str]| {
        let one = |mail: &&str| AccountRequestDraft { name: "同事".into(), mail: (*mail).into() };
        AskForAccounts { people: mails.iter().map(one).collect() }
    };
    let paths = |problem: ronghe_contract::Problem| -> Vec<String> {
        problem.fields.into_iter().map(|field| field.error.path).collect()
    };
    uni.ask_for_accounts(&ask(&["li@uni.example"])).await.unwrap();
    let refused = ask(&["wu@uni.example", "WU@uni.example", "nowhere", "he@uni.example"]);
    assert_eq!(paths(problem(uni.ask_for_accounts(&refused).await)), ["2.mail", "3.mail"]);
    let refused = ask(&["wu@uni.example", "Li@uni.example", "he@uni.example"]);
    assert_eq!(paths(problem(uni.ask_for_accounts(&refused).await)), ["2.mail"], "it was asked for");
    assert_eq!(paths(problem(uni.ask_for_accounts(&ask(&[])).await)), ["people"]);
    assert_eq!(paths(problem(uni.ask_for_accounts(&ask(&["x@uni.example"; 51])).await))[0], "people");
    assert_eq!(requests(&admin).await.len(), 1, "of what is refused no row is written");
    let again = uni.clone().retrying(Client::new_key());
    let two = ask(&["wu@uni.example", "he@uni.example"]);
    let made = again.ask_for_accounts(&two).await.unwrap();
    assert_eq!(again.ask_for_accounts(&two).await.unwrap(), made, "the same command is carried out once");
    assert_eq!((made.len(), requests(&admin).await.len()), (2, 3));
    for login in ["wanghaifeng", "zhangmin", "wuxiao"] {
        let other = test.signed_in(login).await;
        assert_eq!(problem(other.ask_for_accounts(&two).await).status, 403, "{login}");
    }
    whole(&test).await;
}
