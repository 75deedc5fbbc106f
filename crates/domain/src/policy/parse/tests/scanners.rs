//! Tables for the small scanners.

use super::super::marker::{Kind, marker};
use super::super::{dates, effective, head, lines::Lines, normal::Normal, outline::Inner, parse, run_in};

#[test]
fn numbers_of_items() {
    let check = |text: &str, expected: Option<(Kind, u32)>| {
        assert_eq!(marker(text).map(|found| (found.kind, found.number)), expected, "{text}");
    };
    check("一、总体要求", Some((Kind::Comma, 1)));
    check("二十一、附则", Some((Kind::Comma, 21)));
    check("（十二）强化激励", Some((Kind::Paren, 12)));
    check("(三)标题", Some((Kind::Paren, 3)));
    check("（ 四 ）标题", Some((Kind::Paren, 4)));
    check("㈣标题", Some((Kind::Paren, 4)));
    check("1.标题", Some((Kind::Figure, 1)));
    check("12．标题", Some((Kind::Figure, 12)));
    check("3、标题", Some((Kind::Figure, 3)));
    check("4.2025年底前完成", Some((Kind::Figure, 4)));
    check("（5）标题", Some((Kind::FigureParen, 5)));
    check("6）标题", Some((Kind::FigureParen, 6)));
    check("⑦标题", Some((Kind::FigureParen, 7)));
    check("第一百零三条 标题", Some((Kind::Article, 103)));
    check("第 8 条 标题", Some((Kind::Article, 8)));
    check("第三章 总则", Some((Kind::Chapter, 3)));
    check("第二部分 任务", Some((Kind::Chapter, 2)));
    check("第二节 任务", Some((Kind::Part, 2)));
    check("二、三大任务", Some((Kind::Comma, 2)));
    check("一、一体推进教育科技人才发展", Some((Kind::Comma, 1)));
    for text in [
        "第三条规定",
        "第一，加强领导",
        "一是加强领导",
        "3.5万人",
        "2023.12.26",
        "（2023年）",
        "（试行）",
        "十分重要",
        "一、二年级课程",
        "二、三级医院",
        "一线教师",
        "第三方评估",
        "",
    ] {
        check(text, None);
    }
}

#[test]
fn days() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(dates::first(text).map(|(date, ..)| date.to_string()).as_deref(), expected, "{text}");
    };
    check("2023年12月26日", Some("2023-12-26"));
    check("2023 年 1 月 6 日", Some("2023-01-06"));
    check("二〇二三年十二月二十六日", Some("2023-12-26"));
    check("二○二三年六月十日", Some("2023-06-10"));
    check("二Ｏ二三年十月一日", Some("2023-10-01"));
    check("二零二四年二月二十九日", Some("2024-02-29"));
    check("于2023-12-26印发", Some("2023-12-26"));
    check("2023/1/6", Some("2023-01-06"));
    check("2024.2.28", Some("2024-02-28"));
    for text in ["2023年2月30日", "2023年12月", "12月26日", "3.14.15", "123456-7-8", "一二三四"] {
        check(text, None);
    }
}

#[test]
fn last_days() {
    let check = |from: &str, years: u16, expected: &str| {
        let (from, ..) = dates::first(from).unwrap();
        assert_eq!(dates::last_day(from, years).map(|day| day.to_string()).as_deref(), Some(expected));
    };
    check("2023-12-26", 1, "2024-12-25");
    check("2024-01-01", 5, "2028-12-31");
    check("2024-02-29", 1, "2025-02-28");
    check("2024-03-01", 3, "2027-02-28");
}

#[test]
fn document_numbers() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(head::find_number(text).map(|(number, ..)| number).as_deref(), expected, "{text}");
    };
    check("济教发〔2023〕24号", Some("济教发〔2023〕24号"));
    check("国办发[2020]3号", Some("国办发〔2020〕3号"));
    check("皖政（2022）8号", Some("皖政〔2022〕8号"));
    check("沪教委规【2023】4 号", Some("沪教委规〔2023〕4号"));
    check("粤 教 高 函 〔 2023 〕 17 号", Some("粤教高函〔2023〕17号"));
    check("关于做好工作的通知京教基二〔2024〕1号", Some("京教基二〔2024〕1号"));
    check("（国发〔2021〕第5号）", Some("国发〔2021〕5号"));
    for text in ["〔2023〕24号", "第24号", "（2023年）第1号", "济教发〔23〕24号", "济教发〔2023〕号"]
    {
        check(text, None);
    }
}

/// Reads validity from a text issued on 2024-01-15.
fn validity(text: &str) -> (Option<String>, Option<u16>, Option<String>, Option<String>) {
    let normal = Normal::of(text);
    let issued = dates::first("2024-01-15").map(|(date, ..)| date);
    let found = effective::read(&Lines::of(&normal.text), &Inner::default(), issued);
    (
        found.from.map(|read| read.value.to_string()),
        found.years,
        found.last_day.map(|read| read.value.to_string()),
        found.text.map(|read| read.value),
    )
}

fn check_validity(
    text: &str,
    from: Option<&str>,
    years: Option<u16>,
    last: Option<&str>,
    printed: Option<&str>,
) {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    assert_eq!(validity(text), (owned(from), years, owned(last), owned(printed)), "{text}");
}

#[test]
fn validities() {
    check_validity(
        "本措施自发布之日起施行,有效期一年。",
        Some("2024-01-15"),
        Some(1),
        Some("2025-01-14"),
        Some("自发布之日起施行,有效期一年"),
    );
    check_validity(
        "本意见自印发之日起实施，有效期为5年。",
        Some("2024-01-15"),
        Some(5),
        Some("2029-01-14"),
        Some("自印发之日起实施，有效期为5年"),
    );
    check_validity(
        "本办法自2024年3月1日起施行。",
        Some("2024-03-01"),
        None,
        None,
        Some("自2024年3月1日起施行"),
    );
    check_validity(
        "本办法自2024年3月1日起施行，有效期至2026年12月31日。",
        Some("2024-03-01"),
        None,
        Some("2026-12-31"),
        Some("自2024年3月1日起施行，有效期至2026年12月31日"),
    );
    check_validity(
        "本方案自印发之日起实施，试行期两年，由市教育局负责解释。",
        Some("2024-01-15"),
        Some(2),
        Some("2026-01-14"),
        Some("自印发之日起实施，试行期两年"),
    );
    check_validity(
        "本通知由市教育局负责解释，自公布之日起施行。",
        Some("2024-01-15"),
        None,
        None,
        Some("自公布之日起施行"),
    );
}

#[test]
fn validities_of_other_wordings() {
    check_validity(
        "第九条 本细则自2024年2月1日起执行，有效期3年。",
        Some("2024-02-01"),
        Some(3),
        Some("2027-01-31"),
        Some("自2024年2月1日起执行，有效期3年"),
    );
    check_validity(
        "有效期自2024年1月1日至2025年12月31日。",
        Some("2024-01-01"),
        None,
        Some("2025-12-31"),
        Some("有效期自2024年1月1日至2025年12月31日"),
    );
    check_validity("本规定自印发之日起30日后施行。", None, None, None, Some("自印发之日起30日后施行"));
    check_validity(
        "以上措施自2024年1月1日起实施，2025年12月31日废止。",
        Some("2024-01-01"),
        None,
        Some("2025-12-31"),
        Some("自2024年1月1日起实施，2025年12月31日废止"),
    );
    check_validity(
        "本办法自印发之日起试行一年。",
        Some("2024-01-15"),
        Some(1),
        Some("2025-01-14"),
        Some("自印发之日起试行一年"),
    );
    check_validity(
        "本办法试行期为自发布之日起两年。",
        Some("2024-01-15"),
        Some(2),
        Some("2026-01-14"),
        Some("自发布之日起两年"),
    );
    check_validity("本政策有效期三年。", None, Some(3), None, Some("有效期三年"));
    // Words on something else than the document.
    for text in [
        "各区自2024年9月1日起执行新课程标准，学校做好准备。",
        "疫苗有效期一年。",
        "《旧办法》自2020年1月1日起施行。",
        "补助执行期限至2024年12月31日。",
    ] {
        check_validity(text, None, None, None, None);
    }
}

#[test]
fn titles_of_documents() {
    let check = |text: &str, expected: &str| {
        let text = format!(
            "{text}\n\n各区教育局：\n为做好工作，现提出如下意见。\n一、加强领导。成立专班。\n二、落实经费。列入预算。\n"
        );
        assert_eq!(parse(&text).title.map(|read| read.value).as_deref(), Some(expected), "{text}");
    };
    check("国务院办公厅关于推进甲工作的意见", "国务院办公厅关于推进甲工作的意见");
    check("国务院办公厅\n关于推进甲工作\n的意见", "国务院办公厅关于推进甲工作的意见");
    check("教育部 财政部关于实施甲计划的意见", "教育部 财政部关于实施甲计划的意见");
    check("教育部等三部门关于实施甲计划的意见", "教育部等三部门关于实施甲计划的意见");
    check("首页 > 政务公开 > 通知公告\n海州市教育局关于做好甲工作的通知", "海州市教育局关于做好甲工作的通知");
    check("海州市教育局文件\n海教发〔2024〕1号\n关于做好甲工作的通知", "关于做好甲工作的通知");
    check("海州市促进甲产业发展若干措施", "海州市促进甲产业发展若干措施");
    check("海州市甲产业发展行动计划\n（2024—2026年）", "海州市甲产业发展行动计划（2024—2026年）");
    check("海州市教育局关于印发《甲方案（试行）》的通知", "甲方案（试行）");
    check("海州市教育局关于印发〈甲方案〉的\n通　知", "甲方案");
    check(
        "海州市教育局关于转发《省教育厅关于贯彻〈甲纲要〉的意见》的通知",
        "省教育厅关于贯彻《甲纲要》的意见",
    );
    check("海州市人民政府关于印发海州市甲规划的通知", "海州市甲规划");
    check(
        "标题：海州市教育局关于做好甲工作的通知\n文号：海教发〔2024〕1号",
        "海州市教育局关于做好甲工作的通知",
    );
    check("海州市教育局关于做好甲工作的通知（海教发〔2024〕1号）", "海州市教育局关于做好甲工作的通知");
}

#[test]
fn titles_of_items() {
    let check = |item: &str, title: &str, starts: &str| {
        let text = format!(
            "甲方案\n一、任务\n（一）{item}\n（二）别项。别的内容。\n二、保障\n（三）再一项。再多内容。\n"
        );
        let draft = parse(&text);
        let measure = draft.sections.iter().flat_map(|section| &section.measures).next().unwrap();
        assert_eq!(
            (measure.title.value.as_str(), measure.body.get(..starts.len())),
            (title, Some(starts)),
            "{item}"
        );
    };
    check("加强领导。成立专班，压实责任。", "加强领导", "成立专班");
    check("加强领导：成立专班，压实责任。", "加强领导", "成立专班");
    check("加强领导.成立专班,压实责任.", "加强领导", "成立专班");
    check("加强领导\n成立专班，压实责任。", "加强领导", "成立专班");
    check("加强领导　成立专班，压实责任。", "加强领导", "成立专班");
    check("落实“双减。双增”要求。成立专班。", "落实“双减。双增”要求", "成立专班");
    check("贯彻《甲。乙》精神（含丙。丁）。成立专班。", "贯彻《甲。乙》精神（含丙。丁）", "成立专班");
    check("建设示范校20所。", "建设示范校20所", "建设示范校");
    check(
        "支持驻地高校与区县中小学结对共建，围绕课程建设、师资培训、实验室开放等方面开展合作，形成一批可复制的经验。三年见效。",
        "支持驻地高校与区县中小学结对共建，围绕课程建设、师资培训、实验室开放等方面开展合作，形成一批可复制的经验",
        "支持驻地高校",
    );
}

#[test]
fn headings_that_run_into_their_text() {
    let check = |text: &str, expected: Option<&str>| {
        let found = run_in::usual(text).or_else(|| run_in::guessed(text));
        assert_eq!(found.and_then(|len| text.get(..len)), expected, "{text}");
    };
    check("总体目标到2027年，全面建成。", Some("总体目标"));
    check("工作要求各牵头单位要细化举措，每半年报送一次。", Some("工作要求"));
    check("坚持党的领导全面加强党的建设，实现全覆盖。", Some("坚持党的领导"));
    check("支持建设创新平台对新获批平台的，给予奖励。", Some("支持建设创新平台"));
    check("完善学生综合素质评价建立覆盖各学段的平台，年内接入。", Some("完善学生综合素质评价"));
    // Sentences that are their own title.
    check("推进平台建设。", None);
    check("支持高校围绕主导产业设置专业，每年调整优化。", None);
    check("遴选二十个实验室建设实践站，给予经费支持。", None);
    check("加强领导。成立专班，压实责任。", None);
}
