//! Organisations and groups.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::measure::LeadingGroupView;
use ronghe_contract::org::{
    GroupView, ImportOrganisations, ImportedOrganisations, OrgRef, OrgView, Reveal, RevealedContacts,
};
use ronghe_domain::org::OrgDraft;
use serde::Serialize;

/// What a list of organisations is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListOrganisations {
    /// Words in a name or alias.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Kinds separated by commas, such as `office,district`; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Slug of the organisation above.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
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

    /// Makes an organisation.
    ///
    /// # Errors
    /// 403 for all but system administrators, 422 for its fields.
    pub async fn create_organisation(&self, draft: &OrgDraft) -> Result<OrgView, Error> {
        self.post(&["organisations"], draft).await
    }

    /// An empty table for organisations, as the bytes of an `.xlsx` file.
    ///
    /// # Errors
    /// 403 for all but system administrators.
    pub async fn organisation_template(&self) -> Result<Vec<u8>, Error> {
        self.bytes(&["organisations", "template.xlsx"]).await
    }

    /// Makes the organisations of a table, all or none; a preview only checks.
    ///
    /// # Errors
    /// 403 for all but system administrators, 422 with each cell that does not hold.
    pub async fn import_organisations(
        &self,
        body: &ImportOrganisations,
    ) -> Result<ImportedOrganisations, Error> {
        self.post(&["organisations", "import"], body).await
    }

    /// Changes an organisation that was seen in `version`; its name in addresses stays.
    ///
    /// # Errors
    /// 403 for all but system administrators, 412 where someone else was faster, 422 for its fields.
    pub async fn change_organisation(
        &self,
        slug: &str,
        version: &str,
        draft: &OrgDraft,
    ) -> Result<OrgView, Error> {
        self.put_seen(&["organisations", slug], version, draft).await
    }

    /// Who answers for an organisation with the telephones whole, for a reason that is kept.
    ///
    /// # Errors
    /// 403 for those who do not have to call it, 422 without a reason.
    pub async fn reveal_organisation(&self, slug: &str, body: &Reveal) -> Result<RevealedContacts, Error> {
        self.post(&["organisations", slug, "reveal"], body).await
    }

    /// Wordings that stand for several organisations, and for whom today.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_groups(&self) -> Result<Vec<GroupView>, Error> {
        self.get(&["groups"]).await
    }

    /// The leading group 工作领导小组.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn show_leading_group(&self) -> Result<LeadingGroupView, Error> {
        self.get(&["leading-group"]).await
    }
}
