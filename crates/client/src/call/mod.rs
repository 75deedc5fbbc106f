//! Sending a request and reading its answer.

use crate::upload::FILE;
use crate::{ByHand, Error, IdempotencyKey, Upload};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, IF_MATCH};
use reqwest::{Method, RequestBuilder, Response, Url};
use ronghe_contract::{API, IDEMPOTENCY_KEY};
use ronghe_text::Lang;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(not(target_arch = "wasm32"))]
use std::collections::BTreeMap;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::{Arc, Mutex, PoisonError};
#[cfg(not(target_arch = "wasm32"))]
use std::time::Duration;

/// No operation takes longer than the server's own 10 s, but for the way there and back.
#[cfg(not(target_arch = "wasm32"))]
const TIMEOUT: Duration = Duration::from_secs(30);
/// The same for a file there or back: 50 MiB at 30 KiB a second.
#[cfg(not(target_arch = "wasm32"))]
const FILE_TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// A caller of one server, as one person. Clones are cheap and share the session.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    lang: Lang,
    key: Option<IdempotencyKey>,
    #[cfg(not(target_arch = "wasm32"))]
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Client {
    /// Calls the server at `base`, such as `https://ronghe.example`, from outside a browser.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn new(base: &str) -> Self {
        let cookies = Arc::default();
        Self { http: connections(), base: base.to_owned(), token: None, lang: Lang::Zh, key: None, cookies }
    }

    /// Calls the server that the page came from: `origin` is the window's.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn in_browser(origin: &str) -> Self {
        Self { http: reqwest::Client::new(), base: origin.to_owned(), token: None, lang: Lang::Zh, key: None }
    }

    /// The same outside a browser, so that the page's code can be looked at by an ordinary compiler.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn in_browser(origin: &str) -> Self {
        Self::new(origin)
    }

    /// Calls by a personal access token `rht_…`.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Wants answers in `lang`.
    #[must_use]
    pub const fn with_lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Sends `key` with every POST, so that a call repeated after a lost answer does nothing twice.
    /// Without it each POST gets a key of its own.
    #[must_use]
    pub fn retrying(&self, key: IdempotencyKey) -> Self {
        Self { key: Some(key), ..self.clone() }
    }

    /// A new key for [`Client::retrying`].
    #[must_use]
    pub fn new_key() -> IdempotencyKey {
        IdempotencyKey::new_v4()
    }

    /// The cookies that the server set, as they are sent back; `None` where there are none.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn cookies(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, Error> {
        self.read(self.request(Method::GET, path)?).await
    }

    pub(crate) async fn bytes(&self, path: &[&str]) -> Result<Vec<u8>, Error> {
        let response = self.send(patient(self.request(Method::GET, path)?)).await?;
        Ok(response.bytes().await.map_err(Error::Network)?.to_vec())
    }

    /// A file that is asked for by a query.
    pub(crate) async fn bytes_of<Q: Serialize + Sync + ?Sized>(
        &self,
        path: &[&str],
        query: &Q,
    ) -> Result<Vec<u8>, Error> {
        let response = self.send(patient(self.request(Method::GET, path)?.query(query))).await?;
        Ok(response.bytes().await.map_err(Error::Network)?.to_vec())
    }

    pub(crate) async fn list<Q: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &Q,
    ) -> Result<T, Error> {
        self.read(self.request(Method::GET, path)?.query(query)).await
    }

    pub(crate) async fn post<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &B,
    ) -> Result<T, Error> {
        self.read(self.keyed(path)?.json(body)).await
    }

    /// The same where a table of thousands of rows stands in the body.
    pub(crate) async fn post_much<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &B,
    ) -> Result<T, Error> {
        self.read(patient(self.keyed(path)?.json(body))).await
    }

    /// Posts a change of the record that was seen in `version`.
    pub(crate) async fn post_seen<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        version: &str,
        body: &B,
    ) -> Result<T, Error> {
        self.read(self.keyed(path)?.header(IF_MATCH, version).json(body)).await
    }

    pub(crate) async fn post_quiet<B: Serialize + Sync>(&self, path: &[&str], body: &B) -> Result<(), Error> {
        self.send(self.keyed(path)?.json(body)).await.map(drop)
    }

    /// Posts a file that is called `name`.
    pub(crate) async fn post_file<T: DeserializeOwned>(
        &self,
        path: &[&str],
        name: &str,
        file: Upload,
    ) -> Result<T, Error> {
        let request = self.keyed(path)?.query(&[("name", name)]).header(CONTENT_TYPE, FILE).body(file.0);
        self.read(patient(request)).await
    }

    /// The same, for a page to send it by hand.
    pub(crate) fn by_hand(&self, path: &[&str], name: &str) -> Result<ByHand, Error> {
        let mut url = address(&self.base, path)?;
        url.query_pairs_mut().append_pair("name", name);
        let key = self.key.unwrap_or_else(Self::new_key);
        Ok(ByHand::new(url.into(), &key.to_string(), self.lang.tag()))
    }

    pub(crate) async fn put<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &B,
    ) -> Result<T, Error> {
        self.read(self.request(Method::PUT, path)?.json(body)).await
    }

    pub(crate) async fn put_seen<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &[&str],
        version: &str,
        body: &B,
    ) -> Result<T, Error> {
        self.read(self.request(Method::PUT, path)?.header(IF_MATCH, version).json(body)).await
    }

    pub(crate) async fn delete(&self, path: &[&str]) -> Result<(), Error> {
        self.send(self.request(Method::DELETE, path)?).await.map(drop)
    }

    pub(crate) async fn delete_with<B: Serialize + Sync>(
        &self,
        path: &[&str],
        body: &B,
    ) -> Result<(), Error> {
        self.send(self.request(Method::DELETE, path)?.json(body)).await.map(drop)
    }

    fn keyed(&self, path: &[&str]) -> Result<RequestBuilder, Error> {
        let key = self.key.unwrap_or_else(Self::new_key);
        Ok(self.request(Method::POST, path)?.header(IDEMPOTENCY_KEY, key.to_string()))
    }

    fn request(&self, method: Method, path: &[&str]) -> Result<RequestBuilder, Error> {
        let url = address(&self.base, path)?;
        let mut request = self.http.request(method, url.clone()).header(ACCEPT_LANGUAGE, self.lang.tag());
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Ok(self.with_session(request, &url))
    }

    /// A browser sends the cookie and says where the page came from; here both are done by hand.
    #[cfg(not(target_arch = "wasm32"))]
    fn with_session(&self, request: RequestBuilder, url: &Url) -> RequestBuilder {
        use reqwest::header::{COOKIE, ORIGIN};
        let request = request.header(ORIGIN, url.origin().ascii_serialization());
        match self.cookies() {
            Some(cookie) if self.token.is_none() => request.header(COOKIE, cookie),
            _ => request,
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn with_session(&self, request: RequestBuilder, _url: &Url) -> RequestBuilder {
        request
    }

    /// What reads bytes is compiled once, what makes records of values is small: a page is told apart by that.
    async fn read<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        T::deserialize(self.value(request).await?).map_err(Error::Decode)
    }

    async fn value(&self, request: RequestBuilder) -> Result<serde_json::Value, Error> {
        let body = self.send(request).await?.bytes().await.map_err(Error::Network)?;
        serde_json::from_slice(&body).map_err(Error::Decode)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Error> {
        let response = request.send().await.map_err(Error::Network)?;
        #[cfg(not(target_arch = "wasm32"))]
        self.keep_cookie(&response);
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let body = response.bytes().await.map_err(Error::Network)?;
        Err(Error::of(status.as_u16(), &body))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn keep_cookie(&self, response: &Response) {
        for header in response.headers().get_all(reqwest::header::SET_COOKIE) {
            let Ok(text) = header.to_str() else { continue };
            let mut parts = text.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let ended = value.is_empty() || parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
            let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
            if ended {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A file takes its time.
#[cfg(not(target_arch = "wasm32"))]
fn patient(request: RequestBuilder) -> RequestBuilder {
    request.timeout(FILE_TIMEOUT)
}

/// A browser waits by itself.
#[cfg(target_arch = "wasm32")]
fn patient(request: RequestBuilder) -> RequestBuilder {
    request
}

/// Connections that follow no redirect: the API has none, and whoever redirects would learn the token.
#[cfg(not(target_arch = "wasm32"))]
fn connections() -> reqwest::Client {
    let builder = || {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .user_agent(concat!("ronghe/", env!("CARGO_PKG_VERSION")))
    };
    #[cfg(feature = "tls")]
    {
        // Without a choice for the whole process, building panics; an error says that it has chosen already.
        drop(rustls::crypto::ring::default_provider().install_default());
        // A machine without certificates can still speak to a server on its own loopback.
        if let Ok(http) = builder().build().or_else(|_no_roots| builder().tls_certs_only([]).build()) {
            return http;
        }
    }
    builder().build().unwrap_or_default()
}

/// The address of `path` under the API; names are escaped.
fn address(base: &str, path: &[&str]) -> Result<Url, Error> {
    let wrong = |text: &str| Error::Address(text.to_owned());
    let mut url: Url =
        format!("{}{API}", base.trim_end_matches('/')).parse().map_err(|_unreadable| wrong(base))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong(base));
    }
    if let Some(name) = path.iter().find(|name| matches!(name.trim(), "" | "." | "..")) {
        return Err(wrong(name));
    }
    url.path_segments_mut().map_err(|()| wrong(base))?.extend(path);
    Ok(url)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
