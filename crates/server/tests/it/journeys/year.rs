//! The year after its needs have come in: a list is made of them, a university answers it, and what it handed in is
//! opened and checked. Clicks are counted against the budgets of each journey.

use super::driver::Person;
use super::roles::{carry, glance, school, visitor, weights};
use super::{enter, leave, question, screening, sign_in, unit};
use crate::serve::{Served, serve_on};

/// A scan that counts as one.
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

/// What the leading group wants changed; the minutes of its meeting, and who was there.
const REMARK: &str = "写明经费的口径。";
const MINUTES: &str = "济教会纪〔2026〕6号";
const PRESENT: &str = "方云、陈建国、张敏";

/// The whole way.
pub(super) async fn the_year_goes_on(narrow: bool, english: bool) {
    let served = serve_on("2026-03-28");
    screening::goes_on(&served).await;
    let person = at(&served, narrow, english).await;
    enter(&person, "高校联络服务处").await;
    weights::are_changed(&person).await;
    verdicts(&person).await;
    a_list_is_proposed(&person).await;
    leave(&person).await;
    sign_in(&served, &person, "fangyun").await;
    it_is_sent_back(&person).await;
    leave(&person).await;
    sign_in(&served, &person, "zhangmin").await;
    it_is_proposed_again(&person).await;
    leave(&person).await;
    for login in ["fangyun", "chenjianguo"] {
        sign_in(&served, &person, login).await;
        it_is_approved(&person).await;
        leave(&person).await;
    }
    school::reads_what_became_of_it(&served, &person, false).await;
    sign_in(&served, &person, "zhangmin").await;
    the_decision_is_recorded(&person).await;
    it_is_published(&served, &person).await;
    leave(&person).await;
    school::reads_what_became_of_it(&served, &person, true).await;
    person.leave().await;

    let served = served.later("2026-04-16");
    let person = at(&served, narrow, english).await;
    enter(&person, "高校联络服务处").await;
    person.open("/app/cycles/2026/advance").await;
    person.press("form button[type=submit]").await;
    person.there(".tabs a[href$='tab=rules']").await;
    leave(&person).await;
    question::is_answered(&served, &person).await;
    sign_in(&served, &person, "linxiaozhou").await;
    let sealed = a_university_applies(&person).await;
    leave(&person).await;
    nobody_hears_of_it(&served, &person, &sealed).await;
    person.leave().await;

    let served = served.later("2026-06-01");
    let person = at(&served, narrow, english).await;
    it_is_checked(&served, &person).await;
    let other = unit::says_what_it_thinks(&served, &person).await;
    carry::goes_on(&served, &person, other).await;
    person.leave().await;
}

async fn at(served: &Served, narrow: bool, english: bool) -> Person {
    Person::at(&format!("http://{}", served.address), narrow, english).await
}

/// A page as it should be for everybody.
pub(super) async fn sound(person: &Person) {
    person.accessible().await;
    person.fits().await;
}

/// Two are enlisted, the others declined, each on one page.
async fn verdicts(person: &Person) {
    person.open("/app/screening?show=open").await;
    for row in [1, 2] {
        person.press(&format!("tbody tr:nth-child({row}) input[type=checkbox]")).await;
    }
    person.press(".bulk-bar .button-row a:nth-child(1)").await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("已保存：列入 2 条需求", "Kept: enlist 2 needs")).await;
    person.open("/app/screening?show=open").await;
    // Rows are cards on a phone, with the tick for all in front of them.
    person.press(if person.narrow { ".pick-all input" } else { "thead input[type=checkbox]" }).await;
    person.press(".bulk-bar .button-row a:nth-child(2)").await;
    person.click(person.say("需求不具体", "It does not say what is wanted")).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("继续遴选", "Go on screening")).await;
}

/// 组成 › check › 提请审定.
async fn a_list_is_proposed(person: &Person) {
    person.open("/app").await;
    person.see(person.say("组成清单", "Compose")).await;
    person.begin();
    person.press("a.inbox__what").await;
    person.see(person.say("核对", "Check")).await;
    sound(person).await;
    person.press("form .form-foot button[type=submit]").await;
    person.click(person.say("提请审定", "Propose")).await;
    proposes(person).await;
    // Publishing takes two more.
    person.within(4, "proposing a list");
    sound(person).await;
}

/// The page that says whom it goes to.
async fn proposes(person: &Person) {
    person.see(person.say("谁会收到消息", "Who is told")).await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("等待审定", "Waits")).await;
}

/// Row › summary, 退回修改 › what is to be changed.
async fn it_is_sent_back(person: &Person) {
    person.open("/app").await;
    person.begin();
    person.press("a.inbox__what[href^='/app/need-lists/']").await;
    person.see(person.say("摘要", "Summary")).await;
    person.press(".record__head a[href$='/return']").await;
    person.paste("reason", REMARK).await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("没有待办", "Nothing to do")).await;
    person.within(4, "sending a list back");
    sound(person).await;
}

/// The remark stands above the list, which is proposed as it is.
async fn it_is_proposed_again(person: &Person) {
    person.open("/app/need-lists/2026").await;
    person.see(REMARK).await;
    sound(person).await;
    person.press(".record__head a[href$='/propose']").await;
    proposes(person).await;
}

/// What the meeting decided: its number is public with the list, who was there is not.
async fn the_decision_is_recorded(person: &Person) {
    person.open("/app/need-lists/2026").await;
    person.begin();
    person.press(".record__head a[href$='/minutes']").await;
    person.paste("date", "2026-03-28").await;
    person.paste("minutes_no", MINUTES).await;
    person.paste("present", PRESENT).await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(MINUTES).await;
    person.see(PRESENT).await;
    person.within(2, "recording a decision");
    sound(person).await;
}

/// Row › summary, 同意 ›.
async fn it_is_approved(person: &Person) {
    person.open("/app").await;
    person.see(person.say("审定", "Approve")).await;
    person.begin();
    person.press("a.inbox__what").await;
    person.see(person.say("摘要", "Summary")).await;
    sound(person).await;
    person.press(".record__head a[href$='/approve']").await;
    person.see(person.say("谁会收到消息", "Who is told")).await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("审定记录", "What was said")).await;
    person.within(4, "approving a list");
    glance::the_whole_picture(person).await;
}

async fn it_is_published(served: &Served, person: &Person) {
    person.open("/app").await;
    person.see(person.say("发布", "Publish")).await;
    person.begin();
    person.press("a.inbox__what").await;
    person.see("SHA-256").await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("已发布", "Published")).await;
    person.within(2, "publishing a list");
    sound(person).await;
    for page in ["/needs", "/need-lists/2026/v1"] {
        person.open(&format!("{}{page}", person.say("", "/en"))).await;
        person.see("2026-001").await;
        sound(person).await;
    }
    let list = person.text().await;
    assert!(list.contains(MINUTES) && !list.contains(PRESENT), "{list}");
    visitor::looks(served, person).await;
}

/// Need › 申报 › 8 sections › check › 提交; gives the address of what was handed in.
async fn a_university_applies(person: &Person) -> String {
    person.open("/app/needs?state=listed").await;
    person.see(person.say("已列入清单", "Listed")).await;
    sound(person).await;
    person.begin();
    person.press("tbody tr:first-child th a").await;
    person.see(person.say("内容", "Content")).await;
    person.press(".button-row button[data-kind=primary]").await;
    person.see(person.say("申报条件", "Eligibility")).await;
    sound(person).await;
    person.press(".offers a[data-kind=primary]").await;
    sections(person).await;
    person.see(person.say("核对并提交", "Check and submit")).await;
    sound(person).await;
    person.press("form .choice input[type=checkbox]").await;
    person.press("form .form-foot button[type=submit]").await;
    person.see(person.say("已提交，请留存回执", "Submitted; keep the receipt")).await;
    person.within(14, "applying for a need");
    sound(person).await;
    person.path().await
}

/// The eight pages, in the order in which they follow on one another.
async fn sections(person: &Person) {
    let page = async |number: u32| {
        let (zh, en) = (format!("第 {number} 节"), format!("Page {number} of"));
        person.see(person.say(&zh, &en)).await;
    };
    let go_on = async || person.press(".form-foot button[type=submit]").await;
    page(1).await;
    sound(person).await;
    person.fill("title", "驻校支持").await;
    go_on().await;
    for number in 2..=8 {
        page(number).await;
        fields(person).await;
        sound(person).await;
        go_on().await;
    }
}

/// Whatever of the form stands on this page.
pub(super) async fn fields(person: &Person) {
    for (name, text) in [
        ("person_name", "李静"),
        ("person_title", "教授"),
        ("person_phone", "0531-00000002"),
        ("work_plan", "先调研，再驻校，最后移交。"),
        ("risk", "寒暑假改为线上。"),
        ("deliverables[0].count", "1"),
        ("deliverables[0].unit", "项"),
        ("deliverables[0].due", "2026-12-20"),
        ("milestones[0].due", "2026-10-01"),
        ("milestones[0].what", "挂牌"),
        ("benefit", "两周内都能面谈。"),
        ("asked", "65000"),
        ("lines[0].amount", "65000"),
        ("basis", "已有两个基地。"),
    ] {
        if person.count(&format!("[id='field-{name}']")).await > 0 {
            person.paste(name, text).await;
        }
    }
    for name in ["deliverables[0].form", "lines[0].category", "lines[0].source"] {
        if person.count(&format!("[id='field-{name}']")).await > 0 {
            person.pick(name, "0").await;
        }
    }
    for at in 0..6 {
        for (part, text) in [("target", "60"), ("how", "每周两次驻校。")] {
            if person.count(&format!("[id='field-promises[{at}].{part}']")).await > 0 {
                person.paste(&format!("promises[{at}].{part}"), text).await;
            }
        }
    }
    if person.count("#field-unsupported input").await > 0 {
        person.press("#field-unsupported input").await;
    }
    if person.count("#field-sealed_file").await > 0 {
        seal(person, "盖章页.pdf").await;
    }
}

/// A scan of the sealed page, under a name that was not there yet.
async fn seal(person: &Person, name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join(name);
    std::fs::write(&scan, SCAN).unwrap();
    person.choose("sealed_file", &scan).await;
    // It is there once it can be taken away.
    person.see(&format!("{}{name}", person.say("删除", "Remove"))).await;
}

/// Before the window has closed the lead office, the auditor and the need's unit find nothing, not even a count.
async fn nobody_hears_of_it(served: &Served, person: &Person, sealed: &str) {
    for login in ["zhangmin", "heqing", "renguangyi"] {
        sign_in(served, person, login).await;
        person.open(sealed).await;
        person.see(person.say("没有这个页面", "There is no such page")).await;
        person.open("/app/applications").await;
        person.see(person.say("还没有申报", "There are no applications yet")).await;
        sound(person).await;
        leave(person).await;
    }
}

/// The seals are opened: returned with a section to correct, corrected, accepted.
async fn it_is_checked(served: &Served, person: &Person) {
    enter(person, "高校联络服务处").await;
    to_the_check(person).await;
    person.press("[data-second] fieldset label:nth-of-type(2) input").await;
    person.press("#field-corrections label:first-of-type input").await;
    person.paste("corrections[0].remark", "名称写明学校").await;
    sound(person).await;
    decide(person).await;
    leave(person).await;

    sign_in(served, person, "linxiaozhou").await;
    person.press("a.inbox__what").await;
    person.see("名称写明学校").await;
    sound(person).await;
    person.press(".offers a[data-kind=primary]").await;
    person.see(person.say("第 1 节", "Page 1 of")).await;
    sound(person).await;
    person.fill("title", "高中驻校支持").await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("第 8 节", "Page 8 of")).await;
    sound(person).await;
    seal(person, "补正后的盖章页.pdf").await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("核对并提交", "Check and submit")).await;
    person.press("form .choice input[type=checkbox]").await;
    person.press("form .form-foot button[type=submit]").await;
    person.see(person.say("形式审查", "Formal check")).await;
    person.see(person.say("第 2 次提交", "Submission 2")).await;
    leave(person).await;

    sign_in(served, person, "zhangmin").await;
    // Both versions side by side, what changed alone.
    person.open("/app/applications/A2026-0001?before=1&after=2").await;
    person.see(person.say("只看改动", "Show what changed")).await;
    person.see("补正后的盖章页").await;
    sound(person).await;
    person.begin();
    to_the_check(person).await;
    person.see(person.say("已改动", "Changed")).await;
    person.press("[data-second] fieldset label:nth-of-type(1) input").await;
    sound(person).await;
    decide(person).await;
    person.within(if person.narrow { 4 } else { 3 }, "accepting an application");
    what_happened_to_it(person).await;
    leave(person).await;
}

/// 动态 of the application, since its seal was opened.
async fn what_happened_to_it(person: &Person) {
    person.open("/app/applications/A2026-0001").await;
    person.press(".tabs a[href$='tab=events']").await;
    person.there(".timeline li:nth-child(3)").await;
    let text = person.text_of(".timeline").await;
    assert!(text.contains("张敏") && text.contains("林晓舟"), "{text}");
    sound(person).await;
}

/// From 待办 to the page of the check, where the decision is on a phone behind the text.
async fn to_the_check(person: &Person) {
    person.open("/app").await;
    person.click(person.say("形式审查", "Check")).await;
    person.see(person.say("申报内容", "What it says")).await;
    sound(person).await;
    if person.narrow {
        person.press(".pane__tabs button:last-child").await;
    }
}

/// It was the only one: the queue is empty.
async fn decide(person: &Person) {
    person.press("[data-second] form button[type=submit]").await;
    person.see(person.say("没有这样的申报", "No such applications")).await;
}
