//! What suggestions weigh is changed before universities apply, and stands with the cycle's rules.

use super::super::driver::Person;
use super::super::year::sound;

/// 规则与指标 › 修改: shares that do not add up are not taken; others are, with the reason.
pub(in super::super) async fn are_changed(person: &Person) {
    let change = "a[href='/app/cycles/2026/affinity']";
    let (disciplines, text) = if person.english { ("25", "30") } else { ("30", "25") };
    let reason = person.say("文字相近的也要多看", "What is written tells more than we thought");
    person.open("/app/cycles/2026?tab=rules").await;
    person.there(change).await;
    sound(person).await;
    person.press(change).await;
    person.see(person.say("权重合计 100，应为 100", "Weights add up to 100, must be 100")).await;
    person.fill("weights.disciplines", "0").await;
    person.fill("weights.text", "0").await;
    person.paste("reason", reason).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("合计应为 100，现为 45", "Add up to 45, must be 100")).await;
    sound(person).await;
    person.fill("weights.disciplines", disciplines).await;
    person.fill("weights.text", text).await;
    person.press(".form-foot button[type=submit]").await;
    person.press(".tabs a[href$='tab=rules']").await;
    person.press(".record__section:last-child details summary").await;
    person.see(reason).await;
    let shown = person.text_of(".record__section:last-child dl").await;
    assert!(shown.contains(disciplines) && shown.contains(text), "{shown}");
    sound(person).await;
}
