//! Accounts, as system administrators see them.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::account::{
    AccountDone, AccountRequestView, AccountRow, AccountView, ActOnAccount, ActOnAccountRequest,
    AskForAccounts, ImportAccounts, ImportedAccounts,
};
use ronghe_contract::audit::EventView;
use ronghe_domain::account::AccountDraft;
use ronghe_domain::account::request::AccountRequestDraft;
use serde::Serialize;

/// What a list of accounts is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListAccounts {
    /// Words in login, name or mail.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Slug of the organisation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub org: String,
    /// A role such as `lead_office`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// `invited`, `active`, `disabled` or `pending`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// What a list of requests for accounts is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListAccountRequests {
    /// A state such as `open`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on accounts.
impl Client {
    /// Accounts in the order of their organisations.
    ///
    /// # Errors
    /// 403 for all but system administrators and auditors.
    pub async fn list_accounts(&self, query: &ListAccounts) -> Result<Page<AccountRow>, Error> {
        self.list(&["accounts"], query).await
    }

    /// Makes an account and its invitation.
    ///
    /// # Errors
    /// 422 for its fields.
    pub async fn create_account(&self, draft: &AccountDraft) -> Result<AccountDone, Error> {
        self.post(&["accounts"], draft).await
    }

    /// An empty table for accounts, as the bytes of an `.xlsx` file.
    ///
    /// # Errors
    /// 403 for all but system administrators.
    pub async fn account_template(&self) -> Result<Vec<u8>, Error> {
        self.bytes(&["accounts", "template.xlsx"]).await
    }

    /// Makes the accounts of a table, all or none; a preview only checks.
    ///
    /// # Errors
    /// 422 with each cell that does not hold.
    pub async fn import_accounts(&self, body: &ImportAccounts) -> Result<ImportedAccounts, Error> {
        self.post(&["accounts", "import"], body).await
    }

    /// One account whole.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_account(&self, login: &str) -> Result<AccountView, Error> {
        self.get(&["accounts", login]).await
    }

    /// Invites, resets, disables, enables, grants, changes the post, confirms or rejects.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster.
    pub async fn act_on_account(
        &self,
        login: &str,
        version: &str,
        action: &ActOnAccount,
    ) -> Result<AccountDone, Error> {
        self.post_seen(&["accounts", login, "actions"], version, action).await
    }

    /// What happened to an account, newest first.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn list_account_events(&self, login: &str) -> Result<Page<EventView>, Error> {
        self.get(&["accounts", login, "events"]).await
    }

    /// Accounts that universities ask for, newest first: all of them for administrators, one's own for others.
    ///
    /// # Errors
    /// 401 for visitors.
    pub async fn list_account_requests(
        &self,
        query: &ListAccountRequests,
    ) -> Result<Page<AccountRequestView>, Error> {
        self.list(&["account-requests"], query).await
    }

    /// Asks for an account of somebody of one's university.
    ///
    /// # Errors
    /// 403 for who is of none, 422 for its fields.
    pub async fn ask_for_account(&self, draft: &AccountRequestDraft) -> Result<AccountRequestView, Error> {
        self.post(&["account-requests"], draft).await
    }

    /// The same for several people at once: all of them, or none.
    ///
    /// # Errors
    /// 403 for who is of none, 422 for fields, each by its row.
    pub async fn ask_for_accounts(&self, ask: &AskForAccounts) -> Result<Vec<AccountRequestView>, Error> {
        self.post(&["account-requests", "many"], ask).await
    }

    /// One request.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_account_request(&self, id: &str) -> Result<AccountRequestView, Error> {
        self.get(&["account-requests", id]).await
    }

    /// Declines a request, or takes it back.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster.
    pub async fn act_on_account_request(
        &self,
        id: &str,
        version: &str,
        action: &ActOnAccountRequest,
    ) -> Result<AccountRequestView, Error> {
        self.post_seen(&["account-requests", id, "actions"], version, action).await
    }
}
