//! What a message is about, and so where it leads.

use super::Kind;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Need,
    /// A version of the need list: `2026/v1`.
    NeedList,
    /// Questions on a need, by the number of the need.
    Question,
    Application,
    Cycle,
    /// Opinions on needs of a year.
    Opinions,
    /// What a unit has filed in a year.
    Filing,
    /// Summaries of a year.
    Summary,
    /// A round of sign-off, by its id.
    SignOff,
    Account,
    /// An account that somebody asked for, by the id of the request.
    AccountRequest,
    /// A list that one takes out, by its id.
    Export,
}

impl Kind {
    /// What kind of record its number or name is of.
    #[must_use]
    pub const fn topic(self) -> Topic {
        match self {
            Self::NeedSubmitted
            | Self::NeedReturned
            | Self::NeedForwarded
            | Self::NeedArrived
            | Self::NeedWithdrawn
            | Self::NeedListed
            | Self::NeedDeclined
            | Self::NeedMerged
            | Self::NeedLeftOpen
            | Self::CorrectionDue => Topic::Need,
            Self::ListProposed
            | Self::ListApproved
            | Self::ListReturned
            | Self::ListVoided
            | Self::ListPublished
            | Self::ListDue => Topic::NeedList,
            Self::QuestionAsked | Self::QuestionAnswered | Self::QuestionTakenBack | Self::AnswersDue => {
                Topic::Question
            }
            Self::OpinionsAsked | Self::OpinionsReminded | Self::OpinionsDue => Topic::Opinions,
            Self::FilingReminded | Self::FilingDue | Self::ForwardingDue => Topic::Filing,
            Self::ZeroReported => Topic::Summary,
            Self::SignOffAsked | Self::SignOffSentBack | Self::SignOffSigned | Self::SignatureDue => {
                Topic::SignOff
            }
            Self::ApplicationInvited
            | Self::ApplicationJoined
            | Self::ApplicationDue
            | Self::ApplicationCorrectionDue
            | Self::ApplicationReturned
            | Self::ApplicationCorrected
            | Self::ApplicationAccepted
            | Self::UnitOpinionAsked => Topic::Application,
            Self::SealsOpened
            | Self::CycleOpened
            | Self::EndExtended
            | Self::CycleRevised
            | Self::PhaseChanged => Topic::Cycle,
            Self::RolesGranted | Self::AccessReset | Self::ConsoleUsed => Topic::Account,
            Self::AccountRequestDeclined => Topic::AccountRequest,
            Self::ExportReady | Self::ExportFailed => Topic::Export,
        }
    }
}
