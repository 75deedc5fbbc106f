//! What stands beside a listed need on its page: questions and meetings.

use super::{day, register};
use crate::pages::need_list::questions::need_at;
use crate::pages::{Beside, Page, render_with};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::{Instant, OrgId};
use ronghe_text::Lang;
use std::sync::Arc;
use uuid::Uuid;

#[test]
fn questions_stand_on_the_page_of_their_need_without_who_asks() {
    use ronghe_app::question::{Public, Said};
    use ronghe_domain::question::{Ground, State};
    let mut register = (*register("2026-03-10", vec![])).clone();
    let phase = Phase::AcceptingApplications;
    register.cycles =
        register.cycles.iter().map(|cycle| Arc::new(Cycle { phase, ..(**cycle).clone() })).collect();
    let register = Arc::new(register);
    assert_eq!(need_at(&register, "/needs/2026-001").as_deref(), Some("N2026-0001"));
    assert_eq!(need_at(&register, "/needs"), None);
    assert_eq!(need_at(&register, "/needs/2026-099"), None);
    let said = |text: &str, org: u128| Said {
        text: text.into(),
        org: OrgId(Uuid::from_u128(org)),
        at: Instant::UNIX_EPOCH,
    };
    let asked = Public {
        no: 1,
        state: State::Answered,
        asked_on: day("2026-03-09"),
        text: Some("可以先到<b>学校</b>看场地吗？".into()),
        answers: vec![said("可以。", 2), said("可以，先打电话。", 1)],
        taken_back: None,
    };
    let removed = Public {
        no: 2,
        state: State::TakenBack,
        text: None,
        answers: vec![],
        taken_back: Some((Ground::PersonalData, day("2026-03-10"))),
        ..asked.clone()
    };
    let page = |lang, questions: Vec<Public>| match render_with(
        Arc::clone(&register),
        Beside { questions, ..Beside::default() },
        lang,
        "/needs/2026-001",
        vec![],
    ) {
        Page::Html { status: 200, html } => html,
        other => panic!("{other:?}"),
    };
    let (zh, en) =
        (page(Lang::Zh, vec![asked.clone(), removed.clone()]), page(Lang::En, vec![asked, removed]));
    for words in ["历下区教体局", "高校联络服务处", "已更正", "可以，先打电话。", "含有个人信息", "已撤下"]
    {
        assert!(zh.contains(words), "{words}");
    }
    for words in ["Questions and answers", "since corrected", "It holds personal data", "liaison in English"]
    {
        assert!(en.contains(words), "{words}");
    }
    assert!(zh.find("先打电话") < zh.find("<del"), "what holds stands in front");
    assert!(!zh.contains("<b>学校"), "markup comes through");
    assert!(!zh.contains("山东师范大学"), "a university is named");
    assert!(page(Lang::Zh, vec![]).contains("还没有提问"));
}

#[test]
fn meetings_stand_on_the_page_of_their_need_and_go_into_calendars() {
    use ronghe_app::meeting::Public;
    use ronghe_domain::meeting::Content;
    let register = register("2026-03-10", vec![]);
    assert_eq!(need_at(&register, "/needs/2026-001/M1.ics").as_deref(), Some("N2026-0001"));
    let meeting = Public {
        no: 1,
        content: Content {
            start: "2026-05-06T06:00:00Z".parse().unwrap(),
            finish: "2026-05-06T08:00:00Z".parse().unwrap(),
            place: "报告厅<b>二楼</b>".into(),
            link: "https://meeting.example/j/7".into(),
            audience: "有意申报的高校".into(),
            remark: String::new(),
        },
        called_off: None,
        ics: "BEGIN:VCALENDAR\r\n".into(),
    };
    let off = Public { no: 2, called_off: Some("场地另有安排".into()), ..meeting.clone() };
    let beside = Beside { meetings: vec![meeting, off], ..Beside::default() };
    let get = |lang, path| render_with(Arc::clone(&register), beside.clone(), lang, path, vec![]);
    let page = |lang| match get(lang, "/needs/2026-001") {
        Page::Html { status: 200, html } => html,
        other => panic!("{other:?}"),
    };
    let (zh, en) = (page(Lang::Zh), page(Lang::En));
    for words in ["对接会", "2026-05-06 14:00–16:00", "有意申报的高校", "已取消", "场地另有安排"]
    {
        assert!(zh.contains(words), "{words}");
    }
    assert!(en.contains("Called off") && en.contains("/en/needs/2026-001/M1.ics"));
    assert!(!zh.contains("<b>二楼"), "markup comes through");
    let file = get(Lang::Zh, "/needs/2026-001/M1.ics");
    assert!(matches!(file, Page::File { kind: "text/calendar; charset=utf-8", .. }), "{file:?}");
    for nothing in ["/needs/2026-001/M3.ics", "/needs/2026-001/x.ics"] {
        assert!(matches!(get(Lang::Zh, nothing), Page::Html { status: 404, .. }), "{nothing}");
    }
}

#[test]
fn a_need_that_nobody_has_applied_for_says_so() {
    let register = register("2026-03-10", vec![]);
    let page = |left_open, lang| {
        let beside = Beside { left_open, ..Beside::default() };
        match render_with(Arc::clone(&register), beside, lang, "/needs/2026-001", vec![]) {
            Page::Html { status: 200, html } => html,
            other => panic!("{other:?}"),
        }
    };
    assert!(page(true, Lang::Zh).contains("暂无高校承接"));
    assert!(!page(false, Lang::Zh).contains("暂无高校承接"));
    assert!(!page(true, Lang::En).contains(">On the list<"));
}
