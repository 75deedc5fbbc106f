//! Finds the organisation or group that a document means by a name, and the nearest where there is none.

use super::{Group, OrgKind, Organisation};
use crate::kernel::{Actor, Date, GroupId, OrgId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All organisations and groups that names are looked up in.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub orgs: Vec<Organisation>,
    pub groups: Vec<Group>,
}

/// Whom a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One organisation.
    Org(OrgId),
    /// All members of a group.
    Group(GroupId),
}

/// A known name that is like an unknown one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Candidate {
    pub target: Target,
    pub name: String,
    /// 0 to 100: shared pairs of characters of all pairs, and letters in order.
    pub likeness: u8,
}

/// What a look-up gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The official name, or a registered alias.
    Known(Target),
    /// No such name; the nearest known ones, best first, at most five.
    Unknown(Vec<Candidate>),
}

impl Directory {
    /// Looks `name` up as it is printed: white space and half-width brackets make no difference.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Resolution {
        let wanted = fold(name);
        let exact = self.names().find(|(_, known)| fold(known) == wanted).map(|(target, _)| target);
        exact.map_or_else(|| Resolution::Unknown(self.nearest(&wanted)), Resolution::Known)
    }

    /// The members of `group` on `day`, in their order.
    #[must_use]
    pub fn members(&self, group: GroupId, day: Date) -> Vec<&Organisation> {
        let Some(group) = self.group(group) else { return Vec::new() };
        let mut members: Vec<_> =
            self.orgs.iter().filter(|org| group.members.holds(org) && org.exists_on(day)).collect();
        members.sort_by_key(|org| (org.leading_group_seat.unwrap_or(u16::MAX), org.position, org.id));
        members
    }

    /// The organisation `id`.
    #[must_use]
    pub fn org(&self, id: OrgId) -> Option<&Organisation> {
        self.orgs.iter().find(|org| org.id == id)
    }

    /// The organisation with `slug`.
    #[must_use]
    pub fn org_by_slug(&self, slug: &str) -> Option<&Organisation> {
        self.orgs.iter().find(|org| org.slug == slug)
    }

    /// The organisation directly above the one that `actor` belongs to.
    #[must_use]
    pub fn superior(&self, actor: &Actor) -> Option<OrgId> {
        self.org(actor.org()?)?.parent
    }

    /// The group `id`.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Whether `target` is in the directory.
    #[must_use]
    pub fn knows(&self, target: Target) -> bool {
        match target {
            Target::Org(id) => self.org(id).is_some(),
            Target::Group(id) => self.group(id).is_some(),
        }
    }

    /// Every organisation and group that a unit of a document can mean, groups first.
    #[must_use]
    pub fn choices(&self) -> Vec<Candidate> {
        let choice = |target, name: &String| Candidate { target, name: name.clone(), likeness: 0 };
        let groups = self.groups.iter().map(|group| choice(Target::Group(group.id), &group.name));
        let offices = self
            .orgs
            .iter()
            .filter(|org| !matches!(org.kind, OrgKind::School | OrgKind::University))
            .map(|org| choice(Target::Org(org.id), &org.name));
        groups.chain(offices).collect()
    }

    /// Whether `org` is meant by `target` on `day`.
    #[must_use]
    pub fn includes(&self, target: Target, org: OrgId, day: Date) -> bool {
        match target {
            Target::Org(id) => id == org,
            Target::Group(id) => self.group(id).is_some_and(|group| {
                self.org(org).is_some_and(|org| group.members.holds(org) && org.exists_on(day))
            }),
        }
    }

    fn names(&self) -> impl Iterator<Item = (Target, &str)> {
        let orgs = self.orgs.iter().flat_map(|org| {
            std::iter::once(org.name.as_str())
                .chain(org.aliases.iter().map(String::as_str))
                .map(move |name| (Target::Org(org.id), name))
        });
        let groups = self.groups.iter().flat_map(|group| {
            std::iter::once(group.name.as_str())
                .chain(group.aliases.iter().map(String::as_str))
                .map(move |name| (Target::Group(group.id), name))
        });
        orgs.chain(groups)
    }

    fn nearest(&self, wanted: &str) -> Vec<Candidate> {
        let mut best: BTreeMap<Target, Candidate> = BTreeMap::new();
        for (target, name) in self.names() {
            let likeness = likeness(wanted, &fold(name));
            if likeness < 20 {
                continue;
            }
            let candidate = Candidate { target, name: name.to_owned(), likeness };
            best.entry(target)
                .and_modify(|kept| {
                    if kept.likeness < likeness {
                        *kept = candidate.clone();
                    }
                })
                .or_insert(candidate);
        }
        let mut best: Vec<_> = best.into_values().collect();
        best.sort_by(|a, b| b.likeness.cmp(&a.likeness).then_with(|| a.name.cmp(&b.name)));
        best.truncate(5);
        best
    }
}

/// The choices whose names hold `words`: first those that hold them as they stand, then those that hold their
/// letters in order (体卫艺处 finds 体育卫生与艺术教育处). Nothing is found without words.
#[must_use]
pub fn matching<'a>(choices: &'a [Candidate], words: &str) -> Vec<&'a Candidate> {
    let wanted = fold(words);
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |name: &str| name.contains(&wanted);
    let in_order = |name: &str| {
        let mut letters = name.chars();
        wanted.chars().all(|letter| letters.any(|c| c == letter))
    };
    let named = || choices.iter().map(|choice| (choice, fold(&choice.name)));
    let whole = named().filter(|(_, name)| holds(name));
    let scattered = named().filter(|(_, name)| !holds(name) && in_order(name));
    whole.chain(scattered).map(|(choice, _)| choice).collect()
}

/// One spelling for comparing: no white space, full-width brackets, no trailing 等.
pub(crate) fn fold(name: &str) -> String {
    let folded: String = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect();
    folded.strip_suffix('等').map_or(folded.clone(), str::to_owned)
}

/// Likeness of two names, 0 to 100: the share of characters kept in order (longest common subsequence),
/// so that a short form such as 体卫艺处 is near 体育卫生与艺术教育处. Cost `O(n·m)` on short names.
fn likeness(a: &str, b: &str) -> u8 {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let mut row = vec![0_usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or(0);
            let left = row.get(at).copied().unwrap_or(0);
            let here = if x == y { diagonal + 1 } else { above.max(left) };
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = here;
            }
            diagonal = above;
        }
    }
    let common = row.last().copied().unwrap_or(0);
    // A name all of whose characters stand in the other in order counts more than its length says.
    let shorter = a.len().min(b.len());
    let share = (common * 200) / (a.len() + b.len());
    let inside = if common == shorter { 20 } else { 0 };
    u8::try_from((share + inside).min(99)).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Target, matching};
    use crate::kernel::OrgId;

    #[test]
    fn names_are_found_by_their_letters() {
        let choices = ["体育卫生与艺术教育处", "艺术学校", "基础教育处", "市教研院"].map(|name| Candidate {
            target: Target::Org(OrgId(Default::default())),
            name: name.to_owned(),
            likeness: 0,
        });
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<&str> =
                matching(&choices, words).into_iter().map(|found| found.name.as_str()).collect();
            assert_eq!(found, expected, "{words}");
        };
        check("体卫艺处", &["体育卫生与艺术教育处"]);
        check("教育处", &["体育卫生与艺术教育处", "基础教育处"]);
        check("基 础", &["基础教育处"]);
        check("教院", &["市教研院"]);
        check("艺校", &["艺术学校"]);
        check("处教", &[]);
        check(" ", &[]);
    }
}
