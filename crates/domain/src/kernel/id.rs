//! Identifiers: UUIDv7 within, never shown to people. They are made by the unit of work, not here.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    /// An organisation: office, institution, district bureau, school or university.
    OrgId,
    /// A wording that stands for several organisations, such as 各区县教体局.
    GroupId,
    /// A person's account.
    AccountId,
    /// What a university asks of administrators: an account for somebody.
    AccountRequestId,
    /// A policy document, draft or published.
    PolicyId,
    /// A yearly cycle.
    CycleId,
    /// A need 需求.
    NeedId,
    /// A version of a need list 需求清单.
    NeedListId,
    /// A question 答疑 on a listed need.
    QuestionId,
    /// A meeting 对接会 on a listed need.
    MeetingId,
    /// An application 申报.
    ApplicationId,
    /// What a person is told.
    MessageId,
    /// A row by which people are reminded.
    ReminderId,
    /// Filters of a list that were saved under a name.
    ViewId,
    /// A signed-in browser.
    SessionId,
    /// A personal access token.
    TokenId,
    /// A file that belongs to a record.
    AttachmentId,
    /// A round of sign-off 签发.
    SignOffId,
    /// A sealed scan 盖章页.
    SealId,
    /// A version of a district's summary 汇总表.
    SummaryId,
    /// A list that is taken out in the background.
    ExportId,
    /// An event of the audit chain.
    EventId,
}
