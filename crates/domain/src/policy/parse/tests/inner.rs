//! What measures say of their own terms and days, and what the document says of itself.

use super::super::parse;

/// First and last day, years, day of issue and issuer of a document.
fn read(text: &str) -> String {
    let draft = parse(text);
    let day = |date: Option<crate::policy::Read<crate::kernel::Date>>| {
        date.map_or_else(|| "-".to_owned(), |read| read.value.to_string())
    };
    let years = draft.valid_years.map_or_else(|| "-".to_owned(), |years| years.to_string());
    let issuer = draft.issuer.map_or_else(|| "-".to_owned(), |read| read.value);
    [day(draft.effective_from), day(draft.last_day), years, day(draft.issue_date), issuer].join(" ")
}

/// A document whose second measure and whose end say something.
fn document(measure: &str, end: &str) -> String {
    format!(
        "海州市稳岗若干措施\n为稳就业，制定如下措施。\n一、稳岗\n（一）返还保费。按比例返还。\n（二）发放补贴。按人数发放。{measure}\n\
         二、扩岗\n（三）开发岗位。开发一千个。\n（四）办好招聘。每月一场。{end}\n"
    )
}

#[test]
fn terms_of_measures() {
    let check = |measure: &str| assert_eq!(read(&document(measure, "")), "- - - - -", "{measure}");
    check("实施期限至2026年12月31日。");
    check("\n实施期限：2024年1月1日至2026年12月31日。");
    check("有效期至2026年12月31日。");
    check("自2024年9月1日起施行。");
    check("从2024年9月1日起执行，有效期两年。");
    check("该政策执行期限至2026年12月31日。");
    check("以上补贴政策自2024年1月1日起实施。");
    check("本项政策有效期至2026年12月31日。");
    check("\n1.补贴期限。自2024年9月1日起执行。\n2.补贴标准。每人一千元。");
}

#[test]
fn terms_of_the_last_measure() {
    let check = |end: &str| assert_eq!(read(&document("", end)), "- - - - -", "{end}");
    check("实施期限至2026年12月31日。");
    check("自2024年9月1日起执行。");
    check("\n1.执行期限至2026年12月31日。");
    let own = "\n执行期限：2024年1月1日至2026年12月31日。";
    assert_eq!(read(&document(own, own)), "- - - - -");
}

#[test]
fn terms_of_the_document() {
    let check = |end: &str, expected: &str| assert_eq!(read(&document("", end)), expected, "{end}");
    check("\n本措施自2024年3月1日起施行，有效期两年。", "2024-03-01 2026-02-28 2 - -");
    check("\n实施期限至2026年12月31日。", "- 2026-12-31 - - -");
    check("\n自2024年3月1日起施行。有效期两年。", "2024-03-01 2026-02-28 2 - -");
    check(
        "\n三、附则\n（五）由市人社局解释。\n（六）自2024年3月1日起施行，有效期两年。",
        "2024-03-01 2026-02-28 2 - -",
    );
    check(
        "\n三、实施期限\n自2024年1月1日至2026年12月31日施行。\n四、组织保障\n加强领导。",
        "2024-01-01 2026-12-31 - - -",
    );
    check("\n以上措施自2024年3月1日起施行。", "2024-03-01 - - - -");
    check("\n本措施自2024年3月1日起施行。有效期至2025年12月31日。", "2024-03-01 2025-12-31 - - -");
}

/// A measure's term does not stand in the way of the document's.
#[test]
fn the_document_goes_before_its_measures() {
    let text =
        document("实施期限至2026年12月31日。", "\n本措施自2024年3月1日起施行，有效期至2025年12月31日。");
    assert_eq!(read(&text), "2024-03-01 2025-12-31 - - -");
    let text = document("有效期五年。", "\n本措施自2024年3月1日起施行。");
    assert_eq!(read(&text), "2024-03-01 - - - -");
}

#[test]
fn days_of_measures() {
    let check = |measure: &str| assert_eq!(read(&document(measure, "")), "- - - - -", "{measure}");
    check("\n2024年6月30日\n完成发放。");
    check("\n完成时限：\n2024年6月30日");
    check("\n市教育局\n2024年6月30日\n");
    check("\n（2024年6月30日）\n公布名单。");
    let deadline = "\n完成时限\n2024年6月30日";
    assert_eq!(read(&document("", deadline)), "- - - - -");
    // The day at the end is the document's.
    assert_eq!(read(&document("\n2024年6月30日\n完成。", "\n2024年3月5日")), "- - - 2024-03-05 -");
    let signed = "\n海州市人力资源和社会保障局\n2024年3月5日";
    assert_eq!(
        read(&document("\n市财政局\n2024年6月30日", signed)),
        "- - - 2024-03-05 海州市人力资源和社会保障局"
    );
}
