//! A school: a need filed without a detour, and what became of one.

use super::super::driver::Person;
use super::super::year::sound;
use super::super::{leave, sign_in, speaks};
use crate::serve::Served;

/// 填报 › 7 sections › check, tick, 提交: choices are made by keyboard, as everything else that is typed.
pub(in super::super) async fn files_a_need(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    speaks(&person).await;
    sign_in(served, &person, "wanghaifeng").await;
    let page = async |number: u32| {
        let (zh, en) = (format!("第 {number} 节"), format!("Page {number}"));
        person.see(person.say(&zh, &en)).await;
    };
    let go_on = async || person.press(".form-foot button[type=submit]").await;
    person.begin();
    person.click(person.say("填报需求", "File a need")).await;
    person.click(person.say("填写基本情况", "Fill in: Basics")).await;
    page(1).await;
    person.fill("title", "校园植物图鉴").await;
    person.pick("measures", "2").await;
    person.tick("#field-forms label:nth-of-type(1) input").await;
    go_on().await;
    page(2).await;
    person.tick("#field-stages label:nth-of-type(3) input").await;
    person.paste("students", "200").await;
    person.paste("teachers", "4").await;
    go_on().await;
    for (number, fields) in [
        (3, &[("background", "校园里有百余种植物，没有人认得全。"), ("goals", "编一本图鉴。")][..]),
        (4, &[("benefit", "学生认得身边的植物。")]),
        (5, &[]),
        (6, &[("budget", "20000"), ("period", "一个学年")]),
        (7, &[("contact_name", "王海峰"), ("contact_phone", "0531-00000001")]),
    ] {
        page(number).await;
        for (name, text) in fields {
            person.paste(name, text).await;
        }
        if number == 4 {
            indicator(&person).await;
        }
        go_on().await;
    }
    person.see(person.say("核对并提交", "Check and submit")).await;
    person.click(person.say("内容属实", "It is true")).await;
    person.click(person.say("提交需求", "Submit the need")).await;
    person.see(person.say("区县教体局审核后报送", "The district bureau checks")).await;
    person.within(11, "filing a need");
    sound(&person).await;
    person.leave().await;
}

async fn indicator(person: &Person) {
    person.tick("#field-indicators p .button").await;
    for (part, text) in [("name", "认得的植物"), ("unit", "种"), ("baseline", "0"), ("target", "100")] {
        person.add(&format!("input[name='indicators[0].{part}']"), text).await;
    }
}

/// Once the list is published, the school whose need is not on it reads that, and why; before that it read 遴选中.
pub(in super::super) async fn reads_what_became_of_it(served: &Served, person: &Person, published: bool) {
    sign_in(served, person, "tianmu").await;
    person.open("/app/needs?sort=number").await;
    person.there("tbody tr").await;
    if !published {
        // Not in the filters, which know every state.
        let rows = person.text_of("tbody").await;
        assert!(rows.contains(person.say("遴选中", "Screening")), "{rows}");
        assert!(!rows.contains(person.say("未列入清单", "Not listed")), "{rows}");
        leave(person).await;
        return;
    }
    person.open("/app/needs?state=declined").await;
    person.begin();
    person.press("tbody tr:first-child th a").await;
    person
        .see(person.say("没有列入清单：需求不具体", "It is not on the list: It does not say what is wanted"))
        .await;
    person.within(1, "what became of a need");
    assert_eq!(person.count(".banner[data-turn=error]").await, 1);
    sound(person).await;
    leave(person).await;
}
