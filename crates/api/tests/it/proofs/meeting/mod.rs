//! 对接会: entered by the need's unit, read by everybody, given to calendars, called off in time.

use crate::problem;
use crate::proofs::application::applying;
use crate::proofs::application::opined::unit_of;
use ronghe_contract::meeting::CallOffMeeting;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::Instant;
use ronghe_domain::kernel::window::minute;
use ronghe_domain::meeting::{MeetingDraft, State};
use ronghe_testkit::{TestApp, TestDb, db_test};

pub(crate) async fn closes(test: &TestApp) -> Instant {
    let opened = ronghe_app::cycle::opened(&test.app).await.unwrap();
    let cycle = opened.into_iter().find(|cycle| cycle.name() == "2026").unwrap();
    cycle.content.closes(Phase::AcceptingApplications).unwrap()
}

/// A meeting that begins so many hours before applications close.
pub(crate) fn draft(closes: Instant, hours: i64) -> MeetingDraft {
    let before = |hours| minute(closes.checked_sub(jiff::SignedDuration::from_hours(hours)).unwrap());
    MeetingDraft {
        start: before(hours),
        finish: before(hours - 2),
        place: "报告厅".into(),
        link: "https://meeting.example/j/7".into(),
        audience: "有意申报的高校".into(),
        remark: "带方案提纲；自备电脑".into(),
    }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> (u16, String) {
    let problem = problem(answer);
    (problem.status, problem.refusal.unwrap()["code"].as_str().unwrap().to_owned())
}

fn off(reason: &str) -> CallOffMeeting {
    CallOffMeeting { reason: reason.into() }
}

db_test!(a_unit_meets_universities_in_public, |db: TestDb| async move {
    let test = TestApp::start_unhurried(db).await;
    let needs = applying(&test).await;
    let need = &needs[0];
    let (uni, lead) = (test.entered("linxiaozhou").await, test.entered("zhangmin").await);
    let (unit, closes) = (unit_of(&test, need).await, closes(&test).await);
    let empty = unit.list_meetings(need).await.unwrap();
    assert!(empty.can_add && empty.items.is_empty());
    assert!(!uni.list_meetings(need).await.unwrap().can_add);
    assert_eq!(refusal(uni.add_meeting(need, &draft(closes, 48)).await), (403, "not_yours".into()));
    let nowhere = MeetingDraft { place: String::new(), link: String::new(), ..draft(closes, 48) };
    assert_eq!(problem(unit.add_meeting(need, &nowhere).await).fields[0].error.path, "place");

    let later = unit.add_meeting(need, &draft(closes, 48)).await.unwrap();
    let first = lead.add_meeting(need, &draft(closes, 96)).await.unwrap();
    assert_eq!((later.name.as_str(), first.name.as_str()), (&*format!("{need}-M1"), &*format!("{need}-M2")));
    // Everybody who sees the need reads them, in the order of their time.
    let names: Vec<String> =
        uni.list_meetings(need).await.unwrap().items.into_iter().map(|it| it.name).collect();
    assert_eq!(names, [first.name.clone(), later.name.clone()]);
    let page = ronghe_app::meeting::published(&test.app, need).await.unwrap();
    assert_eq!(page.len(), 2);
    let file = String::from_utf8(uni.download_meeting(&later.name).await.unwrap()).unwrap();
    assert!(file.contains("SEQUENCE:0\r\n") && file.contains("STATUS:CONFIRMED\r\n"), "{file}");
    assert_eq!(page.iter().find(|it| it.no == 1).unwrap().ics, file);

    // Called off, it stays to be read, with the reason, and calendars learn of it.
    assert_eq!(problem(uni.call_off_meeting(&later.name, &later.version, &off("改期")).await).status, 403);
    let silent = unit.call_off_meeting(&later.name, &later.version, &off(" ")).await;
    assert_eq!(problem(silent).fields[0].error.path, "reason");
    let gone = unit.call_off_meeting(&later.name, &later.version, &off("场地另有安排")).await.unwrap();
    assert_eq!((gone.state, gone.called_off.as_deref()), (State::CalledOff, Some("场地另有安排")));
    let twice = unit.call_off_meeting(&later.name, &gone.version, &off("改期")).await;
    assert_eq!(refusal(twice), (409, "wrong_state".into()));
    let file = String::from_utf8(uni.download_meeting(&later.name).await.unwrap()).unwrap();
    assert!(file.contains("SEQUENCE:1\r\n") && file.contains("STATUS:CANCELLED\r\n"), "{file}");
    let stale = lead.call_off_meeting(&first.name, "\"v9\"", &off("改期")).await;
    assert_eq!(problem(stale).status, 412);

    // Once applications are closed nothing is arranged or called off.
    test.app.clock().set(closes);
    let unit = unit_of(&test, need).await;
    let late = unit.call_off_meeting(&first.name, &first.version, &off("改期")).await;
    assert_eq!(refusal(late), (409, "ended".into()));
    assert!(unit.list_meetings(need).await.unwrap().barred.is_some());
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
});
