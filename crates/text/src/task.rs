//! 待办: what is to be done, and how soon.

use crate::Lang;
use crate::cycle::cycle_year;
use crate::need_list::list_title;
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::need_list::Edition;
use ronghe_domain::task::{Kind, Soon};

/// What is to be done, as a verb.
#[must_use]
pub const fn task_kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::CorrectNeed => lang.pick("修改", "Correct"),
        Kind::FinishNeed => lang.pick("填报", "Finish"),
        Kind::Sign => lang.pick("签发", "Sign"),
        Kind::ForwardNeeds => lang.pick("审核报送", "Forward"),
        Kind::ScreenNeeds => lang.pick("遴选", "Screen"),
        Kind::ComposeList => lang.pick("组成清单", "Compose"),
        Kind::ApproveList => lang.pick("审定", "Approve"),
        Kind::PublishList => lang.pick("发布", "Publish"),
        Kind::GiveOpinions => lang.pick("提意见", "Give an opinion on"),
        Kind::ChaseOpinions => lang.pick("催办", "Remind"),
        Kind::AnswerQuestions => lang.pick("答复", "Answer"),
        Kind::ChaseQuestions => lang.pick("督办答复", "See answered"),
        Kind::FinishApplication => lang.pick("填写", "Finish"),
        Kind::CorrectApplication => lang.pick("补正", "Correct"),
        Kind::WriteSections => lang.pick("填写分到的部分", "Write your sections of"),
        Kind::CorrectSections => lang.pick("补正分到的部分", "Correct your sections of"),
        Kind::CheckApplications => lang.pick("形式审查", "Check"),
        Kind::DecideOverdue => lang.pick("补正逾期，另定", "Overdue, decide on"),
        Kind::GiveUnitOpinions => lang.pick("提意见", "Give an opinion on"),
        Kind::OpenCycle => lang.pick("开始征集", "Open"),
        Kind::AdvanceCycle => lang.pick("进入下一阶段", "Go on"),
        Kind::CheckPolicy => lang.pick("核对", "Check"),
        Kind::PublishPolicy => lang.pick("发布", "Publish"),
        Kind::ConfirmAccount => lang.pick("确认", "Confirm"),
        Kind::MakeAccount => lang.pick("开户", "Make an account for"),
        Kind::FailedMail => lang.pick("处理", "See to"),
        Kind::WithSigners => lang.pick("签发中", "Being signed"),
        Kind::WithChecker => lang.pick("待形式审查", "To be checked"),
        Kind::WithDistrict => lang.pick("待区县审核", "With the district"),
        Kind::WithLeadOffice => lang.pick("已报送", "With the liaison office"),
        Kind::WithSchools => lang.pick("待学校修改", "With schools"),
        Kind::Arrived => lang.pick("已收到", "Arrived"),
        Kind::WithLeadingGroup => lang.pick("待领导小组审定", "With the leading group"),
    }
}

/// How soon it is due.
#[must_use]
pub const fn task_soon(lang: Lang, soon: Soon) -> &'static str {
    match soon {
        Soon::Overdue => lang.pick("已逾期", "Overdue"),
        Soon::Today => lang.pick("今天", "Today"),
        Soon::ThisWeek => lang.pick("本周", "This week"),
        Soon::Later => lang.pick("以后", "Later"),
        Soon::Waiting => lang.pick("等他人", "Waiting for others"),
    }
}

/// So many needs.
#[must_use]
pub fn needs_count(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 条需求"),
        (Lang::En, 1) => "1 need".to_owned(),
        (Lang::En, _) => format!("{count} needs"),
    }
}

/// So many records of what is to be done; of needs and of what is signed also the year, of others that of a rehearsal.
#[must_use]
pub fn task_count(lang: Lang, kind: Kind, count: u64, year: Option<&str>) -> String {
    let rehearsed = year.filter(|year| CycleYear::parse(year).is_some_and(CycleYear::is_rehearsal));
    if matches!(
        kind,
        Kind::CheckApplications | Kind::DecideOverdue | Kind::GiveUnitOpinions | Kind::WithChecker
    ) {
        return of_year(lang, applications_count(lang, count), rehearsed);
    }
    if matches!(kind, Kind::AnswerQuestions | Kind::ChaseQuestions) {
        return of_year(lang, questions_count(lang, count), rehearsed);
    }
    if matches!(kind, Kind::Sign | Kind::WithSigners) {
        return of_year(lang, papers_count(lang, count), year);
    }
    if year.is_some() {
        return of_year(lang, needs_count(lang, count), year);
    }
    match (lang, kind, count) {
        (Lang::Zh, Kind::FailedMail, _) => format!("{count} 封没有送出的邮件"),
        (Lang::En, Kind::FailedMail, 1) => "1 mail that failed".to_owned(),
        (Lang::En, Kind::FailedMail, _) => format!("{count} mails that failed"),
        (Lang::Zh, Kind::ChaseOpinions, _) => format!("{count} 条逾期的意见"),
        (Lang::En, Kind::ChaseOpinions, 1) => "1 opinion that is overdue".to_owned(),
        (Lang::En, Kind::ChaseOpinions, _) => format!("{count} opinions that are overdue"),
        (_, _, _) => needs_count(lang, count),
    }
}

/// So many of a year.
fn of_year(lang: Lang, counted: String, year: Option<&str>) -> String {
    let Some(year) = year else { return counted };
    let is_rehearsal = CycleYear::parse(year).is_some_and(CycleYear::is_rehearsal);
    match lang {
        // What ends in a bracket is set apart from the figure behind it.
        Lang::Zh if is_rehearsal => format!("{}：{counted}", cycle_year(lang, year)),
        Lang::Zh => format!("{} {counted}", cycle_year(lang, year)),
        Lang::En => format!("{counted} of {}", cycle_year(lang, year)),
    }
}

fn applications_count(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 项申报"),
        (Lang::En, 1) => "1 application".to_owned(),
        (Lang::En, _) => format!("{count} applications"),
    }
}

fn questions_count(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 个提问"),
        (Lang::En, 1) => "1 question".to_owned(),
        (Lang::En, _) => format!("{count} questions"),
    }
}

fn papers_count(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 份材料"),
        (Lang::En, 1) => "1 paper".to_owned(),
        (Lang::En, _) => format!("{count} papers"),
    }
}

/// What a task is about whose record is a version of a need list, `2026/v1`.
#[must_use]
pub fn task_of_list(lang: Lang, kind: Kind, record: &str) -> Option<String> {
    let is_list =
        matches!(kind, Kind::ComposeList | Kind::ApproveList | Kind::PublishList | Kind::WithLeadingGroup);
    let (cycle, edition) = record.split_once('/').filter(|_| is_list)?;
    Some(list_title(lang, cycle, Edition::parse(edition)?.0))
}

/// A record of what is to be done that has no title yet.
#[must_use]
pub const fn task_untitled(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::CorrectNeed
        | Kind::FinishNeed
        | Kind::ForwardNeeds
        | Kind::ScreenNeeds
        | Kind::GiveOpinions
        | Kind::ChaseOpinions
        | Kind::AnswerQuestions
        | Kind::ChaseQuestions
        | Kind::WithDistrict
        | Kind::WithLeadOffice
        | Kind::WithSchools
        | Kind::Arrived => lang.pick("还没有标题的需求", "A need without title"),
        Kind::CheckPolicy | Kind::PublishPolicy => lang.pick("还没有标题的文件", "A document without title"),
        Kind::Sign | Kind::WithSigners => lang.pick("还没有标题的材料", "A paper without title"),
        Kind::FinishApplication
        | Kind::CorrectApplication
        | Kind::WriteSections
        | Kind::CorrectSections
        | Kind::CheckApplications
        | Kind::DecideOverdue
        | Kind::GiveUnitOpinions
        | Kind::WithChecker => lang.pick("还没有名称的申报", "An application without title"),
        Kind::OpenCycle | Kind::AdvanceCycle => lang.pick("还没有标题的周期", "A cycle without title"),
        Kind::ComposeList | Kind::ApproveList | Kind::PublishList | Kind::WithLeadingGroup => {
            lang.pick("需求清单", "Need list")
        }
        Kind::ConfirmAccount | Kind::MakeAccount => lang.pick("没有姓名的账号", "An account without name"),
        Kind::FailedMail => lang.pick("没有送出的邮件", "A mail that failed"),
    }
}

#[cfg(test)]
mod tests {
    use super::{task_count, task_untitled};
    use crate::Lang;
    use ronghe_domain::task::Kind;

    #[test]
    fn a_document_without_title_is_no_need() {
        assert_eq!(task_untitled(Lang::Zh, Kind::CheckPolicy), "还没有标题的文件");
        assert_eq!(task_untitled(Lang::En, Kind::FinishNeed), "A need without title");
    }

    #[test]
    fn needs_of_two_years_are_told_apart() {
        assert_eq!(task_count(Lang::Zh, Kind::ForwardNeeds, 3, Some("2026")), "2026 年度 3 条需求");
        assert_eq!(task_count(Lang::En, Kind::ForwardNeeds, 1, Some("2027")), "1 need of 2027");
        let rehearsed = task_count(Lang::Zh, Kind::ForwardNeeds, 3, Some("2026R1"));
        assert_eq!(rehearsed, "2026 年度（演练 1）：3 条需求");
        assert_eq!(task_count(Lang::En, Kind::FailedMail, 1, None), "1 mail that failed");
    }

    #[test]
    fn what_is_rehearsed_is_told_from_what_is_real() {
        let count = |kind, year| task_count(Lang::Zh, kind, 2, Some(year));
        assert_eq!(count(Kind::WithSigners, "2026"), "2026 年度 2 份材料");
        assert_eq!(count(Kind::WithSigners, "2026R1"), "2026 年度（演练 1）：2 份材料");
        assert_eq!(count(Kind::CheckApplications, "2026"), "2 项申报");
        assert_eq!(count(Kind::WithChecker, "2026"), "2 项申报");
        assert_eq!(count(Kind::CheckApplications, "2026R1"), "2026 年度（演练 1）：2 项申报");
    }
}
