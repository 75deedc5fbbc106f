//! Reminders, the words of mails, and which mails come: what the lead office and each person set.

use crate::{Lang, message_kind};
use ronghe_domain::message::choice::Bound;
use ronghe_domain::message::office::Refusal;
use ronghe_domain::message::reminder::{Event, Side, Unit};
use ronghe_domain::message::template::{Language, Words, place};
use ronghe_domain::message::{Kind, Topic};

/// What people are reminded of.
#[must_use]
pub const fn reminder_event(lang: Lang, event: Event) -> &'static str {
    match event {
        Event::FilingEnds => lang.pick("需求填报截止", "End of filing needs"),
        Event::ForwardingEnds => lang.pick("区县报送截止", "End of forwarding needs"),
        Event::ReturnDue => lang.pick("退回需求的修改期限", "Day by which a returned need is corrected"),
        Event::OpinionsDue => lang.pick("责任单位意见的期限", "Day by which opinions are given"),
        Event::AnswersDue => lang.pick("答复提问的期限", "Day by which questions are answered"),
        Event::ApplicationsEnd => lang.pick("高校申报截止", "End of applications"),
        Event::CorrectionDue => lang.pick("申报补正的期限", "Day by which an application is corrected"),
        Event::ListWaits => lang.pick("需求清单待审定", "A need list waits for approval"),
        Event::SignatureWaits => lang.pick("材料待签发", "Something waits for a signature"),
    }
}

/// Who is reminded of it: those whose turn it is.
#[must_use]
pub const fn reminder_readers(lang: Lang, event: Event) -> &'static str {
    match event {
        Event::FilingEnds => {
            lang.pick("没有提交、或有草稿的单位", "Units with nothing submitted, or a draft")
        }
        Event::ForwardingEnds => lang.pick(
            "有待报送需求、或还没有报送的区县",
            "Districts with needs to forward, or nothing forwarded",
        ),
        Event::ReturnDue => lang.pick("需求被退回的单位", "Units whose need came back"),
        Event::OpinionsDue => lang.pick("还没有提意见的责任单位", "Offices whose opinion is open"),
        Event::AnswersDue => lang.pick("有提问待答复的单位", "Units with questions to answer"),
        Event::ApplicationsEnd => {
            lang.pick("申报还是草稿的牵头人", "Who leads an application that is a draft")
        }
        Event::CorrectionDue => lang.pick("申报被退回的牵头人", "Who leads an application that came back"),
        Event::ListWaits => {
            lang.pick("轮到审定的领导小组成员", "Members of the leading group whose turn it is")
        }
        Event::SignatureWaits => lang.pick("轮到签发的人", "Who may sign the step"),
    }
}

/// So many days before or after: 前 3 个工作日.
#[must_use]
pub fn reminder_offset(lang: Lang, days: u16, unit: Unit, side: Side) -> String {
    if days == 0 {
        return lang.pick("当天", "on the day").to_owned();
    }
    match lang {
        Lang::Zh => format!("{} {days} {}", reminder_side(lang, side), zh_days(unit)),
        Lang::En => format!("{days} {} {}", en_days(days, unit), reminder_side(lang, side)),
    }
}

const fn zh_days(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "天",
        Unit::WorkingDays => "个工作日",
    }
}

const fn en_days(days: u16, unit: Unit) -> &'static str {
    match (unit, days) {
        (Unit::Days, 1) => "day",
        (Unit::Days, _) => "days",
        (Unit::WorkingDays, 1) => "working day",
        (Unit::WorkingDays, _) => "working days",
    }
}

/// Which days count.
#[must_use]
pub const fn reminder_unit(lang: Lang, unit: Unit) -> &'static str {
    match unit {
        Unit::Days => lang.pick("天", "days"),
        Unit::WorkingDays => lang.pick("工作日", "working days"),
    }
}

/// On which side.
#[must_use]
pub const fn reminder_side(lang: Lang, side: Side) -> &'static str {
    match side {
        Side::Before => lang.pick("前", "before"),
        Side::After => lang.pick("后", "after"),
    }
}

/// Why what the lead office keeps is not changed.
#[must_use]
pub fn keeping_refusal(lang: Lang, refusal: Refusal) -> String {
    match refusal {
        Refusal::LeadOfficeOnly => {
            lang.pick("由高校联络服务处设置", "The liaison office sets this").to_owned()
        }
    }
}

/// Why a kind of mail cannot be switched off.
#[must_use]
pub const fn mail_bound(lang: Lang, bound: Bound) -> &'static str {
    match bound {
        Bound::Security => {
            lang.pick("关系账号安全，不能关闭", "Concerns the safety of accounts: it always comes")
        }
        Bound::Decision => lang.pick("等你办理，不能关闭", "A decision waits for you: it always comes"),
    }
}

/// A language of mails, in itself.
#[must_use]
pub const fn mail_language(language: Language) -> &'static str {
    match language {
        Language::Zh => "中文",
        Language::En => "English",
    }
}

/// The language in which a mail is written.
#[must_use]
pub const fn lang_of(language: Language) -> Lang {
    match language {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    }
}

/// A mail that `words` would make, with made-up data.
#[must_use]
pub fn mail_example(language: Language, kind: Kind, words: &Words) -> Words {
    let record = match kind.topic() {
        Topic::Need | Topic::Question => "N2026-0137",
        Topic::NeedList => "2026/v1",
        Topic::Application => "A2026-0031",
        Topic::SignOff | Topic::AccountRequest | Topic::Export => "…",
        Topic::Cycle | Topic::Filing | Topic::Summary | Topic::Opinions | Topic::Account => "2026",
    };
    let link = format!("https://ronghe.example/app/{}", place(kind, record));
    words.filled(message_kind(lang_of(language), kind), record, &link)
}

#[cfg(test)]
mod tests {
    use super::{Lang, Side, Unit, reminder_offset};

    #[test]
    fn an_offset_reads_as_it_is_said() {
        let check = |lang, days, unit, side, said: &str| {
            assert_eq!(reminder_offset(lang, days, unit, side), said);
        };
        check(Lang::Zh, 3, Unit::WorkingDays, Side::Before, "前 3 个工作日");
        check(Lang::En, 3, Unit::WorkingDays, Side::Before, "3 working days before");
        check(Lang::En, 1, Unit::Days, Side::After, "1 day after");
        check(Lang::Zh, 0, Unit::Days, Side::Before, "当天");
    }
}
