//! A bureau ranks, hands up and reports; who has not filed is reminded once a day.

use super::{DISTRICT, OTHER, SCHOOL, at, district, facts, lead, need, school};
use crate::cycle::Phase;
use crate::kernel::{Actor, Fen, NeedId, OrgId, Role, SummaryId, Version};
use crate::need::district::ranking::{may_rank, sees_rank};
use crate::need::district::summary::{
    Handed, Line, Scope, State as Stands, Summary, in_order, may_report_zero, scope, visible,
};
use crate::need::filing::{Filing, may_remind, reminded};
use crate::need::rules::{Facts, decide};
use crate::need::{Action, Ranking, RankingDraft, Refusal, Row, State};
use crate::sign_off::{Gate, code};
use uuid::Uuid;

const NOON: &str = "2026-03-10T04:00:00Z";

fn line(id: u128, number: &str) -> Line {
    Line {
        need: NeedId(Uuid::from_u128(id)),
        number: number.into(),
        title: "需求".into(),
        title_en: String::new(),
        unit: SCHOOL,
        measure: 4,
        budget: Fen::yuan(2),
        new: true,
    }
}

fn summary(lines: Vec<Line>, state: Stands) -> Summary {
    Summary {
        id: SummaryId(Uuid::from_u128(5)),
        cycle: need(State::Submitted, Some(DISTRICT)).cycle,
        district: DISTRICT,
        seq: 1,
        lines,
        state,
        made_by: super::SOMEONE,
        made_at: at(NOON),
        issued_at: None,
        version: Version::FIRST,
    }
}

#[test]
fn a_chain_stands_in_the_way_of_what_leaves() {
    let closed = Facts { gate: Gate::Closed, ..facts(Phase::CollectingNeeds) };
    let passed = Facts { gate: Gate::Passed, ..closed };
    let check = |actor: &Actor, state, action, facts: &Facts, expected| {
        let record = need(state, Some(DISTRICT));
        assert_eq!(decide(actor, &record, facts, action, at(NOON)), expected, "{state:?} {action:?}");
    };
    let first = Err(Refusal::SignOffFirst);
    check(&school(), State::Draft, Action::Submit, &closed, first);
    check(&school(), State::Draft, Action::Submit, &passed, Ok(State::Submitted));
    check(&school(), State::Draft, Action::Withdraw, &closed, Ok(State::Withdrawn));
    check(&school(), State::Draft, Action::Edit, &closed, Ok(State::Draft));
    check(&district(), State::Submitted, Action::Forward, &closed, first);
    check(&district(), State::Submitted, Action::Forward, &passed, Ok(State::Forwarded));
    check(&district(), State::Submitted, Action::Return, &closed, Ok(State::ReturnedByDistrict));
    // What else is missing is said first.
    let open = Facts { open_fields: 2, ..closed };
    check(&school(), State::Draft, Action::Submit, &open, Err(Refusal::Incomplete { fields: 2 }));
}

#[test]
fn a_bureau_ranks_its_own() {
    let ranking = Ranking {
        cycle: need(State::Submitted, None).cycle,
        district: DISTRICT,
        order: [3, 1].map(|id| NeedId(Uuid::from_u128(id))).to_vec(),
        by: super::SOMEONE,
        at: at(NOON),
        version: Version::FIRST,
    };
    assert_eq!(ranking.place(NeedId(Uuid::from_u128(1))), Some(2));
    assert_eq!(ranking.place(NeedId(Uuid::from_u128(2))), None);
    let mut lines =
        vec![line(2, "N2026-0002"), line(1, "N2026-0001"), line(4, "N2026-0000"), line(3, "N2026-0003")];
    in_order(&mut lines, |id| ranking.place(id));
    let numbers: Vec<&str> = lines.iter().map(|line| line.number.as_str()).collect();
    assert_eq!(numbers, ["N2026-0003", "N2026-0001", "N2026-0000", "N2026-0002"]);

    let collecting = facts(Phase::CollectingNeeds);
    assert_eq!(may_rank(&district(), DISTRICT, &collecting, at(NOON)), Ok(()));
    assert_eq!(may_rank(&district(), OTHER, &collecting, at(NOON)), Err(Refusal::NotYours));
    assert_eq!(may_rank(&lead(), DISTRICT, &collecting, at(NOON)), Err(Refusal::NotYours));
    let closed = collecting.collecting.districts_end;
    assert_eq!(may_rank(&district(), DISTRICT, &collecting, closed), Err(Refusal::Ended { closed }));
    assert!(sees_rank(&lead(), DISTRICT) && sees_rank(&district(), DISTRICT));
    assert!(!sees_rank(&school(), DISTRICT) && !sees_rank(&district(), OTHER));
}

#[test]
fn an_order_names_what_stands_under_the_bureau() {
    let row = |seq: u32| {
        let mut record = need(State::Submitted, Some(DISTRICT));
        record.id = NeedId(Uuid::from_u128(u128::from(seq)));
        record.seq = Some(seq);
        Row::from(&record)
    };
    let rows = [row(1), row(2)];
    let name = |seq: usize| rows[seq - 1].name().to_string();
    let check = |order: Vec<String>, expected: &[&str]| {
        let errors = RankingDraft { order }.check(&rows).err().unwrap_or_default();
        assert_eq!(errors.into_iter().map(|error| error.path).collect::<Vec<_>>(), expected);
    };
    check(vec![name(2), name(1)], &[]);
    check(vec![], &[]);
    check(vec![name(2), "N2026-0009".into(), name(2)], &["order[1]", "order[2]"]);
    check(vec![String::new(); 1001], &["order"]);
}

#[test]
fn nothing_is_reported_where_nothing_is() {
    let collecting = facts(Phase::CollectingNeeds);
    let check = |actor: &Actor, handed, expected| {
        assert_eq!(may_report_zero(actor, DISTRICT, handed, &collecting, at(NOON)), expected, "{handed:?}");
    };
    let none = Handed::default();
    check(&district(), none, Ok(()));
    check(&school(), none, Err(Refusal::NotYours));
    check(&district(), Handed { forwarded: 3, ..none }, Err(Refusal::HasForwarded { count: 3 }));
    check(&district(), Handed { signing: true, ..none }, Err(Refusal::SummarySigning));
    check(&district(), Handed { zero: true, ..none }, Err(Refusal::AlreadyZero));
    let screening = facts(Phase::ScreeningNeeds);
    let late = may_report_zero(&district(), DISTRICT, none, &screening, at(NOON));
    assert_eq!(late, Err(Refusal::WrongPhase { phase: Phase::ScreeningNeeds }));
}

#[test]
fn a_summary_has_a_code_of_its_own_and_is_read_once_it_is_up() {
    let one =
        summary(vec![line(1, "N2026-0001"), Line { new: false, ..line(2, "N2026-0002") }], Stands::Signing);
    assert_eq!((one.total(), one.leaving().count(), one.is_zero()), (Fen::yuan(4), 1, false));
    let other = Summary { lines: vec![line(2, "N2026-0002"), line(1, "N2026-0001")], ..one.clone() };
    assert_ne!(code(&one.hash().unwrap()), code(&other.hash().unwrap()), "another order is another page");
    let issued = one.moved(Stands::Issued, at(NOON));
    assert_eq!((issued.hash().unwrap(), issued.issued_at), (one.hash().unwrap(), Some(at(NOON))));
    for (actor, before, after) in [
        (district(), true, true),
        (lead(), false, true),
        (school(), false, false),
        (Actor::Visitor, false, false),
    ] {
        assert_eq!((visible(&actor, &one), visible(&actor, &issued)), (before, after), "{actor:?}");
    }
    let neighbour = Actor::person(super::SOMEONE, OTHER, [Role::DistrictBureau]);
    assert_eq!(scope(&neighbour), Some(Scope::Of(OTHER)));
    assert!(!visible(&neighbour, &issued));
}

#[test]
fn who_has_not_filed_is_reminded_once_a_day() {
    let row = |org: OrgId| Filing {
        org,
        submitted: 0,
        returned: 0,
        had_arrived: 0,
        forwarded: 0,
        left_out: 0,
        zero: false,
        reminded_at: None,
        is_district: false,
    };
    let now = at(NOON);
    let check = |filing: Filing, may: bool| assert_eq!(filing.may_be_reminded(now), may, "{filing:?}");
    check(row(SCHOOL), true);
    check(Filing { returned: 1, ..row(SCHOOL) }, true);
    check(Filing { returned: 1, had_arrived: 1, ..row(SCHOOL) }, false);
    check(Filing { returned: 1, had_arrived: 1, is_district: true, ..row(DISTRICT) }, false);
    check(Filing { submitted: 1, ..row(SCHOOL) }, false);
    check(Filing { forwarded: 1, ..row(SCHOOL) }, false);
    check(Filing { submitted: 1, is_district: true, ..row(DISTRICT) }, true);
    check(Filing { zero: true, is_district: true, ..row(DISTRICT) }, false);
    // 23:59 of the day before in Jinan is another day, a minute later is today.
    check(Filing { reminded_at: Some(at("2026-03-09T15:59:00Z")), ..row(SCHOOL) }, true);
    check(Filing { reminded_at: Some(at("2026-03-09T16:00:00Z")), ..row(SCHOOL) }, false);
    let done = Filing { submitted: 1, ..row(OTHER) };
    assert_eq!(reminded(&district(), &[row(DISTRICT), row(SCHOOL), done], now), Ok(vec![SCHOOL]));
    assert_eq!(reminded(&district(), &[row(DISTRICT), done], now), Err(Refusal::NobodyToRemind));

    let collecting = facts(Phase::CollectingNeeds);
    let ends = collecting.collecting;
    assert_eq!(may_remind(&district(), &collecting, now), Ok(()));
    assert_eq!(may_remind(&school(), &collecting, now), Err(Refusal::NotYours));
    let closed = Err(Refusal::Ended { closed: ends.units_end });
    assert_eq!(may_remind(&district(), &collecting, ends.units_end), closed);
    assert_eq!(may_remind(&lead(), &collecting, ends.units_end), Ok(()));
    let closed = Err(Refusal::Ended { closed: ends.districts_end });
    assert_eq!(may_remind(&lead(), &collecting, ends.districts_end), closed);
}
