//! Applications 申报.

use crate::{ByHand, Client, Error, Upload};
use ronghe_contract::Page;
use ronghe_contract::application::{
    ActOnApplication, ApplicationRow, ApplicationView, BeginningView, ColleagueView, ComparedVersions,
    FiledView, InviteMembers, StartApplication, UnitOpinionView, VersionRow,
};
use ronghe_contract::audit::EventView;
use ronghe_domain::application::{ApplicationDraft, OpinionDraft};
use ronghe_domain::kernel::AttachmentId;
use serde::Serialize;

/// What a list of applications is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListApplications {
    /// Words in what the caller reads of an application, or its number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Name of the cycle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub year: String,
    /// States separated by commas, such as `formal_check,accepted`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Slug of the university.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub university: String,
    /// Number of a need.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub need: String,
    /// Of the need's unit: `given` or `open`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub opinion: String,
    /// `changed` or `number`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on applications.
impl Client {
    /// Applications that the caller may see, last changed first.
    ///
    /// # Errors
    /// 422 for a word that is none of the known ones.
    pub async fn list_applications(&self, query: &ListApplications) -> Result<Page<ApplicationRow>, Error> {
        self.list(&["applications"], query).await
    }

    /// One application whole.
    ///
    /// # Errors
    /// 404 where it is unknown, sealed or not visible.
    pub async fn show_application(&self, name: &str) -> Result<ApplicationView, Error> {
        self.get(&["applications", name]).await
    }

    /// Whether the caller's university can apply for a need.
    ///
    /// # Errors
    /// 404 where the need is unknown or not visible.
    pub async fn show_beginning(&self, need: &str) -> Result<BeginningView, Error> {
        self.get(&["needs", need, "application"]).await
    }

    /// Begins an application for a listed need.
    ///
    /// # Errors
    /// 403 for who applies for none, 409 outside the window or where the university has one.
    pub async fn start_application(&self, body: &StartApplication) -> Result<ApplicationView, Error> {
        self.post(&["applications"], body).await
    }

    /// Keeps what was typed; it may be incomplete. `version` is that of the view that was typed in.
    ///
    /// # Errors
    /// 412 where someone else was faster, 422 for fields that are not open to the caller.
    pub async fn save_application(
        &self,
        name: &str,
        version: &str,
        draft: &ApplicationDraft,
    ) -> Result<ApplicationView, Error> {
        self.put_seen(&["applications", name, "draft"], version, draft).await
    }

    /// Submits, reopens, withdraws, accepts or returns an application.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn act_on_application(
        &self,
        name: &str,
        version: &str,
        action: &ActOnApplication,
    ) -> Result<ApplicationView, Error> {
        self.post_seen(&["applications", name, "actions"], version, action).await
    }

    /// Says who has which part in an application: the team as a whole.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for people who are not of the university.
    pub async fn invite_members(
        &self,
        name: &str,
        version: &str,
        body: &InviteMembers,
    ) -> Result<ApplicationView, Error> {
        self.post_seen(&["applications", name, "members"], version, body).await
    }

    /// Says what the caller's unit thinks of an application for its need, or says it anew; `version` is that of what was
    /// said so far.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn give_unit_opinion(
        &self,
        name: &str,
        version: &str,
        draft: &OpinionDraft,
    ) -> Result<UnitOpinionView, Error> {
        self.post_seen(&["applications", name, "opinion"], version, draft).await
    }

    /// Who can be invited: the active accounts of the caller's university.
    ///
    /// # Errors
    /// 404 for who is of none.
    pub async fn list_colleagues(&self) -> Result<Page<ColleagueView>, Error> {
        self.get(&["applications", "colleagues"]).await
    }

    /// What was submitted, each time.
    ///
    /// # Errors
    /// 404 where the application is not visible.
    pub async fn list_application_versions(&self, name: &str) -> Result<Page<VersionRow>, Error> {
        self.get(&["applications", name, "versions"]).await
    }

    /// Two versions side by side.
    ///
    /// # Errors
    /// 404 where the application is not visible, or has no such version.
    pub async fn compare_application_versions(
        &self,
        name: &str,
        before: u32,
        after: u32,
    ) -> Result<ComparedVersions, Error> {
        self.get(&["applications", name, "versions", &before.to_string(), &after.to_string()]).await
    }

    /// Adds a file to an application that is being written.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 413 where it is too large, 422 where it is of no kind that is taken.
    pub async fn attach_to_application(
        &self,
        name: &str,
        file_name: &str,
        file: Upload,
    ) -> Result<FiledView, Error> {
        self.post_file(&["applications", name, "attachments"], file_name, file).await
    }

    /// Adds the sealed page, a PDF, in place of the one before; `code` is what is printed on it.
    ///
    /// # Errors
    /// Likewise; 409 where something else is typed by now.
    pub async fn seal_application(
        &self,
        name: &str,
        code: &str,
        file_name: &str,
        file: Upload,
    ) -> Result<FiledView, Error> {
        self.post_file(&["applications", name, "codes", code, "sealed-page"], file_name, file).await
    }

    /// Adding an attachment, for a page to send it by hand.
    ///
    /// # Errors
    /// Where the name cannot stand in an address.
    pub fn attach_to_application_by_hand(&self, name: &str, file_name: &str) -> Result<ByHand, Error> {
        self.by_hand(&["applications", name, "attachments"], file_name)
    }

    /// Adding the sealed page on which `code` is printed, for a page to send it by hand.
    ///
    /// # Errors
    /// Likewise.
    pub fn seal_application_by_hand(&self, name: &str, code: &str, file_name: &str) -> Result<ByHand, Error> {
        self.by_hand(&["applications", name, "codes", code, "sealed-page"], file_name)
    }

    /// The content of a file.
    ///
    /// # Errors
    /// 404 where there is none that the caller sees.
    pub async fn download_from_application(&self, name: &str, id: AttachmentId) -> Result<Vec<u8>, Error> {
        self.bytes(&["applications", name, "attachments", &id.to_string()]).await
    }

    /// What happened to an application since its seal was opened, newest first.
    ///
    /// # Errors
    /// 404 where it is not visible.
    pub async fn list_application_events(&self, name: &str) -> Result<Page<EventView>, Error> {
        self.get(&["applications", name, "events"]).await
    }

    /// Takes a file away from what is written.
    ///
    /// # Errors
    /// 404 where there is no such file.
    pub async fn detach_from_application(&self, name: &str, id: AttachmentId) -> Result<(), Error> {
        self.delete(&["applications", name, "attachments", &id.to_string()]).await
    }
}
