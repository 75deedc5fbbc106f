//! What every feature stands on: identifiers, people who act, rules, offers, errors by field.

pub mod actor;
pub mod date;
pub mod field;
pub mod hex;
pub mod id;
pub mod merge;
pub mod money;
mod progress;
pub mod rule;
pub mod window;
pub mod workdays;

pub use actor::{Actor, Role};
pub use date::{Date, Instant, SHANGHAI, day_in_shanghai, parse_date};
pub use field::{FieldError, FieldProblem};
pub use hex::hex;
pub use id::{
    AccountId, AccountRequestId, ApplicationId, AttachmentId, CycleId, EventId, ExportId, GroupId, MeetingId,
    MessageId, NeedId, NeedListId, OrgId, PolicyId, QuestionId, ReminderId, SealId, SessionId, SignOffId,
    SummaryId, TokenId, ViewId,
};
pub use money::Fen;
pub use progress::Progress;
pub use rule::{Offer, RefusalKind, Rule, Version, rule};
