//! Needs for which nobody has applied: known from the opening on, and not before.

use super::opined::unit_of;
use super::{applying, handed_in, opened};
use ronghe_client::{Client, ListMessages};
use ronghe_domain::message::Kind;
use ronghe_domain::need::State;
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
    assert_eq!(view.offers.len(), 0, "there is nothing left to do with it: {:?}", view.offers);
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}
