//! The life of a question over HTTP: asked, answered, corrected, taken back, in time.

use crate::problem;
use crate::proofs::application::{applying, of_university};
use jiff::SignedDuration;
use ronghe_client::ListQuestions;
use ronghe_contract::question::ActOnQuestion;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::{FieldProblem, Instant};
use ronghe_domain::message::Kind as Message;
use ronghe_domain::question::{Action, Ground, QuestionDraft, State};
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{TestApp, TestDb, db_test};

/// Who files for the need: the first on the list is a school's.
pub(super) async fn unit_of(test: &TestApp, need: &str) -> String {
    let shown = test.entered("zhangmin").await.show_need(need).await.unwrap();
    let accounts = ronghe_testkit::filers(&test.app).await;
    let register = test.app.register().await.unwrap();
    let is_of = |org| register.org(org).is_some_and(|org| org.slug == shown.row.unit.slug);
    accounts.into_iter().find(|account| is_of(account.org)).unwrap().login
}

pub(super) async fn closes(test: &TestApp) -> Instant {
    let opened = ronghe_app::cycle::opened(&test.app).await.unwrap();
    let cycle = opened.into_iter().find(|cycle| cycle.name() == "2026").unwrap();
    cycle.content.closes(Phase::AcceptingApplications).unwrap()
}

pub(super) async fn whole(app: &ronghe_app::App) {
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(app, &watcher).await.unwrap().faults, []);
}

fn asks(text: &str) -> QuestionDraft {
    QuestionDraft { question: text.into() }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> (u16, String) {
    let problem = problem(answer);
    (problem.status, problem.refusal.unwrap()["code"].as_str().unwrap().to_owned())
}

db_test!(what_is_asked_is_answered_in_public, |db: TestDb| async move {
    let test = TestApp::start_unhurried(db).await;
    let needs = applying(&test).await;
    let need = &needs[0];
    let login = unit_of(&test, need).await;
    let (uni, unit) = (test.entered("linxiaozhou").await, test.signed_in(&login).await);
    let lead = test.entered("zhangmin").await;
    let rival = of_university(&test, "gaoyuan", "ujn").await;

    let empty = uni.list_need_questions(need).await.unwrap();
    assert!(empty.items.is_empty() && empty.can_ask && empty.closes.is_some());
    let others = lead.list_need_questions(need).await.unwrap();
    assert!(!others.can_ask && others.barred.is_none(), "the lead office asks nothing");
    assert_eq!(refusal(lead.ask_question(need, &asks("？")).await), (403, "universities_only".to_owned()));
    let blank = problem(uni.ask_question(need, &asks(" ")).await);
    assert_eq!((blank.status, blank.fields[0].error.path.as_str()), (422, "question"));
    let long = problem(uni.ask_question(need, &asks(&"问".repeat(1001))).await);
    assert!(matches!(long.fields[0].error.problem, FieldProblem::TooLong { max: 1000, .. }));

    let asked = uni.ask_question(need, &asks("可以先到学校看场地吗？")).await.unwrap();
    assert_eq!((asked.name.clone(), asked.state), (format!("{need}-Q1"), State::Open));
    assert!(asked.own && asked.offers.is_empty());
    let read = rival.show_question(&asked.name).await.unwrap();
    assert_eq!((read.own, read.text.as_deref()), (false, Some("可以先到学校看场地吗？")));

    // Its unit is told of it by nobody, and has it to do.
    let told = unit.list_messages(&Default::default()).await.unwrap().items.remove(0);
    assert_eq!((told.kind, told.from, told.record.as_str()), (Message::QuestionAsked, None, need.as_str()));
    let task = unit.list_tasks().await.unwrap().items;
    let task = task.iter().find(|task| task.kind == Task::AnswerQuestions).unwrap();
    assert_eq!((task.count, task.record.as_deref(), task.deadline), (1, Some(need.as_str()), asked.due));
    let chase = async |client: &ronghe_client::Client| {
        let tasks = client.list_tasks().await.unwrap().items;
        tasks.into_iter().find(|task| task.kind == Task::ChaseQuestions).map(|task| task.count)
    };
    assert_eq!(chase(&lead).await, None, "it is not overdue");
    test.app.clock().set(asked.due.unwrap());
    let lead = test.entered("zhangmin").await;
    assert_eq!(chase(&lead).await, Some(1));
    let overdue = ListQuestions { show: "overdue".into(), ..ListQuestions::default() };
    assert_eq!(lead.list_questions(&overdue).await.unwrap().total, 1);
    let (uni, unit) = (test.entered("linxiaozhou").await, test.signed_in(&login).await);
    assert_eq!(unit.list_questions(&ListQuestions::default()).await.unwrap().items[0].name, asked.name);
    assert_eq!(problem(uni.list_questions(&overdue).await).status, 404);

    // It is answered once, and then better.
    let say = |text: &str| ActOnQuestion::Answer { answer: text.into() };
    let not_theirs = uni.act_on_question(&asked.name, &asked.version, &say("可以")).await;
    assert_eq!(refusal(not_theirs), (403, "not_yours".to_owned()));
    let empty = problem(unit.act_on_question(&asked.name, &asked.version, &say("")).await);
    assert_eq!((empty.status, empty.fields[0].error.path.as_str()), (422, "answer"));
    let answered = unit.act_on_question(&asked.name, &asked.version, &say("可以。")).await.unwrap();
    assert_eq!((answered.state, answered.answers.len(), answered.due), (State::Answered, 1, None));
    assert_eq!(problem(unit.act_on_question(&asked.name, &asked.version, &say("行")).await).status, 409);
    let better = ActOnQuestion::Correct { answer: "可以，先打电话。".into() };
    let stale = unit.act_on_question(&asked.name, &asked.version, &better).await;
    assert_eq!(problem(stale).status, 412);
    let corrected = lead.act_on_question(&asked.name, &answered.version, &better).await.unwrap();
    let said: Vec<&str> = corrected.answers.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(said, ["可以。", "可以，先打电话。"]);
    assert_ne!(corrected.answers[0].org, corrected.answers[1].org, "each with who gives it");
    let heard = async |client: &ronghe_client::Client| {
        let all = client.list_messages(&Default::default()).await.unwrap().items;
        all.into_iter().filter(|it| it.kind == Message::QuestionAnswered).count()
    };
    let rival = test.signed_in("gaoyuan").await;
    assert_eq!((heard(&uni).await, heard(&rival).await), (2, 0), "who asked hears of it, and nobody else");

    // Taken back, its words are gone and the fact stays.
    let no_ground = ActOnQuestion::TakeBack { ground: None };
    let missing = problem(lead.act_on_question(&asked.name, &corrected.version, &no_ground).await);
    assert_eq!((missing.status, missing.fields[0].error.path.as_str()), (422, "ground"));
    let take = ActOnQuestion::TakeBack { ground: Some(Ground::PersonalData) };
    assert_eq!(refusal(unit.act_on_question(&asked.name, &corrected.version, &take).await).0, 403);
    lead.act_on_question(&asked.name, &corrected.version, &take).await.unwrap();
    let left = rival.list_need_questions(need).await.unwrap().items.remove(0);
    assert_eq!((left.text, left.answers.len()), (None, 0));
    assert_eq!(left.taken_back.unwrap().ground, Ground::PersonalData);
    assert!(lead.show_question(&asked.name).await.unwrap().text.is_some());
    assert_eq!(problem(rival.show_question(&format!("{need}-Q2")).await).status, 404);
    whole(&test.app).await;
});

#[tokio::test]
async fn questions_end_five_days_before_applications_and_answers_with_them() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let end = closes(&test).await - SignedDuration::from_hours(5 * 24);
    test.app.clock().set(end - SignedDuration::from_millis(1));
    let uni = test.entered("linxiaozhou").await;
    for text in ["一", "二", "三", "四", "五"] {
        uni.ask_question(&needs[1], &asks(text)).await.unwrap();
    }
    let full = uni.ask_question(&needs[1], &asks("六")).await;
    assert_eq!(refusal(full), (409, "too_many_wait".to_owned()));
    let asked = uni.ask_question(&needs[0], &asks("何时开始？")).await.unwrap();
    assert_eq!(asked.due, Some(closes(&test).await.min(asked.due.unwrap())));
    test.app.clock().set(end);
    assert_eq!(refusal(uni.ask_question(&needs[0], &asks("？")).await), (409, "ended".to_owned()));
    assert!(!uni.list_need_questions(&needs[0]).await.unwrap().can_ask);

    let last = closes(&test).await - SignedDuration::from_millis(1);
    test.app.clock().set(last);
    let lead = test.entered("zhangmin").await;
    let answer = ActOnQuestion::Answer { answer: "九月。".into() };
    let answered = lead.act_on_question(&asked.name, &asked.version, &answer).await.unwrap();
    test.app.clock().set(closes(&test).await);
    let late = ActOnQuestion::Correct { answer: "十月。".into() };
    let late = lead.act_on_question(&asked.name, &answered.version, &late).await;
    assert_eq!(refusal(late), (409, "ended".to_owned()));
    let offers = lead.show_question(&asked.name).await.unwrap().offers;
    let open: Vec<Action> = offers.iter().filter(|it| it.barred.is_none()).map(|it| it.action).collect();
    assert_eq!(open, [Action::TakeBack]);
}

#[tokio::test]
async fn a_need_that_is_on_no_list_has_no_questions() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let arrived = lead.list_needs(&Default::default()).await.unwrap().items.remove(0).name;
    let view = lead.list_need_questions(&arrived).await.unwrap();
    assert!(view.items.is_empty() && !view.can_ask);
    let uni = test.entered("linxiaozhou").await;
    assert_eq!(problem(uni.ask_question(&arrived, &asks("？")).await).status, 404, "they do not see it");
    assert_eq!(problem(uni.list_need_questions("N2026-9999").await).status, 404);
}
