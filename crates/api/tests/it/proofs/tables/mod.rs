//! Needs as tables: a template that reads back, all rows or none, exports that show what the list shows.

mod background;

use crate::{checked, kind, problem};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_client::{Client, ExportNeeds, ListEvents, ListMessages, ListNeeds};
use ronghe_contract::Problem;
use ronghe_contract::need::{ImportNeeds, ImportedNeeds};
use ronghe_domain::audit::{Action, Subject};
use ronghe_domain::need::{NeedDraft, State};
use ronghe_domain::sign_off::{ChainDraft, Kind, StepDraft, When};
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};
use rust_xlsxwriter::Workbook;

/// Heads of the needs, in the order of the template.
const HEAD: [&str; 19] = [
    "序号",
    "标题",
    "英文标题",
    "对应措施",
    "合作形式",
    "其他形式",
    "学段",
    "受益学生",
    "受益教师",
    "背景",
    "目标与内容",
    "预期效益",
    "意向高校",
    "意向学科",
    "经费预算",
    "其中学校自筹",
    "实施周期",
    "联系人姓名",
    "联系电话",
];
const INDICATORS: [&str; 5] = ["需求序号", "指标名称", "计量单位", "现状值", "目标值"];

type Cells = Vec<(char, String)>;

/// A table of rows whose cells are named by the letters of their columns.
fn table(needs: &[Cells], indicators: &[Cells]) -> String {
    let mut book = Workbook::new();
    for (name, head, rows) in [("需求", &HEAD[..], needs), ("指标", &INDICATORS[..], indicators)] {
        let page = book.add_worksheet();
        page.set_name(name).unwrap();
        for (column, title) in (0_u16..).zip(head) {
            page.write(0, column, *title).unwrap();
        }
        for (row, cells) in (1_u32..).zip(rows) {
            for (letter, cell) in cells {
                let column = u16::try_from(u32::from(*letter) - u32::from('A')).unwrap();
                page.write(row, column, cell).unwrap();
            }
        }
    }
    STANDARD.encode(book.save_to_buffer().unwrap())
}

/// A row that holds, as [`need_draft`] says it.
fn whole(no: &str) -> Cells {
    let NeedDraft { title, students, teachers, background, goals, benefit, .. } = need_draft();
    let NeedDraft { budget, period, contact_name, contact_phone, .. } = need_draft();
    let cells = [
        ('A', no.to_owned()),
        ('B', title),
        ('D', "（二）".into()),
        ('E', "特色课程".into()),
        ('G', "初中".into()),
        ('H', students),
        ('I', teachers),
        ('J', background),
        ('K', goals),
        ('L', benefit),
        ('O', budget),
        ('Q', period),
        ('R', contact_name),
        ('S', contact_phone),
    ];
    cells.to_vec()
}

fn indicator(need: &str, target: &str) -> Cells {
    let cells = [('A', need), ('B', "参加课程的学生"), ('C', "人"), ('D', "0"), ('E', target)];
    cells.map(|(letter, cell)| (letter, cell.to_owned())).to_vec()
}

fn with(mut row: Cells, letter: char, cell: &str) -> Cells {
    row.retain(|(own, _)| *own != letter);
    row.push((letter, cell.to_owned()));
    row
}

fn drafts(file: &str, preview: bool) -> ImportNeeds {
    ImportNeeds { file: file.to_owned(), preview, ..ImportNeeds::default() }
}

fn paths(problem: &Problem) -> Vec<&str> {
    problem.fields.iter().map(|field| field.error.path.as_str()).collect()
}

async fn count(client: &Client, state: &str) -> u64 {
    client.list_needs(&ListNeeds { state: state.into(), ..ListNeeds::default() }).await.unwrap().total
}

/// Events of tables, oldest first.
async fn of_tables(test: &TestApp) -> Vec<(Action, serde_json::Value)> {
    let auditor = test.entered("heqing").await;
    let asked = ListEvents { q: "needs".into(), ..ListEvents::default() };
    let events = auditor.list_events(&asked).await.unwrap().items;
    let tables = events.into_iter().rev().filter(|event| event.subject == Subject::Table);
    tables.map(|event| (event.action, event.after.unwrap())).collect()
}

db_test!(a_table_becomes_drafts_that_the_form_goes_on_with, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let school = test.entered("wanghaifeng").await;
    let before = count(&school, "draft").await;
    let unfinished = vec![('A', "2".to_owned()), ('B', "书法社团".to_owned()), ('M', "sdnu".to_owned())];
    let file = table(&[whole("1"), unfinished], &[indicator("1", "320")]);
    let preview = school.import_needs(&drafts(&file, true)).await.unwrap();
    assert_eq!((preview.written, preview.total, preview.with_gaps), (false, 2, 1));
    assert_eq!((preview.needs[0].gaps.len(), preview.needs[0].indicators), (0, 1));
    assert!(preview.needs[1].gaps.contains(&"budget".to_owned()), "{preview:?}");
    assert_eq!(count(&school, "draft").await, before, "a preview writes nothing");

    let made = school.import_needs(&drafts(&file, false)).await.unwrap();
    assert_eq!((made.written, count(&school, "draft").await), (true, before + 2));
    let view = school.show_need(made.needs[0].name.as_ref().unwrap()).await.unwrap();
    assert_eq!((view.draft, view.errors), (Some(need_draft()), Vec::new()));
    let second = school.show_need(made.needs[1].name.as_ref().unwrap()).await.unwrap();
    assert_eq!((second.row.title.as_str(), second.wanted.unwrap().slug.as_str()), ("书法社团", "sdnu"));
    // What was typed is found by words, and the first row stands first.
    let asked = ListNeeds { state: "draft".into(), ..ListNeeds::default() };
    let rows = school.list_needs(&asked).await.unwrap().items;
    let names: Vec<_> = rows.iter().take(2).map(|row| Some(row.name.clone())).collect();
    assert_eq!(names, made.needs.iter().map(|need| need.name.clone()).collect::<Vec<_>>());
    let words = ListNeeds { q: "书法社团".into(), ..asked };
    assert_eq!(school.list_needs(&words).await.unwrap().items[0].name, *made.needs[1].name.as_ref().unwrap());

    let said = serde_json::json!({ "rows": 2, "cycle": "2026", "submitted": false });
    assert_eq!(of_tables(&test).await, [(Action::Import, said)]);
    let auditor = test.entered("heqing").await;
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());
});

db_test!(a_table_is_submitted_whole_or_not_at_all, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let told = async || district.list_messages(&ListMessages::default()).await.unwrap().total;
    let (submitted, messages) = (count(&district, "submitted").await, told().await);
    let body = |rows: &[Cells], indicators: &[Cells]| ImportNeeds {
        file: table(rows, indicators),
        submit: true,
        ..ImportNeeds::default()
    };
    let gap = body(&[whole("1"), with(whole("2"), 'Q', "")], &[indicator("1", "320"), indicator("2", "9")]);
    assert_eq!(paths(&problem(school.import_needs(&gap).await)), ["Q3.period"]);
    assert_eq!(count(&district, "submitted").await, submitted);

    let both = body(&[whole("1"), whole("2")], &[indicator("2", "9"), indicator("1", "320")]);
    let made: ImportedNeeds = school.import_needs(&both).await.unwrap();
    let numbers: Vec<&str> = made.needs.iter().filter_map(|need| need.name.as_deref()).collect();
    assert!(numbers.len() == 2 && numbers[0] < numbers[1] && numbers[0].starts_with("N2026-"), "{numbers:?}");
    let seen = district.show_need(numbers[1]).await.unwrap();
    assert_eq!(seen.row.state, State::Submitted);
    assert_eq!(seen.content.unwrap().indicators[0].target, "9", "each has its own indicators");
    assert_eq!((count(&district, "submitted").await, told().await), (submitted + 2, messages + 2));
    let auditor = test.entered("heqing").await;
    for number in numbers {
        let asked = ListEvents { q: number.into(), ..ListEvents::default() };
        let events = auditor.list_events(&asked).await.unwrap().items;
        assert_eq!(events.iter().map(|event| event.action).collect::<Vec<_>>(), [Action::Submit], "{number}");
    }
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());

    // Where the cycle has a cap, the rows above count.
    let lead = test.entered("zhangmin").await;
    let cap = lead.show_cycle("2026").await.unwrap().most_per_school;
    if let Some(most) = cap {
        let nos: Vec<String> = (0..=most).map(|no| no.to_string()).collect();
        let rows: Vec<Cells> = nos.iter().map(|no| whole(no)).collect();
        let below: Vec<Cells> = nos.iter().map(|no| indicator(no, "9")).collect();
        let refused = problem(school.import_needs(&body(&rows, &below)).await);
        assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("school_cap")));
        assert_eq!(count(&district, "submitted").await, submitted + 2);
    }
});

#[tokio::test]
async fn every_cell_that_does_not_hold_is_told_at_once_and_nothing_is_made() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let before = count(&school, "draft").await;
    let check = async |rows: &[Cells], indicators: &[Cells], expected: &[&str]| {
        for preview in [true, false] {
            let refused = problem(school.import_needs(&drafts(&table(rows, indicators), preview)).await);
            assert_eq!((refused.status, paths(&refused)), (422, expected.to_vec()), "{rows:?}");
        }
    };
    check(
        &[
            whole("1"),
            with(with(whole("2"), 'O', "十万"), 'H', "许多"),
            with(with(whole("2"), 'E', "特色"), 'D', "二、某"),
        ],
        &[indicator("1", "320")],
        &["A4.no", "H3.students", "O3.budget", "D4.measures", "E4.forms"],
    )
    .await;
    // An indicator that does not hold is told in its own sheet, and so is one of no need.
    check(
        &[whole("甲"), whole("乙")],
        &[indicator("乙", "许多"), indicator("丙", "9"), indicator("甲", "0")],
        &["indicators!A3.need", "indicators!E4.target", "indicators!E2.target"],
    )
    .await;
    // What fits no measure, is too long or more than it is part of, no draft may hold either.
    check(
        &[with(with(with(whole("1"), 'E', "结对子"), 'B', &"长".repeat(61)), 'P', "70000")],
        &[],
        &["B2.title", "E2.forms", "P2.own"],
    )
    .await;
    assert_eq!(count(&school, "draft").await, before);
    let wrong = table(&[with(whole("1"), 'O', "十万")], &[indicator("1", "许多")]);
    let refused = problem(school.import_needs(&drafts(&wrong, true)).await);
    let said: Vec<_> = refused.fields.iter().map(|it| (it.label.as_str(), it.message.as_str())).collect();
    assert_eq!(said[0], ("经费预算", "应为以元为单位的金额，如 12500.00，现为“十万”"));
    assert_eq!(said[1], ("目标值", "应为数字，最多两位小数，现为“许多”"));
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "颜色").unwrap();
    let heads = STANDARD.encode(book.save_to_buffer().unwrap());
    assert_eq!(paths(&problem(school.import_needs(&drafts(&heads, true)).await)), ["A1.head", "1.no"]);
}

#[tokio::test]
async fn the_template_is_for_who_files_needs_and_reads_back() {
    let test = TestApp::start().await;
    for (login, lang) in [("wanghaifeng", ronghe_text::Lang::Zh), ("liwenjing", ronghe_text::Lang::En)] {
        let client = test.entered(login).await.with_lang(lang);
        let bytes = client.need_template("").await.unwrap();
        let read = client.import_needs(&drafts(&STANDARD.encode(&bytes), true)).await.unwrap();
        assert_eq!((read.written, read.total), (false, 0), "{login}");
    }
    for login in ["zhangmin", "heqing", "wuxiao"] {
        let client = test.entered(login).await;
        assert_eq!(problem(client.need_template("").await).status, 403, "{login}");
        let body = drafts(&table(&[whole("1")], &[]), true);
        let refused = problem(client.import_needs(&body).await);
        assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (403, Some("units_only")));
    }
    // After the end nobody's table is taken in; it can still be looked at.
    let end = test.entered("zhangmin").await.show_cycle("2026").await.unwrap().row.collecting.units_end;
    test.app.clock().set(end);
    let school = test.entered("wanghaifeng").await;
    school.need_template("2026").await.unwrap();
    let late = problem(school.import_needs(&drafts(&table(&[whole("1")], &[]), false)).await);
    assert_eq!((late.status, late.refusal.unwrap()["code"].as_str()), (409, Some("ended")));
}

/// The rows of a CSV that has neither marks nor line ends within its cells.
fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn csv(list: ListNeeds) -> ExportNeeds {
    ExportNeeds { format: "csv".into(), list }
}

db_test!(an_export_has_the_rows_that_its_reader_may_see, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    for login in ["wanghaifeng", "liwenjing", "zhangmin", "zhaolixin", "heqing", "wuxiao"] {
        let client = test.entered(login).await;
        for list in [
            ListNeeds::default(),
            ListNeeds { measure: "4".into(), sort: "number".into(), ..ListNeeds::default() },
            ListNeeds { state: "forwarded,submitted".into(), ..ListNeeds::default() },
        ] {
            let mut listed = Vec::new();
            let mut after = String::new();
            loop {
                let page = client.list_needs(&ListNeeds { after, ..list.clone() }).await.unwrap();
                listed.extend(page.items.into_iter().map(|row| row.number.unwrap_or_default()));
                match page.next {
                    Some(next) => after = next,
                    None => break,
                }
            }
            let bytes = client.export_needs(&csv(list.clone())).await.unwrap();
            let numbers: Vec<String> =
                rows_of(&bytes).into_iter().skip(1).map(|row| row[0].clone()).collect();
            assert_eq!(numbers, listed, "{login} {list:?}");
        }
    }
    let last = of_tables(&test).await.pop().unwrap();
    assert_eq!(
        (last.0, &last.1["form"], &last.1["asked"]["state"]),
        (Action::Export, &serde_json::json!("csv"), &serde_json::json!("forwarded,submitted"))
    );
    assert_eq!(problem(test.client.export_needs(&csv(ListNeeds::default())).await).status, 401);
});

#[tokio::test]
async fn no_cell_becomes_a_formula_and_no_telephone_leaves() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    for title in ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\"=\"气象站"] {
        let draft = NeedDraft { title: title.into(), ..need_draft() };
        let begun = ronghe_contract::need::StartNeed { draft, ..Default::default() };
        school.start_need(&begun).await.unwrap();
    }
    let list = ListNeeds { state: "draft".into(), ..ListNeeds::default() };
    let text = String::from_utf8(school.export_needs(&csv(list.clone())).await.unwrap()).unwrap();
    for formula in [",'=1+1,", ",'+1+1,", ",'-1+1,", ",'@SUM(A1),", ",\"\"\"=\"\"气象站\","] {
        assert!(text.contains(formula), "{formula} in {text}");
    }
    assert!(!text.contains("0531") && !text.contains("天台闲置"), "{text}");
    // Whoever opens the sheet reads the words; none of them is a formula.
    let bytes = school.export_needs(&ExportNeeds { list, ..ExportNeeds::default() }).await.unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let part = |parts: &mut zip::ZipArchive<_>, name: &str| {
        std::io::read_to_string(parts.by_name(name).unwrap()).unwrap()
    };
    let (sheet, texts) =
        (part(&mut parts, "xl/worksheets/sheet1.xml"), part(&mut parts, "xl/sharedStrings.xml"));
    assert!(!sheet.contains("<f>") && texts.contains(">=1+1<") && texts.contains(">@SUM(A1)<"), "{texts}");
}

#[tokio::test]
async fn an_hour_has_ten_exports() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    for _ in 0..10 {
        lead.export_needs(&csv(ListNeeds::default())).await.unwrap();
    }
    assert_eq!(kind(lead.export_needs(&csv(ListNeeds::default())).await), "too-many");
    school.export_needs(&csv(ListNeeds::default())).await.unwrap();
    lead.list_needs(&ListNeeds::default()).await.unwrap();
    let wrong = ExportNeeds { format: "pdf".into(), ..ExportNeeds::default() };
    assert_eq!(paths(&problem(school.export_needs(&wrong).await)), ["format"]);
}

db_test!(a_table_does_not_walk_around_a_chain, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let submitted = count(&district, "submitted").await;
    let step = StepDraft { post: "校长".into(), signers: vec!["wanghaifeng".into()], when: When::Always };
    school.set_chain("yanliu", Kind::Need, "\"v0\"", &ChainDraft { steps: vec![step] }).await.unwrap();
    let file = table(&[whole("1"), whole("2")], &[indicator("1", "200"), indicator("2", "200")]);
    let sent = ImportNeeds { file: file.clone(), submit: true, ..ImportNeeds::default() };
    let refused = problem(school.import_needs(&sent).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("sign_off_first")));
    assert_eq!(count(&district, "submitted").await, submitted);
    assert!(school.import_needs(&drafts(&file, false)).await.unwrap().written, "drafts may come");
});
