//! Who watches: what was done to a record, and by whom, from a search.

use super::super::driver::Person;
use super::super::enter;
use super::super::year::sound;
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
    person.leave().await;
}
