//! Accounts from a table: all rows or none, errors by cell.

use crate::problem;
use base64::Engine;
use ronghe_client::ListAccounts;
use ronghe_contract::account::ImportAccounts;
use ronghe_testkit::TestApp;
use rust_xlsxwriter::Workbook;

const HEAD: [&str; 4] = ["账号", "姓名", "单位", "角色"];

fn table(head: &[&str], rows: &[[&str; 4]], preview: bool) -> ImportAccounts {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, title) in (0_u16..).zip(head) {
        page.write(0, column, *title).unwrap();
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, *cell).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    ImportAccounts { file: base64::engine::general_purpose::STANDARD.encode(bytes), preview }
}

#[tokio::test]
async fn a_table_is_checked_shown_and_written_whole() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let rows = [
        ["hanmei", "韩梅", "历下区教体局", "区县教体局"],
        ["lilei", "李雷", "燕柳中学", "Need unit"],
        ["fangmin", "方敏", "university-liaison", "高校联络服务处、责任单位"],
    ];
    let before = admin.list_accounts(&ListAccounts::default()).await.unwrap().total;
    let preview = admin.import_accounts(&table(&HEAD, &rows, true)).await.unwrap();
    assert_eq!((preview.written, preview.accounts.len()), (false, 3));
    assert_eq!(admin.list_accounts(&ListAccounts::default()).await.unwrap().total, before);
    let made = admin.import_accounts(&table(&HEAD, &rows, false)).await.unwrap();
    assert!(made.written && made.accounts.iter().all(|account| account.link.is_some()));
    assert_eq!(made.accounts[2].roles.len(), 2);
    let waits = admin.show_account("fangmin").await.unwrap();
    assert!(waits.row.roles.is_empty() && waits.pending.is_some());
}

#[tokio::test]
async fn one_bad_cell_and_nothing_is_written() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let rows = [
        ["hanmei", "韩梅", "历下区教体局", "区县教体局"],
        ["hanmei", "", "某某局", "区县教体局"],
        ["Li Lei", "李雷", "燕柳中学", "需求单位"],
        ["zhangmin", "张敏", "燕柳中学", "高校"],
    ];
    let refused = problem(admin.import_accounts(&table(&HEAD, &rows, false)).await);
    let cells: Vec<_> = refused.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!(cells, ["B3.name", "C3.org", "A3.login", "A4.login", "D5.roles", "A5.login"]);
    assert_eq!(refused.fields[0].label, "名称");
    assert_eq!(
        admin.list_accounts(&ListAccounts { q: "hanmei".into(), ..Default::default() }).await.unwrap().total,
        0
    );

    let words = [["hanmei", "韩梅", "历下区教体局", "局长"]];
    let refused = problem(admin.import_accounts(&table(&HEAD, &words, false)).await);
    assert_eq!(refused.fields[0].error.path, "D2.roles");
    let refused =
        problem(admin.import_accounts(&table(&["账号", "名字", "单位", "角色"], &words, false)).await);
    let cells: Vec<_> = refused.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!(cells, ["B1.head", "1.name", "D2.roles"]);
}

#[tokio::test]
async fn the_template_is_for_administrators_and_reads_back() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let bytes = admin.account_template().await.unwrap();
    assert!(bytes.starts_with(b"PK"));
    let body =
        ImportAccounts { file: base64::engine::general_purpose::STANDARD.encode(bytes), preview: true };
    assert_eq!(admin.import_accounts(&body).await.unwrap().accounts, []);
    assert_eq!(problem(test.entered("zhangmin").await.account_template().await).status, 403);
    assert_eq!(problem(test.entered("zhangmin").await.import_accounts(&body).await).status, 403);
}
