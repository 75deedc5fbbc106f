//! Organisations and groups.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::org::{GroupView, OrgRef, OrgView};
use ronghe_domain::org::OrgKind;
use serde::{Serialize, Serializer};

/// What a list of organisations is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListOrganisations {
    /// Words in a name or alias.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Any of these; all where empty.
    #[serde(rename = "kind", skip_serializing_if = "Vec::is_empty", serialize_with = "by_commas")]
    pub kinds: Vec<OrgKind>,
    /// Slug of the organisation above.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Operations on organisations.
impl Client {
    /// Organisations in the order of their kinds.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_organisations(&self, query: &ListOrganisations) -> Result<Page<OrgRef>, Error> {
        self.list(&["organisations"], query).await
    }

    /// One organisation with the measures that name it.
    ///
    /// # Errors
    /// 404 where it is unknown.
    pub async fn show_organisation(&self, slug: &str) -> Result<OrgView, Error> {
        self.get(&["organisations", slug]).await
    }

    /// Wordings that stand for several organisations, and for whom today.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_groups(&self) -> Result<Vec<GroupView>, Error> {
        self.get(&["groups"]).await
    }
}

fn by_commas<S: Serializer>(kinds: &[OrgKind], to: S) -> Result<S::Ok, S::Error> {
    let words = kinds
        .iter()
        .map(|kind| serde_json::to_value(kind).map_err(serde::ser::Error::custom))
        .collect::<Result<Vec<_>, _>>()?;
    to.serialize_str(&words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(","))
}
