//! Failures as problem details (RFC 9457): one exhaustive match, words in the caller's language.

use crate::request::Request;
use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use ronghe_app::{Error, Refusal};
use ronghe_contract::Problem;
use ronghe_contract::problem::{FieldDetail, PROBLEM_JSON};
use ronghe_domain::kernel::{FieldError, FieldProblem, RefusalKind};
use ronghe_text::{Lang, account_refusal, field_label, field_problem, policy_refusal};
use std::error::Error as _;

/// A failure on its way out.
pub(crate) struct Failure {
    error: Error,
    lang: Lang,
    request: String,
}

/// Turns a use case's failure into an answer.
pub(crate) trait OrFail<T> {
    /// The value, or the failure in the words of `request`.
    fn or_fail(self, request: &Request) -> Result<T, Failure>;
}

impl<T> OrFail<T> for Result<T, Error> {
    fn or_fail(self, request: &Request) -> Result<T, Failure> {
        self.map_err(|error| Failure { error, lang: request.lang, request: request.caller.request.clone() })
    }
}

impl<T> OrFail<T> for Option<T> {
    fn or_fail(self, request: &Request) -> Result<T, Failure> {
        self.ok_or(Error::Hidden).or_fail(request)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Error::Internal(_) | Error::Unavailable(_) = &self.error {
            log(&self.error, &self.request);
        }
        let problem = problem(&self.error, self.lang, self.request);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(problem)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Error::TooMany { seconds } = self.error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Any path that no operation has.
pub(crate) async fn unknown_path(request: Request) -> Response {
    Failure { error: Error::Hidden, lang: request.lang, request: request.caller.request }.into_response()
}

fn problem(error: &Error, lang: Lang, request_id: String) -> Problem {
    let (kind, status, title, detail) = words(error, lang);
    let fields = match error {
        Error::Invalid(errors) => errors.iter().map(|error| detail_of(error, lang)).collect(),
        _ => Vec::new(),
    };
    let (refusal, current) = match error {
        Error::Refused(refused) => (refusal_value(&refused.refusal), None),
        Error::Stale { current } => (None, current.map(|version| version.to_string())),
        _ => (None, None),
    };
    Problem { kind: format!("/problems/{kind}"), title, status, detail, request_id, fields, refusal, current }
}

fn words(error: &Error, lang: Lang) -> (&'static str, u16, String, String) {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match error {
        Error::Unauthenticated => (
            "unauthenticated",
            401,
            say("未登录", "Not signed in"),
            say("登录后再试", "Sign in and try again"),
        ),
        Error::SignIn => (
            "sign-in",
            401,
            say("账号或密码不对", "Account or password wrong"),
            say("核对账号和密码", "Check the account and the password"),
        ),
        Error::SecondFactor { .. } => (
            "second-factor",
            401,
            say("还要验证码", "A code is needed"),
            say("填写验证器上的 6 位数字", "Enter the six figures of your authenticator"),
        ),
        Error::Proof => (
            "proof",
            401,
            say("需要再次验证身份", "Prove who you are once more"),
            say("填写密码或验证码后再试", "Enter your password or code and try again"),
        ),
        Error::Scope(scope) => (
            "scope",
            403,
            say("令牌没有这个权限", "The token does not reach so far"),
            match lang {
                Lang::Zh => format!("令牌缺少 {} 权限", scope.name()),
                Lang::En => format!("The token lacks the scope {}", scope.name()),
            },
        ),
        Error::Hidden => (
            "unknown",
            404,
            say("没有这个地址", "There is nothing here"),
            say("核对地址，或从列表进入", "Check the address, or start from a list"),
        ),
        Error::Refused(refused) => {
            let status = match refused.refusal.kind() {
                RefusalKind::NotYours => 403,
                RefusalKind::NotNow => 409,
            };
            (
                "refused",
                status,
                say("现在不能这样做", "This cannot be done"),
                refusal_words(&refused.refusal, lang),
            )
        }
        Error::Invalid(errors) => (
            "invalid",
            422,
            say("有内容需要修改", "Some fields do not hold"),
            match lang {
                Lang::Zh => format!("{} 处需要修改", errors.len()),
                Lang::En => format!("Fields to mend: {}", errors.len()),
            },
        ),
        Error::Stale { .. } => (
            "stale",
            412,
            say("已被他人更新", "Someone else changed it"),
            say("先看新的内容，再改", "Look at the new version before you change it"),
        ),
        Error::Conflict(_) => (
            "conflict",
            409,
            say("与已有的重复", "It collides with another record"),
            say("换一个名称", "Choose another name"),
        ),
        Error::TooMany { seconds } => (
            "too-many",
            429,
            say("尝试太多", "Too many attempts"),
            match lang {
                Lang::Zh => format!("{seconds} 秒后再试"),
                Lang::En => format!("Try again in {seconds} seconds"),
            },
        ),
        Error::Repeated => (
            "repeated",
            409,
            say("正在处理同一请求", "The same request is being carried out"),
            say("稍后再试", "Try again in a moment"),
        ),
        Error::Unavailable(_) => (
            "unavailable",
            503,
            say("暂时不能处理", "Not available for a moment"),
            say("没有改动，稍后再试", "Nothing was changed; try again in a moment"),
        ),
        Error::Internal(_) => (
            "internal",
            500,
            say("服务出错", "Something of ours failed"),
            say(
                "没有改动；请求号可供查找原因",
                "Nothing was changed; the request number helps to find the cause",
            ),
        ),
    }
}

fn refusal_words(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::Policy(refusal) => policy_refusal(lang, *refusal),
        Refusal::Account(refusal) => account_refusal(lang, refusal),
    }
}

fn refusal_value(refusal: &Refusal) -> Option<serde_json::Value> {
    match refusal {
        Refusal::Policy(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Account(refusal) => serde_json::to_value(refusal).ok(),
    }
}

/// A query parameter that is none of the known words.
pub(crate) fn unknown_word(path: &str, got: &str, known: &[&str]) -> Error {
    let nearest = known.iter().map(|word| (*word).to_owned()).collect();
    Error::Invalid(vec![FieldError::new(path, FieldProblem::Unknown { got: got.to_owned(), nearest })])
}

fn detail_of(error: &FieldError, lang: Lang) -> FieldDetail {
    FieldDetail {
        label: field_label(lang, &error.path),
        message: field_problem(lang, &error.problem),
        error: error.clone(),
    }
}

/// Logged once, with the whole chain of causes.
fn log(error: &Error, request: &str) {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(request, error = chain, "a use case failed");
}
