//! 结转: a need that no university took up goes on into the next year's cycle.

use super::super::driver::Person;
use super::super::year::sound;
use super::super::{leave, sign_in};
use crate::serve::Served;

/// The lead office makes the year after from this one and opens it; `unit` reads that its need stays open, and carries it
/// on, once.
pub(in super::super) async fn goes_on(served: &Served, person: &Person, unit: &str) {
    sign_in(served, person, "zhangmin").await;
    the_next_year_opens(person).await;
    leave(person).await;
    sign_in(served, person, unit).await;
    person.open("/app/needs?state=open").await;
    person.begin();
    person.press("tbody tr:first-child th a").await;
    let fate = person.say(
        "高校申报已截止，没有高校申报本条需求",
        "Applications are closed, and no university has applied for it",
    );
    person.see(fate).await;
    person.within(1, "what became of a need that stays open");
    sound(person).await;
    person.press(".record__head a[href$='/carry']").await;
    person.there(".form-foot").await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("结转自", "Carried on from")).await;
    person.within(3, "carrying a need on");
    sound(person).await;
    person.press(".record .section a[href^='/app/needs/N2026-']").await;
    person.see(person.say("已结转为", "Carried on as")).await;
    assert_eq!(person.count(".record__head a[href$='/carry']").await, 0, "once only");
    sound(person).await;
    leave(person).await;
}

/// Everything is filled in from the year before.
async fn the_next_year_opens(person: &Person) {
    person.open("/app/cycles/2026").await;
    person.press("a[href='/app/cycles/new?after=2026']").await;
    person.see(person.say("照 2026 年度填好", "Filled in from 2026")).await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.press(".record__head a[href='/app/cycles/2027/open']").await;
    person.there(".form-foot").await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.there(".record__state .deadline").await;
    sound(person).await;
}
