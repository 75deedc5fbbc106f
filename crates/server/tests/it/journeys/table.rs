//! Needs from a table: one cell that does not hold stops all, then they are looked at, written, and gone on with.

use super::driver::Person;
use super::year::sound;
use super::{leave, sign_in, speaks};
use crate::serve::Served;
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

/// Columns that are filled in; the others may stay away.
const HEAD: [&str; 4] = ["序号", "标题", "对应措施", "经费预算"];

/// A table of two needs, the second of which asks for `budget`.
fn table(folder: &TempDir, name: &str, budget: &str) -> std::path::PathBuf {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("需求").unwrap();
    let rows = [HEAD, ["1", "书法社团", "二", "20000"], ["2", "合唱团", "二", budget]];
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, cell).unwrap();
        }
    }
    let path = folder.path().join(name);
    book.save(&path).unwrap();
    path
}

/// A school chooses a table, mends it, and has its drafts.
pub(super) async fn needs_are_imported(served: &Served, narrow: bool, english: bool) {
    let person = Person::at(&format!("http://{}", served.address), narrow, english).await;
    speaks(&person).await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(served, &person, "wanghaifeng").await;
    person.open("/app/needs").await;
    person.click(person.say("从表格导入", "Import a table")).await;
    person.see(person.say("下载空表", "Download the empty table")).await;
    sound(&person).await;
    person.choose("file", &table(&folder, "wrong.xlsx", "五万")).await;
    person.click(person.say("检查", "Check it")).await;
    person.see(person.say("3 行 D 列", "row 3, column D")).await;
    person.see(person.say("应为以元为单位的金额", "Should be an amount in yuan")).await;
    sound(&person).await;
    person.click(person.say("不用这个文件", "Take another")).await;
    person.begin();
    person.choose("file", &table(&folder, "needs.xlsx", "50000")).await;
    person.click(person.say("检查", "Check it")).await;
    person.see(person.say("2 条需求都对，还没有写入", "nothing is written yet")).await;
    sound(&person).await;
    person.click(person.say("导入 2 条需求", "Import 2 needs")).await;
    person.see(person.say("2 条需求已导入", "2 needs imported")).await;
    person.within(2, "importing a table");
    sound(&person).await;
    person.click("合唱团").await;
    person.see(person.say("草稿", "Draft")).await;
    sound(&person).await;
    leave(&person).await;
    person.leave().await;
}
