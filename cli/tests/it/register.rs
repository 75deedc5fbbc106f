//! The register of the demonstration, over HTTP.

use crate::run::{Person, Ran};
use ronghe_testkit::TestApp;

/// Runs each case against one served world.
async fn with_register(cases: impl FnOnce(&Person)) {
    let world = TestApp::start().await;
    let person = Person::new().with("RONGHE_SERVER", &world.server);
    tokio::task::block_in_place(|| cases(&person));
}

fn lines(ran: &Ran) -> Vec<&str> {
    ran.out.lines().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_reads_in_every_form() {
    with_register(|person| {
        let ran = person.run(&["policy", "list", "--columns", "slug,doc_number"]);
        assert_eq!(lines(&ran), ["地址名\t文号", "jinan-2023-24\t济教发〔2023〕24号"], "{ran:?}");
        assert_eq!((ran.code, ran.err.as_str()), (0, "✓ 1 条\n"));

        let ran = person.run(&["policy", "list", "-o", "json", "--quiet"]);
        let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(rows[0]["slug"], "jinan-2023-24");
        assert_eq!(ran.err, "");

        let ran = person.run(&["measure", "list", "-o", "jsonl"]);
        assert_eq!(lines(&ran).len(), 12);

        let ran = person.run(&["office", "list", "-o", "csv", "--all"]);
        assert_eq!(lines(&ran)[0], "slug,name,kind");
        assert!(lines(&ran).len() > 16, "{ran:?}");

        let ran = person.run(&["policy", "show", "jinan-2023-24"]);
        assert!(ran.out.contains("  12. "), "{ran:?}");
        let ran = person.run(&["policy", "matrix", "jinan-2023-24", "--lang", "en"]);
        assert!(lines(&ran)[0].starts_with("Office\tMeasures"), "{ran:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_narrow_and_say_what_is_left_out() {
    with_register(|person| {
        let ran = person.run(&["measure", "list", "--limit", "2"]);
        assert_eq!(
            (lines(&ran).len(), ran.err.as_str()),
            (3, "hint: 共 12 条，显示了 2 条；--all 显示全部\n")
        );

        let by_flag = person.run(&["measure", "list", "--office", "basic-education"]);
        let by_filter = person.run(&["measure", "list", "--filter", "office=basic-education"]);
        assert_eq!(by_flag.out, by_filter.out);
        assert!(lines(&by_flag).len() < 13, "{by_flag:?}");

        let ran = person.run(&["measure", "list", "--filter", "colour=red"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.starts_with("error: 不能按 colour 筛选，可用：policy、office、q\n"), "{ran:?}");
        let ran = person.run(&["policy", "list", "--columns", "slug,colour"]);
        assert_eq!(ran.code, 2, "{ran:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_yours_ends_with_one() {
    with_register(|person| {
        let ran = person.run(&["measure", "show", "99"]);
        let said = "error: 没有找到，或者你看不到\nhint: 核对编号或名称；ronghe whoami 看当前是谁\n";
        assert_eq!((ran.code, ran.err.as_str()), (1, said));
        let ran = person.run(&["measure", "show", "99", "--lang", "en"]);
        assert!(ran.err.starts_with("error: not found, or not yours to see\n"), "{ran:?}");

        let ran = person.run(&["policy", "list", "--status", "nonsense"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("没有“nonsense”"), "{ran:?}");

        let ran = person.run(&["policy", "discard", "jinan-2023-24", "--dry-run", "--lang", "en"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("is not yours to do"), "{ran:?}");

        let ran = person.run(&["policy", "check", "jinan-2023-24"]);
        assert!(ran.err.contains("没有待核对的内容"), "{ran:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_confirmed_first() {
    with_register(|person| {
        let ran = person.run(&["policy", "discard", "jinan-2023-24"]);
        assert_eq!((ran.code, ran.err.as_str()), (1, "error: 要先确认\nhint: 加 --yes\n"));
    })
    .await;
}
