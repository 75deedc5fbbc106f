//! The register as everyone sees it: the directory and the published documents, kept in memory until a
//! command changes them.

use crate::need_list::PublishedList;
use crate::{App, Error};
use jiff::SignedDuration;
use ronghe_domain::cycle::rules::visible;
use ronghe_domain::cycle::{Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{Actor, CycleId, Date, Instant, NeedId, OrgId, day_in_shanghai};
use ronghe_domain::need::Ranking;
use ronghe_domain::org::{Directory, Organisation, Target};
use ronghe_domain::policy::rules::{Scope, Status, status};
use ronghe_domain::policy::{Content, Measure, Policy, UnitRole};
use ronghe_domain::profile::Profile;
use ronghe_domain::sign_off::{Chain, Gate, Kind};
use ronghe_store::need::district::ranking;
use ronghe_store::{Backend, cycle, org, policy, profile, sign_off};
use std::collections::HashMap;
use std::sync::Arc;

/// The register on one day.
#[derive(Clone, Debug)]
pub struct Register {
    pub directory: Arc<Directory>,
    /// Published documents, newest issue first.
    pub policies: Vec<Arc<Policy>>,
    /// Opened cycles, newest year first, rehearsals behind them.
    pub cycles: Vec<Arc<Cycle>>,
    /// Cycles in preparation, which few may see.
    pub preparing: Vec<Arc<Cycle>>,
    /// Published need lists, in the order of publication.
    pub lists: Vec<Arc<PublishedList>>,
    /// Chains that organisations have set.
    pub chains: Vec<Chain>,
    /// Orders in which bureaus have put their needs.
    pub rankings: Vec<Ranking>,
    /// What universities offer, in the order of their ids.
    pub profiles: Vec<Arc<Profile>>,
    /// Places in the order of its district, of each need that is ranked.
    ranks: HashMap<NeedId, u32>,
    /// Places in the directory.
    places: HashMap<OrgId, usize>,
    /// The day on which it is looked at.
    pub today: Date,
}

/// An organisation's part in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub role: UnitRole,
    /// It stands first among the units.
    pub first: bool,
    /// Named as a member of a group.
    pub through: Option<ronghe_domain::kernel::GroupId>,
}

impl Register {
    /// The register on the day `today`; published documents and cycles come in any order but the cycles'
    /// own, newest year first.
    #[must_use]
    pub fn new(
        directory: Directory,
        mut policies: Vec<Arc<Policy>>,
        cycles: Vec<Cycle>,
        today: Date,
    ) -> Self {
        policies.sort_by_key(|policy| std::cmp::Reverse(Self::content(policy).map(|c| c.issue_date)));
        let places = directory.orgs.iter().enumerate().map(|(at, org)| (org.id, at)).collect();
        let cycles = cycles.into_iter().map(Arc::new);
        let (preparing, cycles) = cycles.partition(|cycle| cycle.phase == Phase::Preparing);
        Self {
            directory: Arc::new(directory),
            policies,
            cycles,
            preparing,
            lists: Vec::new(),
            chains: Vec::new(),
            rankings: Vec::new(),
            profiles: Vec::new(),
            ranks: HashMap::new(),
            places,
            today,
        }
    }

    /// The same with these published need lists.
    #[must_use]
    pub fn with_lists(self, lists: Vec<Arc<PublishedList>>) -> Self {
        Self { lists, ..self }
    }

    /// The same with these profiles.
    #[must_use]
    pub fn with_profiles(self, profiles: Vec<Profile>) -> Self {
        Self { profiles: profiles.into_iter().map(Arc::new).collect(), ..self }
    }

    /// What the university `org` offers, where it has said so.
    #[must_use]
    pub fn profile(&self, org: OrgId) -> Option<&Arc<Profile>> {
        self.profiles.iter().find(|profile| profile.org == org)
    }

    /// The published versions of a cycle's need list, the first one first.
    pub fn lists_of(&self, cycle: CycleId) -> impl DoubleEndedIterator<Item = &Arc<PublishedList>> {
        self.lists.iter().filter(move |it| it.list.cycle == cycle)
    }

    /// The same with what organisations have set for themselves.
    #[must_use]
    fn with(mut self, chains: Vec<Chain>, rankings: Vec<Ranking>) -> Self {
        let places = rankings.iter().flat_map(|ranking| ranking.order.iter().zip(1_u32..));
        self.ranks = places.map(|(need, place)| (*need, place)).collect();
        self.chains = chains;
        self.rankings = rankings;
        self
    }

    /// The chain that `org` has set for `kind`.
    #[must_use]
    pub fn chain(&self, org: OrgId, kind: Kind) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.org == org && chain.kind == kind)
    }

    /// What the chain of `org` says to a document of `kind` that would leave.
    #[must_use]
    pub fn gate(&self, org: OrgId, kind: Kind) -> Gate {
        Gate::of(self.chain(org, kind))
    }

    /// The place of a need in the order of its district.
    #[must_use]
    pub fn rank(&self, need: NeedId) -> Option<u32> {
        self.ranks.get(&need).copied()
    }

    /// The organisation `id`, found at once: lists name one or two in each row.
    #[must_use]
    pub fn org(&self, id: OrgId) -> Option<&Organisation> {
        self.directory.orgs.get(*self.places.get(&id)?)
    }

    /// The opened cycle `id`.
    #[must_use]
    pub fn cycle(&self, id: CycleId) -> Option<&Arc<Cycle>> {
        self.cycles.iter().find(|cycle| cycle.id == id)
    }

    /// Opened cycles that are no rehearsals, newest year first: what is told of without being asked for.
    pub fn real(&self) -> impl Iterator<Item = &Arc<Cycle>> {
        self.cycles.iter().filter(|cycle| cycle.rehearsal.is_none())
    }

    /// Opened cycles that are rehearsals: what stands in them stands apart in lists of all.
    #[must_use]
    pub fn rehearsals(&self) -> Vec<CycleId> {
        self.cycles.iter().filter(|cycle| cycle.rehearsal.is_some()).map(|cycle| cycle.id).collect()
    }

    /// The cycles that `actor` may see, newest year first, rehearsals behind them.
    #[must_use]
    pub fn cycles_of(&self, actor: &Actor) -> Vec<Arc<Cycle>> {
        let all = self.preparing.iter().chain(&self.cycles);
        let mut seen: Vec<_> = all.filter(|cycle| visible(actor, cycle)).map(Arc::clone).collect();
        seen.sort_by_key(|cycle| {
            let CycleYear { year, rehearsal } = cycle.year();
            (rehearsal > 0, std::cmp::Reverse(year), rehearsal)
        });
        seen
    }

    /// The document with this name in addresses.
    #[must_use]
    pub fn policy(&self, slug: &str) -> Option<&Arc<Policy>> {
        self.policies.iter().find(|policy| policy.slug == slug)
    }

    /// The document that is in force, the newest where there are several; else the newest.
    #[must_use]
    pub fn current(&self) -> Option<&Arc<Policy>> {
        self.policies
            .iter()
            .find(|policy| status(policy, self.today) == Some(Status::InForce))
            .or_else(|| self.policies.first())
    }

    /// What `policy` says, where it is published.
    #[must_use]
    pub fn content(policy: &Policy) -> Option<&Content> {
        policy.published.as_ref().map(|published| &published.content)
    }

    /// The part of `org` in `measure`: named itself before named by a group.
    #[must_use]
    pub fn part(&self, measure: &Measure, org: OrgId) -> Option<Part> {
        let mut through = None;
        for (at, unit) in measure.units.iter().enumerate() {
            match unit.target {
                Target::Org(id) if id == org => {
                    return Some(Part { role: unit.role, first: at == 0, through: None });
                }
                Target::Group(group) if self.directory.includes(unit.target, org, self.today) => {
                    through.get_or_insert(Part { role: unit.role, first: at == 0, through: Some(group) });
                }
                _ => {}
            }
        }
        through
    }

    /// Offices, institutions and district bureaus that a measure of `content` names, in their order.
    #[must_use]
    pub fn responsible(&self, content: &Content) -> Vec<&Organisation> {
        let mut named: Vec<_> = self
            .directory
            .orgs
            .iter()
            .filter(|org| content.measures().any(|measure| self.part(measure, org.id).is_some()))
            .collect();
        named.sort_by_key(|org| (org.kind, org.leading_group_seat.unwrap_or(u16::MAX), org.position));
        named
    }
}

/// How long another process of the same database may not know of a change.
const PATIENCE: SignedDuration = SignedDuration::from_secs(1);

/// What is kept in memory, and since when.
pub(crate) struct Kept {
    register: Arc<Register>,
    at: Instant,
}

impl App {
    /// The register today.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn register(&self) -> Result<Arc<Register>, Error> {
        let now = self.now();
        if let Some(kept) = self.still_holds(self.inner.register.read().await.as_ref(), now) {
            return Ok(kept);
        }
        let mut slot = self.inner.register.write().await;
        // Whoever waited here finds what the first one has read.
        if let Some(kept) = self.still_holds(slot.as_ref(), now) {
            return Ok(kept);
        }
        let register = Arc::new(self.load_register(self.today()).await?);
        *slot = Some(Kept { register: Arc::clone(&register), at: now });
        Ok(register)
    }

    /// What is kept, while nobody can have changed it: on PostgreSQL another process may.
    fn still_holds(&self, kept: Option<&Kept>, now: Instant) -> Option<Arc<Register>> {
        let Kept { register, at } = kept?;
        let is_shared = self.db().backend() == Backend::Postgres;
        let is_young = !is_shared || now.duration_since(*at) < PATIENCE;
        (is_young && register.today == day_in_shanghai(now)).then(|| Arc::clone(register))
    }

    /// Forgets what is kept: a command has changed it.
    pub(crate) async fn register_changed(&self) {
        *self.inner.register.write().await = None;
    }

    async fn load_register(&self, today: Date) -> Result<Register, Error> {
        let db = self.db().reader();
        let directory = org::directory(db, &self.sealer()).await?;
        let policies = policy::list(db, Scope::Published).await?.into_iter().map(Arc::new).collect();
        let cycles = cycle::list(db, cycle::Scope::All).await?;
        let (chains, rankings) = (sign_off::chains(db).await?, ranking::all(db).await?);
        let lists = self.published_lists(db).await?;
        let profiles = profile::all(db).await?;
        let register = Register::new(directory, policies, cycles, today).with(chains, rankings);
        Ok(register.with_lists(lists).with_profiles(profiles))
    }
}
