//! Yearly cycles: phases, actions, refusals.

use crate::format::{before_close, instant};
use crate::{Lang, policy::policy_status};
use ronghe_domain::cycle::approval::Body;
use ronghe_domain::cycle::{Action, CycleYear, Dimension, End, Part, Phase, Refusal, Seat};
use ronghe_domain::kernel::Instant;
use ronghe_domain::policy::Status;

/// A phase of the year.
#[must_use]
pub const fn phase(lang: Lang, phase: Phase) -> &'static str {
    match phase {
        Phase::Preparing => lang.pick("筹备", "Preparing"),
        Phase::CollectingNeeds => lang.pick("征集需求", "Collecting needs"),
        Phase::ScreeningNeeds => lang.pick("遴选需求", "Screening needs"),
        Phase::AcceptingApplications => lang.pick("高校申报", "Applications"),
        Phase::Reviewing => lang.pick("专家评审", "Reviewing"),
        Phase::Selecting => lang.pick("择优立项", "Selecting"),
        Phase::PublicNotice => lang.pick("公示", "Public notice"),
        Phase::Implementing => lang.pick("实施", "Implementing"),
        Phase::Evaluating => lang.pick("绩效评估", "Evaluating"),
        Phase::Subsidising => lang.pick("经费补助", "Subsidising"),
        Phase::Closed => lang.pick("已结束", "Closed"),
    }
}

/// An end that can be set later.
#[must_use]
pub const fn cycle_end(lang: Lang, end: End) -> &'static str {
    match end {
        End::Units => lang.pick("学校提交截止", "Schools submit until"),
        End::Districts => lang.pick("区县报送截止", "Districts forward until"),
        End::Screening => lang.pick("遴选截止", "Screening until"),
        End::Applications => lang.pick("高校申报截止", "Universities apply until"),
        End::Reviewing => lang.pick("评审截止", "Reviews until"),
        End::Selecting => lang.pick("择优立项截止", "Selection until"),
        End::Notice => lang.pick("公示截止", "Public notice until"),
        End::Implementing => lang.pick("实施截止", "Projects until"),
        End::Evaluating => lang.pick("绩效评估截止", "Evaluation until"),
        End::Subsidising => lang.pick("经费补助截止", "Subsidies until"),
    }
}

/// A part of a cycle that is changed by itself.
#[must_use]
pub const fn cycle_part(lang: Lang, part: Part) -> &'static str {
    match part {
        Part::Plan => lang.pick("安排", "Plan"),
        Part::Budget => lang.pick("经费预算", "Budget"),
        Part::Selection => lang.pick("择优规则", "Rules of selection"),
        Part::Rubric => lang.pick("评审指标", "Rubric"),
        Part::Frame => lang.pick("绩效评估指标", "Evaluation frame"),
        Part::Approval => lang.pick("审定程序", "Chain of approval"),
        Part::Affinity => lang.pick("契合度权重", "Weights of affinity"),
    }
}

/// The body whose meeting decides.
#[must_use]
pub const fn deciding_body(lang: Lang, body: Body) -> &'static str {
    match body {
        Body::LeadingGroup => lang.pick("领导小组会议", "Meeting of the leading group"),
        Body::Directors => lang.pick("局长办公会", "Meeting of the directors"),
        Body::PartyGroup => lang.pick("局党组会", "Meeting of the Party group"),
    }
}

/// A seat of the leading group's leaders.
#[must_use]
pub const fn seat(lang: Lang, seat: Seat) -> &'static str {
    match seat {
        Seat::Deputy => lang.pick("分管领导", "Deputy leader in charge"),
        Seat::Leader => lang.pick("主要领导", "Leader"),
    }
}

/// A dimension of an evaluation.
#[must_use]
pub const fn dimension(lang: Lang, dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Decision => lang.pick("决策", "Decision"),
        Dimension::Process => lang.pick("过程", "Process"),
        Dimension::Output => lang.pick("产出", "Output"),
        Dimension::Benefit => lang.pick("效益", "Benefit"),
        Dimension::Satisfaction => lang.pick("满意度", "Satisfaction"),
    }
}

/// What can be done with a cycle that stands in this phase.
#[must_use]
pub fn cycle_action(lang: Lang, action: Action, at: Phase) -> String {
    let to = |phase_to: Option<Phase>, zh: &str, en: &str| {
        let name = phase_to.map(|to| phase(lang, to));
        match (lang, name) {
            (Lang::Zh, Some(name)) => format!("{zh}{name}"),
            (Lang::En, Some(name)) => format!("{en} {}", name.to_lowercase()),
            (Lang::Zh, None) => format!("{zh}下一阶段"),
            (Lang::En, None) => format!("{en} the next phase"),
        }
    };
    match action {
        Action::Open => lang.pick("开始征集", "Open").to_owned(),
        Action::Advance if at == Phase::Subsidising => lang.pick("结束周期", "Close the cycle").to_owned(),
        Action::Advance => to(at.next(), "进入", "Go on to"),
        Action::Extend => lang.pick("延期", "Extend").to_owned(),
        Action::Change => lang.pick("修改", "Change").to_owned(),
        Action::Back => to(at.previous(), "退回", "Go back to"),
        Action::RevisePlan => lang.pick("调整安排", "Change the plan").to_owned(),
        Action::ReviseBudget => lang.pick("调整预算", "Change the budget").to_owned(),
        Action::ReviseSelection => lang.pick("修改择优规则", "Change the rules of selection").to_owned(),
        Action::ReviseRubric => lang.pick("修改评审指标", "Change the rubric").to_owned(),
        Action::ReviseFrame => lang.pick("修改绩效评估指标", "Change the evaluation frame").to_owned(),
        Action::ReviseApproval => lang.pick("修改审定程序", "Change the chain of approval").to_owned(),
        Action::ReviseAffinity => lang.pick("修改契合度权重", "Change the weights of affinity").to_owned(),
        Action::Rehearse => lang.pick("新建演练", "Make a rehearsal").to_owned(),
        Action::SetClock => lang.pick("拨动演练时钟", "Set the clock").to_owned(),
        Action::Finish => lang.pick("结束演练", "End the rehearsal").to_owned(),
    }
}

/// A cycle by its name in addresses: the year, or which rehearsal of it.
#[must_use]
pub fn cycle_year(lang: Lang, name: &str) -> String {
    match (lang, CycleYear::parse(name)) {
        (Lang::Zh, Some(CycleYear { year, rehearsal })) if rehearsal > 0 => {
            format!("{year} 年度（演练 {rehearsal}）")
        }
        (Lang::En, Some(CycleYear { year, rehearsal })) if rehearsal > 0 => {
            format!("{year} · rehearsal {rehearsal}")
        }
        (Lang::Zh, _) => format!("{name} 年度"),
        (Lang::En, _) => name.to_owned(),
    }
}

/// What a rehearsal is, for who comes upon one.
#[must_use]
pub const fn about_rehearsals(lang: Lang) -> &'static str {
    lang.pick(
        "这是演练：与正式周期完全分开，不公开、不发邮件，时间以演练时钟为准。",
        "This is a rehearsal: apart from the real cycle, not public, without mails, by a clock of its own.",
    )
}

/// What stands after an action on a cycle in this phase.
#[must_use]
pub fn cycle_then(lang: Lang, action: Action, at: Phase) -> &'static str {
    if let Some(said) = stays(lang, action) {
        return said;
    }
    let back = action == Action::Back;
    let to = if back { at.previous() } else { at.next() };
    match to.unwrap_or(at) {
        Phase::Preparing => lang.pick("周期回到筹备", "The cycle is prepared again"),
        Phase::CollectingNeeds => {
            lang.pick("遴选中的需求回到已报送，窗口重新收需求", "Needs in screening stand as forwarded again")
        }
        Phase::ScreeningNeeds if back => lang.pick(
            "高校暂停申报，清单可以另出新版",
            "Universities stop applying; a new version of the list can be made",
        ),
        Phase::ScreeningNeeds => {
            lang.pick("不再收需求；已报送的需求进入遴选", "No more needs; those forwarded are screened")
        }
        Phase::AcceptingApplications => lang.pick(
            "高校可以申报清单上的需求，到窗口截止为止",
            "Universities apply to listed needs until the window closes",
        ),
        Phase::Reviewing => lang.pick("不再收申报；进入评审", "No more applications; reviews begin"),
        Phase::Selecting => lang.pick("评审结束，进入择优", "Reviews end; the selection begins"),
        Phase::PublicNotice => lang.pick("拟支持名单公示", "The selection stands under public notice"),
        Phase::Implementing => lang.pick("公示结束，项目开始实施", "The notice ends; projects begin"),
        Phase::Evaluating => lang.pick("项目接受绩效评估", "Projects are evaluated"),
        Phase::Subsidising => lang.pick("按评估结果安排经费补助", "Subsidies follow from the evaluation"),
        Phase::Closed => lang.pick("周期结束，不再能改", "The cycle is closed and changes no more"),
    }
}

/// The same of what does not lead into the phase before or after.
const fn stays(lang: Lang, action: Action) -> Option<&'static str> {
    Some(match action {
        Action::Open => lang.pick(
            "学校和区县可以填报需求；标题、政策、参加条件和上限不再能改",
            "Schools and districts can file; title, policy, conditions and caps are fixed",
        ),
        Action::Extend | Action::Change => lang.pick("按下面的时间截止", "Ends at the time below"),
        Action::Rehearse => lang.pick(
            "按同样的安排、预算和规则另建一个演练，与正式周期分开，时钟可以拨动",
            "Another cycle with the same plan, budget and rules, apart from the real one, whose clock you set",
        ),
        Action::SetClock => lang.pick(
            "演练里的窗口、期限都按这个时间算，时钟从这里继续走",
            "Windows and deadlines of the rehearsal go by this time, and the clock runs on from it",
        ),
        Action::Finish => lang.pick(
            "演练停在这里，留作记录，不再出现在待办里",
            "It ends here and is kept as a record; nothing of it waits for anybody any more",
        ),
        Action::RevisePlan
        | Action::ReviseBudget
        | Action::ReviseSelection
        | Action::ReviseRubric
        | Action::ReviseFrame
        | Action::ReviseApproval
        | Action::ReviseAffinity => {
            lang.pick("按所填的内容执行，原来的版本保留", "Holds as filled in; the version before is kept")
        }
        Action::Advance | Action::Back => return None,
    })
}

/// Why an action on a cycle is refused, and what would help.
#[must_use]
pub fn cycle_refusal(lang: Lang, refusal: Refusal) -> String {
    match refusal {
        Refusal::LeadOfficeOnly => {
            lang.pick("周期由高校联络服务处办理", "The liaison office runs the cycles").to_owned()
        }
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，不能这样做", phase(lang, at)),
            Lang::En => format!("The cycle is in the phase “{}”", phase(lang, at)),
        },
        Refusal::RehearsalsOnly => lang
            .pick(
                "只有演练可以这样做；正式周期先新建演练",
                "Only a rehearsal can; make one of this cycle first",
            )
            .to_owned(),
        Refusal::RealOnly => {
            lang.pick("演练由正式周期新建", "Make the rehearsal from the real cycle").to_owned()
        }
        Refusal::PolicyNotInForce { status } => not_in_force(lang, status),
        Refusal::NotPlanned { phase: of } => match lang {
            Lang::Zh => format!("{}还没有安排日期，先在周期里填写", phase(lang, of)),
            Lang::En => format!("“{}” has no days yet; plan them in the cycle first", phase(lang, of)),
        },
        Refusal::NoNeedList => lang
            .pick(
                "需求清单还没有发布，先组成、审定并发布清单",
                "There is no published need list; compose it, have it approved and publish it first",
            )
            .to_owned(),
        Refusal::NeedListPublished => lang
            .pick(
                "需求清单已发布，不再回到征集；要改清单，另出新版",
                "The need list is published; make a later version of it instead of collecting again",
            )
            .to_owned(),
        Refusal::NeedsUndecided { count } => undecided(lang, count),
        Refusal::SealsOpened => lang
            .pick(
                "申报已截止，随即启封：不能再延期或退回申报；延期要在截止以前办理",
                "The window has closed and the seals are opened: nobody applies again. Extend before the end",
            )
            .to_owned(),
        Refusal::Frozen { part } => match lang {
            Lang::Zh => {
                format!("{}自{}起固定，不再能改", cycle_part(lang, part), phase(lang, part.needed_by()))
            }
            Lang::En => {
                format!("{}: fixed since “{}” opened", cycle_part(lang, part), phase(lang, part.needed_by()))
            }
        },
        Refusal::WindowPassed { phase: of, closes } => passed(lang, of, closes),
        Refusal::WindowOpen { phase: of, closes } => match lang {
            Lang::Zh => format!("{}到 {} 才截止", phase(lang, of), instant(lang, before_close(closes))),
            Lang::En => {
                format!("“{}” goes on until {}", phase(lang, of), instant(lang, before_close(closes)))
            }
        },
    }
}

fn undecided(lang: Lang, count: u32) -> String {
    match (lang, count) {
        (Lang::Zh, count) => format!("还有 {count} 条需求没有遴选意见，离开遴选以后不能再给；先逐条给出"),
        (Lang::En, 1) => "1 need has no verdict, and none can be given later; give it first".to_owned(),
        (Lang::En, count) => {
            format!("{count} needs have no verdict, and none can be given later; give them first")
        }
    }
}

fn not_in_force(lang: Lang, status: Option<Status>) -> String {
    match (lang, status.map(|status| policy_status(lang, status))) {
        (Lang::Zh, Some(status)) => format!("所依据的政策{status}，先登记延续决定"),
        (Lang::Zh, None) => "所依据的政策尚未发布".to_owned(),
        (Lang::En, Some(status)) => {
            format!("The policy it runs under is {}; record its renewal first", status.to_lowercase())
        }
        (Lang::En, None) => "The policy it runs under is not published".to_owned(),
    }
}

fn passed(lang: Lang, of: Phase, closes: Instant) -> String {
    let (of, closed) = (phase(lang, of), instant(lang, before_close(closes)));
    match lang {
        Lang::Zh => format!("{of}安排到 {closed} 为止，已经过了，先调整安排"),
        Lang::En => format!("“{of}” was planned until {closed}, which has passed; plan it anew first"),
    }
}

/// What going on leaves behind: so many needs have not reached the lead office.
#[must_use]
pub fn cycle_leaves_out(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, 0) => "已提交的需求都已报送".to_owned(),
        (Lang::Zh, _) => format!("{count} 条尚未报送，将不再参加"),
        (Lang::En, 0) => "Every need that was submitted is forwarded".to_owned(),
        (Lang::En, 1) => "1 need is not forwarded and will take no part".to_owned(),
        (Lang::En, _) => format!("{count} needs are not forwarded and will take no part"),
    }
}
