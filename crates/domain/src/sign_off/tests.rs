//! Chains are set and passed step by step; what changes on the way makes void what was signed.

use super::draft::{ChainDraft, StepDraft, proposal, steps_most};
use super::rules::{Facts, Gate, decide, may_set, offers, prepares, scope, sees_chain, visible};
use super::seal::{check_scan, code, content_hash};
use super::{
    Action, Chain, Ended, Kind, Paper, Refusal, Round, Signature, State, Step, Subject, Title, When,
};
use crate::account::{Section, sections};
use crate::attachment::Kind as FileKind;
use crate::kernel::{AccountId, Actor, Instant, OrgId, RefusalKind, Role, SignOffId, Version, parse_date};
use crate::org::{OrgDraft, OrgKind, Organisation};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const SCHOOL: OrgId = OrgId(Uuid::from_u128(20));
const WRITER: AccountId = AccountId(Uuid::from_u128(1));
const DEAN: AccountId = AccountId(Uuid::from_u128(2));
const PRINCIPAL: AccountId = AccountId(Uuid::from_u128(3));

fn actor(account: AccountId) -> Actor {
    Actor::person(account, SCHOOL, [Role::NeedUnit])
}

fn step(post: &str, signers: &[AccountId], when: When) -> Step {
    Step { post: post.into(), signers: signers.to_vec(), when }
}

fn chain(steps: Vec<Step>) -> Chain {
    Chain {
        org: SCHOOL,
        kind: Kind::Need,
        steps,
        set_by: WRITER,
        set_at: Instant::UNIX_EPOCH,
        version: Version::FIRST,
    }
}

fn two_steps() -> Chain {
    chain(vec![step("教导处", &[DEAN], When::Always), step("校长", &[PRINCIPAL], When::Always)])
}

fn round(chain: &Chain) -> Round {
    Round {
        id: SignOffId(Uuid::from_u128(7)),
        org: SCHOOL,
        subject: Subject { kind: Kind::Need, id: Uuid::from_u128(8) },
        name: "draft".into(),
        title: "需求".into(),
        hash: "a".into(),
        steps: chain.asked(false),
        asked_by: WRITER,
        asked_at: Instant::UNIX_EPOCH,
        preparers: vec![WRITER],
        signatures: vec![],
        state: State::Signing,
        ended: None,
        sealed: false,
        version: Version::FIRST,
    }
}

#[test]
fn what_lies_under_seal_is_its_universitys_alone() {
    let of_application = |sealed| Round {
        subject: Subject { kind: Kind::Application, id: Uuid::from_u128(9) },
        state: State::Signed,
        sealed,
        ..round(&two_steps())
    };
    let own = Actor::person(DEAN, SCHOOL, [Role::University]);
    let rival = Actor::person(DEAN, OrgId(Uuid::from_u128(21)), [Role::University]);
    let watcher = Actor::person(DEAN, SCHOOL, [Role::Auditor]);
    let admin = Actor::person(DEAN, SCHOOL, [Role::SystemAdmin]);
    for (who, before, after) in
        [(&own, true, true), (&rival, false, false), (&watcher, false, true), (&admin, false, false)]
    {
        let seen = (visible(who, &of_application(true)), visible(who, &of_application(false)));
        assert_eq!(seen, (before, after), "{who:?}");
    }
    // Who asked takes it back, and nobody else of the house: an application's people have parts of their own.
    let asked = Actor::person(WRITER, SCHOOL, [Role::University]);
    assert!(prepares(&asked, &of_application(true)) && !prepares(&own, &of_application(true)));
    assert!(prepares(&actor(DEAN), &round(&two_steps())));
}

fn all() -> BTreeSet<AccountId> {
    [WRITER, DEAN, PRINCIPAL].into()
}

fn facts<'a>(chain: Option<&'a Chain>, active: &'a BTreeSet<AccountId>) -> Facts<'a> {
    Facts { chain, active, preparers: &[WRITER], prepares: true, hash: "a", own_funds: false }
}

fn signature(step: u32, by: AccountId) -> Signature {
    Signature { step, post: String::new(), by, at: Instant::UNIX_EPOCH, remark: String::new() }
}

fn organisation(kind: OrgKind) -> Organisation {
    let draft = OrgDraft {
        slug: "one".into(),
        kind: Some(OrgKind::District),
        name: "单位".into(),
        ..OrgDraft::default()
    };
    let nobody = crate::org::Directory { orgs: Vec::new(), groups: Vec::new() };
    Organisation { id: SCHOOL, kind, ..draft.check(&nobody, None).unwrap() }
}

#[test]
fn each_step_is_signed_by_another_hand() {
    let (chain, active) = (two_steps(), all());
    let facts = facts(Some(&chain), &active);
    let check = |who, round: Option<&Round>, action, expected| {
        assert_eq!(decide(&actor(who), round, &facts, action), expected, "{who:?} {action:?}");
    };
    check(WRITER, None, Action::Ask, Ok(State::Signing));
    check(DEAN, None, Action::Sign, Err(Refusal::WrongState { state: State::Preparing }));
    let asked = round(&chain);
    check(WRITER, Some(&asked), Action::Sign, Err(Refusal::NotYours));
    check(PRINCIPAL, Some(&asked), Action::Sign, Err(Refusal::NotYourStep { post: "教导处".into() }));
    check(DEAN, Some(&asked), Action::Sign, Ok(State::Signing));
    check(DEAN, Some(&asked), Action::SendBack, Ok(State::SentBack));
    check(WRITER, Some(&asked), Action::Recall, Ok(State::Recalled));
    check(WRITER, Some(&asked), Action::Void, Err(Refusal::NotYours));
    assert_eq!(decide(&Actor::System, Some(&asked), &facts, Action::Void), Ok(State::Voided));
    let once = asked.signed(State::Signing, signature(0, DEAN));
    check(DEAN, Some(&once), Action::Sign, Err(Refusal::SignedAlready));
    check(PRINCIPAL, Some(&once), Action::Sign, Ok(State::Signed));
    let twice = once.signed(State::Signed, signature(1, PRINCIPAL));
    assert_eq!((twice.next(), twice.version), (None, Version(3)));
    check(PRINCIPAL, Some(&twice), Action::Sign, Err(Refusal::WrongState { state: State::Signed }));
    check(WRITER, Some(&twice), Action::Ask, Ok(State::Signing));
}

#[test]
fn who_prepares_never_signs() {
    let mut chain = two_steps();
    chain.steps[0].signers.push(WRITER);
    let active = all();
    let facts = facts(Some(&chain), &active);
    let asked = round(&chain);
    assert_eq!(decide(&actor(WRITER), Some(&asked), &facts, Action::Sign), Err(Refusal::Prepared));
    // Nor who wrote in it since, or before.
    let by_dean = Facts { preparers: &[WRITER, DEAN], ..facts };
    assert_eq!(decide(&actor(DEAN), Some(&asked), &by_dean, Action::Sign), Err(Refusal::Prepared));
    let alone = Round { preparers: vec![DEAN], ..asked };
    assert_eq!(decide(&actor(DEAN), Some(&alone), &facts, Action::Sign), Err(Refusal::Prepared));
}

#[test]
fn a_change_stands_in_the_way_and_an_empty_chair_too() {
    let (chain, active) = (two_steps(), all());
    let asked = round(&chain);
    let changed = Facts { hash: "b", ..facts(Some(&chain), &active) };
    assert_eq!(decide(&actor(DEAN), Some(&asked), &changed, Action::Sign), Err(Refusal::Changed));
    let left: BTreeSet<AccountId> = [WRITER, DEAN].into();
    let vacant = facts(Some(&chain), &left);
    let refusal = Refusal::Vacant { post: "校长".into() };
    assert_eq!(decide(&actor(WRITER), None, &vacant, Action::Ask), Err(refusal));
    let none = facts(None, &active);
    assert_eq!(decide(&actor(WRITER), None, &none, Action::Ask), Err(Refusal::NoChain));
    assert_eq!(offers(&actor(WRITER), None, &none), []);
    // A new principal signs what was asked before: the chain says who, not the round.
    let heir = AccountId(Uuid::from_u128(9));
    let mut handed = chain.clone();
    handed.steps[0].signers = vec![heir];
    assert!(handed.asks_like(&chain));
    let facts = facts(Some(&handed), &active);
    assert_eq!(decide(&actor(heir), Some(&asked), &facts, Action::Sign), Ok(State::Signing));
    handed.steps.pop();
    assert!(!handed.asks_like(&chain));
}

#[test]
fn finance_signs_where_own_funds_are_promised() {
    let steps = vec![
        step("院系", &[DEAN], When::Always),
        step("财务", &[AccountId(Uuid::from_u128(4))], When::OwnFunds),
        step("分管校领导", &[PRINCIPAL], When::Always),
    ];
    let chain = chain(steps);
    assert_eq!(chain.asked(false), [0, 2]);
    assert_eq!(chain.asked(true), [0, 1, 2]);
    let (active, asked) = (all(), round(&chain));
    let without = facts(Some(&chain), &active);
    assert_eq!(decide(&actor(WRITER), None, &without, Action::Ask), Ok(State::Signing));
    let vacant = Err(Refusal::Vacant { post: "财务".into() });
    assert_eq!(decide(&actor(WRITER), None, &Facts { own_funds: true, ..without }, Action::Ask), vacant);
    let once = asked.signed(State::Signing, signature(0, DEAN));
    assert_eq!(once.next(), Some(2));
    assert_eq!(decide(&actor(PRINCIPAL), Some(&once), &without, Action::Sign), Ok(State::Signed));
}

#[test]
fn chains_are_set_by_ones_own_and_changed_by_who_signs() {
    let school = organisation(OrgKind::School);
    let set = two_steps();
    let check = |who: &Actor, kind, before: Option<&Chain>, expected| {
        assert_eq!(may_set(who, &school, kind, before, &all(), None), expected, "{who:?}");
    };
    let stranger = Actor::person(WRITER, OrgId(Uuid::from_u128(21)), [Role::NeedUnit]);
    let administrator = Actor::person(WRITER, OrgId(Uuid::from_u128(22)), [Role::SystemAdmin]);
    check(&actor(WRITER), Kind::Need, None, Ok(()));
    check(&actor(WRITER), Kind::Need, Some(&chain(vec![])), Ok(()));
    check(&actor(WRITER), Kind::Need, Some(&set), Err(Refusal::SignersOnly));
    check(&actor(PRINCIPAL), Kind::Need, Some(&set), Ok(()));
    check(&administrator, Kind::Need, Some(&set), Ok(()));
    check(&stranger, Kind::Need, None, Err(Refusal::NotYours));
    // The principal has left: somebody has to be able to hand the step over.
    let left: BTreeSet<AccountId> = [WRITER, DEAN].into();
    assert_eq!(may_set(&actor(WRITER), &school, Kind::Need, Some(&set), &left, None), Ok(()));
    assert_eq!(may_set(&stranger, &school, Kind::Need, Some(&set), &left, None), Err(Refusal::NotYours));
    check(&actor(WRITER), Kind::DistrictSummary, None, Err(Refusal::DoesNotLeave));
    assert!(sees_chain(&actor(WRITER), SCHOOL, Kind::Need) && !sees_chain(&stranger, SCHOOL, Kind::Need));
}

#[test]
fn who_does_not_sign_last_hands_over_one_step_only() {
    let school = organisation(OrgKind::School);
    let (set, heir) = (two_steps(), AccountId(Uuid::from_u128(9)));
    let check = |who, active: &BTreeSet<AccountId>, after: &[Step], expected: Result<(), Refusal>| {
        let got = may_set(&actor(who), &school, Kind::Need, Some(&set), active, Some(after));
        assert_eq!(got, expected, "{who:?} {after:?}");
    };
    let with = |dean: AccountId, principal: AccountId| {
        vec![step("教导处", &[dean], When::Always), step("校长", &[principal], When::Always)]
    };
    let no = || Err(Refusal::SignersOnly);
    check(PRINCIPAL, &all(), &[], Ok(()));
    check(DEAN, &all(), &with(heir, PRINCIPAL), Ok(()));
    check(DEAN, &all(), &with(DEAN, heir), no());
    check(DEAN, &all(), &[step("教导处", &[DEAN], When::Always)], no());
    check(DEAN, &all(), &[], no());
    let mut renamed = with(DEAN, PRINCIPAL);
    renamed[0].post = "教务处".into();
    check(DEAN, &all(), &renamed, no());
    let mut seldom = with(DEAN, PRINCIPAL);
    seldom[0].when = When::OwnFunds;
    check(DEAN, &all(), &seldom, no());
    // The dean has left: whoever prepares hands over that chair, and does not take the principal's away.
    let left: BTreeSet<AccountId> = [WRITER, PRINCIPAL, heir].into();
    check(WRITER, &left, &with(heir, PRINCIPAL), Ok(()));
    check(WRITER, &left, &with(heir, heir), no());
    check(WRITER, &left, &[step("校长", &[PRINCIPAL], When::Always)], no());
    check(WRITER, &left, &[], no());
}

#[test]
fn a_chain_that_could_never_be_signed_whole_is_none() {
    let people: BTreeMap<String, AccountId> =
        [("dean".to_owned(), DEAN), ("principal".to_owned(), PRINCIPAL)].into();
    let check = |steps: &[&[&str]], expected: &[&str]| {
        let steps = steps.iter().enumerate().map(|(at, signers)| StepDraft {
            post: format!("第{at}步"),
            signers: signers.iter().map(|login| (*login).to_owned()).collect(),
            when: When::Always,
        });
        let draft = ChainDraft { steps: steps.collect() };
        let errors = draft.check(OrgKind::School, &people).err().unwrap_or_default();
        let paths: Vec<String> = errors.into_iter().map(|error| error.path).collect();
        assert_eq!(paths, expected, "{draft:?}");
    };
    check(&[&["dean"], &["dean"]], &["steps[1].signers"]);
    check(&[&["dean"], &["dean", "principal"]], &[]);
    check(&[&["dean", "principal"], &["dean"]], &[]);
    check(&[&["dean", "principal"], &["dean"], &["principal"]], &["steps[2].signers"]);

    // Set while both could sign; now one of them prepares it.
    let both = chain(vec![
        step("教导处", &[DEAN, PRINCIPAL], When::Always),
        step("校长", &[DEAN, PRINCIPAL], When::Always),
    ]);
    let active = all();
    let of = facts(Some(&both), &active);
    assert_eq!(decide(&actor(WRITER), None, &of, Action::Ask), Ok(State::Signing));
    let of = Facts { preparers: &[WRITER, DEAN], ..of };
    let vacant = Refusal::Vacant { post: "校长".into() };
    assert_eq!(decide(&actor(WRITER), None, &of, Action::Ask), Err(vacant));
}

#[test]
fn who_watches_reads_what_has_left() {
    let auditor = Actor::person(AccountId(Uuid::from_u128(5)), OrgId(Uuid::from_u128(23)), [Role::Auditor]);
    let stranger = Actor::person(WRITER, OrgId(Uuid::from_u128(21)), [Role::NeedUnit]);
    for state in State::ALL {
        let round = Round { state, ..round(&two_steps()) };
        assert_eq!(visible(&auditor, &round), state == State::Signed, "{state:?}");
        assert!(visible(&actor(WRITER), &round) && visible(&Actor::System, &round));
        assert!(!visible(&stranger, &round));
    }
}

#[test]
fn a_chain_is_checked_whole() {
    let people: BTreeMap<String, AccountId> =
        [("dean", DEAN), ("principal", PRINCIPAL), ("third", WRITER), ("fourth", AccountId(Uuid::nil()))]
            .map(|(login, account)| (login.to_owned(), account))
            .into();
    let typed = |post: &str, signers: &[&str], when| StepDraft {
        post: post.into(),
        signers: signers.iter().map(|login| (*login).to_owned()).collect(),
        when,
    };
    let check = |org, steps: Vec<StepDraft>, expected: &[&str]| {
        let errors = ChainDraft { steps }.check(org, &people).err().unwrap_or_default();
        let paths: Vec<String> = errors.into_iter().map(|error| error.path).collect();
        assert_eq!(paths, expected);
    };
    let good = typed("校长", &["principal", "principal", " "], When::Always);
    check(OrgKind::School, vec![], &[]);
    check(OrgKind::School, vec![good.clone()], &[]);
    check(OrgKind::School, vec![typed("", &["dean"], When::Always)], &["steps[0].post"]);
    check(OrgKind::School, vec![good.clone(), good.clone()], &["steps[1].post"]);
    check(OrgKind::School, vec![typed("校长", &[], When::Always)], &["steps[0].signers"]);
    check(OrgKind::School, vec![typed("校长", &["nobody"], When::Always)], &["steps[0].signers[0]"]);
    check(OrgKind::School, vec![typed("财务", &["dean"], When::OwnFunds)], &["steps[0].when"]);
    let four: Vec<StepDraft> =
        ["dean", "principal", "third", "fourth"].map(|who| typed(who, &[who], When::Always)).to_vec();
    check(OrgKind::School, four.clone(), &["steps"]);
    check(OrgKind::University, four, &[]);
    let steps = ChainDraft { steps: vec![good] }.check(OrgKind::School, &people).unwrap();
    assert_eq!(steps[0].signers, [PRINCIPAL]);
}

#[test]
fn what_is_proposed_can_be_set() {
    for org in OrgKind::ALL {
        for kind in Kind::ALL {
            let posts = proposal(org, kind);
            assert_eq!(posts.is_empty(), !kind.leaves(org), "{org:?} {kind:?}");
            assert!(posts.len() <= steps_most(org), "{org:?} {kind:?}");
        }
    }
    let university = proposal(OrgKind::University, Kind::Application);
    let when: Vec<When> = university.iter().map(|title| title.when()).collect();
    assert_eq!(when.iter().filter(|when| **when == When::OwnFunds).count(), 1);
    assert_eq!(university.last(), Some(&Title::VicePresident));
    assert_eq!(Gate::of(None), Gate::Open);
    assert_eq!(Gate::of(Some(&chain(vec![]))), Gate::Open);
    assert_eq!(Gate::of(Some(&two_steps())), Gate::Closed);
}

#[test]
fn a_code_says_which_version() {
    let subject = |kind| Subject { kind, id: Uuid::nil() };
    let hash = |kind, text: &str| content_hash(subject(kind), &text).unwrap();
    assert_eq!(hash(Kind::Need, "一"), hash(Kind::Need, "一"));
    assert_ne!(hash(Kind::Need, "一"), hash(Kind::Need, "二"));
    assert_ne!(hash(Kind::Need, "一"), hash(Kind::Application, "一"));
    assert_eq!(code("0000000000000000"), "00000-00000");
    assert_eq!(code("ffffffffffffffff"), "ZZZZZ-ZZZZZ");
    assert_eq!(code("0842108421084210"), "11111-11111");
    assert!(check_scan(FileKind::Pdf).is_ok() && check_scan(FileKind::Docx).is_err());
}

#[test]
fn copies_on_paper_are_counted() {
    let today = parse_date("2026-03-10").unwrap();
    let check = |asked: &str, received: &str, expected: &[&str]| {
        let paper = Paper { sheets: asked.into(), received: received.into() };
        let errors = paper.check(today).err().unwrap_or_default();
        assert_eq!(errors.into_iter().map(|error| error.path).collect::<Vec<_>>(), expected);
    };
    check("", "", &[]);
    check("2", "2026-03-10", &[]);
    check("21", "", &["sheets"]);
    check("两份", "3月", &["sheets", "received"]);
    check("2", "2026-03-11", &["received"]);
}

/// A round that came about by `doers` acting in turn.
fn played(chain: &Chain, doers: &[(AccountId, Action)]) -> Round {
    let active = all();
    let facts = facts(Some(chain), &active);
    let mut now = round(chain);
    for (who, action) in doers {
        let Ok(to) = decide(&actor(*who), Some(&now), &facts, *action) else { continue };
        now = match action {
            Action::Sign => now.signed(to, signature(now.next().unwrap(), *who)),
            Action::Ask => round(chain),
            _ => now.ended(to, Ended { by: *who, at: Instant::UNIX_EPOCH, reason: String::new() }),
        };
    }
    now
}

proptest! {
    #[test]
    fn whatever_is_done_a_signed_round_has_every_signature_of_another_hand(
        doers in proptest::collection::vec((0..3_usize, 0..Action::ALL.len()), 0..24),
        signers in proptest::collection::vec(proptest::collection::vec(0..3_usize, 1..3), 1..4),
    ) {
        let people = [WRITER, DEAN, PRINCIPAL];
        let steps = signers.iter().zip(0..).map(|(signers, at)| {
            let signers: Vec<AccountId> = signers.iter().map(|who| people[*who]).collect();
            step(&format!("第{at}步"), &signers, When::Always)
        });
        let chain = chain(steps.collect());
        let doers: Vec<_> = doers.into_iter().map(|(who, action)| (people[who], Action::ALL[action])).collect();
        let done = played(&chain, &doers);
        let hands: BTreeSet<AccountId> = done.signatures.iter().map(|it| it.by).collect();
        prop_assert_eq!(hands.len(), done.signatures.len(), "each by another");
        prop_assert!(!hands.contains(&WRITER), "nobody who prepared it");
        prop_assert_eq!(done.state == State::Signed, done.signatures.len() == chain.steps.len());
        for signature in &done.signatures {
            prop_assert!(chain.step(signature.step).unwrap().signers.contains(&signature.by));
        }
    }

    #[test]
    fn an_offer_can_be_taken(state in 0..State::ALL.len(), who in 0..3_usize, prepares: bool) {
        let (chain, active) = (two_steps(), all());
        let facts = Facts { prepares, ..facts(Some(&chain), &active) };
        let round = Round { state: State::ALL[state], ..round(&chain) };
        let who = actor([WRITER, DEAN, PRINCIPAL][who]);
        prop_assert!(visible(&who, &round));
        for offer in offers(&who, Some(&round), &facts) {
            match (decide(&who, Some(&round), &facts, offer.action), offer.barred) {
                (Ok(_), None) => {}
                (Err(refusal), Some(barred)) => {
                    prop_assert_eq!(&refusal, &barred);
                    prop_assert_eq!(refusal.kind(), RefusalKind::NotNow);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}

#[test]
fn whoever_could_read_a_round_has_the_list_of_them() {
    // No report is written here, so none is asked to be signed.
    let asked = || Kind::ALL.into_iter().filter(|kind| *kind != Kind::Report);
    for role in Role::ALL {
        let actor = Actor::person(WRITER, SCHOOL, [role]);
        let reads = asked().any(|kind| scope(&actor, kind).is_some());
        assert_eq!(sections(&actor).contains(&Section::SignOffs), reads, "{role:?}");
    }
}
