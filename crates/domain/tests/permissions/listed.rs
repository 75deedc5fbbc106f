//! Who may do what with need lists, with what leaves an organisation, and with applications.

use super::{
    DISTRICT, FIRST, SCHOOL, SECOND, SUBJECT, a_cycle, actors, an_organisation, cell, check, person,
};
use ronghe_domain::application::rules as application_rules;
use ronghe_domain::application::{self, Application, ApplicationDraft, Duty, Member};
use ronghe_domain::cycle::{self, Phase};
use ronghe_domain::kernel::{
    AccountId, Actor, ApplicationId, CycleId, Instant, NeedId, OrgId, Role, Version,
};
use ronghe_domain::need_list::{self, NeedList};
use ronghe_domain::org::Organisation;
use ronghe_domain::sign_off::Gate;
use std::fmt::Write;
use uuid::Uuid;

/// Who composed the list before somebody else did.
const EARLIER: AccountId = AccountId(Uuid::from_u128(6));

fn a_list(state: need_list::State, agreed: usize) -> NeedList {
    use need_list::State as S;
    let steps = cycle::Approval::default().steps;
    let mark = |step: &cycle::approval::Step| need_list::Mark {
        seat: step.seat,
        post: step.post.clone(),
        answer: need_list::Answer::Approved,
        reason: String::new(),
        by: SUBJECT,
        at: Instant::UNIX_EPOCH,
        proposed_by: FIRST,
        hash: String::new(),
        voided_at: None,
    };
    let marks = steps.iter().take(agreed).map(mark).collect();
    let proposal = need_list::Proposal { by: FIRST, at: Instant::UNIX_EPOCH, hash: String::new() };
    let published = need_list::Published { by: FIRST, at: Instant::UNIX_EPOCH };
    NeedList {
        state,
        steps,
        marks,
        proposal: (state != S::Draft).then_some(proposal),
        published: (state == S::Published).then_some(published),
        composers: [EARLIER, FIRST].into(),
        version: Version::FIRST,
        ..NeedList::blank(CycleId(Uuid::from_u128(5)), None, FIRST, Instant::UNIX_EPOCH)
    }
}

#[test]
fn rights_on_need_lists() {
    use need_list::State as S;
    let mut table = String::from(
        "Need lists, while needs are screened; the check finds nothing. Roles of the leading group hold no seat \
         unless it says so.\n",
    );
    let both = |id| Actor::person(id, OrgId(Uuid::from_u128(9)), [Role::LeadOffice, Role::LeadingGroup]);
    let special = [
        ("LeadOffice who proposed it", person(FIRST, Role::LeadOffice), ""),
        ("Deputy leader", person(SECOND, Role::LeadingGroup), "副局长"),
        ("Leader", person(SECOND, Role::LeadingGroup), "局长"),
        ("Leader who agreed before", person(SUBJECT, Role::LeadingGroup), "局长"),
        ("Both roles, proposed it, deputy", both(FIRST), "副局长"),
        ("Both roles, proposed it, leader", both(FIRST), "局长"),
        ("Both roles, another's, leader", both(SECOND), "局长"),
        ("LeadOffice with that post", person(SECOND, Role::LeadOffice), "局长"),
        ("Both roles, composed it before", both(EARLIER), "副局长"),
        ("The system", Actor::System, ""),
    ];
    let plain = actors(&[]).into_iter().map(|(name, actor)| (name, actor, ""));
    let special = special.map(|(name, actor, post)| (name.to_owned(), actor, post));
    let all: Vec<_> = plain.chain(special).collect();
    let stands = [
        ("Draft", S::Draft, 0),
        ("Proposed", S::Proposed, 0),
        ("Proposed, the deputy leader has agreed", S::Proposed, 1),
        ("Approved", S::Approved, 2),
        ("Published", S::Published, 2),
    ];
    assert!(S::ALL.iter().all(|state| stands.iter().any(|(_, listed, _)| listed == state)));
    for (stand, state, agreed) in stands {
        writeln!(table, "\n{stand}").unwrap();
        for (name, actor, post) in &all {
            let record = a_list(state, agreed);
            let visible = need_list::rules::visible(actor, &record);
            write!(table, "  {name:<33}").unwrap();
            let facts = need_list::rules::Facts { phase: Phase::ScreeningNeeds, barring: 0, post };
            for action in need_list::Action::ALL {
                let decided = need_list::rules::decide(actor, &record, facts, action);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    table.push_str("\nHow a version moves. What was approved is void once it is open again.\n");
    for rule in need_list::rules::RULES {
        let arrow = format!("--{:?}", rule.action);
        writeln!(
            table,
            "  {:<10} {arrow:-<11}> {:<10} {:?}",
            format!("{:?}", rule.from),
            format!("{:?}", rule.to),
            rule.parties
        )
        .unwrap();
    }
    check("need-list", &table);
}

#[test]
fn rights_on_sign_off() {
    use ronghe_domain::sign_off::{self, Action, Chain, Facts, Kind, Round, State, Step, Subject, When};
    let [preparer, first, last] = [FIRST, SUBJECT, AccountId(Uuid::from_u128(4))];
    let own = |account, role| Actor::person(account, SCHOOL, [role]);
    let special = [
        ("Who asked for it", own(preparer, Role::NeedUnit)),
        ("Who signs first", own(first, Role::NeedUnit)),
        ("Who signs last", own(last, Role::NeedUnit)),
        ("Another of the unit", own(SECOND, Role::NeedUnit)),
        ("Of the unit, another role", own(SECOND, Role::Expert)),
        ("Of the district above it", Actor::person(SECOND, DISTRICT, [Role::DistrictBureau])),
    ];
    let step = |post: &str, signer| Step { post: post.into(), signers: vec![signer], when: When::Always };
    let chain = Chain {
        org: SCHOOL,
        kind: Kind::Need,
        steps: vec![step("教导处", first), step("校长", last)],
        set_by: preparer,
        set_at: Instant::UNIX_EPOCH,
        version: Version::FIRST,
    };
    let active = [preparer, first, last].into();
    let school = Organisation { id: SCHOOL, ..an_organisation(Some(DISTRICT)) };
    let mut table =
        String::from("Sign-off of a school's need, two steps: who sets the chain, who asks, who signs.\n");
    for state in State::ALL {
        writeln!(table, "\n{state:?}").unwrap();
        for (name, actor) in actors(&special) {
            let round = Round {
                id: ronghe_domain::kernel::SignOffId(Uuid::nil()),
                org: SCHOOL,
                subject: Subject { kind: Kind::Need, id: Uuid::nil() },
                name: String::new(),
                title: String::new(),
                hash: String::new(),
                steps: vec![0, 1],
                asked_by: preparer,
                asked_at: Instant::UNIX_EPOCH,
                preparers: vec![preparer],
                signatures: vec![],
                state,
                ended: None,
                sealed: false,
                version: Version::FIRST,
            };
            let prepares = actor.org() == Some(SCHOOL) && actor.has(Role::NeedUnit);
            let facts = Facts {
                chain: Some(&chain),
                active: &active,
                preparers: &[preparer],
                prepares,
                hash: "",
                own_funds: false,
            };
            let round = (state != State::Preparing).then_some(&round);
            let set = sign_off::rules::may_set(&actor, &school, Kind::Need, Some(&chain), &active, None);
            let sees = sign_off::rules::sees_chain(&actor, SCHOOL, Kind::Need);
            write!(table, "  {name:<28}Set {:<9}", cell(sees, set.map_err(|refusal| refusal.kind())))
                .unwrap();
            let visible = match round {
                Some(round) => sign_off::rules::visible(&actor, round),
                None => sees && actor.org() == Some(SCHOOL),
            };
            for action in Action::ALL {
                let decided = sign_off::rules::decide(&actor, round, &facts, action);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("sign-off", &table);
}

#[test]
fn every_state_of_sign_off_is_reached_and_left() {
    use ronghe_domain::sign_off::{State, rules::RULES};
    for state in State::ALL {
        assert_eq!(RULES.iter().any(|rule| rule.to == state), state != State::Preparing, "{state:?}");
        assert!(RULES.iter().any(|rule| rule.from == state), "{state:?} is left");
    }
}

const UNIVERSITY: OrgId = OrgId(Uuid::from_u128(40));

fn an_application(state: application::State) -> Application {
    use application::State as S;
    let opened = matches!(state, S::FormalCheck | S::ReturnedForCorrection | S::Accepted);
    let member = |account, duty, sections| Member { account, duty, sections };
    Application {
        id: ApplicationId(Uuid::from_u128(70)),
        cycle: CycleId(Uuid::from_u128(5)),
        cycle_name: "2026".into(),
        seq: opened.then_some(1),
        need: NeedId(Uuid::from_u128(7)),
        university: UNIVERSITY,
        state,
        draft: ApplicationDraft::default(),
        content: None,
        submissions: 0,
        members: vec![
            member(FIRST, Duty::Lead, vec![]),
            member(SECOND, Duty::Member, vec![application::Section::Plan]),
            member(SUBJECT, Duty::Signatory, vec![]),
        ],
        awaited: vec![],
        writers: vec![],
        returned: (state == S::ReturnedForCorrection).then(|| application::Return {
            corrections: vec![],
            remark: "改".into(),
            until: Instant::from_second(2000).unwrap(),
            by: FIRST,
            at: Instant::UNIX_EPOCH,
        }),
        changed_at: Instant::UNIX_EPOCH,
        submitted_at: None,
        opened_at: opened.then_some(Instant::UNIX_EPOCH),
        accepted_at: None,
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_applications() {
    use application::State as S;
    let mut table = String::from(
        "Applications: before the window closes, and after their seals are opened; every field holds.\n\
         Roles without a relation are those of another organisation.\n",
    );
    let at = |account, role| Actor::person(account, UNIVERSITY, [role]);
    let special = [
        ("Leads it", at(FIRST, Role::University)),
        ("Writes a section", at(SECOND, Role::University)),
        ("Signs it", at(SUBJECT, Role::University)),
        ("Of its university besides", at(AccountId(Uuid::from_u128(4)), Role::University)),
        ("Of its university, another role", at(FIRST, Role::SystemAdmin)),
        ("Led it, now elsewhere", Actor::person(FIRST, SCHOOL, [Role::University])),
        ("The system", Actor::System),
    ];
    let plain = S::ALL.map(|state| (state, Gate::Open, ""));
    const UNLISTED: &str = "; its need is no longer listed";
    let unlisted = [S::Submitted, S::Withdrawn, S::FormalCheck, S::ReturnedForCorrection];
    let unlisted = unlisted.map(|state| (state, Gate::Open, UNLISTED));
    let chained = [
        (S::Draft, Gate::Closed, "; its university has set a chain"),
        (S::Signing, Gate::Passed, "; at the last signature"),
        (S::ReturnedForCorrection, Gate::Closed, "; what was corrected is being signed"),
        (S::ReturnedForCorrection, Gate::Passed, "; at the last signature"),
    ];
    for (state, gate, words) in plain.into_iter().chain(chained).chain(unlisted) {
        let opened = an_application(state).opened_at.is_some();
        writeln!(table, "\n{state:?}, {}{words}", if opened { "opened" } else { "sealed" }).unwrap();
        let facts = application_rules::Facts {
            opens: Some(Instant::UNIX_EPOCH),
            closes: Some(Instant::from_second(1000).unwrap()),
            latest_return: Some(Instant::from_second(3000).unwrap()),
            opened,
            listing: (words != UNLISTED).then_some(1),
            gate,
            signing: gate != Gate::Open,
            ..application_rules::Facts::of(&a_cycle(Phase::AcceptingApplications))
        };
        let now = Instant::from_second(if opened { 1500 } else { 500 }).unwrap();
        let record = an_application(state);
        for (name, actor) in actors(&special) {
            let visible = application_rules::visible(&actor, application::Place::of(&record, SCHOOL));
            write!(table, "  {name:<33}").unwrap();
            for action in application::Action::ALL {
                let decided = application_rules::decide(&actor, &record, &facts, action, now);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("application", &table);
}

/// The steps of an application as a diagram that can be read: from, what is done, to, by whom.
#[test]
fn steps_of_an_application() {
    let mut table = String::from(
        "How an application moves, as far as its formal check. Its seal is opened once the window has closed.\n",
    );
    for rule in application_rules::RULES.iter().filter(|rule| rule.from != rule.to) {
        let parties = rule.parties.iter().map(|party| format!("{party:?}")).collect::<Vec<_>>().join(", ");
        let (from, action, to) =
            (format!("{:?}", rule.from), format!("{:?}", rule.action), format!("{:?}", rule.to));
        writeln!(table, "  {from:<21} --{action:-<9}> {to:<21} {parties}").unwrap();
    }
    check("application-steps", &table);
}

#[test]
fn rights_on_questions() {
    use ronghe_domain::question::rules::{Facts, RULES, decide, may_ask};
    use ronghe_domain::question::{Action, State};
    let university = Actor::person(SECOND, OrgId(Uuid::from_u128(9)), [Role::University]);
    let special = [
        ("Of the need's unit", Actor::person(SECOND, SCHOOL, [Role::NeedUnit])),
        ("Of the district above it", Actor::person(SECOND, DISTRICT, [Role::DistrictBureau])),
        ("Of the asker's university", university),
    ];
    let mut table = String::from(
        "Questions on needs of the published list, while applications are open. Everybody reads them; who asked is \
         known to people of the asker's university alone.\n",
    );
    let cycle = a_cycle(Phase::AcceptingApplications);
    let instant = |text: &str| -> Instant { text.parse().unwrap() };
    let facts = Facts {
        opens: Some(Instant::UNIX_EPOCH),
        closes: Some(instant("2026-05-31T09:00:01Z")),
        ..Facts::of(&cycle, SCHOOL, true)
    };
    for (when, now) in [
        ("While questions may be asked", "2026-05-20T00:00:00Z"),
        ("In the last five days", "2026-05-30T00:00:00Z"),
        ("Once applications are closed", "2026-06-01T00:00:00Z"),
    ] {
        for state in State::ALL {
            writeln!(table, "\n{when}: {state:?}").unwrap();
            for (name, actor) in actors(&special) {
                write!(table, "  {name:<32}").unwrap();
                let asks = may_ask(&actor, &facts, 0, instant(now)).map_err(|refusal| refusal.kind());
                write!(table, "Ask {:<9}", cell(true, asks)).unwrap();
                for action in Action::ALL {
                    let decided = decide(&actor, state, &facts, action, instant(now));
                    write!(table, "{action:?} {:<9}", cell(true, decided.map_err(|r| r.kind()))).unwrap();
                }
                let trimmed = table.trim_end().len();
                table.truncate(trimmed);
                table.push('\n');
            }
        }
    }
    table.push_str("\nHow a question moves.\n");
    for rule in RULES {
        let (from, arrow) = (format!("{:?}", rule.from), format!("--{:?}", rule.action));
        writeln!(table, "  {from:<10} {arrow:-<11}> {:<10} {:?}", format!("{:?}", rule.to), rule.parties)
            .unwrap();
    }
    check("question", &table);
}
