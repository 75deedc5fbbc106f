//! The life of an application: the seal, the window to the second, numbers that say nothing.

use super::super::formal::ReturnDraft;
use super::super::opening::numbered;
use super::super::rules::{
    Facts, RULES, Turn, applies, could_leave, decide, fallen, may_start, offers, turn, visible,
};
use super::super::sight::sees_version;
use super::super::team::unfinished;
use super::super::{Action, Application, Correction, Flaw, Place, Refusal, Section, State};
use super::{
    COLLEAGUE, LEADER, OTHER, UNIVERSITY, WRITER, application, at, closes, draft, facts, person, sealed,
};
use crate::cycle::Phase;
use crate::kernel::{AccountId, Actor, ApplicationId, FieldError, Instant, Role};
use crate::sign_off::Gate;
use jiff::ToSpan;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn leader() -> Actor {
    person(LEADER, UNIVERSITY, Role::University)
}

fn office() -> Actor {
    person(AccountId(Uuid::from_u128(9)), OTHER, Role::LeadOffice)
}

fn in_window() -> Instant {
    at("2026-05-20T00:00:00Z")
}

const APPLYING: Phase = Phase::AcceptingApplications;

#[test]
fn the_last_second_counts() {
    let facts = facts(APPLYING);
    let last = closes().checked_sub(1.nanosecond()).unwrap();
    let check = |state, action, now, expected| {
        assert_eq!(decide(&leader(), &application(state), &facts, action, now), expected, "{action:?} {now}");
    };
    check(State::Draft, Action::Submit, last, Ok(State::Submitted));
    check(State::Draft, Action::Submit, closes(), Err(Refusal::Ended { closed: closes() }));
    check(State::Submitted, Action::Withdraw, last, Ok(State::Withdrawn));
    check(State::Submitted, Action::Withdraw, closes(), Err(Refusal::Ended { closed: closes() }));
    check(State::Submitted, Action::Reopen, last, Ok(State::Draft));
    check(State::Withdrawn, Action::Reopen, last, Ok(State::Draft));
    let early = at("2026-04-20T00:59:59Z");
    let opens = at("2026-04-20T01:00:00Z");
    check(State::Draft, Action::Submit, early, Err(Refusal::NotOpenYet { opens }));
    let sealed = application(State::Submitted);
    let open = |now| decide(&Actor::System, &sealed, &facts, Action::Unseal, now);
    assert_eq!(open(last), Err(Refusal::StillSealed { closes: closes() }));
    assert_eq!(open(closes()), Ok(State::FormalCheck));
}

#[test]
fn a_need_is_applied_for_once_and_only_from_the_list() {
    let check = |facts: Facts, expected| assert_eq!(may_start(&leader(), &facts, in_window()), expected);
    check(facts(APPLYING), Ok(()));
    check(Facts { listing: None, ..facts(APPLYING) }, Err(Refusal::NotListed));
    check(Facts { applied: true, ..facts(APPLYING) }, Err(Refusal::AlreadyApplied));
    check(facts(Phase::ScreeningNeeds), Err(Refusal::WrongPhase { phase: Phase::ScreeningNeeds }));
    assert_eq!(may_start(&office(), &facts(APPLYING), in_window()), Err(Refusal::UniversitiesOnly));
    assert!(applies(&leader()) && !applies(&office()));
    let reopen =
        |facts: Facts| decide(&leader(), &application(State::Withdrawn), &facts, Action::Reopen, in_window());
    assert_eq!(reopen(Facts { applied: true, ..facts(APPLYING) }), Err(Refusal::AlreadyApplied));
}

#[test]
fn what_answers_a_need_that_was_taken_out_is_neither_taken_back_nor_accepted() {
    let gone = Facts { listing: None, ..facts(APPLYING) };
    for state in [State::Signing, State::Submitted, State::Withdrawn] {
        let reopen = decide(&leader(), &application(state), &gone, Action::Reopen, in_window());
        assert_eq!(reopen, Err(Refusal::NotListed), "{state:?}: it could not be handed in again");
    }
    let withdraw = decide(&leader(), &application(State::Submitted), &gone, Action::Withdraw, in_window());
    assert_eq!(withdraw, Ok(State::Withdrawn));
    let (checked, now) = (application(State::FormalCheck), closes());
    let opened = Facts { opened: true, ..gone };
    let office = |action| decide(&office(), &checked, &opened, action, now);
    assert_eq!(office(Action::Accept), Err(Refusal::NotListed));
    assert_eq!(office(Action::Return), Ok(State::ReturnedForCorrection));
    let barred: Vec<_> = offers(&self::office(), &checked, &opened, now);
    assert_eq!(
        barred.first().map(|it| (it.action, it.barred)),
        Some((Action::Accept, Some(Refusal::NotListed)))
    );
}

#[test]
fn what_is_missing_or_too_much_is_not_submitted() {
    let submit =
        |state, facts: Facts| decide(&leader(), &application(state), &facts, Action::Submit, in_window());
    let missing = Facts { open_fields: 3, ..facts(APPLYING) };
    assert_eq!(submit(State::Draft, missing), Err(Refusal::Incomplete { fields: 3 }));
    let full = Facts { university_full: Some(2), ..facts(APPLYING) };
    assert_eq!(submit(State::Draft, full), Err(Refusal::UniversityCap { most: 2 }));
    // What was handed in and came back counts already.
    assert_eq!(submit(State::ReturnedForCorrection, full), Ok(State::FormalCheck));
    let opened = Facts { opened: true, ..facts(APPLYING) };
    assert_eq!(submit(State::Draft, opened), Err(Refusal::Opened));
    assert_eq!(submit(State::ReturnedForCorrection, opened), Ok(State::FormalCheck));
}

/// What a chain says to each: who asks, who lets go, who may change it meanwhile.
#[test]
fn a_chain_is_passed_before_it_leaves() {
    let signer = person(COLLEAGUE, UNIVERSITY, Role::University);
    let stranger = person(COLLEAGUE, OTHER, Role::University);
    let closed = Facts { gate: Gate::Closed, ..facts(APPLYING) };
    let passed = Facts { gate: Gate::Passed, ..facts(APPLYING) };
    let signing = Facts { signing: true, ..closed };
    let check = |who: &Actor, state, facts: Facts, action, expected| {
        let found = decide(who, &application(state), &facts, action, in_window());
        assert_eq!(found, expected, "{state:?} {action:?}");
    };
    let leader = leader();
    check(&leader, State::Draft, closed, Action::Submit, Ok(State::Signing));
    let wrong = Refusal::WrongState { state: State::Signing };
    check(&leader, State::Signing, closed, Action::Submit, Err(wrong));
    check(&leader, State::Signing, closed, Action::Edit, Err(wrong));
    check(&leader, State::Signing, closed, Action::Invite, Err(wrong));
    check(&leader, State::Signing, closed, Action::Reopen, Ok(State::Draft));
    check(&leader, State::Signing, closed, Action::Withdraw, Ok(State::Withdrawn));
    check(&signer, State::Signing, closed, Action::Submit, Err(Refusal::NotYours));
    check(&signer, State::Signing, passed, Action::Submit, Ok(State::Submitted));
    check(&stranger, State::Signing, passed, Action::Submit, Err(Refusal::NotYours));
    // What was corrected waits where it is, and nobody writes in it.
    let back = State::ReturnedForCorrection;
    check(&leader, back, closed, Action::Submit, Ok(back));
    for action in [Action::Submit, Action::Edit, Action::Invite] {
        check(&leader, back, signing, action, Err(Refusal::BeingSigned));
    }
    check(&signer, back, Facts { gate: Gate::Passed, ..signing }, Action::Submit, Ok(State::FormalCheck));
}

#[test]
fn what_is_being_signed_leaves_in_time_or_not_at_all() {
    let signer = person(COLLEAGUE, UNIVERSITY, Role::University);
    let passed = Facts { gate: Gate::Passed, ..facts(APPLYING) };
    let sign = |facts: &Facts, now| decide(&signer, &application(State::Signing), facts, Action::Submit, now);
    let last = closes().checked_sub(1.nanosecond()).unwrap();
    assert_eq!(sign(&passed, last), Ok(State::Submitted));
    assert_eq!(sign(&passed, closes()), Err(Refusal::Ended { closed: closes() }));
    assert_eq!(sign(&Facts { opened: true, ..passed }, last), Err(Refusal::Opened));
    // The cap holds of what is handed in, not of what is being signed.
    let full = Facts { university_full: Some(2), ..passed };
    assert_eq!(sign(&full, last), Err(Refusal::UniversityCap { most: 2 }));
    let asked = Facts { gate: Gate::Closed, ..full };
    let ask = decide(&leader(), &application(State::Draft), &asked, Action::Submit, last);
    assert_eq!(ask, Ok(State::Signing));
    // It is never opened: it reads as not handed in.
    let unseal = decide(&Actor::System, &application(State::Signing), &passed, Action::Unseal, closes());
    assert_eq!(unseal, Err(Refusal::WrongState { state: State::Signing }));
    assert!(!State::Signing.counts() && State::Signing.is_living());
    assert_eq!((fallen(State::Signing), fallen(State::Accepted)), (State::Draft, State::Accepted));
    assert!(could_leave(State::Signing, APPLYING, false) && !could_leave(State::Signing, APPLYING, true));
    assert!(!could_leave(State::Signing, Phase::Reviewing, false));
    assert!(could_leave(State::ReturnedForCorrection, Phase::Reviewing, true));
    assert!(!could_leave(State::ReturnedForCorrection, Phase::Selecting, true));
    assert_eq!(turn(State::Signing, None, &passed, last).0, Turn::Signers);
    assert_eq!(turn(State::Signing, None, &passed, closes()).0, Turn::Nobody);
}

#[test]
fn who_prepared_it_is_remembered() {
    let record = application(State::Draft).written_by(WRITER).written_by(WRITER);
    assert_eq!(record.preparers(), [LEADER, WRITER]);
    assert_eq!(record.signatories(), [COLLEAGUE]);
    assert_eq!(record.written_by(LEADER).preparers(), [WRITER, LEADER]);
    let sent = application(State::Submitted).content.unwrap();
    assert!(sent.own_funds(), "a line of the university's own");
}

#[test]
fn a_return_keeps_to_its_day() {
    let returned = application(State::ReturnedForCorrection);
    let until = returned.returned.as_ref().unwrap().until;
    let submit = |phase, now| decide(&leader(), &returned, &facts(phase), Action::Submit, now);
    let last = until.checked_sub(1.nanosecond()).unwrap();
    assert_eq!(submit(Phase::Reviewing, last), Ok(State::FormalCheck));
    assert_eq!(submit(Phase::Reviewing, until), Err(Refusal::Ended { closed: until }));
    assert_eq!(submit(Phase::Selecting, last), Err(Refusal::WrongPhase { phase: Phase::Selecting }));
    let back = turn(returned.state, Some(until), &facts(Phase::Reviewing), last);
    assert_eq!(back, (Turn::University, Some(until)));
    // Then the lead office decides on what it has, or gives another day; not before, whatever is signed meanwhile.
    assert_eq!(turn(returned.state, Some(until), &facts(Phase::Reviewing), until), (Turn::LeadOffice, None));
    for (action, to) in [(Action::Accept, State::Accepted), (Action::Return, State::ReturnedForCorrection)] {
        let signing = Facts { signing: true, gate: Gate::Closed, ..facts(Phase::Reviewing) };
        let office = |now| decide(&office(), &returned, &signing, action, now);
        assert_eq!(office(last), Err(Refusal::Correcting { until }), "{action:?}");
        assert_eq!(office(until), Ok(to), "{action:?}");
        let own = decide(&leader(), &returned, &facts(Phase::Reviewing), action, until);
        assert_eq!(own, Err(Refusal::NotYours), "{action:?}");
    }
}

#[test]
fn how_a_correction_is_written_shows_to_nobody_until_its_day_has_passed() {
    let returned = application(State::ReturnedForCorrection);
    let until = returned.returned.as_ref().unwrap().until;
    let sees = |who: &Actor, now| {
        let offers = offers(who, &returned, &facts(Phase::Reviewing), now);
        sees_version(who, &returned, Place { opened: true, ..Place::of(&returned, OTHER) }, &offers)
    };
    let last = until.checked_sub(1.nanosecond()).unwrap();
    assert_eq!((sees(&leader(), last), sees(&leader(), until)), (true, true));
    assert_eq!((sees(&office(), last), sees(&office(), until)), (false, true));
    let auditor = person(AccountId(Uuid::from_u128(79)), OTHER, Role::Auditor);
    assert_eq!(
        (sees(&auditor, last), sees(&auditor, until)),
        (false, false),
        "who decides on nothing needs none"
    );
}

/// A colleague says who leads where nobody does; else whoever leads does, and nobody of another house.
#[test]
fn who_cannot_come_in_is_replaced_by_a_colleague() {
    let colleague = person(AccountId(Uuid::from_u128(77)), UNIVERSITY, Role::University);
    let stranger = person(AccountId(Uuid::from_u128(78)), OTHER, Role::University);
    let gone = Facts { leaderless: true, ..facts(APPLYING) };
    for state in [State::Draft, State::ReturnedForCorrection] {
        let invite =
            |who: &Actor, facts: &Facts| decide(who, &application(state), facts, Action::Invite, in_window());
        assert_eq!(invite(&colleague, &gone), Ok(state));
        assert_eq!(invite(&colleague, &facts(APPLYING)), Err(Refusal::NotYours));
        assert_eq!(invite(&stranger, &gone), Err(Refusal::NotYours));
        let submit = decide(&colleague, &application(state), &gone, Action::Submit, in_window());
        assert_eq!(submit, Err(Refusal::NotYours), "first somebody leads");
    }
}

#[test]
fn a_return_names_sections_and_says_why() {
    let now = at("2026-06-01T00:00:00Z");
    let latest = at("2026-06-30T16:00:00Z");
    let whole = ReturnDraft {
        corrections: vec![Correction {
            section: Section::Budget,
            flaw: Flaw::BudgetUnsound,
            remark: "设备费过高".into(),
        }],
        remark: String::new(),
        until: "2026-06-08 17:00".into(),
    };
    let check = |change: &dyn Fn(&mut ReturnDraft), expected: &[&str]| {
        let mut draft = whole.clone();
        change(&mut draft);
        let found = draft.check(latest, LEADER, now).err().unwrap_or_default();
        assert_eq!(found.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), expected);
    };
    check(&|_| {}, &[]);
    check(&|it| it.until.clear(), &[]);
    check(&|it| it.corrections.clear(), &["corrections"]);
    check(&|it| it.corrections[0].remark.clear(), &["corrections[0].remark"]);
    check(&|it| it.corrections.push(it.corrections[0].clone()), &["corrections[1].section"]);
    check(&|it| it.until = "2026-05-30 17:00".into(), &["until"]);
    check(&|it| it.until = "2026-07-01 17:00".into(), &["until"]);
}

#[test]
fn every_state_is_reached_and_no_rule_leads_nowhere() {
    let mut reached = BTreeSet::from([State::Draft]);
    for _ in State::ALL {
        let next: Vec<State> =
            RULES.iter().filter(|rule| reached.contains(&rule.from)).map(|it| it.to).collect();
        reached.extend(next);
    }
    assert_eq!(reached, State::ALL.into());
    for action in Action::ALL {
        assert!(RULES.iter().any(|rule| rule.action == action), "{action:?} is in no rule");
    }
}

#[test]
fn members_write_and_leaders_lead() {
    let writer = person(WRITER, UNIVERSITY, Role::University);
    let named = |actor: &Actor, state| {
        let offers = offers(actor, &application(state), &facts(APPLYING), in_window());
        offers.into_iter().map(|offer| offer.action).collect::<Vec<_>>()
    };
    assert_eq!(
        named(&leader(), State::Draft),
        [Action::Submit, Action::Edit, Action::Invite, Action::Withdraw]
    );
    assert_eq!(named(&writer, State::Draft), [Action::Edit]);
    assert_eq!(named(&writer, State::Submitted), []);
    assert_eq!(named(&office(), State::FormalCheck), [Action::Accept, Action::Return]);
    // Whoever led it does so no longer once they are of another university.
    assert_eq!(named(&person(LEADER, OTHER, Role::University), State::Draft), []);
}

#[test]
fn members_have_what_is_not_done_of_theirs() {
    let writer = person(WRITER, UNIVERSITY, Role::University);
    let files = [sealed(&draft())];
    let left =
        |who: &Actor, record: &Application, errors: &[FieldError]| unfinished(who, record, &files, errors);
    let missing = [FieldError::required("risk"), FieldError::required("benefit")];
    let begun = application(State::Draft);
    assert_eq!(left(&writer, &begun, &missing), [Section::Plan], "not what others write");
    assert_eq!(left(&writer, &begun, &[]), []);
    let elsewhere = person(WRITER, OTHER, Role::University);
    for nobody in [leader(), elsewhere, office(), person(COLLEAGUE, UNIVERSITY, Role::University)] {
        assert_eq!(left(&nobody, &begun, &missing), [], "{nobody:?}");
    }
    let mut gone = begun;
    gone.members.retain(|member| member.account != WRITER);
    assert_eq!(left(&writer, &gone, &missing), []);
    // A return opens what it names, until that says something else.
    let mut returned = application(State::ReturnedForCorrection);
    assert_eq!(left(&writer, &returned, &[]), [Section::Plan]);
    returned.draft.work_plan.push('！');
    assert_eq!(left(&writer, &returned, &[]), []);
}

fn any_role() -> impl Strategy<Value = Role> {
    (0..Role::ALL.len()).prop_map(|at| Role::ALL.into_iter().nth(at).unwrap_or(Role::Expert))
}

fn sealed_ones() -> Vec<Application> {
    [State::Draft, State::Signing, State::Submitted, State::Withdrawn].map(application).to_vec()
}

proptest! {
    /// The seal binds everybody outside the university, whatever roles they hold together, even in its own house.
    #[test]
    fn the_seal_binds_everybody(roles in proptest::collection::btree_set(any_role(), 0..10), home in any::<bool>()) {
        let org = if home { UNIVERSITY } else { OTHER };
        let actor = Actor::person(LEADER, org, roles.clone());
        for sealed in sealed_ones() {
            let is_own = home && roles.contains(&Role::University);
            prop_assert_eq!(visible(&actor, Place::of(&sealed, OTHER)), is_own, "{:?}", sealed.state);
        }
        prop_assert!(sealed_ones().iter().all(|sealed| !visible(&Actor::Visitor, Place::of(sealed, OTHER))));
    }

    /// What is not seen is not offered, and an offer that is not barred passes.
    #[test]
    fn offers_follow_from_the_rules(
        roles in proptest::collection::btree_set(any_role(), 0..4),
        home in any::<bool>(),
        state in (0..State::ALL.len()).prop_map(|at| State::ALL[at]),
        second in 0..5_000_000_i64,
    ) {
        let actor = Actor::person(LEADER, if home { UNIVERSITY } else { OTHER }, roles);
        let (record, facts) = (application(state), facts(APPLYING));
        let now = at("2026-04-10T00:00:00Z").checked_add(second.seconds()).unwrap();
        let found = offers(&actor, &record, &facts, now);
        prop_assert!(visible(&actor, Place::of(&record, OTHER)) || found.is_empty());
        for offer in found {
            let decided = decide(&actor, &record, &facts, offer.action, now);
            prop_assert_eq!(decided.err(), offer.barred);
        }
    }

    /// Numbers are whole, and follow the hashes alone: in whatever order applications come.
    #[test]
    fn numbers_say_nothing_of_who_came_first(hashes in proptest::collection::hash_map(any::<u128>(), any::<u64>(), 0..40)) {
        let ids: Vec<_> = hashes
            .into_iter()
            .map(|(id, hash)| (ApplicationId(Uuid::from_u128(id)), format!("{hash:016x}")))
            .collect();
        let turned: Vec<_> = ids.iter().rev().cloned().collect();
        let given = numbered(ids.clone());
        prop_assert_eq!(&given, &numbered(turned));
        let seqs: Vec<u32> = given.iter().map(|(_, seq)| *seq).collect();
        prop_assert_eq!(seqs, (1..=u32::try_from(ids.len()).unwrap()).collect::<Vec<_>>());
    }
}
