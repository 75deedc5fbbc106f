//! Rehearsals: a cycle beside the real one, by a clock of its own, of which nothing is taken for real.

use crate::problem;
use crate::proofs::application::handed_in;
use jiff::SignedDuration;
use ronghe_client::{Client, ListMessages, ListNeeds, ListScreening};
use ronghe_contract::cycle::{ActOnCycle, CycleView};
use ronghe_contract::need::{ActOnNeed, JudgeNeed, StartNeed};
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::audit::Action as Told;
use ronghe_domain::cycle::{Action, Content, Phase};
use ronghe_domain::kernel::Instant;
use ronghe_domain::kernel::window::minute;
use ronghe_domain::need::State;
use ronghe_domain::need_list::ListDraft;
use ronghe_domain::task::Kind;
use ronghe_testkit::{TestApp, need_draft};

pub(super) async fn acted(lead: &Client, before: &CycleView, action: &ActOnCycle) -> CycleView {
    lead.act_on_cycle(&before.row.year, &before.version, action).await.unwrap()
}

pub(super) fn clock(shows: &str) -> ActOnCycle {
    ActOnCycle::SetClock { clock: shows.into() }
}

/// The first rehearsal of the year, opened, with its clock within the window.
pub(super) async fn opened(lead: &Client) -> CycleView {
    let made = lead.rehearse_cycle("2026").await.unwrap();
    acted(lead, &made, &ActOnCycle::Open).await
}

#[tokio::test]
async fn a_rehearsal_is_made_and_ended_by_the_lead_office() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    assert_eq!(problem(school.rehearse_cycle("2026").await).status, 403);
    let real = lead.show_cycle("2026").await.unwrap();
    assert!(!real.row.rehearsal && real.offers.iter().any(|offer| offer.action == Action::Rehearse));
    let refused = problem(lead.act_on_cycle("2026", &real.version, &clock("2026-05-01 09:00")).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("rehearsals_only")));
    let refused = problem(lead.act_on_cycle("2026", &real.version, &ActOnCycle::Finish).await);
    assert_eq!(refused.status, 409, "a real cycle runs to its end");

    let made = lead.rehearse_cycle("2026").await.unwrap();
    assert_eq!((made.row.year.as_str(), made.row.phase), ("2026R1", Phase::Preparing));
    assert!(
        made.row.rehearsal && made.row.budget == real.row.budget && made.windows.len() == real.windows.len()
    );
    assert_eq!(
        problem(school.show_cycle("2026R1").await).status,
        404,
        "in preparation it is nobody's business"
    );
    assert_eq!(problem(lead.rehearse_cycle("2026R1").await).refusal.unwrap()["code"], "real_only");
    assert_eq!(lead.rehearse_cycle("2026").await.unwrap().row.year, "2026R2");

    let open = acted(&lead, &made, &ActOnCycle::Open).await;
    let listed: Vec<String> =
        school.list_cycles().await.unwrap().items.into_iter().map(|it| it.year).collect();
    assert_eq!(listed, ["2026", "2026R1"], "behind the real ones");
    assert_eq!(problem(test.client.show_cycle("2026R1").await).status, 404, "not for the public");

    let bad = problem(lead.act_on_cycle("2026R1", &open.version, &clock("soon")).await);
    assert_eq!((bad.status, bad.fields[0].error.path.as_str()), (422, "clock"));
    let on = acted(&lead, &open, &clock("2026-03-15 09:00")).await;
    let bad = problem(lead.act_on_cycle("2026R1", &on.version, &clock("2026-03-14 09:00")).await);
    assert_eq!((bad.status, bad.fields[0].error.path.as_str()), (422, "clock"), "it goes forward alone");

    let over = acted(&lead, &on, &ActOnCycle::Finish).await;
    assert_eq!(over.row.phase, Phase::Closed);
    let auditor = test.entered("heqing").await;
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn its_windows_go_by_its_own_clock() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    let open = opened(&lead).await;
    let begun = StartNeed { year: "2026R1".into(), draft: need_draft() };
    let need = school.start_need(&begun).await.unwrap();
    let ends = acted(&lead, &open, &clock("2026-12-01 09:00")).await;
    assert!(ends.late && ends.row.ahead.is_some_and(|ahead| ahead > 0), "its window has closed");
    let late = problem(school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await);
    assert_eq!(late.refusal.unwrap()["code"], "ended");
    assert_eq!(problem(school.start_need(&begun).await).status, 409);
    let tasks = school.list_tasks().await.unwrap().items;
    assert!(
        tasks.iter().all(|task| task.year.as_deref() != Some("2026R1")),
        "nothing waits for the school in it"
    );
    let tasks = lead.list_tasks().await.unwrap().items;
    let advance = |task: &&ronghe_contract::task::TaskView| {
        task.kind == Kind::AdvanceCycle && task.record.as_deref() == Some("2026R1")
    };
    assert!(tasks.iter().any(|task| advance(&task)));

    // The real one's stays open, and a need goes into it.
    let real = school.start_need(&StartNeed { year: "2026".into(), draft: need_draft() }).await.unwrap();
    school.act_on_need(&real.row.name, &real.version, &ActOnNeed::Submit).await.unwrap();
    let real = lead.show_cycle("2026").await.unwrap();
    let early = problem(lead.act_on_cycle("2026", &real.version, &ActOnCycle::Advance).await);
    assert_eq!(early.refusal.unwrap()["code"], "window_open");
}

/// Composes the list of the rehearsal, has it approved by both seats and publishes it.
pub(super) async fn publish(test: &TestApp, lead: &Client) {
    lead.compose_need_list("2026R1", "\"v0\"", &ListDraft::default()).await.unwrap();
    let approve = ActOnNeedList::Approve { reason: String::new() };
    let (deputy, leader) = (test.signed_in("fangyun").await, test.entered("chenjianguo").await);
    let steps = [(lead, &ActOnNeedList::Propose), (&deputy, &approve), (&leader, &approve)];
    for (client, step) in steps.into_iter().chain([(lead, &ActOnNeedList::Publish)]) {
        let list = client.show_need_lists("2026R1").await.unwrap().next.unwrap().row;
        client.act_on_need_list("2026R1", "v1", &list.version, step).await.unwrap();
    }
}

#[tokio::test]
async fn one_that_was_never_opened_ends_unseen() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    let made = lead.rehearse_cycle("2026").await.unwrap();
    let over = acted(&lead, &made, &ActOnCycle::Finish).await;
    assert_eq!(over.row.phase, Phase::Closed);
    assert_eq!(problem(school.show_cycle("2026R1").await).status, 404);
    for login in ["wanghaifeng", "chenjianguo"] {
        let told = test.entered(login).await.list_messages(&ListMessages::default()).await.unwrap().items;
        assert!(told.iter().all(|it| it.record != "2026R1"), "{login}: {told:?}");
    }
}

#[tokio::test]
async fn it_opens_on_the_day_that_its_clock_shows() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let made = lead.rehearse_cycle("2026").await.unwrap();
    let late = acted(&lead, &made, &clock("2045-03-01 09:00")).await;
    let refused = problem(lead.act_on_cycle("2026R1", &late.version, &ActOnCycle::Open).await);
    assert_eq!(refused.refusal.unwrap()["code"], "policy_not_in_force");
    let back = acted(&lead, &late, &clock("2026-03-10 09:00")).await;
    acted(&lead, &back, &ActOnCycle::Open).await;
}

#[tokio::test]
async fn nothing_of_it_is_taken_for_real() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    let mine = school.list_needs(&ListNeeds::default()).await.unwrap().total;
    let next = school.start_need(&StartNeed { year: "2026".into(), draft: need_draft() }).await.unwrap();
    let open = opened(&lead).await;
    let begun = StartNeed { year: "2026R1".into(), draft: need_draft() };
    let need = school.start_need(&begun).await.unwrap();
    let sent = school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(sent.row.number.as_deref(), Some("N2026R1-0001"), "its numbers are its own");

    // Lists hold it only where it is asked for.
    assert_eq!(school.list_needs(&ListNeeds::default()).await.unwrap().total, mine + 1);
    let of = |q: &str, year: &str| ListNeeds { q: q.into(), year: year.into(), ..ListNeeds::default() };
    assert_eq!(school.list_needs(&of("", "2026R1")).await.unwrap().total, 1);
    assert_eq!(school.list_needs(&of("n2026r1-1", "")).await.unwrap().total, 1);

    // People read of it in the system; no mail goes out.
    let district = test.entered("liwenjing").await;
    let told = district.list_messages(&ListMessages::default()).await.unwrap().items;
    assert!(told.iter().any(|it| it.record == "N2026R1-0001"));
    let mails = test.entered("wuxiao").await.list_mails(&ronghe_client::ListMails::default()).await.unwrap();
    assert!(mails.items.iter().all(|mail| !mail.record.contains("R1")), "a mail would be taken for real");

    // Screening takes the real one unless it is told another.
    let forwarded = district.act_on_need("N2026R1-0001", &sent.version, &ActOnNeed::Forward).await.unwrap();
    assert_eq!(forwarded.row.state, State::Forwarded);
    let ended = acted(&lead, &open, &clock("2026-04-09 09:00")).await;
    let screening = acted(&lead, &ended, &ActOnCycle::Advance).await;
    assert_eq!(screening.row.phase, Phase::ScreeningNeeds);
    let asked = |year: &str| ListScreening { year: year.into(), ..ListScreening::default() };
    assert_eq!(lead.list_screening(&asked("")).await.unwrap().year, "2026");
    assert_eq!(lead.list_screening(&asked("2026R1")).await.unwrap().year, "2026R1");
    let list = JudgeNeed::Enlist { remark: String::new() };
    lead.judge_need("N2026R1-0001", "\"v0\"", &list).await.unwrap();
    assert_eq!(school.show_need("N2026R1-0001").await.unwrap().row.state, State::Screening);

    // Its list is published: whoever takes part reads of it, and no mail goes out.
    publish(&test, &lead).await;
    let listed = school.list_messages(&ListMessages::default()).await.unwrap().items;
    for record in ["2026R1/v1", "N2026R1-0001"] {
        assert!(listed.iter().any(|it| it.record == record), "{record}: {listed:?}");
    }
    let mails = test.entered("wuxiao").await.list_mails(&ronghe_client::ListMails::default()).await.unwrap();
    assert!(mails.items.iter().all(|mail| !mail.record.contains("R1")), "{mails:?}");

    // The number that follows in the real cycle is not touched.
    let before = lead.list_needs(&of("", "2026")).await.unwrap().total;
    let sent = school.act_on_need(&next.row.name, &next.version, &ActOnNeed::Submit).await.unwrap();
    assert!(sent.row.name.starts_with("N2026-") && before > 0, "{}", sent.row.name);
}

/// Whatever its clock shows, and whatever it is set to afterwards: events are told by the server's.
#[tokio::test]
async fn its_time_lines_begin_where_those_of_a_real_one_do() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    let district = test.entered("liwenjing").await;
    for (year, shows) in [("2026R1", "2026-03-05 09:00"), ("2026R2", "2026-03-15 09:00")] {
        let made = lead.rehearse_cycle("2026").await.unwrap();
        let prepared = acted(&lead, &made, &clock(shows)).await;
        // Events of one instant are cut together.
        let tick = || test.app.clock().set(test.app.now() + SignedDuration::from_mins(1));
        tick();
        let open = acted(&lead, &prepared, &ActOnCycle::Open).await;
        let begun = StartNeed { year: year.into(), draft: need_draft() };
        let need = school.start_need(&begun).await.unwrap();
        let sent = school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
        let name = sent.row.name.clone();
        let back = ActOnNeed::Return { corrections: vec![], remark: "改".into(), until: String::new() };
        district.act_on_need(&name, &sent.version, &back).await.unwrap();
        let version = school.show_need(&name).await.unwrap().version;
        let sent = school.act_on_need(&name, &version, &ActOnNeed::Submit).await.unwrap();
        tick();
        district.act_on_need(&name, &sent.version, &ActOnNeed::Forward).await.unwrap();
        acted(&lead, &open, &clock("2026-03-20 09:00")).await;

        let told = async |who: &Client| {
            let events = who.list_need_events(&name).await.unwrap().items;
            events.into_iter().map(|event| event.action).collect::<Vec<Told>>()
        };
        assert_eq!(told(&lead).await, [Told::Forward], "{year}: what went on in the district stays there");
        assert_eq!(told(&school).await.len(), 4, "{year}");
        let events = school.list_cycle_events(year).await.unwrap().items;
        let events: Vec<Told> = events.into_iter().map(|event| event.action).collect();
        assert_eq!(events, [Told::SetClock, Told::Open], "{year}: not how it was prepared");
        assert_eq!(lead.list_cycle_events(year).await.unwrap().items.len(), 4, "{year}");
    }
}

/// Sets the clock of the rehearsal to the minute behind `at`: an end counts to its last second.
async fn shows(lead: &Client, at: Option<Instant>) -> CycleView {
    let before = lead.show_cycle("2026R1").await.unwrap();
    acted(lead, &before, &clock(&minute(at.unwrap() + SignedDuration::from_mins(1)))).await
}

/// A need on the list of the rehearsal, whose universities apply for it by its clock.
async fn applied_for(test: &TestApp, lead: &Client, plan: &Content) -> String {
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    opened(lead).await;
    let begun = StartNeed { year: "2026R1".into(), draft: need_draft() };
    let need = school.start_need(&begun).await.unwrap();
    let sent = school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    district.act_on_need(&sent.row.name, &sent.version, &ActOnNeed::Forward).await.unwrap();
    let ended = shows(lead, Some(plan.collecting.districts_end)).await;
    acted(lead, &ended, &ActOnCycle::Advance).await;
    let list = JudgeNeed::Enlist { remark: String::new() };
    lead.judge_need(&sent.row.name, "\"v0\"", &list).await.unwrap();
    publish(test, lead).await;
    let ended = shows(lead, plan.closes(Phase::ScreeningNeeds)).await;
    acted(lead, &ended, &ActOnCycle::Advance).await;
    shows(lead, plan.opens(Phase::AcceptingApplications)).await;
    sent.row.name
}

#[tokio::test]
async fn what_is_opened_in_it_was_changed_when_it_was_opened() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let real = ronghe_app::cycle::opened(&test.app).await.unwrap();
    let plan = &real.iter().find(|cycle| cycle.name() == "2026").unwrap().content;
    let need = applied_for(&test, &lead, plan).await;
    let uni = test.entered("linxiaozhou").await;
    let sent = handed_in(&uni, &need).await;
    shows(&lead, plan.closes(Phase::AcceptingApplications)).await;
    test.app.clock().set(test.app.now() + SignedDuration::from_mins(5));
    assert_eq!(ronghe_app::application::open_due(&test.app).await.unwrap(), 1);
    let opened = uni.show_application(&sent.row.name).await.unwrap();
    assert_eq!(opened.row.number.as_deref(), Some("A2026R1-0001"));
    assert_eq!(opened.row.changed_at, test.app.now());
}
