//! Needs that say much the same: found among those that the caller sees, and as they are now.

use crate::problem;
use ronghe_client::Client;
use ronghe_contract::need::{ActOnNeed, AlikeView, StartNeed};
use ronghe_domain::need::{Field, NeedDraft};
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};

const BACKGROUND: &str = "学校天台闲置多年，学生对天气很感兴趣，但是没有设备，也没有会用设备的老师。";
const GOALS: &str = "建成一个小型气象站，每周开一次数据课，由高校师生指导，写出十六课时的教案。";

fn draft(background: &str, goals: &str) -> NeedDraft {
    NeedDraft { background: background.into(), goals: goals.into(), ..need_draft() }
}

async fn submit(school: &Client, draft: NeedDraft) -> String {
    let begun = school.start_need(&StartNeed { draft, ..StartNeed::default() }).await.unwrap();
    act(school, &begun.row.name, ActOnNeed::Submit).await
}

async fn act(client: &Client, name: &str, action: ActOnNeed) -> String {
    let version = client.show_need(name).await.unwrap().version;
    client.act_on_need(name, &version, &action).await.unwrap().row.name
}

async fn alike(client: &Client, name: &str) -> Vec<AlikeView> {
    client.list_alike_needs(name).await.unwrap().items
}

fn names(found: &[AlikeView]) -> Vec<&str> {
    found.iter().map(|it| it.need.name.as_str()).collect()
}

fn cut(text: &str, from: usize, to: usize) -> String {
    text.chars().skip(from).take(to - from).collect()
}

db_test!(needs_are_alike_among_those_that_one_sees_and_as_they_are_now, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let (other, other_district) = (test.signed_in("fuyazhi").await, test.signed_in("niuchunxia").await);
    let (neighbour, lead) = (test.signed_in("xuxiangyang").await, test.entered("zhangmin").await);
    let own = submit(&school, draft(BACKGROUND, GOALS)).await;
    let near = submit(&neighbour, draft(BACKGROUND, "建一个校园气象站，带动两所小学。")).await;
    let copy = submit(&other, draft(&BACKGROUND.replace('，', "、"), GOALS)).await;

    assert!(alike(&school, &own).await.is_empty(), "a school sees its own needs alone");
    assert_eq!(names(&alike(&district, &own).await), [&near], "a district those of its schools");
    assert_eq!(problem(lead.list_alike_needs(&own).await).status, 404, "it has not arrived");
    assert_eq!(problem(other.list_alike_needs(&own).await).status, 404);
    assert_eq!(problem(test.client.list_alike_needs(&own).await).status, 404, "a visitor sees none");

    for (bureau, need) in [(&district, &own), (&district, &near), (&other_district, &copy)] {
        act(bureau, need, ActOnNeed::Forward).await;
    }
    let found = alike(&lead, &own).await;
    assert_eq!(names(&found), [&copy, &near], "the likest first");
    assert_eq!(found[0].likeness, 100, "marks make no difference");
    assert!((20..90).contains(&found[1].likeness), "{}", found[1].likeness);
    let fields: Vec<Field> = found[1].fields.iter().map(|it| it.field).collect();
    assert_eq!(fields, [Field::Title, Field::Background, Field::Goals, Field::Benefit]);
    let background = &found[0].fields[1];
    let [passage] = background.passages[..] else { panic!("{background:?}") };
    let whole = cut(&background.own, passage.own_from, passage.own_to);
    assert_eq!(whole, BACKGROUND.trim_end_matches('。'));
    let its = cut(&background.other, passage.other_from, passage.other_to);
    assert_eq!(its.replace('、', "，"), whole);
    assert!(found[1].fields[2].passages.is_empty(), "terms of the trade are no passage");

    let back = ActOnNeed::Return { corrections: vec![], remark: "改".into(), until: String::new() };
    act(&lead, &near, back).await;
    let version = neighbour.show_need(&near).await.unwrap().version;
    let mut otherwise = draft("食堂的菜单没有人配餐。", "请营养专业的教师定期来校。");
    (otherwise.title, otherwise.benefit) = ("膳食营养指导".into(), "吃得更好。".into());
    neighbour.save_need(&near, &version, &otherwise).await.unwrap();
    assert_eq!(names(&alike(&lead, &own).await), [&copy, &near], "what is typed is not submitted");
    act(&neighbour, &near, ActOnNeed::Submit).await;
    assert_eq!(names(&alike(&lead, &own).await), [&copy], "it says something else now");
    act(&other, &copy, ActOnNeed::Withdraw).await;
    assert!(alike(&lead, &own).await.is_empty(), "what is withdrawn takes no part");
});
