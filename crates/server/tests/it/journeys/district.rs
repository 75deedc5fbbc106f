//! A district bureau: everything that waits goes up at once, and schools are reminded.

use super::driver::Person;
use super::enter;
use super::roles::help;
use super::year::sound;
use crate::serve::Served;

/// Ticks every row: in the head of the table, which cards have above them.
async fn tick_all(person: &Person) {
    person.press(if person.narrow { ".pick-all input" } else { "thead input[type=checkbox]" }).await;
}

/// Whatever the other journeys left, so that this one comes last.
pub(super) async fn sends_what_waits(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    enter(&person, "区县教体局").await;
    person.see(person.say("审核报送", "Forward")).await;
    // The folded row of 待办 leads here by one click more.
    person.open("/app/needs?state=submitted").await;
    help::tells_the_keys(&person).await;
    person.begin();
    sound(&person).await;
    tick_all(&person).await;
    person.see(person.say("已选", "picked")).await;
    sound(&person).await;
    person.press(".bulk-bar .button-row a").await;
    person.see(person.say("高校联络服务处收到这些需求", "The liaison office gets these needs")).await;
    sound(&person).await;
    person.press("form button[type=submit]").await;
    person.there(".link-list a[href^='/app/summaries/']").await;
    person.within(5, "forwarding all that waits");
    sound(&person).await;
    reminds(&person).await;
    help::offers_the_guides(&person, ["district-bureau", "responsible-office"]).await;
    person.leave().await;
}

/// 报送情况 › 未报, 全选, 催报 › confirm.
async fn reminds(person: &Person) {
    person.open("/app/cycles/2026?tab=filing").await;
    person.see(person.say("个未报", "have not filed")).await;
    person.begin();
    person.press(".tabs a[href*='show=open']").await;
    person.there(".tabs a[href*='show=open'][aria-current]").await;
    tick_all(person).await;
    sound(person).await;
    person.press(".bulk-bar .button-row a").await;
    person.see(person.say("催报", "Remind")).await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.there("main a[data-kind=primary][href$='tab=filing']").await;
    person.within(5, "reminding schools");
}
