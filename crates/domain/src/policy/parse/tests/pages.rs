//! Texts copied from web pages: with tags and entities, or whole pages.

use super::super::parse;
use super::documents::{read, summary};
use super::properties;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/policy");

const NAMES: [&str; 5] =
    ["jinan-2023-24", "lead-and-support", "council-opinion", "chapters-and-articles", "three-roles"];

/// The paragraphs of a document, put on a page by `paragraph`.
fn page(name: &str, paragraph: impl Fn(&str) -> String) -> (String, String) {
    let text = read(&Path::new(FOLDER).join(name).with_extension("txt"));
    let lines =
        text.lines().map(|line| line.trim_matches(char::is_whitespace)).filter(|line| !line.is_empty());
    let page = lines.map(paragraph).collect();
    (text, page)
}

fn check(way: &str, paragraph: impl Fn(&str) -> String) {
    for name in NAMES {
        let (text, page) = page(name, &paragraph);
        let plain: String =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(summary(&parse(&page)), summary(&parse(&plain)), "{name}, {way}");
        // Every place holds what it says, on the page.
        assert_eq!(properties::check(&page).err(), None, "{name}, {way}");
    }
}

#[test]
fn paragraphs() {
    check("p", |line| format!("<p>{line}</p>"));
    check("styled", |line| {
        format!(
            "<P style=\"text-indent:2em\">\n  &nbsp;&nbsp;&#12288;&#12288;<span lang=EN-US>{line}</span>\n</P>\n"
        )
    });
    check("div", |line| format!("<div class='a'><strong></strong>{line}<o:p></o:p></div>\r\n"));
    check("br", |line| format!("&emsp;&emsp;{line}<br/>"));
    check("br and lines", |line| format!("{line}<br>\n"));
}

#[test]
fn broken_lines_within_paragraphs() {
    check("broken", |line| {
        let broken: String = line
            .char_indices()
            .map(|(at, c)| if at > 30 && at % 60 == 0 { format!("\n    {c}") } else { c.to_string() })
            .collect();
        format!("<p>{broken}</p>")
    });
}

#[test]
fn what_is_around_a_document() {
    let body = "<h1>海州市教育局<br>关于做好甲工作的通知</h1><p>一、建站。建成十个。</p><p>二、建校。建成一所。（市教育局负责）</p>\
                <p>海州市教育局</p><p>2024年3月5日</p>";
    let expected = summary(&parse(
        "海州市教育局\n关于做好甲工作的通知\n一、建站。建成十个。\n二、建校。建成一所。（市教育局负责）\n海州市教育局\n2024年3月5日",
    ));
    for (before, behind) in [
        (
            "<!DOCTYPE html><html><head><title>海州市关于其他工作的通知</title><style>p{}</style></head><body>",
            "</body></html>",
        ),
        ("<script>if (a<b) { document.write(\"<p>一、假的</p>\") }</script>", "<style>一、假的</style>"),
        (
            "<!--[if gte mso 9]><xml><w:x>三</w:x></xml><![endif]--><xml>四、假的</xml>",
            "<![if !supportLists]><o:p></o:p><![endif]>",
        ),
        ("<!-- <p>一、假的。</p> -->", "<!-- 三、假的。"),
        ("<nav><ul><li>一、假的</li></ul></nav>", "<footer><p>2024年6月1日</p></footer>"),
        (
            "<div><a href=\"/\">首页</a> &gt; <a href=\"/b\">海州市关于其他工作的通知</a></div>",
            "<p><a href='x'>海州市其他方案</a></p>",
        ),
    ] {
        assert_eq!(summary(&parse(&format!("{before}{body}{behind}"))), expected, "{before}");
    }
}

#[test]
fn tables_of_pages() {
    let page = "<p>海州市民生实事任务分工表</p><table><tbody><tr><td>序号</td><td>任务</td><td>牵头单位</td><td>配合单位</td></tr>\
                <tr><td><p>1</p></td><td><p>新建学校</p></td><td>市教育局</td><td><p>市财政局</p><p>各县政府</p></td></tr>\
                <tr><td>2</td><td>改造小区</td><td>市住建局</td><td></td></tr>\
                <tr><td>3</td><td>新增\n床位</td><td></td><td>市卫健委</td></tr></tbody></table>";
    let found: Vec<String> = parse(page)
        .sections
        .into_iter()
        .flat_map(|section| section.measures)
        .map(|measure| {
            let units: Vec<String> =
                measure.units.iter().map(|unit| format!("{:?} {}", unit.role, unit.name.value)).collect();
            format!("{} {}", measure.title.value, units.join(" "))
        })
        .collect();
    assert_eq!(
        found,
        [
            "新建学校 Lead 市教育局 Support 市财政局 Support 各县政府",
            "改造小区 Lead 市住建局",
            "新增床位 Support 市卫健委"
        ]
    );
    // A site's table of keys.
    let page = "<table><tr><td>发文机关：</td><td>海州市教育局</td><td>文 号：</td><td>海教发〔2024〕7号</td></tr>\
                <tr><td>成文日期：</td><td>2024年3月5日</td><td>有效性：</td><td>有效</td></tr></table><p>关于做好甲工作的通知</p><p>一、甲。乙。</p>";
    let draft = parse(page);
    assert_eq!(draft.issuer.map(|read| read.value).as_deref(), Some("海州市教育局"));
    assert_eq!(draft.doc_number.map(|read| read.value).as_deref(), Some("海教发〔2024〕7号"));
    assert_eq!(draft.issue_date.map(|read| read.value.to_string()).as_deref(), Some("2024-03-05"));
}

/// Angles and marks that are none of a page's stay.
#[test]
fn what_is_no_markup() {
    for text in [
        "一、甲<市、区>乙。",
        "一、甲<p乙>丙。",
        "一、甲<b,乙>丙。",
        "一、甲&乙。",
        "一、甲<新>&co。",
        "一、甲&#乙; &unknown; &#1114112;丁。",
    ] {
        let draft = parse(&format!("甲方案\n{text}\n二、乙。"));
        let title = &draft.sections.first().unwrap().measures.first().unwrap().title.value;
        let expected = text.trim_start_matches("一、").trim_end_matches('。');
        assert_eq!(title.replace(' ', ""), expected.replace(' ', ""), "{text}");
    }
}
