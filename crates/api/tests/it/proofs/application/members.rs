//! What whoever was invited to sections has to do: theirs alone, until it is done.

use super::{applying, filled, of_university, opened, seal};
use ronghe_client::Client;
use ronghe_contract::application::{ActOnApplication, ApplicationView, InviteMembers, StartApplication};
use ronghe_contract::task::TaskView;
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Correction, Duty, Flaw, Section, State};
use ronghe_domain::task::Kind;
use ronghe_testkit::{TestApp, TestDb, db_test};

async fn tasks(who: &Client, kind: Kind) -> Vec<TaskView> {
    let all = who.list_tasks().await.unwrap().items;
    all.into_iter().filter(|task| task.kind == kind).collect()
}

/// Writes that these sections are the colleague's; none where they have no part.
async fn team(uni: &Client, name: &str, sections: &[Section]) -> ApplicationView {
    let part = |login: &str, duty, sections: &[Section]| MemberDraft {
        login: login.into(),
        duty,
        sections: sections.to_vec(),
    };
    let mut members = vec![part("linxiaozhou", Duty::Lead, &[])];
    if !sections.is_empty() {
        members.push(part("gaoyuan", Duty::Member, sections));
    }
    let seen = uni.show_application(name).await.unwrap().version;
    let team = InviteMembers { members, ..InviteMembers::default() };
    uni.invite_members(name, &seen, &team).await.unwrap()
}

db_test!(members_have_their_sections_to_write_until_they_are_done, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let colleague = of_university(&test, "gaoyuan", "sdnu").await;
    let other = of_university(&test, "zhaomin", "sdnu").await;
    let rival = of_university(&test, "linan", "ujn").await;
    let uni = test.entered("linxiaozhou").await;
    let begun = uni.start_application(&StartApplication { need: needs[0].clone() }).await.unwrap();
    let name = begun.row.name.clone();
    assert_eq!(tasks(&colleague, Kind::WriteSections).await, []);
    team(&uni, &name, &[Section::Plan]).await;
    let own = tasks(&colleague, Kind::WriteSections).await;
    let of_lead = tasks(&uni, Kind::FinishApplication).await;
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].record.as_ref(), own[0].deadline), (Some(&name), of_lead[0].deadline));
    assert!(own[0].deadline.is_some());
    // Under seal it is theirs alone: neither their house nor anybody else reads of it, and who leads has the whole.
    let (lead, auditor) = (test.entered("zhangmin").await, test.entered("heqing").await);
    for nobody in [&uni, &other, &rival, &lead, &auditor] {
        assert_eq!(tasks(nobody, Kind::WriteSections).await, []);
    }

    // It goes when they have no part any more, and when theirs is done.
    team(&uni, &name, &[]).await;
    assert_eq!(tasks(&colleague, Kind::WriteSections).await, []);
    let seen = team(&uni, &name, &[Section::Plan, Section::Basis]).await;
    let whole = filled(&seen);
    let mut draft = seen.draft.clone().unwrap();
    (draft.work_plan, draft.risk) = (whole.work_plan.clone(), whole.risk.clone());
    let seen = colleague.save_application(&name, &seen.version, &draft).await.unwrap();
    assert_eq!(tasks(&colleague, Kind::WriteSections).await.len(), 1, "one of two");
    draft.basis = whole.basis.clone();
    let seen = colleague.save_application(&name, &seen.version, &draft).await.unwrap();
    assert_eq!(tasks(&colleague, Kind::WriteSections).await, []);
    assert_eq!(tasks(&uni, Kind::FinishApplication).await.len(), 1);

    // What comes back is theirs again, as far as the return opens it, until its day.
    uni.save_application(&name, &seen.version, &whole).await.unwrap();
    seal(&uni, &name).await.unwrap();
    let seen = uni.show_application(&name).await.unwrap();
    let sent = uni.act_on_application(&name, &seen.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!(sent.row.state, State::Submitted);
    // It waits for the check with its own house alone, under seal and after.
    for own in [&uni, &colleague, &other] {
        let waiting = tasks(own, Kind::WithChecker).await;
        assert_eq!(waiting.iter().map(|task| task.record.as_deref()).collect::<Vec<_>>(), [Some(&*name)]);
    }
    for nobody in [&rival, &lead, &auditor] {
        assert_eq!(tasks(nobody, Kind::WithChecker).await, []);
    }
    opened(&test).await;
    let (colleague, lead) = (test.signed_in("gaoyuan").await, test.entered("zhangmin").await);
    assert_eq!(tasks(&colleague, Kind::WriteSections).await, []);
    assert_eq!(tasks(&colleague, Kind::WithChecker).await.len(), 1);
    let corrections =
        vec![Correction { section: Section::Plan, flaw: Flaw::BesideNeed, remark: "对应目标".into() }];
    let back = ActOnApplication::Return { corrections, remark: String::new(), until: String::new() };
    let seen = lead.show_application("A2026-0001").await.unwrap();
    let back = lead.act_on_application("A2026-0001", &seen.version, &back).await.unwrap();
    assert_eq!(tasks(&colleague, Kind::WithChecker).await, []);
    let own = tasks(&colleague, Kind::CorrectSections).await;
    assert_eq!((own.len(), own[0].deadline), (1, Some(back.returned.unwrap().until)));
    let mut draft = whole;
    draft.work_plan.push_str("对应需求的目标。");
    let seen = colleague.show_application("A2026-0001").await.unwrap();
    colleague.save_application("A2026-0001", &seen.version, &draft).await.unwrap();
    assert_eq!(tasks(&colleague, Kind::CorrectSections).await, []);
    // What was not handed in again in time is with the lead office.
    let until = own[0].deadline.unwrap();
    test.app.clock().set(until);
    let colleague = test.signed_in("gaoyuan").await;
    assert_eq!(tasks(&colleague, Kind::CorrectSections).await, []);
    assert_eq!(tasks(&colleague, Kind::WithChecker).await.len(), 1);
});
