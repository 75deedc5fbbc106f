//! Organisations and what marks universities.

use crate::Lang;
use ronghe_domain::org::{
    Action, Affiliation, MarkKind, OrgKind, Outgoing, Place, Post, Refusal, UniversityKind,
};

/// What an organisation is.
#[must_use]
pub const fn org_kind(lang: Lang, kind: OrgKind) -> &'static str {
    match kind {
        OrgKind::Bureau => lang.pick("市教育局", "Education bureau"),
        OrgKind::Office => lang.pick("处室", "Office"),
        OrgKind::Institution => lang.pick("直属事业单位", "Affiliated institution"),
        OrgKind::District => lang.pick("区县教体局", "District bureau"),
        OrgKind::MunicipalSchool => lang.pick("市直学校", "Municipal school"),
        OrgKind::School => lang.pick("区县学校", "District school"),
        OrgKind::University => lang.pick("高校", "University"),
    }
}

/// What is done with an organisation.
#[must_use]
pub const fn org_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Change => lang.pick("修改", "Change"),
        Action::Reveal => lang.pick("显示电话", "Reveal telephones"),
    }
}

/// Why it is refused.
#[must_use]
pub const fn org_refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::AdministratorOnly => lang.pick("由系统管理员办理", "A system administrator does this"),
        Refusal::NotItsCounterpart => lang.pick(
            "只有高校联络服务处和它的下级单位需要打这些电话",
            "Only the liaison office and the units below it call these numbers",
        ),
        Refusal::SeesThemWhole => lang.pick("你看到的就是完整的号码", "You see the numbers whole already"),
        Refusal::NoTelephone => lang.pick("没有登记电话", "No telephone is registered"),
    }
}

/// A post that every organisation registers.
#[must_use]
pub const fn post(lang: Lang, post: Post) -> &'static str {
    match post {
        Post::InCharge => lang.pick("分管领导", "Leader in charge"),
        Post::Head => lang.pick("部门负责人", "Head of department"),
        Post::Contact => lang.pick("联系人", "Contact"),
    }
}

/// What leaves an organisation.
#[must_use]
pub const fn outgoing(lang: Lang, document: Outgoing) -> &'static str {
    match document {
        Outgoing::Need => lang.pick("需求", "Needs"),
        Outgoing::Application => lang.pick("申报", "Applications"),
        Outgoing::Report => lang.pick("报告", "Reports"),
    }
}

/// Where a university is.
#[must_use]
pub const fn place(lang: Lang, place: Place) -> &'static str {
    match place {
        Place::InJinan => lang.pick("驻济", "In Jinan"),
        Place::Outside => lang.pick("市外", "Outside Jinan"),
    }
}

/// Whom a university belongs to.
#[must_use]
pub const fn affiliation(lang: Lang, affiliation: Affiliation) -> &'static str {
    match affiliation {
        Affiliation::Ministry => lang.pick("部属", "Ministry"),
        Affiliation::Province => lang.pick("省属", "Province"),
        Affiliation::City => lang.pick("市属", "City"),
        Affiliation::Private => lang.pick("民办", "Private"),
    }
}

/// What kind of university it is.
#[must_use]
pub const fn university_kind(lang: Lang, kind: UniversityKind) -> &'static str {
    match kind {
        UniversityKind::Undergraduate => lang.pick("本科", "Undergraduate"),
        UniversityKind::Vocational => lang.pick("高职高专", "Vocational college"),
        UniversityKind::Campus => lang.pick("校区", "Campus"),
        UniversityKind::GraduateInstitute => lang.pick("研究生培养机构", "Graduate institute"),
        UniversityKind::Adult => lang.pick("成人高校", "Adult university"),
        UniversityKind::Technician => lang.pick("技师学院", "Technician college"),
        UniversityKind::ResearchInstitute => lang.pick("研究院", "Research institute"),
    }
}

/// A mark that a university bears.
#[must_use]
pub const fn mark(lang: Lang, kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::MinistryNormal => lang.pick("教育部直属师范大学", "Ministry normal university"),
        MarkKind::DoubleFirstClass => lang.pick("双一流", "Double First-Class"),
        MarkKind::Normal => lang.pick("师范类", "Normal"),
        MarkKind::Arts => lang.pick("艺术类", "Arts"),
        MarkKind::Sports => lang.pick("体育类", "Sports"),
        MarkKind::HighLevel => lang.pick("高水平大学", "High-level"),
    }
}
