//! Every page renders in both languages, and every link within leads somewhere.

mod beside;
mod help;
mod search;

use crate::pages::{Page, render};
use ronghe_app::Register;
use ronghe_app::need_list::PublishedList;
use ronghe_domain::cycle::{
    Clock, Collecting, Content as CycleContent, Cycle, End, Extension, Phase, Plan, Rehearsal,
};
use ronghe_domain::kernel::{AccountId, CycleId, Date, Fen, GroupId, Instant, OrgId, PolicyId, Version};
use ronghe_domain::need::{Indicator, Stage};
use ronghe_domain::need_list::document::{Altered, Document, Listed, MeasureName, Named, SCHEMA, hash};
use ronghe_domain::need_list::{NeedList, Proposal};
use ronghe_domain::org::{
    Affiliation, Directory, Group, Mark, MarkKind, Membership, OrgKind, Organisation, Place, Target,
    UniversityFacts, UniversityKind,
};
use ronghe_domain::policy::forms::Form;
use ronghe_domain::policy::{
    Content, DecisionPaper, Measure, Policy, PolicyDraft, Published, Renewal, Section, State, Unit, UnitRole,
};
use ronghe_domain::profile::{Content as Offered, Profile};
use ronghe_text::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

fn org(id: u128, slug: &str, kind: OrgKind, name: &str) -> Organisation {
    let university = (kind == OrgKind::University).then(|| UniversityFacts {
        place: Place::InJinan,
        affiliation: Affiliation::Province,
        kind: UniversityKind::Undergraduate,
        marks: vec![Mark { kind: MarkKind::Normal, since: None, until: None }],
    });
    Organisation {
        id: OrgId(Uuid::from_u128(id)),
        slug: slug.into(),
        kind,
        name: name.into(),
        name_en: format!("{slug} in English"),
        aliases: vec![],
        parent: None,
        leading_group_seat: (kind == OrgKind::Office).then_some(1),
        since: None,
        until: None,
        position: 1,
        university,
        contacts: Vec::new(),
        sign_off: Vec::new(),
        version: Version::FIRST,
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A register of one document with two sections and three measures; the title tries to be markup.
fn register(today: &str, renewals: Vec<Renewal>) -> Arc<Register> {
    let office = org(1, "liaison", OrgKind::Office, "高校联络服务处");
    let group = Group {
        id: GroupId(Uuid::from_u128(9)),
        slug: "districts".into(),
        name: "各区县教体局".into(),
        name_en: "District bureaus".into(),
        aliases: vec![],
        members: Membership::Districts,
    };
    let unit = |name: &str, target| Unit { name: name.into(), role: UnitRole::Responsible, target };
    let measure = |seq: u32| Measure {
        seq,
        number: Some(seq),
        title: format!("第{seq}件事<script>"),
        text: "鼓励高校与学校结成对子。\n第二段。".into(),
        units: vec![
            unit("高校联络服务处", Target::Org(office.id)),
            unit("各区县教体局", Target::Group(group.id)),
        ],
    };
    let content = Content {
        title: "关于<b>某事</b>的措施".into(),
        doc_number: Some("济教发〔2023〕24号".into()),
        issuer: "济南市教育局".into(),
        issue_date: day("2023-12-26"),
        recipients: vec!["各区县教体局".into()],
        copies: vec![],
        openness: None,
        effective_from: day("2023-12-26"),
        last_day: Some(day("2024-12-25")),
        trial: true,
        preamble: "为做好某事，制定如下措施。".into(),
        sections: vec![
            Section { number: Some(1), title: "先做".into(), measures: vec![measure(1), measure(2)] },
            Section { number: Some(2), title: "再做".into(), measures: vec![measure(3)] },
        ],
    };
    let person = AccountId(Uuid::from_u128(5));
    let policy = Policy {
        id: PolicyId(Uuid::from_u128(7)),
        slug: "notice".into(),
        state: State::Published,
        version: Version(2),
        text: String::new(),
        draft: PolicyDraft::default(),
        imported_by: person,
        corrected_by: person,
        imported_at: Instant::UNIX_EPOCH,
        published: Some(Published { by: person, at: Instant::UNIX_EPOCH, content }),
        renewals,
        supersession: None,
    };
    let directory = Directory {
        orgs: vec![
            office,
            org(2, "lixia", OrgKind::District, "历下区教体局"),
            org(3, "sdnu", OrgKind::University, "山东师范大学"),
        ],
        groups: vec![group],
    };
    let cycles = vec![cycle(policy.id, person)];
    let register = Register::new(directory, vec![Arc::new(policy)], cycles, day(today));
    let first = published(1, vec![listed(1, 1, Some("lixia")), listed(2, 3, None)], vec![]);
    let gone = Altered {
        number: "2026-002".into(),
        need: "N2026-0002".into(),
        title: "需求2".into(),
        title_en: String::new(),
        reason: "学校停办".into(),
    };
    let second = published(2, vec![listed(1, 1, Some("lixia"))], vec![gone]);
    let register = register.with_lists(vec![Arc::new(first), Arc::new(second)]);
    Arc::new(register.with_profiles(vec![offered()]))
}

/// What the university of the register says of itself; it tries to be markup.
fn offered() -> Profile {
    let content = Offered {
        disciplines: vec!["880.47".into()],
        policy: PolicyId(Uuid::from_u128(7)),
        measures: vec![2],
        forms: vec![Form::CourseTeam],
        stages: vec![Stage::Preschool],
        strengths: "幼儿园课程<script>\n第二段".into(),
    };
    let (org, version) = (OrgId(Uuid::from_u128(3)), Version::FIRST);
    Profile { org, content, changed_at: Instant::UNIX_EPOCH, version }
}

#[test]
fn a_university_says_what_it_offers() {
    let told = |lang| match render(register("2024-06-01", vec![]), lang, "/universities/sdnu", Vec::new()) {
        Page::Html { status: 200, html } => html,
        _ => panic!("no page"),
    };
    let html = told(Lang::Zh);
    for words in [
        "能为中小学做什么",
        "学前教育学",
        "特色课程研发团队",
        "幼儿园课程&lt;script&gt;",
        "/policies/notice/measures/2",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(told(Lang::En).contains("Preschool education"));
}

/// A need on a list; its title tries to be markup.
fn listed(seq: u32, measure: u32, district: Option<&str>) -> Listed {
    let named = |slug: &str, name: &str| Named {
        slug: slug.into(),
        name: name.into(),
        name_en: format!("{slug} in English"),
    };
    Listed {
        number: format!("2026-{seq:03}"),
        need: format!("N2026-{seq:04}"),
        title: format!("需求{seq}<script>"),
        title_en: String::new(),
        unit: named("yanliu", "燕柳中学"),
        district: district.map(|slug| named(slug, "历下区教体局")),
        measures: vec![MeasureName { seq: measure, title: "一件事".into() }],
        forms: vec![],
        other_form: String::new(),
        stages: vec![if seq == 1 { Stage::Primary } else { Stage::Vocational }],
        students: 320,
        teachers: 6,
        background: "背景".into(),
        goals: "建一个气象站。".into(),
        benefit: String::new(),
        indicators: vec![Indicator {
            name: "参加的学生".into(),
            unit: "人".into(),
            baseline: "0".into(),
            target: "320".into(),
        }],
        university: None,
        discipline: String::new(),
        budget: Fen::yuan(60_000),
        own: Fen::ZERO,
        period: "一年".into(),
        origins: vec![],
    }
}

fn published(no: u32, needs: Vec<Listed>, removed: Vec<Altered>) -> PublishedList {
    let reason = if no == 1 { String::new() } else { "一校停办".to_owned() };
    let document = Document {
        schema: SCHEMA.into(),
        cycle: "2026".into(),
        version: format!("v{no}"),
        reason,
        added: vec![],
        removed,
        needs,
    };
    let canonical = document.canonical().unwrap();
    let (by, at) = (AccountId(Uuid::from_u128(5)), "2026-05-08T01:00:00Z".parse().unwrap());
    let list = NeedList::blank(CycleId(Uuid::from_u128(8)), None, by, at);
    let proposal = Proposal { by, at, hash: hash(&canonical) };
    let list = NeedList { no, ..list }.proposed(vec![], proposal).published(by, at);
    PublishedList { list, document, canonical: canonical.into() }
}

/// A cycle in 遴选, with an end that was set later; its title tries to be markup.
fn cycle(policy: PolicyId, by: AccountId) -> Cycle {
    let at = |text: &str| text.parse::<Instant>().unwrap();
    let ends = Collecting {
        opens: at("2026-02-24T01:00:00Z"),
        units_end: at("2026-03-20T09:00:01Z"),
        districts_end: at("2026-03-27T09:00:01Z"),
    };
    Cycle {
        id: CycleId(Uuid::from_u128(8)),
        phase: Phase::ScreeningNeeds,
        content: CycleContent {
            year: 2026,
            title: "2026年专项<script>".into(),
            title_en: String::new(),
            policy,
            budget: Fen::yuan(8_000_000),
            collecting: ends,
            plan: vec![Plan::days(Phase::Reviewing, day("2026-05-01"), day("2026-05-20"))],
            notice_days: 5,
            most_per_school: Some(5),
            most_per_district: None,
            eligibility: vec![ronghe_domain::cycle::Condition {
                text: "成果在济南落地。".into(),
                ..ronghe_domain::cycle::Condition::default()
            }],
            selection: None,
            rubric: None,
            frame: None,
            approval: None,
            affinity: None,
        },
        moves: vec![],
        extensions: vec![Extension {
            end: End::Districts,
            was: at("2026-03-25T09:00:01Z"),
            until: ends.districts_end,
            reason: "寒潮停课".into(),
            by,
            at: at("2026-03-24T09:00:00Z"),
        }],
        revisions: vec![],
        rehearsal: None,
        made_by: by,
        version: Version::FIRST,
    }
}

#[test]
fn the_cycle_tells_where_it_stands() {
    let register = register("2026-03-10", vec![]);
    let home = html(&register, Lang::Zh, "/");
    assert!(home.contains("2026 年度：遴选需求") && home.contains("/cycles/2026"));
    let page = html(&register, Lang::Zh, "/cycles/2026");
    for words in ["8,000,000.00 元", "2026-03-27 17:00", "寒潮停课", "成果在济南落地。", "每校最多"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(html(&register, Lang::En, "/cycles/2026").contains("2026: screening needs"));
    let moved = render(Arc::clone(&register), Lang::En, "/cycles", vec![]);
    assert_eq!(moved, Page::Moved("/en/cycles/2026".into()));
    let none = render(Arc::clone(&register), Lang::Zh, "/cycles/1999", vec![]);
    assert!(matches!(none, Page::Html { status: 404, .. }));
    // Of a rehearsal nothing is told, not even where it is the newest.
    let mut rehearsing = (*register).clone();
    let rehearsal = Some(Rehearsal { number: 1, clock: Clock::default() });
    let of_it = rehearsing.cycles.iter().map(|cycle| Arc::new(Cycle { rehearsal, ..(**cycle).clone() }));
    rehearsing.cycles = of_it.chain(rehearsing.cycles.clone()).collect();
    let rehearsing = Arc::new(rehearsing);
    for path in ["/", "/cycles/2026"] {
        assert_eq!(html(&rehearsing, Lang::Zh, path), html(&register, Lang::Zh, path), "{path}");
    }
    let none = render(Arc::clone(&rehearsing), Lang::Zh, "/cycles/2026R1", vec![]);
    assert!(matches!(none, Page::Html { status: 404, .. }));
    let mut before = (*register).clone();
    before.cycles.clear();
    assert!(html(&Arc::new(before), Lang::Zh, "/cycles").contains("还没有开始征集"));
}

fn html(register: &Arc<Register>, lang: Lang, path: &str) -> String {
    match render(Arc::clone(register), lang, path, vec![]) {
        Page::Html { status: 200, html } => html,
        other => panic!("{path}: {other:?}"),
    }
}

/// Addresses within the portal that a page links to, without language and query.
fn links(html: &str) -> BTreeSet<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/') && !href.starts_with("/assets/") && !href.starts_with("/api/"))
        // The workspace is served beside the portal.
        .filter(|href| *href != "/app")
        .map(|href| href.split(['?', '#']).next().unwrap_or_default())
        .map(|href| href.strip_prefix("/en").unwrap_or(href))
        .map(|href| if href.is_empty() { "/".to_owned() } else { href.to_owned() })
        .collect()
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let register = register("2026-03-10", vec![]);
    for lang in [Lang::Zh, Lang::En] {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut waiting = vec!["/".to_owned()];
        while let Some(path) = waiting.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            match render(Arc::clone(&register), lang, &path, vec![]) {
                Page::Html { status, html } => {
                    assert_eq!(status, 200, "{path}");
                    assert!(!html.contains("style=\""), "{path} has an inline style");
                    assert!(!html.contains("<script"), "{path} lets markup through");
                    assert_eq!(html.matches("<h1").count(), 1, "{path} has one h1");
                    assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{path}");
                    waiting.extend(links(&html));
                }
                Page::Moved(to) => waiting.push(to.strip_prefix("/en").unwrap_or(&to).to_owned()),
                Page::File { body, .. } => assert!(!body.is_empty(), "{path}"),
            }
        }
        assert!(seen.len() > 18, "{seen:?}");
    }
}

#[test]
fn a_measure_shows_its_units_in_order_and_marks_the_first() {
    let page = html(&register("2024-05-01", vec![]), Lang::Zh, "/policies/notice/measures/1");
    let (first, group) = (page.find("首位，先问这里").unwrap(), page.find("各区县教体局").unwrap());
    assert!(page.find("高校联络服务处").unwrap() < first && first < group);
    assert!(page.contains("历下区教体局"), "the group's members are listed");
    assert!(page.contains("第1件事&lt;script&gt;"), "titles are escaped");
}

#[test]
fn validity_is_said_on_each_day() {
    let renewal = Renewal {
        decision: DecisionPaper { date: day("2026-01-14"), number: "3号".into(), paper: "纪要".into() },
        from: day("2026-01-15"),
        last_day: Some(day("2027-01-14")),
        by: AccountId(Uuid::nil()),
    };
    let check = |today: &str, renewals: Vec<Renewal>, words: &str| {
        let page = html(&register(today, renewals), Lang::Zh, "/policies/notice");
        assert!(page.contains(words), "{today} lacks {words}");
    };
    check("2023-12-01", vec![], "尚未生效");
    check("2024-12-26", vec![], "已失效");
    check("2026-03-10", vec![renewal.clone()], "现行有效：经决定延续");
    check("2027-01-15", vec![renewal], "已失效");
    assert!(
        !html(&register("2024-12-25", vec![]), Lang::Zh, "/policies/notice").contains("class=\"banner\"")
    );
}

#[test]
fn lists_filter_by_their_address() {
    let register = register("2026-03-10", vec![]);
    let rows = |status: &str| match render(
        Arc::clone(&register),
        Lang::Zh,
        "/policies",
        vec![("status".into(), status.into())],
    ) {
        Page::Html { html, .. } => html.matches("<tr>").count(),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows("expired"), 2, "the head and one row");
    assert_eq!(rows("in_force"), 0, "an empty state instead of a table");
}

#[test]
fn unknown_and_unpublished_pages_look_alike() {
    let register = register("2026-03-10", vec![]);
    for path in [
        "/nothing",
        "/policies/nothing",
        "/policies/notice/measures/99",
        "/offices/sdnu",
        "/universities/lixia",
    ] {
        assert!(
            matches!(render(Arc::clone(&register), Lang::En, path, vec![]), Page::Html { status: 404, .. }),
            "{path}"
        );
    }
}

fn asked(register: &Arc<Register>, path: &str, query: &[(&str, &str)]) -> Page {
    let query = query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    render(Arc::clone(register), Lang::Zh, path, query)
}

#[test]
fn the_need_list_filters_by_its_address() {
    let mut first = (*register("2026-05-10", vec![])).clone();
    first.lists.truncate(1);
    let first = Arc::new(first);
    let rows = |query: &[(&str, &str)]| match asked(&first, "/needs", query) {
        Page::Html { status: 200, html } => html.matches("<tr>").count().saturating_sub(1),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows(&[]), 2);
    assert_eq!(rows(&[("measure", "3")]), 1);
    assert_eq!((rows(&[("district", "lixia")]), rows(&[("district", "municipal")])), (1, 1));
    assert_eq!((rows(&[("stage", "primary")]), rows(&[("stage", "preschool")])), (1, 0));
    assert_eq!((rows(&[("q", "需求2")]), rows(&[("q", "N2026-0001")]), rows(&[("q", "没有")])), (1, 1, 0));
    let Page::File { body, .. } = asked(&first, "/needs.csv", &[("stage", "primary")]) else {
        panic!("a file")
    };
    assert_eq!(body.lines().count(), 2, "{body}");
    assert!(body.contains(",60000.00,"), "amounts as a program reads them: {body}");
    let Page::File { body, .. } = asked(&first, "/needs.json", &[]) else { panic!("a file") };
    let read: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!((read["needs"].as_array().unwrap().len(), &read["list"]["version"]), (2, &"v1".into()));
}

#[test]
fn a_version_says_what_changed_and_gives_the_bytes_of_its_hash() {
    let register = register("2026-05-10", vec![]);
    let page = html(&register, Lang::Zh, "/need-lists/2026/v2");
    assert!(page.contains("一校停办") && page.contains("学校停办") && page.contains("移出"));
    assert!(html(&register, Lang::Zh, "/need-lists/2026/v1").contains("已有新版"));
    let Page::File { body, .. } = asked(&register, "/need-lists/2026/v2.json", &[]) else { panic!("a file") };
    assert!(page.contains(&hash(&body)), "the hash is of the very file");
    let gone = html(&register, Lang::Zh, "/needs/2026-002");
    assert!(gone.contains("已由清单第 2 版移出：学校停办"), "its address stays");
    assert_eq!(asked(&register, "/needs/N2026-0001", &[]), Page::Moved("/needs/2026-001".into()));
    assert_eq!(asked(&register, "/needs/2026-1", &[]), Page::Moved("/needs/2026-001".into()));
    assert_eq!(asked(&register, "/need-lists/2026", &[]), Page::Moved("/need-lists/2026/v2".into()));
    for path in [
        "/needs/2026-009",
        "/need-lists/2026/v3",
        "/need-lists/2027/v1",
        "/need-lists/2026/v1.xml",
        "/needs/x",
    ] {
        assert!(matches!(asked(&register, path, &[]), Page::Html { status: 404, .. }), "{path}");
    }
    // What a rehearsal has published is nobody's business.
    let mut rehearsed = (*register).clone();
    for list in &mut rehearsed.lists {
        let mut other = (**list).clone();
        other.list.cycle = CycleId(Uuid::from_u128(77));
        other.document.needs.iter_mut().for_each(|need| need.need = need.need.replace("N2026", "N2026R1"));
        *list = Arc::new(other);
    }
    let mut cycle = (*rehearsed.cycles[0]).clone();
    cycle.id = CycleId(Uuid::from_u128(77));
    cycle.rehearsal = Some(Rehearsal { number: 1, clock: Clock::default() });
    rehearsed.cycles.push(Arc::new(cycle));
    for path in ["/needs/N2026R1-0001", "/need-lists/2026R1/v1"] {
        let page = asked(&Arc::new(rehearsed.clone()), path, &[]);
        assert!(matches!(page, Page::Html { status: 404, .. }), "{path}");
    }
    let mut before = (*register).clone();
    before.lists.clear();
    assert!(html(&Arc::new(before), Lang::Zh, "/needs").contains("还没有发布需求清单"));
}

#[test]
fn every_field_of_the_open_data_is_explained() {
    let one = serde_json::to_value(listed(1, 1, None)).unwrap();
    let fields: BTreeSet<&str> = one.as_object().unwrap().keys().map(String::as_str).collect();
    let explained: BTreeSet<&str> =
        crate::pages::need_list::schema::FIELDS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(fields, explained);
}
