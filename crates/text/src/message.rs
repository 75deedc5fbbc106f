//! What people are told.

use crate::Lang;
use ronghe_domain::message::Kind;

/// What happened.
#[must_use]
pub const fn message_kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::NeedSubmitted => lang.pick("学校提交了需求", "A school has submitted a need"),
        Kind::NeedReturned => lang.pick("需求被退回修改", "A need came back to be corrected"),
        Kind::NeedForwarded => lang.pick("需求已由区县报送", "The district has forwarded a need"),
        Kind::NeedArrived => lang.pick("收到新的需求", "A need has arrived"),
        Kind::NeedWithdrawn => lang.pick("需求已撤回", "A need was withdrawn"),
        Kind::CycleOpened => lang.pick("开始征集需求", "Needs are collected"),
        Kind::EndExtended => lang.pick("截止时间已延期", "An end was set later"),
        Kind::PhaseChanged => lang.pick("周期进入另一阶段", "The cycle has changed its phase"),
    }
}
