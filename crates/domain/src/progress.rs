//! 进展: what a cycle has come to phase by phase, in numbers, and on whom it waits.

use crate::application::State;
use crate::cycle::Phase;
use crate::kernel::{Instant, NeedId};
use crate::need::Ruling;
use crate::need::filing::Filing;
use crate::need::rules::Facts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ProgressFigure))]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// 未报: units and districts that are not done with filing.
    Silent,
    /// Needs that are with their units, to be corrected.
    WithUnits,
    /// Needs that wait for their district.
    WithDistricts,
    /// Needs that have reached the lead office.
    Arrived,
    /// Needs in 遴选 without a verdict.
    Undecided,
    /// Needs that are meant to be listed.
    ToBeListed,
    /// Needs that are meant to be declined.
    ToBeDeclined,
    /// Needs that are meant to be merged.
    ToBeMerged,
    /// Opinions that are asked for and have not come.
    OpinionsOpen,
    /// Those of them whose day has passed.
    OpinionsOverdue,
    /// Opinions that have come.
    OpinionsGiven,
    /// Needs that came onto the published list.
    Listed,
    /// Needs that did not.
    Declined,
    /// Needs that others took up.
    Merged,
    /// Questions on listed needs that nobody has answered.
    QuestionsOpen,
    /// Applications whose seals were opened.
    HandedIn,
    /// Listed needs that nobody has applied for.
    Unanswered,
    /// Applications in 形式审查.
    InCheck,
    /// Applications that are with their universities, to be corrected.
    WithUniversities,
    /// Applications that were accepted.
    Accepted,
}

/// On whom something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Schools, and district bureaus for needs of their own.
    Units,
    Districts,
    LeadOffice,
    /// 责任单位.
    Offices,
    Universities,
}

impl Figure {
    /// Every figure, in the order of the year.
    pub const ALL: [Self; 20] = [
        Self::Silent,
        Self::WithUnits,
        Self::WithDistricts,
        Self::Arrived,
        Self::Undecided,
        Self::ToBeListed,
        Self::ToBeDeclined,
        Self::ToBeMerged,
        Self::OpinionsOpen,
        Self::OpinionsOverdue,
        Self::OpinionsGiven,
        Self::Listed,
        Self::Declined,
        Self::Merged,
        Self::QuestionsOpen,
        Self::HandedIn,
        Self::Unanswered,
        Self::InCheck,
        Self::WithUniversities,
        Self::Accepted,
    ];

    /// The phase that it belongs to.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Silent | Self::WithUnits | Self::WithDistricts | Self::Arrived => Phase::CollectingNeeds,
            Self::Undecided
            | Self::ToBeListed
            | Self::ToBeDeclined
            | Self::ToBeMerged
            | Self::OpinionsOpen
            | Self::OpinionsOverdue
            | Self::OpinionsGiven
            | Self::Listed
            | Self::Declined
            | Self::Merged => Phase::ScreeningNeeds,
            Self::QuestionsOpen
            | Self::HandedIn
            | Self::Unanswered
            | Self::InCheck
            | Self::WithUniversities
            | Self::Accepted => Phase::AcceptingApplications,
        }
    }

    /// Whether anything can still be done about it in `phase`: the formal check goes on into 专家评审.
    fn is_open_in(self, phase: Phase) -> bool {
        match self {
            Self::InCheck | Self::WithUniversities => {
                matches!(phase, Phase::AcceptingApplications | Phase::Reviewing)
            }
            _ => self.phase() == phase,
        }
    }

    /// Whether it says something while it is nothing: what was only to be done on the way does not, once its phase is
    /// over.
    const fn lasts(self) -> bool {
        !matches!(
            self,
            Self::Undecided
                | Self::ToBeListed
                | Self::ToBeDeclined
                | Self::ToBeMerged
                | Self::OpinionsOpen
                | Self::OpinionsOverdue
                | Self::QuestionsOpen
        )
    }

    /// Who has to act before it comes down.
    #[must_use]
    pub const fn whose(self) -> Option<Whose> {
        match self {
            Self::Silent | Self::WithUnits | Self::QuestionsOpen => Some(Whose::Units),
            Self::WithDistricts => Some(Whose::Districts),
            Self::Undecided | Self::InCheck => Some(Whose::LeadOffice),
            Self::OpinionsOpen | Self::OpinionsOverdue => Some(Whose::Offices),
            Self::WithUniversities => Some(Whose::Universities),
            Self::Arrived
            | Self::ToBeListed
            | Self::ToBeDeclined
            | Self::ToBeMerged
            | Self::OpinionsGiven
            | Self::Listed
            | Self::Declined
            | Self::Merged
            | Self::HandedIn
            | Self::Unanswered
            | Self::Accepted => None,
        }
    }
}

/// What was counted, each as far as its reader may know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How far units have come, for who oversees them.
    pub filing: Option<Vec<Filing>>,
    /// Needs in 遴选 without a verdict, and verdicts by what they come to, for who sees verdicts.
    pub verdicts: Option<(u64, Vec<(Ruling, u64)>)>,
    /// Opinions open, given and overdue, for who reads them.
    pub opinions: Option<(u64, u64, u64)>,
    /// Needs listed, declined and merged, for who oversees them, once a list is published.
    pub fates: Option<(u64, u64, u64)>,
    /// Questions without an answer, and those of them that are overdue, for who answers any.
    pub questions: Option<(u64, u64)>,
    /// Applications, for who reads them, once their seals are opened.
    pub applications: Option<Applied>,
}

/// What has become of applications whose seals are opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    pub checking: u64,
    pub returned: u64,
    pub accepted: u64,
    /// Listed needs that none of them is for.
    pub unanswered: u64,
}

impl Applied {
    /// What `all` come to, each by its need and its state, where these needs are `listed`.
    #[must_use]
    pub fn of(all: &[(NeedId, State)], listed: &BTreeSet<NeedId>) -> Self {
        let count = |state: State| all.iter().fold(0_u64, |sum, (_, it)| sum + u64::from(*it == state));
        // One that a later version took out is answered, and no longer listed.
        let answered: BTreeSet<NeedId> = all.iter().map(|(need, _)| *need).collect();
        Self {
            checking: count(State::FormalCheck),
            returned: count(State::ReturnedForCorrection),
            accepted: count(State::Accepted),
            unanswered: listed.difference(&answered).fold(0, |sum, _| sum + 1),
        }
    }
}

/// A figure of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub figure: Figure,
    pub count: u64,
    /// On whom it waits now: in the phase that runs, while it is not nothing.
    pub whose: Option<Whose>,
    /// The time for it has passed.
    pub late: bool,
}

/// What `counted` comes to in a cycle that stands as `facts` say, at `now` by the server's clock: the phases that
/// were begun, in order.
#[must_use]
pub fn progress(counted: &Counted, facts: &Facts, now: Instant) -> Vec<Line> {
    let now = facts.now(now);
    let begun = |figure: &Figure| figure.phase() <= facts.phase;
    let figures = Figure::ALL.into_iter().filter(begun);
    figures
        .filter_map(|figure| {
            let count = count(counted, figure)?;
            let runs = figure.is_open_in(facts.phase);
            if count == 0 && !runs && !figure.lasts() {
                return None;
            }
            let is_open = runs && count > 0;
            let late = match figure {
                Figure::Silent | Figure::WithUnits => now >= facts.collecting.units_end,
                Figure::WithDistricts => now >= facts.collecting.districts_end,
                Figure::Undecided | Figure::OpinionsOpen => now >= facts.screening_end,
                Figure::OpinionsOverdue => true,
                Figure::QuestionsOpen => counted.questions.is_some_and(|(_, overdue)| overdue > 0),
                Figure::Arrived
                | Figure::ToBeListed
                | Figure::ToBeDeclined
                | Figure::ToBeMerged
                | Figure::OpinionsGiven
                | Figure::Listed
                | Figure::Declined
                | Figure::Merged
                | Figure::HandedIn
                | Figure::Unanswered
                | Figure::InCheck
                | Figure::WithUniversities
                | Figure::Accepted => false,
            };
            Some(Line { figure, count, whose: figure.whose().filter(|_| is_open), late: late && is_open })
        })
        .collect()
}

fn count(counted: &Counted, figure: Figure) -> Option<u64> {
    let filed = |of: fn(&Filing) -> u64| counted.filing.as_ref().map(|rows| rows.iter().map(of).sum());
    let meant = |ruling: Ruling| {
        let (_, all) = counted.verdicts.as_ref()?;
        Some(all.iter().find(|(it, _)| *it == ruling).map_or(0, |(_, count)| *count))
    };
    match figure {
        Figure::Silent => filed(|it| u64::from(!it.is_done())),
        Figure::WithUnits => filed(|it| it.returned),
        Figure::WithDistricts => filed(|it| it.submitted),
        Figure::Arrived => filed(|it| it.forwarded),
        Figure::Undecided => counted.verdicts.as_ref().map(|(open, _)| *open),
        Figure::ToBeListed => meant(Ruling::Listed),
        Figure::ToBeDeclined => meant(Ruling::Declined),
        Figure::ToBeMerged => meant(Ruling::Merged),
        Figure::OpinionsOpen => counted.opinions.map(|(open, ..)| open),
        Figure::OpinionsGiven => counted.opinions.map(|(_, given, _)| given),
        Figure::OpinionsOverdue => counted.opinions.map(|(.., overdue)| overdue),
        Figure::Listed => counted.fates.map(|(listed, ..)| listed),
        Figure::Declined => counted.fates.map(|(_, declined, _)| declined),
        Figure::Merged => counted.fates.map(|(.., merged)| merged),
        Figure::QuestionsOpen => counted.questions.map(|(open, _)| open),
        Figure::HandedIn => counted.applications.map(|it| it.checking + it.returned + it.accepted),
        Figure::Unanswered => counted.applications.map(|it| it.unanswered),
        Figure::InCheck => counted.applications.map(|it| it.checking),
        Figure::WithUniversities => counted.applications.map(|it| it.returned),
        Figure::Accepted => counted.applications.map(|it| it.accepted),
    }
}

#[cfg(test)]
mod tests {
    use super::{Applied, Counted, Figure, Line, State, Whose, progress};
    use crate::cycle::{Clock, Collecting, Phase};
    use crate::kernel::{Instant, NeedId, OrgId};
    use crate::need::Ruling;
    use crate::need::filing::Filing;
    use crate::need::rules::Facts;
    use crate::sign_off::rules::Gate;
    use uuid::Uuid;

    fn at(second: i64) -> Instant {
        Instant::from_second(second).unwrap()
    }

    fn facts(phase: Phase) -> Facts {
        Facts {
            phase,
            collecting: Collecting { opens: at(0), units_end: at(1000), districts_end: at(2000) },
            screening_end: at(3000),
            clock: Clock::default(),
            open_fields: 0,
            school_full: None,
            district_full: None,
            verdict: None,
            origins: 0,
            published: false,
            gate: Gate::Open,
            onward: crate::need::Onward::Nowhere,
        }
    }

    fn counted() -> Counted {
        let filing = |org, submitted, returned, forwarded| {
            let org = OrgId(Uuid::from_u128(org));
            Filing {
                org,
                submitted,
                returned,
                had_arrived: 0,
                forwarded,
                left_out: 0,
                zero: false,
                reminded_at: None,
                is_district: false,
            }
        };
        Counted {
            filing: Some(vec![filing(1, 2, 1, 4), filing(2, 0, 0, 0), filing(3, 1, 0, 0)]),
            verdicts: Some((5, vec![(Ruling::Listed, 7), (Ruling::Merged, 1)])),
            opinions: Some((3, 2, 1)),
            ..Counted::default()
        }
    }

    #[test]
    fn what_was_only_to_be_done_on_the_way_goes_once_it_is_done() {
        let done = Counted {
            verdicts: Some((0, Vec::new())),
            opinions: Some((0, 4, 0)),
            fates: Some((7, 2, 1)),
            ..Counted::default()
        };
        let runs = progress(&done, &facts(Phase::ScreeningNeeds), at(2500));
        assert_eq!(of(&runs, Figure::Undecided).count, 0, "while its phase runs it is good to know");
        let after = progress(&done, &facts(Phase::AcceptingApplications), at(3500));
        let shown: Vec<_> = after.iter().map(|it| (it.figure, it.count)).collect();
        let expected =
            [(Figure::OpinionsGiven, 4), (Figure::Listed, 7), (Figure::Declined, 2), (Figure::Merged, 1)];
        assert_eq!(shown, expected);
    }

    #[test]
    fn applications_are_counted_by_where_they_stand_and_needs_by_whether_any_is_for_them() {
        let need = |id| NeedId(Uuid::from_u128(id));
        let all = [
            (need(1), State::FormalCheck),
            (need(1), State::Accepted),
            (need(2), State::ReturnedForCorrection),
        ];
        let listed = (1..=5).map(need).collect();
        let applied = Applied::of(&all, &listed);
        assert_eq!(applied, Applied { checking: 1, returned: 1, accepted: 1, unanswered: 3 });
        // An application for a need that a later version took out answers none of those that are left.
        let left = (2..=5).map(need).collect();
        assert_eq!(Applied::of(&all, &left), Applied { unanswered: 3, ..applied });
        let counted = Counted { applications: Some(applied), questions: Some((2, 1)), ..Counted::default() };
        let open = progress(&counted, &facts(Phase::AcceptingApplications), at(3500));
        assert_eq!((of(&open, Figure::HandedIn).count, of(&open, Figure::Unanswered).count), (3, 3));
        assert!(of(&open, Figure::QuestionsOpen).late);
        // The check goes on into the review.
        let after = progress(&counted, &facts(Phase::Reviewing), at(4500));
        assert_eq!(of(&after, Figure::InCheck).whose, Some(Whose::LeadOffice));
        assert_eq!(of(&after, Figure::WithUniversities).whose, Some(Whose::Universities));
        assert_eq!(
            (of(&after, Figure::QuestionsOpen).whose, of(&after, Figure::QuestionsOpen).late),
            (None, false)
        );
    }

    fn of(figures: &[Line], figure: Figure) -> Line {
        *figures.iter().find(|it| it.figure == figure).unwrap()
    }

    #[test]
    fn a_phase_that_was_not_begun_has_no_figures() {
        let figures = progress(&counted(), &facts(Phase::CollectingNeeds), at(500));
        let shown: Vec<Figure> = figures.iter().map(|it| it.figure).collect();
        assert_eq!(shown, [Figure::Silent, Figure::WithUnits, Figure::WithDistricts, Figure::Arrived]);
        assert_eq!(figures.iter().map(|it| it.count).collect::<Vec<_>>(), [1, 1, 3, 4]);
        assert!(progress(&counted(), &facts(Phase::Preparing), at(0)).is_empty());
    }

    #[test]
    fn it_waits_on_somebody_while_its_phase_runs() {
        let early = progress(&counted(), &facts(Phase::CollectingNeeds), at(999));
        assert_eq!(of(&early, Figure::WithDistricts).whose, Some(Whose::Districts));
        assert_eq!(of(&early, Figure::Arrived).whose, None);
        assert!(early.iter().all(|it| !it.late));
        let late = progress(&counted(), &facts(Phase::CollectingNeeds), at(1000));
        assert!(of(&late, Figure::Silent).late && !of(&late, Figure::WithDistricts).late);
        let after = progress(&counted(), &facts(Phase::ScreeningNeeds), at(2500));
        assert_eq!((of(&after, Figure::Silent).whose, of(&after, Figure::Silent).late), (None, false));
        assert_eq!(of(&after, Figure::Undecided).whose, Some(Whose::LeadOffice));
        assert!(of(&after, Figure::OpinionsOverdue).late && !of(&after, Figure::OpinionsOpen).late);
        assert_eq!((of(&after, Figure::ToBeListed).count, of(&after, Figure::ToBeDeclined).count), (7, 0));
    }

    #[test]
    fn nobody_reads_what_was_not_counted_for_them() {
        let none = progress(&Counted::default(), &facts(Phase::ScreeningNeeds), at(2500));
        assert_eq!(none, []);
        let office = Counted { opinions: Some((0, 2, 0)), ..Counted::default() };
        let figures = progress(&office, &facts(Phase::ScreeningNeeds), at(2500));
        assert_eq!(figures.len(), 3);
        assert!(figures.iter().all(|it| it.whose.is_none()), "nothing is open");
    }
}
