//! Failures as problem details (RFC 9457): one exhaustive match, words in the caller's language.

use crate::request::{Request, visitor};
use crate::sent::given;
use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use ronghe_app::once::Answer;
use ronghe_app::{Error, Refusal};
use ronghe_contract::Problem;
use ronghe_contract::problem::{FieldDetail, PROBLEM_JSON};
use ronghe_domain::kernel::{FieldError, FieldProblem, RefusalKind};
use ronghe_text::{
    Lang, account_refusal, account_request_refusal, application_refusal, cycle_refusal, export_refusal,
    field_label, field_problem, keeping_refusal, list_refusal, mail_refusal, meeting_refusal, need_refusal,
    org_refusal, policy_refusal, profile_refusal, question_refusal, sign_off_refusal, suggestion_refusal,
    view_refusal,
};
use std::error::Error as _;

/// Why a request is not carried out.
#[derive(Debug)]
pub(crate) enum Cause {
    /// A use case says so.
    App(Error),
    /// It was carried out already: the answer is given again.
    Answered(Answer),
    /// The body is no JSON of this operation.
    Malformed(String),
    /// The query cannot be read.
    Query(String),
    /// No operation of this address is asked so.
    Method,
    /// The body is of another type than the operation takes.
    MediaType {
        /// The one that it takes.
        wanted: &'static str,
    },
    /// The body is larger than an operation takes.
    TooLarge {
        /// Bytes.
        most: u64,
    },
    /// The server gave it up.
    Slow,
    /// The server has not taken it up: too much is under way.
    Busy,
    /// Nothing more of the body came for long.
    TooSlow,
    /// The body ends before its end.
    CutOff,
    /// A page of another site sends it.
    CrossSite,
    /// No key against doing it twice.
    KeyMissing,
    /// The key stands for another command.
    KeyReused,
    /// No version that was seen.
    VersionMissing,
}

impl From<Error> for Cause {
    fn from(error: Error) -> Self {
        Self::App(error)
    }
}

/// A failure on its way out.
pub(crate) struct Failure {
    cause: Cause,
    lang: Lang,
    request: String,
}

impl Failure {
    /// The failure in the words of `request`.
    pub(crate) fn new(cause: Cause, request: &Request) -> Self {
        Self { cause, lang: request.lang, request: request.caller.request.clone() }
    }
}

/// Turns a use case's failure into an answer.
pub(crate) trait OrFail<T> {
    /// The value, or the failure in the words of `request`.
    fn or_fail(self, request: &Request) -> Result<T, Failure>;
}

impl<T> OrFail<T> for Result<T, Error> {
    fn or_fail(self, request: &Request) -> Result<T, Failure> {
        self.map_err(|error| Failure::new(error.into(), request))
    }
}

impl<T> OrFail<T> for Option<T> {
    fn or_fail(self, request: &Request) -> Result<T, Failure> {
        self.ok_or(Error::Hidden).or_fail(request)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = match self.cause {
            Cause::Answered(answer) => return given(answer),
            Cause::App(error) => error,
            cause => return render(problem_of(&cause, self.lang, self.request)),
        };
        if let Error::Internal(_) | Error::Unavailable(_) | Error::Full = &error {
            log(&error, &self.request);
        }
        let mut response = render(problem(&error, self.lang, self.request));
        if let Error::TooMany { seconds } = error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn render(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    response
}

/// Any path that no operation has.
pub(crate) async fn unknown_path(request: Request) -> Response {
    Failure::new(Error::Hidden.into(), &request).into_response()
}

/// A method that no operation of the path has.
pub(crate) async fn wrong_method(parts: Parts) -> Response {
    Failure::new(Cause::Method, &visitor(&parts)).into_response()
}

/// What is said where the server takes nothing up for a moment.
#[must_use]
pub fn busy(accept_language: &str, request_id: &str) -> Response {
    let mut said = render(problem_of(&Cause::Busy, Lang::accepted(accept_language), request_id.to_owned()));
    said.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    said
}

/// What the server itself refuses before or beside an operation, in the words of every other refusal: such as
/// a body of more than `most` bytes, or an answer that came too late.
#[must_use]
pub fn worded(status: StatusCode, most: u64, accept_language: &str, request_id: &str) -> Response {
    let (lang, id) = (Lang::accepted(accept_language), request_id.to_owned());
    render(match status {
        StatusCode::NOT_FOUND => problem(&Error::Hidden, lang, id),
        StatusCode::METHOD_NOT_ALLOWED => problem_of(&Cause::Method, lang, id),
        StatusCode::PAYLOAD_TOO_LARGE => problem_of(&Cause::TooLarge { most }, lang, id),
        _ => Problem { status: status.as_u16(), ..problem_of(&Cause::Slow, lang, id) },
    })
}

fn problem(error: &Error, lang: Lang, request_id: String) -> Problem {
    let (kind, status, title, detail) = words(error, lang);
    let fields = match error {
        Error::Invalid(errors) => errors.iter().map(|error| detail_of(error, lang)).collect(),
        Error::Document(problem) => vec![FieldDetail {
            message: problem.words(lang).to_owned(),
            ..detail_of(&FieldError::new("file", FieldProblem::Unreadable), lang)
        }],
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
        Error::Enrol => (
            "enrol",
            403,
            say("先设置两步验证", "Set up a second factor first"),
            say(
                "在“我的账号”里设置验证器后再试",
                "Set up an authenticator under your account, then try again",
            ),
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
        Error::Document(problem) => {
            ("invalid", 422, say("文件不能读取", "The file cannot be read"), problem.words(lang).to_owned())
        }
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
        Error::Full => (
            "full",
            503,
            say("服务器磁盘快满了", "The server's disk is nearly full"),
            say(
                "没有改动；可以继续查看。请告诉系统管理员，腾出空间后再试",
                "Nothing was changed; reading goes on. Tell an administrator, and try again once there is room",
            ),
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

/// Problems that stand before any use case.
fn problem_of(cause: &Cause, lang: Lang, request_id: String) -> Problem {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let (kind, status, title, detail) = match cause {
        Cause::App(error) => return problem(error, lang, request_id),
        Cause::Answered(_) => ("repeated", 409, say("已经办过", "Carried out already"), String::new()),
        Cause::Malformed(reason) => (
            "malformed",
            400,
            say("请求读不懂", "The body cannot be read"),
            match lang {
                Lang::Zh => format!("正文不是这个操作的 JSON：{reason}"),
                Lang::En => format!("The body is no JSON of this operation: {reason}"),
            },
        ),
        Cause::Query(reason) => (
            "malformed",
            400,
            say("地址读不懂", "The address cannot be read"),
            match lang {
                Lang::Zh => format!("问号后面的部分不对：{reason}"),
                Lang::En => format!("What follows the question mark does not hold: {reason}"),
            },
        ),
        Cause::Method => (
            "method",
            405,
            say("这个地址不能这样访问", "This address takes no such request"),
            say("换用 Allow 里的方法", "Use one of the methods that Allow names"),
        ),
        Cause::Busy => (
            "busy",
            503,
            say("现在人太多", "Too much is under way"),
            say("没有办理，稍后再试", "Nothing was done; try again in a moment"),
        ),
        Cause::Slow => (
            "unavailable",
            503,
            say("处理时间太长", "It took too long"),
            say(
                "可能仍在办理；稍后用同一请求再试，不会办两次",
                "It may still be carried out; send the same request again in a moment, it is not done twice",
            ),
        ),
        Cause::MediaType { wanted } => (
            "media-type",
            415,
            say("正文的类型不对", "The body is of another type"),
            match lang {
                Lang::Zh => format!("Content-Type 用 {wanted}"),
                Lang::En => format!("Send it with Content-Type {wanted}"),
            },
        ),
        Cause::TooLarge { most } => (
            "too-large",
            413,
            say("正文太大", "The body is too large"),
            match lang {
                Lang::Zh => format!("最大 {} MiB", most / (1024 * 1024)),
                Lang::En => format!("At most {} MiB", most / (1024 * 1024)),
            },
        ),
        Cause::TooSlow => (
            "too-slow",
            408,
            say("正文迟迟没有传完", "The body took too long"),
            say("没有改动；检查网络后再试", "Nothing was changed; check the network and try again"),
        ),
        Cause::CutOff => (
            "cut-off",
            400,
            say("正文没有传完", "The body was cut off"),
            say("没有改动；检查网络后再试", "Nothing was changed; check the network and try again"),
        ),
        Cause::CrossSite => (
            "cross-site",
            403,
            say("请求来自别的网站", "The request comes from another site"),
            say("从本系统的页面办理，或用令牌", "Send it from a page of this system, or with a token"),
        ),
        Cause::KeyMissing => (
            "key-missing",
            400,
            say("缺少 Idempotency-Key", "Idempotency-Key is missing"),
            say("每个 POST 带一个 8～100 字符的新键", "Send a new key of 8 to 100 characters with each POST"),
        ),
        Cause::KeyReused => (
            "key-reused",
            422,
            say("这个 Idempotency-Key 用过了", "This Idempotency-Key was used"),
            say("不同的请求用不同的键", "Send another key with another request"),
        ),
        Cause::VersionMissing => (
            "version-missing",
            428,
            say("缺少 If-Match", "If-Match is missing"),
            say("带上看到的版本，如 \"v3\"", "Send the version that you saw, such as \"v3\""),
        ),
    };
    Problem {
        kind: format!("/problems/{kind}"),
        title,
        status,
        detail,
        request_id,
        fields: Vec::new(),
        refusal: None,
        current: None,
    }
}

/// Why it is refused, in words.
pub(crate) fn refusal_words(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::Policy(refusal) => policy_refusal(lang, *refusal),
        Refusal::Account(refusal) => account_refusal(lang, refusal),
        Refusal::AccountRequest(refusal) => account_request_refusal(lang, *refusal),
        Refusal::Org(refusal) => org_refusal(lang, *refusal).to_owned(),
        Refusal::Cycle(refusal) => cycle_refusal(lang, *refusal),
        Refusal::Need(refusal) => need_refusal(lang, *refusal),
        Refusal::NeedList(refusal) => list_refusal(lang, *refusal),
        Refusal::Question(refusal) => question_refusal(lang, *refusal),
        Refusal::Meeting(refusal) => meeting_refusal(lang, *refusal),
        Refusal::Application(refusal) => application_refusal(lang, *refusal),
        Refusal::Mail(refusal) => mail_refusal(lang, *refusal),
        Refusal::SignOff(refusal) => sign_off_refusal(lang, refusal),
        Refusal::Keeping(refusal) => keeping_refusal(lang, *refusal),
        Refusal::View(refusal) => view_refusal(lang, *refusal),
        Refusal::Export(refusal) => export_refusal(lang, *refusal),
        Refusal::Profile(refusal) => profile_refusal(lang, *refusal).to_owned(),
        Refusal::Suggestion(refusal) => suggestion_refusal(lang, *refusal).to_owned(),
    }
}

fn refusal_value(refusal: &Refusal) -> Option<serde_json::Value> {
    match refusal {
        Refusal::Policy(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Account(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::AccountRequest(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Org(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Cycle(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Need(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::NeedList(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Question(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Meeting(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Application(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Mail(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::SignOff(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Keeping(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::View(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Export(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Profile(refusal) => serde_json::to_value(refusal).ok(),
        Refusal::Suggestion(refusal) => serde_json::to_value(refusal).ok(),
    }
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
