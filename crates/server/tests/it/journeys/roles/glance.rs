//! What is one step away from 待办: how far the year has come, and what one's own office answers for.

use super::super::driver::Person;
use super::super::year::sound;

/// The figures of each phase, and on whom it waits.
pub(in super::super) async fn the_whole_picture(person: &Person) {
    person.open("/app").await;
    person.begin();
    person.press("main nav.button-row a[href='/app/cycles/2026']").await;
    person.see(person.say("已报送的需求", "Needs that have arrived")).await;
    person.within(1, "the whole picture");
    sound(person).await;
}

/// The measures of one's own office.
pub(in super::super) async fn own_measures(person: &Person, office: &str) {
    person.open("/app").await;
    person.begin();
    person.press(&format!("main nav.button-row a[href='/app/organisations/{office}']")).await;
    person.there(".record__section .link-list a[href^='/app/policies/']").await;
    person.within(1, "an office's measures");
    sound(person).await;
}
