//! The unit of a need: what is offered to it once an application is accepted, and what it thinks of it.

use super::driver::Person;
use super::year::sound;
use super::{leave, sign_in};
use crate::serve::Served;

/// Reads what is offered, says that it is to be discussed, and why. Who offers it reads nothing of that. Gives
/// who files for the need that nobody answered.
pub(super) async fn says_what_it_thinks(served: &Served, person: &Person) -> &'static str {
    sign_in(served, person, "linxiaozhou").await;
    person.open("/app/applications/A2026-0001").await;
    person.see("高中驻校支持").await;
    // Whichever need of the two on the list it answers.
    let is_first = person.text().await.contains("N2026-0001");
    let (unit, other) = if is_first { ("guhuaijin", "yinlina") } else { ("yinlina", "guhuaijin") };
    leave(person).await;

    sign_in(served, person, unit).await;
    person.see(person.say("提意见", "Give an opinion on")).await;
    person.begin();
    person.press("a.inbox__what[href*='#opinion']").await;
    person.see(person.say("需求单位意见", "Opinion of the need's unit")).await;
    person.see(person.say("还没有提意见", "It has not come yet")).await;
    let offered = person.text().await;
    assert!(offered.contains("高中驻校支持") && !offered.contains("0531-00000002"), "{offered}");
    sound(person).await;
    person.click(person.say("需协商", "To be discussed")).await;
    person.press("#opinion form button[type=submit]").await;
    person.see(person.say("未填", "Not filled in")).await;
    person.paste("reason", "驻校时间要和学校课表对一对。").await;
    sound(person).await;
    person.press("#opinion form button[type=submit]").await;
    person.see(person.say("另提意见", "Say it anew")).await;
    person.within(4, "giving a unit's opinion");
    sound(person).await;
    leave(person).await;

    sign_in(served, person, "linxiaozhou").await;
    person.open("/app/applications/A2026-0001").await;
    person.see("高中驻校支持").await;
    assert!(!person.text().await.contains("驻校时间要和学校课表对一对"));
    leave(person).await;
    other
}
