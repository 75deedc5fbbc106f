//! Reminders, the words of mails, which mails come, and saved views, over HTTP.

use crate::{kind, problem};
use ronghe_client::{Client, ListNeeds, ListViews};
use ronghe_contract::message::SetMailTemplate;
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::{Bound, ChoiceDraft};
use ronghe_domain::message::reminder::{Event, ReminderDraft, Side, Unit};
use ronghe_domain::message::template::{Language, Words};
use ronghe_domain::view::{Action, List, ViewDraft};
use ronghe_testkit::TestApp;

fn row(days: &str) -> ReminderDraft {
    ReminderDraft {
        cycle: "2026".into(),
        event: Event::FilingEnds,
        days: days.into(),
        unit: Unit::Days,
        side: Side::Before,
        active: true,
    }
}

#[tokio::test]
async fn the_lead_office_keeps_reminders_and_others_do_not() {
    let test = TestApp::start().await;
    let (lead, auditor) = (test.entered("zhangmin").await, test.entered("heqing").await);
    let seen = lead.list_reminders().await.unwrap();
    assert!(seen.may_keep && seen.items.len() == 14 && seen.items.iter().all(|row| row.active));
    let made = lead.add_reminder(&row("5")).await.unwrap();
    assert_eq!((made.cycle.as_deref(), made.days, made.version.as_str()), (Some("2026"), 5, "\"v1\""));
    let off = ReminderDraft { active: false, ..row("5") };
    let set = lead.set_reminder(made.id, &made.version, &off).await.unwrap();
    assert!(!set.active);
    assert_eq!(kind(lead.set_reminder(made.id, &made.version, &off).await), "stale");
    let wrong = problem(lead.add_reminder(&ReminderDraft { side: Side::After, ..row("6") }).await);
    assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, "side"));
    assert_eq!(problem(lead.add_reminder(&row("5")).await).fields[0].error.path, "days");
    // Who watches sees them and changes none; for everybody else there is nothing.
    assert!(!auditor.list_reminders().await.unwrap().may_keep);
    assert_eq!(problem(auditor.add_reminder(&row("7")).await).status, 403);
    assert_eq!(problem(auditor.set_reminder(made.id, &set.version, &row("7")).await).status, 403);
    for login in ["wanghaifeng", "linxiaozhou", "wuxiao"] {
        let other = test.entered(login).await;
        assert_eq!(problem(other.list_reminders().await).status, 404, "{login}");
        assert_eq!(problem(other.add_reminder(&row("7")).await).status, 404, "{login}");
        assert_eq!(problem(other.list_mail_templates().await).status, 404, "{login}");
        assert_eq!(problem(other.count_mails().await).status, 404, "{login}");
    }
    assert_eq!(problem(Client::new(&test.server).list_reminders().await).status, 404);
}

#[tokio::test]
async fn the_words_of_mails_are_set_and_taken_back() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let which = (Kind::NeedReturned, Language::Zh);
    let of = |all: ronghe_contract::message::MailTemplates| {
        all.items.into_iter().find(|it| (it.kind, it.language) == which).unwrap()
    };
    let before = of(lead.list_mail_templates().await.unwrap());
    assert!(before.is_standard && before.example.body.contains("/app/needs/N2026-0137"));
    let words = |subject: &str, body: &str| SetMailTemplate {
        words: Some(Words { subject: subject.into(), body: body.into() }),
    };
    let bad = words("{what} {title}", "{what}");
    let refused = problem(lead.set_mail_template(which, &before.version, &bad).await);
    let paths: Vec<&str> = refused.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!((refused.status, paths), (422, vec!["subject", "body"]));
    let good = words("【市校融合】{what}", "{what}，编号 {number}。\n{link}");
    let set = lead.set_mail_template(which, &before.version, &good).await.unwrap();
    assert_eq!(set.example.subject, "【市校融合】需求被退回修改");
    assert_eq!(kind(lead.set_mail_template(which, &before.version, &good).await), "stale");
    let back = SetMailTemplate { words: None };
    let reverted = lead.set_mail_template(which, &set.version, &back).await.unwrap();
    assert!(reverted.is_standard && reverted.version == "\"v2\"");
    // What is about accounts says the same to everybody.
    let security = (Kind::AccessReset, Language::Zh);
    assert_eq!(problem(lead.set_mail_template(security, "\"v0\"", &good).await).status, 404);
    let auditor = test.entered("heqing").await;
    assert_eq!(problem(auditor.set_mail_template(which, &reverted.version, &good).await).status, 403);
    let counted = lead.count_mails().await.unwrap();
    assert!(counted.items.iter().any(|it| it.kind == Kind::NeedForwarded && it.waiting > 0));
    assert!(
        counted
            .items
            .iter()
            .all(|it| !matches!(it.kind, Kind::ApplicationInvited | Kind::FilingDue | Kind::NeedSubmitted))
    );
}

#[tokio::test]
async fn everybody_chooses_their_mails_but_not_those_that_are_bound() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let before = school.show_mail_choices().await.unwrap();
    assert!(before.kinds.iter().all(|row| row.mailed));
    assert!(before.kinds.iter().any(|row| row.bound == Some(Bound::Decision)));
    assert!(before.kinds.iter().all(|row| row.kind != Kind::ApplicationAccepted));
    let draft = ChoiceDraft { off: vec![Kind::CycleOpened], language: Language::En };
    let after = school.set_mail_choices(&before.version, &draft).await.unwrap();
    let off: Vec<Kind> = after.kinds.iter().filter(|row| !row.mailed).map(|row| row.kind).collect();
    assert_eq!((off, after.language), (vec![Kind::CycleOpened], Language::En));
    assert_eq!(kind(school.set_mail_choices(&before.version, &draft).await), "stale");
    let bound = ChoiceDraft { off: vec![Kind::SignOffAsked], ..ChoiceDraft::default() };
    let refused = problem(school.set_mail_choices(&after.version, &bound).await);
    assert_eq!((refused.status, refused.fields[0].error.path.as_str()), (422, "off[0]"));
    assert_eq!(problem(Client::new(&test.server).show_mail_choices().await).status, 401);
}

#[tokio::test]
async fn a_view_is_ones_own_or_ones_organisations_and_widens_no_right() {
    let test = TestApp::start().await;
    let (lead, colleague) = (test.entered("zhangmin").await, test.signed_in("liuzhiyuan").await);
    let draft = ViewDraft {
        list: List::Needs,
        name: "待遴选".into(),
        filters: [("state".into(), "forwarded".into())].into(),
        shared: false,
    };
    let saved = lead.save_view(&draft).await.unwrap();
    assert_eq!(saved.offers, [Action::Change, Action::Delete]);
    assert_eq!(problem(lead.save_view(&draft).await).fields[0].error.path, "name");
    let all = ListViews::default();
    assert_eq!(colleague.list_views(&all).await.unwrap(), []);
    assert_eq!(problem(colleague.delete_view(saved.id).await).status, 404);
    let shared = ViewDraft { shared: true, ..draft.clone() };
    let shared = lead.change_view(saved.id, &saved.version, &shared).await.unwrap();
    assert_eq!(kind(lead.change_view(saved.id, &saved.version, &draft).await), "stale");
    let theirs = colleague.list_views(&ListViews { list: "needs".into() }).await.unwrap();
    assert_eq!((theirs[0].name.as_str(), theirs[0].offers.len()), ("待遴选", 0));
    assert_eq!(problem(colleague.delete_view(saved.id).await).status, 403);
    assert_eq!(problem(colleague.change_view(saved.id, &shared.version, &draft).await).status, 403);
    // Another organisation sees none of it, and the filters show nobody more than their rights.
    let school = test.entered("wanghaifeng").await;
    assert_eq!(school.list_views(&all).await.unwrap(), []);
    let own = ViewDraft { name: "全部".into(), ..draft.clone() };
    school.save_view(&own).await.unwrap();
    let query = ListNeeds { state: "forwarded".into(), ..ListNeeds::default() };
    let (few, many) = (school.list_needs(&query).await.unwrap(), lead.list_needs(&query).await.unwrap());
    assert!(few.total < many.total);
    let wrong = ViewDraft { filters: [("after".into(), "3".into())].into(), ..own };
    assert_eq!(problem(school.save_view(&wrong).await).status, 422);
    lead.delete_view(saved.id).await.unwrap();
    assert_eq!(colleague.list_views(&all).await.unwrap(), []);
    assert_eq!(problem(lead.delete_view(saved.id).await).status, 404);
    assert_eq!(problem(Client::new(&test.server).list_views(&all).await).status, 401);
}
