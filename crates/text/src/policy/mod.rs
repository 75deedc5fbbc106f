//! The policy register.

pub(crate) mod form;

use crate::Lang;
use ronghe_domain::policy::{Action, Refusal, State, Status, UnitRole, Warning};

/// Where a document stands.
#[must_use]
pub const fn policy_state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Draft => lang.pick("核对中", "Being checked"),
        State::Published => lang.pick("已发布", "Published"),
        State::Discarded => lang.pick("已放弃", "Discarded"),
    }
}

/// Whether a document is in force.
#[must_use]
pub const fn policy_status(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Upcoming => lang.pick("未生效", "Upcoming"),
        Status::InForce => lang.pick("现行有效", "In force"),
        Status::Expired => lang.pick("已失效", "Expired"),
        Status::Superseded => lang.pick("已废止", "Superseded"),
    }
}

/// The part that a unit has in a measure.
#[must_use]
pub const fn unit_role(lang: Lang, role: UnitRole) -> &'static str {
    match role {
        UnitRole::Lead => lang.pick("牵头", "Lead"),
        UnitRole::Support => lang.pick("配合", "Support"),
        UnitRole::Responsible => lang.pick("责任", "Responsible"),
    }
}

/// An action, as a button says it.
#[must_use]
pub const fn policy_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Correct => lang.pick("核对与更正", "Check and correct"),
        Action::Publish => lang.pick("发布文件", "Publish"),
        Action::Discard => lang.pick("放弃导入", "Discard"),
        Action::Renew => lang.pick("登记延续", "Record a renewal"),
        Action::Supersede => lang.pick("登记废止", "Record supersession"),
    }
}

/// Why an action is refused, and what would help.
#[must_use]
pub fn policy_refusal(lang: Lang, refusal: Refusal) -> String {
    match refusal {
        Refusal::LeadOfficeOnly => lang
            .pick(
                "文件由高校联络服务处导入、更正和发布",
                "Only the liaison office imports, corrects and publishes documents",
            )
            .to_owned(),
        Refusal::SecondPersonNeeded => lang
            .pick(
                "最后更改的人不能发布，由高校联络服务处另一人发布",
                "Whoever changed it last cannot publish it; a second person of the liaison office does",
            )
            .to_owned(),
        Refusal::WrongState { state } => match lang {
            Lang::Zh => format!("文件{}，不能这样做", policy_state(lang, state)),
            Lang::En => format!("The document is {}", policy_state(lang, state).to_lowercase()),
        },
        Refusal::Unchecked { fields } => match lang {
            Lang::Zh => format!("还有 {fields} 处待核对"),
            Lang::En if fields == 1 => "1 field still has to be checked".to_owned(),
            Lang::En => format!("{fields} fields still have to be checked"),
        },
        Refusal::AlreadySuperseded => {
            lang.pick("文件已登记废止", "The document's supersession is already recorded").to_owned()
        }
    }
}

/// What a person should look at in a document that was read.
#[must_use]
pub fn warning(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::NoTitle => lang.pick("没有读出标题", "No title was found").to_owned(),
        Warning::NoNumber => lang.pick("没有读出文号", "No document number was found").to_owned(),
        Warning::NoIssuer => lang.pick("没有读出发文机关", "No issuing body was found").to_owned(),
        Warning::NoDate => lang.pick("没有读出成文日期", "No issue date was found").to_owned(),
        Warning::NoMeasures => {
            lang.pick("没有读出分部分或措施", "Neither sections nor measures were found").to_owned()
        }
        Warning::NoUnits { seq } => match lang {
            Lang::Zh => format!("第 {seq} 条没有责任单位"),
            Lang::En => format!("Measure {seq} names no responsible unit"),
        },
        Warning::NumberGap { seq, expected, found } => match lang {
            Lang::Zh => format!("第 {seq} 条的编号应为 {expected}，文中为 {found}"),
            Lang::En => format!("Measure {seq} should be numbered {expected}; the text says {found}"),
        },
        Warning::Stray { text } => match lang {
            Lang::Zh => format!("文中有多余的标记：{text}"),
            Lang::En => format!("The text carries a stray mark: {text}"),
        },
    }
}
