//! Suggestions for listed needs and for universities, kept in memory as long as the list and the profiles stand.

mod compare;

use crate::need_list::PublishedList;
use crate::{App, Caller, Error, Register};
use ronghe_domain::cycle::{Content, Cycle, Weights};
use ronghe_domain::kernel::{Instant, NeedListId, OrgId, Version};
use ronghe_domain::need::{Name, Need};
use ronghe_domain::need_list::document::Listed;
use ronghe_domain::profile::Profile;
use ronghe_domain::suggestion::rules::{
    OfNeed, may_see_needs, may_see_universities, still_open, watches_unanswered,
};
use ronghe_domain::suggestion::{ANSWERS, Affinity};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

pub use compare::{Matches, Suited, compare};

/// Universities that may answer a need, the best first.
///
/// # Errors
/// `Hidden` where the caller does not see the need; where they are not told, or its list is not published.
pub async fn universities(app: &App, caller: &Caller, name: &str) -> Result<Vec<(OrgId, Affinity)>, Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = crate::need::seen(app, caller, name).await?;
    let register = app.register().await?;
    let found = place(&register, &need);
    may_see_universities(&caller.actor, of(&need, found.is_some())).map_err(Error::refused)?;
    let (list, at) = found.ok_or(Error::Hidden)?;
    let matches = app.matches(&register, &list).await?;
    Ok(matches.by_need.get(at).map(|suited| suited.universities.clone()).unwrap_or_default())
}

/// Whether the caller is told which universities may answer a need that they see.
#[must_use]
pub fn tells_universities(caller: &Caller, register: &Register, need: &Need) -> bool {
    may_see_universities(&caller.actor, of(need, place(register, need).is_some())).is_ok()
}

fn of(need: &Need, is_listed: bool) -> OfNeed {
    OfNeed { unit: need.unit, district: need.district, is_listed }
}

/// Where a need stands on the newest published list of its cycle.
fn place(register: &Register, need: &Need) -> Option<(Arc<PublishedList>, usize)> {
    let list = register.lists_of(need.cycle).next_back()?;
    let name = need.name().to_string();
    let at = list.document.needs.iter().position(|it| it.need == name)?;
    Some((Arc::clone(list), at))
}

/// Needs that a university may answer.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// The newest cycle in which universities can still apply, where there is one, and until when.
    pub cycle: Option<(Arc<Cycle>, Instant)>,
    /// The university has said what it offers.
    pub is_profiled: bool,
    /// The best first.
    pub needs: Vec<(Listed, Affinity)>,
}

/// Needs of the newest published list that the caller's university may answer, while it can apply.
///
/// # Errors
/// Where the caller is of no university.
pub async fn needs(app: &App, caller: &Caller) -> Result<Suggested, Error> {
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    may_see_needs(&caller.actor).map_err(Error::refused)?;
    let register = app.register().await?;
    let is_profiled = register.profile(org).is_some();
    let open = register.real().find_map(|cycle| {
        let list = register.lists_of(cycle.id).next_back()?;
        let closes = still_open(cycle, true, app.now()).ok()?;
        Some((Arc::clone(cycle), closes, Arc::clone(list)))
    });
    let Some((cycle, closes, list)) = open else {
        return Ok(Suggested { cycle: None, is_profiled, needs: Vec::new() });
    };
    let matches = app.matches(&register, &list).await?;
    let found = matches.by_university.get(&org).cloned().unwrap_or_default().into_iter();
    let needs = found.filter_map(|(at, it)| Some((list.document.needs.get(at)?.clone(), it))).collect();
    Ok(Suggested { cycle: Some((cycle, closes)), is_profiled, needs })
}

/// A need that is likely to stay unanswered.
#[derive(Clone, Debug)]
pub struct Unanswered {
    pub need: Listed,
    /// The university that comes nearest.
    pub best: Option<(OrgId, u8)>,
}

/// Needs of a cycle's published list that no university answers by an affinity of [`ANSWERS`], those with the least
/// first, while universities can still apply, and until when. Told from the list and the profiles alone: applications
/// make no difference.
///
/// # Errors
/// `Hidden` where the caller does not see the cycle; where they are not told, or the window is not open any more.
pub async fn unanswered(app: &App, caller: &Caller, year: &str) -> Result<(Instant, Vec<Unanswered>), Error> {
    let cycle = crate::cycle::show(app, caller, year).await?;
    watches_unanswered(&caller.actor).map_err(Error::refused)?;
    let register = app.register().await?;
    let list = register.lists_of(cycle.id).next_back().map(Arc::clone);
    let closes = still_open(&cycle, list.is_some(), app.now()).map_err(Error::refused)?;
    let list = list.ok_or(Error::Hidden)?;
    let matches = app.matches(&register, &list).await?;
    let both = list.document.needs.iter().zip(&matches.by_need);
    let few = both.filter(|(_, suited)| suited.best.is_none_or(|(_, score)| score < ANSWERS));
    let mut found: Vec<Unanswered> =
        few.map(|(need, suited)| Unanswered { need: need.clone(), best: suited.best }).collect();
    // Stable: equals stay in the order of the list.
    found.sort_by_key(|it| it.best.map_or(0, |(_, score)| score));
    Ok((closes, found))
}

/// What of a list was compared, and with which profiles.
#[derive(Default)]
pub(crate) struct Compared(Mutex<BTreeMap<NeedListId, (Key, Arc<Matches>)>>);

/// The weights, and the profiles of universities that there are, each in its version. A published list never changes.
type Key = (Weights, Vec<(OrgId, Version)>);

impl App {
    /// What came of comparing a list with the profiles: computed once, as long as no profile changes, nor the weights of its
    /// cycle.
    async fn matches(&self, register: &Register, list: &Arc<PublishedList>) -> Result<Arc<Matches>, Error> {
        let today = register.today;
        let exists = |it: &&Arc<Profile>| register.org(it.org).is_some_and(|org| org.exists_on(today));
        let profiles: Vec<Arc<Profile>> = register.profiles.iter().filter(exists).map(Arc::clone).collect();
        let content = &register.cycle(list.list.cycle).ok_or(Error::Hidden)?.content;
        let key: Key = (content.affinity(), profiles.iter().map(|it| (it.org, it.version)).collect());
        // Whoever waits here finds what the first one has computed.
        let mut kept = self.inner.compared.0.lock().await;
        if let Some((_, found)) = kept.get(&list.list.id).filter(|(of, _)| *of == key) {
            return Ok(Arc::clone(found));
        }
        let list_id = list.list.id;
        let (list, content) = (Arc::clone(list), content.clone());
        let compared = tokio::task::spawn_blocking(move || compared(&list, &content, &profiles));
        let found = Arc::new(compared.await.map_err(Error::internal)?);
        kept.insert(list_id, (key, Arc::clone(&found)));
        Ok(found)
    }
}

fn compared(list: &PublishedList, cycle: &Content, profiles: &[Arc<Profile>]) -> Matches {
    let profiles: Vec<&Profile> = profiles.iter().map(AsRef::as_ref).collect();
    compare(&list.document.needs, cycle.policy, cycle.affinity(), &profiles)
}

#[cfg(test)]
mod tests;
