//! Tables out and in again, and files that are none.

use ronghe_documents::DocumentError;
use ronghe_documents::xlsx::{Cell, Column, Page, Row, Sheet, list, rows, sheets, template, templates};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn column(title: &str, choices: &[&str]) -> Column {
    Column {
        title: title.into(),
        hint: "怎样填".into(),
        width: 18,
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        needed: title == "姓名",
    }
}

#[test]
fn a_template_comes_back_as_it_was_written() {
    let columns = [column("姓名", &[]), column("角色", &["需求单位", "区县教体局"])];
    let bytes = template("账号", &columns, &["王芳".into(), "需求单位".into()]).unwrap();
    let read = rows(&bytes).unwrap();
    let row = |number, cells: [&str; 2]| Row { number, cells: cells.map(str::to_owned).to_vec() };
    assert_eq!(read, [row(1, ["姓名＊", "角色"]), row(2, ["王芳", "需求单位"])]);
}

#[test]
fn numbers_days_and_gaps_read_as_people_see_them() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write(0, 0, "a").unwrap();
    page.write(4, 2, 13_800_005_678_f64).unwrap();
    page.write(4, 0, 12.5).unwrap();
    let day = ExcelDateTime::from_ymd(2026, 3, 10).unwrap();
    page.write_with_format(4, 3, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    page.write(6, 1, "   ").unwrap();
    let read = rows(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(read.len(), 2, "empty rows are left out");
    assert_eq!(
        read[1],
        Row { number: 5, cells: ["12.5", "", "13800005678", "2026-03-10"].map(str::to_owned).to_vec() }
    );
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(rows(b"PK\x03\x04 and then nothing"), Err(DocumentError::Damaged));
    assert_eq!(rows(b"%PDF-1.7"), Err(DocumentError::Pdf));
    assert_eq!(rows("姓名,角色".as_bytes()), Err(DocumentError::NotADocument));
    assert_eq!(rows(&crate::build::docx(&crate::build::paragraph("x"))), Err(DocumentError::NotADocument));
}

#[test]
fn a_sheet_that_reaches_too_far_is_refused() {
    let mut book = Workbook::new();
    book.add_worksheet().write(900_000, 0, "far").unwrap();
    assert_eq!(rows(&book.save_to_buffer().unwrap()), Err(DocumentError::TooLarge));
}

#[test]
fn rows_that_begin_far_right_take_up_what_lies_before_them() {
    let filled = |count: u32| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..count {
            sheet.write(row, 199, "x").unwrap();
        }
        rows(&book.save_to_buffer().unwrap()).map(|found| found.len())
    };
    assert_eq!(filled(4_000), Ok(4_000));
    assert_eq!(filled(6_000), Err(DocumentError::TooLarge), "1.2 million places");
}

#[test]
fn several_sheets_come_back_with_their_names() {
    let page = |sheet: &str, title: &str, example: &[&str]| Page {
        sheet: sheet.into(),
        columns: vec![column(title, &[])],
        example: example.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let words = [vec!["表".to_owned(), "列".to_owned()], vec!["需求".to_owned(), "=标题".to_owned()]];
    let pages = [page("需求", "标题", &[]), page("指标", "指标名称", &["学生"])];
    let read = sheets(&templates(&pages, Some(("填写说明", &words))).unwrap()).unwrap();
    let sheet = |name: &str, cells: &[&[&str]]| {
        let rows = (1..).zip(cells).map(|(number, cells)| Row {
            number,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        });
        Sheet { name: name.into(), rows: rows.collect() }
    };
    let expected = [
        sheet("需求", &[&["标题"]]),
        sheet("指标", &[&["指标名称"], &["学生"]]),
        sheet("填写说明", &[&["表", "列"], &["需求", "=标题"]]),
    ];
    assert_eq!(read, expected);
}

#[test]
fn sheets_together_hold_no_more_than_one() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "a").unwrap();
    book.add_worksheet().write(900_000, 0, "far").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(rows(&bytes).unwrap().len(), 1);
    assert_eq!(sheets(&bytes), Err(DocumentError::TooLarge));
}

#[test]
fn a_list_holds_words_as_words_and_figures_as_figures() {
    let heads = [("编号".to_owned(), 12), ("经费".to_owned(), 12)];
    let body =
        [vec![Cell::Text("=1+1".into()), Cell::Number(60_000.5)], vec![Cell::Empty, Cell::Text("@x".into())]];
    let read = rows(&list("需求", &heads, &body).unwrap()).unwrap();
    let cells: Vec<Vec<String>> = read.into_iter().map(|row| row.cells).collect();
    assert_eq!(cells, [vec!["编号", "经费"], vec!["=1+1", "60000.5"], vec!["", "@x"]]);
}
