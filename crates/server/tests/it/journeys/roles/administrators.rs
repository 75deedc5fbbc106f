//! Two administrators: what universities ask for, a post that decides, which takes both of them, and an account that is
//! closed.

use super::super::driver::Person;
use super::super::year::sound;
use super::super::{leave, sign_in, speaks};
use crate::serve::Served;

/// The post that is asked for, and why.
const POST: &str = "分管副局长";
const WHY: &str = "分工调整";

/// The whole way; `login` is the account that is closed.
pub(in super::super) async fn share_their_work(served: &Served, login: &str, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    speaks(&person).await;
    sign_in(served, &person, "linxiaozhou").await;
    two_are_asked_for(&person).await;
    leave(&person).await;
    sign_in(served, &person, "wuxiao").await;
    one_is_declined(&person).await;
    a_post_is_asked_for(&person).await;
    leave(&person).await;
    sign_in(served, &person, "dingkai").await;
    the_post_is_confirmed(&person).await;
    one_is_closed(&person, login).await;
    leave(&person).await;
    person.leave().await;
}

/// A university asks for accounts of two colleagues at once, and takes one of them back.
async fn two_are_asked_for(person: &Person) {
    person.open("/app/accounts/requests").await;
    person.fill("1.name", "苗青").await;
    person.fill("1.mail", "miaoqing@example.org").await;
    person.click(person.say("再加一位", "One more person")).await;
    person.fill("2.name", "裴然").await;
    person.fill("2.mail", "peiran@example.org").await;
    sound(person).await;
    person.press("form.card button[data-kind=primary]").await;
    person.see("peiran@example.org").await;
    person.see("miaoqing@example.org").await;
    sound(person).await;
    person.press("li.card:first-child form button[type=submit]").await;
    person.see(person.say("已撤回", "Taken back")).await;
    assert_eq!(person.count("li.card form button[type=submit]").await, 1, "the other one still waits");
    sound(person).await;
}

/// The one that waits is declined, with the reason.
async fn one_is_declined(person: &Person) {
    person.open("/app/accounts/requests").await;
    person.press("li.card .button-row button").await;
    person.paste("reason", "已有账号，请联系本人。").await;
    sound(person).await;
    person.press("li.card form button[type=submit]").await;
    person.there("li.card .tag[data-turn=error]").await;
    person.see("已有账号，请联系本人。").await;
    sound(person).await;
}

/// Who approves is told by the post: one administrator asks, and does not confirm it.
async fn a_post_is_asked_for(person: &Person) {
    person.open("/app/accounts/fangyun").await;
    person.begin();
    person.press(".record__head a[href$='/post']").await;
    person.fill("post", POST).await;
    person.paste("reason", WHY).await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(WHY).await;
    person.within(2, "asking for another post");
    let second = person.say("由提出者以外的管理员确认", "An administrator other than who asked confirms it");
    person.see(second).await;
    assert_eq!(
        person.count(".record__head a[href$='/confirm']").await,
        0,
        "the first hand is not the second"
    );
    sound(person).await;
}

/// 待办 › who asked, and why › 确认.
async fn the_post_is_confirmed(person: &Person) {
    person.open("/app").await;
    person.begin();
    person.press("a.inbox__what[href='/app/accounts/fangyun']").await;
    person.see(WHY).await;
    sound(person).await;
    person.press(".record__head a[href$='/confirm']").await;
    person.there(".form-foot").await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.there(".record dl.summary-list").await;
    person.within(3, "confirming a post");
    assert!(person.text_of(".record dl.summary-list").await.contains(POST));
    assert_eq!(person.count(".banner[data-turn=yours]").await, 0, "nothing waits any more");
    sound(person).await;
}

/// List, narrowed by a word › account › 停用.
async fn one_is_closed(person: &Person, login: &str) {
    person.open("/app/accounts").await;
    person.begin();
    person.add(".filter-bar input[type=search]", &format!("{login}\n")).await;
    person.press(&format!("tbody a[href='/app/accounts/{login}']")).await;
    person.press(".record__head a[href$='/disable']").await;
    person.there(".form-foot").await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.there(".record__state .tag[data-turn=draft]").await;
    person.within(3, "closing an account");
    sound(person).await;
}
