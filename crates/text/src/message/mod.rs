//! What people are told, and the mail that tells them.

mod reminder;

pub use reminder::{
    keeping_refusal, lang_of, mail_bound, mail_example, mail_language, reminder_event, reminder_offset,
    reminder_readers, reminder_side, reminder_unit,
};

use crate::{Lang, instant};
use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::kernel::Instant;
use ronghe_domain::message::mail::{About, Action, Refusal, State, Trouble};
use ronghe_domain::message::{Kind, Topic};

/// What happened.
#[must_use]
pub const fn message_kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::NeedSubmitted => lang.pick("学校提交了需求", "A school has submitted a need"),
        Kind::NeedReturned => lang.pick("需求被退回修改", "A need came back to be corrected"),
        Kind::NeedForwarded => lang.pick("需求已由区县报送", "The district has forwarded a need"),
        Kind::NeedArrived => lang.pick("收到新的需求", "A need has arrived"),
        Kind::NeedWithdrawn => lang.pick("需求已撤回", "A need was withdrawn"),
        Kind::NeedListed => lang.pick("需求已列入清单", "A need stands on the published list"),
        Kind::NeedDeclined => lang.pick("需求未列入清单", "A need does not stand on the published list"),
        Kind::NeedLeftOpen => lang.pick("申报截止，需求暂无高校承接", "No university has applied for a need"),
        Kind::NeedMerged => lang.pick("需求已并入另一条需求", "A need was taken up by another one"),
        Kind::ListProposed => lang.pick("需求清单待审定", "A need list waits for approval"),
        Kind::ListApproved => {
            lang.pick("领导小组同意了需求清单", "The leading group has agreed to the need list")
        }
        Kind::ListReturned => lang.pick("需求清单退回修改", "The leading group has sent the need list back"),
        Kind::ListVoided => {
            lang.pick("需求清单有变动，已作的审定作废", "The need list was changed: approvals of it are void")
        }
        Kind::ListPublished => lang.pick("需求清单已发布", "The need list is published"),
        Kind::QuestionAsked | Kind::QuestionAnswered | Kind::QuestionTakenBack => of_questions(lang, kind),
        Kind::ApplicationInvited => lang.pick("请参与填写一项申报", "You have a part in an application"),
        Kind::ApplicationJoined => {
            lang.pick("等待开户的成员已加入申报", "Somebody who was awaited has joined an application")
        }
        Kind::SealsOpened => {
            lang.pick("高校申报已截止并启封", "Applications are closed, and their seals opened")
        }
        Kind::ApplicationReturned => lang.pick("申报退回补正", "An application came back to be corrected"),
        Kind::ApplicationCorrected => {
            lang.pick("补正的申报已重新提交", "A corrected application has come again")
        }
        Kind::ApplicationAccepted => lang.pick("申报已受理", "An application was accepted"),
        Kind::UnitOpinionAsked => {
            lang.pick("有申报请本单位提意见", "An application waits for your unit's opinion")
        }
        Kind::OpinionsAsked => lang.pick("征求需求遴选意见", "Your office is asked for opinions on needs"),
        Kind::OpinionsReminded => lang.pick("催办需求遴选意见", "Opinions on needs are waited for"),
        Kind::FilingReminded => lang.pick("催报需求", "Your needs are waited for"),
        Kind::ZeroReported => lang.pick("区县零报告", "A district reports that it has no need"),
        Kind::SignOffAsked | Kind::SignOffSentBack | Kind::SignOffSigned => of_signatures(lang, kind),
        Kind::CycleOpened => lang.pick("开始征集需求", "Needs are collected"),
        Kind::EndExtended => lang.pick("截止时间已延期", "An end was set later"),
        Kind::CycleRevised => lang.pick("周期的安排或规则有修改", "Plan or rules of the cycle were changed"),
        Kind::PhaseChanged => lang.pick("周期进入另一阶段", "The cycle has changed its phase"),
        Kind::RolesGranted | Kind::AccessReset | Kind::AccountRequestDeclined | Kind::ConsoleUsed => {
            of_accounts(lang, kind)
        }
        Kind::ExportReady | Kind::ExportFailed => of_exports(lang, kind),
        Kind::FilingDue
        | Kind::ForwardingDue
        | Kind::CorrectionDue
        | Kind::OpinionsDue
        | Kind::AnswersDue
        | Kind::ApplicationDue
        | Kind::ApplicationCorrectionDue
        | Kind::ListDue
        | Kind::SignatureDue => of_reminders(lang, kind),
    }
}

/// What became of a list that one takes out.
const fn of_exports(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::ExportReady => lang.pick("导出的文件可以下载", "A file that you asked for is ready"),
        // What is left of them: it failed.
        _ => lang.pick("导出的文件没有生成", "A file that you asked for could not be made"),
    }
}

/// What is signed, or not.
const fn of_signatures(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::SignOffAsked => lang.pick("有材料待你签发", "Something waits for your signature"),
        Kind::SignOffSentBack => lang.pick("提请签发的材料被退回", "What you asked to be signed came back"),
        // What is left of them: it is signed.
        _ => lang.pick("提请签发的材料已签发", "What you asked to be signed is signed"),
    }
}

/// What became of an account.
const fn of_accounts(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::RolesGranted => lang.pick(
            "授予了处室、管理角色或审定席位的职务",
            "A role of an office or of administration was given, or a post by which a seat is held",
        ),
        Kind::AccessReset => lang.pick("账号用链接重设密码", "An account sets a new password by a link"),
        Kind::AccountRequestDeclined => {
            lang.pick("开户申请未获同意", "An account that you asked for will not be made")
        }
        // What is left of them: the console was used.
        _ => lang.pick("从服务器控制台改动了账号", "An account was changed from the server's console"),
    }
}

/// What became of a question.
const fn of_questions(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::QuestionAsked => lang.pick("有高校就需求提问", "A university asks about a need"),
        Kind::QuestionAnswered => {
            lang.pick("本校的提问有了答复", "A question of your university is answered")
        }
        // What is left of them: it was taken back.
        _ => lang.pick("本校的提问被撤下", "A question of your university was taken back"),
    }
}

/// What is still to be done.
const fn of_reminders(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::FilingDue => lang.pick("提醒：需求填报即将截止", "Reminder: needs are to be filed"),
        Kind::ForwardingDue => lang.pick("提醒：需求报送即将截止", "Reminder: needs are to be forwarded"),
        Kind::CorrectionDue => lang.pick("提醒：退回的需求待修改", "Reminder: a need is to be corrected"),
        Kind::OpinionsDue => {
            lang.pick("提醒：需求遴选意见待填", "Reminder: opinions on needs are to be given")
        }
        Kind::AnswersDue => lang.pick("提醒：高校的提问待答复", "Reminder: questions are to be answered"),
        Kind::ApplicationDue => {
            lang.pick("提醒：申报即将截止", "Reminder: an application is to be submitted")
        }
        Kind::ApplicationCorrectionDue => {
            lang.pick("提醒：退回的申报待补正", "Reminder: an application is to be corrected")
        }
        Kind::ListDue => lang.pick("提醒：需求清单待审定", "Reminder: a need list waits for approval"),
        // What is left of them.
        _ => lang.pick("提醒：有材料待你签发", "Reminder: something waits for your signature"),
    }
}

/// The subject of a mail: what it is about and a number, never a name.
#[must_use]
pub fn mail_subject(lang: Lang, about: About, record: &str) -> String {
    match about {
        // A sign-in name stays out of subjects, which pass through many hands.
        // Nor does the id of a round or a request, which nobody knows it by.
        About::Happened(kind)
            if matches!(
                kind.topic(),
                Topic::Account | Topic::AccountRequest | Topic::SignOff | Topic::Export
            ) =>
        {
            message_kind(lang, kind).to_owned()
        }
        About::Happened(kind) => format!("{} {record}", message_kind(lang, kind)),
        About::Link(purpose) => link_purpose(lang, purpose).to_owned(),
    }
}

const fn link_purpose(lang: Lang, purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Invite => lang.pick("融合：请设置登录密码", "Ronghe: set your password"),
        LinkPurpose::Reset => lang.pick("融合：重设登录密码", "Ronghe: set a new password"),
    }
}

/// What stands below the link of an invitation or a reset.
#[must_use]
pub fn link_mail(lang: Lang, expires: Instant) -> String {
    let until = instant(lang, expires);
    match lang {
        Lang::Zh => format!("链接 {until} 前有效，只能用一次，请勿转发。不知何事，请联系系统管理员。"),
        Lang::En => format!(
            "The link holds until {until}, once, and is for you only. If you do not know why it came, ask the administrator."
        ),
    }
}

/// That a link goes to `address`, which is masked, by mail too.
#[must_use]
pub fn link_mailed(lang: Lang, address: &str) -> String {
    match lang {
        Lang::Zh => format!("另有邮件把链接发给 {address}"),
        Lang::En => format!("A mail takes it to {address} too"),
    }
}

/// Where a mail stands.
#[must_use]
pub const fn mail_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Waiting => lang.pick("待发送", "Waiting"),
        State::Sent => lang.pick("已发送", "Sent"),
        State::Failed => lang.pick("未送出", "Failed"),
    }
}

/// What is done with a mail.
#[must_use]
pub const fn mail_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Resend => lang.pick("重发", "Send again"),
    }
}

/// Why it is refused, and what would help.
#[must_use]
pub fn mail_refusal(lang: Lang, refusal: Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::AdministratorOnly => say("由系统管理员办理", "A system administrator does this"),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("邮件{}", mail_state(lang, state)),
            Lang::En => format!("The mail is {}", mail_state(lang, state).to_lowercase()),
        },
        Refusal::Expired => say(
            "邮件里的链接已失效，到账号里重新生成",
            "Its link no longer holds: make a new one at the account",
        ),
    }
}

/// Why a mail was not sent.
#[must_use]
pub fn mail_trouble(lang: Lang, trouble: Trouble) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match trouble {
        Trouble::Address => say("账号没有可用的邮箱", "The account has no address that a mail can go to"),
        Trouble::Refused { reply } => match lang {
            Lang::Zh => format!("邮件服务器拒收（{reply}）"),
            Lang::En => format!("The mail server turned it down ({reply})"),
        },
        Trouble::Busy { reply } => match lang {
            Lang::Zh => format!("邮件服务器暂时不收（{reply}）"),
            Lang::En => format!("The mail server cannot take it now ({reply})"),
        },
        Trouble::Login { reply } => match lang {
            Lang::Zh => format!("邮件服务器不认用户名或密码（{reply}），检查 smtp 设置"),
            Lang::En => {
                format!("The mail server takes no such user or password ({reply}): see the smtp settings")
            }
        },
        Trouble::Away => say("连不上邮件服务器", "The mail server cannot be reached"),
        Trouble::Slow => say("邮件服务器没有按时应答", "The mail server did not answer in time"),
        Trouble::Tls => say("与邮件服务器不能建立可信的加密连接", "No trusted TLS with the mail server"),
        Trouble::Folder => say("邮件文件夹不能写入", "The folder for mail cannot be written"),
        Trouble::Expired => say("发出前链接已失效", "Its link no longer held when its turn came"),
        Trouble::Unreadable => say(
            "其中的链接用服务器现在的密钥解不开；恢复密钥后重发，或重新生成链接",
            "Its link cannot be opened under the server's key: bring the key back and send it anew, or make a new link",
        ),
        Trouble::Sender => say(
            "发件地址不能用，在服务器配置中改正",
            "The sender's address is none: mend it in the server's settings",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{About, Kind, Lang, LinkPurpose, mail_subject};

    #[test]
    fn a_subject_holds_a_number_and_no_name() {
        let check = |lang, about, said: &str| assert_eq!(mail_subject(lang, about, "N2026-0137"), said);
        check(Lang::Zh, About::Happened(Kind::NeedReturned), "需求被退回修改 N2026-0137");
        check(Lang::En, About::Happened(Kind::NeedReturned), "A need came back to be corrected N2026-0137");
        check(Lang::Zh, About::Link(LinkPurpose::Reset), "融合：重设登录密码");
        check(Lang::En, About::Link(LinkPurpose::Invite), "Ronghe: set your password");
    }
}
