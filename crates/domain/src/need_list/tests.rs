//! Lists: their order and numbers, what a later version changes, who approves, what is void.

use super::compose::{Source, Wanted, compose, fates, is_outdated, wanted};
use super::document::{Document, SCHEMA, hash};
use super::draft::{ChangeDraft, ListDraft, answer_reason};
use super::finding::{Finding, Held, Seats, check, no_minutes};
use super::minutes::MinutesDraft;
use super::rules::{Action, Facts, Refusal, decide, offers, visible};
use super::{Answer, ChangeKind, Edition, ListNumber, Mark, NeedList, Proposal, State};
use crate::cycle::Phase;
use crate::cycle::approval::{Approval, ApprovalDraft, Body, Seat, StepDraft};
use crate::kernel::{AccountId, Actor, CycleId, Instant, NeedId, OrgId, Role, Version};
use crate::need::{Outcome, State as NeedState, Why};
use proptest::prelude::*;
use uuid::Uuid;

const LEAD: AccountId = AccountId(Uuid::from_u128(1));
const DEPUTY: AccountId = AccountId(Uuid::from_u128(2));
const LEADER: AccountId = AccountId(Uuid::from_u128(3));

fn id(number: u32) -> NeedId {
    NeedId(Uuid::from_u128(100 + u128::from(number)))
}

fn source(number: u32, measure: u32, district: u16, outcome: Option<Outcome>) -> Source {
    Source { need: id(number), number, measure, district, state: NeedState::Screening, outcome }
}

fn listed(number: u32, measure: u32, district: u16) -> Source {
    source(number, measure, district, Some(Outcome::Listed))
}

fn blank(before: Option<&NeedList>) -> NeedList {
    NeedList::blank(CycleId(Uuid::nil()), before, LEAD, Instant::UNIX_EPOCH)
}

fn composed(before: Option<&NeedList>, sources: &[Source], wanted: &Wanted) -> NeedList {
    blank(before).composed(compose(before, sources, wanted), LEAD, Instant::UNIX_EPOCH)
}

fn numbers(list: &NeedList) -> Vec<(u32, u32)> {
    let number = |need: NeedId| u32::try_from(need.0.as_u128() - 100).unwrap();
    list.entries.iter().map(|entry| (number(entry.need), entry.seq)).collect()
}

fn actor(account: AccountId, roles: &[Role]) -> Actor {
    Actor::person(account, OrgId(Uuid::nil()), roles.iter().copied())
}

fn facts(post: &str) -> Facts<'_> {
    Facts { phase: Phase::ScreeningNeeds, barring: 0, post }
}

fn proposed(by: AccountId) -> NeedList {
    let list = composed(None, &[listed(1, 1, 0)], &Wanted::default());
    list.proposed(Approval::default().steps, Proposal { by, at: Instant::UNIX_EPOCH, hash: "h".into() })
}

/// The usual chain, whose seats are held by these.
fn seats(holders: &[&[AccountId]]) -> Vec<Held> {
    let steps = Approval::default().steps.into_iter().zip(holders);
    steps.map(|(step, by)| Held { step, by: by.to_vec() }).collect()
}

fn mark(list: &NeedList, by: AccountId, answer: Answer) -> Mark {
    let (step, proposal) = (list.next_step().unwrap(), list.proposal.as_ref().unwrap());
    Mark {
        seat: step.seat,
        post: step.post.clone(),
        answer,
        reason: String::new(),
        by,
        at: Instant::UNIX_EPOCH,
        proposed_by: proposal.by,
        hash: proposal.hash.clone(),
        voided_at: None,
    }
}

#[test]
fn needs_stand_by_measure_district_and_number_unless_the_office_wants_otherwise() {
    let declined = Some(Outcome::Declined { why: Why::TooVague });
    let sources = [
        listed(1, 5, 2),
        listed(2, 1, 3),
        source(3, 1, 0, declined),
        listed(4, 1, 1),
        listed(5, 1, 1),
        source(6, 1, 0, None),
        source(7, 1, 0, Some(Outcome::Merged { into: id(1) })),
    ];
    let list = composed(None, &sources, &Wanted::default());
    assert_eq!(numbers(&list), [(4, 1), (5, 2), (2, 3), (1, 4)]);
    let wanted = Wanted { order: vec![id(1), id(5)], ..Wanted::default() };
    assert_eq!(numbers(&composed(None, &sources, &wanted)), [(1, 1), (5, 2), (4, 3), (2, 4)]);
    assert!(list.changes.is_empty() && list.reason.is_empty(), "the first version changes nothing");
}

#[test]
fn a_later_version_keeps_numbers_and_gives_none_twice() {
    let mut sources = vec![listed(1, 1, 0), listed(2, 1, 0), listed(3, 1, 0)];
    let first = composed(None, &sources, &Wanted::default());
    sources.iter_mut().for_each(|it| it.state = NeedState::Listed);
    sources.push(listed(4, 1, 0));
    sources.push(Source {
        state: NeedState::Declined,
        ..source(5, 2, 0, Some(Outcome::Declined { why: Why::Other }))
    });
    let change = Wanted {
        remove: [(id(3), "停办".to_owned())].into(),
        add: [(id(5), "补充".to_owned())].into(),
        reason: "一进一出".into(),
        ..Wanted::default()
    };
    let second = composed(Some(&first), &sources, &change);
    assert_eq!((second.no, numbers(&second)), (2, vec![(1, 1), (2, 2), (4, 4), (5, 5)]));
    let kinds: Vec<_> = second.changes.iter().map(|it| (it.seq, it.kind)).collect();
    assert_eq!(kinds, [(3, ChangeKind::Removed), (4, ChangeKind::Added), (5, ChangeKind::Added)]);
    let fate = fates(&second, &sources);
    let expected = [(id(3), NeedState::Declined), (id(4), NeedState::Listed), (id(5), NeedState::Listed)];
    assert_eq!(fate, expected, "whoever is not named stays");
    // The same where nobody has applied for it meanwhile.
    sources[2].state = NeedState::Open;
    assert_eq!(fates(&second, &sources), expected);
    // What was taken out comes back under the next number.
    let out = |it: &mut Source, state| it.state = state;
    out(&mut sources[2], NeedState::Declined);
    out(&mut sources[3], NeedState::Listed);
    out(&mut sources[4], NeedState::Listed);
    let back = Wanted { add: [(id(3), "复办".to_owned())].into(), ..Wanted::default() };
    assert_eq!(composed(Some(&second), &sources, &back).seq_of(id(3)), Some(6));
}

#[test]
fn the_check_says_what_is_missing() {
    let sources = [listed(1, 1, 0), source(2, 1, 0, None)];
    let list = composed(None, &sources, &Wanted::default());
    let held = seats(&[&[DEPUTY], &[]]);
    let found = check(&list, None, &sources, 3, Seats { held: &held, proposer: None });
    let vacant = Finding::SeatVacant { seat: Seat::Leader, post: "局长".into() };
    assert_eq!(found, [Finding::Undecided { count: 1 }, vacant, Finding::OverdueOpinions { count: 3 }]);
    let barring: Vec<bool> = found.iter().map(|it| it.is_barring(1)).collect();
    assert_eq!(barring, [true, true, false]);
    assert!(!Finding::Undecided { count: 1 }.is_barring(2), "a later version leaves them to the next");
    let changed = [listed(1, 1, 0), listed(2, 1, 0)];
    assert_eq!(check(&list, None, &changed, 0, Seats::default()), [Finding::Outdated]);
    assert_eq!(check(&blank(None), None, &[], 0, Seats::default()), [Finding::Empty]);
    let mut later = sources;
    later[0].state = NeedState::Listed;
    let second = composed(Some(&list), &later[..1], &Wanted::default());
    assert_eq!(
        check(&second, Some(&list), &later[..1], 0, Seats::default()),
        [Finding::NothingChanged, Finding::NoReason]
    );
}

#[test]
fn the_check_names_a_seat_of_which_nobody_may_approve() {
    let sources = [listed(1, 1, 0)];
    let found = |list: &NeedList, holders: &[&[AccountId]], proposer| {
        let held = seats(holders);
        check(list, None, &sources, 0, Seats { held: &held, proposer })
    };
    let barred = |seat, post: &str| [Finding::SeatBarred { seat, post: post.into() }];
    let list = composed(None, &sources, &Wanted::default());
    assert_eq!(found(&list, &[&[LEAD, DEPUTY], &[LEADER]], None), [], "another holds the seat too");
    assert_eq!(found(&list, &[&[LEAD], &[LEADER]], None), barred(Seat::Deputy, "副局长"));
    assert_eq!(found(&list, &[&[DEPUTY], &[LEADER]], Some(LEADER)), barred(Seat::Leader, "局长"));
    assert!(barred(Seat::Leader, "局长")[0].is_barring(1) && barred(Seat::Leader, "局长")[0].is_barring(2));
    // A seat that has agreed keeps its word, whoever holds it by now.
    let list = proposed(LEAD);
    let one = list.answered(State::Proposed, mark(&list, DEPUTY, Answer::Approved));
    assert_eq!(found(&one, &[&[LEAD], &[LEADER]], None), []);
}

#[test]
fn a_later_version_takes_what_was_decided_since_and_merges_into_what_it_holds() {
    let first = composed(None, &[listed(1, 1, 0)], &Wanted::default());
    let there = Source { state: NeedState::Listed, ..listed(1, 1, 0) };
    let reason = Wanted { reason: "补充".into(), ..Wanted::default() };
    let found = |others: &[Source]| {
        let sources: Vec<Source> = [there].into_iter().chain(others.iter().copied()).collect();
        let second = composed(Some(&first), &sources, &reason);
        check(&second, Some(&first), &sources, 0, Seats::default())
    };
    assert_eq!(found(&[]), [Finding::NothingChanged]);
    let declined = source(2, 1, 0, Some(Outcome::Declined { why: Why::Other }));
    assert_eq!(found(&[declined]), [], "its unit hears of it by this version");
    assert_eq!(found(&[source(2, 1, 0, Some(Outcome::Merged { into: id(1) }))]), []);
    let merged = source(2, 1, 0, Some(Outcome::Merged { into: id(3) }));
    let stray = Finding::MergedIntoUnlisted { count: 1 };
    assert!(stray.is_barring(1) && stray.is_barring(2));
    assert_eq!(found(&[merged, source(3, 1, 0, None)]), [Finding::Undecided { count: 1 }, stray]);
    assert_eq!(found(&[merged, listed(3, 1, 0)]), [], "both come onto it at once");
}

#[test]
fn what_is_typed_names_needs_that_fit() {
    let sources = [
        listed(1, 1, 0),
        Source { state: NeedState::Listed, ..listed(2, 1, 0) },
        Source { state: NeedState::Merged, ..source(3, 1, 0, Some(Outcome::Merged { into: id(2) })) },
        Source { state: NeedState::Listed, ..listed(4, 1, 0) },
    ];
    let first = composed(None, &[listed(2, 1, 0), listed(4, 1, 0)], &Wanted::default());
    let named = |name: &str| name.trim().parse().ok().map(id);
    let paths = |draft: &ListDraft, before: Option<&NeedList>| {
        let errors = draft.check(before, &sources, named).err().unwrap_or_default();
        errors.into_iter().map(|error| error.path).collect::<Vec<_>>()
    };
    let change = |need: &str| vec![ChangeDraft { need: need.into(), reason: "原因".into() }];
    let order =
        ListDraft { order: vec!["1".into(), "9".into(), "1".into(), "x".into()], ..ListDraft::default() };
    assert_eq!(paths(&order, None), ["order[1]", "order[2]", "order[3]"]);
    let early = ListDraft { add: change("3"), remove: change("2"), ..ListDraft::default() };
    assert_eq!(
        paths(&early, None),
        ["add[0].need", "remove[0].need"],
        "the first version follows the verdicts"
    );
    // What takes another up stays; what was never on the list cannot go.
    for wrong in ["2", "1", "3"] {
        let draft = ListDraft { remove: change(wrong), ..ListDraft::default() };
        assert_eq!(paths(&draft, Some(&first)), ["remove[0].need"], "{wrong}");
    }
    let good =
        ListDraft { add: change("3"), remove: change("4"), reason: "改".into(), ..ListDraft::default() };
    assert_eq!(good.check(Some(&first), &sources, named).unwrap().remove.len(), 1);
    let long = ListDraft { reason: "字".repeat(501), ..ListDraft::default() };
    assert_eq!(paths(&long, Some(&first)), ["reason"]);
    assert!(answer_reason(State::Draft, " ").is_err() && answer_reason(State::Approved, " ").is_ok());
}

#[test]
fn seats_approve_one_after_the_other_and_nobody_their_own() {
    let (deputy, leader) = (actor(DEPUTY, &[Role::LeadingGroup]), actor(LEADER, &[Role::LeadingGroup]));
    let lead = actor(LEAD, &[Role::LeadOffice]);
    let list = proposed(LEAD);
    assert_eq!(
        decide(&leader, &list, facts("局长"), Action::Approve),
        Err(Refusal::OtherSeat { seat: Seat::Deputy })
    );
    assert_eq!(decide(&lead, &list, facts("副局长"), Action::Approve), Err(Refusal::NotYours));
    assert_eq!(decide(&deputy, &list, facts(" 副局长 "), Action::Approve), Ok(State::Proposed));
    let stale = Facts { barring: 1, ..facts("副局长") };
    assert_eq!(decide(&deputy, &list, stale, Action::Approve), Err(Refusal::Incomplete { count: 1 }));
    assert_eq!(decide(&deputy, &list, stale, Action::Return), Ok(State::Draft), "it can always be sent back");
    let one = list.answered(State::Proposed, mark(&list, DEPUTY, Answer::Approved));
    assert_eq!(decide(&leader, &one, facts("局长"), Action::Approve), Ok(State::Approved));
    // Somebody whose post changed in between.
    assert_eq!(decide(&deputy, &one, facts("局长"), Action::Approve), Err(Refusal::AgreedAlready));
    let both = actor(LEAD, &[Role::LeadOffice, Role::LeadingGroup]);
    for post in ["副局长", "局长"] {
        assert_eq!(decide(&both, &list, facts(post), Action::Approve), Err(Refusal::OwnProposal));
        assert_eq!(decide(&both, &list, facts(post), Action::Return), Err(Refusal::OwnProposal));
    }
    assert_eq!(
        decide(&lead, &one, facts(""), Action::Publish),
        Err(Refusal::WrongState { state: State::Proposed })
    );
    // Whoever composed it approves it no more than whoever proposed it.
    let made = NeedList { made_by: DEPUTY, ..list.clone() };
    assert_eq!(decide(&deputy, &made, facts("副局长"), Action::Approve), Err(Refusal::OwnProposal));
    let two = one.answered(State::Approved, mark(&one, LEADER, Answer::Approved));
    assert_eq!(decide(&lead, &two, facts(""), Action::Publish), Ok(State::Published));
    let offered: Vec<Action> = offers(&lead, &two, facts("")).iter().map(|offer| offer.action).collect();
    assert_eq!(offered, [Action::Minute, Action::Publish, Action::Compose]);
}

#[test]
fn a_change_voids_what_was_approved_and_keeps_it_on_record() {
    let list = proposed(LEAD);
    let one = list.answered(State::Proposed, mark(&list, DEPUTY, Answer::Approved));
    assert_eq!((one.agreed(), one.next_step().unwrap().seat), (1, Seat::Leader));
    let open = one.opened(Instant::UNIX_EPOCH);
    assert_eq!((open.state, open.agreed(), open.marks.len(), &open.proposal), (State::Draft, 0, 1, &None));
    assert_eq!(open.version, Version(one.version.0 + 1));
    let again = open.proposed(
        Approval::default().steps,
        Proposal { by: LEAD, at: Instant::UNIX_EPOCH, hash: "i".into() },
    );
    assert_eq!(again.next_step().unwrap().seat, Seat::Deputy, "the chain begins anew");
    let back = again.answered(State::Draft, mark(&again, DEPUTY, Answer::Returned));
    let voided: Vec<bool> = back.marks.iter().map(|it| it.voided_at.is_some()).collect();
    assert_eq!((back.state, voided), (State::Draft, vec![true, false]), "that it came back stands");
}

#[test]
fn who_ever_composed_or_proposed_a_version_approves_none_of_it() {
    let group = [Role::LeadOffice, Role::LeadingGroup];
    let sources = [listed(1, 1, 0)];
    let compose = |list: &NeedList, by| {
        list.composed(compose(None, &sources, &Wanted::default()), by, Instant::UNIX_EPOCH)
    };
    let propose = |list: &NeedList, by| {
        let proposal = Proposal { by, at: Instant::UNIX_EPOCH, hash: "h".into() };
        list.proposed(Approval::default().steps, proposal)
    };
    let approves =
        |list: &NeedList, account| decide(&actor(account, &group), list, facts("副局长"), Action::Approve);
    // An earlier state is the deputy's, the last one is not.
    let list = propose(&compose(&compose(&blank(None), DEPUTY), LEAD), LEAD);
    assert_eq!((list.made_by, approves(&list, DEPUTY)), (LEAD, Err(Refusal::OwnProposal)));
    assert_eq!(approves(&list, LEADER), Ok(State::Proposed));
    // Who proposed it once does not approve what another proposes later, composed anew or not.
    let again = propose(&propose(&compose(&blank(None), LEAD), DEPUTY).opened(Instant::UNIX_EPOCH), LEAD);
    assert_eq!(approves(&again, DEPUTY), Err(Refusal::OwnProposal));
    let other = compose(&again, LEADER);
    assert_eq!(approves(&propose(&other, LEAD), DEPUTY), Err(Refusal::OwnProposal));
    assert_eq!(
        decide(&actor(DEPUTY, &group), &propose(&other, LEAD), facts("副局长"), Action::Return),
        Err(Refusal::OwnProposal)
    );
    // A version from before everyone was kept still names two.
    let old = NeedList { composers: [].into(), ..propose(&compose(&blank(None), DEPUTY), LEAD) };
    assert_eq!(approves(&old, DEPUTY), Err(Refusal::OwnProposal));
    // The next version is another piece of work.
    let next = blank(Some(&list.published(LEAD, Instant::UNIX_EPOCH)));
    assert!(next.composers.is_empty());
}

#[test]
fn what_a_meeting_decided_is_put_on_record_between_approval_and_publication() {
    let draft = |date: &str, present: &str, minutes_no: &str| MinutesDraft {
        date: date.into(),
        present: present.into(),
        countersigned: String::new(),
        minutes_no: minutes_no.into(),
    };
    let today = "2026-03-20".parse().unwrap();
    let by = (LEAD, Instant::UNIX_EPOCH);
    let check = |typed: MinutesDraft| typed.check(Body::Directors, today, by);
    let paths = |typed| -> Vec<String> { check(typed).unwrap_err().into_iter().map(|it| it.path).collect() };
    assert_eq!(paths(draft("", " ", "")), ["date", "present", "minutes_no"]);
    assert_eq!(paths(draft("三月十日", "全体", "〔2026〕3号")), ["date"]);
    assert_eq!(paths(draft("2026-03-21", "全体", "〔2026〕3号")), ["date"], "it was not held yet");
    let held = check(draft("2026-03-20", "全体", "〔2026〕3号")).unwrap();
    assert_eq!(held.body, Body::Directors);
    // Every seat has agreed.
    let list = proposed(LEAD);
    let one = list.answered(State::Proposed, mark(&list, DEPUTY, Answer::Approved));
    let approved = one.answered(State::Approved, mark(&one, LEADER, Answer::Approved));
    let lead = actor(LEAD, &[Role::LeadOffice]);
    assert_eq!(decide(&lead, &approved, facts(""), Action::Minute), Ok(State::Approved));
    for early in [&list, &composed(None, &[listed(1, 1, 0)], &Wanted::default())] {
        let state = early.state;
        assert_eq!(decide(&lead, early, facts(""), Action::Minute), Err(Refusal::WrongState { state }));
    }
    let group = actor(LEADER, &[Role::LeadingGroup]);
    assert_eq!(decide(&group, &approved, facts(""), Action::Minute), Err(Refusal::NotYours));
    // Missing it is said; it bars publication where the cycle wants it.
    let approval = |minutes_needed| Approval { minutes_needed, ..Approval::default() };
    let barring = |list: &NeedList, needed| no_minutes(list, &approval(needed)).map(|it| it.is_barring(1));
    assert_eq!(barring(&approved, false), Some(false));
    assert_eq!(barring(&approved, true), Some(true));
    assert_eq!(barring(&one, true), None, "nobody asks for it before the last seat has agreed");
    let minuted = approved.minuted(held);
    assert_eq!((minuted.state, barring(&minuted, true)), (State::Approved, None));
    assert_eq!(minuted.agreed(), 2, "approvals stand");
    // A change of what was decided takes the decision with it; once it is published it stands.
    assert_eq!(minuted.opened(Instant::UNIX_EPOCH).minutes, None);
    let published = minuted.published(LEAD, Instant::UNIX_EPOCH);
    assert!(published.minutes.is_some());
    let state = State::Published;
    assert_eq!(decide(&lead, &published, facts(""), Action::Minute), Err(Refusal::WrongState { state }));
}

#[test]
fn a_chain_that_says_nothing_of_a_body_stands_as_it_was_written() {
    let written = r#"{"steps":[{"seat":"leader","post":"局长"}]}"#;
    let read: Approval = serde_json::from_str(written).unwrap();
    assert_eq!((read.body, read.minutes_needed), (Body::LeadingGroup, false));
    assert_eq!(serde_json::to_string(&read).unwrap(), written, "its events keep their hashes");
}

#[test]
fn only_what_is_published_is_for_everyone() {
    let draft = composed(None, &[listed(1, 1, 0)], &Wanted::default());
    let group = actor(DEPUTY, &[Role::LeadingGroup]);
    assert!(!visible(&group, &draft) && visible(&group, &proposed(LEAD)));
    let published = proposed(LEAD).published(LEAD, Instant::UNIX_EPOCH);
    for role in [Role::University, Role::NeedUnit, Role::Finance, Role::SystemAdmin] {
        let one = actor(DEPUTY, &[role]);
        assert!(
            !visible(&one, &draft) && !visible(&one, &proposed(LEAD)) && visible(&one, &published),
            "{role:?}"
        );
    }
    assert!(visible(&Actor::Visitor, &published) && !visible(&Actor::Visitor, &proposed(LEAD)));
}

#[test]
fn numbers_are_read_as_they_are_written() {
    let check = |text: &str, read: Option<&str>| {
        assert_eq!(ListNumber::parse(text).map(|it| it.to_string()).as_deref(), read, "{text}");
    };
    check("2026-001", Some("2026-001"));
    check(" 2026-7 ", Some("2026-007"));
    check("2026-R1-012", Some("2026-R1-012"));
    check("2026-1234", Some("2026-1234"));
    for wrong in ["", "2026", "2026-", "2026-0", "N2026-0001", "2026-+1", "2026-1x", "../2026-1"] {
        check(wrong, None);
    }
    assert_eq!(
        ["v2", "V2", "2", "v0", "v", "vv2"].map(|it| Edition::parse(it).map(|it| it.0)),
        [Some(2), Some(2), Some(2), None, None, None]
    );
}

#[test]
fn a_chain_has_each_post_once() {
    let step = |seat, post: &str| StepDraft { seat, post: post.into() };
    let paths = |steps: Vec<StepDraft>| {
        ApprovalDraft { steps, ..ApprovalDraft::default() }
            .check()
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|it| it.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(vec![]), ["steps"]);
    assert_eq!(paths(vec![step(Seat::Deputy, "局长"), step(Seat::Leader, " 局长 ")]), ["steps[1].post"]);
    assert_eq!(paths(vec![step(Seat::Leader, "")]), ["steps[0].post"]);
    let turned = vec![step(Seat::Leader, "局长"), step(Seat::Deputy, "副局长")];
    assert_eq!(paths(turned), ["steps[1].seat"], "the leader has the last word");
    let usual = ApprovalDraft::of(&Approval::default());
    assert_eq!(usual.check(), Ok(Approval::default()));
}

#[test]
fn the_hash_is_of_the_canonical_form() {
    let document = Document {
        schema: SCHEMA.into(),
        cycle: "2026".into(),
        version: "v1".into(),
        reason: String::new(),
        added: vec![],
        removed: vec![],
        needs: vec![],
    };
    let canonical = document.canonical().unwrap();
    let expected = r#"{"added":[],"cycle":"2026","needs":[],"reason":"","removed":[],"schema":"ronghe/need-list/1","version":"v1"}"#;
    assert_eq!(canonical, expected, "keys in order, no blanks (RFC 8785)");
    // As `printf %s … | sha256sum` says.
    let said = "37a2ca1b944e7232cc689544c8cd9255e9ab5b793752502a92501cc2e80d3000";
    assert_eq!(hash(&canonical), said);
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    let outcome = prop_oneof![
        Just(None),
        Just(Some(Outcome::Listed)),
        Just(Some(Outcome::Declined { why: Why::Other })),
    ];
    let one = (1..13_u32, 0..16_u16, outcome);
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let made = all
            .into_iter()
            .zip(1..)
            .map(|((measure, district, outcome), number)| source(number, measure, district, outcome));
        made.collect()
    })
}

proptest! {
    #[test]
    fn composing_again_changes_nothing_and_order_makes_no_difference(
        sources in sources(),
        order in proptest::collection::vec(1..60_u32, 0..20),
        seed in any::<u64>(),
    ) {
        let wish = Wanted { order: order.into_iter().map(id).collect(), ..Wanted::default() };
        let list = composed(None, &sources, &wish);
        prop_assert!(!is_outdated(&list, None, &sources));
        prop_assert_eq!(compose(None, &sources, &wanted(&list)).entries, list.entries.clone());
        let mut turned = sources.clone();
        turned.rotate_left(usize::try_from(seed % 7).unwrap().min(sources.len()));
        prop_assert_eq!(compose(None, &turned, &wish).entries, list.entries.clone());
        // Every need that is to be listed stands once, numbered through from 1.
        let seqs: Vec<u32> = list.entries.iter().map(|entry| entry.seq).collect();
        let count = sources.iter().filter(|it| it.is_enlisted()).count();
        prop_assert_eq!(seqs, (1..=u32::try_from(count).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn no_number_is_ever_given_to_two_needs(
        sources in sources(),
        rounds in proptest::collection::vec((any::<u64>(), any::<u64>()), 1..6),
    ) {
        let mut sources = sources;
        let mut given = std::collections::BTreeMap::new();
        let mut before: Option<NeedList> = None;
        for (take, out) in rounds {
            let pick = |bits: u64, need: NeedId| bits >> (need.0.as_u128() % 64) & 1 == 1;
            let stands = |need| before.as_ref().is_some_and(|it| it.seq_of(need).is_some());
            let wish = Wanted {
                add: sources.iter().filter(|it| pick(take, it.need)).map(|it| (it.need, String::new())).collect(),
                remove: sources.iter().filter(|it| stands(it.need) && pick(out, it.need)).map(|it| (it.need, String::new())).collect(),
                ..Wanted::default()
            };
            let list = composed(before.as_ref(), &sources, &wish);
            prop_assert!(!is_outdated(&list, before.as_ref(), &sources));
            for entry in &list.entries {
                let holder = *given.entry(entry.seq).or_insert(entry.need);
                prop_assert_eq!(holder, entry.need, "number {} has two needs", entry.seq);
            }
            for (need, state) in fates(&list, &sources) {
                sources.iter_mut().filter(|it| it.need == need).for_each(|it| it.state = state);
            }
            before = Some(list);
        }
    }
}
