//! 汇总表: what a district bureau hands up, a version for each forwarding; and 零报告, that there is nothing.
//!
//! A version holds every need of the district that has arrived with it, in the bureau's order, so that the newest one
//! is the district's table. The sealed page is made of it.

use super::acts_for;
use crate::kernel::{AccountId, Actor, CycleId, Fen, Instant, NeedId, OrgId, Role, SummaryId, Version};
use crate::need::rules::{Facts, Refusal};
use crate::sign_off::{Kind, Subject, content_hash};
use serde::{Deserialize, Serialize};

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SummaryState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 签发中: the bureau's chain runs; its needs have not left.
    Signing,
    /// 已报送.
    Issued,
    /// 已作废: sent back, taken back, or changed before it was signed.
    Voided,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Signing, Self::Issued, Self::Voided];
}

/// A need in a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub need: NeedId,
    /// Its number, as people see it.
    pub number: String,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub unit: OrgId,
    /// Running number of the main measure.
    pub measure: u32,
    pub budget: Fen,
    /// Forwarded by this very version.
    pub new: bool,
}

/// A version of a district's summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: SummaryId,
    pub cycle: CycleId,
    pub district: OrgId,
    /// Counted from 1.
    pub seq: u32,
    /// In the bureau's order; none where it reports that there is nothing.
    pub lines: Vec<Line>,
    pub state: State,
    pub made_by: AccountId,
    pub made_at: Instant,
    /// When it went up.
    pub issued_at: Option<Instant>,
    pub version: Version,
}

impl Summary {
    /// 零报告.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.lines.is_empty()
    }

    /// As what it passes the bureau's chain, and is sealed.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject { kind: Kind::DistrictSummary, id: self.id.0 }
    }

    /// The hash of what stands in it, as whoever reads it sees it: its version code follows from it.
    ///
    /// # Errors
    /// Where it cannot be written in JSON, which nothing in it can bring about.
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        let district = Subject { kind: Kind::DistrictSummary, id: self.district.0 };
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|it| (&it.number, &it.title, it.unit, it.measure, it.budget, it.new))
            .collect();
        content_hash(district, &(self.cycle, self.seq, lines))
    }

    /// The needs that leave by it.
    pub fn leaving(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.new)
    }

    /// What is asked for in all of them.
    #[must_use]
    pub fn total(&self) -> Fen {
        Fen(self.lines.iter().fold(0, |sum, line| sum.saturating_add(line.budget.0)))
    }

    /// The version after it moved on.
    #[must_use]
    pub fn moved(&self, state: State, now: Instant) -> Self {
        let issued_at = if state == State::Issued { Some(now) } else { self.issued_at };
        Self { state, issued_at, version: self.version.next(), ..self.clone() }
    }
}

/// Puts lines in the bureau's order; what has no place there comes behind, by number.
pub fn in_order(lines: &mut [Line], place: impl Fn(NeedId) -> Option<u32>) {
    lines.sort_by(|one, other| {
        let key = |line: &Line| place(line.need).unwrap_or(u32::MAX);
        key(one).cmp(&key(other)).then_with(|| one.number.cmp(&other.number))
    });
}

/// What the rules must know of a district before it hands up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// Needs of the district that have arrived.
    pub forwarded: u64,
    /// It has reported that there is nothing.
    pub zero: bool,
    /// A version of it is being signed.
    pub signing: bool,
}

/// Whether `actor` reports that `district` has nothing. What waits for it may still be forwarded afterwards; then the
/// report no longer holds.
///
/// # Errors
/// The reason why not.
pub fn may_report_zero(
    actor: &Actor,
    district: OrgId,
    handed: Handed,
    facts: &Facts,
    now: Instant,
) -> Result<(), Refusal> {
    acts_for(actor, district, facts, now)?;
    if handed.forwarded > 0 {
        return Err(Refusal::HasForwarded { count: u32::try_from(handed.forwarded).unwrap_or(u32::MAX) });
    }
    if handed.signing {
        return Err(Refusal::SummarySigning);
    }
    if handed.zero { Err(Refusal::AlreadyZero) } else { Ok(()) }
}

/// Which summaries somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What has gone up, of every district.
    Issued,
    /// Everything of this district.
    Of(OrgId),
}

/// The summaries that `actor` reads; nothing where there are none.
#[must_use]
pub fn scope(actor: &Actor) -> Option<Scope> {
    let whole = [Role::LeadOffice, Role::LeadingGroup, Role::Auditor];
    if *actor == Actor::System || whole.into_iter().any(|role| actor.has(role)) {
        return Some(Scope::Issued);
    }
    actor.org().filter(|_| actor.has(Role::DistrictBureau)).map(Scope::Of)
}

/// Whether `actor` reads `summary`.
#[must_use]
pub fn visible(actor: &Actor, summary: &Summary) -> bool {
    match scope(actor) {
        Some(Scope::Issued) => summary.state == State::Issued,
        Some(Scope::Of(org)) => summary.district == org,
        None => false,
    }
}
