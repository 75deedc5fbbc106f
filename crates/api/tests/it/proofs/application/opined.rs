//! What the unit of a need reads of what is offered to it, what it says of it, and who reads that.

use super::{applying, handed_in, of_university, opened};
use crate::problem;
use ronghe_client::{Client, ListApplications};
use ronghe_contract::application::{ActOnApplication, ApplicationView};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_domain::application::{OpinionDraft, Stance, State};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::Role;
use ronghe_domain::message::Kind;
use ronghe_domain::sign_off::Kind as SignOff;
use ronghe_domain::task;
use ronghe_testkit::{TestApp, TestDb, db_test};

const NAME: &str = "A2026-0001";

fn draft(stance: Stance, reason: &str) -> OpinionDraft {
    OpinionDraft { stance: Some(stance), reason: reason.into() }
}

async fn whole(test: &TestApp) {
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

/// Who files for `need`, signed in now.
pub(crate) async fn unit_of(test: &TestApp, need: &str) -> Client {
    let register = test.app.register().await.unwrap();
    let slug = test.entered("zhangmin").await.show_need(need).await.unwrap().row.unit.slug;
    let mut everyone = ronghe_testkit::filers(&test.app).await;
    everyone.extend(ronghe_testkit::of_role(&test.app, Role::DistrictBureau).await);
    let is_of = |org| register.org(org).is_some_and(|org| org.slug == slug);
    test.signed_in(&everyone.into_iter().find(|it| is_of(it.org)).unwrap().login).await
}

async fn accept(lead: &Client, name: &str) {
    let version = lead.show_application(name).await.unwrap().version;
    lead.act_on_application(name, &version, &ActOnApplication::Accept).await.unwrap();
}

fn stance(view: &ApplicationView) -> Option<Stance> {
    view.unit_opinion.as_ref().unwrap().said.last().map(|it| it.stance)
}

db_test!(a_unit_says_what_it_thinks_of_an_offer, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let sealed = handed_in(&uni, &needs[0]).await.row.name;
    let unit = unit_of(&test, &needs[0]).await;
    let all = ListApplications::default();
    let nothing = async |unit: &Client, name: &str| {
        assert_eq!(unit.list_applications(&all).await.unwrap().total, 0);
        assert_eq!(problem(unit.show_application(name).await).status, 404);
        let say = unit.give_unit_opinion(name, "\"v0\"", &draft(Stance::Willing, "")).await;
        assert_eq!(problem(say).status, 404);
        assert!(
            unit.list_tasks().await.unwrap().items.iter().all(|it| it.kind != task::Kind::GiveUnitOpinions)
        );
    };
    // Neither under seal nor in the formal check.
    nothing(&unit, &sealed).await;
    opened(&test).await;
    let (unit, lead) = (unit_of(&test, &needs[0]).await, test.entered("zhangmin").await);
    nothing(&unit, NAME).await;
    accept(&lead, NAME).await;

    // The page of the need has them for its unit and for who reads them all.
    for (who, reads) in [(&unit, true), (&lead, true), (&test.entered("linxiaozhou").await, false)] {
        assert_eq!(who.show_need(&needs[0]).await.unwrap().reads_applications, reads);
    }

    // What is offered, and nothing beside it.
    let seen = unit.show_application(NAME).await.unwrap();
    let content = seen.content.clone().unwrap();
    assert!(seen.offer_only && !content.work_plan.is_empty() && !content.deliverables.is_empty());
    assert!(!seen.eligibility.is_empty() && seen.eligibility.iter().all(|it| it.finding.is_none()));
    let said = serde_json::to_string(&seen).unwrap();
    for secret in ["0531", "李静", "65000", "6500000", "盖章页", "已有两个基地", "寒暑假"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    assert_eq!((seen.row.asked, seen.submitted_files.len(), seen.version.as_str()), (None, 0, ""));
    for status in [
        problem(unit.list_application_versions(NAME).await).status,
        problem(unit.list_application_events(NAME).await).status,
        problem(unit.show_sealed(SignOff::Application, NAME).await).status,
    ] {
        assert_eq!(status, 404);
    }
    let files = lead.show_application(NAME).await.unwrap().submitted_files;
    assert_eq!(problem(unit.download_from_application(NAME, files[0].file.id).await).status, 404);
    let act = unit.act_on_application(NAME, "\"v1\"", &ActOnApplication::Accept).await;
    assert_eq!(problem(act).status, 403, "seen, and not theirs");

    // It is asked, once, in one row.
    let waits = unit.list_tasks().await.unwrap().items;
    let row = waits.iter().find(|it| it.kind == task::Kind::GiveUnitOpinions).unwrap();
    assert_eq!((row.count, row.record.as_deref()), (1, Some(NAME)));
    let told = unit.list_messages(&Default::default()).await.unwrap().items;
    assert!(told.iter().any(|it| it.kind == Kind::UnitOpinionAsked && it.record == NAME));

    // It finds by what is offered to it: of who answers for it nothing, not even that there is a match.
    for (words, offered) in [("心理", true), ("李静", false), ("心理 李静", false)] {
        let looking = ListApplications { q: words.into(), ..ListApplications::default() };
        assert_eq!(unit.list_applications(&looking).await.unwrap().total == 1, offered, "{words}");
        assert_eq!(lead.list_applications(&looking).await.unwrap().total, 1, "{words}");
    }
    let blank = unit.give_unit_opinion(NAME, "\"v0\"", &draft(Stance::ToDiscuss, " ")).await;
    assert_eq!(problem(blank).fields[0].error.path, "reason");
    let first =
        unit.give_unit_opinion(NAME, "\"v0\"", &draft(Stance::ToDiscuss, "周三下午排不开")).await.unwrap();
    assert_eq!(first.version, "\"v1\"");
    let stale = unit.give_unit_opinion(NAME, "\"v0\"", &draft(Stance::Willing, "")).await;
    assert_eq!(problem(stale).status, 412);
    unit.give_unit_opinion(NAME, "\"v1\"", &draft(Stance::Willing, "")).await.unwrap();
    assert!(unit.list_tasks().await.unwrap().items.iter().all(|it| it.kind != task::Kind::GiveUnitOpinions));
    whole(&test).await;
});

/// What the university reads of its application, and is told.
async fn all_it_reads(uni: &Client) -> Vec<String> {
    vec![
        serde_json::to_string(&uni.show_application(NAME).await.unwrap()).unwrap(),
        serde_json::to_string(&uni.list_applications(&ListApplications::default()).await.unwrap()).unwrap(),
        serde_json::to_string(&uni.list_application_events(NAME).await.unwrap()).unwrap(),
        serde_json::to_string(&uni.list_application_versions(NAME).await.unwrap()).unwrap(),
        serde_json::to_string(&uni.list_messages(&Default::default()).await.unwrap()).unwrap(),
        serde_json::to_string(&uni.list_tasks().await.unwrap()).unwrap(),
    ]
}

#[tokio::test]
async fn an_opinion_is_read_by_those_whom_it_concerns() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    handed_in(&uni, &needs[0]).await;
    opened(&test).await;
    let (unit, lead) = (unit_of(&test, &needs[0]).await, test.entered("zhangmin").await);
    accept(&lead, NAME).await;
    let uni = test.entered("linxiaozhou").await;
    let before = all_it_reads(&uni).await;
    unit.give_unit_opinion(NAME, "\"v0\"", &draft(Stance::Opposed, "场地不够")).await.unwrap();
    assert_eq!(all_it_reads(&uni).await, before, "to the byte, of whatever it reads");
    unit.give_unit_opinion(NAME, "\"v1\"", &draft(Stance::Willing, "")).await.unwrap();

    // The lead office and the auditors read all of it, the unit and the leading group the last word.
    let whole = lead.show_application(NAME).await.unwrap();
    assert_eq!((whole.unit_opinion.as_ref().unwrap().said.len(), stance(&whole)), (2, Some(Stance::Willing)));
    let own = unit.show_application(NAME).await.unwrap();
    assert_eq!((own.unit_opinion.as_ref().unwrap().said.len(), stance(&own)), (1, Some(Stance::Willing)));
    let given = ListApplications { opinion: "given".into(), ..ListApplications::default() };
    let open = ListApplications { opinion: "open".into(), ..ListApplications::default() };
    let rows = lead.list_applications(&given).await.unwrap().items;
    assert_eq!((rows.len(), rows[0].opinion), (1, Some(Stance::Willing)));
    assert_eq!(lead.list_applications(&open).await.unwrap().total, 0);
    let events = lead.list_application_events(NAME).await.unwrap().items;
    assert!(serde_json::to_string(&events).unwrap().contains("opposed"));

    // The university learns neither what was said nor that anything was.
    let uni = test.entered("linxiaozhou").await;
    let seen = uni.show_application(NAME).await.unwrap();
    assert_eq!((seen.row.state, seen.unit_opinion, seen.row.opinion), (State::Accepted, None, None));
    assert!(!seen.row.opinion_open);
    let events = uni.list_application_events(NAME).await.unwrap().items;
    assert!(!serde_json::to_string(&events).unwrap().contains("opposed"));
    for ask in [&given, &open] {
        assert_eq!(uni.list_applications(ask).await.unwrap().total, 0, "no narrowing tells it");
    }
    let say = uni.give_unit_opinion(NAME, "\"v2\"", &draft(Stance::Willing, "")).await;
    assert_eq!(problem(say).status, 403);
    let lead_says = lead.give_unit_opinion(NAME, "\"v2\"", &draft(Stance::Willing, "")).await;
    assert_eq!(problem(lead_says).status, 403);
    // Others know of no application at all.
    let stranger = of_university(&test, "gaoyuan", "ujn").await;
    assert_eq!(problem(stranger.show_application(NAME).await).status, 404);
    let unit = lead.show_need(&needs[0]).await.unwrap().row.unit.slug;
    let register = test.app.register().await.unwrap();
    let is_other = |org| register.org(org).is_some_and(|org| org.slug != unit);
    let everyone = ronghe_testkit::filers(&test.app).await;
    let other = everyone.into_iter().find(|it| is_other(it.org)).unwrap();
    let other = test.signed_in(&other.login).await;
    assert_eq!(problem(other.show_application(NAME).await).status, 404, "another school");
}

#[tokio::test]
async fn no_opinion_comes_once_selection_has_begun() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    handed_in(&uni, &needs[0]).await;
    opened(&test).await;
    accept(&test.entered("zhangmin").await, NAME).await;
    for _ in ["reviewing", "selecting"] {
        let lead = test.entered("zhangmin").await;
        let cycle = lead.show_cycle("2026").await.unwrap();
        let closes = ronghe_app::cycle::opened(&test.app).await.unwrap();
        let closes = closes.iter().find(|it| it.name() == "2026").and_then(|it| it.content.closes(it.phase));
        test.app.clock().set(closes.unwrap());
        let lead = test.entered("zhangmin").await;
        lead.act_on_cycle("2026", &cycle.version, &ActOnCycle::Advance).await.unwrap();
    }
    let unit = unit_of(&test, &needs[0]).await;
    let view = unit.show_application(NAME).await.unwrap().unit_opinion.unwrap();
    assert!(view.offers[0].barred.is_some(), "{view:?}");
    let late = problem(unit.give_unit_opinion(NAME, "\"v0\"", &draft(Stance::Willing, "")).await);
    assert_eq!((late.status, late.refusal.unwrap()["code"].as_str()), (409, Some("wrong_phase")));
}
