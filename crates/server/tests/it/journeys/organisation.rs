//! A university is made by hand; the page that imports a table stands ready.

use super::driver::Person;
use super::enter;
use crate::serve::Served;

/// An administrator at the page for new organisations.
pub(super) async fn a_university_is_made(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    let end = format!("{}{}", u8::from(narrow), u8::from(english));
    enter(&person, "系统管理员").await;
    person.open("/app/organisations/new").await;
    person.press("#field-kind option[value='university']").await;
    person.fill("slug", &format!("chengnan{end}")).await;
    person.fill("name", &format!("城南大学{end}")).await;
    person.accessible().await;
    person.fits().await;
    let save = person.say("保存单位", "Save the organisation");
    person.click(save).await;
    person.see(person.say("高校信息：未填", "University: Not filled in")).await;
    person.accessible().await;
    person.press("#field-place option[value='in_jinan']").await;
    person.press("#field-affiliation option[value='province']").await;
    person.press("#field-university_kind option[value='undergraduate']").await;
    person.click(person.say("师范类", "Normal")).await;
    person.click(save).await;
    person.see(person.say("能为中小学做什么", "What it offers to schools")).await;
    person.see(person.say("师范类", "Normal")).await;
    person.accessible().await;

    person.open("/app/organisations/import").await;
    person.see(person.say("下载空表", "Download the empty table")).await;
    person.accessible().await;
    person.fits().await;
    person.leave().await;
}
