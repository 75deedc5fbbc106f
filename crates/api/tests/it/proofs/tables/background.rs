//! Long lists: refused to a request, made by a job with what their owner may see then, nobody else's, gone after days.

use super::{csv, rows_of};
use crate::{kind, problem};
use jiff::SignedDuration;
use ronghe_app::export::{forget, resume, run_due};
use ronghe_client::{Client, ListEvents, ListMessages, ListNeeds};
use ronghe_contract::account::ActOnAccount;
use ronghe_contract::export::{AskExport, ExportView};
use ronghe_contract::need::StartNeed;
use ronghe_domain::audit::{Action as Event, Subject};
use ronghe_domain::export::{Action, State};
use ronghe_domain::kernel::Offer;
use ronghe_domain::message::Kind;
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft, tamper};

/// What the refusal says.
fn code<T: std::fmt::Debug>(done: Result<T, ronghe_client::Error>) -> String {
    problem(done).refusal.unwrap()["code"].as_str().unwrap().to_owned()
}

fn pass(test: &TestApp, time: SignedDuration) {
    test.app.clock().set(test.app.now() + time);
}

/// How many files lie there.
fn files(test: &TestApp) -> usize {
    std::fs::read_dir(test.app.settings().files.join("exports")).map_or(0, Iterator::count)
}

async fn last_told(client: &Client) -> (Kind, String) {
    let mut told = client.list_messages(&ListMessages::default()).await.unwrap().items;
    let newest = told.remove(0);
    (newest.kind, newest.record)
}

async fn the_one(client: &Client) -> ExportView {
    let mut all = client.list_exports().await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

db_test!(a_long_list_is_made_in_the_background, |db: TestDb| async move {
    let test = TestApp::start_brief(db, 1).await;
    let lead = test.entered("zhangmin").await;
    let list = ListNeeds { sort: "number".into(), ..ListNeeds::default() };
    let query = csv(list.clone());
    let refused = lead.export_needs(&query).await.unwrap_err();
    assert!(refused.is_long_list() && refused.status() == Some(409), "{refused:?}");
    let asked = lead.ask_export(&query.later().unwrap()).await.unwrap();
    assert_eq!(
        (asked.state, asked.offers.as_slice()),
        (State::Waiting, &[Offer { action: Action::Delete, barred: None }][..])
    );
    assert_eq!(code(lead.download_export(asked.id).await), "not_ready");

    assert_eq!((run_due(&test.app).await.unwrap(), run_due(&test.app).await.unwrap()), (1, 0));
    let ready = lead.show_export(asked.id).await.unwrap();
    let listed: Vec<String> =
        lead.list_needs(&list).await.unwrap().items.into_iter().map(|row| row.number.unwrap()).collect();
    let bytes = lead.download_export(asked.id).await.unwrap();
    let numbers: Vec<String> = rows_of(&bytes).into_iter().skip(1).map(|row| row[0].clone()).collect();
    let found = (numbers.len().try_into().unwrap(), bytes.len().try_into().unwrap());
    assert_eq!((ready.rows, ready.size), found);
    assert_eq!(numbers, listed);
    assert_eq!(last_told(&lead).await, (Kind::ExportReady, asked.id.to_string()));
    assert_eq!(the_one(&lead).await, ready);

    // It is nobody else's, and each step stands in the chain.
    for login in ["wuxiao", "heqing", "wanghaifeng"] {
        let other = test.entered(login).await;
        assert_eq!(other.list_exports().await.unwrap(), [], "{login}");
        assert_eq!(problem(other.show_export(asked.id).await).status, 404, "{login}");
        assert_eq!(problem(other.download_export(asked.id).await).status, 404, "{login}");
        assert_eq!(problem(other.delete_export(asked.id).await).status, 404, "{login}");
    }
    assert_eq!(problem(Client::new(&test.server).list_exports().await).status, 401);
    let watch = test.entered("heqing").await;
    let mut events = watch.list_events(&ListEvents::default()).await.unwrap().items;
    events.retain(|event| event.subject == Subject::Export);
    let actions: Vec<Event> = events.iter().rev().map(|event| event.action).collect();
    assert_eq!(actions, [Event::Ask, Event::Create, Event::Export]);
    assert_eq!(events[0].after.as_ref().unwrap()["rows"], ready.rows);

    lead.delete_export(asked.id).await.unwrap();
    assert_eq!((lead.list_exports().await.unwrap(), files(&test)), (Vec::new(), 0));
});

db_test!(an_export_has_what_its_owner_may_see_when_it_is_made, |db: TestDb| async move {
    let test = TestApp::start_brief(db, 0).await;
    let school = test.entered("wanghaifeng").await;
    let list = ListNeeds { state: "draft".into(), ..ListNeeds::default() };
    let drafts = school.list_needs(&list).await.unwrap().total;
    school.ask_export(&csv(list).later().unwrap()).await.unwrap();
    school.start_need(&StartNeed { draft: need_draft(), ..StartNeed::default() }).await.unwrap();
    run_due(&test.app).await.unwrap();
    assert_eq!(the_one(&school).await.rows, drafts + 1);

    // Whoever watches takes out what they see as well.
    let watch = test.entered("heqing").await;
    watch.ask_export(&AskExport::default()).await.unwrap();
    run_due(&test.app).await.unwrap();
    assert_eq!(the_one(&watch).await.rows, watch.list_needs(&ListNeeds::default()).await.unwrap().total);

    // Who may see nothing by then gets nothing.
    let bureau = test.entered("liwenjing").await;
    let caller = test.person("liwenjing").await;
    let asked = bureau.ask_export(&AskExport::default()).await.unwrap();
    let admin = test.entered("wuxiao").await;
    let account = admin.show_account("liwenjing").await.unwrap();
    admin.act_on_account("liwenjing", &account.version, &ActOnAccount::Disable).await.unwrap();
    for _ in 0..3 {
        assert_eq!((run_due(&test.app).await.unwrap(), run_due(&test.app).await.unwrap()), (1, 0));
        pass(&test, SignedDuration::from_mins(2));
    }
    assert_eq!(run_due(&test.app).await.unwrap(), 0, "it is given up");
    let failed = ronghe_app::export::show(&test.app, &caller, asked.id).await.unwrap();
    assert_eq!((failed.state, failed.rows, files(&test)), (State::Failed, 0, 2));
});

db_test!(an_export_goes_after_its_days, |db: TestDb| async move {
    let test = TestApp::start_brief(db, 0).await;
    let lead = test.entered("zhangmin").await;
    let asked = lead.ask_export(&AskExport::default()).await.unwrap();
    let called_off = lead.ask_export(&AskExport::default()).await.unwrap();
    lead.delete_export(called_off.id).await.unwrap();
    assert_eq!(run_due(&test.app).await.unwrap(), 1);
    pass(&test, SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    let lead = test.entered("zhangmin").await;
    assert_eq!((forget(&test.app).await.unwrap(), files(&test)), (0, 1));
    lead.download_export(asked.id).await.unwrap();
    pass(&test, SignedDuration::from_secs(1));
    assert_eq!(code(lead.download_export(asked.id).await), "expired");
    assert_eq!((forget(&test.app).await.unwrap(), files(&test)), (1, 0));
    assert_eq!(problem(lead.show_export(asked.id).await).status, 404);
});

db_test!(what_was_cut_off_or_cannot_be_read_keeps_no_other_back, |db: TestDb| async move {
    let test = TestApp::start_brief(db, 0).await;
    let lead = test.entered("zhangmin").await;
    let broken = lead.ask_export(&AskExport::default()).await.unwrap();
    tamper(&test.app, "UPDATE list_export SET asked = '{'").await;
    pass(&test, SignedDuration::from_secs(1));
    let whole = lead.ask_export(&AskExport::default()).await.unwrap();
    assert_eq!(run_due(&test.app).await.unwrap(), 2);
    assert_eq!(the_one(&lead).await.id, whole.id);
    let told: Vec<(Kind, String)> = lead
        .list_messages(&ListMessages::default())
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|it| (it.kind, it.record))
        .collect();
    assert!(told.contains(&(Kind::ExportFailed, broken.id.to_string())), "{told:?}");
    assert!(told.contains(&(Kind::ExportReady, whole.id.to_string())), "{told:?}");

    // The server ended in the middle: alone, it takes it up again at once, beside others after a minute.
    lead.delete_export(whole.id).await.unwrap();
    let cut = lead.ask_export(&AskExport::default()).await.unwrap();
    let until = (test.app.now() + SignedDuration::from_mins(1)).as_microsecond();
    let running =
        format!("UPDATE list_export SET state = 'running', tries = 1, next = {until} WHERE asked = '{{}}'");
    tamper(&test.app, &running).await;
    assert_eq!(run_due(&test.app).await.unwrap(), 0);
    if resume(&test.app).await.unwrap() == 0 {
        pass(&test, SignedDuration::from_mins(1));
    }
    assert_eq!(run_due(&test.app).await.unwrap(), 1);
    assert_eq!(lead.show_export(cut.id).await.unwrap().state, State::Ready);
    pass(&test, SignedDuration::from_hours(8 * 24));
    assert_eq!((forget(&test.app).await.unwrap(), files(&test)), (2, 0));
});

#[tokio::test]
async fn long_lists_are_counted_once_and_only_so_many_are_kept() {
    let test = TestApp::start_brief(ronghe_testkit::sqlite().await, 0).await;
    let lead = test.entered("zhangmin").await;
    let query = csv(ListNeeds::default());
    for _ in 0..10 {
        assert!(lead.export_needs(&query).await.unwrap_err().is_long_list());
        lead.ask_export(&query.later().unwrap()).await.unwrap();
    }
    assert_eq!(kind(lead.ask_export(&query.later().unwrap()).await), "too-many");
    pass(&test, SignedDuration::from_hours(1));
    let lead = test.entered("zhangmin").await;
    for _ in 0..10 {
        lead.ask_export(&query.later().unwrap()).await.unwrap();
    }
    pass(&test, SignedDuration::from_hours(1));
    let lead = test.entered("zhangmin").await;
    assert_eq!(code(lead.ask_export(&query.later().unwrap()).await), "too_many");
    let wrong = AskExport { filters: [("colour".into(), "blue".into())].into(), ..AskExport::default() };
    assert_eq!(problem(lead.ask_export(&wrong).await).fields[0].error.path, "filters.colour");
}
