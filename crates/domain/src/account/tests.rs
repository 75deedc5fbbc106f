//! Examples of who administers whom, and which passwords hold.

use super::request::{self, AccountRequestDraft};
use super::rules::{State, check_roles, decide, needs_second_hand};
use super::{Account, Action, Ask, Pending, PostDraft, Refusal, password};
use crate::kernel::{AccountId, Actor, Instant, OrgId, Role, Version};
use crate::org::OrgKind;
use uuid::Uuid;

fn account(id: u128, state: State, asked_by: Option<u128>) -> Account {
    Account {
        id: AccountId(Uuid::from_u128(id)),
        login: "someone".into(),
        name: "某人".into(),
        name_en: "Someone".into(),
        org: OrgId(Uuid::nil()),
        roles: [Role::NeedUnit].into(),
        post: String::new(),
        mail: String::new(),
        state,
        password_set: state != State::Invited,
        pending: asked_by.map(|by| Pending {
            ask: Ask::Roles([Role::LeadOffice].into()),
            by: AccountId(Uuid::from_u128(by)),
            at: Instant::UNIX_EPOCH,
        }),
        second_factor: false,
        last_seen: None,
        version: Version::FIRST,
    }
}

fn person(id: u128, role: Role) -> Actor {
    Actor::person(AccountId(Uuid::from_u128(id)), OrgId(Uuid::nil()), [role])
}

#[test]
fn administrators_administer_others_and_confirm_what_another_asked() {
    let check = |actor: Actor, account: Account, action, expected: Result<State, Refusal>| {
        assert_eq!(decide(&actor, &account, action), expected, "{actor:?} {action:?}");
    };
    let admin = person(1, Role::SystemAdmin);
    check(admin.clone(), account(9, State::Active, None), Action::Disable, Ok(State::Disabled));
    check(admin.clone(), account(9, State::Disabled, None), Action::Enable, Ok(State::Active));
    let never_in = Account { password_set: false, ..account(9, State::Disabled, None) };
    check(admin.clone(), never_in, Action::Enable, Ok(State::Invited));
    check(admin.clone(), account(9, State::Invited, None), Action::Invite, Ok(State::Invited));
    check(admin.clone(), account(1, State::Active, None), Action::Disable, Err(Refusal::OwnAccount));
    check(admin.clone(), account(9, State::Active, Some(2)), Action::Confirm, Ok(State::Active));
    let own = account(9, State::Active, Some(1));
    check(admin.clone(), own.clone(), Action::Confirm, Err(Refusal::SecondAdministratorNeeded));
    check(admin.clone(), own.clone(), Action::Reject, Ok(State::Active));
    check(admin.clone(), own, Action::Grant, Err(Refusal::GrantPending));
    check(admin, account(9, State::Active, None), Action::Confirm, Err(Refusal::NothingPending));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::SystemAdmin) {
        let refused = Err(Refusal::AdministratorOnly);
        check(person(1, role), account(9, State::Active, None), Action::Disable, refused);
    }
}

#[test]
fn a_post_takes_a_second_hand_where_a_seat_is_held_by_it() {
    let admin = person(1, Role::SystemAdmin);
    let member = Account { roles: [Role::LeadingGroup].into(), ..account(9, State::Active, None) };
    let school = account(9, State::Active, None);
    assert_eq!(decide(&admin, &member, Action::SetPost), Ok(State::Active));
    assert!(member.post_decides() && !school.post_decides());
    let other = |it: &Account| Account { post: "局长".into(), ..it.clone() };
    assert!(!other(&member).has_rights_of(&member), "a seat is a right");
    assert!(other(&school).has_rights_of(&school));
    let waits = account(9, State::Active, Some(2));
    assert_eq!(decide(&admin, &waits, Action::SetPost), Err(Refusal::GrantPending));
    assert!(decide(&admin, &account(9, State::Disabled, None), Action::SetPost).is_err());
    assert_eq!(decide(&admin, &account(1, State::Active, None), Action::SetPost), Err(Refusal::OwnAccount));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::SystemAdmin) {
        assert_eq!(decide(&person(1, role), &member, Action::SetPost), Err(Refusal::AdministratorOnly));
    }
}

#[test]
fn a_post_is_another_one_and_says_why() {
    let check = |post: &str, reason: &str, expected: &[&str]| {
        let holder = Account { post: "副局长".into(), ..account(9, State::Active, None) };
        let draft = PostDraft { post: post.into(), reason: reason.into() };
        let found = draft.check(&holder).err().unwrap_or_default();
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected, "{post} {reason}");
    };
    check("局长", "任命", &[]);
    check("", "卸任", &[]);
    check(" 副局长 ", "", &["post", "reason"]);
    check(&"长".repeat(41), &"因".repeat(201), &["post", "reason"]);
}

#[test]
fn roles_fit_their_organisation_and_watchers_stand_alone() {
    assert_eq!(check_roles(&[Role::NeedUnit].into(), OrgKind::School), Ok(()));
    assert_eq!(
        check_roles(&[Role::LeadOffice].into(), OrgKind::School),
        Err(Refusal::RoleDoesNotFit { role: Role::LeadOffice, kind: OrgKind::School })
    );
    assert_eq!(
        check_roles(&[Role::Auditor, Role::Finance].into(), OrgKind::Office),
        Err(Refusal::RoleStandsAlone { role: Role::Auditor })
    );
    assert!(needs_second_hand(&[].into(), &[Role::Finance].into()));
    assert!(!needs_second_hand(&[Role::Finance].into(), &[Role::Finance, Role::Expert].into()));
}

#[test]
fn passwords_are_long_uncommon_and_not_of_their_owner() {
    let check = |word: &str, holds: bool| {
        assert_eq!(password::check("password", word, &["zhangmin", "张敏"]).is_ok(), holds, "{word}");
    };
    check("清泉石上流 柳色新", false);
    check("清泉石上流，柳色年年新又新", true);
    check("short", false);
    check("123456789012", false);
    check("zhangmin-loves-tea", false);
    check("bronze kettle under willow", true);
    check(&"长".repeat(129), false);
}

#[test]
fn a_request_names_a_person_and_the_address_by_which_the_account_is_known() {
    let check = |name: &str, mail: &str, expected: &[&str]| {
        let draft = AccountRequestDraft { name: name.into(), mail: mail.into() };
        let found = draft.check().err().unwrap_or_default();
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected, "{name} {mail}");
    };
    check("周远", "zhou@uni.example", &[]);
    check("", "", &["name", "mail"]);
    check("周远", "zhou", &["mail"]);
    check("周远", "zhou yuan@uni.example", &["mail"]);
    check(&"远".repeat(41), "zhou@uni.example", &["name"]);
    let long = format!("{}@uni.example", "z".repeat(250));
    check("周远", &long, &["mail"]);
    let wanted = AccountRequestDraft { name: " 周远 ".into(), mail: " Zhou@Uni.example ".into() }.check();
    let wanted = wanted.unwrap();
    assert_eq!((wanted.name.as_str(), wanted.mail.as_str()), ("周远", "zhou@uni.example"));
    assert!(request::check_reason(" ").is_err() && request::check_reason(&"因".repeat(201)).is_err());
    assert_eq!(request::check_reason(" 不是本校教师 "), Ok("不是本校教师".to_owned()));
}

#[test]
fn an_account_answers_a_request_by_its_address_and_its_role() {
    let check = |role, mail: &str, asked: &str, expected: bool| {
        let account = Account { roles: [role].into(), mail: mail.into(), ..account(9, State::Invited, None) };
        assert_eq!(request::answers(&account, asked), expected, "{role:?} {mail} {asked}");
    };
    check(Role::University, "Zhou@uni.example", "zhou@uni.example", true);
    check(Role::Expert, "zhou@uni.example", "zhou@uni.example", false);
    check(Role::University, "zhou@uni.example", "li@uni.example", false);
    check(Role::University, "", "", false);
}
