//! Golden tables of rights: who may do what in which state, as the leading group could read it.
//!
//! A change of rights is a change of `docs/reference/permissions/`. `RONGHE_BLESS=1` writes the tables anew.

#![expect(clippy::unwrap_used, reason = "tests")]

mod kept;
mod listed;
mod met;
mod offered;

use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::account::{self, Account, Ask, Pending};
use ronghe_domain::cycle::{self, Collecting, Cycle, Phase};
use ronghe_domain::kernel::{
    AccountId, Actor, CycleId, Date, Fen, Instant, MessageId, NeedId, OrgId, PolicyId, RefusalKind, Role,
    Version,
};
use ronghe_domain::message::mail::{self, Mail};
use ronghe_domain::need::rules::{Measures, Party};
use ronghe_domain::need::{self, Need, NeedDraft};
use ronghe_domain::org::{self, Contact, OrgKind, Organisation, Post};
use ronghe_domain::policy::rules::{self as policy_rules, Facts};
use ronghe_domain::policy::{self, Content, Policy, PolicyDraft, Published};
use ronghe_domain::profile;
use ronghe_domain::suggestion::rules as suggestion_rules;
use std::fmt::Write;
use uuid::Uuid;

/// Who changed the document last, or asked for the grant.
const FIRST: AccountId = AccountId(Uuid::from_u128(1));
/// Someone else.
const SECOND: AccountId = AccountId(Uuid::from_u128(2));
/// The account that is administered.
const SUBJECT: AccountId = AccountId(Uuid::from_u128(3));

fn person(id: AccountId, role: Role) -> Actor {
    Actor::person(id, OrgId(Uuid::from_u128(9)), [role])
}

/// Everybody, and those whose relation to the record counts.
fn actors(special: &[(&str, Actor)]) -> Vec<(String, Actor)> {
    let roles = Role::ALL.into_iter().map(|role| (format!("{role:?}"), person(SECOND, role)));
    std::iter::once(("Visitor".to_owned(), Actor::Visitor))
        .chain(roles)
        .chain(special.iter().map(|(name, actor)| ((*name).to_owned(), actor.clone())))
        .collect()
}

fn cell<S>(visible: bool, decided: Result<S, RefusalKind>) -> &'static str {
    match (visible, decided) {
        (false, _) => "404",
        (true, Ok(_)) => "yes",
        (true, Err(RefusalKind::NotYours)) => "403",
        (true, Err(RefusalKind::NotNow)) => "not now",
    }
}

fn check(name: &str, table: &str) {
    let path = format!("{}/../../docs/reference/permissions/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a person asks for new tables by it")]
    if std::env::var("RONGHE_BLESS").is_ok() {
        std::fs::write(&path, table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, table, "{path} is not what the rules say; RONGHE_BLESS=1 writes it anew");
}

fn document(state: policy::State) -> Policy {
    let content = Content {
        title: "措施".into(),
        doc_number: None,
        issuer: "局".into(),
        issue_date: "2023-12-26".parse().unwrap(),
        recipients: vec![],
        copies: vec![],
        openness: None,
        effective_from: "2023-12-26".parse().unwrap(),
        last_day: None,
        trial: false,
        preamble: String::new(),
        sections: vec![],
    };
    let published = (state == policy::State::Published).then_some(Published {
        by: SECOND,
        at: Instant::UNIX_EPOCH,
        content,
    });
    Policy {
        id: PolicyId(Uuid::nil()),
        slug: "notice".into(),
        state,
        version: Version::FIRST,
        text: String::new(),
        draft: PolicyDraft::default(),
        imported_by: FIRST,
        corrected_by: FIRST,
        imported_at: Instant::UNIX_EPOCH,
        published,
        renewals: vec![],
        supersession: None,
    }
}

#[test]
fn rights_on_policy_documents() {
    let mut table = String::from("Policy documents: every field checked.\n");
    let special = [("LeadOffice who changed it last", person(FIRST, Role::LeadOffice))];
    for state in policy::State::ALL {
        writeln!(table, "\n{state:?}").unwrap();
        for (name, actor) in actors(&special) {
            let record = document(state);
            let visible = policy_rules::visible(&actor, &record);
            write!(table, "  {name:<32}").unwrap();
            for action in policy::Action::ALL {
                let decided = policy_rules::decide(&actor, &record, Facts { open_fields: 0 }, action);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("policy", &table);
}

fn account(state: account::State, pending: bool) -> Account {
    Account {
        id: SUBJECT,
        login: "someone".into(),
        name: "某人".into(),
        name_en: "Someone".into(),
        org: OrgId(Uuid::from_u128(9)),
        roles: [Role::NeedUnit].into(),
        post: String::new(),
        mail: String::new(),
        state,
        password_set: state != account::State::Invited,
        pending: pending.then(|| Pending {
            ask: Ask::Roles([Role::Finance].into()),
            by: FIRST,
            at: Instant::UNIX_EPOCH,
        }),
        second_factor: false,
        last_seen: None,
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_accounts() {
    let mut table = String::from("Accounts.\n");
    let special = [
        ("SystemAdmin who asked for it", person(FIRST, Role::SystemAdmin)),
        ("SystemAdmin on their own account", person(SUBJECT, Role::SystemAdmin)),
        ("Its owner", person(SUBJECT, Role::NeedUnit)),
    ];
    use account::State::{Active, Disabled, Invited};
    let stands = [
        ("Invited", Invited, false),
        ("Active", Active, true),
        ("Disabled", Disabled, true),
        ("Disabled before a password was set", Disabled, false),
    ];
    assert!(account::State::ALL.iter().all(|state| stands.iter().any(|(_, listed, _)| listed == state)));
    for (stand, state, password_set) in stands {
        for pending in [false, true] {
            let waits = if pending { ", something waits" } else { "" };
            writeln!(table, "\n{stand}{waits}").unwrap();
            for (name, actor) in actors(&special) {
                let record = Account { password_set, ..account(state, pending) };
                let visible = account::rules::visible(&actor, &record);
                write!(table, "  {name:<36}").unwrap();
                for action in account::Action::ALL {
                    let decided = account::rules::decide(&actor, &record, action);
                    let said = match decided {
                        Ok(Active) if action == account::Action::Enable => "active",
                        Ok(Invited) if action == account::Action::Enable => "invited",
                        decided => cell(visible, decided.map_err(|refusal| refusal.kind())),
                    };
                    write!(table, "{action:?} {said:<9}").unwrap();
                }
                let trimmed = table.trim_end().len();
                table.truncate(trimmed);
                table.push('\n');
            }
        }
    }
    check("account", &table);
}

fn an_organisation(parent: Option<OrgId>) -> Organisation {
    Organisation {
        id: OrgId(Uuid::from_u128(20)),
        slug: "school".into(),
        kind: OrgKind::School,
        name: "某校".into(),
        name_en: String::new(),
        aliases: vec![],
        parent,
        leading_group_seat: None,
        since: None,
        until: None,
        position: 1,
        university: None,
        contacts: vec![Contact {
            post: Post::Contact,
            name: "某人".into(),
            title: String::new(),
            phone: "13812345678".into(),
        }],
        sign_off: vec![],
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_organisations() {
    let mut table = String::from("Organisations: who changes one, who reveals its telephones.\n\n");
    let (own, above) = (OrgId(Uuid::from_u128(20)), OrgId(Uuid::from_u128(21)));
    let of = |org: OrgId, role: Role| Actor::person(SECOND, org, [role]);
    let special = [
        ("Its own NeedUnit", of(own, Role::NeedUnit)),
        ("Its own Expert", of(own, Role::Expert)),
        ("DistrictBureau above it", of(above, Role::DistrictBureau)),
        ("Expert above it", of(above, Role::Expert)),
        ("NeedUnit below it", of(OrgId(Uuid::from_u128(22)), Role::NeedUnit)),
        ("Expert below it", of(OrgId(Uuid::from_u128(22)), Role::Expert)),
    ];
    for (name, actor) in actors(&special) {
        let record = an_organisation(Some(above));
        let superior = name.ends_with("below it").then_some(own);
        let sees = match (org::rules::sees_contacts(&actor), org::rules::sees_phones(&actor, &record)) {
            (false, _) => "nobody",
            (true, false) => "masked",
            (true, true) => "whole",
        };
        write!(table, "  {name:<26}telephones {sees:<9}").unwrap();
        for action in org::Action::ALL {
            let decided = org::rules::decide(&actor, &record, superior, action);
            write!(table, "{action:?} {:<9}", cell(true, decided.map_err(|r| r.kind()))).unwrap();
        }
        let trimmed = table.trim_end().len();
        table.truncate(trimmed);
        table.push('\n');
    }
    check("organisation", &table);
}

#[test]
fn rights_on_profiles() {
    let mut table = String::from("Profiles of universities: everyone reads them, who writes one.\n\n");
    let own = OrgId(Uuid::from_u128(20));
    let of_its = |role: Role| Actor::person(SECOND, own, [role]);
    let special = [
        ("Its own University", of_its(Role::University)),
        ("Its own Expert", of_its(Role::Expert)),
        ("The system", Actor::System),
    ];
    let record = Organisation { kind: OrgKind::University, ..an_organisation(None) };
    for (name, actor) in actors(&special) {
        let decided = profile::rules::may_change(&actor, &record).map_err(|refusal| refusal.kind());
        writeln!(table, "  {name:<26}Change {}", cell(true, decided)).unwrap();
    }
    check("profile", &table);
}

#[test]
fn rights_on_suggestions() {
    let mut table = String::from(
        "Suggestions: who is told which universities may answer a listed need, which needs may suit their own \
         university, and which needs of a cycle may stay unanswered.\n\n",
    );
    let (unit, district) = (OrgId(Uuid::from_u128(20)), OrgId(Uuid::from_u128(21)));
    let special = [
        ("Of its unit, NeedUnit", Actor::person(SECOND, unit, [Role::NeedUnit])),
        ("Of its unit, another role", Actor::person(SECOND, unit, [Role::Expert])),
        ("Of its district", Actor::person(SECOND, district, [Role::DistrictBureau])),
    ];
    for (name, actor) in actors(&special) {
        let of = |is_listed| {
            let need = suggestion_rules::OfNeed { unit, district: Some(district), is_listed };
            cell(true, suggestion_rules::may_see_universities(&actor, need).map_err(|it| it.kind()))
        };
        let needs = cell(true, suggestion_rules::may_see_needs(&actor).map_err(|it| it.kind()));
        let gaps = cell(true, suggestion_rules::watches_unanswered(&actor).map_err(|it| it.kind()));
        let before = of(false);
        writeln!(
            table,
            "  {name:<28}Universities {:<5} (before its list {before:<8}) Needs {needs:<5} Unanswered {gaps}",
            of(true)
        )
        .unwrap();
    }
    check("suggestion", &table);
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn a_cycle(phase: Phase) -> Cycle {
    let collecting = Collecting {
        opens: Instant::UNIX_EPOCH,
        units_end: Instant::from_second(1000).unwrap(),
        districts_end: Instant::from_second(2000).unwrap(),
    };
    Cycle {
        id: CycleId(Uuid::from_u128(5)),
        phase,
        content: cycle::Content {
            year: 2026,
            title: "专项".into(),
            title_en: String::new(),
            policy: PolicyId(Uuid::nil()),
            budget: Fen::yuan(1),
            collecting,
            plan: [Phase::ScreeningNeeds, Phase::AcceptingApplications, Phase::PublicNotice]
                .map(|phase| cycle::Plan::days(phase, day("1970-01-01"), day("1970-01-02")))
                .to_vec(),
            notice_days: 5,
            most_per_school: None,
            most_per_district: None,
            eligibility: vec![],
            selection: None,
            rubric: None,
            frame: None,
            approval: None,
            affinity: None,
        },
        moves: vec![],
        extensions: vec![],
        revisions: vec![],
        rehearsal: None,
        made_by: FIRST,
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_cycles() {
    let mut table = String::from(
        "Cycles: the policy is in force, both ends have passed (of one in preparation they lie ahead), the need list is \
         published; the windows of later phases are open.\n",
    );
    let facts = cycle::rules::Facts { policy: Some(policy::Status::InForce), listed: true, undecided: 0 };
    let rehearsal = cycle::Rehearsal { number: 1, clock: cycle::Clock::default() };
    let rehearsed = [Phase::Preparing, Phase::CollectingNeeds, Phase::Closed];
    let real = Phase::ALL.into_iter().map(a_cycle);
    let rehearsed = rehearsed.map(|phase| Cycle { rehearsal: Some(rehearsal), ..a_cycle(phase) });
    for record in real.chain(rehearsed) {
        let of = if record.rehearsal.is_some() { " of a rehearsal" } else { "" };
        writeln!(table, "\n{:?}{of}", record.phase).unwrap();
        let now = Instant::from_second(if record.phase == Phase::Preparing { 500 } else { 2000 }).unwrap();
        for (name, actor) in actors(&[]) {
            let visible = cycle::rules::visible(&actor, &record);
            write!(table, "  {name:<20}").unwrap();
            for action in cycle::Action::ALL {
                let decided = cycle::rules::decide(&actor, &record, facts, action, now);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("cycle", &table);
}

const SCHOOL: OrgId = OrgId(Uuid::from_u128(20));
const DISTRICT: OrgId = OrgId(Uuid::from_u128(21));

fn a_need(state: need::State, district: Option<OrgId>) -> Need {
    use need::State as S;
    let sent = state != S::Draft;
    let came = sent && (district.is_none() || !matches!(state, S::Submitted | S::ReturnedByDistrict));
    let content = need::Content {
        title: "需求".into(),
        title_en: String::new(),
        measures: vec![4],
        forms: vec![],
        other_form: String::new(),
        stages: vec![],
        students: 1,
        teachers: 1,
        background: String::new(),
        goals: String::new(),
        benefit: String::new(),
        indicators: vec![],
        university: None,
        discipline: String::new(),
        budget: Fen::ZERO,
        own: Fen::ZERO,
        period: String::new(),
        contact: need::Person { name: String::new(), phone: String::new() },
        attachments: vec![],
    };
    let returned = state.is_returned().then(|| need::Return {
        from: if state == S::Returned { S::Forwarded } else { S::Submitted },
        corrections: vec![],
        remark: "改".into(),
        until: Instant::from_second(1500).unwrap(),
        by: FIRST,
        at: Instant::UNIX_EPOCH,
    });
    Need {
        id: NeedId(Uuid::from_u128(7)),
        cycle: CycleId(Uuid::from_u128(5)),
        year: cycle::CycleYear::of(2026),
        seq: sent.then_some(1),
        unit: SCHOOL,
        district,
        unit_kind: if district.is_some() { OrgKind::School } else { OrgKind::MunicipalSchool },
        state,
        draft: NeedDraft::default(),
        content: sent.then_some(content),
        returned,
        author: FIRST,
        changed_at: Instant::UNIX_EPOCH,
        submitted_at: sent.then_some(Instant::UNIX_EPOCH),
        forwarded_at: came.then_some(Instant::UNIX_EPOCH),
        carried_from: None,
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_needs() {
    let mut table = String::from(
        "Needs, in the phase that they stand in, before every end; every field holds.\n\
         Roles without a relation are those of another organisation.\n",
    );
    let at = |org, role| Actor::person(SECOND, org, [role]);
    let special = [
        ("Of its unit, NeedUnit", at(SCHOOL, Role::NeedUnit)),
        ("Of its unit, another role", at(SCHOOL, Role::SystemAdmin)),
        ("Of its district", at(DISTRICT, Role::DistrictBureau)),
        ("Office of its measure", at(OrgId(Uuid::from_u128(30)), Role::ResponsibleOffice)),
        ("The system", Actor::System),
    ];
    for (kind, district) in [("of a school under a district", Some(DISTRICT)), ("of a municipal unit", None)]
    {
        for state in need::State::ALL {
            if district.is_none() && matches!(state, need::State::Submitted | need::State::ReturnedByDistrict)
            {
                continue;
            }
            let phase = match state {
                need::State::Screening => Phase::ScreeningNeeds,
                _ => Phase::CollectingNeeds,
            };
            for verdict in verdicts(state) {
                let meant = verdict.map(|ruling| format!(", meant to be {ruling:?}")).unwrap_or_default();
                writeln!(table, "\n{state:?}, {kind}{meant}").unwrap();
                let facts = need::rules::Facts {
                    screening_end: Instant::from_second(3000).unwrap(),
                    clock: cycle::Clock::default(),
                    verdict,
                    onward: need::Onward::Until(Instant::from_second(3000).unwrap()),
                    ..need::rules::Facts::of(&a_cycle(phase))
                };
                rows_of_a_need(&mut table, &a_need(state, district), &facts, &actors(&special));
            }
        }
    }
    check("need", &table);
}

/// What can be meant with a need in this state: it shows to the lead office alone.
fn verdicts(state: need::State) -> Vec<Option<need::Ruling>> {
    let meant = need::Ruling::ALL.into_iter().map(Some).filter(|_| state == need::State::Screening);
    std::iter::once(None).chain(meant).collect()
}

fn rows_of_a_need(table: &mut String, record: &Need, facts: &need::rules::Facts, actors: &[(String, Actor)]) {
    let now = Instant::from_second(500).unwrap();
    for (name, actor) in actors {
        let mine = name == "Office of its measure";
        let measures = if mine { Measures::from([(record.cycle, [4].into())]) } else { Measures::new() };
        let visible = need::rules::visible(actor, record, &measures);
        write!(table, "  {name:<28}").unwrap();
        for action in need::Action::ALL {
            let decided = need::rules::decide(actor, record, facts, action, now);
            write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
        }
        let trimmed = table.trim_end().len();
        table.truncate(trimmed);
        table.push('\n');
    }
}

/// The steps of a need as a diagram that can be read: from, what is done, to, by whom.
#[test]
fn steps_of_a_need() {
    let mut table = String::from(
        "How a need moves. In 遴选 a verdict is meant, and taken back, beside the need: the need itself goes \
         there when the need list is published.\n",
    );
    for state in need::State::ALL {
        let moves = need::rules::RULES.iter().filter(|rule| rule.from == state && rule.to != state);
        for rule in moves {
            let parties =
                rule.parties.iter().map(|party| format!("{party:?}")).collect::<Vec<_>>().join(", ");
            let (from, action, to) =
                (format!("{state:?}"), format!("{:?}", rule.action), format!("{:?}", rule.to));
            writeln!(table, "  {from:<18} --{action:-<9}> {to:<18} {parties}").unwrap();
        }
    }
    check("need-steps", &table);
}

#[test]
fn the_unit_and_its_district_are_told_when_the_list_is_published() {
    use ronghe_domain::message::{Kind, of_need};
    for (state, kind) in [
        (need::State::Listed, Kind::NeedListed),
        (need::State::Declined, Kind::NeedDeclined),
        (need::State::Merged, Kind::NeedMerged),
    ] {
        let told = of_need(need::State::Screening, &a_need(state, Some(DISTRICT)));
        assert_eq!(told.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [kind, kind]);
        assert_eq!(of_need(need::State::Screening, &a_need(state, None)).len(), 1, "a unit without district");
    }
}

#[test]
fn rights_on_opinions() {
    use need::opinion::{self, Action};
    let office = OrgId(Uuid::from_u128(30));
    let at = |org, role| Actor::person(SECOND, org, [role]);
    let special = [
        ("Of the office asked", at(office, Role::ResponsibleOffice)),
        ("Of that office, another role", at(office, Role::Finance)),
        ("Of the need's unit", at(SCHOOL, Role::NeedUnit)),
        ("Of its district", at(DISTRICT, Role::DistrictBureau)),
    ];
    let mut table = String::from("Opinions of an office on a need in screening, before its end.\n");
    let now = Instant::from_second(500).unwrap();
    let facts = need::rules::Facts {
        screening_end: Instant::from_second(3000).unwrap(),
        clock: cycle::Clock::default(),
        ..need::rules::Facts::of(&a_cycle(Phase::ScreeningNeeds))
    };
    let record = a_need(need::State::Screening, Some(DISTRICT));
    for (words, said) in [("Not asked", None), ("Asked", Some(false)), ("Given", Some(true))] {
        writeln!(table, "\n{words}").unwrap();
        for (name, actor) in actors(&special) {
            let reads = match opinion::scope(&actor) {
                Some(opinion::Scope::All) => true,
                Some(opinion::Scope::Of(org)) => org == office,
                None => false,
            };
            let reads = if reads && said.is_some() { "reads" } else { "-" };
            write!(table, "  {name:<30}{reads:<7}").unwrap();
            for action in Action::ALL {
                let decided = opinion::decide(&actor, &record, (office, said), &facts, action, now);
                write!(table, "{action:?} {:<9}", cell(true, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("opinion", &table);
}

#[test]
fn rights_on_mail() {
    let mut table = String::from("Mail of the outbox: its link, where it has one, holds.\n");
    for state in mail::State::ALL {
        writeln!(table, "\n{state:?}").unwrap();
        for (name, actor) in actors(&[]) {
            let record = Mail {
                id: MessageId(Uuid::nil()),
                account: SUBJECT,
                about: mail::About::Link(LinkPurpose::Invite),
                record: String::new(),
                quiet: false,
                at: Instant::UNIX_EPOCH,
                state,
                next: None,
                tries: 1,
                trouble: None,
                expires: Some(Instant::from_second(1000).unwrap()),
                sealed: None,
            };
            write!(table, "  {name:<20}").unwrap();
            for action in mail::Action::ALL {
                let decided = mail::decide(&actor, &record, action, Instant::UNIX_EPOCH);
                let visible = mail::visible(&actor);
                write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("mail", &table);
}

/// States of needs that later phases lead to; the list only shrinks.
const LATER: &[need::State] = &[need::State::Taken];

#[test]
fn every_state_of_a_need_is_reached_and_left_or_final() {
    let rules = need::rules::RULES;
    for state in need::State::ALL {
        let reached = rules.iter().any(|rule| rule.to == state && rule.from != state);
        let left = rules.iter().any(|rule| rule.from == state && rule.to != state);
        let later = LATER.contains(&state);
        assert_eq!(reached, !later && state != need::State::Draft, "{state:?}");
        let last = matches!(state, need::State::Withdrawn | need::State::Open);
        assert_eq!(left, !later && !last, "{state:?}");
    }
    let withdrawn: Vec<_> = rules.iter().filter(|rule| rule.action == need::Action::Withdraw).collect();
    assert!(withdrawn.iter().all(|rule| rule.parties == [Party::School, Party::Direct]));
}

#[test]
fn every_state_is_reached_and_left_or_final() {
    for state in policy::State::ALL {
        let reached = policy_rules::RULES.iter().any(|rule| rule.to == state);
        let left = policy_rules::RULES.iter().any(|rule| rule.from == state);
        assert!(state == policy::State::Draft || reached, "{state:?} is never reached");
        assert!(state == policy::State::Discarded || left, "{state:?} is never left");
    }
    for state in account::State::ALL {
        let reached = account::rules::RULES.iter().any(|rule| rule.to == state);
        let left = account::rules::RULES.iter().any(|rule| rule.from == state);
        assert!(state == account::State::Invited || reached, "{state:?} is never reached");
        assert!(left, "{state:?} is never left");
    }
}

#[test]
fn offers_are_what_the_rules_let_pass() {
    for state in policy::State::ALL {
        for (name, actor) in actors(&[("last", person(FIRST, Role::LeadOffice))]) {
            let record = document(state);
            for offer in policy_rules::offers(&actor, &record, Facts { open_fields: 0 }) {
                let decided = policy_rules::decide(&actor, &record, Facts { open_fields: 0 }, offer.action);
                assert_eq!(decided.err(), offer.barred, "{name} {:?}", offer.action);
            }
        }
    }
}
