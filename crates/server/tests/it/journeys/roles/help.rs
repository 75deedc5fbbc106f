//! 帮助: the guide of one's role from any page, and the keys that lists know.

use super::super::driver::Person;
use super::super::year::sound;
use thirtyfour::Key;

/// 帮助 in the head, which lies behind the menu on a phone.
async fn asks(person: &Person) {
    if person.narrow {
        person.press("#menu").await;
        person.press(".drawer a[href*='/help']").await;
    } else {
        person.press(".app-tools a[href*='/help']").await;
    }
}

/// Whoever has one role reads its guide at once.
pub(in super::super) async fn leads_to_the_guide(person: &Person, guide: &str) {
    person.open("/app").await;
    asks(person).await;
    person.there(".guide h2").await;
    assert_eq!(person.path().await, format!("{}/help/{guide}", person.say("", "/en")));
    sound(person).await;
}

/// Whoever has several roles chooses among the guides for them, which stand in front of all others.
pub(in super::super) async fn offers_the_guides(person: &Person, guides: [&str; 2]) {
    person.open("/app").await;
    asks(person).await;
    person.see(person.say("你的指南", "Your guides")).await;
    sound(person).await;
    for guide in guides {
        let link = format!("section:first-of-type .link-list a[href$='/help/{guide}']");
        assert_eq!(person.count(&link).await, 1, "{guide}");
    }
    person.press(&format!(".link-list a[href$='/help/{}']", guides[0])).await;
    person.there(".crumbs a[href$='/help']").await;
    sound(person).await;
}

/// In a list: `?` tells the keys, which go through the rows and tick them.
pub(in super::super) async fn tells_the_keys(person: &Person) {
    person.there("tbody tr:nth-child(2) th a").await;
    person.key("?").await;
    person.at_keyboard("#keys-close").await;
    sound(person).await;
    person.key(Key::Escape).await;
    // They are off while they are told: what follows is for the list again.
    person.at_keyboard("body, #main, h1").await;
    person.key("j").await;
    person.at_keyboard("tbody tr:nth-child(1) th a").await;
    person.key("j").await;
    person.at_keyboard("tbody tr:nth-child(2) th a").await;
    person.key("k").await;
    person.at_keyboard("tbody tr:nth-child(1) th a").await;
    person.key("x").await;
    person.there(".bulk-bar").await;
    person.key("x").await;
    person.gone(person.say("已选 1", "1 picked")).await;
}
