//! What universities hand in within a rehearsal stands apart from what is real: lists, counts, search, the queue of the
//! formal check, tasks, sign-off.

use super::rehearsal::{acted, clock, publish};
use crate::proofs::application::{applying, handed_in, of_university, written};
use crate::proofs::leaving::{NONE, act, chain, sign};
use ronghe_client::{Client, ListApplications, ListSignOffs};
use ronghe_contract::application::ActOnApplication;
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::{ActOnNeed, JudgeNeed, StartNeed};
use ronghe_domain::application::State;
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::date::SHANGHAI;
use ronghe_domain::sign_off::Kind;
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};

const REHEARSED: &str = "2026R1";

/// What a list of applications says, narrowed by words, cycle, need and state.
async fn listed(who: &Client, [q, year, need, state]: [&str; 4]) -> Vec<String> {
    let query = ListApplications {
        q: q.into(),
        year: year.into(),
        need: need.into(),
        state: state.into(),
        ..ListApplications::default()
    };
    let found = who.list_applications(&query).await.unwrap();
    assert_eq!(u64::try_from(found.items.len()).unwrap(), found.total, "what is counted is what is shown");
    found.items.into_iter().map(|row| row.name).collect()
}

/// Brings a rehearsal of the year to 高校申报 with a need on its list, beside the real cycle that is there; says when its
/// window closes.
async fn applying_in_rehearsal(test: &TestApp, need: &str) -> String {
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    let district = test.entered("liwenjing").await;
    let made = lead.rehearse_cycle("2026").await.unwrap();
    let made = acted(&lead, &made, &clock("2026-03-10 09:00")).await;
    let open = acted(&lead, &made, &ActOnCycle::Open).await;
    let begun = StartNeed { year: REHEARSED.into(), draft: need_draft() };
    let begun = school.start_need(&begun).await.unwrap();
    let sent = school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(sent.row.name, need);
    district.act_on_need(need, &sent.version, &ActOnNeed::Forward).await.unwrap();
    let ended = acted(&lead, &open, &clock("2026-04-09 09:00")).await;
    acted(&lead, &ended, &ActOnCycle::Advance).await;
    lead.judge_need(need, "\"v0\"", &JudgeNeed::Enlist { remark: String::new() }).await.unwrap();
    publish(test, &lead).await;
    let screened = lead.show_cycle(REHEARSED).await.unwrap();
    let applying = acted(&lead, &screened, &ActOnCycle::Advance).await;
    let cycles = ronghe_app::cycle::opened(&test.app).await.unwrap();
    let content = &cycles.iter().find(|cycle| cycle.name() == REHEARSED).unwrap().content;
    let opens = SHANGHAI.to_datetime(content.opens(Phase::AcceptingApplications).unwrap()).date();
    acted(&lead, &applying, &clock(&format!("{} 09:00", opens.tomorrow().unwrap()))).await;
    let closes = content.closes(Phase::AcceptingApplications).unwrap();
    format!("{} 09:00", SHANGHAI.to_datetime(closes).date().tomorrow().unwrap())
}

db_test!(applications_of_a_rehearsal_stand_apart_from_real_ones, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let need = "N2026R1-0001";
    let closed = applying_in_rehearsal(&test, need).await;
    let uni = test.entered("linxiaozhou").await;
    let real = handed_in(&uni, &needs[0]).await.row.name;
    let dean = of_university(&test, "yuanzhang", "sdnu").await;
    uni.set_chain("sdnu", Kind::Application, NONE, &chain(&[("院系", "yuanzhang")])).await.unwrap();
    let rehearsed = written(&uni, need).await;
    let name = rehearsed.row.name.clone();
    let asked = uni.act_on_application(&name, &rehearsed.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!((asked.row.state, asked.row.year.as_str()), (State::Signing, REHEARSED));

    // A list holds it where it is of the rehearsal, or of what it answers.
    assert_eq!(listed(&uni, ["", "", "", ""]).await, [real.as_str()]);
    assert_eq!(
        listed(&uni, ["李静", "", "", ""]).await,
        [real.as_str()],
        "nor is it found among the real ones"
    );
    assert_eq!(listed(&uni, ["", REHEARSED, "", ""]).await, [name.as_str()]);
    assert_eq!(listed(&uni, ["李静", REHEARSED, "", ""]).await, [name.as_str()]);
    assert_eq!(listed(&uni, ["", "", need, ""]).await, [name.as_str()]);

    // What is signed names the year, in lists and tasks.
    let rounds = dean.list_sign_offs(&ListSignOffs::default()).await.unwrap().items;
    assert_eq!(rounds.iter().map(|it| it.year.as_deref()).collect::<Vec<_>>(), [Some(REHEARSED)]);
    for (who, kind) in [(&dean, Task::Sign), (&uni, Task::WithSigners)] {
        let tasks = who.list_tasks().await.unwrap().items;
        let task = tasks.iter().find(|task| task.kind == kind).unwrap();
        assert_eq!(task.year.as_deref(), Some(REHEARSED), "{task:?}");
        assert!(task.deadline.is_some() && task.ahead.is_some(), "by its own clock: {task:?}");
    }
    assert_eq!(act(&dean, &rounds[0], sign()).await.year.as_deref(), Some(REHEARSED));

    // Nor does it stand in the queue of the formal check.
    let lead = test.entered("zhangmin").await;
    let cycle = lead.show_cycle(REHEARSED).await.unwrap();
    acted(&lead, &cycle, &clock(&closed)).await;
    assert_eq!(ronghe_app::application::open_due(&test.app).await.unwrap(), 1);
    let number = "A2026R1-0001";
    assert_eq!(listed(&lead, ["", "", "", "formal_check"]).await, Vec::<String>::new());
    assert_eq!(listed(&lead, ["", REHEARSED, "", "formal_check"]).await, [number]);
    assert_eq!(listed(&lead, ["a2026r1-1", "", "", ""]).await, [number], "asked for by its number");
    let tasks = lead.list_tasks().await.unwrap().items;
    let check = tasks.iter().find(|task| task.kind == Task::CheckApplications).unwrap();
    assert_eq!((check.year.as_deref(), check.count), (Some(REHEARSED), 1));
});
