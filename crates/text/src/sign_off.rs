//! Sign-off 签发, and summaries 汇总表.

use crate::Lang;
use crate::cycle::cycle_year;
use ronghe_domain::need::district::summary::State as Summary;
use ronghe_domain::sign_off::{Action, Kind, Refusal, State, Title, When};

/// What leaves an organisation.
#[must_use]
pub const fn sign_off_kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Need => lang.pick("需求", "Need"),
        Kind::DistrictSummary => lang.pick("汇总表", "Summary"),
        Kind::Application => lang.pick("申报", "Application"),
        Kind::Report => lang.pick("报告", "Report"),
    }
}

/// Where a round stands.
#[must_use]
pub const fn sign_off_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Preparing => lang.pick("尚未提请", "Not asked for"),
        State::Signing => lang.pick("签发中", "Being signed"),
        State::Signed => lang.pick("已签发", "Signed"),
        State::SentBack => lang.pick("已退回", "Sent back"),
        State::Recalled => lang.pick("已收回", "Recalled"),
        State::Voided => lang.pick("已作废", "Voided"),
    }
}

/// What is done on the way out.
#[must_use]
pub const fn sign_off_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Ask => lang.pick("提请签发", "Ask for sign-off"),
        Action::Sign => lang.pick("同意并签发", "Agree and sign"),
        Action::SendBack => lang.pick("退回", "Send back"),
        Action::Recall => lang.pick("收回", "Recall"),
        Action::Void => lang.pick("作废", "Void"),
    }
}

/// When a step is asked.
#[must_use]
pub const fn sign_off_when(lang: Lang, when: When) -> &'static str {
    match when {
        When::Always => lang.pick("每次", "Always"),
        When::OwnFunds => lang.pick("有自筹或配套经费时", "Where own funds are promised"),
    }
}

/// A post that chains are proposed with.
#[must_use]
pub const fn sign_off_post(lang: Lang, title: Title) -> &'static str {
    match title {
        Title::Principal => lang.pick("校长", "Principal"),
        Title::DeputyDirector => lang.pick("分管局长", "Deputy director in charge"),
        Title::ResponsiblePerson => lang.pick("项目负责人", "Responsible person"),
        Title::Faculty => lang.pick("院系", "School or faculty"),
        Title::OfficeInCharge => lang.pick("归口管理部门", "Office in charge"),
        Title::Finance => lang.pick("财务部门", "Finance"),
        Title::VicePresident => lang.pick("分管校领导", "Vice-president in charge"),
        Title::HeadOfOffice => lang.pick("处长", "Head of the office"),
    }
}

/// Why it is refused, and what would help.
#[must_use]
pub fn sign_off_refusal(lang: Lang, refusal: &Refusal) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotYours => say("由本单位经办或签发的人办理", "Those who prepare or sign it there do this"),
        Refusal::DoesNotLeave => {
            say("这类单位不报送这种材料", "Nothing of this kind leaves such an organisation")
        }
        Refusal::NoChain => {
            say("本单位没有设签发步骤，可直接报出", "No chain is set: it leaves without signature")
        }
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("{}，不能这样做", sign_off_state(lang, *state)),
            Lang::En => format!("The sign-off is: {}", sign_off_state(lang, *state).to_lowercase()),
        },
        Refusal::NotYourStep { post } => match lang {
            Lang::Zh => format!("先由{post}签发"),
            Lang::En => format!("{post} signs first"),
        },
        Refusal::Prepared => say("经办人不签发自己经办的材料", "Who prepared it does not sign it"),
        Refusal::SignedAlready => {
            say("你已签过一步，下一步由别人签", "You signed a step; another person signs the next")
        }
        Refusal::Changed => say(
            "提请后内容有改动，需重新提请",
            "It was changed since it was asked for: it has to be asked for anew",
        ),
        Refusal::Vacant { post } => match lang {
            Lang::Zh => format!("{post}这一步没有能签发的人（账号停用，或都是经办人），先改签发步骤"),
            Lang::En => {
                format!("Nobody can sign for {post} (disabled, or they prepared it): change the chain first")
            }
        },
        Refusal::SignersOnly => say(
            "签发步骤设好后，由其中的签发人或系统管理员修改",
            "A chain that is set is changed by one who signs in it, or by an administrator",
        ),
    }
}

/// Where a version of a summary stands.
#[must_use]
pub const fn summary_state(lang: Lang, state: Summary) -> &'static str {
    match state {
        Summary::Signing => lang.pick("签发中", "Being signed"),
        Summary::Issued => lang.pick("已报送", "Handed up"),
        Summary::Voided => lang.pick("已作废", "Voided"),
    }
}

/// What a version of a district's summary is called.
#[must_use]
pub fn summary_name(lang: Lang, cycle: &str, seq: u32, zero: bool) -> String {
    let cycle = cycle_year(lang, cycle);
    match (lang, zero) {
        (Lang::Zh, false) => format!("{cycle}需求汇总表 第 {seq} 版"),
        (Lang::Zh, true) => format!("{cycle}零报告 第 {seq} 版"),
        (Lang::En, false) => format!("Summary of needs {cycle}, version {seq}"),
        (Lang::En, true) => format!("Zero report {cycle}, version {seq}"),
    }
}
