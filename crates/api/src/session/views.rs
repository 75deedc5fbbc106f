//! The person who is signed in, on the wire.

use crate::org::views::org_ref;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use ronghe_app::session::{self, Entered, Session};
use ronghe_app::token::Token;
use ronghe_app::{App, Register};
use ronghe_contract::org::OrgRef;
use ronghe_contract::session::{Me, SessionRow, TokenRow};
use ronghe_domain::account::{Account, sections};
use ronghe_domain::kernel::{OrgId, SessionId};
use ronghe_domain::org::OrgKind;

use crate::request::{DEVICE, is_secure, session_cookie};

/// Seconds that a browser keeps the session's cookie: as long as the longest session.
const SESSION_AGE: u32 = 12 * 60 * 60;
/// Seconds that a browser keeps the mark of its device: a year.
const DEVICE_AGE: u32 = 365 * 24 * 60 * 60;

/// The person who is signed in.
pub(crate) fn me(app: &App, account: &Account, register: &Register, unread: u64) -> Me {
    let demo = app.settings().demo;
    Me {
        login: account.login.clone(),
        name: account.name.clone(),
        name_en: account.name_en.clone(),
        post: account.post.clone(),
        mail: account.mail.clone(),
        org: org_of(account.org, register),
        roles: account.roles.iter().copied().collect(),
        sections: sections(&account.actor()),
        second_factor: account.second_factor,
        must_enrol: session::must_enrol(app, account),
        keeps_factor: session::keeps_factor(app, account),
        demo,
        unread,
        now: app.now(),
    }
}

/// The organisation of an account.
pub(crate) fn org_of(id: OrgId, register: &Register) -> OrgRef {
    let unknown =
        || OrgRef { slug: String::new(), name: String::new(), name_en: String::new(), kind: OrgKind::Office };
    register.directory.org(id).map_or_else(unknown, org_ref)
}

/// A signed-in browser.
pub(crate) fn session_row(session: &Session, current: Option<SessionId>) -> SessionRow {
    SessionRow {
        id: session.id.to_string(),
        since: session.made.to_string(),
        last_seen: session.last_seen.to_string(),
        address: session.address.clone(),
        agent: session.agent.clone(),
        current: current == Some(session.id),
    }
}

/// A token in the list.
pub(crate) fn token_row(token: &Token) -> TokenRow {
    TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        scopes: token.scopes.clone(),
        made: token.made.to_string(),
        expires: token.expires.to_string(),
        last_used: token.last_used.map(|at| at.to_string()),
    }
}

/// `response` with the cookies of a session just begun.
pub(crate) fn entered(app: &App, entered: &Entered, response: Response) -> Response {
    let marked = with_cookie(app, DEVICE, &entered.device, DEVICE_AGE, response);
    renewed(app, &entered.secret, marked)
}

/// `response` with the session's new secret.
pub(crate) fn renewed(app: &App, secret: &str, response: Response) -> Response {
    with_cookie(app, session_cookie(app), secret, SESSION_AGE, response)
}

/// `response` that takes the session's cookie away.
pub(crate) fn left(app: &App, response: Response) -> Response {
    with_cookie(app, session_cookie(app), "", 0, response)
}

fn with_cookie(app: &App, name: &str, value: &str, age: u32, mut response: Response) -> Response {
    let secure = if is_secure(app) { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
