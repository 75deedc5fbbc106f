//! A document's way into the register, by two people of the lead office.

mod import;
mod register;

use crate::{kind, problem};
use ronghe_contract::policy::{ActOnPolicy, DecisionInput, ImportPolicy};
use ronghe_domain::audit::Action;
use ronghe_domain::policy::{State, Status};
use ronghe_testkit::TestApp;

const TEXT: &str = "济南市教育局关于加强校园阅读的若干措施\n济教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处、校园文化处）\n二、请好老师。每月一讲。（责任单位：市教研院、各区县教体局）\n本措施自2025年3月1日起施行，有效期至2027年2月28日。\n济南市教育局\n2025年2月20日";

fn text() -> ImportPolicy {
    ImportPolicy { slug: None, text: Some(TEXT.into()), file: None }
}

#[tokio::test]
async fn one_imports_and_corrects_another_publishes() {
    let test = TestApp::start().await;
    let first = test.entered("zhangmin").await;
    let second = test.signed_in("liuzhiyuan").await;
    let imported = first.import_policy(&text()).await.unwrap();
    let import = imported.import.clone().unwrap();
    assert_eq!((imported.slug.as_str(), import.imported_by.as_str()), ("2025-7", "张敏"));
    assert_eq!(import.text, TEXT);
    assert_eq!(import.candidates.len(), 1, "校园文化处 is not known");
    assert!(import.known.iter().any(|known| known.name == "基础教育处"));
    assert!(import.errors.iter().any(|error| error.path.ends_with("units[1].target")), "{:?}", import.errors);

    let open = problem(second.act_on_policy("2025-7", &imported.version, &ActOnPolicy::Publish).await);
    assert_eq!((open.status, open.refusal.unwrap()["code"].as_str().unwrap()), (409, "unchecked"));

    let mut draft = import.draft;
    draft.sections[0].measures[0].units.pop();
    let corrected = first.correct_policy("2025-7", &imported.version, &draft).await.unwrap();
    assert_eq!(corrected.import.unwrap().errors, []);
    assert_eq!(kind(first.correct_policy("2025-7", &imported.version, &draft).await), "stale");
    let own = problem(first.act_on_policy("2025-7", &corrected.version, &ActOnPolicy::Publish).await);
    assert_eq!((own.status, own.refusal.unwrap()["code"].as_str().unwrap()), (409, "second_person_needed"));

    let seen = second.show_policy("2025-7").await.unwrap();
    let published = second.act_on_policy("2025-7", &seen.version, &ActOnPolicy::Publish).await.unwrap();
    assert_eq!((published.state, published.status), (State::Published, Some(Status::InForce)));
    assert!(published.import.is_none());
    let open_to_all = test.client.show_policy("2025-7").await.unwrap();
    assert_eq!(open_to_all.content, published.content);
    let events = second.list_policy_events("2025-7").await.unwrap().items;
    let done: Vec<_> = events.iter().rev().map(|event| (event.action, event.refused)).collect();
    assert_eq!(
        done,
        [(Action::Import, false), (Action::Publish, true), (Action::Publish, true), (Action::Publish, false)]
    );
    assert_eq!(events[0].who.as_deref(), Some("刘志远"));
    assert_eq!(kind(test.client.list_policy_events("2025-7").await), "unknown");
}

#[tokio::test]
async fn a_word_file_is_read_and_a_bad_one_says_why() {
    use base64::Engine;
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let file = |bytes: &[u8]| ImportPolicy { slug: None, text: None, file: Some(encode(bytes)) };
    let read = lead.import_policy(&file(TEXT.as_bytes())).await.unwrap();
    assert_eq!(read.import.unwrap().text, TEXT);
    let pdf = problem(lead.import_policy(&file(b"%PDF-1.7")).await);
    assert_eq!((pdf.status, pdf.fields[0].error.path.as_str()), (422, "file"));
    assert!(pdf.fields[0].message.contains("PDF"), "{}", pdf.fields[0].message);
    let none = problem(lead.import_policy(&ImportPolicy { slug: None, text: None, file: None }).await);
    assert_eq!(none.fields[0].error.path, "text");
    let both = ImportPolicy { file: Some(encode(b"x")), ..text() };
    assert_eq!(problem(lead.import_policy(&both).await).fields[0].error.path, "file");
    let slug = ImportPolicy { slug: Some("校园".into()), ..text() };
    assert_eq!(problem(lead.import_policy(&slug).await).fields[0].error.path, "slug");
}

#[tokio::test]
async fn only_the_lead_office_imports_and_renewal_needs_its_paper() {
    let test = TestApp::start().await;
    for login in ["wuxiao", "heqing", "wanghaifeng", "chenjianguo"] {
        let refused = problem(test.entered(login).await.import_policy(&text()).await);
        assert_eq!(
            (refused.status, refused.detail.as_str()),
            (403, "文件由高校联络服务处导入、更正和发布"),
            "{login}"
        );
    }
    assert_eq!(problem(test.client.import_policy(&text()).await).status, 403);
    let lead = test.entered("zhangmin").await;
    let seen = lead.show_policy("jinan-2023-24").await.unwrap();
    let renew = |date: &str, paper: &str| ActOnPolicy::Renew {
        decision: DecisionInput {
            date: date.into(),
            number: "济教会纪〔2026〕9号".into(),
            paper: paper.into(),
        },
        from: "2026-03-11".into(),
        last_day: "2029-03-10".into(),
    };
    let bare = problem(lead.act_on_policy("jinan-2023-24", &seen.version, &renew("3月", "")).await);
    let paths: Vec<_> = bare.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!(paths, ["date", "paper"]);
    let renewed = lead
        .act_on_policy("jinan-2023-24", &seen.version, &renew("2026-03-09", "局长办公会议纪要"))
        .await
        .unwrap();
    assert_eq!(renewed.renewals.len(), 2);
    assert_eq!(renewed.last_day.as_deref(), Some("2029-03-10"));
}
