//! 进展: what a cycle has come to phase by phase, in numbers, and on whom it waits.

use crate::cycle::Phase;
use crate::kernel::Instant;
use crate::need::Ruling;
use crate::need::filing::Filing;
use crate::need::rules::Facts;
use serde::{Deserialize, Serialize};

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
}

impl Figure {
    /// Every figure, in the order of the year.
    pub const ALL: [Self; 11] = [
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
            | Self::OpinionsGiven => Phase::ScreeningNeeds,
        }
    }

    /// Who has to act before it comes down.
    #[must_use]
    pub const fn whose(self) -> Option<Whose> {
        match self {
            Self::Silent | Self::WithUnits => Some(Whose::Units),
            Self::WithDistricts => Some(Whose::Districts),
            Self::Undecided => Some(Whose::LeadOffice),
            Self::OpinionsOpen | Self::OpinionsOverdue => Some(Whose::Offices),
            Self::Arrived
            | Self::ToBeListed
            | Self::ToBeDeclined
            | Self::ToBeMerged
            | Self::OpinionsGiven => None,
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
            let is_open = figure.phase() == facts.phase && count > 0;
            let late = match figure {
                Figure::Silent | Figure::WithUnits => now >= facts.collecting.units_end,
                Figure::WithDistricts => now >= facts.collecting.districts_end,
                Figure::Undecided | Figure::OpinionsOpen => now >= facts.screening_end,
                Figure::OpinionsOverdue => true,
                Figure::Arrived
                | Figure::ToBeListed
                | Figure::ToBeDeclined
                | Figure::ToBeMerged
                | Figure::OpinionsGiven => false,
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
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Figure, Line, Whose, progress};
    use crate::cycle::{Clock, Collecting, Phase};
    use crate::kernel::{Instant, OrgId};
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
        }
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
