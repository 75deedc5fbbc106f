//! Journeys in a real Chromium, at a desk and on a phone, in Chinese and English.

mod district;
mod driver;
mod need;
mod organisation;
mod question;
mod roles;
mod screening;
mod session;
mod table;
mod unit;
mod university;
mod year;

use crate::serve::{Served, serve, serve_on, serve_whole};
use driver::Person;

const TEXT: &str = "济南市教育局关于加强校园阅读的若干措施\n济教发〔2025〕7号\n一、建好书架。每班一角。[bookmark: _GoBack]（责任单位：基础教育处、校园文化处）\n二、请好老师。每月一讲。（责任单位：市教研院、各区县教体局）\n本措施自2025年3月1日起施行，有效期至2027年2月28日。\n济南市教育局\n2025年2月20日";

/// Enters as one of the demonstration's accounts, and takes the person's language.
async fn enter(person: &Person, zh: &str) {
    person.open("/app").await;
    person.click(zh).await;
    person.see("待办").await;
    if person.english {
        if person.narrow {
            person.click("菜单").await;
        }
        person.click("English").await;
        person.see("Tasks").await;
    }
}

/// The browser speaks the person's language from now on, whoever signs in.
async fn speaks(person: &Person) {
    if person.english {
        enter(person, "何清").await;
        leave(person).await;
    }
}

/// Signs in with the demonstration's password.
async fn sign_in(served: &Served, person: &Person, login: &str) {
    person.open("/app").await;
    person.fill("login", login).await;
    person.fill("password", &served.password()).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("待办", "Tasks")).await;
}

async fn leave(person: &Person) {
    person.open("/app/profile").await;
    person.click(person.say("退出", "Sign out")).await;
    person.there("#field-login").await;
}

/// One imports and corrects, a second person publishes, everyone reads.
async fn a_document_enters_the_register(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    let slug = format!("reading-{}{}", u8::from(narrow), u8::from(english));
    enter(&person, "高校联络服务处").await;
    person.open("/app/policies").await;
    person.see("济教发〔2023〕24号").await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("导入文件", "Import a document")).await;
    person.paste("text", TEXT).await;
    person.fill("slug", &slug).await;
    person.accessible().await;
    person.click(person.say("读取并核对", "Read and check")).await;
    person.see(person.say("还有 1 处待核对", "1 to be checked")).await;
    person.accessible().await;
    person.fits().await;
    // On a phone the next field comes into sight with its pane.
    person.click(person.say("下一处待核对", "Next to check")).await;
    person.see(person.say("指哪个单位", "which unit is meant")).await;
    // One choice for a name, wherever it stands.
    person.see(person.say("1 个单位名称不在单位名录中", "1 name of a unit is not in the directory")).await;
    person.fill("unknown-0", "学前").await;
    person.click("学前教育处").await;
    person.see(person.say("对应学前教育处，1 处", "means 学前教育处, in 1 place")).await;
    person.see(person.say("都已核对", "all checked")).await;
    person.click(person.say("已处理", "Dealt with")).await;
    person.see(person.say("没有要留意的了", "Nothing more to look at")).await;
    person.press("#field-trial input").await;
    person.accessible().await;
    person.fits().await;
    person.see(person.say("已保存", "Saved")).await;
    person.see(person.say("由高校联络服务处另一人发布", "a second person")).await;
    // Every letter arrives: nothing takes the focus away while the document saves itself.
    person.press("#field-title .read-field__more button:last-child").await;
    person.add("#field-title input", "（修订）").await;
    assert!(person.value("#field-title input").await.ends_with("（修订）"));
    // Leaving at once sends what was typed.
    person.click(person.say("待办", "Tasks")).await;
    person.see(person.say("以后", "Later")).await;
    leave(&person).await;

    sign_in(served, &person, "liuzhiyuan").await;
    person.click("关于加强校园阅读的若干措施（修订）").await;
    person.see(person.say("谁会看到", "Who sees it")).await;
    person.accessible().await;
    person.fits().await;
    person.press("form button[type=submit]").await;
    person.see(person.say("现行有效", "In force")).await;
    person.click(person.say("动态", "Time line")).await;
    person.see("刘志远").await;
    person.accessible().await;
    person.open(&format!("{}/policies/{slug}", person.say("", "/en"))).await;
    person.see("建好书架").await;
    person.see(person.say("性质", "Nature")).await;
    person.leave().await;
}

/// An administrator makes an account; its owner sets a password by the link and comes in.
async fn an_account_is_made(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    let login = format!("wangfang{}{}", u8::from(narrow), u8::from(english));
    enter(&person, "系统管理员").await;
    person.open("/app/accounts").await;
    person.see(person.say("共 14", "of 14")).await;
    person.accessible().await;
    person.fits().await;
    person.click(person.say("新建账号", "Make an account")).await;
    person.fill("org", "历下").await;
    person.click(person.say("济南市历下区教育和体育局", "Lixia")).await;
    person.fill("name", "王芳").await;
    person.fill("login", &login).await;
    person.press("#field-roles label:nth-of-type(2) input").await;
    person.accessible().await;
    person.click(person.say("建账号并生成邀请", "Make it and its invitation")).await;
    person.see(person.say("把这个链接交给本人", "Hand this link over")).await;
    let link = person.value("input[readonly]").await;
    person.accessible().await;
    person.open("/app/mails").await;
    person.see("N2026-").await;
    person.accessible().await;
    person.fits().await;
    person.open("/app/profile").await;
    person.click(person.say("设置验证器", "Set up an authenticator")).await;
    person.see(person.say("扫描二维码", "scan the code")).await;
    person.accessible().await;
    person.fits().await;
    leave(&person).await;

    let path = link.split_once("/app/").map(|(_, path)| format!("/app/{path}")).unwrap();
    person.open(&path).await;
    person.see("王芳").await;
    person.accessible().await;
    person.fill("password", "seven cranes over the lake").await;
    person.fill("again", "seven cranes over the lake").await;
    person.press("form button[type=submit]").await;
    person.see(person.say("审核报送", "Forward")).await;
    assert_eq!(person.path().await, "/app");
    person.leave().await;
}

/// The auditor finds who did what, and checks the chain.
async fn the_auditor_looks(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    enter(&person, "何清").await;
    person.open("/app/audit?q=jinan-2023-24").await;
    person.see(person.say("延续", "Renewed")).await;
    person.begin();
    person.click(person.say("验证审计链", "Verify the chain")).await;
    person.see(person.say("链完整", "the chain is whole")).await;
    person.within(2, "verifying the chain");
    person.accessible().await;
    person.fits().await;
    for page in [
        "/app/organisations",
        "/app/organisations/sport-health-arts",
        "/app/search?q=心理",
        "/app/profile",
        "/app/nothing-here",
    ] {
        person.open(page).await;
        person.see(person.say("何清", "He Qing")).await;
        person.accessible().await;
        person.fits().await;
    }
    person.leave().await;
}

/// The door itself, before anyone is in.
async fn the_door(served: &Served, narrow: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, false).await;
    person.open("/app/policies/jinan-2023-24").await;
    person.see("演示：选一个身份进入").await;
    person.accessible().await;
    person.fits().await;
    person.fill("login", "wanghaifeng").await;
    person.fill("password", "not this one, no").await;
    person.press("form button[type=submit]").await;
    person.see("账号或密码不对").await;
    person.click("需求单位").await;
    person.see("加强组织领导").await;
    assert_eq!(person.path().await, "/app/policies/jinan-2023-24", "the address is kept");
    person.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_desk() {
    let served = serve();
    the_door(&served, false).await;
    for english in [false, true] {
        a_document_enters_the_register(&served, false, english).await;
        an_account_is_made(&served, false, english).await;
        organisation::a_university_is_made(&served, false, english).await;
        the_auditor_looks(&served, false, english).await;
        need::a_need_goes_to_the_lead_office(&served, false, english).await;
        need::a_cycle_is_looked_after(&served, false, english).await;
        session::a_session_ends(&served, false, english).await;
    }
    roles::school::files_a_need(&served, false, false).await;
    roles::auditor::finds_who_did_what(&served, false, false).await;
    roles::administrators::share_their_work(&served, "wangfang00", false, false).await;
    district::sends_what_waits(&served, false, false).await;
    for english in [false, true] {
        table::needs_are_imported(&served, false, english).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    let served = serve();
    the_door(&served, true).await;
    session::the_drawer(&served).await;
    for english in [false, true] {
        a_document_enters_the_register(&served, true, english).await;
        an_account_is_made(&served, true, english).await;
        organisation::a_university_is_made(&served, true, english).await;
        the_auditor_looks(&served, true, english).await;
        need::a_need_goes_to_the_lead_office(&served, true, english).await;
        need::a_cycle_is_looked_after(&served, true, english).await;
        session::a_session_ends(&served, true, english).await;
    }
    roles::school::files_a_need(&served, true, true).await;
    roles::auditor::finds_who_did_what(&served, true, true).await;
    roles::administrators::share_their_work(&served, "wangfang11", true, true).await;
    district::sends_what_waits(&served, true, true).await;
    for english in [false, true] {
        table::needs_are_imported(&served, true, english).await;
    }
}

/// Needs have been collected: the cycle goes on to 遴选.
#[tokio::test(flavor = "multi_thread")]
async fn needs_are_screened() {
    for narrow in [false, true] {
        let served = serve_on("2026-03-28");
        screening::goes_on(&served).await;
        for english in [false, true] {
            screening::needs_are_screened(&served, narrow, english).await;
        }
    }
}

/// From verdicts to a sealed application that is opened, checked, returned, corrected and accepted: each a day later.
#[tokio::test(flavor = "multi_thread")]
async fn the_year_goes_on() {
    for (narrow, english) in [(false, false), (true, true)] {
        year::the_year_goes_on(narrow, english).await;
    }
}

/// While applications are open: teams with a colleague who had no account, and what their university signs.
#[tokio::test(flavor = "multi_thread")]
async fn universities_sign() {
    let served = serve_whole();
    let team = |org, lead, member, signatory| university::Team { org, lead, member, signatory };
    let one = team("ujn", "qiyuanhang", "peimingyue", ("韦若海", "weiruohai@example.org", "weiruohai"));
    university::applies_as_a_team(&served, &one, false, false).await;
    let other = team("sdnu", "linxiaozhou", "minxuewen", ("桑以宁", "sangyining@example.org", "sangyining"));
    university::applies_as_a_team(&served, &other, true, true).await;
}
