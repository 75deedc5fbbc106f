//! Heads in every layout: joint signers, tables of government sites.

use super::super::super::draft::PolicyDraft;
use super::super::parse;

const BODY: &str =
    "\n各区教育局：\n为做好工作，现提出如下意见。\n一、加强领导。成立专班。\n二、落实经费。列入预算。\n";

fn text(read: Option<&crate::policy::Read<String>>) -> Option<&str> {
    read.map(|read| read.value.as_str())
}

fn issuer_of(signature: &str) -> Option<String> {
    let draft = parse(&format!("关于做好甲工作的意见\n{BODY}\n{signature}\n2024年3月5日\n"));
    draft.issuer.map(|read| read.value)
}

#[test]
fn joint_signers() {
    let check = |signature: &str, expected: &str| {
        assert_eq!(issuer_of(signature).as_deref(), Some(expected), "{signature}");
    };
    let two = "海州市教育局、海州市财政局";
    check("海州市教育局 海州市财政局", two);
    check("海州市教育局海州市财政局", two);
    check("海州市教育局\n海州市财政局", two);
    check("海州市教育局　　　　海州市财政局", two);
    check("海州市教育局、海州市财政局", two);
    check("海 州 市 教 育 局", "海州市教育局");
    check("中共海州市委海州市人民政府", "中共海州市委、海州市人民政府");
    check("中共海州市委办公室海州市人民政府办公室", "中共海州市委办公室、海州市人民政府办公室");
    check("教育部国家发展改革委财政部", "教育部、国家发展改革委、财政部");
    check("中央宣传部教育部共青团中央全国妇联", "中央宣传部、教育部、共青团中央、全国妇联");
    check("教育部办公厅 工业和信息化部办公厅", "教育部办公厅、工业和信息化部办公厅");
    check("海州市财政局国家税务总局海州市税务局", "海州市财政局、国家税务总局海州市税务局");
    check("海州市教育局共青团海州市委员会", "海州市教育局、共青团海州市委员会");
    // The place of one body within the name of another separates nothing.
    check("海州市人民政府教育督导委员会办公室", "海州市人民政府教育督导委员会办公室");
    check("海州市市中区教育和体育局", "海州市市中区教育和体育局");
}

/// Documents that nobody signs: what the title, the number and the office that printed them say.
#[test]
fn unsigned() {
    let check = |head: &str, tail: &str, expected: Option<&str>| {
        let draft = parse(&format!("{head}{BODY}2024年3月5日\n{tail}"));
        assert_eq!(text(draft.issuer.as_ref()), expected, "{head}");
    };
    let handed = "关于印发海州市甲方案的通知";
    check(&format!("海州市人民政府办公室\n{handed}\n海政办发〔2024〕5号"), "", Some("海州市人民政府办公室"));
    check(&format!("海政办字〔2024〕5号\n{handed}"), "", Some("海州市人民政府办公室"));
    check("海政规〔2024〕5号\n海州市甲管理办法", "", Some("海州市人民政府"));
    check("浙政办发〔2024〕5号\n浙江省甲若干措施", "", Some("浙江省人民政府办公厅"));
    check("粤府办〔2024〕5号\n广东省甲若干措施", "", Some("广东省人民政府办公厅"));
    check("国办发〔2024〕5号\n关于做好甲工作的通知", "", Some("国务院办公厅"));
    check("国发〔2024〕5号\n关于做好甲工作的意见", "", Some("国务院"));
    check(
        "海州市人民政府办公室转发市教育局关于做好甲工作意见的通知\n海政办发〔2024〕5号",
        "",
        Some("海州市人民政府办公室"),
    );
    let printed = "海州市人民政府办公室　　2024年3月6日印发";
    check("关于做好甲工作的意见\n海政发〔2024〕5号", printed, Some("海州市人民政府"));
    check("关于做好甲工作的意见\n海政办发〔2024〕5号", printed, Some("海州市人民政府办公室"));
    // Neither a bureau's number nor a place that its number does not begin with tells.
    check("海教发〔2024〕5号\n海州市甲若干措施", "", None);
    check("海政办发〔2024〕5号\n推进城市更新若干措施", "", None);
}

#[test]
fn days_beside_signers() {
    let check = |tail: &str, expected: &str| {
        let draft = parse(&format!("关于做好甲工作的意见\n{BODY}{tail}\n"));
        assert_eq!(text(draft.issuer.as_ref()), Some(expected), "{tail}");
        assert_eq!(
            draft.issue_date.map(|read| read.value.to_string()).as_deref(),
            Some("2024-03-05"),
            "{tail}"
        );
    };
    check("海州市教育局2024年3月5日", "海州市教育局");
    check("海州市教育局　　2024年3月5日", "海州市教育局");
    check("海州市教育局\n海州市财政局2024年3月5日", "海州市教育局、海州市财政局");
    check("海州市教育局\n海州市财政局2024年3月5日（此件公开发布）", "海州市教育局、海州市财政局");
    check("海州市人民政府办公室　　　　2024年3月5日印发", "海州市人民政府办公室");
}

/// Number, issuer, issue date, first and last day of a document below `table`.
fn table(table: &str) -> (PolicyDraft, [Option<String>; 3]) {
    let draft = parse(&format!("{table}\n海州市教育局关于做好甲工作的意见\n{BODY}"));
    let dates = [&draft.issue_date, &draft.effective_from, &draft.last_day]
        .map(|date| date.as_ref().map(|read| read.value.to_string()));
    (draft, dates)
}

fn check_table(given: &str) {
    let (draft, dates) = table(given);
    assert_eq!(text(draft.title.as_ref()), Some("海州市教育局关于做好甲工作的意见"), "{given}");
    assert_eq!(text(draft.doc_number.as_ref()), Some("海教发〔2024〕7号"), "{given}");
    assert_eq!(text(draft.issuer.as_ref()), Some("海州市教育局"), "{given}");
    let expected = ["2024-03-05", "2024-04-01", "2027-03-31"].map(|day| Some(day.to_owned()));
    assert_eq!(dates, expected, "{given}");
    assert_eq!(draft.sections.iter().map(|section| section.measures.len()).sum::<usize>(), 2, "{given}");
}

#[test]
fn tables_of_sites() {
    const ROWS: [&str; 9] = [
        "索引号：370100-2024-00017",
        "主题分类：教育",
        "发文机关：海州市教育局",
        "成文日期：2024年03月05日",
        "标题：海州市教育局关于做好甲工作的意见",
        "发文字号：海教发〔2024〕7号",
        "生效日期：2024-04-01",
        "失效日期：2027-03-31",
        "有效性：有效",
    ];
    check_table(&ROWS.join("\n"));
    check_table(&ROWS.join(" "));
    check_table(&ROWS.join("\t"));
    check_table(&ROWS.join(""));
    check_table(&ROWS.map(|row| row.replace('：', "：\n")).join("\n"));
    check_table(&ROWS.map(|row| row.replace('：', "\t")).join("\n"));
    check_table(&ROWS.map(|row| row.replace('：', "： ")).join("　"));
    check_table(&ROWS.map(|row| format!("【{}", row.replace('：', "】："))).join("\n"));
    check_table(&ROWS.map(|row| row.replace("标题", "标　　题").replace("索引号", "索 引 号")).join("\n"));
    let reversed: Vec<&str> = ROWS.iter().rev().copied().collect();
    check_table(&reversed.join(" "));
}

/// Cells without a value do not take that of the cell beside or below them.
#[test]
fn empty_cells() {
    let rows = "索引号 0001/2024-17 成文日期 2024-03-05\n文号 发布时间 2024-03-06\n发布机构 文件有效性\n\
                名称 海州市教育局关于做好甲工作的意见";
    let (draft, dates) = table(rows);
    assert_eq!(text(draft.issuer.as_ref()), Some("海州市教育局"));
    assert_eq!(text(draft.doc_number.as_ref()), None);
    assert_eq!(dates, [Some("2024-03-05".to_owned()), None, None]);
}

#[test]
fn terms_of_tables() {
    let check = |rows: &str, from: Option<&str>, last: Option<&str>, years: Option<u16>| {
        let (draft, [_, found_from, found_last]) = table(&format!("发文字号：海教发〔2024〕7号\n{rows}"));
        assert_eq!(
            (found_from.as_deref(), found_last.as_deref(), draft.valid_years),
            (from, last, years),
            "{rows}"
        );
    };
    check("施行日期：2024-04-01\n有效期：3年", Some("2024-04-01"), Some("2027-03-31"), Some(3));
    check("实施日期：2024年4月1日 有效期限：五年", Some("2024-04-01"), Some("2029-03-31"), Some(5));
    check("有效期：2024-04-01至2027-03-31", Some("2024-04-01"), Some("2027-03-31"), None);
    check("生效时间：2024-04-01废止时间：2027-03-31", Some("2024-04-01"), Some("2027-03-31"), None);
    check("有效期至：2027年3月31日", None, Some("2027-03-31"), None);
    check("生效日期：2024-04-01 失效日期：", Some("2024-04-01"), None, None);
    check("有效性：有效 时效状态：现行", None, None, None);
}

/// What the text prints goes before the table, and the table before what only follows from the issue.
#[test]
fn text_before_table() {
    let dates = |sentence: &str| {
        let draft = parse(&format!(
            "成文日期：2024-03-05 生效日期：2024-04-01 失效日期：2026-04-01\n海州市教育局关于做好甲工作的意见\n{BODY}{sentence}\n"
        ));
        [draft.effective_from, draft.last_day].map(|date| date.map(|read| read.value.to_string()))
    };
    let days = |from: &str, last: &str| [Some(from.to_owned()), Some(last.to_owned())];
    assert_eq!(
        dates("本意见自2024年5月1日起施行，有效期至2027年4月30日。"),
        days("2024-05-01", "2027-04-30")
    );
    // A day of expiry that is the first day without force.
    assert_eq!(dates("本意见自印发之日起施行，有效期两年。"), days("2024-04-01", "2026-03-31"));
    assert_eq!(dates(""), days("2024-04-01", "2026-04-01"));
}
