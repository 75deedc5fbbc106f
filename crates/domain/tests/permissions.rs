//! Golden tables of rights: who may do what in which state, as the leading group could read it.
//!
//! A change of rights is a change of `docs/reference/permissions/`. `RONGHE_BLESS=1` writes the tables anew.

#![expect(clippy::unwrap_used, reason = "tests")]

use ronghe_domain::account::{self, Account, Ask, Pending};
use ronghe_domain::kernel::{AccountId, Actor, Instant, OrgId, PolicyId, RefusalKind, Role, Version};
use ronghe_domain::policy::rules::{self as policy_rules, Facts};
use ronghe_domain::policy::{self, Content, Policy, PolicyDraft, Published};
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
    for state in account::State::ALL {
        for pending in [false, true] {
            let waits = if pending { ", something waits" } else { "" };
            writeln!(table, "\n{state:?}{waits}").unwrap();
            for (name, actor) in actors(&special) {
                let record = account(state, pending);
                let visible = account::rules::visible(&actor, &record);
                write!(table, "  {name:<36}").unwrap();
                for action in account::Action::ALL {
                    let decided = account::rules::decide(&actor, &record, action);
                    write!(table, "{action:?} {:<9}", cell(visible, decided.map_err(|r| r.kind()))).unwrap();
                }
                let trimmed = table.trim_end().len();
                table.truncate(trimmed);
                table.push('\n');
            }
        }
    }
    check("account", &table);
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
