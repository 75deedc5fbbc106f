//! Who sets chains, who asks for sign-off, who signs, and who sees it.

use super::{Chain, Kind, Round, State, Step, When};
use crate::kernel::{AccountId, Actor, Offer, OrgId, RefusalKind, Role, Rule, rule};
use crate::org::Organisation;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is done on the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 提请签发.
    Ask,
    /// 同意: one step is signed; the last one lets it go.
    Sign,
    /// 退回, with a reason.
    SendBack,
    /// 收回, by who prepares it.
    Recall,
    /// 作废: what stands in it was changed.
    Void,
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 5] = [Self::Ask, Self::Sign, Self::SendBack, Self::Recall, Self::Void];
}

/// A relation to what leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// 经办: who may prepare it in its organisation.
    Preparer,
    /// Who may sign the step whose turn it is.
    Signer,
    /// The system, when what stands in it changes.
    System,
}

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SignOffRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// What leaves this kind of organisation is of another kind.
    DoesNotLeave,
    /// Its organisation has set no chain: it leaves at once.
    NoChain,
    /// Not in this state.
    WrongState { state: State },
    /// Another step is to be signed first.
    NotYourStep { post: String },
    /// Who prepared it does not sign it.
    Prepared,
    /// One person signs one step.
    SignedAlready,
    /// What stands in it is another than what was asked for.
    Changed,
    /// Nobody who may sign this step could: their accounts are disabled, or they prepared it.
    Vacant { post: String },
    /// Who signs must have changed it: only one of those who sign, or an administrator, changes a chain that is set.
    SignersOnly,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotYours | Self::DoesNotLeave | Self::SignersOnly => RefusalKind::NotYours,
            Self::NoChain
            | Self::WrongState { .. }
            | Self::NotYourStep { .. }
            | Self::Prepared
            | Self::SignedAlready
            | Self::Changed
            | Self::Vacant { .. } => RefusalKind::NotNow,
        }
    }
}

const PREPARER: &[Party] = &[Party::Preparer];
const SIGNER: &[Party] = &[Party::Signer];
const SYSTEM: &[Party] = &[Party::System];

/// The life of a round. One that has ended is followed by a new one.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Preparing, Action::Ask, State::Signing, PREPARER),
    rule(State::SentBack, Action::Ask, State::Signing, PREPARER),
    rule(State::Recalled, Action::Ask, State::Signing, PREPARER),
    rule(State::Voided, Action::Ask, State::Signing, PREPARER),
    // A record that was signed, left, and came back to be corrected is asked for anew.
    rule(State::Signed, Action::Ask, State::Signing, PREPARER),
    rule(State::Signing, Action::Sign, State::Signing, SIGNER),
    rule(State::Signing, Action::Sign, State::Signed, SIGNER),
    rule(State::Signing, Action::SendBack, State::SentBack, SIGNER),
    rule(State::Signing, Action::Recall, State::Recalled, PREPARER),
    rule(State::Signing, Action::Void, State::Voided, SYSTEM),
];

/// What the rules must know beyond the round.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The chain of the subject's organisation and kind, where one is set.
    pub chain: Option<&'a Chain>,
    /// Accounts of the organisation that are active and could act.
    pub active: &'a BTreeSet<AccountId>,
    /// Who prepared the subject.
    pub preparers: &'a [AccountId],
    /// Whether the subject's own rules let the actor prepare it now.
    pub prepares: bool,
    /// Of what stands in it now.
    pub hash: &'a str,
    /// It promises own funds.
    pub own_funds: bool,
}

/// What the chain of an organisation says to a record that would leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// No chain is set: whoever prepares it lets it go.
    #[default]
    Open,
    /// It must be signed first.
    Closed,
    /// It is signed, in this very transaction.
    Passed,
}

impl Gate {
    /// Where a chain is set, or not, before anything is signed.
    #[must_use]
    pub fn of(chain: Option<&Chain>) -> Self {
        if chain.is_some_and(|chain| !chain.steps.is_empty()) { Self::Closed } else { Self::Open }
    }
}

/// Who works for an organisation and prepares and signs what leaves it.
#[must_use]
pub fn works_for(actor: &Actor, kind: Kind) -> bool {
    roles(kind).iter().any(|role| actor.has(*role))
}

/// Who takes back what was asked: whoever works for its organisation; of an application who asked, for its people have
/// parts of their own.
#[must_use]
pub fn prepares(actor: &Actor, round: &Round) -> bool {
    let kind = round.subject.kind;
    let at_home = actor.org() == Some(round.org) && works_for(actor, kind);
    at_home && (kind != Kind::Application || actor.account() == Some(round.asked_by))
}

/// The roles that prepare and sign this kind of document in an organisation.
#[must_use]
pub const fn roles(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::Need => &[Role::NeedUnit, Role::DistrictBureau],
        Kind::DistrictSummary => &[Role::DistrictBureau],
        Kind::Application => &[Role::University],
        Kind::Report => &[Role::ResponsibleOffice],
    }
}

/// Whether `actor` reads the chain of `org` for `kind`: its own people who work with it, who administer and who watch.
#[must_use]
pub fn sees_chain(actor: &Actor, org: OrgId, kind: Kind) -> bool {
    actor.org() == Some(org) && works_for(actor, kind) || watches(actor)
}

fn watches(actor: &Actor) -> bool {
    *actor == Actor::System || actor.has(Role::SystemAdmin) || actor.has(Role::Auditor)
}

/// Whether `actor` sets the chain of `org` for `kind`, to the steps `after` where they are known. Its own people set the
/// first one. One that is set is changed by who signs last in it, so that nobody takes away those who check them, or by
/// an administrator. Who signs another step hands over that one; where nobody who is `active` could sign a step, its own
/// people hand over that one: the posts, their order and every other hand stay.
///
/// # Errors
/// The reason why not.
pub fn may_set(
    actor: &Actor,
    org: &Organisation,
    kind: Kind,
    before: Option<&Chain>,
    active: &BTreeSet<AccountId>,
    after: Option<&[Step]>,
) -> Result<(), Refusal> {
    if !kind.leaves(org.kind) {
        return Err(Refusal::DoesNotLeave);
    }
    if actor.has(Role::SystemAdmin) {
        return Ok(());
    }
    if actor.org() != Some(org.id) || !works_for(actor, kind) {
        return Err(Refusal::NotYours);
    }
    let steps = before.map(|chain| chain.steps.as_slice()).unwrap_or_default();
    let signs = |step: &Step| actor.account().is_some_and(|account| step.signers.contains(&account));
    let is_vacant = |step: &Step| step.signers.iter().all(|signer| !active.contains(signer));
    let hands_over = |step: &Step| signs(step) || is_vacant(step);
    let like = |before: &Step, after: &Step| before.post == after.post && before.when == after.when;
    let may = steps.last().is_none_or(signs)
        || match after {
            Some(after) => {
                let mut pairs = steps.iter().zip(after);
                steps.len() == after.len()
                    && pairs.all(|(one, other)| {
                        like(one, other) && (one.signers == other.signers || hands_over(one))
                    })
            }
            None => steps.iter().any(hands_over),
        };
    if may { Ok(()) } else { Err(Refusal::SignersOnly) }
}

/// Which rounds somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those by which something has left, of every organisation, but for what lies under seal.
    Left,
    /// Those of this organisation.
    Of(OrgId),
}

/// The rounds of `kind` that `actor` reads; nothing where there are none.
#[must_use]
pub fn scope(actor: &Actor, kind: Kind) -> Option<Scope> {
    if *actor == Actor::System {
        return Some(Scope::All);
    }
    // What is still on its way is a draft, and its organisation's own.
    if actor.has(Role::Auditor) {
        return Some(Scope::Left);
    }
    actor.org().filter(|_| works_for(actor, kind)).map(Scope::Of)
}

/// Whether `actor` reads `round`.
#[must_use]
pub fn visible(actor: &Actor, round: &Round) -> bool {
    match scope(actor, round.subject.kind) {
        Some(Scope::All) => true,
        Some(Scope::Left) => round.state == State::Signed && !round.sealed,
        Some(Scope::Of(org)) => org == round.org,
        None => false,
    }
}

/// Decides whether `actor` may do `action` about a subject of `org`, of which `round` is the last one, and where the
/// round stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    round: Option<&Round>,
    facts: &Facts<'_>,
    action: Action,
) -> Result<State, Refusal> {
    let state = round.map_or(State::Preparing, |round| round.state);
    let parties = parties(actor, round, facts);
    let mine = RULES
        .iter()
        .any(|rule| rule.action == action && rule.parties.iter().any(|party| parties.contains(party)));
    if !mine {
        return Err(Refusal::NotYours);
    }
    if !RULES.iter().any(|rule| rule.from == state && rule.action == action) {
        return Err(Refusal::WrongState { state });
    }
    let chain = facts.chain.filter(|chain| !chain.steps.is_empty());
    match (action, round) {
        (Action::Ask, _) => {
            let chain = chain.ok_or(Refusal::NoChain)?;
            is_manned(chain, facts)?;
            Ok(State::Signing)
        }
        (Action::Sign | Action::SendBack, Some(round)) => {
            signs(actor, round, chain, facts)?;
            Ok(match action {
                Action::Sign if round.signatures.len() + 1 >= round.steps.len() => State::Signed,
                Action::Sign => State::Signing,
                _ => State::SentBack,
            })
        }
        (Action::Recall, _) => Ok(State::Recalled),
        (Action::Void, _) => Ok(State::Voided),
        (Action::Sign | Action::SendBack, None) => Err(Refusal::WrongState { state }),
    }
}

/// Whether `actor` signs the step whose turn it is.
fn signs(actor: &Actor, round: &Round, chain: Option<&Chain>, facts: &Facts<'_>) -> Result<(), Refusal> {
    let account = actor.account().ok_or(Refusal::NotYours)?;
    if round.preparers.contains(&account) || facts.preparers.contains(&account) {
        return Err(Refusal::Prepared);
    }
    if round.signatures.iter().any(|signature| signature.by == account) {
        return Err(Refusal::SignedAlready);
    }
    if round.hash != facts.hash {
        return Err(Refusal::Changed);
    }
    let chain = chain.ok_or(Refusal::NoChain)?;
    let step = round.next().and_then(|at| chain.step(at)).ok_or(Refusal::Changed)?;
    if step.signers.contains(&account) {
        Ok(())
    } else {
        Err(Refusal::NotYourStep { post: step.post.clone() })
    }
}

/// Each step that will be asked has somebody who can sign it, and who signs no other.
fn is_manned(chain: &Chain, facts: &Facts<'_>) -> Result<(), Refusal> {
    let asked: Vec<&Step> =
        chain.steps.iter().filter(|step| facts.own_funds || step.when == When::Always).collect();
    let could = |account: &AccountId| facts.active.contains(account) && !facts.preparers.contains(account);
    let signers: Vec<&[AccountId]> = asked.iter().map(|step| step.signers.as_slice()).collect();
    match first_unmanned(&signers, &could) {
        Some(at) => {
            Err(Refusal::Vacant { post: asked.get(at).map(|it| it.post.clone()).unwrap_or_default() })
        }
        None => Ok(()),
    }
}

/// The first step, counted from 0, that is left without a hand of its own, whoever of those who `could` sign signs which
/// of the steps before it.
pub(super) fn first_unmanned(steps: &[&[AccountId]], could: &dyn Fn(&AccountId) -> bool) -> Option<usize> {
    let mut hands = BTreeMap::new();
    (0..steps.len()).find(|at| !finds_hand(*at, steps, could, &mut hands, &mut BTreeSet::new()))
}

/// Finds a hand for the step `at`; whoever has one already is asked to give it up for another.
fn finds_hand(
    at: usize,
    steps: &[&[AccountId]],
    could: &dyn Fn(&AccountId) -> bool,
    hands: &mut BTreeMap<AccountId, usize>,
    tried: &mut BTreeSet<AccountId>,
) -> bool {
    for account in steps.get(at).copied().unwrap_or_default().iter().filter(|account| could(account)) {
        if !tried.insert(*account) {
            continue;
        }
        let holder = hands.get(account).copied();
        if holder.is_none_or(|other| finds_hand(other, steps, could, hands, tried)) {
            hands.insert(*account, at);
            return true;
        }
    }
    false
}

fn parties(actor: &Actor, round: Option<&Round>, facts: &Facts<'_>) -> BTreeSet<Party> {
    let mut parties = BTreeSet::new();
    if facts.prepares {
        parties.insert(Party::Preparer);
    }
    let account = actor.account();
    let named = |step: &Step| account.is_some_and(|account| step.signers.contains(&account));
    let at_home = round.is_none_or(|round| actor.org() == Some(round.org));
    if at_home && facts.chain.is_some_and(|chain| chain.steps.iter().any(named)) {
        parties.insert(Party::Signer);
    }
    if *actor == Actor::System {
        parties.insert(Party::System);
    }
    parties
}

/// What `actor` can do, barred actions with their reasons; what is never theirs is left out, and so is what does not
/// belong to this state or to an organisation without a chain.
#[must_use]
pub fn offers(actor: &Actor, round: Option<&Round>, facts: &Facts<'_>) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter(|action| *action != Action::Void)
        .filter_map(|action| match decide(actor, round, facts, action) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. } | Refusal::NoChain) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}
