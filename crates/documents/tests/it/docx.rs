//! What a `.docx` says.

use crate::build::{self, docx, numbered, paragraph};
use ronghe_documents::text_of;

fn check(bytes: &[u8], lines: &[&str]) {
    let text = text_of(bytes).unwrap();
    assert_eq!(text.trim_end().split('\n').collect::<Vec<_>>(), lines);
}

fn in_list(list: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn level(at: u32, format: &str, wording: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="tab"/><w:lvlText w:val="{wording}"/></w:lvl>"#
    )
}

/// 一、 （一） 1. as official documents number.
fn official() -> String {
    format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3.")
    )
}

#[test]
fn runs_join_and_breaks_stay() {
    let body = format!(
        "{}<w:p><w:r><w:t xml:space=\"preserve\">牵头 </w:t></w:r><w:r><w:t>单位&amp;&#x5904;室</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p/>{}",
        paragraph("标题"),
        paragraph("尾")
    );
    check(&docx(&body), &["标题", "牵头 单位&处室\ta", "b", "", "尾"]);
}

#[test]
fn automatic_numbers_are_written_out() {
    let body: String = [
        in_list(1, 0, "总体要求"),
        in_list(1, 1, "指导思想"),
        in_list(1, 1, "基本原则"),
        in_list(1, 2, "坚持"),
        in_list(1, 0, "措施"),
        in_list(1, 1, "加强"),
        in_list(1, 2, "做好"),
    ]
    .concat();
    check(
        &numbered(&body, &official(), ""),
        &["一、总体要求", "（一）指导思想", "（二）基本原则", "1.坚持", "二、措施", "（一）加强", "1.做好"],
    );
}

#[test]
fn a_list_can_begin_anew_or_go_on() {
    let lists = format!(
        r#"{}<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
        official()
    );
    let body: String = [
        in_list(1, 0, "甲"),
        in_list(2, 0, "乙"),
        in_list(3, 0, "丙"),
        in_list(3, 0, "丁"),
        in_list(9, 0, "戊"),
    ]
    .concat();
    check(&numbered(&body, &lists, ""), &["一、甲", "二、乙", "五、丙", "六、丁", "戊"]);
}

#[test]
fn styles_number_headings() {
    let lists = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let styles = r#"<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style><w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>"#;
    let none = r#"<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>附则</w:t></w:r></w:p>"#;
    let body = [
        styled("C", "第一章 总则\t1"),
        styled("H1", "总则"),
        styled("H2", "目的"),
        styled("H1", "分则"),
        styled("H2", "范围"),
        none.to_owned(),
    ]
    .concat();
    check(&numbered(&body, lists, styles), &["第一章 总则", "1.1 目的", "第二章 分则", "2.1 范围", "附则"]);
}

#[test]
fn deleted_and_hidden_text_is_left_out() {
    let body = r#"<w:p><w:ins w:id="1"><w:r><w:t>新增</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>"#;
    check(&docx(body), &["新增显示", "前半后半"]);
}

#[test]
fn tables_give_a_line_a_row() {
    let cell = |inner: &str| format!("<w:tc><w:tcPr/>{inner}</w:tc>");
    let p = paragraph;
    let rows = [
        format!("<w:tr>{}{}</w:tr>", cell(&p("措施")), cell(&p("责任单位"))),
        format!("<w:tr>{}{}</w:tr>", cell(&p("一")), cell(&format!("{}{}", p("基教处"), p("组干处")))),
        format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", cell(&p("删去的行"))),
        format!("<w:tr>{}{}</w:tr>", cell(&p("空")), cell("<w:p/>")),
    ]
    .concat();
    check(
        &docx(&format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")),
        &["措施\t责任单位", "一", "基教处", "组干处", "空"],
    );
}

#[test]
fn a_text_box_stands_once() {
    let body = r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:graphic><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>济南市教育局文件</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphic></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>济南市教育局文件</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>"#;
    check(&docx(body), &["济南市教育局文件", "正文"]);
}

#[test]
fn wrappers_are_looked_through() {
    let body = r#"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标签</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt><w:r><w:ruby><w:rt><w:r><w:t>jǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>济</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p></w:sdtContent></w:sdt>"#;
    check(&docx(body), &["链接标签控件济"]);
}

#[test]
fn the_document_may_have_another_name_and_namespace() {
    let roots = build::ROOTS.replace("word/document.xml", "/word/document2.xml");
    let document = build::document(&paragraph("严格"))
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace("w:", "x:")
        .replace("xmlns:w=", "xmlns:x=");
    let bytes = build::zip(&[
        ("[Content_Types].xml", build::TYPES.as_bytes()),
        ("_rels/.rels", roots.as_bytes()),
        ("word/document2.xml", document.as_bytes()),
    ]);
    check(&bytes, &["严格"]);
}
