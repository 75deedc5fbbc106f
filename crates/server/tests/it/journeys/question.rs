//! 答疑: a university asks about a need of the list, it is answered, and everybody reads both.

use super::driver::Person;
use super::roles::language::there_and_back;
use super::year::sound;
use super::{leave, sign_in};
use crate::serve::Served;

/// Asked by a university, answered by the lead office, read on the portal; nobody is told who asked.
pub(super) async fn is_answered(served: &Served, person: &Person) {
    sign_in(served, person, "linxiaozhou").await;
    person.open("/app/needs?state=listed").await;
    person.press("tbody tr:first-child th a").await;
    person.click(person.say("答疑", "Questions")).await;
    person.see(person.say("还没有提问", "Nothing has been asked")).await;
    sound(person).await;
    person.paste("question", "驻校时间能否集中在秋季学期？").await;
    there_and_back(person, ("还没有提问", "Nothing has been asked")).await;
    assert_eq!(person.value("#field-question").await, "驻校时间能否集中在秋季学期？");
    person.press("form .form-foot button[type=submit]").await;
    person.see(person.say("本校提问", "Yours")).await;
    sound(person).await;
    leave(person).await;

    sign_in(served, person, "zhangmin").await;
    person.open("/app/questions").await;
    person.begin();
    person.click("驻校时间能否集中在秋季学期？").await;
    person.see(person.say("你看不到是哪一所", "you do not learn which")).await;
    person.paste("answer", "可以，寒假前完成即可。").await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("已答复", "Answered")).await;
    person.within(3, "answering a question");
    assert!(!person.text().await.contains(person.say("本校提问", "Yours")));
    sound(person).await;
    leave(person).await;

    let mut read = 0;
    for number in ["2026-001", "2026-002"] {
        person.open(&format!("{}/needs/{number}", person.say("", "/en"))).await;
        person.see(person.say("答疑", "Questions and answers")).await;
        sound(person).await;
        read += usize::from(person.text().await.contains("可以，寒假前完成即可。"));
    }
    assert_eq!(read, 1, "it stands on the page of its need alone");
}
