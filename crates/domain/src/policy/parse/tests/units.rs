//! Clauses of responsible units in every usual wording.

use super::super::super::UnitRole;
use super::super::{lines::Lines, normal::Normal, units};

/// The units of the clauses of `text`: `L` lead, `S` support, `R` responsible, `*` for a group.
fn read(text: &str) -> String {
    let normal = Normal::of(text);
    let clauses = units::find(&Lines::of(&normal.text));
    let mut all = Vec::new();
    for clause in &clauses {
        units::merge(&mut all, &clause.units);
    }
    let shown: Vec<String> = all
        .iter()
        .map(|unit| {
            let role = match unit.role {
                UnitRole::Lead => 'L',
                UnitRole::Support => 'S',
                UnitRole::Responsible => 'R',
            };
            format!("{role}:{}{}", unit.name.value, if unit.group { "*" } else { "" })
        })
        .collect();
    shown.join(" ")
}

pub(super) fn check(text: &str, expected: &str) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn labels() {
    check("做好工作。（责任单位：市教育局、市财政局）", "R:市教育局 R:市财政局");
    check("做好工作。(责任部门:市教育局,市财政局)", "R:市教育局 R:市财政局");
    check("做好工作（责任处室：基础教育处 财务处）。", "R:基础教育处 R:财务处");
    check("做好工作。【责任单位：市教育局】", "R:市教育局");
    check("做好工作。[责任单位：市教育局、\n市财政局]", "R:市教育局 R:市财政局");
    check("做好工作。（牵头单位：市教育局；配合单位：市财政局、各区县）", "L:市教育局 S:市财政局 S:各区县*");
    check("做好工作。（牵头单位：市教育局，责任单位：市财政局）", "L:市教育局 R:市财政局");
    check("做好工作。（主办单位：市教育局、协办单位：市财政局）", "L:市教育局 S:市财政局");
    check(
        "做好工作。（牵头单位：市教育局 配合单位：市财政局 完成时限：2024年12月）",
        "L:市教育局 S:市财政局",
    );
    check("做好工作。（责任单位：市教育局、市财政局等，完成时限：2024年底前）", "R:市教育局 R:市财政局");
    check("做好工作。（责任单位：市教育局（牵头）、市财政局、市人社局）", "L:市教育局 R:市财政局 R:市人社局");
    check("做好工作。（责任单位：市教育局牵头，市财政局、市人社局配合）", "L:市教育局 S:市财政局 S:市人社局");
    check("责任单位：市教育局、市财政局", "R:市教育局 R:市财政局");
    check("牵头单位：市教育局\n配合单位：市财政局", "L:市教育局 S:市财政局");
    check("做好工作。责任单位：市教育局、市财政局。", "R:市教育局 R:市财政局");
    check("责任单位：市教育局、\n市财政局", "R:市教育局 R:市财政局");
    check("做好工作。（责任单位：市教育局、市财政局\n下一段", "R:市教育局 R:市财政局");
    check("做好工作。牵头科室：基础教育科配合科室：教研室、督导室", "L:基础教育科 S:教研室 S:督导室");
    check("建成一所。责任单位：市教育局。再建一所。责任单位：市财政局。", "R:市教育局 R:市财政局");
}

#[test]
fn verbs() {
    check("做好工作。（市教育局牵头，市财政局、市人社局配合）", "L:市教育局 S:市财政局 S:市人社局");
    check("做好工作。（由市教育局牵头，市财政局参与）", "L:市教育局 S:市财政局");
    check("做好工作。（市教育局、市财政局等按职责分工负责）", "R:市教育局 R:市财政局");
    check("做好工作。（市教育局、市财政局分别负责）", "R:市教育局 R:市财政局");
    check("做好工作。（市教育局会同市财政局负责）", "L:市教育局 S:市财政局");
    check("做好工作。（市教育局会同有关部门负责）", "L:市教育局 S:有关部门*");
    check("做好工作。（各地区、各有关部门负责）", "R:各地区* R:各有关部门*");
    check(
        "做好工作。（发展改革委、财政部等按职责分工负责，地方各级人民政府负责）",
        "R:发展改革委 R:财政部 R:地方各级人民政府*",
    );
    check(
        "做好工作。（教育部牵头，人力资源社会保障部、工业和信息化部等部门按职责分工负责）",
        "L:教育部 R:人力资源社会保障部 R:工业和信息化部",
    );
    check("做好工作。（各市、县（市、区）人民政府负责）", "R:各市、县（市、区）人民政府*");
    check("做好工作。（省教育厅牵头，各市人民政府落实）", "L:省教育厅 R:各市人民政府*");
    check("做好工作。（市级有关部门及各县市区政府按职责分工负责）", "R:市级有关部门* R:各县市区政府*");
}

#[test]
fn names() {
    check(
        "（责任单位：市大数据局（市政务服务中心）、各区县政府（管委会））",
        "R:市大数据局（市政务服务中心） R:各区县政府（管委会）*",
    );
    check(
        "（责任单位：市人力资源和社会保障局、市规划和自然资源局）",
        "R:市人力资源和社会保障局 R:市规划和自然资源局",
    );
    check("（责任单位：市教育局和市财政局）", "R:市教育局 R:市财政局");
    check("（一）甲。做好。（市应急局牵头，市青年联合会配合）", "L:市应急局 S:市青年联合会");
    check(
        "（一）甲。做好。（市应急局、团市委、市青少年宫）\n（二）乙。做好。（市老年大学、市财政局）",
        "R:市应急局 R:团市委 R:市青少年宫 R:市老年大学 R:市财政局",
    );
    check("（责任单位：市发展改革委、市教育局等部门，各区县）", "R:市发展改革委 R:市教育局 R:各区县*");
    check("（责任单位：各有关处室、直属事业单位）", "R:各有关处室* R:直属事业单位*");
    check(
        "（责任单位：市直学校、机关各处室、领导小组各成员单位）",
        "R:市直学校* R:机关各处室* R:领导小组各成员单位*",
    );
    check("（责任单位：市委组织部、团市委、市妇联、市科协）", "R:市委组织部 R:团市委 R:市妇联 R:市科协");
}

#[test]
fn names_of_several_places() {
    check("（责任单位：省教育厅，各州、市人民政府）", "R:省教育厅 R:各州、市人民政府*");
    check("（省教育厅牵头，各市州、县市区人民政府落实）", "L:省教育厅 R:各市州、县市区人民政府*");
    check("（责任单位：各市（州）党委和人民政府）", "R:各市（州）党委和人民政府*");
    check("（责任单位：各设区市、县（市、区）政府）", "R:各设区市、县（市、区）政府*");
    check(
        "（责任单位：各市（含定北市，下同）政府、雄山新区管委会）",
        "R:各市（含定北市，下同）政府* R:雄山新区管委会",
    );
    // A bureau of the city stands beside the districts.
    check("（责任单位：各区、市教育局、市财政局）", "R:各区* R:市教育局 R:市财政局");
    check("做好工作。（教育部牵头，国家开放大学配合）", "L:教育部 S:国家开放大学");
}

/// A text that was broken for its width, in the middle of names, brackets and verbs.
#[test]
fn names_over_lines() {
    let lead = "支持高校与企业联合培养人才，扩大培养规模。（市教育局牵头，市财政局、市科";
    check(&format!("{lead}\n技局等配合）"), "L:市教育局 S:市财政局 S:市科技局");
    check(
        "支持高校与企业联合培养人才，扩大培养规模。（责任单位：市教育局，各县（区\n）人民政府）",
        "R:市教育局 R:各县（区）人民政府*",
    );
    check(
        "支持高校与企业联合培养人才，扩大培养规模。（市教育局牵头，市财政局等配\n合）",
        "L:市教育局 S:市财政局",
    );
}

#[test]
fn remarks_behind_names() {
    check(
        "做好工作。〔责任单位：省教育厅，各市（州）人民政府（列首位的为牵头单位，下同）〕",
        "L:省教育厅 R:各市（州）人民政府*",
    );
    check("（责任单位：市教育局、市财政局（排名第一的为牵头单位，下同））", "L:市教育局 R:市财政局");
}

#[test]
fn what_is_no_clause() {
    for text in [
        "（此件公开发布）",
        "济南方案（试行）",
        "行动计划（2023—2025年）",
        "幼儿园（含民办）负责人应当到场。",
        "成立领导小组（由市教育局牵头，市财政局参与），统筹推进。",
        "由市教育局牵头，市财政局配合，做好工作。",
        "各区县按职责分工负责。",
        "实行校长负责制（见附件）。",
        "工作目标：到2025年建成。",
        "（联系人：张三，电话：1234）",
        "各单位要落实责任：一是加强领导。",
    ] {
        check(text, "");
    }
}

/// Sentences in prose, with what ordinary prose has in common with them.
#[test]
fn spoken() {
    let done = "支持高校建设公共实训基地。";
    let check = |sentence: &str, expected: &str| {
        super::units::check(&format!("（一）做好工作。{done}{sentence}\n（二）再做。"), expected);
    };
    check("由市教育局牵头，市财政局、市人社局配合。", "L:市教育局 S:市财政局 S:市人社局");
    check("牵头单位为市教育局，配合单位为市财政局和各区县政府。", "L:市教育局 S:市财政局 S:各区县政府*");
    check("责任单位是市卫生健康委、市疾控中心。", "R:市卫生健康委 R:市疾控中心");
    check("此项工作由市民政局负责。", "R:市民政局");
    check("上述任务由市民政局会同市财政局落实，2025年底前完成。", "L:市民政局 S:市财政局");
    check("市人力资源社会保障局会同市财政局组织实施。", "L:市人力资源社会保障局 S:市财政局");
    check("市科技局要牵头抓好落实，市财政局要积极配合。", "L:市科技局 S:市财政局");
    check("市科技局要牵头制定细则，市应急局要落实责任。", "L:市科技局 R:市应急局");
    check("市教育局牵头，各有关部门按职责分工负责。", "L:市教育局 R:各有关部门*");
    check("具体由海州职业技术学院承办", "R:海州职业技术学院");
    check("由市教育局牵头，会同市财政局、市人社局落实。", "L:市教育局 S:市财政局 S:市人社局");
    check("由市教育局牵头，市财政局、市人社局等部门按职责分工配合落实。", "L:市教育局 S:市财政局 S:市人社局");
    check("该项工作的牵头单位是市教育局。", "L:市教育局");
    check("由市教育行政部门牵头，市财政部门配合。", "L:市教育行政部门 S:市财政部门");
    check("市教育局为牵头单位，市财政局为配合单位。", "L:市教育局 S:市财政局");
    check("市教育局负责牵头，市财政局负责配合。", "L:市教育局 S:市财政局");
    check("每年新增学位一千个，由市教育局负责落实，历城区配合。", "R:市教育局 S:历城区");
    check("每年新增学位一千个，牵头单位为市教育局。", "L:市教育局");
}

#[test]
fn prose_that_names_no_unit() {
    let check = |sentence: &str| {
        super::units::check(&format!("（一）做好工作。支持高校建设基地。{sentence}\n（二）再做。"), "");
    };
    check("成立专项工作小组，由市教育局牵头，市财政局参与。");
    check("建立联席会议制度，由市教育局负责。");
    check("所需经费由市财政局负责。");
    check("由学校负责，家长配合。");
    check("由专人负责，定期报送。");
    check("由市教育局牵头，市财政局配合，做好各项工作。");
    check("由市教育局牵头制定方案，明年实施。");
    check("各区县、各部门要按照职责分工抓好落实。");
    check("各区县按职责分工负责。");
    check("主管单位为法人的，由其负责。");
    check("建设工作由企业负责，政府支持。");
    check("市教育局要加强指导。");
    check("市教育局开展评估，市财政局支持。");
    check("由于教育部门负责，各单位配合。");
    check("强化校长负责，教师参与，家长配合。");
    check("对口支援由结对学校负责。");
    check("教育部门要牵头做好协调，财政部门要落实经费。");
    check("联席会议由市教育局牵头，市财政局等部门参加。");
    check("专项资金由市科技局会同市财政局实施。");
    check("市财政局负责资金安排，市科技局负责项目管理。");
    check("无证办学的，由市教育局负责查处。");
    check("市卫生健康委要会同有关部门加强跟踪评估。");
    check("市教育局要牵头建立专班，各区要成立机构，统筹推进。");
    check("教育部门牵头统筹，发展改革、财政部门落实投入。");
}

/// Where a bracket or a label names a measure's units, its prose adds none.
#[test]
fn printed_units_go_before_spoken_ones() {
    let text = |clause: &str| {
        format!(
            "甲方案\n（一）建站。建成十个。由市教育局牵头，市财政局配合。{clause}\n（二）建校。建成一所。由市民政局负责。\n"
        )
    };
    let read = |text: &str| -> Vec<Vec<String>> {
        let draft = super::super::parse(text);
        let measures = draft.sections.into_iter().flat_map(|section| section.measures);
        measures.map(|measure| measure.units.into_iter().map(|unit| unit.name.value).collect()).collect()
    };
    assert_eq!(read(&text("")), [vec!["市教育局", "市财政局"], vec!["市民政局"]]);
    assert_eq!(read(&text("（责任单位：市体育局）")), [vec!["市体育局"], vec!["市民政局"]]);
    assert_eq!(read(&text("\n责任单位：市体育局")), [vec!["市体育局"], vec!["市民政局"]]);
}

/// Steps that name units in prose now and then are no measures.
#[test]
fn spoken_units_of_a_few_steps() {
    let steps = "1.建站。建成十个。\n2.建校。建成一所。由市教育局负责。\n3.建园。建成两座。\n4.建馆。建成一座。\n5.建路。建成一条。\n";
    let text = format!(
        "甲方案\n一、任务\n（一）建设。\n{steps}（二）改造。\n{steps}二、保障\n（一）经费。列入预算。\n"
    );
    let draft = super::super::parse(&text);
    let measures: Vec<_> = draft.sections.iter().flat_map(|section| &section.measures).collect();
    let titles: Vec<&str> = measures.iter().map(|measure| measure.title.value.as_str()).collect();
    assert_eq!(titles, ["建设", "改造", "经费"]);
    assert!(measures.iter().take(2).all(|measure| measure.units.len() == 1));
}

#[test]
fn declared_for_all() {
    check("以下各项措施均由市教育局牵头。", "L:市教育局");
    check("（责任单位：市教育局；以下均需各区县政府负责，不再列出）", "R:市教育局 R:各区县政府*");
    check("（牵头单位：市教育局，下同）", "L:市教育局");
    check("本方案各项任务均由市教育局牵头，责任单位分工如下：", "L:市教育局");
    check(
        "做好工作。（省教育厅牵头。以下均需各州、市人民政府落实，不再列出）",
        "L:省教育厅 R:各州、市人民政府*",
    );
    check(
        "责任单位排在第一位的为牵头单位。\n做好工作。（责任单位：市教育局、市财政局）",
        "L:市教育局 R:市财政局",
    );
}
