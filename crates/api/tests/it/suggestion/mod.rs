//! Suggestions both ways, and needs that may stay unanswered: who is told, and that applications make no difference.

use crate::problem;
use crate::proofs::application::applying;
use ronghe_contract::cycle::{ActOnCycle, CycleView};
use ronghe_contract::need::StartNeed;
use ronghe_domain::cycle::PartDraft;
use ronghe_domain::cycle::affinity::WeightsDraft;
use ronghe_domain::need::Stage;
use ronghe_domain::policy::forms::Form;
use ronghe_domain::profile::ProfileDraft;
use ronghe_domain::suggestion::{ANSWERS, LEAST, MOST, Match, Part};
use ronghe_testkit::{TestApp, hidden_application};

#[tokio::test]
async fn a_need_is_told_its_universities_and_a_university_its_needs() {
    let test = TestApp::start().await;
    let listed = applying(&test).await;
    let lead = test.entered("zhangmin").await;
    let found = lead.suggest_universities(&listed[0]).await.unwrap().items;
    assert!(!found.is_empty() && found.len() <= MOST, "{}", found.len());
    assert!(found.is_sorted_by_key(|it| std::cmp::Reverse(it.score)));
    for it in &found {
        assert!(it.score >= LEAST && it.shares.len() == 4 && it.words.len() == 4);
        let points: u32 = it.shares.iter().filter_map(|share| share.points).map(u32::from).sum();
        assert!(
            (u32::from(it.score) * 100..u32::from(it.score + 1) * 100 + 4).contains(&(points + 4)),
            "{it:?}"
        );
        let most: u32 = it.shares.iter().map(|share| u32::from(share.most)).sum();
        assert!((9_990..=10_000).contains(&most), "{most}");
    }

    // What the need says is what the university offers.
    let uni = test.entered("linxiaozhou").await;
    let slug = uni.show_me().await.unwrap().org.slug;
    let before = uni.suggest_needs().await.unwrap();
    assert!(before.profiled && before.university == slug && before.year.as_deref() == Some("2026"));
    let need = lead.show_need(&listed[0]).await.unwrap().content.unwrap();
    let version = uni.show_profile(&slug).await.unwrap().version;
    let draft = ProfileDraft {
        disciplines: vec!["880.17".into()],
        measures: need.measures.iter().map(|it| it.seq).collect(),
        forms: need.forms.iter().copied().filter(|it| *it != Form::Other).collect(),
        stages: Stage::ALL.to_vec(),
        strengths: format!("{}{}{}", need.title, need.background, need.goals),
    };
    uni.set_profile(&slug, &version, &draft).await.unwrap();
    let after = uni.suggest_needs().await.unwrap();
    let told = after.needs.iter().find(|it| it.need.name == listed[0]).unwrap();
    let measures = told.shares.iter().find(|it| it.part == Part::Measures).unwrap();
    assert_eq!(measures.points, Some(measures.most));
    assert!(measures.matches.iter().any(|it| matches!(it, Match::Measure { .. })));
    assert!(after.needs.is_sorted_by_key(|it| std::cmp::Reverse(it.score)) && after.needs.len() <= MOST);
    let again = lead.suggest_universities(&listed[0]).await.unwrap().items;
    let own = again.iter().find(|it| it.university.slug == slug).unwrap();
    assert_eq!((own.score, &own.shares), (told.score, &told.shares), "the same pair is the same both ways");
}

#[tokio::test]
async fn suggestions_are_for_those_whom_they_concern() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let begun = StartNeed { year: "2026".into(), draft: ronghe_testkit::need_draft() };
    let draft = school.start_need(&begun).await.unwrap().row.name;
    assert_eq!(problem(school.suggest_universities(&draft).await).status, 409, "no list yet");
    let lead = test.entered("zhangmin").await;
    assert_eq!(problem(lead.show_unanswered("2026").await).status, 409);
    let uni = test.entered("linxiaozhou").await;
    let early = uni.suggest_needs().await.unwrap();
    assert_eq!((early.year, early.needs.len()), (None, 0));
    assert_eq!(problem(uni.suggest_universities(&draft).await).status, 404);

    let listed = applying(&test).await;
    for account in test.client.show_door().await.unwrap().demo {
        let client = test.entered(&account.login).await;
        let who = &account.login;
        let is_university = who == "linxiaozhou";
        assert_eq!(client.suggest_needs().await.is_ok(), is_university, "{who}");
        let watches = ["zhangmin", "heqing"].contains(&who.as_str());
        let unanswered = client.show_unanswered("2026").await;
        assert_eq!(unanswered.is_ok(), watches, "{who}");
        let told = client.suggest_universities(&listed[0]).await;
        if watches {
            assert!(told.is_ok(), "{who}");
        } else if is_university {
            assert_eq!(problem(told).status, 403, "a university is not told of others");
        }
    }
    assert_eq!(problem(test.client.suggest_needs().await).status, 401);
}

#[tokio::test]
async fn applications_make_no_difference() {
    let test = TestApp::start().await;
    let listed = applying(&test).await;
    let lead = test.entered("zhangmin").await;
    let before = lead.show_unanswered("2026").await.unwrap();
    assert!(before.needs.iter().all(|it| it.score < ANSWERS) && before.least == ANSWERS);
    assert!(before.needs.is_sorted_by_key(|it| it.score));
    let universities = lead.suggest_universities(&listed[0]).await.unwrap();
    let count = before.needs.len();
    assert!(count < listed.len().max(100), "{count} of {}", listed.len());
    let need = before.needs.first().map_or(&listed[0], |it| &it.need.name);
    hidden_application(&test.app, "sdua", need).await;
    assert_eq!(lead.show_unanswered("2026").await.unwrap(), before);
    assert_eq!(lead.suggest_universities(&listed[0]).await.unwrap(), universities);
}

#[tokio::test]
async fn suggestions_weigh_what_the_cycle_says_until_universities_apply() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let cycle = lead.show_cycle("2026").await.unwrap();
    test.app.clock().set(cycle.row.collecting.districts_end);
    let lead = test.entered("zhangmin").await;
    let version = lead.show_cycle("2026").await.unwrap().version;
    lead.act_on_cycle("2026", &version, &ActOnCycle::Advance).await.unwrap();
    let listed: Vec<String> =
        crate::proofs::screening::in_screening(&lead).await.into_iter().map(|row| row.name).collect();
    crate::proofs::lists::publish_all(&test, &lead).await;
    let most = async |name: &str| {
        let found = lead.suggest_universities(name).await.unwrap().items;
        let of =
            |it: &ronghe_contract::suggestion::SuggestedUniversity| it.shares.iter().map(|it| it.most).max();
        found.iter().filter_map(of).max()
    };
    assert!(most(&listed[0]).await.unwrap() < 10_000);
    let revise = async |draft: WeightsDraft| {
        let version = lead.show_cycle("2026").await.unwrap().version;
        let body = ActOnCycle::Revise { part: PartDraft::Affinity(draft), reason: "只看措施".into() };
        lead.act_on_cycle("2026", &version, &body).await
    };
    let typed = |measures: &str| WeightsDraft {
        disciplines: "0".into(),
        measures: measures.into(),
        stages: "0".into(),
        text: "0".into(),
    };
    let wrong = problem(revise(typed("99")).await);
    assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, "weights"));
    let set: CycleView = revise(typed("100")).await.unwrap();
    assert_eq!(set.revisions.last().unwrap().was, PartDraft::Affinity(WeightsDraft::of(Default::default())));
    assert_eq!(most(&listed[0]).await, Some(10_000), "what was compared before does not stand");
    lead.act_on_cycle("2026", &set.version, &ActOnCycle::Advance).await.unwrap();
    let late = problem(revise(typed("100")).await);
    assert_eq!((late.status, late.refusal.unwrap()["code"].as_str()), (409, Some("frozen")));
}
