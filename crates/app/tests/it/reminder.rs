//! Reminders: on the day, once, to whoever still has it to do, and to nobody else.

use ronghe_app::need::{self, Act};
use ronghe_app::{App, Caller, audit, message, question};
use ronghe_domain::account::Account;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{Date, Instant, Role, day_in_shanghai, workdays};
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::ChoiceDraft;
use ronghe_domain::message::reminder::{Event, ReminderDraft, standard};
use ronghe_domain::need::State;
use ronghe_domain::question::{AnswerDraft, QuestionDraft};
use ronghe_store as store;
use ronghe_testkit::{TestDb, accepting, db_test, filers, need_draft, of_role, person, tamper, world};

/// Nine in the morning in Jinan.
fn morning(day: &str) -> Instant {
    format!("{day}T01:00:00Z").parse().unwrap()
}

fn caller(account: &Account) -> Caller {
    Caller::at_console(account.actor(), "test")
}

/// The records that somebody was told of, by messages of this kind.
async fn told(app: &App, account: &Account, kind: Kind) -> Vec<String> {
    let (all, _) = message::list(app, &caller(account), None, 500).await.unwrap();
    all.into_iter().filter(|it| it.kind == kind).map(|it| it.record).collect()
}

/// Whether the person's school has something to file: a draft, or nothing that was submitted.
async fn has_to_file(app: &App, account: &Account) -> bool {
    let cycle = ronghe_app::cycle::current(app).await.unwrap().unwrap();
    let filter = need::Filter { cycle: Some(cycle.id), limit: 200, ..need::Filter::default() };
    let (rows, _) = need::list(app, &caller(account), &filter).await.unwrap();
    let states: Vec<State> = rows.into_iter().map(|row| row.standing.state).collect();
    let is_done =
        |state: &State| !matches!(state, State::Draft | State::Withdrawn | State::ReturnedByDistrict);
    states.contains(&State::Draft) || !states.iter().any(is_done)
}

db_test!(units_are_reminded_on_the_day_and_once, |test: TestDb| async move {
    let app = world(&test).await;
    let schools = filers(&app).await;
    // Schools file until 2026-03-20: three working days before it is the 17th.
    app.clock().set("2026-03-17T00:59:59Z".parse().unwrap());
    assert_eq!(message::remind_due(&app).await.unwrap(), 0);
    app.clock().set(morning("2026-03-17"));
    assert!(message::remind_due(&app).await.unwrap() > 0);
    let mut reminded = 0;
    for school in &schools {
        let expected = if has_to_file(&app, school).await { vec!["2026".to_owned()] } else { vec![] };
        assert_eq!(told(&app, school, Kind::FilingDue).await, expected, "{}", school.login);
        reminded += expected.len();
    }
    assert!(reminded > 0 && reminded < schools.len(), "{reminded} of {}", schools.len());
    assert_eq!(message::remind_due(&app).await.unwrap(), 0, "the day was looked at");
    // Somebody files: they are done, the others are reminded again on the last day but one.
    let (late, done) = {
        let mut open = Vec::new();
        for school in &schools {
            if told(&app, school, Kind::FilingDue).await.len() == 1 {
                open.push(school);
            }
        }
        (open[0], open[1])
    };
    for draft in drafts(&app, done).await {
        let act = Act::Withdraw;
        need::act(&app, &caller(done), &draft.0, act, draft.1).await.unwrap();
    }
    let begun = need::start(&app, &caller(done), "2026", &need_draft()).await.unwrap();
    need::act(&app, &caller(done), &begun.name().to_string(), Act::Submit, begun.version).await.unwrap();
    app.clock().set(morning("2026-03-18"));
    message::remind_due(&app).await.unwrap();
    app.clock().set(morning("2026-03-19"));
    message::remind_due(&app).await.unwrap();
    assert_eq!(told(&app, late, Kind::FilingDue).await.len(), 2);
    assert_eq!(told(&app, done, Kind::FilingDue).await.len(), 1);
    // Nobody else hears of it, and the day after the end nobody does.
    for role in [Role::Auditor, Role::LeadOffice, Role::University] {
        for account in of_role(&app, role).await {
            assert!(told(&app, &account, Kind::FilingDue).await.is_empty(), "{}", account.login);
        }
    }
    app.clock().set(morning("2026-03-23"));
    message::remind_due(&app).await.unwrap();
    assert_eq!(told(&app, late, Kind::FilingDue).await.len(), 2);
});

/// Names and versions of a person's drafts.
async fn drafts(app: &App, account: &Account) -> Vec<(String, ronghe_domain::kernel::Version)> {
    let filter = need::Filter { states: vec![State::Draft], limit: 50, ..need::Filter::default() };
    let (rows, _) = need::list(app, &caller(account), &filter).await.unwrap();
    let mut all = Vec::new();
    for row in rows {
        let name = row.name().to_string();
        let version = need::show(app, &caller(account), &name).await.unwrap().need.version;
        all.push((name, version));
    }
    all
}

db_test!(a_server_that_was_away_reminds_late_and_a_day_is_one_processs, |test: TestDb| async move {
    let app = world(&test).await;
    app.clock().set(morning("2026-03-16"));
    message::remind_due(&app).await.unwrap();
    // It comes back two days later, before the end.
    app.clock().set("2026-03-18T08:00:00Z".parse().unwrap());
    let (one, other) = tokio::join!(message::remind_due(&app), message::remind_due(&app));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!((one == 0) != (other == 0), "{one} {other}");
    for school in filers(&app).await {
        assert!(told(&app, &school, Kind::FilingDue).await.len() <= 1);
    }
});

db_test!(rows_are_followed_as_they_are_set, |test: TestDb| async move {
    let app = world(&test).await;
    let lead = person(&app, "zhangmin").await;
    let (rows, may_keep) = message::reminders(&app, &lead).await.unwrap();
    assert_eq!((rows.clone(), may_keep), (standard(), true), "the schema brings the standard rows");
    for row in rows.iter().filter(|row| row.content.event == Event::FilingEnds) {
        let draft = ReminderDraft { active: false, ..ReminderDraft::of(&row.content) };
        message::set_reminder(&app, &lead, row.id, &draft, row.version).await.unwrap();
    }
    app.clock().set(morning("2026-03-17"));
    message::remind_due(&app).await.unwrap();
    let school = person(&app, "wanghaifeng").await;
    let school = store::account::get(app.db().reader(), school.actor.account().unwrap()).await.unwrap();
    assert!(told(&app, &school, Kind::FilingDue).await.is_empty());
    let own = ReminderDraft {
        cycle: "2026".into(),
        days: "2".into(),
        active: true,
        ..ReminderDraft::of(&rows[0].content)
    };
    message::add_reminder(&app, &lead, &own).await.unwrap();
    app.clock().set(morning("2026-03-18"));
    message::remind_due(&app).await.unwrap();
    let reminded = told(&app, &school, Kind::FilingDue).await.len() == 1;
    assert_eq!(reminded, has_to_file(&app, &school).await);
    let console = Caller::system(Via::Console, "test");
    assert_eq!(audit::verify(&app, &console).await.unwrap().faults, []);
    // A standard row that somebody changed beside the application is found.
    tamper(&app, "UPDATE reminder SET days = 9 WHERE event = 'list_waits'").await;
    assert_eq!(audit::verify(&app, &console).await.unwrap().faults.len(), 1);
});

db_test!(a_rehearsal_reminds_by_its_own_clock_and_mails_nobody, |test: TestDb| async move {
    let app = world(&test).await;
    let lead = person(&app, "zhangmin").await;
    tamper(&app, "DELETE FROM mail").await;
    let rehearsal = ronghe_app::cycle::rehearse(&app, &lead, "2026").await.unwrap();
    let name = rehearsal.name();
    let open = ronghe_app::cycle::Act::Open;
    let opened = ronghe_app::cycle::act(&app, &lead, &name, open, rehearsal.version).await.unwrap();
    tamper(&app, "DELETE FROM mail").await;
    let clock = ronghe_app::cycle::Act::SetClock("2026-03-19 09:30".into());
    ronghe_app::cycle::act(&app, &lead, &name, clock, opened.version).await.unwrap();
    assert!(message::remind_due(&app).await.unwrap() > 0);
    let school = filers(&app).await.remove(0);
    assert_eq!(told(&app, &school, Kind::FilingDue).await, std::slice::from_ref(&name));
    let year = CycleYear::parse(&name).unwrap();
    assert!(year.is_rehearsal());
    let admin = person(&app, "wuxiao").await;
    assert_eq!(message::mails(&app, &admin, &[], None, 50).await.unwrap().1, 0);
});

db_test!(mail_comes_as_it_was_chosen_and_what_is_sealed_is_nobodys_to_count, |test: TestDb| async move {
    let app = world(&test).await;
    let (lead, admin) = (person(&app, "zhangmin").await, person(&app, "wuxiao").await);
    let schools = filers(&app).await;
    let mut open = Vec::new();
    for school in &schools {
        if has_to_file(&app, school).await && !school.mail.is_empty() {
            open.push(school);
        }
    }
    let (with, without) = (open[0], open[1]);
    let before = message::choice(&app, &caller(without)).await.unwrap();
    let draft = ChoiceDraft { off: vec![Kind::FilingDue], ..ChoiceDraft::default() };
    message::choose(&app, &caller(without), &draft, before.version).await.unwrap();
    tamper(&app, "DELETE FROM mail").await;
    app.clock().set(morning("2026-03-17"));
    message::remind_due(&app).await.unwrap();
    let (mails, _) = message::mails(&app, &admin, &[], None, 500).await.unwrap();
    let has = |account: &Account| mails.iter().any(|mail| mail.account == account.id);
    assert_eq!((has(with), has(without)), (true, false));
    assert_eq!(told(&app, without, Kind::FilingDue).await.len(), 1, "the page has it all the same");
    // Who is late is nothing that a count says.
    assert_eq!(message::mail_counts(&app, &lead).await.unwrap(), []);
    // What lies under seal goes by quiet mail.
    tamper(&app, "UPDATE mail SET about = 'application_due', quiet = TRUE").await;
    assert_eq!(message::mails(&app, &admin, &[], None, 500).await.unwrap().1, 0);
    message::mail(&app, &admin, mails[0].id).await.unwrap_err();
    message::resend(&app, &admin, mails[0].id).await.unwrap_err();
});

db_test!(units_are_reminded_of_questions_until_they_have_answered, |test: TestDb| async move {
    let app = world(&test).await;
    let needs = accepting(&app).await;
    let asker = person(&app, "linxiaozhou").await;
    let text = QuestionDraft { question: "可以先看场地吗？".into() };
    let mut asked = Vec::new();
    for need in &needs[..2] {
        asked.push(question::ask(&app, &asker, need, &text).await.unwrap());
    }
    // Whoever files answers: schools, and bureaus for needs of their own.
    let units = [filers(&app).await, of_role(&app, Role::DistrictBureau).await].concat();
    let last = day_in_shanghai(asked[0].question.due - jiff::SignedDuration::from_secs(1));
    let (before, after) = (workdays::before(last, 1).unwrap(), workdays::after(last, 1).unwrap());
    let look = async |day: Date| {
        app.clock().set(morning(&day.to_string()));
        message::remind_due(&app).await.unwrap();
        let mut all = Vec::new();
        for unit in &units {
            all.extend(told(&app, unit, Kind::AnswersDue).await.into_iter().map(|need| (need, unit.id)));
        }
        all
    };
    assert_eq!(look(before.yesterday().unwrap()).await, []);
    let first = look(before).await;
    let of = |need: &String| first.iter().filter(|(it, _)| it == need).count();
    assert!(of(&needs[0]) == 1 && of(&needs[1]) == 1 && first.len() == 2, "{first:?}");
    // One is answered: its unit is done, the other is reminded once more on the day behind.
    let (_, unit) = first.iter().find(|(need, _)| *need == needs[0]).unwrap();
    let unit = units.iter().find(|it| it.id == *unit).unwrap();
    let said = question::Act::Answer(AnswerDraft { answer: "可以，工作日下午都行。".into() });
    let (name, seen) = (asked[0].name.to_string(), asked[0].question.version);
    question::act(&app, &caller(unit), &name, said, seen).await.unwrap();
    assert_eq!(look(last).await.len(), 2);
    let late = look(after).await;
    assert_eq!(late.iter().filter(|(need, _)| *need == needs[0]).count(), 1);
    assert_eq!(late.iter().filter(|(need, _)| *need == needs[1]).count(), 2);
    for role in [Role::Auditor, Role::LeadOffice, Role::University] {
        for account in of_role(&app, role).await {
            assert!(told(&app, &account, Kind::AnswersDue).await.is_empty(), "{}", account.login);
        }
    }
});
