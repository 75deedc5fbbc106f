//! Yearly cycles: phases, actions, refusals.

use crate::format::{before_close, instant};
use crate::{Lang, policy::policy_status};
use ronghe_domain::cycle::{Action, End, Phase, Refusal};

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
    }
}

/// What can be done with a cycle.
#[must_use]
pub const fn cycle_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Open => lang.pick("开始征集", "Open"),
        Action::Advance => lang.pick("进入遴选", "Go on to screening"),
        Action::Extend => lang.pick("延期", "Extend"),
        Action::Change => lang.pick("修改", "Change"),
        Action::Back => lang.pick("退回征集", "Go back to collecting"),
    }
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
        Refusal::PolicyNotInForce { status } => {
            let status = status.map(|status| policy_status(lang, status));
            match (lang, status) {
                (Lang::Zh, Some(status)) => format!("所依据的政策{status}，先登记延续决定"),
                (Lang::Zh, None) => "所依据的政策尚未发布".to_owned(),
                (Lang::En, Some(status)) => {
                    format!("The policy it runs under is {}; record its renewal first", status.to_lowercase())
                }
                (Lang::En, None) => "The policy it runs under is not published".to_owned(),
            }
        }
        Refusal::NotPlanned { phase: of } => match lang {
            Lang::Zh => format!("{}还没有安排日期，先在周期里填写", phase(lang, of)),
            Lang::En => format!("“{}” has no days yet; plan them in the cycle first", phase(lang, of)),
        },
        Refusal::WindowOpen { closes } => match lang {
            Lang::Zh => format!("征集到 {} 才截止", instant(lang, before_close(closes))),
            Lang::En => format!("Needs are collected until {}", instant(lang, before_close(closes))),
        },
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
