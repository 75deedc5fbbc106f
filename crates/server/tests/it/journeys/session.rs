//! A session that ends under the hands of whoever writes: they go on on the spot, and nobody else inherits what
//! they typed.

use super::driver::Person;
use super::{enter, leave, sign_in};
use crate::serve::Served;
use thirtyfour::Key;

pub(super) async fn a_session_ends(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    let title = "#field-title";
    enter(&person, "需求单位").await;
    person.click(person.say("填报需求", "File a need")).await;
    person.click(person.say("填写基本情况", "Fill in: Basics")).await;
    person.add(title, "校园植物图鉴").await;
    person.see(person.say("已保存", "Saved")).await;
    let form = person.path().await;

    // The same person comes in again, over what they typed; the account is theirs and nobody else's.
    person.lose_session().await;
    person.add(title, "与步道").await;
    person.see(person.say("登录已过期", "Your session has ended")).await;
    person.see("wanghaifeng").await;
    assert_eq!(person.count(".ended #field-login").await, 0, "nobody else comes in over it");
    person.accessible().await;
    person.fits().await;
    // The keyboard is where it goes on, and not behind.
    person.at_keyboard(".ended #field-password").await;
    assert_eq!(person.count(".app[inert]").await, 1);
    person.fill("password", &served.password()).await;
    person.press(".ended button[type=submit]").await;
    person.see(person.say("已保存", "Saved")).await;
    person.at_keyboard(title).await;
    assert_eq!(person.value(title).await, "校园植物图鉴与步道");

    // Another person takes the keyboard: they are told what is lost, and find nothing of the first.
    person.lose_session().await;
    person.add(title, "，未保存").await;
    person.see(person.say("登录已过期", "Your session has ended")).await;
    person.click(person.say("换一个账号", "Use another account")).await;
    person.click(person.say("丢掉未保存的内容", "Drop it and use another")).await;
    person.see(person.say("演示：选一个身份进入", "Demonstration: enter as one of these")).await;
    assert_eq!(person.path().await, "/app", "the first one's page is gone too");
    sign_in(served, &person, "liwenjing").await;
    leave(&person).await;
    sign_in(served, &person, "wanghaifeng").await;
    person.open(&form).await;
    person.see(person.say("第 1 节", "Page 1")).await;
    assert_eq!(person.value(title).await, "校园植物图鉴与步道", "what another could have sent was not sent");
    person.leave().await;
}

/// The drawer of a phone takes the keyboard and gives it back.
pub(super) async fn the_drawer(served: &Served) {
    let person = Person::at(&format!("http://{}", served.address), true, false).await;
    enter(&person, "需求单位").await;
    person.press("#menu").await;
    person.at_keyboard("#drawer-close").await;
    assert_eq!(person.count(".app[inert]").await, 1, "what lies under it is out of reach");
    person.accessible().await;
    person.key(Key::Escape).await;
    person.at_keyboard("#menu").await;
    assert_eq!(person.count(".drawer").await, 0);
    person.leave().await;
}
