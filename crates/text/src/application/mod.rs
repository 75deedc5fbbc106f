//! Applications: states, fields, sections, budgets, duties, actions, refusals.

mod done;
mod eligibility;

pub use done::{ApplicationDone, application_done};
pub use eligibility::{condition_text, eligibility_check, eligibility_finding};

use crate::format::{before_close, instant};
use crate::{Lang, cycle::phase};
use ronghe_domain::application::draft::Purpose;
use ronghe_domain::application::rules::Turn;
use ronghe_domain::application::{
    Action, Category, Duty, Field, Flaw, PartnerKind, Refusal, Section, Source, Stance, State,
};
use ronghe_domain::kernel::Instant;

/// Where an application stands.
#[must_use]
pub const fn application_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Draft => lang.pick("草稿", "Draft"),
        State::Signing => lang.pick("送签中", "Being signed"),
        State::Submitted => lang.pick("已提交", "Submitted"),
        State::FormalCheck => lang.pick("形式审查", "Formal check"),
        State::ReturnedForCorrection => lang.pick("退回补正", "Returned for correction"),
        State::Accepted => lang.pick("已受理", "Accepted"),
        State::Withdrawn => lang.pick("已撤回", "Withdrawn"),
    }
}

/// A field of the form.
#[must_use]
pub const fn application_field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Title => lang.pick("项目名称", "Title"),
        Field::Partners => lang.pick("合作单位", "Partners"),
        Field::Person => lang.pick("项目负责人", "Responsible person"),
        Field::Team => lang.pick("团队成员", "Team"),
        Field::Plan => lang.pick("实施方案", "Plan"),
        Field::Risk => lang.pick("风险与应对", "Risks"),
        Field::Deliverables => lang.pick("合作成果", "Deliverables"),
        Field::Milestones => lang.pick("进度安排", "Milestones"),
        Field::Benefit => lang.pick("预期效益", "Expected benefit"),
        Field::Promises => lang.pick("指标承诺", "Indicators promised"),
        Field::Budget => lang.pick("经费预算", "Budget"),
        Field::Basis => lang.pick("工作基础", "Basis"),
        Field::Attachments => lang.pick("附件", "Attachments"),
        Field::SealedPage => lang.pick("盖章页", "Sealed page"),
    }
}

/// A page of the form.
#[must_use]
pub const fn application_section(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Basics => lang.pick("基本信息", "Basics"),
        Section::Team => lang.pick("负责人与团队", "People"),
        Section::Plan => lang.pick("实施方案", "Plan"),
        Section::Schedule => lang.pick("合作成果与进度", "Deliverables and milestones"),
        Section::Benefit => lang.pick("预期效益", "Expected benefit"),
        Section::Budget => lang.pick("经费预算", "Budget"),
        Section::Basis => lang.pick("工作基础", "Basis"),
        Section::Files => lang.pick("附件与盖章页", "Files and sealed page"),
    }
}

/// What can be done with an application.
#[must_use]
pub const fn application_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Submit => lang.pick("提交", "Submit"),
        Action::Edit => lang.pick("填写", "Edit"),
        Action::Invite => lang.pick("邀请成员", "Invite members"),
        Action::Reopen => lang.pick("重新打开", "Reopen"),
        Action::Withdraw => lang.pick("撤回", "Withdraw"),
        Action::Accept => lang.pick("受理", "Accept"),
        Action::Return => lang.pick("退回补正", "Return for correction"),
        Action::Unseal => lang.pick("启封", "Open the seals"),
    }
}

/// What the unit of its need thinks of an application.
#[must_use]
pub const fn unit_stance(lang: Lang, stance: Stance) -> &'static str {
    match stance {
        Stance::Willing => lang.pick("愿意合作", "Willing"),
        Stance::ToDiscuss => lang.pick("需协商", "To be discussed"),
        Stance::Opposed => lang.pick("不同意", "Opposed"),
    }
}

/// What someone does in an application.
#[must_use]
pub const fn duty(lang: Lang, duty: Duty) -> &'static str {
    match duty {
        Duty::Lead => lang.pick("牵头", "Lead"),
        Duty::Member => lang.pick("参与", "Member"),
        Duty::Signatory => lang.pick("签署", "Signatory"),
    }
}

/// What is wrong with a section.
#[must_use]
pub const fn flaw(lang: Lang, flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Incomplete => lang.pick("材料不全", "Something is missing"),
        Flaw::SealUnsound => lang.pick("盖章页缺失或不符", "The sealed page is missing or does not fit"),
        Flaw::BesideNeed => lang.pick("与需求不对应", "It does not answer the need"),
        Flaw::PersonBarred => lang.pick("负责人不符合条件", "The responsible person is not eligible"),
        Flaw::BudgetUnsound => lang.pick("预算不合规", "The budget does not hold"),
        Flaw::NotMeasurable => lang.pick("指标不可考核", "Its indicators cannot be measured"),
        Flaw::PureResearch => lang.pick("单纯课题研究", "A pure research topic"),
        Flaw::NotInJinan => lang.pick("成果不在济南落地", "Its results would not land in Jinan"),
        Flaw::Other => lang.pick("其他", "Another reason"),
    }
}

/// What money is spent on.
#[must_use]
pub const fn budget_category(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::Equipment => lang.pick("设备费", "Equipment"),
        Category::Materials => lang.pick("材料费", "Materials"),
        Category::Publishing => lang.pick("资料与出版费", "Books and publishing"),
        Category::Training => lang.pick("会议与培训费", "Meetings and training"),
        Category::Travel => lang.pick("差旅费", "Travel"),
        Category::Consulting => lang.pick("专家咨询费", "Expert advice"),
        Category::Labour => lang.pick("劳务费", "Labour"),
        Category::Other => lang.pick("其他", "Other"),
    }
}

/// Where money comes from.
#[must_use]
pub const fn budget_source(lang: Lang, source: Source) -> &'static str {
    match source {
        Source::Programme => lang.pick("专项资金", "The programme"),
        Source::Own => lang.pick("高校自筹", "The university"),
        Source::Partner => lang.pick("合作单位配套", "A partner"),
    }
}

/// What a partner is.
#[must_use]
pub const fn partner_kind(lang: Lang, kind: PartnerKind) -> &'static str {
    match kind {
        PartnerKind::University => lang.pick("高校", "University"),
        PartnerKind::School => lang.pick("学校", "School"),
        PartnerKind::Enterprise => lang.pick("企业", "Enterprise"),
    }
}

/// What a file is for.
#[must_use]
pub const fn file_purpose(lang: Lang, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::SealedPage => lang.pick("盖章页", "Sealed page"),
        Purpose::Other => lang.pick("附件", "Attachment"),
    }
}

/// Whose turn it is.
#[must_use]
pub const fn application_turn(lang: Lang, turn: Turn) -> &'static str {
    match turn {
        Turn::University => lang.pick("高校", "the university"),
        Turn::Signers => lang.pick("本校签发人", "those who sign for the university"),
        Turn::Opening => lang.pick("截止后启封", "the opening of the seals"),
        Turn::LeadOffice => lang.pick("高校联络服务处", "the liaison office"),
        Turn::Nobody => lang.pick("无", "nobody"),
    }
}

/// Why an action on an application is refused, and what would help.
#[must_use]
pub fn application_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotYours => say("这一步由别的人办理", "Someone else does this"),
        Refusal::UniversitiesOnly => say("申报由高校提出", "Universities apply"),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("申报{}，不能这样做", application_state(lang, state)),
            Lang::En => format!("The application is {}", application_state(lang, state).to_lowercase()),
        },
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，不能这样做", phase(lang, at)),
            Lang::En => format!("The cycle is in the phase “{}”", phase(lang, at)),
        },
        Refusal::NotPlanned { phase: at } => match lang {
            Lang::Zh => format!("{}的起止日期还没有安排，由高校联络服务处安排", phase(lang, at)),
            Lang::En => format!("“{}” has no days yet; the liaison office plans them", phase(lang, at)),
        },
        Refusal::NotOpenYet { opens: at }
        | Refusal::Ended { closed: at }
        | Refusal::StillSealed { closes: at }
        | Refusal::Correcting { until: at } => untimely(lang, refusal, at),
        Refusal::Opened => say(
            "申报已启封，不再收取和撤回",
            "The seals are opened: nothing is handed in or taken back any more",
        ),
        Refusal::NotListed => say(
            "这条需求不在已发布的清单上，清单可能有新版",
            "The need stands on no published list; there may be a later version of it",
        ),
        Refusal::PageChanged => say(
            "盖章页上的版本码不是现在这一版的：打印以后内容改过，重新打印、盖章后上传",
            "The code on the sealed page is not that of what is typed now: it was changed since. Print, seal and scan it anew",
        ),
        Refusal::AlreadyApplied => say(
            "本校已经申报这条需求，打开已有的申报",
            "Your university applies for this need already; open that one",
        ),
        Refusal::Incomplete { fields } => match lang {
            Lang::Zh => format!("还有 {fields} 处要填写或修改"),
            Lang::En if fields == 1 => "1 field still has to be filled in or mended".to_owned(),
            Lang::En => format!("{fields} fields still have to be filled in or mended"),
        },
        Refusal::BeingSigned => say("正在本校签发，要改先收回", "It is being signed; take it back first"),
        Refusal::UniversityCap { most } => match lang {
            Lang::Zh => format!("本周期每所高校最多申报 {most} 项，先撤回一项"),
            Lang::En => format!("A university may hand in {most} in this cycle; withdraw one first"),
        },
    }
}

/// Too early or too late, by the instant that it depends on.
fn untimely(lang: Lang, refusal: Refusal, at: Instant) -> String {
    let last = instant(lang, before_close(at));
    match (refusal, lang) {
        (Refusal::NotOpenYet { .. }, Lang::Zh) => format!("申报 {} 开始", instant(lang, at)),
        (Refusal::NotOpenYet { .. }, Lang::En) => format!("Applications open at {}", instant(lang, at)),
        (Refusal::StillSealed { .. }, Lang::Zh) => format!("申报 {last} 截止后启封"),
        (Refusal::StillSealed { .. }, Lang::En) => format!("The seals are opened after {last}"),
        (Refusal::Correcting { .. }, Lang::Zh) => format!("高校在 {last} 以前还可以补正，过后再定"),
        (Refusal::Correcting { .. }, Lang::En) => {
            format!("Its university may correct it until {last}; decide after that")
        }
        (_, Lang::Zh) => format!("已于 {last} 截止"),
        (_, Lang::En) => format!("Closed at {last}"),
    }
}

/// That the need which an application answers is on the list no longer: its head, and what comes of it.
#[must_use]
pub const fn application_unlisted(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("对应的需求已不在清单上", "The need is no longer listed"),
        lang.pick(
            "清单的新版移出了这条需求：申报不能受理，取回以后也不能再提交。",
            "A later version of the list took it out: the application is not accepted, and once taken back not handed in \
             again.",
        ),
    )
}
