//! Signing in and out, one's own account, sessions and tokens.

use crate::{Client, Error};
use ronghe_contract::session::{
    AcceptLink, ChangePassword, Door, EnterDemo, LinkView, Me, NewToken, Prove, RecoveryCodes, SessionRow,
    SignIn, TokenMade, TokenRow, TotpProof, TotpSetup,
};

/// Operations of the session.
impl Client {
    /// What the sign-in page must know.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn show_door(&self) -> Result<Door, Error> {
        self.get(&["session", "door"]).await
    }

    /// Signs in; the session holds for this client and its clones.
    ///
    /// # Errors
    /// 401 of kind `sign-in` or `second-factor`, 429 after too many attempts.
    pub async fn sign_in(&self, body: &SignIn) -> Result<Me, Error> {
        self.post(&["session"], body).await
    }

    /// Enters a demonstration as one of its accounts.
    ///
    /// # Errors
    /// 404 where the server is no demonstration, or has no such account.
    pub async fn enter_demo(&self, login: &str) -> Result<Me, Error> {
        self.post(&["session", "demo"], &EnterDemo { login: login.to_owned() }).await
    }

    /// Ends the session.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.delete(&["session"]).await
    }

    /// Proves once more who is at the keyboard: by a code where a second factor is on, else by the password.
    ///
    /// # Errors
    /// 422 where it is wrong, 429 after too many attempts.
    pub async fn prove(&self, word: &str) -> Result<(), Error> {
        self.post_quiet(&["session", "proof"], &Prove { word: word.to_owned() }).await
    }

    /// The person who is signed in.
    ///
    /// # Errors
    /// 401 where nobody is.
    pub async fn show_me(&self) -> Result<Me, Error> {
        self.get(&["me"]).await
    }

    /// Browsers that are signed in.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_sessions(&self) -> Result<Vec<SessionRow>, Error> {
        self.get(&["me", "sessions"]).await
    }

    /// Signs another browser out.
    ///
    /// # Errors
    /// 404 where it is not one's own.
    pub async fn end_session(&self, id: &str) -> Result<(), Error> {
        self.delete(&["me", "sessions", id]).await
    }

    /// Sets a new password.
    ///
    /// # Errors
    /// 422 where the current one is wrong or the new one is weak.
    pub async fn change_password(&self, body: &ChangePassword) -> Result<(), Error> {
        self.post_quiet(&["me", "password"], body).await
    }

    /// Begins to set up a second factor.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn start_totp(&self) -> Result<TotpSetup, Error> {
        self.post(&["me", "totp"], &serde_json::json!({})).await
    }

    /// Switches the second factor on.
    ///
    /// # Errors
    /// 422 where the code is wrong.
    pub async fn confirm_totp(&self, code: &str) -> Result<RecoveryCodes, Error> {
        self.put(&["me", "totp"], &TotpProof { code: code.to_owned() }).await
    }

    /// Switches the second factor off, by one of its codes or a recovery code.
    ///
    /// # Errors
    /// 403 for those whose roles want one, 422 where the code is wrong.
    pub async fn remove_totp(&self, code: &str) -> Result<(), Error> {
        self.delete_with(&["me", "totp"], &TotpProof { code: code.to_owned() }).await
    }

    /// One's own access tokens.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_tokens(&self) -> Result<Vec<TokenRow>, Error> {
        self.get(&["me", "tokens"]).await
    }

    /// Makes an access token; its secret is in this answer only.
    ///
    /// # Errors
    /// 422 for its fields.
    pub async fn make_token(&self, body: &NewToken) -> Result<TokenMade, Error> {
        self.post(&["me", "tokens"], body).await
    }

    /// Ends an access token.
    ///
    /// # Errors
    /// 404 where it is not one's own.
    pub async fn end_token(&self, id: &str) -> Result<(), Error> {
        self.delete(&["me", "tokens", id]).await
    }

    /// Whom the link of an invitation or reset is for.
    ///
    /// # Errors
    /// 404 where it is used up, too old or none.
    pub async fn show_link(&self, code: &str) -> Result<LinkView, Error> {
        self.get(&["links", code]).await
    }

    /// Sets the password of an invitation or reset.
    ///
    /// # Errors
    /// 404 where the link is used up, 422 where the password is weak.
    pub async fn accept_link(&self, body: &AcceptLink) -> Result<(), Error> {
        self.post_quiet(&["links"], body).await
    }
}
