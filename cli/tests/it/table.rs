//! Needs as tables by the command line.

use crate::run::Person;
use crate::work::logged_in;
use ronghe_testkit::{TestApp, sqlite};
use rust_xlsxwriter::Workbook;

/// A table of two needs: the first holds but for gaps, the second has this budget.
fn needs(person: &Person, budget: &str) -> String {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("需求").unwrap();
    for (row, cells) in (0_u32..).zip([
        ["序号", "标题", "对应措施", "合作形式", "经费预算"],
        ["1", "校园气象站", "2", "特色课程", "60000"],
        ["2", "书法社团", "", "", budget],
    ]) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, cell).unwrap();
        }
    }
    person.file("needs.xlsx", &book.save_to_buffer().unwrap()).to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_go_in_and_out_as_tables() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let school = logged_in(&world, "wanghaifeng");
        let empty = school.file("empty.xlsx", b"");
        let path = empty.to_str().unwrap();
        assert_eq!(school.run(&["need", "template", path]).code, 0);
        let ran = school.run(&["need", "import", path, "--dry-run"]);
        assert_eq!((ran.code, ran.err.contains("可以导入 0 条需求")), (0, true), "{ran:?}");

        let wrong = needs(&school, "十万");
        let ran = school.run(&["need", "import", &wrong, "--yes"]);
        let said = "  3 行 E 列 经费预算：应为以元为单位的金额，如 12500.00，现为“十万”";
        assert_eq!((ran.code, ran.err.lines().any(|line| line == said)), (1, true), "{ran:?}");
        let english = school.run(&["need", "import", &wrong, "--yes", "--lang", "en"]);
        assert!(english.err.contains("row 3, column E Budget: Should be an amount"), "{english:?}");

        let path = needs(&school, "100000");
        let ran = school.run(&["need", "import", &path, "--dry-run"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.err.contains("2 条没有填全") && ran.err.contains("没有写入"), "{ran:?}");
        assert!(ran.out.contains("校园气象站\t（二）\t60000\t") && ran.out.contains("实施周期"), "{ran:?}");
        let unasked = school.run(&["need", "import", &path]);
        assert_eq!((unasked.code, unasked.err.contains("--yes")), (1, true), "{unasked:?}");
        let early = school.run(&["need", "import", &path, "--submit", "--yes"]);
        assert_eq!((early.code, early.err.contains("2 行 可衡量的指标：未填")), (1, true), "{early:?}");
        let made = school.run(&["need", "import", &path, "--yes"]);
        assert_eq!((made.code, made.err.contains("2 条需求已导入，存为草稿")), (0, true), "{made:?}");

        let to = school.file("out.csv", b"");
        let to = to.to_str().unwrap();
        let out = school.run(&["need", "export", to, "--filter", "state=draft", "--search", "书法社团"]);
        assert_eq!(out.code, 0, "{out:?}");
        let text = std::fs::read_to_string(to).unwrap();
        assert!(text.starts_with("\u{feff}编号,标题,") && text.lines().count() == 2, "{text}");
        let other = school.run(&["need", "export", "needs.pdf"]);
        assert_eq!((other.code, other.err.contains(".xlsx")), (2, true), "{other:?}");
        let unknown = school.run(&["need", "export", to, "--filter", "colour=blue"]);
        assert_eq!((unknown.code, unknown.err.contains("measure")), (2, true), "{unknown:?}");
        let lead = logged_in(&world, "zhangmin");
        let refused = lead.run(&["need", "import", &path, "--yes"]);
        assert_eq!((refused.code, refused.err.contains("由学校和区县教体局填报")), (1, true), "{refused:?}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_fetched_later_or_waited_for() {
    let world = TestApp::start_brief(sqlite().await, 1).await;
    tokio::task::block_in_place(|| {
        let lead = logged_in(&world, "zhangmin");
        let to = lead.file("out.csv", b"");
        let to = to.to_str().unwrap();
        let out = lead.run(&["need", "export", to]);
        assert_eq!((out.code, out.err.contains("由服务器在后台导出")), (0, true), "{out:?}");
        let listed = lead.run(&["export", "list", "-o", "json"]);
        let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
        let id = listed[0]["id"].as_str().unwrap();
        assert!(out.err.contains(&format!("hint: ronghe export download {id} ")), "{out:?}");
        let early = lead.run(&["export", "download", id, to]);
        assert_eq!((early.code, early.err.contains("文件排队中")), (1, true), "{early:?}");
        let runtime = tokio::runtime::Handle::current();
        assert_eq!(runtime.block_on(world.export_due()), 1);
        assert_eq!(lead.run(&["export", "download", id, to]).code, 0);
        assert!(std::fs::read_to_string(to).unwrap().starts_with("\u{feff}编号,"));
        let shown = lead.run(&["export", "list"]);
        let parts = ["标识", "可下载"].map(|part| shown.out.contains(part));
        assert_eq!((parts, shown.err.as_str()), ([true; 2], "✓ 1 条\n"), "{shown:?}");
        assert_eq!(lead.run(&["export", "delete", id, "--yes"]).code, 0);
        std::fs::write(to, "").unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| lead.run(&["need", "export", to, "--wait"]));
            while !waiting.is_finished() {
                runtime.block_on(world.export_due());
            }
            let out = waiting.join().unwrap();
            assert_eq!(out.code, 0, "{out:?}");
        });
        assert!(std::fs::read_to_string(to).unwrap().starts_with("\u{feff}编号,"));
    });
}
