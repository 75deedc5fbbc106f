//! Who watches: what was done to a record, and by whom, from a search; a long list as a file; the guide.

use super::super::driver::Person;
use super::super::year::sound;
use super::super::{enter, leave, sign_in};
use super::help;
use crate::serve::Served;

/// Search › 动态, of a need that a district has forwarded; nothing is offered there.
pub(in super::super) async fn finds_who_did_what(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    enter(&person, "何清").await;
    person.begin();
    if narrow {
        person.press(".bottom-bar a[href='/app/search']").await;
    }
    let words = if narrow { "main input[type=search]" } else { "#search" };
    // A number leads to its record at once.
    person.add(words, "N2026-0001\n").await;
    person.there("article.record").await;
    assert_eq!(person.count(".offers a, .offers button").await, 0, "who watches changes nothing");
    sound(&person).await;
    person.press(".tabs a[href$='tab=events']").await;
    person.there(".timeline li").await;
    person.within(3, "who changed a need");
    assert!(person.text().await.contains("顾怀瑾"));
    sound(&person).await;
    takes_a_long_list_out(served, &person).await;
    help::leads_to_the_guide(&person, "auditor").await;
    person.leave().await;
}

/// 需求 › 导出 › as what: a list that is too long to wait for is made in the background, for who asked alone.
async fn takes_a_long_list_out(served: &Served, person: &Person) {
    let file = "a[download][href$='/file']";
    let nothing = person.say("没有导出的文件", "There is no exported file");
    person.open("/app").await;
    person.there("main .button-row a").await;
    person.lists_are_long().await;
    person.begin();
    if person.narrow {
        person.press("#menu").await;
        person.press(".drawer a[href='/app/needs']").await;
    } else {
        person.press(".app-nav a[href='/app/needs']").await;
    }
    person.press(".page-head details.menu summary").await;
    person.press(".page-head .menu__list li:first-child button").await;
    person.see(person.say("文件在后台生成", "the file is made in the background")).await;
    // On a phone the list lies behind the menu.
    person.within(if person.narrow { 4 } else { 3 }, "taking a list out");
    sound(person).await;
    person.press("main p[role=status] a[href='/app/exports']").await;
    // The page looks again by itself until the file is there.
    person.there(file).await;
    sound(person).await;
    person.press(file).await;
    assert!(person.saved(".xlsx").await.starts_with(b"PK"));
    let address = person.target(file).await;
    assert_eq!(person.status(&address).await, 200);
    leave(person).await;

    sign_in(served, person, "zhangmin").await;
    person.open("/app/exports").await;
    person.see(nothing).await;
    sound(person).await;
    assert_eq!(person.status(&address).await, 404, "it is nobody else's");
    leave(person).await;

    sign_in(served, person, "heqing").await;
    person.open("/app/exports").await;
    person.there(file).await;
    person.press("main .inbox__row button").await;
    person.see(nothing).await;
    assert_eq!(person.status(&address).await, 404, "it is gone");
}
