//! What was just done to an application: the code by which an address says it, and its words.

use crate::Lang;
use ronghe_domain::application::Action;

/// What the page of an application says was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationDone {
    /// 提请签发: the last signature of its university hands it in.
    Ask,
    Submit,
    Withdraw,
    Accept,
    Return,
}

impl ApplicationDone {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Ask, Self::Submit, Self::Withdraw, Self::Accept, Self::Return];

    /// What addresses call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Submit => "submit",
            Self::Withdraw => "withdraw",
            Self::Accept => "accept",
            Self::Return => "return",
        }
    }

    /// The one of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }

    /// What an action that one confirms has done; nothing for those that lead on to another page.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        match action {
            Action::Submit => Some(Self::Submit),
            Action::Withdraw => Some(Self::Withdraw),
            Action::Accept => Some(Self::Accept),
            Action::Return => Some(Self::Return),
            Action::Edit | Action::Invite | Action::Reopen | Action::Unseal => None,
        }
    }
}

/// What was done, and what comes next.
#[must_use]
pub const fn application_done(lang: Lang, done: ApplicationDone) -> (&'static str, &'static str) {
    match done {
        ApplicationDone::Ask => (
            lang.pick("已提请签发", "Sign-off is asked for"),
            lang.pick(
                "本校最后一步签发后自动提交；进度在下面。",
                "The last signature of your university hands it in; how far it has come stands below.",
            ),
        ),
        ApplicationDone::Submit => {
            (lang.pick("已提交", "Submitted"), lang.pick("请留存下面的回执。", "Keep the receipt below."))
        }
        ApplicationDone::Withdraw => (
            lang.pick("已撤回", "Withdrawn"),
            lang.pick("截止以前可以重新打开。", "It can be reopened until the window closes."),
        ),
        ApplicationDone::Accept => (
            lang.pick("已受理", "Accepted"),
            lang.pick(
                "进入专家评审，申报的成员会收到消息。",
                "It goes on to the reviews; those who write it are told.",
            ),
        ),
        ApplicationDone::Return => (
            lang.pick("已退回补正", "Returned for correction"),
            lang.pick(
                "申报的成员会收到消息，补正后再提交。",
                "Those who write it are told, correct it and submit it again.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{ApplicationDone, application_done};
    use crate::{Lang, NeedDone, need_done};
    use ronghe_domain::need::State;

    #[test]
    fn every_code_has_its_words_in_both_languages() {
        let differ = |(zh, en): ((&str, &str), (&str, &str))| {
            assert!(![zh.0, zh.1, en.0, en.1].contains(&""), "{zh:?} {en:?}");
            assert!(zh.0 != en.0 && zh.1 != en.1, "{zh:?} {en:?}");
        };
        for done in ApplicationDone::ALL {
            assert_eq!(ApplicationDone::parse(done.code()), Some(done));
            differ((application_done(Lang::Zh, done), application_done(Lang::En, done)));
        }
        for done in NeedDone::ALL {
            assert_eq!(NeedDone::parse(done.code()), Some(done));
            for state in State::ALL {
                differ((need_done(Lang::Zh, done, state), need_done(Lang::En, done, state)));
            }
        }
    }
}
