//! What a cycle has come to.

use crate::Lang;
use ronghe_domain::progress::{Figure, Whose};

/// What is counted.
#[must_use]
pub const fn figure(lang: Lang, figure: Figure) -> &'static str {
    match figure {
        Figure::Silent => lang.pick("未报的单位和区县", "Units and districts that have not filed"),
        Figure::WithUnits => lang.pick("退回修改的需求", "Needs to be corrected"),
        Figure::WithDistricts => lang.pick("待区县报送的需求", "Needs with their district"),
        Figure::Arrived => lang.pick("已报送的需求", "Needs that have arrived"),
        Figure::Undecided => lang.pick("待定的需求", "Needs without a verdict"),
        Figure::ToBeListed => lang.pick("拟列入", "To be listed"),
        Figure::ToBeDeclined => lang.pick("拟不列入", "To be declined"),
        Figure::ToBeMerged => lang.pick("拟合并", "To be merged"),
        Figure::OpinionsOpen => lang.pick("待提的意见", "Opinions that are open"),
        Figure::OpinionsOverdue => lang.pick("逾期的意见", "Opinions that are overdue"),
        Figure::OpinionsGiven => lang.pick("已提的意见", "Opinions given"),
        Figure::Listed => lang.pick("列入清单", "Listed"),
        Figure::Declined => lang.pick("未列入", "Declined"),
        Figure::Merged => lang.pick("并入其他需求", "Merged"),
        Figure::QuestionsOpen => lang.pick("待答复的提问", "Questions without an answer"),
        Figure::HandedIn => lang.pick("启封的申报", "Applications opened"),
        Figure::Unanswered => lang.pick("无人申报的需求", "Needs without an application"),
        Figure::InCheck => lang.pick("待形式审查的申报", "Applications to be checked"),
        Figure::WithUniversities => lang.pick("退回补正的申报", "Applications to be corrected"),
        Figure::Accepted => lang.pick("已受理的申报", "Applications accepted"),
    }
}

/// On whom it waits.
#[must_use]
pub const fn whose(lang: Lang, whose: Whose) -> &'static str {
    match whose {
        Whose::Units => lang.pick("需求单位", "the units"),
        Whose::Districts => lang.pick("区县教体局", "the district bureaus"),
        Whose::LeadOffice => lang.pick("高校联络服务处", "the liaison office"),
        Whose::Offices => lang.pick("责任单位", "the responsible offices"),
        Whose::Universities => lang.pick("高校", "the universities"),
    }
}
