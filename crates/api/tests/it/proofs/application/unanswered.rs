//! Needs for which nobody has applied: known from the opening on, and not before.

use super::opined::unit_of;
use super::{applying, handed_in, opened};
use crate::problem;
use crate::proofs::lists::{judged, published};
use ronghe_client::{Client, ListMessages};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_domain::message::Kind;
use ronghe_domain::need::{Action, Refusal, State};
use ronghe_domain::need_list::ListDraft;
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_testkit::TestApp;

async fn told(who: &Client) -> usize {
    let found = who.list_messages(&ListMessages::default()).await.unwrap().items;
    found.iter().filter(|it| it.kind == Kind::NeedLeftOpen).count()
}

#[tokio::test]
async fn a_need_stands_open_once_the_seals_are_opened_and_nobody_has_applied() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let (lead, uni) = (test.entered("zhangmin").await, test.entered("linxiaozhou").await);
    handed_in(&uni, &needs[0]).await;
    let of = async |who: &Client, name: &str| who.show_need(name).await.unwrap().row.state;
    for name in &needs {
        assert_eq!((of(&lead, name).await, of(&uni, name).await), (State::Listed, State::Listed));
        assert!(!ronghe_app::need::is_left_open(&test.app, name).await.unwrap());
    }
    assert_eq!(told(&unit_of(&test, &needs[1]).await).await, 0);

    opened(&test).await;
    let (lead, uni) = (test.entered("zhangmin").await, test.entered("linxiaozhou").await);
    for (name, state) in needs.iter().zip([State::Listed, State::Open]) {
        assert_eq!((of(&lead, name).await, of(&uni, name).await), (state, state));
        let left = ronghe_app::need::is_left_open(&test.app, name).await.unwrap();
        assert_eq!(left, state == State::Open, "the public reads the same of {name}");
    }
    let unit = unit_of(&test, &needs[1]).await;
    assert!(told(&unit).await >= 1, "its unit is told");
    let view = unit.show_need(&needs[1]).await.unwrap();
    assert!(view.meant.is_some(), "what was meant with it is still read");
    let [offer] = view.offers.as_slice() else { panic!("{:?}", view.offers) };
    assert_eq!((offer.action, offer.barred), (Action::Carry, Some(Refusal::NothingCollects)));
    let early = problem(unit.carry_need(&needs[1]).await);
    assert_eq!((early.status, early.refusal.unwrap()["code"].as_str()), (409, Some("nothing_collects")));
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

#[tokio::test]
async fn a_need_left_open_is_carried_on_once_by_its_unit() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    handed_in(&uni, &needs[0]).await;
    opened(&test).await;
    let lead = test.entered("zhangmin").await;
    let next = lead.draft_following_cycle("2026").await.unwrap();
    let made = lead.create_cycle(&next).await.unwrap();
    lead.act_on_cycle("2027", &made.version, &ActOnCycle::Open).await.unwrap();

    let unit = unit_of(&test, &needs[1]).await;
    assert_eq!(problem(lead.carry_need(&needs[1]).await).status, 403, "it is its unit's");
    assert_eq!(problem(test.entered("linxiaozhou").await.carry_need(&needs[1]).await).status, 403);
    let other = unit_of(&test, &needs[0]).await;
    assert_eq!(problem(other.carry_need(&needs[0]).await).status, 409, "somebody has applied for it");
    let before = unit.show_need(&needs[1]).await.unwrap();
    let told = before.offers.iter().find(|it| it.action == Action::Carry).unwrap();
    assert_eq!(told.barred, None);
    let made = unit.carry_need(&needs[1]).await.unwrap();
    let draft = unit.show_need(&made.name).await.unwrap();
    assert_eq!((draft.row.state, draft.row.year.as_str()), (State::Draft, "2027"));
    let (typed, content) = (draft.draft.unwrap(), before.content.unwrap());
    assert_eq!((typed.title, typed.goals), (content.title, content.goals));
    assert!(!typed.measures.is_empty(), "it is the same policy");
    assert_eq!(draft.attachments.len(), content.attachments.len());
    assert_eq!(draft.carried_from.unwrap().name, needs[1]);

    let after = unit.show_need(&needs[1]).await.unwrap();
    assert_eq!(after.carried_into.unwrap().name, made.name);
    assert_eq!(after.row.state, State::Open);
    let told = after.offers.iter().find(|it| it.action == Action::Carry).unwrap();
    assert_eq!(told.barred, Some(Refusal::AlreadyCarried));
    assert_eq!(problem(unit.carry_need(&needs[1]).await).status, 409);
    let seen = lead.show_need(&needs[1]).await.unwrap();
    assert_eq!(seen.carried_into, None, "a draft is its unit's own");
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

#[tokio::test]
async fn a_version_after_the_opening_takes_out_and_brings_in_what_nobody_can_apply_for() {
    let (test, lead, names) = judged().await;
    published(&test, &lead, &ListDraft::default()).await;
    let needs = applying(&test).await;
    let (added, removed) = (&names[2], &names[4]);
    let wanted = needs.iter().find(|name| *name != removed).unwrap();
    handed_in(&test.entered("linxiaozhou").await, wanted).await;
    opened(&test).await;
    let lead = test.entered("zhangmin").await;
    let of = async |name: &str| lead.show_need(name).await.unwrap().row.state;
    assert_eq!((of(removed).await, of(added).await), (State::Open, State::Declined));
    let change = |name: &str| vec![ChangeDraft { need: name.to_owned(), reason: "学校变动".into() }];
    let draft = ListDraft {
        remove: change(removed),
        add: change(added),
        reason: "一进一出".into(),
        ..ListDraft::default()
    };
    published(&test, &lead, &draft).await;
    assert_eq!((of(removed).await, of(added).await), (State::Declined, State::Open));
    assert_eq!(of(wanted).await, State::Listed, "somebody has applied for it");
    assert!(ronghe_app::need::is_left_open(&test.app, added).await.unwrap());
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}
