//! 待办: what waits for a person, or for others on whom they wait, and how soon.

use crate::kernel::{Instant, day_in_shanghai};
use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TaskKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 修改: a need came back with something to correct.
    CorrectNeed,
    /// 填报: a need was begun.
    FinishNeed,
    /// 签发: something waits for one's signature.
    Sign,
    /// 审核报送: needs of schools wait for their district.
    ForwardNeeds,
    /// 遴选: needs wait for a verdict.
    ScreenNeeds,
    /// 组成清单: every need has its verdict.
    ComposeList,
    /// 审定: a need list waits for the person's seat.
    ApproveList,
    /// 发布清单: the leading group has agreed.
    PublishList,
    /// 提意见: an office is asked for opinions.
    GiveOpinions,
    /// 催办: opinions are overdue.
    ChaseOpinions,
    /// 答复: questions on needs of the unit wait for an answer.
    AnswerQuestions,
    /// 督办: questions were not answered in time.
    ChaseQuestions,
    /// 填写: an application was begun.
    FinishApplication,
    /// 补正: an application came back with something to correct.
    CorrectApplication,
    /// 填写分到的部分: sections that one was invited to are not done.
    WriteSections,
    /// 补正分到的部分: the same of what came back.
    CorrectSections,
    /// 形式审查: applications whose seals are opened wait for it.
    CheckApplications,
    /// 补正逾期: the day of a correction has passed.
    DecideOverdue,
    /// 提意见: applications for needs of the unit are accepted.
    GiveUnitOpinions,
    /// 开始征集: a cycle is prepared.
    OpenCycle,
    /// 进入下一阶段: the window of a phase has closed.
    AdvanceCycle,
    /// 核对: a document was imported.
    CheckPolicy,
    /// 发布: a document is checked.
    PublishPolicy,
    /// 确认: a grant or reset waits for a second administrator.
    ConfirmAccount,
    /// 开户: a university asks for an account.
    MakeAccount,
    /// Mail was given up.
    FailedMail,
    /// Others of one's organisation are to sign.
    WithSigners,
    /// The lead office has applications of the university, under seal or to be checked.
    WithChecker,
    /// The district has needs of the school.
    WithDistrict,
    /// The lead office has needs of the unit.
    WithLeadOffice,
    /// Schools have needs back from their district.
    WithSchools,
    /// Needs have reached the lead office and wait for 遴选.
    Arrived,
    /// The leading group has the need list.
    WithLeadingGroup,
}

impl Kind {
    /// Others have to act first.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(
            self,
            Self::WithSigners
                | Self::WithChecker
                | Self::WithDistrict
                | Self::WithLeadOffice
                | Self::WithSchools
                | Self::Arrived
                | Self::WithLeadingGroup
        )
    }
}

/// How soon something is due, by the calendar in Jinan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Soon {
    /// 已逾期.
    Overdue,
    /// 今天.
    Today,
    /// 本周: up to this Sunday.
    ThisWeek,
    /// 以后, or without a deadline.
    Later,
    /// 等他人.
    Waiting,
}

impl Soon {
    /// Every group, in order.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Today, Self::ThisWeek, Self::Later, Self::Waiting];

    /// The group of something that closes at `deadline`.
    #[must_use]
    pub fn of(kind: Kind, deadline: Option<Instant>, now: Instant) -> Self {
        let Some(closes) = deadline.filter(|_| !kind.is_waiting()) else {
            return if kind.is_waiting() { Self::Waiting } else { Self::Later };
        };
        if closes <= now {
            return Self::Overdue;
        }
        // A second before its closing: what ends at midnight is due the day before.
        let last = closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(closes);
        let (last, today) = (day_in_shanghai(last), day_in_shanghai(now));
        let to_sunday = 7 - i32::from(today.weekday().to_monday_one_offset());
        let days = today.until(last).map(|span| span.get_days()).unwrap_or(i32::MAX);
        match days {
            ..=0 => Self::Today,
            days if days <= to_sunday => Self::ThisWeek,
            _ => Self::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Soon};
    use crate::kernel::Instant;

    #[test]
    fn weeks_end_on_sunday() {
        // Tuesday, 17:00 in Jinan.
        let now: Instant = "2026-03-10T09:00:00Z".parse().unwrap();
        let check = |deadline: &str, soon: Soon| {
            let closes = deadline.parse().unwrap();
            assert_eq!(Soon::of(Kind::ForwardNeeds, Some(closes), now), soon, "{deadline}");
        };
        check("2026-03-10T09:00:00Z", Soon::Overdue);
        check("2026-03-10T09:00:01Z", Soon::Today);
        check("2026-03-10T16:00:00Z", Soon::Today);
        check("2026-03-10T16:00:01Z", Soon::ThisWeek);
        check("2026-03-15T15:59:59Z", Soon::ThisWeek);
        check("2026-03-16T09:00:01Z", Soon::Later);
        assert_eq!(Soon::of(Kind::FinishNeed, None, now), Soon::Later);
        assert_eq!(Soon::of(Kind::WithDistrict, Some(now), now), Soon::Waiting);
    }
}
