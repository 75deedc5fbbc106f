//! Applications 申报: what a university offers for a listed need, sealed until the window has closed.

mod budget;
pub mod draft;
pub mod eligible;
pub mod form;
pub mod formal;
pub mod opening;
pub mod opinion;
mod row;
pub mod rules;
pub mod search;
pub mod sight;
pub mod team;
pub mod turn;
pub mod version;

use crate::attachment::Attached;
use crate::kernel::{AccountId, ApplicationId, CycleId, Date, Fen, Instant, NeedId, OrgId, Version};
use crate::policy::forms::Form;
use crate::sign_off::{Kind, Subject};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use budget::{Category, Line, LineDraft, Source, Sums, sums};
pub use draft::ApplicationDraft;
pub use form::{Field, Section};
pub use formal::{Correction, Flaw, Return};
pub use opinion::{Opinion, OpinionDraft, Stance};
pub use row::Row;
pub use rules::{Action, Refusal};
pub use sight::Place;
pub use team::{Awaited, Duty, Member};
pub use version::Submission;

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿.
    Draft,
    /// 送签中: it passes the chain of its university; nobody writes in it.
    Signing,
    /// 已提交: sealed until the window has closed.
    Submitted,
    /// 形式审查: its seal is opened.
    FormalCheck,
    /// 退回补正.
    ReturnedForCorrection,
    /// 已受理.
    Accepted,
    /// 已撤回.
    Withdrawn,
}

impl State {
    /// Every state, in the order of an application's life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Signing,
        Self::Submitted,
        Self::FormalCheck,
        Self::ReturnedForCorrection,
        Self::Accepted,
        Self::Withdrawn,
    ];

    /// Keeps its university from applying for the same need once more.
    #[must_use]
    pub const fn is_living(self) -> bool {
        !matches!(self, Self::Withdrawn)
    }

    /// What is typed in it is still to be handed in.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Signing | Self::ReturnedForCorrection)
    }

    /// Its formal check is passed.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted)
    }

    /// Counts against 限额申报: chosen inside the university, and handed in.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Draft | Self::Signing | Self::Withdrawn)
    }
}

/// The number that people see once the seal is opened: `A2026-0031`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The cycle's name: its year.
    pub cycle: String,
    /// Counted from 1 in the order of a keyed hash: it says nothing of who came first.
    pub seq: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A{}-{:04}", self.cycle, self.seq)
    }
}

/// How an application is named in addresses and on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// `A2026-0031`.
    Number(Number),
    /// `draft-{id}`, until its seal is opened.
    Draft(ApplicationId),
}

impl Name {
    /// Reads either form; small letters and missing zeros make no difference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = text.strip_prefix("draft-") {
            return id.parse().ok().map(Self::Draft);
        }
        let (cycle, seq) = text.strip_prefix(['A', 'a'])?.rsplit_once('-')?;
        let is_figures = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let is_name = cycle.starts_with(|c: char| c.is_ascii_digit())
            && cycle.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_name || !is_figures(seq) {
            return None;
        }
        Some(Self::Number(Number { cycle: cycle.to_ascii_uppercase(), seq: seq.parse().ok()? }))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Draft(id) => write!(f, "draft-{id}"),
        }
    }
}

/// What a partner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartnerKind {
    /// 高校.
    University,
    /// 学校.
    School,
    /// 企业.
    Enterprise,
}

impl PartnerKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::University, Self::School, Self::Enterprise];
}

/// Who takes part beside the university and the need's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    pub kind: PartnerKind,
    pub name: String,
}

/// 负责人: who answers for the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    /// 职务职称.
    pub title: String,
    pub phone: String,
}

/// A person of the team, as the text names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub name: String,
    pub title: String,
    /// What they do in it.
    pub task: String,
}

/// What is promised, by form of cooperation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    pub form: Form,
    /// What 其他 means.
    pub other: String,
    pub count: u32,
    pub unit: String,
    pub due: Date,
}

/// A step of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub due: Date,
    pub what: String,
}

/// What is expected of one of the need's own indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// As the need names it.
    pub indicator: String,
    pub unit: String,
    /// A number with at most two decimals, as text.
    pub target: String,
    /// 如何达到.
    pub how: String,
}

/// An application as it was submitted: checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub title_en: String,
    pub partners: Vec<Partner>,
    pub person: Person,
    pub team: Vec<Colleague>,
    pub plan: String,
    pub risk: String,
    pub deliverables: Vec<Deliverable>,
    /// By date.
    pub milestones: Vec<Milestone>,
    pub benefit: String,
    /// One for each indicator of the need, in its order.
    pub promises: Vec<Promise>,
    /// 申请经费: asked of the programme.
    pub asked: Fen,
    /// 自筹与配套: everything else.
    pub matched: Fen,
    pub lines: Vec<Line>,
    pub basis: String,
    /// 盖章页, bound to what it was printed from.
    pub sealed_page: Attached,
    pub attachments: Vec<Attached>,
}

impl Content {
    /// Whether it promises money of the university's own: its finance office signs then.
    #[must_use]
    pub fn own_funds(&self) -> bool {
        self.lines.iter().any(|line| line.source == Source::Own && line.amount > Fen::ZERO)
    }
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub id: ApplicationId,
    pub cycle: CycleId,
    /// The cycle's name: part of the number.
    pub cycle_name: String,
    /// Given when the seals are opened.
    pub seq: Option<u32>,
    pub need: NeedId,
    pub university: OrgId,
    pub state: State,
    /// As typed; what stands in it counts when it is submitted.
    pub draft: ApplicationDraft,
    /// As last submitted.
    pub content: Option<Content>,
    /// How often it was submitted.
    pub submissions: u32,
    /// Whom its university has given a part in it; one of them leads.
    pub members: Vec<Member>,
    /// Who is to have a part in it once they have an account.
    pub awaited: Vec<Awaited>,
    /// Who has ever written in it: none of them signs it.
    pub writers: Vec<AccountId>,
    /// Set while it is returned.
    pub returned: Option<Return>,
    pub changed_at: Instant,
    /// Last submission.
    pub submitted_at: Option<Instant>,
    /// When its seal was opened: until then nobody outside its university knows of it.
    pub opened_at: Option<Instant>,
    pub accepted_at: Option<Instant>,
    pub version: Version,
}

impl Application {
    /// How it is named in addresses.
    #[must_use]
    pub fn name(&self) -> Name {
        match self.seq {
            Some(seq) => Name::Number(Number { cycle: self.cycle_name.clone(), seq }),
            None => Name::Draft(self.id),
        }
    }

    /// Its title: as submitted, or as typed so far.
    #[must_use]
    pub fn title(&self) -> &str {
        match (&self.content, self.state) {
            (Some(content), state) if !matches!(state, State::Draft | State::Signing) => &content.title,
            _ => &self.draft.title,
        }
    }

    /// The record as sign-off knows it.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject { kind: Kind::Application, id: self.id.0 }
    }

    /// Who has prepared it: who leads it, and everyone who has written in it. None of them signs.
    #[must_use]
    pub fn preparers(&self) -> Vec<AccountId> {
        let lead = self.leader().filter(|leader| !self.writers.contains(leader));
        lead.into_iter().chain(self.writers.iter().copied()).collect()
    }

    /// 签署: who is asked first where they may sign a step of the chain.
    #[must_use]
    pub fn signatories(&self) -> Vec<AccountId> {
        let signs = self.members.iter().filter(|member| member.duty == Duty::Signatory);
        signs.map(|member| member.account).collect()
    }

    /// The application after `account` has written in it.
    #[must_use]
    pub fn written_by(mut self, account: AccountId) -> Self {
        if !self.writers.contains(&account) {
            self.writers.push(account);
        }
        self
    }

    /// Who leads it.
    #[must_use]
    pub fn leader(&self) -> Option<AccountId> {
        self.members.iter().find(|member| member.duty == Duty::Lead).map(|member| member.account)
    }
}

#[cfg(test)]
mod tests;
