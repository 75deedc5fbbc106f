//! A university's own year: what suits it, a team with one who had no account, the chain, and the signature that hands
//! the application in.

use super::driver::Person;
use super::year::{fields, sound};
use super::{leave, sign_in, speaks};
use crate::serve::Served;

/// Who does it.
pub(super) struct Team {
    pub(super) org: &'static str,
    pub(super) lead: &'static str,
    pub(super) member: &'static str,
    /// Has no account yet: name, address, and the account that is made.
    pub(super) signatory: (&'static str, &'static str, &'static str),
}

/// What the new colleague chooses.
const SECRET: &str = "nine herons by the spring";

/// From the suggestion to the receipt.
pub(super) async fn applies_as_a_team(served: &Served, team: &Team, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    speaks(&person).await;
    sign_in(served, &person, team.lead).await;
    let page = begins_what_suits(&person).await;
    invites(&person, team, &page).await;
    leave(&person).await;
    joins(served, &person, team).await;
    sign_in(served, &person, team.lead).await;
    sets_the_chain(&person, team).await;
    leave(&person).await;
    writes_one_section(served, &person, team, &page).await;
    sign_in(served, &person, team.lead).await;
    let round = asks(&person, &page).await;
    leave(&person).await;
    nobody_outside_reads(served, &person, &page, &round).await;
    signs(&person, team).await;
    sign_in(served, &person, team.lead).await;
    person.open(&page).await;
    person.see(person.say("回执码", "Code")).await;
    sound(&person).await;
    person.leave().await;
}

/// Needs › the one that suits best › 申报; gives the address of what was begun.
async fn begins_what_suits(person: &Person) -> String {
    person.open("/app/needs").await;
    person.see(person.say("可能合适的需求", "Needs that may suit")).await;
    sound(person).await;
    let mut row = 1;
    loop {
        person.press(&format!("section[aria-labelledby=suggested] tbody tr:nth-child({row}) th a")).await;
        person.see(person.say("内容", "Content")).await;
        if can_begin(person).await {
            break;
        }
        row += 1;
        person.open("/app/needs").await;
    }
    person.press(".button-row button[data-kind=primary]").await;
    person.see(person.say("申报条件", "Eligibility")).await;
    let edit = person.path().await;
    edit.trim_end_matches("/edit").to_owned()
}

/// Whether this need is not answered by the university yet: its page says one or the other once it has asked.
async fn can_begin(person: &Person) -> bool {
    for _ in 0..100 {
        if person.count(".button-row button[data-kind=primary]").await > 0 {
            return true;
        }
        if person.count(".button-row a[data-kind=primary][href^='/app/applications/']").await > 0 {
            return false;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the need offers nothing: {}", person.text().await)
}

/// The lead gives one colleague a section, and names one who has no account.
async fn invites(person: &Person, team: &Team, page: &str) {
    person.open(&format!("{page}/members")).await;
    person.see(person.say("还没有账号的人", "People without an account")).await;
    person.press(&format!("label:nth-of-type(3) input[name='duty-{}']", team.member)).await;
    person.click(person.say("工作基础", "Basis")).await;
    person.click(person.say("增加一人", "Add a person")).await;
    person.fill("awaited[0].name", team.signatory.0).await;
    person.fill("awaited[0].mail", team.signatory.1).await;
    person.press("label:nth-of-type(2) input[name='awaited-duty-0']").await;
    sound(person).await;
    person.click(person.say("保存分工", "Save the team")).await;
    person.see(person.say("分工", "The team")).await;
    person.see(team.signatory.0).await;
    sound(person).await;
}

/// An administrator makes the account from the task, and learns of no application; its owner comes in and has a part.
async fn joins(served: &Served, person: &Person, team: &Team) {
    let (name, mail, login) = team.signatory;
    sign_in(served, person, "wuxiao").await;
    person.open("/app/accounts/requests").await;
    person.see(name).await;
    person.see(mail).await;
    sound(person).await;
    assert!(!person.text().await.contains("N2026-"), "an administrator is not told what for");
    person.click(person.say("建账号", "Make the account")).await;
    person.see(person.say("下面已按申请填好", "what was asked for is filled in")).await;
    person.fill("login", login).await;
    sound(person).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("把这个链接交给本人", "Hand this link over")).await;
    let link = person.value("input[readonly]").await;
    leave(person).await;

    person.open(&format!("/app/{}", link.split_once("/app/").unwrap().1)).await;
    person.see(name).await;
    person.fill("password", SECRET).await;
    person.fill("again", SECRET).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("待办", "Tasks")).await;
    person.open("/app/applications").await;
    person.see("N2026-").await;
    sound(person).await;
    leave(person).await;
}

/// The university has one step: its vice-president signs.
async fn sets_the_chain(person: &Person, team: &Team) {
    person.open(&format!("/app/organisations/{}/sign-off", team.org)).await;
    person.see(person.say("未设，直接报出", "Not set: it leaves at once")).await;
    sound(person).await;
    while person.count("[id='field-steps[1].post']").await > 0 {
        person.click(person.say("去掉这一步", "Drop this step")).await;
    }
    person.fill("steps[0].post", person.say("分管校领导", "Vice-President")).await;
    person.click(team.signatory.0).await;
    person.click(person.say("按此设置", "Set it so")).await;
    // From now on who signs last sets it: the lead reads it.
    person.see(person.say("已设", "Vice-President")).await;
    sound(person).await;
}

/// The member finds the one section that is theirs to write, and no button that hands in.
async fn writes_one_section(served: &Served, person: &Person, team: &Team, page: &str) {
    sign_in(served, person, team.member).await;
    person.open(&format!("{page}/edit")).await;
    person.see(person.say("工作基础", "Basis")).await;
    sound(person).await;
    person.press("a[href$='/edit/basis']").await;
    fields(person).await;
    sound(person).await;
    person.press(".form-foot button[type=submit]").await;
    person.see(person.say("由牵头人核对并提交", "whoever leads it checks and submits it")).await;
    sound(person).await;
    person.open(&format!("{page}/edit/budget")).await;
    person.see(person.say("经费预算", "Budget")).await;
    assert_eq!(person.count("#field-asked:enabled").await, 0, "the budget is not the member's");
    leave(person).await;
}

/// The lead writes the rest and asks for sign-off; gives the address of the round.
async fn asks(person: &Person, page: &str) -> String {
    for section in ["basics", "team", "plan", "schedule", "benefit", "budget", "files"] {
        person.open(&format!("{page}/edit/{section}")).await;
        person.see(person.say("保存并继续", "Save and go on")).await;
        fields(person).await;
        if section == "basics" {
            person.fill("title", "共建实验室").await;
        }
        person.press(".form-foot button[type=submit]").await;
        // It is kept once the next page opens.
        while person.path().await.ends_with(section) {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
    person.open(&format!("{page}/check")).await;
    person.see("已有两个基地").await;
    sound(person).await;
    person.press("form .choice input[type=checkbox]").await;
    person.click(person.say("提请签发", "Ask for sign-off")).await;
    person.see(person.say("送签中", "Being signed")).await;
    sound(person).await;
    person.click(person.say("查看", "See it")).await;
    person.see(person.say("签发步骤", "Steps")).await;
    sound(person).await;
    person.path().await
}

/// Neither the round nor what is signed is found by the lead office or the auditor.
async fn nobody_outside_reads(served: &Served, person: &Person, page: &str, round: &str) {
    for login in ["zhangmin", "heqing"] {
        sign_in(served, person, login).await;
        for address in [page, round] {
            person.open(address).await;
            person.see(person.say("没有这个页面", "There is no such page")).await;
        }
        leave(person).await;
    }
}

/// 待办 › read › 同意并签发; with the last signature it is handed in.
async fn signs(person: &Person, team: &Team) {
    person.open("/app").await;
    person.fill("login", team.signatory.2).await;
    person.fill("password", SECRET).await;
    person.press("form button[type=submit]").await;
    person.see(person.say("签发", "Sign")).await;
    person.begin();
    person.press("a.inbox__what[href*='/sign-offs/']").await;
    person.see(person.say("这是最后一步", "This is the last step")).await;
    sound(person).await;
    person.press(".form-foot button[data-kind=primary]").await;
    person.see(person.say("已签发", "Signed")).await;
    person.within(2, "signing an application");
    sound(person).await;
    leave(person).await;
}
