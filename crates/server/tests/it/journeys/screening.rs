//! 遴选: the lead office decides beside the queue and on many at once, an office gives its opinion; whose need it
//! is reads 遴选中 all the while.

use super::driver::Person;
use super::roles::glance;
use super::roles::language::there_and_back;
use super::{enter, leave, sign_in};
use crate::serve::Served;

/// The collecting is over: the lead office goes on.
pub(super) async fn goes_on(served: &Served) {
    let person = Person::at(&format!("http://{}", served.address), false, false).await;
    enter(&person, "高校联络服务处").await;
    person.open("/app/cycles/2026/advance").await;
    person.press("form button[type=submit]").await;
    person.there(".tabs a[href$='tab=rules']").await;
    person.open("/app").await;
    person.see("条需求").await;
    person.leave().await;
}

/// Opens the pane of the verdict, which lies behind the text on a phone.
async fn verdict(person: &Person) {
    if person.narrow {
        person.press(".pane__tabs button:last-child").await;
    }
}

/// One need beside the queue: two clicks decide, the next one opens, one takes it back.
async fn one_after_the_other(person: &Person) {
    person.open("/app/screening?show=open").await;
    person.see(person.say("遴选中的需求", "Needs in screening")).await;
    person.accessible().await;
    person.fits().await;
    person.press("tbody tr:first-child th a").await;
    person.see(person.say("下一条", "Next")).await;
    let first = person.path().await;
    verdict(person).await;
    person.see(person.say("责任单位意见", "Opinions of offices")).await;
    person.see(person.say("相近需求", "Alike")).await;
    person.accessible().await;
    person.fits().await;
    person.press(".panes button[aria-expanded]:nth-of-type(2)").await;
    person.see(person.say("不列入的理由", "Why it is not listed")).await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("需求不具体", "It does not say what is wanted")).await;
    person.see(person.say("遴选意见已保存", "the verdict is kept")).await;
    assert_ne!(person.path().await, first, "the next one opens");
    person.click(person.say("回去撤销", "Go back to take it back")).await;
    person.see(person.say("下一条", "Next")).await;
    verdict(person).await;
    person.see(person.say("需求单位只看到", "its unit reads")).await;
    person.accessible().await;
    person.press(".panes form button[type=submit]").await;
    person.see(person.say("清单发布后", "Its unit reads it")).await;
}

/// Many on one page: their offices are asked, then all of them are declined for one reason.
async fn many_at_once(person: &Person) -> String {
    let pick = async |number: usize| {
        person.press(&format!("tbody tr:nth-child({number}) input[type=checkbox]")).await;
    };
    person.open("/app/screening?show=open").await;
    pick(1).await;
    pick(2).await;
    person.see(person.say("已选 2 条", "2 picked")).await;
    person.accessible().await;
    person.fits().await;
    person.press(".bulk-bar .button-row a:last-child").await;
    person.see(person.say("征求哪些单位", "Who is asked")).await;
    person.accessible().await;
    person.fits().await;
    person.press("form button[type=submit]").await;
    person.see(person.say("继续遴选", "Go on screening")).await;
    person.open("/app/screening?show=open").await;
    pick(1).await;
    person.press(".bulk-bar .button-row a:nth-child(2)").await;
    person.see(person.say("不列入的理由", "Why they are not listed")).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("未填", "Not filled in")).await;
    person.accessible().await;
    person.click(person.say("单纯课题研究", "A pure research topic")).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("已保存：不列入 1 条需求", "Kept: decline 1 need")).await;
    person.accessible().await;
    person.fits().await;
    person.press(".link-list a").await;
    person.there("article.record").await;
    person.path().await
}

/// What an office has typed, and what it has chosen, is there in another language too.
async fn what_is_typed_stays(person: &Person) {
    person.press("tbody tr:first-child th a").await;
    person.see(person.say("本单位意见", "Your office's opinion")).await;
    verdict(person).await;
    person.press(".panes fieldset label:nth-of-type(2) input").await;
    person.paste("reason", "范围宜再小些").await;
    there_and_back(person, ("本单位意见", "Your office's opinion")).await;
    verdict(person).await;
    assert_eq!(person.value("#field-reason").await, "范围宜再小些");
    assert_eq!(person.count(".panes fieldset label:nth-of-type(2) input:checked").await, 1);
    person.open("/app/opinions").await;
}

/// An office says what it thinks of what it is asked, or changes its mind.
async fn an_office_gives_its_opinion(person: &Person) {
    person.open("/app/opinions").await;
    person.see(person.say("征求意见的需求", "Needs on which opinions are asked for")).await;
    person.accessible().await;
    person.fits().await;
    what_is_typed_stays(person).await;
    person.begin();
    person.press("tbody tr:first-child th a").await;
    person.see(person.say("本单位意见", "Your office's opinion")).await;
    verdict(person).await;
    person.press(".panes fieldset label:nth-of-type(3) input").await;
    person.paste("reason", "与已有项目重复").await;
    person.accessible().await;
    person.fits().await;
    person.press(".panes form button[type=submit]").await;
    person.see(person.say("需求遴选征求意见", "Opinions on needs")).await;
    // On a phone the opinion lies behind the text.
    person.within(if person.narrow { 4 } else { 3 }, "giving an opinion");
    person.open("/app/opinions?show=given").await;
    person.see(person.say("不支持", "Oppose")).await;
}

/// The whole way.
pub(super) async fn needs_are_screened(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    enter(&person, "高校联络服务处").await;
    one_after_the_other(&person).await;
    let declined = many_at_once(&person).await;
    person.open("/app/opinions").await;
    person.see(person.say("催办", "Remind")).await;
    person.accessible().await;
    person.fits().await;
    person.open("/app/opinions/remind").await;
    person.see(person.say("条意见未提", "opinions have not come")).await;
    person.accessible().await;
    person.press("form button[type=submit]").await;
    person.there("main a[data-kind=primary][href='/app/opinions']").await;
    leave(&person).await;

    sign_in(served, &person, "zhaolixin").await;
    an_office_gives_its_opinion(&person).await;
    glance::own_measures(&person, "ideology").await;
    leave(&person).await;

    // Whoever watches from elsewhere reads 遴选中, and no page of the queue.
    sign_in(served, &person, "chenjianguo").await;
    person.open(&declined).await;
    person.see(person.say("遴选中", "Screening")).await;
    assert!(!person.text().await.contains(person.say("拟不列入", "Not to be listed")));
    person.open("/app/screening").await;
    person.see(person.say("没有这个页面", "There is no such page")).await;
    person.leave().await;
}
