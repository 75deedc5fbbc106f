//! A document's way through the lead office.

use ronghe_app::policy::{Act, Import, Source, act, correct, import, list, show};
use ronghe_app::{App, Caller, Error, audit};
use ronghe_domain::audit::{Action, Via};
use ronghe_domain::kernel::{Actor, Version};
use ronghe_domain::policy::decision::{RenewalDraft, SupersessionDraft};
use ronghe_domain::policy::rules::{State, Status, status};
use ronghe_store::audit::Filter;
use ronghe_testkit::{TODAY, TestDb, db_test, person, world};

const TEXT: &str = "济南市教育局关于加强校园阅读的若干措施\n济教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n二、请好老师。每月一讲。（责任单位：市教研院、各区县教体局）\n本措施自2025年3月1日起施行，有效期至2027年2月28日。\n济南市教育局\n2025年2月20日";

fn input(text: &str) -> Import {
    Import { slug: None, source: Source::Text(text.into()) }
}

async fn events(app: &App, slug: &str) -> Vec<(Action, bool)> {
    let watcher = Caller::system(Via::Console, "test");
    let filter = Filter { words: Some(slug.into()), limit: 50, ..Filter::default() };
    let (events, _) = audit::events(app, &watcher, &filter).await.unwrap();
    events.into_iter().rev().map(|stored| (stored.event.action, stored.event.refused)).collect()
}

async fn is_whole(app: &App) {
    let checked = audit::verify(app, &Caller::system(Via::Console, "test")).await.unwrap();
    assert_eq!(checked.faults, []);
    assert!(checked.events > 0);
}

db_test!(a_second_person_publishes, |test: TestDb| async move {
    let app = world(&test).await;
    let (first, second) = (person(&app, "zhangmin").await, person(&app, "liuzhiyuan").await);
    let imported = import(&app, &first, input(TEXT)).await.unwrap();
    assert_eq!((imported.slug.as_str(), imported.state), ("2025-7", State::Draft));
    let alone = act(&app, &first, "2025-7", Act::Publish, imported.version).await;
    assert!(matches!(alone, Err(Error::Refused(_))), "{alone:?}");
    let published = act(&app, &second, "2025-7", Act::Publish, imported.version).await.unwrap();
    assert_eq!(status(&published, TODAY), Some(Status::InForce));
    assert!(app.register().await.unwrap().policy("2025-7").is_some());
    assert_eq!(
        events(&app, "2025-7").await,
        [(Action::Import, false), (Action::Publish, true), (Action::Publish, false)]
    );
    is_whole(&app).await;
});

db_test!(who_corrects_last_does_not_publish, |test: TestDb| async move {
    let app = world(&test).await;
    let (first, second) = (person(&app, "zhangmin").await, person(&app, "liuzhiyuan").await);
    let imported = import(&app, &first, input(TEXT)).await.unwrap();
    let mut draft = imported.draft.clone();
    draft.title.as_mut().unwrap().value = "关于加强校园阅读的若干措施".into();
    let corrected = correct(&app, &second, "2025-7", draft, imported.version).await.unwrap();
    let own = act(&app, &second, "2025-7", Act::Publish, corrected.version).await;
    assert!(matches!(own, Err(Error::Refused(_))), "{own:?}");
    let published = act(&app, &first, "2025-7", Act::Publish, corrected.version).await.unwrap();
    assert_eq!(published.published.unwrap().content.title, "关于加强校园阅读的若干措施");
});

db_test!(a_stale_edit_is_refused_and_nothing_is_kept, |test: TestDb| async move {
    let app = world(&test).await;
    let first = person(&app, "zhangmin").await;
    let imported = import(&app, &first, input(TEXT)).await.unwrap();
    let kept = correct(&app, &first, "2025-7", imported.draft.clone(), imported.version).await.unwrap();
    let late = correct(&app, &first, "2025-7", imported.draft, imported.version).await;
    assert!(matches!(late, Err(Error::Stale { current: Some(Version(2)) })), "{late:?}");
    assert_eq!(show(&app, &first, "2025-7").await.unwrap(), kept);
});

db_test!(unknown_units_bar_publication, |test: TestDb| async move {
    let app = world(&test).await;
    let (first, second) = (person(&app, "zhangmin").await, person(&app, "liuzhiyuan").await);
    let text = TEXT.replace("基础教育处", "基教处室");
    let imported = import(&app, &first, input(&text)).await.unwrap();
    let directory = app.register().await.unwrap().directory.clone();
    let unknown = imported.draft.unknown_units(&directory);
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].1.iter().any(|candidate| candidate.name == "基础教育处"), "{unknown:?}");
    let barred = act(&app, &second, "2025-7", Act::Publish, imported.version).await;
    assert!(matches!(barred, Err(Error::Refused(_))), "{barred:?}");
});

db_test!(drafts_are_hidden_from_outsiders, |test: TestDb| async move {
    let app = world(&test).await;
    let first = person(&app, "zhangmin").await;
    import(&app, &first, input(TEXT)).await.unwrap();
    for login in ["wanghaifeng", "linxiaozhou", "liwenjing", "wuxiao", "zhaolixin", "sunruolan", "zhouqiming"]
    {
        let outsider = person(&app, login).await;
        assert!(matches!(show(&app, &outsider, "2025-7").await, Err(Error::Hidden)), "{login}");
        assert_eq!(list(&app, &outsider).await.unwrap().len(), 1, "{login}");
        let act = act(&app, &outsider, "2025-7", Act::Discard, Version::FIRST).await;
        assert!(matches!(act, Err(Error::Hidden)), "{login}");
        let import = import(&app, &outsider, input(TEXT)).await;
        assert!(matches!(import, Err(Error::Refused(_))), "{login}");
    }
    for login in ["heqing", "chenjianguo"] {
        assert_eq!(list(&app, &person(&app, login).await).await.unwrap().len(), 2, "{login}");
    }
    let visitor = Caller { actor: Actor::Visitor, ..first };
    assert_eq!(list(&app, &visitor).await.unwrap().len(), 1);
});

db_test!(renewal_and_supersession_need_their_paper, |test: TestDb| async move {
    let app = world(&test).await;
    let first = person(&app, "zhangmin").await;
    let slug = "jinan-2023-24";
    let before = show(&app, &first, slug).await.unwrap();
    let bare = act(&app, &first, slug, Act::Renew(RenewalDraft::default()), before.version).await;
    let Err(Error::Invalid(fields)) = bare else { panic!("{bare:?}") };
    assert_eq!(
        fields.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(),
        ["date", "number", "paper", "from"]
    );
    let decision = SupersessionDraft {
        date: "2026-03-09".into(),
        number: "济教发〔2026〕1号".into(),
        paper: "新的措施".into(),
        from: "2026-03-10".into(),
    };
    let supersede = Act::Supersede { decision, successor: String::new() };
    let after = act(&app, &first, slug, supersede.clone(), before.version).await.unwrap();
    assert_eq!(status(&after, TODAY), Some(Status::Superseded));
    let again = act(&app, &first, slug, supersede, after.version).await;
    assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
    is_whole(&app).await;
});
