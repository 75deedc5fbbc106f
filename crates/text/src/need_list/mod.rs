//! Need lists: states, actions, findings, refusals.

use crate::Lang;
use crate::cycle::{cycle_year, deciding_body, phase, seat};
use ronghe_domain::cycle::Seat;
use ronghe_domain::need_list::{Action, Answer, ChangeKind, Finding, Refusal, State};

/// What a version of the list is called.
#[must_use]
pub fn list_title(lang: Lang, cycle: &str, no: u32) -> String {
    match lang {
        Lang::Zh => format!("{}需求清单（第 {no} 版）", cycle_year(lang, cycle)),
        Lang::En => format!("Need list {}, version {no}", cycle_year(lang, cycle)),
    }
}

/// Where a version stands.
#[must_use]
pub const fn list_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Draft => lang.pick("编制中", "Being composed"),
        State::Proposed => lang.pick("待审定", "Waits for approval"),
        State::Approved => lang.pick("已审定", "Approved"),
        State::Published => lang.pick("已发布", "Published"),
    }
}

/// What can be done with a version.
#[must_use]
pub const fn list_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Compose => lang.pick("组成清单", "Compose"),
        Action::Propose => lang.pick("提请审定", "Propose"),
        Action::Approve => lang.pick("同意", "Approve"),
        Action::Return => lang.pick("退回修改", "Send back"),
        Action::Minute => lang.pick("登记会议决定", "Record the decision of the meeting"),
        Action::Publish => lang.pick("发布清单", "Publish"),
        Action::Reopen => lang.pick("重新编制", "Reopen"),
    }
}

/// What stands after it.
#[must_use]
pub const fn list_then(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Compose | Action::Reopen => lang.pick(
            "清单回到编制中；已有的审定作废，留作记录",
            "The list is composed again; approvals are void and stay on record",
        ),
        Action::Propose => lang.pick(
            "清单交领导小组依次审定；内容此后一改，审定即作废",
            "The leading group approves it step by step; any change after that voids approvals",
        ),
        Action::Approve => lang.pick(
            "交下一席审定；最后一席同意后可以发布",
            "It goes to the next seat; after the last one it can be published",
        ),
        Action::Return => {
            lang.pick("清单回到高校联络服务处修改，再提请审定", "The liaison office changes it and proposes it again")
        }
        Action::Minute => lang.pick(
            "会议决定记入清单，发布以前可以更正；清单有变动就随审定一并作废",
            "What was decided stands with the list, and can be corrected until it is published; a change of the list voids \
             it with the approvals",
        ),
        Action::Publish => lang.pick(
            "清单连同编号和哈希值公开，此后不再能改；每条需求按遴选意见定下去向，各单位收到消息",
            "The list becomes public with its numbers and hash, for good; every need goes where its verdict says and its \
             unit is told",
        ),
    }
}

/// What someone of the leading group said.
#[must_use]
pub const fn list_answer(lang: Lang, answer: Answer) -> &'static str {
    match answer {
        Answer::Approved => lang.pick("同意", "Approved"),
        Answer::Returned => lang.pick("退回修改", "Sent back"),
    }
}

/// What a later version does with a need.
#[must_use]
pub const fn list_change(lang: Lang, kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => lang.pick("新增", "Added"),
        ChangeKind::Removed => lang.pick("移出", "Taken out"),
    }
}

/// What the check of a list finds, and what would help.
#[must_use]
pub fn list_finding(lang: Lang, finding: &Finding) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match finding {
        Finding::Undecided { count } => match lang {
            Lang::Zh => format!("{count} 条遴选中的需求还没有遴选意见"),
            Lang::En if *count == 1 => "1 need in screening has no verdict".to_owned(),
            Lang::En => format!("{count} needs in screening have no verdict"),
        },
        Finding::OverdueOpinions { count } => match lang {
            Lang::Zh => format!("{count} 条征求的意见逾期未回"),
            Lang::En if *count == 1 => "1 opinion is overdue".to_owned(),
            Lang::En => format!("{count} opinions are overdue"),
        },
        Finding::Empty => say("清单上没有需求", "No need stands on the list"),
        Finding::Outdated => say(
            "遴选意见在组成之后有变动，重新组成清单",
            "Verdicts have changed since it was composed; compose it again",
        ),
        Finding::NoReason => say("没有写明为什么出新版", "It does not say why there is a later version"),
        Finding::RemovedWithoutReason { count } => match lang {
            Lang::Zh => format!("{count} 条移出的需求没有写明原因"),
            Lang::En if *count == 1 => "1 need is taken out without a reason".to_owned(),
            Lang::En => format!("{count} needs are taken out without a reason"),
        },
        Finding::MergedIntoUnlisted { count } => match lang {
            Lang::Zh => format!("{count} 条需求要并入的需求不在这份清单上，先确定那条需求的遴选意见"),
            Lang::En if *count == 1 => {
                "1 need would be merged into one that is not on this list; decide on that one first"
                    .to_owned()
            }
            Lang::En => format!(
                "{count} needs would be merged into ones that are not on this list; decide on those first"
            ),
        },
        Finding::NothingChanged => say("与上一版没有不同", "It changes nothing of the version before"),
        Finding::NoMinutes { body, needed } => {
            let name = deciding_body(lang, *body);
            match (lang, needed) {
                (Lang::Zh, true) => format!("{name}的决定还没有登记，登记以后才能发布"),
                (Lang::Zh, false) => format!("{name}的决定还没有登记"),
                (Lang::En, true) => format!("{name}: its decision is to be recorded before it is published"),
                (Lang::En, false) => format!("{name}: its decision is not on record"),
            }
        }
        Finding::SeatVacant { seat: of, post } => vacant(lang, *of, post),
        Finding::SeatBarred { seat: of, post } => barred(lang, *of, post),
    }
}

/// Nobody holds a seat.
fn vacant(lang: Lang, of: Seat, post: &str) -> String {
    match lang {
        Lang::Zh => {
            format!("领导小组里没有职务是“{post}”的账号（{}），请系统管理员核对账号的职务", seat(lang, of))
        }
        Lang::En => format!(
            "Nobody of the leading group has the post “{post}” ({}); have a system administrator check the posts of accounts",
            seat(lang, of).to_lowercase()
        ),
    }
}

/// Whoever holds a seat has composed, changed or proposed the version.
fn barred(lang: Lang, of: Seat, post: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "{}（“{post}”）没有人可以审定：编制、改过或提请过一版的人不审定它；请系统管理员把这一席交给别人，或者由别人编制、提请",
            seat(lang, of)
        ),
        Lang::En => format!(
            "Nobody who holds the seat of the {} (“{post}”) may approve: whoever composes, changes or proposes a version does not approve it; give the seat to another, or let another compose and propose",
            seat(lang, of).to_lowercase()
        ),
    }
}

/// Why an action on a list is refused, and what would help.
#[must_use]
pub fn list_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotYours => say(
            "清单由高校联络服务处编制、领导小组审定",
            "The liaison office composes the list, the leading group approves it",
        ),
        Refusal::OtherSeat { seat: of } => match lang {
            Lang::Zh => format!("现在由{}审定", seat(lang, of)),
            Lang::En => format!("It waits for another seat: {}", seat(lang, of).to_lowercase()),
        },
        Refusal::OwnProposal => say(
            "你编制、改过或提请的清单由其他人审定",
            "You have composed, changed or proposed it; somebody else approves it",
        ),
        Refusal::AgreedAlready => {
            say("你已经同意过，由下一席审定", "You have agreed to it; the next seat is another's")
        }
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("清单{}，不能这样做", list_state(lang, state)),
            Lang::En => format!("The list is in the state “{}”", list_state(lang, state).to_lowercase()),
        },
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，不能编制清单", phase(lang, at)),
            Lang::En => format!("No list is made while the cycle is in “{}”", phase(lang, at)),
        },
        Refusal::NotComposed => say("先组成清单", "Compose the list first"),
        Refusal::Incomplete { count } => match lang {
            Lang::Zh => format!("核对发现 {count} 处要先处理，见“核对”"),
            Lang::En if count == 1 => "The check finds 1 thing to mend first".to_owned(),
            Lang::En => format!("The check finds {count} things to mend first"),
        },
    }
}
