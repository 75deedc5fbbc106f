//! Saved views: the filters of a list under a name, for oneself or for one's organisation.
//!
//! A view holds filters and no rows: what it shows is narrowed by the rights of who reads it, each time.

use crate::kernel::field::{at_most, needed};
use crate::kernel::{AccountId, Actor, FieldError, FieldProblem, OrgId, RefusalKind, Version, ViewId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A list that can be looked at through a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ViewedList))]
#[serde(rename_all = "snake_case")]
pub enum List {
    Needs,
    Applications,
    Accounts,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Needs, Self::Applications, Self::Accounts];

    /// The filters that it knows, by their names in addresses.
    #[must_use]
    pub const fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Needs => &["q", "year", "state", "unit", "district", "measure", "sort"],
            Self::Applications => &["q", "year", "state", "university", "need", "opinion", "sort"],
            Self::Accounts => &["q", "org", "role", "state"],
        }
    }

    /// What of `words` narrows it, by the names of its filters: what is empty does not.
    ///
    /// # Errors
    /// Every word under a name that it does not know, and every one that is too long.
    pub fn narrowed(
        self,
        words: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Vec<FieldError>> {
        let known = self.filters();
        let (mut errors, mut filters) = (Vec::new(), BTreeMap::new());
        for (filter, value) in words {
            let path = format!("filters.{filter}");
            if !known.contains(&filter.as_str()) {
                let nearest = known.iter().map(|it| (*it).to_owned()).collect();
                errors.push(FieldError::new(path, FieldProblem::Unknown { got: filter.clone(), nearest }));
                continue;
            }
            let value = at_most(&mut errors, &path, value, FILTER_MOST);
            if !value.is_empty() {
                filters.insert(filter.clone(), value);
            }
        }
        if errors.is_empty() { Ok(filters) } else { Err(errors) }
    }
}

/// Most views that a person has of one list.
pub const MOST: usize = 20;
/// Most characters of a name.
pub const NAME_MOST: usize = 20;
/// Most characters of one filter.
pub const FILTER_MOST: usize = 200;

/// Filters under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub id: ViewId,
    pub list: List,
    pub owner: AccountId,
    /// The organisation in which its owner saved it.
    pub org: OrgId,
    pub name: String,
    /// What the address says, by the names of [`List::filters`].
    pub filters: BTreeMap<String, String>,
    /// Everyone of the organisation sees it.
    pub shared: bool,
    pub version: Version,
}

/// What is done with a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ViewAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Another name, other filters, shared or not.
    Change,
    Delete,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 2] = [Self::Change, Self::Delete];
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ViewRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only who saved it changes it.
    OwnerOnly,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::OwnerOnly => RefusalKind::NotYours,
        }
    }
}

/// Whether `actor` sees it: their own, and those that are shared in the organisation that they are in now.
#[must_use]
pub fn visible(actor: &Actor, view: &View) -> bool {
    actor.account() == Some(view.owner) || (view.shared && actor.org() == Some(view.org))
}

/// Whether `actor` may do `action`.
///
/// # Errors
/// `OwnerOnly` for everybody else.
pub fn decide(actor: &Actor, view: &View, action: Action) -> Result<(), Refusal> {
    match action {
        Action::Change | Action::Delete if actor.account() == Some(view.owner) => Ok(()),
        Action::Change | Action::Delete => Err(Refusal::OwnerOnly),
    }
}

/// What `actor` can do with it.
#[must_use]
pub fn offers(actor: &Actor, view: &View) -> Vec<Action> {
    Action::ALL.into_iter().filter(|action| decide(actor, view, *action).is_ok()).collect()
}

/// What is typed of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewDraft {
    pub list: List,
    pub name: String,
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
    #[serde(default)]
    pub shared: bool,
}

impl ViewDraft {
    /// Checks it against the other views of its owner.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, others: &[View]) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = needed(&mut errors, "name", &self.name, NAME_MOST);
        let others: Vec<&View> = others.iter().filter(|view| view.list == self.list).collect();
        if others.iter().any(|view| view.name == name) {
            errors.push(FieldError::new("name", FieldProblem::Twice { got: name.clone() }));
        } else if others.len() >= MOST {
            errors.push(FieldError::new("name", FieldProblem::TooMany { max: MOST }));
        }
        let filters = self.list.narrowed(&self.filters).unwrap_or_else(|found| {
            errors.extend(found);
            BTreeMap::new()
        });
        if errors.is_empty() { Ok(Self { name, filters, ..self.clone() }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, List, MOST, View, ViewDraft, decide, offers, visible};
    use crate::kernel::{AccountId, Actor, OrgId, Role, Version, ViewId};
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const OWNER: AccountId = AccountId(Uuid::from_u128(1));
    const HOME: OrgId = OrgId(Uuid::from_u128(2));

    fn view(name: &str, shared: bool) -> View {
        View {
            id: ViewId(Uuid::nil()),
            list: List::Needs,
            owner: OWNER,
            org: HOME,
            name: name.into(),
            filters: BTreeMap::new(),
            shared,
            version: Version::FIRST,
        }
    }

    #[test]
    fn a_view_is_its_owners_and_where_it_is_shared_its_organisations() {
        let person = |account, org| Actor::person(account, org, [Role::LeadOffice]);
        let (other, elsewhere) = (AccountId(Uuid::from_u128(3)), OrgId(Uuid::from_u128(4)));
        let check = |actor: &Actor, shared, sees, changes| {
            let view = view("遴选", shared);
            assert_eq!(visible(actor, &view), sees);
            assert_eq!(decide(actor, &view, Action::Delete).is_ok(), changes);
            assert_eq!(offers(actor, &view).len(), if changes { 2 } else { 0 });
        };
        check(&person(OWNER, HOME), false, true, true);
        check(&person(other, HOME), false, false, false);
        check(&person(other, HOME), true, true, false);
        check(&person(other, elsewhere), true, false, false);
        check(&Actor::Visitor, true, false, false);
    }

    #[test]
    fn a_view_holds_filters_of_its_list_and_nothing_else() {
        let draft = |name: &str, filters: &[(&str, &str)]| ViewDraft {
            list: List::Needs,
            name: name.into(),
            filters: filters.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            shared: false,
        };
        let paths = |draft: ViewDraft, others: &[View]| {
            let found = draft.check(others).err().unwrap_or_default();
            found.into_iter().map(|it| it.path).collect::<Vec<_>>()
        };
        let good = draft(" 待遴选 ", &[("state", "forwarded"), ("q", " ")]).check(&[]).unwrap();
        assert_eq!((good.name.as_str(), good.filters.len()), ("待遴选", 1));
        assert_eq!(paths(draft("", &[("after", "3.x")]), &[]), ["name", "filters.after"]);
        assert_eq!(paths(draft("遴选", &[]), &[view("遴选", false)]), ["name"]);
        let elsewhere = View { list: List::Accounts, ..view("遴选", false) };
        assert_eq!(paths(draft("遴选", &[]), &[elsewhere]), [""; 0]);
        let many: Vec<View> = (0..MOST).map(|at| view(&at.to_string(), false)).collect();
        assert_eq!(paths(draft("遴选", &[]), &many), ["name"]);
    }
}
