//! Questions and answers: states, actions, grounds, refusals.

use crate::Lang;
use crate::cycle::phase;
use crate::format::{before_close, instant};
use ronghe_domain::question::{Action, Ground, Refusal, State};

/// Where a question stands.
#[must_use]
pub const fn question_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Open => lang.pick("待答复", "Waits for an answer"),
        State::Answered => lang.pick("已答复", "Answered"),
        State::TakenBack => lang.pick("已撤下", "Taken back"),
    }
}

/// What can be done with a question.
#[must_use]
pub const fn question_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Answer => lang.pick("答复", "Answer"),
        Action::Correct => lang.pick("更正答复", "Correct the answer"),
        Action::TakeBack => lang.pick("撤下", "Take back"),
    }
}

/// What stands after it.
#[must_use]
pub const fn question_then(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Answer => lang.pick(
            "答复随即公开，写明答复单位",
            "The answer is public at once, with the organisation that gives it",
        ),
        Action::Correct => lang.pick(
            "新的答复公开，原来的留在下面，标明已更正",
            "The new answer is public; the one before stays below it, marked as corrected",
        ),
        Action::TakeBack => lang.pick(
            "提问和答复不再公开，只留下“已撤下”和原因；不能恢复",
            "Question and answers are public no more; that it was taken back and why stays. This cannot be undone",
        ),
    }
}

/// Why a question is taken back.
#[must_use]
pub const fn question_ground(lang: Lang, ground: Ground) -> &'static str {
    match ground {
        Ground::OffTopic => lang.pick("与需求无关", "It is not about the need"),
        Ground::PersonalData => lang.pick("含有个人信息", "It holds personal data"),
        Ground::NamesAsker => lang.pick("透露了提问的高校", "It tells which university asks"),
        Ground::Improper => lang.pick("用语不当", "Its words are improper"),
    }
}

/// Why something is refused, and what would help.
#[must_use]
pub fn question_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotYours => {
            say("由需求单位或高校联络服务处办理", "The need's unit or the liaison office does this")
        }
        Refusal::UniversitiesOnly => say("提问由高校提出", "Universities ask"),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("这个提问{}，不能这样做", question_state(lang, state)),
            Lang::En => format!("The question stands at “{}”", question_state(lang, state).to_lowercase()),
        },
        Refusal::WrongPhase { phase: at } => match lang {
            Lang::Zh => format!("周期处于{}阶段，答疑在高校申报期间进行", phase(lang, at)),
            Lang::En => format!(
                "The cycle is in the phase “{}”; questions and answers belong to the applications",
                phase(lang, at)
            ),
        },
        Refusal::NotPlanned => say(
            "高校申报的起止日期还没有安排，由高校联络服务处安排",
            "Applications have no days yet; the liaison office plans them",
        ),
        Refusal::NotOpenYet { opens } => match lang {
            Lang::Zh => format!("答疑 {} 开始", instant(lang, opens)),
            Lang::En => format!("Questions open at {}", instant(lang, opens)),
        },
        Refusal::Ended { closed } => {
            let last = instant(lang, before_close(closed));
            match lang {
                Lang::Zh => format!("已于 {last} 截止：提问到申报截止前 5 天，答复到申报截止"),
                Lang::En => format!(
                    "Closed at {last}: questions end five days before applications do, answers with them"
                ),
            }
        }
        Refusal::NotListed => say(
            "这条需求不在已发布的清单上，不能提问和答复",
            "The need stands on no published list: nothing is asked or answered about it",
        ),
        Refusal::TooManyWait { most } => match lang {
            Lang::Zh => format!("本校对这条需求已有 {most} 个提问待答复，等答复以后再问"),
            Lang::En => format!(
                "{most} questions of your university on this need wait for answers; ask again once some have come"
            ),
        },
    }
}

/// Until when questions may be asked.
#[must_use]
pub fn asking_until(lang: Lang, closes: ronghe_domain::kernel::Instant) -> String {
    let last = instant(lang, before_close(closes));
    match lang {
        Lang::Zh => format!("提问到 {last} 截止"),
        Lang::En => format!("Questions until {last}"),
    }
}
