//! Work by the command line: a document goes into the register, an account is made, the chain is read.

use crate::run::Person;
use ronghe_domain::attachment::SIZE_MOST;
use ronghe_testkit::{PASSWORD, TestApp};

const TEXT: &str = "济南市教育局关于加强校园阅读的若干措施\n济教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n本措施自2025年3月1日起施行，有效期至2027年2月28日。\n济南市教育局\n2025年2月20日";

/// A person who is logged in.
pub(crate) fn logged_in(world: &TestApp, login: &str) -> Person {
    let person = Person::new().with("RONGHE_SERVER", &world.server);
    let password = person.file("password.txt", format!("{PASSWORD}\n").as_bytes());
    let ran = person.run(&["login", "--account", login, "--password-file", password.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_bring_a_document_into_the_register() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let (first, second) = (logged_in(&world, "zhangmin"), logged_in(&world, "liuzhiyuan"));
        let file = first.file("notice.txt", TEXT.as_bytes());
        let ran = first.run(&["policy", "import", file.to_str().unwrap(), "--yes"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let alone = first.run(&["policy", "publish", "2025-7", "--yes"]);
        assert_eq!(alone.code, 1, "{alone:?}");
        assert!(alone.err.starts_with("error: "), "{alone:?}");
        let dry = second.run(&["policy", "publish", "2025-7", "--dry-run"]);
        assert_eq!((dry.code, dry.err.contains("可以")), (0, true), "{dry:?}");
        let unasked = second.run(&["policy", "publish", "2025-7"]);
        assert_eq!((unasked.code, unasked.err.contains("--yes")), (1, true), "{unasked:?}");
        let done = second.run(&["policy", "publish", "2025-7", "--yes"]);
        assert_eq!(done.code, 0, "{done:?}");
        let anyone = Person::new().with("RONGHE_SERVER", &world.server);
        assert_eq!(anyone.run(&["policy", "show", "2025-7"]).code, 0);
        let events = second.run(&["policy", "events", "2025-7", "-o", "json", "--quiet"]);
        let rows: serde_json::Value = serde_json::from_str(&events.out).unwrap();
        let actions: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["publish", "publish", "import"]);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_make_accounts_and_the_auditor_reads() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let (admin, other) = (logged_in(&world, "wuxiao"), logged_in(&world, "dingkai"));
        let create = ["account", "create", "newcomer", "--name", "新来者", "--org", "university-liaison"];
        let ran = admin.run(&[create.as_slice(), &["--role", "lead_office", "--yes"]].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.out.contains("/app/links/"), "{ran:?}");
        let own = admin.run(&["account", "confirm", "newcomer", "--yes"]);
        assert_eq!(
            (own.code, own.err.lines().next()),
            (1, Some("error: 由提出者以外的管理员确认")),
            "{own:?}"
        );
        assert_eq!(other.run(&["account", "confirm", "newcomer", "--yes"]).code, 0);
        assert_eq!(admin.run(&["account", "reset", "wanghaifeng", "--yes"]).code, 0);
        let waits = other.run(&["account", "show", "wanghaifeng"]);
        assert!(waits.out.contains("待确认  重设密码  吴晓"), "who confirms sees what: {waits:?}");
        let stranger = Person::new().with("RONGHE_SERVER", &world.server).run(&["need", "list"]);
        assert_eq!((stranger.code, stranger.out.as_str()), (4, ""), "{stranger:?}");
        let shown = admin.run(&["account", "show", "newcomer"]);
        assert!(shown.out.contains("高校联络服务处"), "{shown:?}");
        let list = admin.run(&["account", "list", "--filter", "role=system_admin", "-o", "csv", "--quiet"]);
        assert_eq!(list.out.lines().count(), 3, "{list:?}");

        let auditor = logged_in(&world, "heqing");
        let ran = auditor.run(&["audit", "verify"]);
        assert_eq!((ran.code, ran.err.ends_with("链完整\n")), (0, true), "{ran:?}");
        let barred = admin.run(&["audit", "verify"]);
        assert_eq!(barred.code, 1, "{barred:?}");
        let school = logged_in(&world, "wanghaifeng");
        let ran = school.run(&[
            "account", "create", "x-y-z", "--name", "某人", "--org", "lixia", "--role", "expert", "--yes",
        ]);
        assert_eq!((ran.code, ran.err.lines().next()), (1, Some("error: 由系统管理员办理")), "{ran:?}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_for_a_script_and_ended() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let person = logged_in(&world, "wanghaifeng");
        let password = person.file("password.txt", PASSWORD.as_bytes());
        let make = ["token", "make", "夜间导出", "--account", "wanghaifeng", "--scope", "read"];
        let ran = person.run(&[make.as_slice(), &["--password-file", password.to_str().unwrap()]].concat());
        assert!(ran.out.starts_with("rht_"), "{ran:?}");
        let script = Person::new().with("RONGHE_SERVER", &world.server).with("RONGHE_TOKEN", ran.out.trim());
        assert_eq!(script.run(&["whoami"]).code, 0);
        let listed = person.run(&["token", "list", "-o", "json", "--quiet"]);
        let rows: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
        let row = rows.as_array().unwrap().iter().find(|row| row["name"] == "夜间导出").unwrap();
        assert_eq!(person.run(&["token", "end", row["id"].as_str().unwrap(), "--yes"]).code, 0);
        assert_eq!(script.run(&["whoami"]).code, 4);
        let wrong = person.file("wrong.txt", b"not the password at all");
        let ran =
            person.run(&["login", "--account", "wanghaifeng", "--password-file", wrong.to_str().unwrap()]);
        assert_eq!((ran.code, ran.err.lines().next()), (4, Some("error: 账号或密码不对")), "{ran:?}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_and_organisations_are_administered() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let admin = logged_in(&world, "wuxiao");
        let table = admin.file("accounts.xlsx", b"");
        let path = table.to_str().unwrap();
        assert_eq!(admin.run(&["account", "template", path]).code, 0);
        let empty = admin.run(&["account", "import", path, "--dry-run"]);
        assert_eq!((empty.code, empty.err.contains("可以导入 0 个账号")), (0, true), "{empty:?}");
        let wrong = admin.file("wrong.xlsx", b"%PDF-1.7");
        let ran = admin.run(&["account", "import", wrong.to_str().unwrap(), "--yes"]);
        assert_eq!((ran.code, ran.err.contains("PDF")), (1, true), "{ran:?}");

        let school = r#"{"slug":"hubin","kind":"school","name":"湖滨小学","parent":"lixia"}"#;
        let file = admin.file("hubin.json", school.as_bytes());
        let create = ["organisation", "create", "--file", file.to_str().unwrap(), "--yes"];
        assert_eq!(admin.run(&create).code, 0);
        let twice = admin.run(&create);
        assert_eq!((twice.code, twice.err.contains("地址名：“hubin”已经有了")), (1, true), "{twice:?}");
        let edited = admin.file("hubin.json", school.replace("湖滨小学", "湖滨实验小学").as_bytes());
        let edit = ["organisation", "edit", "hubin", "--file", edited.to_str().unwrap(), "--yes"];
        assert_eq!(admin.run(&edit).code, 0);
        assert!(admin.run(&["organisation", "show", "hubin"]).out.contains("湖滨实验小学"));
        let school = logged_in(&world, "wanghaifeng");
        assert_eq!(school.run(&create).code, 1);
    });
}

/// A district and a school below it, whose row names its district so.
fn organisations(district: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let rows = [
        ["地址名", "类别", "全称", "上级单位"],
        ["shunhe", "区县教体局", "顺河区教育局", ""],
        ["hubin", "区县学校", "湖滨小学", district],
    ];
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_come_from_a_table() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let admin = logged_in(&world, "wuxiao");
        let table = admin.file("organisations.xlsx", b"");
        let path = table.to_str().unwrap();
        assert_eq!(admin.run(&["organisation", "template", path]).code, 0);
        let dry = ["organisation", "import", path, "--dry-run"];
        let empty = admin.run(&dry);
        assert_eq!((empty.code, empty.err.contains("可以导入 0 个单位")), (0, true), "{empty:?}");
        admin.file("organisations.xlsx", &organisations("顺河区"));
        let wrong = admin.run(&dry);
        assert_eq!(
            (wrong.code, wrong.err.contains("3 行 D 列 上级单位：没有“顺河区”")),
            (1, true),
            "{wrong:?}"
        );
        admin.file("organisations.xlsx", &organisations("顺河区教育局"));
        assert_eq!(admin.run(&dry).code, 0);
        assert_eq!(admin.run(&["organisation", "show", "hubin"]).code, 1);
        let made = admin.run(&["organisation", "import", path, "--yes"]);
        assert_eq!((made.code, made.err.contains("2 个单位已导入")), (0, true), "{made:?}");
        assert!(admin.run(&["organisation", "show", "hubin"]).out.contains("顺河区教育局"));
        let school = logged_in(&world, "wanghaifeng");
        let refused = school.run(&dry);
        assert_eq!((refused.code, refused.err.contains("由系统管理员办理")), (1, true), "{refused:?}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_goes_through_its_district() {
    let world = TestApp::start().await;
    tokio::task::block_in_place(|| {
        let (school, district) = (logged_in(&world, "wanghaifeng"), logged_in(&world, "liwenjing"));
        let lead = logged_in(&world, "zhangmin");
        let template = school.run(&["need", "template"]);
        let mut draft: serde_json::Value = serde_json::from_str(&template.out).unwrap();
        for (field, value) in [
            ("title", serde_json::json!("校园气象站与数据课")),
            ("measures", serde_json::json!([2])),
            ("forms", serde_json::json!(["special_course"])),
            ("stages", serde_json::json!(["junior_high"])),
            ("students", serde_json::json!("320")),
            ("teachers", serde_json::json!("6")),
            ("background", serde_json::json!("天台闲置。")),
            ("goals", serde_json::json!("建一个气象站。")),
            ("benefit", serde_json::json!("用数据说话。")),
            ("budget", serde_json::json!("六万")),
            ("period", serde_json::json!("一个学年")),
            ("contact_name", serde_json::json!("王海峰")),
            ("contact_phone", serde_json::json!("0531-00000001")),
        ] {
            draft[field] = value;
        }
        let file = school.file("need.json", draft.to_string().as_bytes());
        let path = file.to_str().unwrap();
        let made = school.run(&["need", "create", "--file", path, "--yes", "-o", "json"]);
        assert_eq!(made.code, 0, "{made:?}");
        let made: serde_json::Value = serde_json::from_str(&made.out).unwrap();
        let name = made["name"].as_str().unwrap();
        let early = school.run(&["need", "submit", name, "--yes"]);
        assert_eq!(
            (early.code, early.err.contains("经费预算：应为以元为单位的金额")),
            (1, true),
            "{early:?}"
        );
        draft["budget"] = "60000".into();
        draft["indicators"] =
            serde_json::json!([{ "name": "学生", "unit": "人", "baseline": "0", "target": "320" }]);
        school.file("need.json", draft.to_string().as_bytes());
        let edited = school.run(&["need", "edit", name, "--file", path, "--yes"]);
        assert_eq!((edited.code, edited.err.contains("还有 0 处")), (0, true), "{edited:?}");
        let paper = school.file("汇总.pdf", b"%PDF-1.7\n%%EOF\n");
        let added =
            school.run(&["need", "attach", name, paper.to_str().unwrap(), "--yes", "-o", "json", "--quiet"]);
        let added: serde_json::Value = serde_json::from_str(&added.out).unwrap();
        let wrong = school.file("run.exe", b"MZ");
        let ran = school.run(&["need", "attach", name, wrong.to_str().unwrap(), "--yes"]);
        assert_eq!((ran.code, ran.err.contains("不能附这种文件")), (1, true), "{ran:?}");
        let large = school.file("large.pdf", b"");
        std::fs::File::options().write(true).open(&large).unwrap().set_len(SIZE_MOST + 1).unwrap();
        let ran = school.run(&["need", "attach", name, large.to_str().unwrap(), "--yes"]);
        assert_eq!((ran.code, ran.err.contains("最大 50 MiB")), (1, true), "{ran:?}");
        let copy = school.config("copy.pdf");
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        let id = added["id"].as_str().unwrap();
        assert_eq!(school.run(&["need", "download", name, id, copy.to_str().unwrap()]).code, 0);
        assert_eq!(std::fs::read(&copy).unwrap(), b"%PDF-1.7\n%%EOF\n");
        let sent = school.run(&["need", "submit", name, "--yes", "-o", "json", "--quiet"]);
        let sent: serde_json::Value = serde_json::from_str(&sent.out).unwrap();
        let number = sent["number"].as_str().unwrap();

        let back = ["need", "return", number, "--correct", "goals=目标宜落到可检验的范围", "--yes"];
        assert_eq!(district.run(&back).code, 0);
        let unknown = district.run(&["need", "return", number, "--correct", "colour=蓝", "--yes"]);
        assert_eq!((unknown.code, unknown.err.contains("goals")), (2, true), "{unknown:?}");
        let tasks = school.run(&["task", "list"]);
        assert!(tasks.out.lines().any(|line| line.contains("修改") && line.contains(number)), "{tasks:?}");
        draft["goals"] = "一年内建成，带动两所小学。".into();
        school.file("need.json", draft.to_string().as_bytes());
        assert_eq!(school.run(&["need", "edit", number, "--file", path, "--yes"]).code, 0);
        assert_eq!(school.run(&["need", "submit", number, "--yes"]).code, 0);

        let dry = district.run(&["need", "forward", number, "N2026-9999", "--dry-run"]);
        assert_eq!(
            (dry.code, dry.err.contains("可报送 1 条"), dry.err.contains("N2026-9999")),
            (1, true, true),
            "{dry:?}"
        );
        let done = district.run(&["need", "forward", number, "N2026-9999", "--skip-refused", "--yes"]);
        assert_eq!((done.code, done.err.contains("已报送 1 条")), (0, true), "{done:?}");
        let reveal = ["need", "reveal", number, "--reason", "约时间看场地", "--yes"];
        let call = ["organisation", "reveal", "lixia", "--reason", "问报送的时间", "--yes"];
        let read = school.run(&call);
        assert_eq!((read.code, read.out.matches("0531-0000").count()), (0, 3), "{read:?}");
        let hidden = school.run(&["organisation", "show", "lixia"]);
        assert!(hidden.out.contains("****") && hidden.out.contains("李文静"), "{hidden:?}");
        let own = school.run(&reveal);
        assert_eq!((own.code, own.out.contains("0531")), (1, false), "{own:?}");
        let read = lead.run(&reveal);
        assert_eq!((read.code, read.out.trim()), (0, "王海峰  0531-00000001"), "{read:?}");
        let shown = lead.run(&["need", "show", number]);
        assert!(!shown.out.contains("0531-00000001"), "{shown:?}");
        assert!(shown.out.contains("已报送") && shown.out.contains("带动两所小学"), "{shown:?}");
        let list = lead.run(&[
            "need",
            "list",
            "--filter",
            "state=forwarded",
            "--search",
            "气象站",
            "-o",
            "csv",
            "--quiet",
        ]);
        assert_eq!(list.out.lines().count(), 2, "{list:?}");
        let cycle = lead.run(&["cycle", "show", "2026"]);
        assert!(
            cycle.out.contains("征集需求") && cycle.out.contains("进入遴选需求：征集需求到"),
            "{cycle:?}"
        );
        assert!(cycle.out.contains("同等条件下优先。（有自筹或配套资金）"), "{cycle:?}");
        let early = lead.run(&["cycle", "advance", "2026", "--yes"]);
        assert_eq!(
            (early.code, early.err.contains("征集需求到 2026-03-27 17:00 才截止")),
            (1, true),
            "{early:?}"
        );
        let filing = district.run(&["cycle", "filing", "2026", "-o", "csv", "--quiet"]);
        assert!(filing.out.contains("燕柳中学"), "{filing:?}");
        world.app.clock().set("2026-03-27T09:00:01Z".parse().unwrap());
        // The log-in has ended by then.
        let lead = logged_in(&world, "zhangmin");
        let dry = lead.run(&["cycle", "advance", "2026", "--dry-run"]);
        let said = dry.err.contains("可以") && dry.err.contains("尚未报送，将不再参加");
        assert_eq!((dry.code, said), (0, true), "{dry:?}");
    });
}
