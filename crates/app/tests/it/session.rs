//! Signing in, invitations and organisations on both databases, and the chain after them.

use jiff::SignedDuration;
use ronghe_app::account::{self, Act};
use ronghe_app::session::{self, SignIn, link};
use ronghe_app::{Caller, Error, audit, message, org, token};
use ronghe_domain::account::{AccountDraft, Scope};
use ronghe_domain::audit::{Subject, Via};
use ronghe_domain::kernel::Role;
use ronghe_domain::message::{Kind, Topic};
use ronghe_domain::org::OrgDraft;
use ronghe_testkit::{PASSWORD, TestDb, db_test, person, strict_world, world};

fn with(login: &str, password: &str) -> SignIn {
    SignIn { login: login.into(), password: password.into(), ..SignIn::default() }
}

async fn is_whole(app: &ronghe_app::App) {
    let checked = audit::verify(app, &Caller::system(Via::Console, "test")).await.unwrap();
    assert_eq!(checked.faults, []);
}

db_test!(a_session_begins_holds_and_ends, |test: TestDb| async move {
    let app = world(&test).await;
    let visitor = Caller::visitor("r1", "192.0.2.7");
    let wrong = session::sign_in(&app, &visitor, with("wanghaifeng", "not this one, no")).await;
    assert!(matches!(wrong, Err(Error::SignIn)), "{wrong:?}");
    let entered = session::sign_in(&app, &visitor, with("wanghaifeng", PASSWORD)).await.unwrap();
    let caller = session::authenticate(&app, &visitor, &entered.secret).await.unwrap();
    app.clock().set(app.now() + SignedDuration::from_mins(2));
    session::authenticate(&app, &visitor, &entered.secret).await.unwrap();
    let (_, secret) = token::make(&app, &caller, "夜间", &[Scope::Read], None).await.unwrap();
    token::authenticate(&app, &visitor, &secret).await.unwrap();
    session::sign_out(&app, &caller).await.unwrap();
    let gone = session::authenticate(&app, &visitor, &entered.secret).await;
    assert!(matches!(gone, Err(Error::Unauthenticated)), "{gone:?}");
    is_whole(&app).await;
});

db_test!(an_address_that_guesses_waits, |test: TestDb| async move {
    let app = world(&test).await;
    let visitor = Caller::visitor("r1", "192.0.2.7");
    for at in 0..30 {
        let guess = session::sign_in(&app, &visitor, with(&format!("nobody{at}"), "not this one, no")).await;
        assert!(matches!(guess, Err(Error::SignIn)), "{at}: {guess:?}");
    }
    let slowed = session::sign_in(&app, &visitor, with("wanghaifeng", PASSWORD)).await;
    assert!(matches!(slowed, Err(Error::TooMany { seconds: 600 })), "{slowed:?}");
    let elsewhere = Caller::visitor("r2", "198.51.100.3");
    session::sign_in(&app, &elsewhere, with("wanghaifeng", PASSWORD)).await.unwrap();
});

db_test!(an_account_is_invited_reset_and_confirmed, |test: TestDb| async move {
    let app = world(&test).await;
    let (first, second) = (person(&app, "wuxiao").await, person(&app, "dingkai").await);
    let draft = AccountDraft {
        login: "newcomer".into(),
        name: "新来者".into(),
        org: "lixia".into(),
        roles: [Role::DistrictBureau].into(),
        ..AccountDraft::default()
    };
    let made = account::create(&app, &first, &draft).await.unwrap();
    let visitor = Caller::visitor("r1", "192.0.2.7");
    let code = made.link.unwrap().code;
    let active = link::accept(&app, &visitor, &code, "seven cranes over the lake").await.unwrap();
    let asked = account::act(&app, &first, "newcomer", Act::Reset, active.version).await.unwrap();
    let own = account::act(&app, &first, "newcomer", Act::Confirm, asked.account.version).await;
    assert!(matches!(own, Err(Error::Refused(_))), "{own:?}");
    let confirmed =
        account::act(&app, &second, "newcomer", Act::Confirm, asked.account.version).await.unwrap();
    let told = async |login: &str| {
        let caller = person(&app, login).await;
        let (found, _) = message::list(&app, &caller, None, 10).await.unwrap();
        let kinds = found.into_iter().map(|message| message.kind);
        kinds.filter(|kind| kind.topic() == Topic::Account).collect::<Vec<_>>()
    };
    assert_eq!(told("heqing").await, [Kind::AccessReset], "who watches");
    assert_eq!(told("newcomer").await, [Kind::AccessReset]);
    let code = confirmed.link.unwrap().code;
    app.clock().set(app.now() + SignedDuration::from_mins(30));
    let late = link::accept(&app, &visitor, &code, "nine cranes over the lake").await;
    assert!(matches!(late, Err(Error::Hidden)), "{late:?}");
    let console = Caller::system(Via::Console, "test");
    let again = account::recover(&app, &console, "newcomer").await.unwrap();
    link::accept(&app, &visitor, &again.code, "nine cranes over the lake").await.unwrap();
    assert_eq!(told("heqing").await, [Kind::ConsoleUsed, Kind::AccessReset]);
    let leader = ronghe_testkit::of_role(&app, Role::LeadingGroup).await.remove(0);
    assert_eq!(told(&leader.login).await, [Kind::ConsoleUsed], "somebody stood at the server");
    let there = account::confirm_at_console(&app, &console, "newcomer").await;
    assert!(matches!(there, Err(Error::Refused(_))), "{there:?}");
    let now = account::show(&app, &first, "newcomer").await.unwrap().version;
    let office = [Role::DistrictBureau, Role::ResponsibleOffice].into();
    let asked = account::act(&app, &first, "newcomer", Act::Grant(office), now).await.unwrap();
    assert_eq!(told("newcomer").await.len(), 2, "nothing is granted yet");
    account::act(&app, &second, "newcomer", Act::Confirm, asked.account.version).await.unwrap();
    for login in ["newcomer", "heqing"] {
        assert!(told(login).await.contains(&Kind::RolesGranted), "{login}");
    }
    is_whole(&app).await;
});

db_test!(a_proof_of_identity_grows_old, |test: TestDb| async move {
    let app = strict_world(&test).await;
    let visitor = Caller::visitor("r1", "192.0.2.7");
    let entered = session::sign_in(&app, &visitor, with("wanghaifeng", PASSWORD)).await.unwrap();
    app.clock().set(app.now() + SignedDuration::from_mins(10));
    let caller = session::authenticate(&app, &visitor, &entered.secret).await.unwrap();
    let old = token::make(&app, &caller, "夜间", &[Scope::Read], None).await;
    assert!(matches!(old, Err(Error::Proof)), "{old:?}");
    let fresh = session::prove(&app, &caller, PASSWORD).await.unwrap();
    let gone = session::authenticate(&app, &visitor, &entered.secret).await;
    assert!(matches!(gone, Err(Error::Unauthenticated)), "the old secret no longer holds");
    let caller = session::authenticate(&app, &visitor, &fresh).await.unwrap();
    token::make(&app, &caller, "夜间", &[Scope::Read], None).await.unwrap();
});

db_test!(strangers_keep_nobody_from_a_proof, |test: TestDb| async move {
    let app = strict_world(&test).await;
    let owner = Caller::visitor("r1", "192.0.2.7");
    let entered = session::sign_in(&app, &owner, with("wanghaifeng", PASSWORD)).await.unwrap();
    let stranger = Caller::visitor("r2", "198.51.100.3");
    for _ in 0..6 {
        session::sign_in(&app, &stranger, with("wanghaifeng", "not this one, no")).await.unwrap_err();
    }
    let caller = session::authenticate(&app, &owner, &entered.secret).await.unwrap();
    let fresh = session::prove(&app, &caller, PASSWORD).await.unwrap();
    let caller = session::authenticate(&app, &owner, &fresh).await.unwrap();
    for _ in 0..5 {
        let wrong = session::prove(&app, &caller, "not this one, no").await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
    }
    let slowed = session::prove(&app, &caller, PASSWORD).await;
    assert!(matches!(slowed, Err(Error::TooMany { .. })), "a stolen session guesses no faster: {slowed:?}");
});

db_test!(an_organisation_is_made_and_changed, |test: TestDb| async move {
    let app = world(&test).await;
    let admin = person(&app, "wuxiao").await;
    let mut draft = OrgDraft {
        slug: "hubin".into(),
        kind: Some(ronghe_domain::org::OrgKind::School),
        name: "湖滨小学".into(),
        parent: "lixia".into(),
        ..OrgDraft::default()
    };
    let made = org::create(&app, &admin, &draft).await.unwrap();
    draft.name = "湖滨实验小学".into();
    let changed = org::change(&app, &admin, "hubin", &draft, made.version).await.unwrap();
    let stale = org::change(&app, &admin, "hubin", &draft, made.version).await;
    assert!(matches!(stale, Err(Error::Stale { current: Some(now) }) if now == changed.version), "{stale:?}");
    assert_eq!(app.register().await.unwrap().directory.org_by_slug("hubin").unwrap().name, "湖滨实验小学");
    is_whole(&app).await;
});

db_test!(the_first_administrator_is_made_once, |test: TestDb| async move {
    let settings = ronghe_app::Settings::default();
    let app = ronghe_app::App::new(test.db().clone(), ronghe_app::Clock::Real, settings);
    let console = Caller::system(Via::Console, "test");
    let new = account::NewAdministrator {
        login: "admin".into(),
        name: "王芳".into(),
        mail: String::new(),
        org: "市电化教育馆".into(),
    };
    let made = account::make_administrator(&app, &console, &new).await.unwrap();
    assert_eq!(made.account.roles, [Role::SystemAdmin].into());
    let visitor = Caller::visitor("r1", "");
    link::accept(&app, &visitor, &made.link.unwrap().code, "seven cranes over the lake").await.unwrap();
    let twice = account::make_administrator(&app, &console, &new).await;
    assert!(matches!(twice, Err(Error::Refused(_))), "{twice:?}");
    is_whole(&app).await;
});

db_test!(failures_at_the_door_are_chained_by_the_hour, |test: TestDb| async move {
    let app = world(&test).await;
    let console = Caller::system(Via::Console, "test");
    let visitor = Caller::visitor("r1", "192.0.2.7");
    let guess = async |login: &str| session::sign_in(&app, &visitor, with(login, "not this one, no")).await;
    let sums = async || {
        let filter = audit::Filter { subject: Some(Subject::Door), limit: 10, ..audit::Filter::default() };
        let (events, _) = audit::events(&app, &console, &filter).await.unwrap();
        let words = events.into_iter().map(|stored| stored.detail.unwrap());
        words.map(|detail| (detail.name, detail.after.unwrap())).collect::<Vec<_>>()
    };
    app.clock().set("2026-03-10T01:58:00Z".parse().unwrap());
    for login in ["wanghaifeng", "nobody", "wanghaifeng"] {
        assert!(guess(login).await.is_err());
    }
    assert!(link::show(&app, "no such code").await.is_err());
    assert!(token::authenticate(&app, &visitor, "rht_none").await.is_err());
    assert_eq!(audit::sum_failures(&app).await.unwrap(), 0, "the hour goes on");
    assert!(guess("nobody").await.is_err());
    assert_eq!(sums().await, []);
    app.clock().set("2026-03-10T02:00:00Z".parse().unwrap());
    assert!(guess("nobody").await.is_err());
    assert_eq!(audit::sum_failures(&app).await.unwrap(), 1);
    assert_eq!(audit::sum_failures(&app).await.unwrap(), 0, "once");
    let first = ("2026-03-10T01:00:00Z".to_owned(), r#"{"link":1,"sign_in":4,"token":1}"#.to_owned());
    assert_eq!(sums().await, std::slice::from_ref(&first));
    app.clock().set("2026-03-10T09:30:00Z".parse().unwrap());
    assert_eq!(audit::sum_failures(&app).await.unwrap(), 1);
    let second = ("2026-03-10T02:00:00Z".to_owned(), r#"{"sign_in":1}"#.to_owned());
    assert_eq!(sums().await, [second, first]);
    is_whole(&app).await;
});
