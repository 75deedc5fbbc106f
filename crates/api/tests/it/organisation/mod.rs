//! Administering organisations, and who sees whom to call.

mod profile;

use crate::{checked, kind, problem};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_client::{ListEvents, ListOrganisations};
use ronghe_contract::Problem;
use ronghe_contract::org::{ImportOrganisations, Reveal};
use ronghe_domain::audit::Action as A;
use ronghe_domain::org::{Affiliation, Contact, MarkKind, OrgDraft, OrgKind, Outgoing, Place, Post, SignOff};
use ronghe_testkit::TestApp;
use rust_xlsxwriter::Workbook;

/// Heads of the table, in the order of its template.
const HEAD: [&str; 13] = [
    "地址名",
    "类别",
    "全称",
    "英文名称",
    "简称与别名",
    "上级单位",
    "成立日期",
    "联系人",
    "联系电话",
    "所在地",
    "隶属",
    "高校类型",
    "标签",
];

fn school(slug: &str, name: &str) -> OrgDraft {
    OrgDraft {
        slug: slug.into(),
        kind: Some(OrgKind::School),
        name: name.into(),
        parent: "历下区教体局".into(),
        contacts: vec![Contact {
            post: Post::Contact,
            name: "王芳".into(),
            title: "德育主任".into(),
            phone: "13812345678".into(),
        }],
        sign_off: vec![SignOff {
            document: Outgoing::Need, steps: vec!["教导处".into(), "校长".into()]
        }],
        ..OrgDraft::default()
    }
}

#[tokio::test]
async fn an_administrator_makes_and_changes_an_organisation() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let made = admin.create_organisation(&school("hubin", "湖滨小学")).await.unwrap();
    assert_eq!((made.parent.unwrap().slug.as_str(), made.offers.len()), ("lixia", 1));
    let mut changed = school("hubin", "湖滨实验小学");
    changed.until = "2030-07-31".into();
    let after = admin.change_organisation("hubin", &made.version, &changed).await.unwrap();
    assert_eq!((after.name.as_str(), after.until.as_deref()), ("湖滨实验小学", Some("2030-07-31")));
    assert_eq!(kind(admin.change_organisation("hubin", &made.version, &changed).await), "stale");
    let twice = problem(admin.create_organisation(&school("hubin", "湖滨实验小学")).await);
    let paths: Vec<_> = twice.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!(paths, ["slug", "name"]);
    let events = test
        .entered("heqing")
        .await
        .list_events(&ListEvents { q: "hubin".into(), ..Default::default() })
        .await;
    assert_eq!(events.unwrap().total, 2);
}

#[tokio::test]
async fn telephones_are_for_those_who_need_them() {
    let test = TestApp::start().await;
    test.entered("wuxiao").await.create_organisation(&school("hubin", "湖滨小学")).await.unwrap();
    let phone = async |login: &str| {
        let view = test.entered(login).await.show_organisation("hubin").await.unwrap();
        view.contacts[0].phone.clone()
    };
    assert_eq!(phone("wuxiao").await, "13812345678");
    assert_eq!(phone("liwenjing").await, "13812345678", "the district above calls its schools");
    assert_eq!(phone("zhangmin").await, "138****5678");
    assert_eq!(phone("wanghaifeng").await, "138****5678");
    assert_eq!(phone("linxiaozhou").await, "138****5678");
    let public = test.client.show_organisation("hubin").await.unwrap();
    assert!(public.contacts.is_empty() && public.offers.is_empty());
}

#[tokio::test]
async fn telephones_are_revealed_for_a_reason_that_is_kept() {
    let test = TestApp::start().await;
    test.entered("wuxiao").await.create_organisation(&school("hubin", "湖滨小学")).await.unwrap();
    let why = |reason: &str| Reveal { reason: reason.into() };
    let lead = test.entered("zhangmin").await;
    let short = problem(lead.reveal_organisation("hubin", &why("看看")).await);
    assert_eq!((short.status, short.fields[0].error.path.as_str()), (422, "reason"));
    let read = lead.reveal_organisation("hubin", &why("约时间看场地")).await.unwrap();
    assert_eq!(read.contacts[0].phone, "13812345678");
    assert_eq!(problem(lead.reveal_organisation("nowhere", &why("约时间看场地")).await).status, 404);
    for login in ["linxiaozhou", "heqing", "wanghaifeng", "liwenjing", "wuxiao"] {
        let refused = test.entered(login).await.reveal_organisation("hubin", &why("约时间看场地")).await;
        assert_eq!(problem(refused).status, 403, "{login}");
    }
    // Who stands below calls whom its needs go through, and nobody else.
    let below = test.entered("wanghaifeng").await;
    let above = below.reveal_organisation("lixia", &why("问报送的时间")).await.unwrap();
    assert!(above.contacts.iter().all(|contact| !contact.phone.contains('*')), "{above:?}");
    let other = below.reveal_organisation("shizhong", &why("问报送的时间")).await;
    assert_eq!(problem(other).status, 403);

    let auditor = test.entered("heqing").await;
    let events = ListEvents { q: "hubin".into(), ..Default::default() };
    let events = auditor.list_events(&events).await.unwrap().items;
    let kept = events.iter().find(|event| event.action == A::Reveal && !event.refused).unwrap();
    assert_eq!(kept.after, Some(serde_json::json!({ "reason": "约时间看场地" })));
    assert_eq!(events.iter().filter(|event| event.refused).count(), 5);
    let text = serde_json::to_string(&events).unwrap();
    assert!(text.contains("138****5678") && !text.contains("13812345678"), "{text}");
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_else_changes_the_directory() {
    let test = TestApp::start().await;
    for account in test.client.show_door().await.unwrap().demo {
        if account.login == "wuxiao" {
            continue;
        }
        let client = test.entered(&account.login).await;
        let refused = problem(client.create_organisation(&school("hubin", "湖滨小学")).await);
        assert_eq!((refused.status, refused.detail.as_str()), (403, "由系统管理员办理"), "{}", account.login);
        let seen = client.show_organisation("yanliu").await.unwrap();
        let refused =
            client.change_organisation("yanliu", &seen.version, &school("yanliu", "燕柳中学")).await;
        assert_eq!(problem(refused).status, 403);
    }
}

/// A table of rows whose cells are named by the letters of their columns.
fn table(rows: &[&[(char, &str)]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, title) in (0_u16..).zip(HEAD) {
        page.write(0, column, title).unwrap();
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (letter, cell) in *cells {
            page.write(row, u16::try_from(u32::from(*letter) - u32::from('A')).unwrap(), *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn import(bytes: &[u8], preview: bool) -> ImportOrganisations {
    ImportOrganisations { file: STANDARD.encode(bytes), preview }
}

fn cells(problem: &Problem) -> Vec<&str> {
    problem.fields.iter().map(|field| field.error.path.as_str()).collect()
}

#[tokio::test]
async fn a_table_is_checked_shown_and_made_whole() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let count = async || admin.list_organisations(&ListOrganisations::default()).await.unwrap().total;
    let before = count().await;
    let bytes = table(&[
        &[('A', "shunhe"), ('B', "区县教体局"), ('C', "顺河区教育局"), ('E', "顺河区教体局、顺河局")],
        &[
            ('A', "hubin"),
            ('B', "District school"),
            ('C', "湖滨小学"),
            ('D', "Hubin Primary"),
            ('F', "顺河局"),
            ('G', "2026-03-10"),
            ('H', "王芳"),
            ('I', "13812345678"),
        ],
        &[
            ('A', "chengnan"),
            ('B', "university"),
            ('C', "城南师范大学"),
            ('J', "驻济"),
            ('K', "Province"),
            ('L', "undergraduate"),
            ('M', "师范类、high_level"),
        ],
    ]);
    let preview = admin.import_organisations(&import(&bytes, true)).await.unwrap();
    assert_eq!((preview.written, preview.organisations.len(), count().await), (false, 3, before));
    assert_eq!(preview.organisations[1].parent.as_ref().unwrap().slug, "shunhe");
    let made = admin.import_organisations(&import(&bytes, false)).await.unwrap();
    assert_eq!(
        (made.written, &made.organisations, count().await),
        (true, &preview.organisations, before + 3)
    );

    let school = admin.show_organisation("hubin").await.unwrap();
    assert_eq!((school.kind, school.since.as_deref()), (OrgKind::School, Some("2026-03-10")));
    assert_eq!((school.parent.unwrap().slug.as_str(), school.contacts[0].name.as_str()), ("shunhe", "王芳"));
    let facts = admin.show_organisation("chengnan").await.unwrap().university.unwrap();
    assert_eq!((facts.place, facts.affiliation), (Place::InJinan, Affiliation::Province));
    let marks: Vec<_> = facts.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(marks, [MarkKind::Normal, MarkKind::HighLevel]);
    let auditor = test.entered("heqing").await;
    for slug in ["shunhe", "hubin", "chengnan"] {
        let asked = ListEvents { q: slug.into(), ..ListEvents::default() };
        assert_eq!(auditor.list_events(&asked).await.unwrap().total, 1, "{slug}");
    }
    let again = problem(admin.import_organisations(&import(&bytes, false)).await);
    assert_eq!(
        cells(&again),
        ["A2.slug", "C2.name", "E2.aliases", "E2.aliases", "A3.slug", "C3.name", "A4.slug", "C4.name"]
    );
}

#[tokio::test]
async fn every_cell_that_does_not_hold_is_told_at_once_and_nothing_is_made() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let check = async |rows: &[&[(char, &str)]], expected: &[&str]| {
        for preview in [true, false] {
            let refused = problem(admin.import_organisations(&import(&table(rows), preview)).await);
            assert_eq!((refused.status, cells(&refused)), (422, expected.to_vec()), "{rows:?}");
        }
    };
    let holds: &[(char, &str)] = &[('A', "hubin"), ('B', "区县学校"), ('C', "湖滨小学"), ('F', "lixia")];
    check(
        &[holds, &[('A', "Hu bin"), ('B', "学校"), ('F', "某某局")]],
        &["B3.kind", "A3.slug", "C3.name", "F3.parent"],
    )
    .await;
    check(&[holds, holds], &["A3.slug", "C3.name"]).await;
    // A row above that does not hold is known all the same; one below is not.
    check(
        &[
            &[('A', "shunhe"), ('B', "区县教体局"), ('C', "顺河区教育局"), ('I', "电话")],
            &[('A', "hubin"), ('B', "区县学校"), ('C', "湖滨小学"), ('F', "shunhe")],
            &[('A', "hudong"), ('B', "区县学校"), ('C', "湖东小学"), ('F', "dongcheng")],
            &[('A', "dongcheng"), ('B', "区县教体局"), ('C', "东城区教育局"), ('G', "三月")],
        ],
        &["H2.contact_name", "I2.contact_phone", "F4.parent", "G5.since"],
    )
    .await;
    let named: &[(char, &str)] = &[('A', "chengnan"), ('B', "高校"), ('C', "城南师范大学")];
    check(&[named], &["J2.place", "K2.affiliation", "L2.university_kind"]).await;
    let facts: &[(char, &str)] = &[('J', "济南"), ('K', "省属"), ('L', "本科"), ('M', "师范类、师范类")];
    check(&[&[named, facts].concat()], &["J2.place", "M2.marks"]).await;
    check(&[&[holds, &facts[1..3]].concat()], &["K2.affiliation", "L2.university_kind"]).await;
    assert_eq!(problem(admin.show_organisation("hubin").await).status, 404);
    let refused = problem(admin.import_organisations(&import(&table(&[named]), true)).await);
    assert_eq!((refused.fields[0].label.as_str(), refused.fields[0].message.as_str()), ("所在地", "未填"));
}

#[tokio::test]
async fn the_table_is_for_administrators_and_its_template_reads_back() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let bytes = admin.organisation_template().await.unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(admin.import_organisations(&import(&bytes, true)).await.unwrap().organisations, []);
    for account in test.client.show_door().await.unwrap().demo {
        if account.login == "wuxiao" {
            continue;
        }
        let client = test.entered(&account.login).await;
        let refused = problem(client.import_organisations(&import(&bytes, true)).await);
        assert_eq!((refused.status, refused.detail.as_str()), (403, "由系统管理员办理"), "{}", account.login);
        assert_eq!(problem(client.organisation_template().await).status, 403);
    }
}
