//! The first need: the school writes and submits it, the district returns and forwards it, the lead office
//! sees what has come in.

use super::driver::Person;
use super::roles::glance;
use super::{enter, leave, sign_in};
use crate::serve::Served;
use serde_json::json;

/// Pages of the form in the order in which they follow on one another.
async fn write(person: &Person, title: &str) {
    let go_on = person.say("保存并继续", "Save and go on");
    person.click(person.say("填报需求", "File a need")).await;
    person.see(person.say("还有 14 处要填写或修改", "14 fields still")).await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("填写基本情况", "Fill in: Basics")).await;
    person.click(go_on).await;
    person.see(person.say("有 3 处需要改", "3 fields have to be mended")).await;
    person.accessible().await;
    person.add("#field-title", title).await;
    person.press("#field-measures option[value='2']").await;
    person.click(person.say("特色课程研发团队", "Course team")).await;
    person.see(person.say("已保存", "Saved")).await;
    person.accessible().await;
    person.fits().await;
    person.click(go_on).await;
    person.see(person.say("第 2 节", "Page 2")).await;
    person.click(person.say("初中", "Junior high")).await;
    person.fill("students", "320").await;
    person.fill("teachers", "6").await;
    person.click(go_on).await;
    person.see(person.say("第 3 节", "Page 3")).await;
    person.paste("background", "天台闲置，学生对天气很感兴趣，学校没有设备。").await;
    person.see(person.say("已保存", "Saved")).await;
    at_the_same_time(person).await;
    person.click(go_on).await;
    person.see(person.say("第 4 节", "Page 4")).await;
    person.paste("benefit", "学生用自己采集的数据说话。").await;
    person.click(person.say("增加一项", "Add one")).await;
    for (part, text) in [("name", "参加课程的学生"), ("unit", "人"), ("baseline", "0"), ("target", "320")]
    {
        person.add(&format!("input[name='indicators[0].{part}']"), text).await;
    }
    person.accessible().await;
    person.fits().await;
    person.click(go_on).await;
    person.see(person.say("第 5 节", "Page 5")).await;
    person.click(go_on).await;
    person.see(person.say("第 6 节", "Page 6")).await;
    person.fill("budget", "六万").await;
    person.fill("period", "一个学年").await;
    person.click(go_on).await;
    person.see(person.say("应为以元为单位的金额", "Should be an amount in yuan")).await;
    person.fill("budget", "60,000").await;
    person.click(go_on).await;
    person.see(person.say("第 7 节", "Page 7")).await;
    person.fill("contact_name", "王海峰").await;
    person.fill("contact_phone", "0531-00000001").await;
    attach(person).await;
    person.click(go_on).await;
}

/// Bytes a second of a line on which a large file takes long, and of one on which it does not.
const SLOW: u32 = 500_000;
const FAST: u32 = 1_000_000_000;

/// Adds two files and takes one away; one that is stopped, or is none of the kinds, spoils no other.
async fn attach(person: &Person) {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let large = [b"%PDF-1.7\n".as_slice(), &vec![b' '; 12 * 1024 * 1024], b"%%EOF\n"].concat();
    let large = file("普查汇总.pdf", &large);
    person.line(Some(SLOW)).await;
    person.choose("file", &large).await;
    person.see(" % · ").await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("取消", "Cancel")).await;
    person.gone("% ·").await;
    // The line breaks in the middle and is mended: the page sends it again by itself.
    person.choose("file", &large).await;
    person.see(" % · ").await;
    person.line(None).await;
    person.line(Some(FAST)).await;
    person.see(person.say("删除普查汇总.pdf", "Remove普查汇总.pdf")).await;
    assert_eq!(person.text().await.matches("12.0 MiB").count(), 1, "it was added once");
    person.accessible().await;
    person.choose("file", &file("run.pdf", b"MZ")).await;
    person.see(person.say("不能附这种文件", "This kind of file cannot be attached")).await;
    person.accessible().await;
    person.choose("file", &file("误传.pdf", b"%PDF-1.7\n%%EOF\n")).await;
    person.click(person.say("删除误传.pdf", "Remove误传.pdf")).await;
    person.fits().await;
}

/// A colleague writes in the same need: what both changed in different places goes together, where both changed
/// the same one chooses.
async fn at_the_same_time(person: &Person) {
    let goals = "建一个小型气象站，开发十六课时的数据课。";
    person.colleague(json!({ "discipline": "大气科学" })).await;
    person.paste("goals", goals).await;
    person.see(person.say("别人改的也在内", "with what someone else changed")).await;
    person.colleague(json!({ "goals": "先做一次问卷。", "students": "321" })).await;
    person.paste("goals", "建一个气象站。").await;
    person.see(person.say("也改了这 1 处", "changed this place too")).await;
    person.accessible().await;
    person.fits().await;
    person.paste("goals", goals).await;
    person.click(person.say("保存所选", "Save what is chosen")).await;
    person.see(person.say("别人改的也在内", "with what someone else changed")).await;
    assert_eq!(person.value("#field-goals").await, goals);
}

/// Whoever handles a need sees its telephone for a reason.
async fn see_the_telephone(person: &Person, record: &str) {
    person.open(record).await;
    person.click(person.say("显示电话", "Reveal telephone")).await;
    person.see(person.say("为什么要看", "Why you need it")).await;
    person.accessible().await;
    person.fits().await;
    person.paste("reason", "问清楚设备放在哪里").await;
    person.press("form button[type=submit]").await;
    person.see("0531-00000001").await;
    person.accessible().await;
}

/// Whoever has to call an organisation sees its telephones for a reason.
async fn call_the_district(person: &Person) {
    person.open("/app/organisations/lixia").await;
    person.see("0531-****0019").await;
    person.click(person.say("显示电话", "Reveal telephones")).await;
    person.accessible().await;
    person.fits().await;
    person.paste("reason", "问报送的时间").await;
    person.press("form button[type=submit]").await;
    person.see("0531-00000019").await;
    person.accessible().await;
}

/// Checks everything and sends it.
async fn submit(person: &Person) {
    person.see(person.say("核对并提交", "Check and submit")).await;
    person.see(person.say("内容属实", "It is true")).await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("内容属实", "It is true")).await;
    person.click(person.say("提交需求", "Submit the need")).await;
    person.see(person.say("区县教体局审核后报送", "The district bureau checks")).await;
}

/// The filters follow the address: a view of several states, no hits, dropping the filters.
async fn filters_say_what_is_shown(person: &Person) {
    let state = ".filter-bar label:nth-of-type(3) select";
    person.open("/app/needs").await;
    person.click(person.say("已报送", "Forwarded")).await;
    person.see(person.say("已报送、遴选中", "Forwarded, Screening")).await;
    assert_eq!(person.value(state).await, "forwarded,screening");
    person.add(".filter-bar input", "没有这样的需求").await;
    person.press(".filter-bar button[type=submit]").await;
    person.click(person.say("清除条件", "Drop the filters")).await;
    person.there("tbody tr").await;
    assert_eq!((person.value(".filter-bar input").await, person.value(state).await), Default::default());
}

/// The whole way.
pub(super) async fn a_need_goes_to_the_lead_office(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    let title = format!("校园气象站与数据课{}{}", u8::from(narrow), u8::from(english));
    enter(&person, "需求单位").await;
    person.accessible().await;
    write(&person, &title).await;
    person.see("321").await;
    person.see("大气科学").await;
    person.see("普查汇总.pdf").await;
    submit(&person).await;
    person.accessible().await;
    person.fits().await;
    let record = person.path().await;
    call_the_district(&person).await;
    leave(&person).await;

    // The district returns it with a field to correct.
    sign_in(served, &person, "liwenjing").await;
    person.see(person.say("审核报送", "Forward")).await;
    person.accessible().await;
    person.open("/app/needs?state=submitted").await;
    person.see(&title).await;
    person.accessible().await;
    person.fits().await;
    see_the_telephone(&person, &record).await;
    return_it(&person, &title).await;
    leave(&person).await;

    // The school corrects what is marked, and only that.
    sign_in(served, &person, "wanghaifeng").await;
    person.begin();
    person.click(&title).await;
    person.see("目标宜落到可检验的范围").await;
    person.see(person.say("退回意见", "To correct")).await;
    person.accessible().await;
    person.paste("goals", "一年内建成气象站，开出十六课时，带动两所小学。").await;
    person.click(person.say("保存并继续", "Save and go on")).await;
    submit(&person).await;
    person.within(4, "correcting a need");
    leave(&person).await;

    // The district forwards everything that waits, on one page.
    sign_in(served, &person, "liwenjing").await;
    person.open("/app/needs?state=submitted").await;
    person.see(&title).await;
    person.press(&format!("input[aria-label='{}{title}']", person.say("选择 ", "Pick "))).await;
    person.click(person.say("审核报送 1 条", "Forward 1")).await;
    person.see(person.say("高校联络服务处收到这些需求", "The liaison office gets these needs")).await;
    person.accessible().await;
    person.fits().await;
    person.press("form button[type=submit]").await;
    person.see(person.say("已报送 1 条需求", "1 need forwarded")).await;
    leave(&person).await;

    // The lead office sees it, with all that happened.
    sign_in(served, &person, "zhangmin").await;
    person.see(person.say("已收到", "Arrived")).await;
    person.open(&format!("{record}?tab=events")).await;
    person.see("李文静").await;
    person.accessible().await;
    person.fits().await;
    filters_say_what_is_shown(&person).await;
    nothing_is_alike(&person).await;
    glance::the_whole_picture(&person).await;
    person.leave().await;
}

/// Folded row › need › 退回 › a field that is flagged, 退回.
async fn return_it(person: &Person, title: &str) {
    person.open("/app").await;
    person.begin();
    person.press("a.inbox__what[href*='state=submitted']").await;
    person.press(&format!("tbody tr:has([aria-label$='{title}']) th a")).await;
    person.press(".record__head a[href$='/return']").await;
    person.click(person.say("目标与内容", "Goals")).await;
    person.fill("corrections[0].remark", "目标宜落到可检验的范围").await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("退回此需求", "Return this need")).await;
    person.see(person.say("需求单位按意见修改后再提交", "The unit corrects it")).await;
    // Four, and one for each field.
    person.within(5, "returning a need");
}

/// No need of the demonstration says what its first one says.
async fn nothing_is_alike(person: &Person) {
    person.open("/app/needs/N2026-0001?tab=alike").await;
    person.see(person.say("没有相近的需求", "Nothing alike")).await;
    person.accessible().await;
    person.fits().await;
}

/// The lead office's cycle: record, filing, an extension that everyone sees.
pub(super) async fn a_cycle_is_looked_after(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    enter(&person, "高校联络服务处").await;
    person.open("/app/cycles").await;
    person.see(person.say("征集需求", "Collecting needs")).await;
    person.accessible().await;
    person.fits().await;
    person.press("tbody th a").await;
    person.see(person.say("参加条件", "Who may take part")).await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("报送情况", "Filing")).await;
    person.see(person.say("个未报", "have not filed")).await;
    person.accessible().await;
    person.fits().await;
    let record = person.path().await;
    person.open(&format!("{record}/extend")).await;
    person.fill("until", "2020-01-01 17:00").await;
    person.fill("reason", "寒潮停课两天").await;
    person.accessible().await;
    person.press("form button[type=submit]").await;
    person.see(person.say("不能早于", "Cannot be before")).await;
    person.open("/app/cycles/new").await;
    person.see(person.say("保存周期", "Save the cycle")).await;
    assert!(person.value("[id='field-eligibility[1].text']").await.contains("单纯的课题研究"));
    person.accessible().await;
    person.fits().await;
    person.leave().await;
}
