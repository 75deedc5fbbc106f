//! Documents of every usual nesting, put together from parts: numbers of sections and measures that restart
//! or run through, steps below them, units in brackets, on lines of their own or nowhere, headings with a full
//! stop or on a line of their own, with line breaks and without.

use super::super::super::UnitRole;
use super::super::super::draft::PolicyDraft;
use super::super::parse;

const FIGURES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
const SECTIONS: [&str; 3] = ["夯实发展基础", "深化协同创新", "加强组织保障"];
/// Headings of measures, a plain text, and one full of what looks like numbers of items, days and signatures.
const MEASURES: [(&str, &str, &str); 6] = [
    (
        "推进平台建设",
        "围绕重点产业建设平台十个，每年评估一次。",
        "到2025年，建成3.5万平方米场地（含民办）；小学一、二年级课程开足，第一、第二产业相关专业达到60%。",
    ),
    (
        "完善培养机制",
        "支持高校与企业联合培养人才，扩大培养规模。",
        "根据省教育厅2022年8月1日印发的《关于推进甲类工作的意见》（见附件2），由市教育局2023年12月31日前完成。",
    ),
    (
        "强化资源共享",
        "推动场馆向社会开放，提高利用效率。",
        "2024年6月30日前，按照“一馆一策”制定方案。具体包括：（1）建立名录；（2）公布时段；（3）落实责任。",
    ),
    (
        "健全评价体系",
        "制定评价标准，定期发布评价结果。",
        "严格执行《办法（试行）》第三条、第十二条规定，重点做好：一是提高认识；二是健全组织；由市教育局会同市财政局约谈。",
    ),
    (
        "落实经费保障",
        "统筹现有资金渠道，提高使用效益。",
        "按一、二、三类分别管理，市县按3：2分担，达到1.5倍、2.0版标准（《预算法》第九十二条）。",
    ),
    (
        "优化师资结构",
        "加大引进力度，五年引进人才一百名。",
        "引进博士、硕士100名，二级以上医院和十二所学校结对；第一批3年、第二批5年内完成，实施“一站、两库、三平台”。",
    ),
];

/// Forms of numbers, `N` for the number; in the order of usual nesting.
const FORMS: [&str; 8] = ["第N章 ", "第N条 ", "N、", "（N）", "n.", "n、", "n. ", "（n）"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    Nowhere,
    InBrackets,
    OnALine,
    LeadAndSupport,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breaks {
    Paragraphs,
    /// At the width of the paper.
    Width,
    Nowhere,
}

#[derive(Clone, Copy, Debug)]
struct Shape {
    section: Option<usize>,
    measure: usize,
    step: Option<usize>,
    restarts: bool,
    units: Units,
    /// Headings close with a full stop; else they stand on a line of their own.
    stops: bool,
    breaks: Breaks,
}

fn numbered(form: usize, number: usize) -> String {
    FORMS[form].replace('N', FIGURES[number - 1]).replace('n', &number.to_string())
}

/// A paragraph with its indent, in lines of 32 characters.
fn wrapped(line: &str) -> String {
    let chars: Vec<char> = "　　".chars().chain(line.chars()).collect();
    chars.chunks(32).flat_map(|line| line.iter().copied().chain(['\n'])).collect()
}

impl Shape {
    fn text(self) -> String {
        let mut lines: Vec<String> = vec![
            "青湖市人民政府关于推进甲类工作的实施意见".into(),
            "青政发〔2023〕5号".into(),
            "各县（区）人民政府，市政府各部门：".into(),
            "为推进甲类工作，现提出以下实施意见。".into(),
        ];
        let clause = match self.units {
            Units::Nowhere | Units::OnALine => "",
            Units::InBrackets => "（责任单位：市教育局、市财政局，各县（区）人民政府）",
            Units::LeadAndSupport => "（市教育局牵头，市财政局、市科技局等配合）",
        };
        for (at, (heading, ..)) in MEASURES.iter().enumerate() {
            let body = self.body(at);
            if let (Some(section), 0) = (self.section, at % 2) {
                lines.push(numbered(section, at / 2 + 1) + SECTIONS[at / 2]);
            }
            let number = numbered(self.measure, self.number(at));
            let last = if self.step.is_some() { "" } else { clause };
            if self.stops {
                lines.push(format!("{number}{heading}。{body}{last}"));
            } else {
                lines.extend([format!("{number}{heading}"), format!("{body}{last}")]);
            }
            if let Some(step) = self.step {
                lines.push(numbered(step, 1) + "制定实施方案，明确时间节点；");
                lines.push(numbered(step, 2) + "开展试点工作，总结推广经验。" + clause);
            }
            if self.units == Units::OnALine {
                lines.push("责任单位：市教育局、市财政局。".into());
            }
        }
        lines.extend(["青湖市人民政府".into(), "2023年3月1日".into()]);
        match self.breaks {
            Breaks::Paragraphs => lines.join("\n"),
            Breaks::Nowhere => lines.concat(),
            Breaks::Width => lines.iter().map(|line| wrapped(line)).collect(),
        }
    }

    /// The hard texts are for lines that do not break where paragraphs end.
    fn body(self, at: usize) -> &'static str {
        let (_, plain, hard) = MEASURES[at];
        if self.breaks == Breaks::Paragraphs { plain } else { hard }
    }

    fn number(self, at: usize) -> usize {
        if self.restarts { at % 2 + 1 } else { at + 1 }
    }

    fn expected_units(self) -> &'static str {
        match self.units {
            Units::Nowhere => "",
            Units::InBrackets => "R市教育局 R市财政局 R各县（区）人民政府",
            Units::OnALine => "R市教育局 R市财政局",
            Units::LeadAndSupport => "L市教育局 S市财政局 S市科技局",
        }
    }

    /// Whether documents of this shape are written at all.
    fn is_usual(self) -> bool {
        let above =
            self.section.is_none_or(|section| section < self.measure || section == 2 && self.measure == 1);
        let below = self.step.is_none_or(|step| step > self.measure && !(self.measure > 3 && step < 7));
        // Without a mark nothing says where a heading ends; figures may be steps or measures.
        let clear = (self.stops || self.breaks != Breaks::Nowhere)
            && (self.units != Units::Nowhere || self.step != Some(4));
        above && below && clear && (self.section.is_some() || !self.restarts)
    }
}

fn shapes() -> impl Iterator<Item = Shape> {
    let counts = [4, 6, 3, 2, 4, 2, 3];
    (0..counts.iter().product::<usize>()).map(move |mut index| {
        let mut digit = |count: usize| {
            let digit = index % count;
            index /= count;
            digit
        };
        Shape {
            section: [None, Some(0), Some(2), Some(3)][digit(4)],
            measure: digit(6) + 1,
            step: [None, Some(4), Some(7)][digit(3)],
            restarts: digit(2) == 1,
            units: [Units::Nowhere, Units::InBrackets, Units::OnALine, Units::LeadAndSupport][digit(4)],
            stops: digit(2) == 1,
            breaks: [Breaks::Paragraphs, Breaks::Width, Breaks::Nowhere][digit(3)],
        }
    })
}

/// Sections and measures as one line each.
fn outline(draft: &PolicyDraft) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &draft.sections {
        if !section.title.value.is_empty() {
            lines.push(section.title.value.clone());
        }
        for measure in &section.measures {
            let units: Vec<String> = measure
                .units
                .iter()
                .map(|unit| {
                    let role = match unit.role {
                        UnitRole::Lead => 'L',
                        UnitRole::Support => 'S',
                        UnitRole::Responsible => 'R',
                    };
                    format!("{role}{}", unit.name.value)
                })
                .collect();
            let start: String = measure.body.chars().take(8).collect();
            let (number, title) = (measure.number.unwrap_or_default(), &measure.title.value);
            lines.push(format!("{number} {title} | {start} | {}", units.join(" ")));
        }
    }
    lines
}

#[test]
fn every_usual_nesting_is_read() {
    let mut count = 0;
    for shape in shapes().filter(|shape| shape.is_usual()) {
        count += 1;
        let mut expected = Vec::new();
        for (at, (heading, ..)) in MEASURES.iter().enumerate() {
            if shape.section.is_some() && at % 2 == 0 {
                expected.push(SECTIONS[at / 2].to_owned());
            }
            let start: String = shape.body(at).chars().take(8).collect();
            expected.push(format!("{} {heading} | {start} | {}", shape.number(at), shape.expected_units()));
        }
        let text = shape.text();
        let draft = parse(&text);
        assert_eq!(outline(&draft), expected, "{shape:?}\n{text}");
        assert_eq!(draft.issuer.map(|read| read.value).as_deref(), Some("青湖市人民政府"), "{text}");
        assert_eq!(draft.issue_date.map(|read| read.value.to_string()).as_deref(), Some("2023-03-01"));
        assert_eq!(draft.doc_number.map(|read| read.value).as_deref(), Some("青政发〔2023〕5号"));
    }
    assert!(count > 300, "only {count} shapes");
}
