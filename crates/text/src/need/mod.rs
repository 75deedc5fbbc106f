//! Needs: states, fields, sections, actions, refusals.

mod done;

pub use done::{NeedDone, need_done};

use crate::format::{before_close, instant};
use crate::{Lang, cycle::phase};
use ronghe_domain::kernel::{Instant, Progress};
use ronghe_domain::need::rules::Turn;
use ronghe_domain::need::{Action, Field, Refusal, Ruling, Section, Stage, Stance, State, Why};

/// Where a need stands.
#[must_use]
pub const fn need_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Draft => lang.pick("草稿", "Draft"),
        State::Submitted => lang.pick("已提交", "Submitted"),
        State::ReturnedByDistrict => lang.pick("区县退回", "Returned by district"),
        State::Forwarded => lang.pick("已报送", "Forwarded"),
        State::Returned => lang.pick("退回修改", "Returned"),
        State::Screening => lang.pick("遴选中", "Screening"),
        State::Listed => lang.pick("已列入清单", "Listed"),
        State::Declined => lang.pick("未列入清单", "Declined"),
        State::Merged => lang.pick("已合并", "Merged"),
        State::Taken => lang.pick("已承接", "Taken"),
        State::Open => lang.pick("暂无高校承接", "Open"),
        State::Withdrawn => lang.pick("已撤回", "Withdrawn"),
    }
}

/// A school stage.
#[must_use]
pub const fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Preschool => lang.pick("学前", "Preschool"),
        Stage::Primary => lang.pick("小学", "Primary"),
        Stage::JuniorHigh => lang.pick("初中", "Junior high"),
        Stage::SeniorHigh => lang.pick("普通高中", "Senior high"),
        Stage::Vocational => lang.pick("中职", "Vocational"),
        Stage::Special => lang.pick("特殊教育", "Special education"),
    }
}

/// A field of the form.
#[must_use]
pub const fn need_field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Title => lang.pick("标题", "Title"),
        Field::Measures => lang.pick("对应措施", "Measures"),
        Field::Forms => lang.pick("合作形式", "Forms of cooperation"),
        Field::Stages => lang.pick("学段", "School stages"),
        Field::Students => lang.pick("受益学生", "Pupils who benefit"),
        Field::Teachers => lang.pick("受益教师", "Teachers who benefit"),
        Field::Background => lang.pick("背景", "Background"),
        Field::Goals => lang.pick("目标与内容", "Goals"),
        Field::Benefit => lang.pick("预期效益", "Expected benefit"),
        Field::Indicators => lang.pick("可衡量的指标", "Indicators"),
        Field::University => lang.pick("意向高校", "Wanted university"),
        Field::Discipline => lang.pick("意向学科", "Wanted discipline"),
        Field::Budget => lang.pick("经费预算", "Budget"),
        Field::Own => lang.pick("其中学校自筹", "Of it, own funds"),
        Field::Period => lang.pick("实施周期", "Period"),
        Field::Contact => lang.pick("联系人", "Contact"),
        Field::Attachments => lang.pick("附件", "Attachments"),
    }
}

/// A page of the form.
#[must_use]
pub const fn need_section(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Basics => lang.pick("基本情况", "Basics"),
        Section::Beneficiaries => lang.pick("受益对象", "Who benefits"),
        Section::Purpose => lang.pick("背景与目标", "Background and goals"),
        Section::Benefit => lang.pick("预期效益与指标", "Benefit and indicators"),
        Section::Partner => lang.pick("意向高校", "Wanted university"),
        Section::Money => lang.pick("经费与周期", "Budget and period"),
        Section::Contact => lang.pick("联系人与附件", "Contact and attachments"),
    }
}

/// How far a section has come.
#[must_use]
pub const fn progress(lang: Lang, progress: Progress) -> &'static str {
    match progress {
        Progress::NotStarted => lang.pick("未开始", "Not started"),
        Progress::Started => lang.pick("填写中", "Started"),
        Progress::Done => lang.pick("已完成", "Done"),
        Progress::ToCorrect => lang.pick("需修改", "To correct"),
        Progress::Closed => lang.pick("不需修改", "Nothing to correct"),
    }
}

/// What can be done with a need.
#[must_use]
pub const fn need_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Submit => lang.pick("提交", "Submit"),
        Action::Forward => lang.pick("审核报送", "Forward"),
        Action::Edit => lang.pick("填写", "Edit"),
        Action::Return => lang.pick("退回", "Return"),
        Action::Enlist => lang.pick("列入", "Enlist"),
        Action::Decline => lang.pick("不列入", "Decline"),
        Action::Merge => lang.pick("合并", "Merge"),
        Action::Reopen => lang.pick("撤销", "Take back"),
        Action::Withdraw => lang.pick("撤回", "Withdraw"),
        Action::Reveal => lang.pick("显示电话", "Reveal telephone"),
        Action::Screen => lang.pick("进入遴选", "Screen"),
        Action::Unscreen => lang.pick("退出遴选", "Take out of screening"),
        Action::Carry => lang.pick("结转到下一周期", "Carry into the next cycle"),
        Action::LeaveOpen => lang.pick("暂无高校承接", "Leave without an application"),
    }
}

/// What is meant to become of a need, before the list is published.
#[must_use]
pub const fn ruling(lang: Lang, ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Listed => lang.pick("拟列入", "To be listed"),
        Ruling::Declined => lang.pick("拟不列入", "Not to be listed"),
        Ruling::Merged => lang.pick("拟合并", "To be merged"),
    }
}

/// What an office thinks of a need.
#[must_use]
pub const fn stance(lang: Lang, stance: Stance) -> &'static str {
    match stance {
        Stance::Support => lang.pick("支持", "Support"),
        Stance::Revise => lang.pick("建议修改", "Revise"),
        Stance::Oppose => lang.pick("不支持", "Oppose"),
    }
}

/// Why a need is not listed.
#[must_use]
pub const fn decline_reason(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::OutsideMeasures => lang.pick("不在十二条措施范围内", "No measure covers it"),
        Why::PureResearch => lang.pick("单纯课题研究", "A pure research topic"),
        Why::NotInJinan => lang.pick("成果不在济南落地", "Its results would not land in Jinan"),
        Why::TooVague => lang.pick("需求不具体", "It does not say what is wanted"),
        Why::AlreadyServed => lang.pick("已有项目或资源可以满足", "A project or resource serves it already"),
        Why::BudgetUnsound => lang.pick("经费不合理", "Its budget does not hold"),
        Why::Other => lang.pick("其他", "Another reason"),
    }
}

/// Whose turn it is.
#[must_use]
pub const fn turn(lang: Lang, turn: Turn) -> &'static str {
    match turn {
        Turn::Unit => lang.pick("需求单位", "the unit"),
        Turn::District => lang.pick("区县教体局", "the district bureau"),
        Turn::LeadOffice => lang.pick("高校联络服务处", "the liaison office"),
        Turn::Nobody => lang.pick("无", "nobody"),
    }
}

/// Why a need is not carried into another cycle.
const fn of_carrying(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NothingCollects => lang.pick(
            "现在没有正在征集需求的周期，开始征集后再结转",
            "No cycle collects needs now; carry it on once one does",
        ),
        // What is left of them: it was.
        _ => lang.pick("已经结转过一次", "It was carried on already, once"),
    }
}

/// Why an action on a need is refused, and what would help.
#[must_use]
pub fn need_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NothingCollects | Refusal::AlreadyCarried => of_carrying(lang, refusal).to_owned(),
        Refusal::NotYours => say("这一步由别的单位办理", "Another organisation does this"),
        Refusal::UnitsOnly => say("需求由学校和区县教体局填报", "Schools and district bureaus file needs"),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("需求{}，不能这样做", need_state(lang, state)),
            Lang::En => format!("The need is {}", need_state(lang, state).to_lowercase()),
        },
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，不能这样做", phase(lang, at)),
            Lang::En => format!("The cycle is in the phase “{}”", phase(lang, at)),
        },
        Refusal::NotOpenYet { opens } => match lang {
            Lang::Zh => format!("征集 {} 开始", instant(lang, opens)),
            Lang::En => format!("Collecting begins at {}", instant(lang, opens)),
        },
        Refusal::Ended { closed } => over(lang, closed),
        Refusal::Incomplete { fields } => incomplete(lang, fields),
        Refusal::SchoolCap { most } => match lang {
            Lang::Zh => format!("本周期每校最多 {most} 项，先撤回一项"),
            Lang::En => format!("A school may file {most} in this cycle; withdraw one first"),
        },
        Refusal::DistrictCap { most } => match lang {
            Lang::Zh => format!("本周期每区县最多报送 {most} 项"),
            Lang::En => format!("A district may forward {most} in this cycle"),
        },
        Refusal::Published => {
            say("需求清单已发布，遴选意见不再改动", "The need list is published: what became of needs stays")
        }
        Refusal::HasOrigins { count } => origins(lang, count),
        Refusal::NoOffice => {
            say("它的措施没有可以征求意见的处室或单位", "No office or institution answers for its measures")
        }
        Refusal::NotAsked => {
            say("高校联络服务处没有征求本单位的意见", "The liaison office has not asked your office")
        }
        Refusal::SignOffFirst => say(
            "本单位设有签发步骤，先提请签发；最后一步签发后自动报出",
            "It has to be signed first: ask for sign-off; the last signature lets it go",
        ),
        Refusal::SummarySigning => say(
            "有一份汇总表正在签发，签发或退回后再办",
            "A summary is being signed; go on once it is signed or sent back",
        ),
        Refusal::HasForwarded { count } => not_nothing(lang, count),
        Refusal::AlreadyZero => say("已经零报告", "It was reported already that there is nothing"),
        Refusal::NobodyToRemind => say(
            "没有可催的单位：都已报，或今天已催过",
            "Nobody to remind: all have filed or were reminded today",
        ),
        Refusal::AlreadySaid => say("意见已经提了", "The opinion has come already"),
        Refusal::IntoItself => say("不能合并到它自己", "It cannot be merged into itself"),
        Refusal::IntoOtherCycle => {
            say("不能合并到别的年度的需求", "It cannot be merged into a need of another cycle")
        }
        Refusal::IntoEnded { state } => ended(lang, state),
    }
}

fn over(lang: Lang, closed: Instant) -> String {
    let closed = instant(lang, before_close(closed));
    match lang {
        Lang::Zh => format!("已于 {closed} 截止，延期由高校联络服务处办理"),
        Lang::En => format!("Closed at {closed}; the liaison office can extend it"),
    }
}

fn incomplete(lang: Lang, fields: usize) -> String {
    match lang {
        Lang::Zh => format!("还有 {fields} 处要填写或修改"),
        Lang::En if fields == 1 => "1 field still has to be filled in or mended".to_owned(),
        Lang::En => format!("{fields} fields still have to be filled in or mended"),
    }
}

fn not_nothing(lang: Lang, count: u32) -> String {
    match lang {
        Lang::Zh => format!("已报送 {count} 条需求，不能零报告"),
        Lang::En if count == 1 => "1 need was forwarded: there is something to report".to_owned(),
        Lang::En => format!("{count} needs were forwarded: there is something to report"),
    }
}

/// That others are merged into it.
fn origins(lang: Lang, count: u32) -> String {
    match lang {
        Lang::Zh => format!("有 {count} 条需求拟合并到它，先撤销那些合并"),
        Lang::En if count == 1 => "1 need is merged into it; take that back first".to_owned(),
        Lang::En => format!("{count} needs are merged into it; take those back first"),
    }
}

/// That nothing can be merged into the need chosen.
fn ended(lang: Lang, state: State) -> String {
    match lang {
        Lang::Zh => format!("所选的需求{}，换一条遴选中或拟列入的", need_state(lang, state)),
        Lang::En => format!(
            "The need chosen is {}; choose one in screening or to be listed",
            need_state(lang, state).to_lowercase()
        ),
    }
}
