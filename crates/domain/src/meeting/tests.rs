//! Meetings are checked whole, entered in time, called off before they begin, and read by calendars.

use super::ics::{Event, text};
use super::rules::{Facts, decide, may_add, offers};
use super::{Action, MeetingDraft, Name, Refusal, State};
use crate::cycle::{Clock, Phase};
use crate::kernel::{AccountId, Actor, Instant, OrgId, Role};
use proptest::prelude::*;
use uuid::Uuid;

const UNIT: OrgId = OrgId(Uuid::from_u128(20));

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn closes() -> Instant {
    at("2026-05-31T09:00:01Z")
}

fn facts(phase: Phase) -> Facts {
    Facts {
        phase,
        opens: Some(at("2026-04-20T01:00:00Z")),
        closes: Some(closes()),
        clock: Clock::default(),
        unit: UNIT,
        listed: true,
    }
}

fn of(org: OrgId, role: Role) -> Actor {
    Actor::person(AccountId(Uuid::from_u128(1)), org, [role])
}

fn draft() -> MeetingDraft {
    MeetingDraft {
        start: "2026-05-06 14:00".into(),
        finish: "2026-05-06 16:00".into(),
        place: "济南燕柳小学报告厅".into(),
        link: String::new(),
        audience: "有意申报的高校，每校两人".into(),
        remark: String::new(),
    }
}

#[test]
fn names_are_read_as_written() {
    for text in ["N2026-0137-M2", " n2026-0137-m2 "] {
        assert_eq!(Name::parse(text).unwrap().to_string(), "N2026-0137-M2");
    }
    for wrong in ["N2026-0137", "N2026-0137-Q2", "N2026-0137-M", "N2026-0137-M-2", "M2", "draft-1-M2"] {
        assert_eq!(Name::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_meeting_says_when_and_where() {
    let check = |change: &dyn Fn(&mut MeetingDraft), expected: &[&str]| {
        let mut typed = draft();
        change(&mut typed);
        let found = typed.check(at("2026-05-01T00:00:00Z"), closes()).err().unwrap_or_default();
        assert_eq!(found.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), expected);
    };
    check(&|_| {}, &[]);
    check(&|it| it.start = "2026-04-30 14:00".into(), &["start"]);
    check(&|it| it.start = "2026-06-01 14:00".into(), &["start"]);
    check(&|it| it.finish = "2026-05-06 14:00".into(), &["finish"]);
    check(&|it| it.finish.clear(), &["finish"]);
    check(&|it| it.place.clear(), &["place"]);
    check(&|it| it.audience.clear(), &["audience"]);
    check(&|it| it.link = "https://meeting.example/j/7?a=1,2".into(), &[]);
    for link in ["javascript:alert(1)", "http://x.example", "https://", "https:///x", "https://x.example/a b"]
    {
        check(&|it| it.link = link.into(), &["link"]);
    }
}

#[test]
fn its_unit_and_the_lead_office_enter_it_in_time() {
    let (open, now) = (facts(Phase::AcceptingApplications), at("2026-05-01T00:00:00Z"));
    for host in
        [of(UNIT, Role::NeedUnit), of(UNIT, Role::DistrictBureau), of(OrgId(Uuid::nil()), Role::LeadOffice)]
    {
        assert_eq!(may_add(&host, &open, 0, now), Ok(closes()));
        assert_eq!(may_add(&host, &open, 20, now), Err(Refusal::TooMany { most: 20 }));
        assert_eq!(may_add(&host, &open, 0, closes()), Err(Refusal::Ended { closed: closes() }));
        let unlisted = Facts { listed: false, ..open };
        assert_eq!(may_add(&host, &unlisted, 0, now), Err(Refusal::NotListed));
        let later = facts(Phase::Reviewing);
        assert_eq!(may_add(&host, &later, 0, now), Err(Refusal::WrongPhase { phase: Phase::Reviewing }));
    }
    for other in [of(OrgId(Uuid::nil()), Role::NeedUnit), of(UNIT, Role::University), Actor::Visitor] {
        assert_eq!(may_add(&other, &open, 0, now), Err(Refusal::NotYours));
    }
}

#[test]
fn what_has_begun_is_not_called_off() {
    let (open, start) = (facts(Phase::AcceptingApplications), at("2026-05-06T06:00:00Z"));
    let unit = of(UNIT, Role::NeedUnit);
    let off = |state, now| decide(&unit, (state, start), &open, Action::CallOff, now);
    assert_eq!(off(State::Planned, at("2026-05-06T05:59:59Z")), Ok(State::CalledOff));
    assert_eq!(off(State::Planned, start), Err(Refusal::Begun));
    let twice = off(State::CalledOff, at("2026-05-01T00:00:00Z"));
    assert_eq!(twice, Err(Refusal::WrongState { state: State::CalledOff }));
    assert_eq!(offers(&of(UNIT, Role::Expert), (State::Planned, start), &open, start), []);
}

fn event() -> Event {
    Event {
        uid: "00000000-0000-7000-8000-000000000001".into(),
        sequence: 1,
        stamp: at("2026-05-01T00:00:00Z"),
        start: at("2026-05-06T06:00:00Z"),
        end: at("2026-05-06T08:00:00Z"),
        summary: "对接会：心理健康, 工作室; 共建\\".into(),
        location: "济南燕柳小学报告厅".into(),
        description: "第一行\r\n第二行\u{7}".into(),
        link: "https://meeting.example/j/7?a=1,2".into(),
        cancelled: true,
    }
}

#[test]
fn a_calendar_reads_it() {
    let said = text(&event());
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ronghe//Meetings//ZH\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n\
        UID:00000000-0000-7000-8000-000000000001\r\nSEQUENCE:1\r\nDTSTAMP:20260501T000000Z\r\n\
        DTSTART:20260506T060000Z\r\nDTEND:20260506T080000Z\r\nSUMMARY:对接会：心理健康\\, 工作室\\; 共建\\\\\r\n\
        LOCATION:济南燕柳小学报告厅\r\nDESCRIPTION:第一行\\n第二行\r\nURL:https://meeting.example/j/7?a=1,2\r\n\
        STATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(said, expected);
    let bare = Event { location: String::new(), link: String::new(), cancelled: false, ..event() };
    let said = text(&bare);
    assert!(said.contains("STATUS:CONFIRMED") && !said.contains("LOCATION") && !said.contains("URL"));
}

proptest! {
    /// Whatever is typed, no line is longer than 75 octets, none is cut within a character, and none can be smuggled in.
    #[test]
    fn lines_are_folded_and_nothing_breaks_out(summary in any::<String>(), description in any::<String>()) {
        let said = text(&Event { summary, description, ..event() });
        prop_assert!(said.ends_with("END:VCALENDAR\r\n"));
        let lines: Vec<&str> = said.split("\r\n").collect();
        prop_assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let whole = said.replace("\r\n ", "");
        let names: Vec<&str> = whole.split("\r\n").filter_map(|line| line.split_once(':')).map(|it| it.0).collect();
        let once = |name| names.iter().filter(|it| **it == name).count();
        prop_assert_eq!((once("UID"), once("SUMMARY"), once("STATUS"), once("BEGIN")), (1, 1, 1, 2));
    }
}
