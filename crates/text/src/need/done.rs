//! What was just done to a need: the code by which an address says it, and its words.

use crate::Lang;
use ronghe_domain::need::State;

/// What the page of a need says was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedDone {
    /// 提请签发: the last signature submits it.
    Ask,
    Submit,
    Forward,
    Return,
    Withdraw,
    /// 结转: a draft of the cycle that collects needs stands for it.
    Carry,
}

impl NeedDone {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Ask, Self::Submit, Self::Forward, Self::Return, Self::Withdraw, Self::Carry];

    /// What addresses call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Submit => "submit",
            Self::Forward => "forward",
            Self::Return => "return",
            Self::Withdraw => "withdraw",
            Self::Carry => "carry",
        }
    }

    /// The one of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

/// What was done, and what comes next for a need in this state.
#[must_use]
pub const fn need_done(lang: Lang, done: NeedDone, state: State) -> (&'static str, &'static str) {
    match (done, state) {
        (NeedDone::Ask, _) => (
            lang.pick("已提请签发", "Sign-off is asked for"),
            lang.pick(
                "最后一步签发后自动提交；进度在下面。",
                "The last signature submits it; how far it has come stands below.",
            ),
        ),
        (NeedDone::Submit, State::Submitted) => (
            lang.pick("已提交", "Submitted"),
            lang.pick(
                "区县教体局审核后报送；可以在这里看到进度。",
                "The district bureau checks and forwards it; its progress stands here.",
            ),
        ),
        (NeedDone::Submit, _) => (
            lang.pick("已提交", "Submitted"),
            lang.pick(
                "高校联络服务处已经收到；可以在这里看到进度。",
                "The liaison office has it; its progress stands here.",
            ),
        ),
        (NeedDone::Forward, _) => (
            lang.pick("已报送", "Forwarded"),
            lang.pick("高校联络服务处已经收到。", "The liaison office has it."),
        ),
        (NeedDone::Return, _) => (
            lang.pick("已退回", "Returned"),
            lang.pick("需求单位按意见修改后再提交。", "The unit corrects it and submits it again."),
        ),
        (NeedDone::Withdraw, _) => (
            lang.pick("已撤回", "Withdrawn"),
            lang.pick("它不再参加本年度遴选。", "It takes no further part this year."),
        ),
        (NeedDone::Carry, _) => {
            (lang.pick("已结转", "Carried on"), lang.pick("核对后提交。", "Check it and submit it."))
        }
    }
}
