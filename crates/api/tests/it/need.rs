//! The first need: from the school through its district to the lead office, and what nobody else sees.

use crate::{checked, kind, problem};
use ronghe_app::message::{self, Mail};
use ronghe_client::{Client, ListMessages, ListNeeds};
use ronghe_contract::message::ReadMessages;
use ronghe_contract::need::{ActOnNeed, ForwardNeeds, NeedView, StartNeed};
use ronghe_contract::org::Reveal;
use ronghe_domain::audit::Action as A;
use ronghe_domain::kernel::Instant;
use ronghe_domain::kernel::Progress;
use ronghe_domain::message::Kind as MessageKind;
use ronghe_domain::need::{Action, Correction, Field, State};
use ronghe_domain::org::people::masked;
use ronghe_domain::task::Kind;
use ronghe_testkit::{TestApp, need_draft as draft};

/// A need that the school has submitted.
async fn submitted(school: &Client) -> NeedView {
    let begun = school.start_need(&StartNeed { draft: draft(), ..StartNeed::default() }).await.unwrap();
    school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await.unwrap()
}

fn offered(view: &NeedView) -> Vec<Action> {
    view.offers.iter().filter(|offer| offer.barred.is_none()).map(|offer| offer.action).collect()
}

#[tokio::test]
async fn a_need_goes_through_its_district_to_the_lead_office() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let lead = test.entered("zhangmin").await;
    let begun = school.start_need(&StartNeed::default()).await.unwrap();
    assert!(begun.row.number.is_none() && begun.row.name.starts_with("draft-"));
    let empty = problem(school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await);
    assert_eq!((empty.status, empty.fields.len()), (422, 14), "every field that is missing, at once");
    let mut half = draft();
    half.budget = "六万".into();
    let saved = school.save_need(&begun.row.name, &begun.version, &half).await.unwrap();
    assert_eq!(saved.errors.len(), 1, "what does not hold is kept as it was typed");
    assert_eq!(saved.draft.as_ref().unwrap().budget, "六万");
    let stale = problem(school.save_need(&begun.row.name, &begun.version, &draft()).await);
    assert_eq!((stale.status, stale.current), (412, Some(saved.version.clone())));
    let saved = school.save_need(&begun.row.name, &saved.version, &draft()).await.unwrap();
    assert!(saved.sections.iter().filter(|it| it.progress == Progress::Done).count() == 6);
    let sent = school.act_on_need(&begun.row.name, &saved.version, &ActOnNeed::Submit).await.unwrap();
    let name = sent.row.name.clone();
    assert_eq!((sent.row.state, sent.row.number.as_deref()), (State::Submitted, Some(name.as_str())));
    assert!(name.starts_with("N2026-") && sent.draft.is_none());

    let seen = district.show_need(&name).await.unwrap();
    assert_eq!(offered(&seen), [Action::Forward, Action::Return, Action::Reveal]);
    let back = ActOnNeed::Return {
        corrections: vec![Correction {
            field: Field::Goals, remark: "目标宜落到可检验的范围".into()
        }],
        remark: String::new(),
        until: String::new(),
    };
    let returned = district.act_on_need(&name, &seen.version, &back).await.unwrap();
    assert_eq!(returned.row.state, State::ReturnedByDistrict);
    let tasks = school.list_tasks().await.unwrap().items;
    let task = tasks.iter().find(|task| task.record.as_deref() == Some(name.as_str())).unwrap();
    assert_eq!((task.kind, task.deadline), (Kind::CorrectNeed, returned.row.deadline));
    let open = school.show_need(&name).await.unwrap();
    assert_eq!(open.returned.as_ref().unwrap().by, "李文静");
    let mut beyond = draft();
    beyond.budget = "90000".into();
    let closed = problem(school.save_need(&name, &open.version, &beyond).await);
    assert_eq!((closed.status, closed.fields[0].error.path.as_str()), (422, "budget"));
    let mut mended = draft();
    mended.goals = "一年内建成气象站，开出十六课时，带动两所小学。".into();
    let saved = school.save_need(&name, &open.version, &mended).await.unwrap();
    let again = school.act_on_need(&name, &saved.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!((again.row.state, again.row.name.as_str()), (State::Submitted, name.as_str()));

    assert_eq!(problem(lead.show_need(&name).await).status, 404, "not before it is forwarded");
    let done = district.act_on_need(&name, &again.version, &ActOnNeed::Forward).await.unwrap();
    assert_eq!(done.row.state, State::Forwarded);
    let arrived = lead.show_need(&name).await.unwrap();
    assert_eq!(arrived.content.as_ref().unwrap().goals, mended.goals);
    assert_eq!(offered(&arrived), [Action::Return, Action::Reveal]);
    let events = lead.list_need_events(&name).await.unwrap().items;
    let done: Vec<_> = events.iter().rev().filter(|event| !event.refused).map(|it| it.action).collect();
    assert_eq!(done, [A::Submit, A::Return, A::Submit, A::Forward]);
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains("00000001"), "the telephone is masked in the time line");
}

#[tokio::test]
async fn drafts_and_others_needs_look_like_nothing() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let begun = school.start_need(&StartNeed { draft: draft(), ..StartNeed::default() }).await.unwrap();
    let sent = submitted(&school).await;
    let strangers = [
        "linxiaozhou",
        "zhouqiming",
        "zhaolixin",
        "zhangmin",
        "sunruolan",
        "chenjianguo",
        "heqing",
        "wuxiao",
    ];
    for login in strangers {
        let stranger = test.entered(login).await;
        for name in [&begun.row.name, &sent.row.name] {
            let hidden = problem(stranger.show_need(name).await);
            let unknown = problem(stranger.show_need("N2026-9999").await);
            assert_eq!(hidden.status, 404, "{login}");
            assert_eq!(
                (hidden.kind, hidden.title, hidden.detail),
                (unknown.kind, unknown.title, unknown.detail)
            );
            let act = problem(stranger.act_on_need(name, &sent.version, &ActOnNeed::Withdraw).await);
            assert_eq!(act.status, 404, "{login}");
            assert_eq!(problem(stranger.list_need_events(name).await).status, 404, "{login}");
        }
        let words = ListNeeds { q: "气象站".into(), ..ListNeeds::default() };
        assert_eq!(stranger.list_needs(&words).await.unwrap().total, 0, "{login}");
    }
    let district = test.entered("liwenjing").await;
    assert_eq!(problem(district.show_need(&begun.row.name).await).status, 404, "a draft stays with its unit");
    assert!(district.show_need(&sent.row.name).await.is_ok());
    let neighbour = test.signed_in("niuchunxia").await;
    assert_eq!(problem(neighbour.show_need(&sent.row.name).await).status, 404, "another district");
    assert_eq!(problem(test.client.show_need(&sent.row.name).await).status, 404, "the public");
    assert_eq!(kind(test.client.list_needs(&ListNeeds::default()).await), "unauthenticated");
}

#[tokio::test]
async fn an_office_reads_what_comes_under_its_measures() {
    let test = TestApp::start().await;
    let office = test.entered("zhaolixin").await;
    let lead = test.entered("zhangmin").await;
    let own = office.list_needs(&ListNeeds::default()).await.unwrap();
    let all = lead.list_needs(&ListNeeds::default()).await.unwrap();
    assert!(0 < own.total && own.total < all.total, "{} of {}", own.total, all.total);
    let row = &own.items[0];
    let phone = office.show_need(&row.name).await.unwrap().content.unwrap().contact_phone;
    assert!(phone.contains("****"), "{phone}");
    let phone = lead.show_need(&row.name).await.unwrap().content.unwrap().contact_phone;
    assert!(phone.contains("****"), "{phone}");
}

#[tokio::test]
async fn a_telephone_is_revealed_for_a_reason_that_is_kept() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let (lead, auditor) = (test.entered("zhangmin").await, test.entered("heqing").await);
    let name = submitted(&school).await.row.name;
    let why = |reason: &str| Reveal { reason: reason.into() };
    let shown = async |client: &Client| client.show_need(&name).await.unwrap().content.unwrap().contact_phone;
    assert_eq!(shown(&school).await, "0531-00000001", "who writes it reads it");
    assert_eq!(shown(&district).await, masked("0531-00000001"));
    for (reason, problems) in [("", 1), ("看看", 1)] {
        let none = problem(district.reveal_need(&name, &why(reason)).await);
        assert_eq!((none.status, none.fields.len()), (422, problems), "{reason:?}");
    }
    assert_eq!(problem(school.reveal_need(&name, &why("自己的号码")).await).status, 403);
    assert_eq!(problem(lead.reveal_need(&name, &why("核对经费预算")).await).status, 404, "not yet forwarded");
    let read = district.reveal_need(&name, &why("约时间看场地")).await.unwrap();
    assert_eq!((read.contact_name.as_str(), read.contact_phone.as_str()), ("王海峰", "0531-00000001"));

    let events = school.list_need_events(&name).await.unwrap().items;
    let event = events.iter().find(|event| event.action == A::Reveal && !event.refused).unwrap();
    assert_eq!((event.who.as_deref(), event.name.as_str()), (Some("李文静"), name.as_str()));
    assert_eq!(event.after, Some(serde_json::json!({ "reason": "约时间看场地" })));
    let refused = events.iter().filter(|event| event.action == A::Reveal && event.refused);
    assert_eq!(refused.count(), 1, "the school's");
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains("00000001"), "no event holds the number: {text}");

    let version = district.show_need(&name).await.unwrap().version;
    district.act_on_need(&name, &version, &ActOnNeed::Forward).await.unwrap();
    assert_eq!(shown(&lead).await, masked("0531-00000001"));
    assert_eq!(shown(&auditor).await, masked("0531-00000001"));
    assert_eq!(problem(auditor.reveal_need(&name, &why("审计抽查")).await).status, 403);
    let admin = test.entered("wuxiao").await;
    assert_eq!(problem(admin.reveal_need(&name, &why("排查系统问题")).await).status, 404);
    assert!(lead.reveal_need(&name, &why("核对经费预算")).await.is_ok());
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn many_are_forwarded_or_none() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let (first, second) = (submitted(&school).await.row.name, submitted(&school).await.row.name);
    let third = submitted(&school).await;
    school.act_on_need(&third.row.name, &third.version, &ActOnNeed::Withdraw).await.unwrap();
    // However it is written, a need is forwarded once.
    let short = first.replace("N2026-", "n2026-").replace("-0", "-");
    assert_ne!(short, first);
    let names = vec![first.clone(), third.row.name.clone(), "N2026-9999".into(), second.clone(), short];
    // The lead office knows how many are on their way, and nothing else of them.
    let lead = test.entered("zhangmin").await;
    let lixia = async || {
        let rows = lead.show_filing("2026").await.unwrap().items;
        rows.into_iter().find(|row| row.org.slug == "lixia").unwrap()
    };
    let before = lixia().await;
    assert!(before.submitted >= 2 && before.left_out >= before.submitted && !before.silent);
    assert_eq!(problem(lead.show_need(&first).await).status, 404);
    let all = ForwardNeeds { needs: names, ..ForwardNeeds::default() };
    let dry = district.forward_needs(&ForwardNeeds { dry_run: true, ..all.clone() }).await.unwrap();
    assert_eq!((dry.done, dry.needs.len(), dry.refused.len()), (false, 2, 2));
    assert_eq!(dry.refused[0].name, third.row.name);
    let refusals = async || {
        let events = district.list_need_events(&third.row.name).await.unwrap().items;
        events.iter().filter(|event| event.refused && event.action == A::Forward).count()
    };
    assert_eq!(refusals().await, 0, "a trial run attempts nothing");
    let none = district.forward_needs(&all).await.unwrap();
    assert!(!none.done);
    assert_eq!(refusals().await, 1, "what was refused is kept");
    assert_eq!(district.show_need(&first).await.unwrap().row.state, State::Submitted, "nothing is half done");
    let some = district.forward_needs(&ForwardNeeds { skip_refused: true, ..all }).await.unwrap();
    assert_eq!((some.done, some.needs.len()), (true, 2));
    assert_eq!(refusals().await, 2);
    for name in [&first, &second] {
        assert_eq!(district.show_need(name).await.unwrap().row.state, State::Forwarded);
    }
    let after = lixia().await;
    assert_eq!((after.submitted, after.forwarded), (before.submitted - 2, before.forwarded + 2));
    let filing = district.show_filing("2026").await.unwrap().items;
    let row = filing.iter().find(|row| row.org.slug == "yanliu").unwrap();
    assert_eq!(row.forwarded, 2);
    assert!(
        filing
            .iter()
            .all(|row| row.org.slug == "lixia" || row.org.kind == ronghe_domain::org::OrgKind::School)
    );
    assert_eq!(problem(test.entered("linxiaozhou").await.show_filing("2026").await).status, 404);
}

#[tokio::test]
async fn the_servers_clock_closes_the_window() {
    let test = TestApp::start().await;
    let at = |text: &str| text.parse::<Instant>().unwrap();
    let school = test.entered("wanghaifeng").await;
    let begin =
        async || school.start_need(&StartNeed { draft: draft(), ..StartNeed::default() }).await.unwrap();
    let (early, late) = (begin().await, begin().await);
    let closes = school.show_cycle("2026").await.unwrap().row.collecting.units_end;
    assert_eq!(closes, at("2026-03-20T09:00:01Z"), "截止 17:00 closes at 17:00:01");
    test.app.clock().set(at("2026-03-20T09:00:00.999999Z"));
    let school = test.entered("wanghaifeng").await;
    let sent = school.act_on_need(&early.row.name, &early.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(sent.row.state, State::Submitted, "the last second counts");
    test.app.clock().set(closes);
    let refused = problem(school.act_on_need(&late.row.name, &late.version, &ActOnNeed::Submit).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("ended")));
    let barred = school.show_need(&late.row.name).await.unwrap();
    let offer = barred.offers.iter().find(|offer| offer.action == Action::Submit).unwrap();
    assert!(offer.barred.is_some(), "the page says so before");
    let none = problem(school.start_need(&StartNeed::default()).await);
    assert_eq!(none.status, 409);
}

#[tokio::test]
async fn only_schools_and_districts_file_and_caps_hold() {
    let test = TestApp::start().await;
    for login in ["zhangmin", "linxiaozhou", "zhaolixin", "heqing", "wuxiao"] {
        let refused = problem(test.entered(login).await.start_need(&StartNeed::default()).await);
        assert_eq!(refused.status, 403, "{login}");
    }
    let district = test.entered("liwenjing").await;
    let own = submitted(&district).await;
    assert_eq!(own.row.state, State::Forwarded, "a bureau's own need passes nobody");
    let school = test.entered("wanghaifeng").await;
    // The demonstration's school has one under way; the cycle allows five.
    for _ in 0..4 {
        submitted(&school).await;
    }
    let more = school.start_need(&StartNeed { draft: draft(), ..StartNeed::default() }).await.unwrap();
    let changed = ronghe_domain::need::NeedDraft { period: "两个学年".into(), ..draft() };
    let saved = school.save_need(&more.row.name, &more.version, &changed).await.unwrap();
    let shown = school.show_need(&more.row.name).await.unwrap();
    for view in [&more, &saved, &shown] {
        let offer = view.offers.iter().find(|offer| offer.action == Action::Submit).unwrap();
        assert!(offer.barred.is_some(), "every answer says that the school has as many as it may");
    }
    let more = saved;
    let full = problem(school.act_on_need(&more.row.name, &more.version, &ActOnNeed::Submit).await);
    assert_eq!((full.status, full.refusal.unwrap()["code"].as_str()), (409, Some("school_cap")));
}

#[tokio::test]
async fn lists_are_read_in_parts_and_bad_words_are_named() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let mut seen = Vec::new();
    let mut query = ListNeeds { sort: "number".into(), ..ListNeeds::default() };
    loop {
        let page = lead.list_needs(&query).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.name));
        match page.next {
            Some(next) => query.after = next,
            None => break,
        }
    }
    let total = lead.list_needs(&ListNeeds::default()).await.unwrap().total;
    assert_eq!(u64::try_from(seen.len()).unwrap(), total);
    assert!(seen.is_sorted());
    for (query, path) in [
        (ListNeeds { state: "submitted,lost".into(), ..ListNeeds::default() }, "state"),
        (ListNeeds { year: "1999".into(), ..ListNeeds::default() }, "year"),
        (ListNeeds { district: "nowhere".into(), ..ListNeeds::default() }, "district"),
        (ListNeeds { measure: "four".into(), ..ListNeeds::default() }, "measure"),
        (ListNeeds { sort: "luck".into(), ..ListNeeds::default() }, "sort"),
        (ListNeeds { after: "x".into(), ..ListNeeds::default() }, "after"),
    ] {
        let wrong = problem(lead.list_needs(&query).await);
        assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, path));
    }
}

#[tokio::test]
async fn what_is_hashed_is_what_the_database_keeps() {
    let test = TestApp::start().await;
    test.app.clock().set("2026-03-10T01:00:00.123456789Z".parse().unwrap());
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let sent = submitted(&school).await;
    let one = ForwardNeeds { needs: vec![sent.row.name], ..ForwardNeeds::default() };
    assert!(district.forward_needs(&one).await.unwrap().done);
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

#[tokio::test]
async fn words_find_prose_and_nothing_that_is_hidden() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let sent = submitted(&school).await;
    district.act_on_need(&sent.row.name, &sent.version, &ActOnNeed::Forward).await.unwrap();
    let auditor = test.entered("heqing").await;
    let count = async |q: &str| {
        let query = ListNeeds { q: q.into(), ..ListNeeds::default() };
        auditor.list_needs(&query).await.unwrap().total
    };
    assert_eq!(count("天台闲置").await, 1);
    assert_eq!(count("用自己采集的数据").await, 1);
    for hidden in ["0531", "00000001", "budget", "special_course", "%", "\"title"] {
        assert_eq!(count(hidden).await, 0, "{hidden}");
    }
}

#[tokio::test]
async fn what_school_and_district_had_between_them_stays_theirs() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let sent = submitted(&school).await;
    let name = sent.row.name.clone();
    let back =
        ActOnNeed::Return {
            corrections: vec![], remark: "先别报，数字不实".into(), until: String::new()
        };
    district.act_on_need(&name, &sent.version, &back).await.unwrap();
    let own = school.show_need(&name).await.unwrap();
    assert_eq!(own.row.state, State::ReturnedByDistrict);
    test.app.clock().set("2026-03-11T01:00:00Z".parse().unwrap());
    let school = test.signed_in("wanghaifeng").await;
    let again = school.act_on_need(&name, &own.version, &ActOnNeed::Submit).await.unwrap();
    test.app.clock().set("2026-03-12T01:00:00Z".parse().unwrap());
    let district = test.signed_in("liwenjing").await;
    district.act_on_need(&name, &again.version, &ActOnNeed::Forward).await.unwrap();
    let seen = async |login: &str| {
        let events = test.signed_in(login).await.list_need_events(&name).await.unwrap().items;
        serde_json::to_string(&events).unwrap().contains("数字不实")
    };
    assert!(seen("liwenjing").await && seen("wanghaifeng").await);
    assert!(!seen("chenjianguo").await && !seen("zhangmin").await);
}

#[tokio::test]
async fn whoever_it_concerns_is_told_and_nobody_else() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let all = ListMessages::default();
    let told = async |client: &Client, kind: MessageKind| {
        let messages = client.list_messages(&all).await.unwrap().items;
        messages.into_iter().filter(|message| message.kind == kind && !message.read).count()
    };
    let before = told(&district, MessageKind::NeedSubmitted).await;
    let own = school.show_me().await.unwrap().unread;
    let sent = submitted(&school).await;
    assert_eq!(told(&district, MessageKind::NeedSubmitted).await, before + 1);
    assert_eq!(school.show_me().await.unwrap().unread, own, "nobody is told of what they did");
    let neighbour = test.signed_in("niuchunxia").await;
    let newest =
        |messages: Vec<ronghe_contract::message::MessageView>| messages.into_iter().map(|it| it.record);
    let theirs = neighbour.list_messages(&all).await.unwrap().items;
    assert!(!newest(theirs).any(|record| record == sent.row.name));

    let messages = district.list_messages(&all).await.unwrap();
    let until = messages.items[0].at;
    assert!(messages.items.is_sorted_by(|one, next| one.at >= next.at));
    district.read_messages(&ReadMessages { until }).await.unwrap();
    assert_eq!(district.show_me().await.unwrap().unread, 0);

    // Mail leaves after the commit, with a number and a link and nothing of the record, each once.
    let folder = match &test.app.settings().mail {
        Mail::Folder(folder) => folder.clone(),
        Mail::Off | Mail::Smtp(_) => panic!("the tests mail into a folder"),
    };
    while message::deliver(&test.app).await.unwrap() > 0 {}
    let letters: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| opened(&std::fs::read_to_string(entry.unwrap().path()).unwrap()))
        .collect();
    let ours: Vec<&String> =
        letters.iter().filter(|letter| letter.contains(&format!("/app/needs/{}", sent.row.name))).collect();
    assert!(ours.iter().any(|letter| letter.contains("To: liwenjing@jnedu.example")));
    assert!(ours.iter().all(|letter| !letter.contains("气象站") && letter.contains("Message-ID: <")));
    assert_eq!(message::deliver(&test.app).await.unwrap(), 0, "nothing is mailed twice");
    assert_eq!(problem(test.client.list_messages(&all).await).status, 401);
}

/// A mail with its words out of base 64.
fn opened(letter: &str) -> String {
    use base64::Engine;
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let packed: String = body.split_whitespace().collect();
    let words = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    format!("{head}\n\n{}", String::from_utf8(words).unwrap())
}
