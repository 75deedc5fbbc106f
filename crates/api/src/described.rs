//! What every operation shares, in the OpenAPI document: who may call and by what, headers of commands, failures
//! that come before a handler is asked. Handlers describe only what is theirs.

use crate::sent::{BODY_MOST, FILE_BODY_MOST};
use ronghe_contract::{IDEMPOTENCY_KEY, problem::PROBLEM_JSON};
use ronghe_domain::attachment::MIB_MOST;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response, ResponseBuilder, SecurityRequirement,
};

/// The session's cookie, and an access token: names of the schemes.
const SESSION: &str = "session";
const TOKEN: &str = "token";

/// Operations that anyone may ask, signed in or not.
const OPEN: &[&str] = &[
    "accept_link",
    "enter_demo",
    "list_cycles",
    "list_groups",
    "export_need_list",
    "list_measures",
    "list_need_lists",
    "list_organisations",
    "list_policies",
    "show_cycle",
    "show_door",
    "show_leading_group",
    "show_link",
    "show_matrix",
    "show_measure",
    "show_need_list",
    "show_need_lists",
    "show_organisation",
    "show_policy",
    "show_profile",
    "sign_in",
];
/// Operations on a session itself: no access token stands for one.
const OF_SESSIONS: &[&str] = &[
    "change_password",
    "confirm_totp",
    "end_session",
    "make_token",
    "prove",
    "remove_totp",
    "sign_out",
    "start_totp",
];
/// POSTs without a key: done twice they do no harm, or a link or a session is good for them once.
const KEYLESS: &[&str] =
    &["accept_link", "change_password", "enter_demo", "prove", "sign_in", "start_totp", "verify_chain"];
/// Changes of what somebody has seen: they say which version.
const VERSIONED: &[&str] = &[
    "act_on_account",
    "act_on_account_request",
    "act_on_application",
    "act_on_cycle",
    "act_on_need",
    "act_on_need_list",
    "act_on_policy",
    "act_on_question",
    "act_on_sign_off",
    "ask_sign_off",
    "call_off_meeting",
    "change_cycle",
    "change_organisation",
    "change_view",
    "compose_need_list",
    "correct_policy",
    "give_opinion",
    "give_unit_opinion",
    "invite_members",
    "judge_need",
    "rank_needs",
    "save_application",
    "save_need",
    "set_chain",
    "set_mail_choices",
    "set_mail_template",
    "set_reminder",
    "set_profile",
];

/// Completes the document; `cookie` is the name of the session's.
pub(crate) fn complete(mut document: OpenApi, cookie: &str) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let PathItem { get, post, put, delete, .. } = item;
        for (operation, method) in
            [(get, Method::Get), (post, Method::Post), (put, Method::Put), (delete, Method::Delete)]
        {
            if let Some(operation) = operation {
                describe(operation, method, path.contains('{'));
            }
        }
    }
    let components = document.components.get_or_insert_default();
    let session = ApiKeyValue::with_description(
        cookie,
        "Set by `POST /session`. What changes something by it comes from a page of this server: `Sec-Fetch-Site: \
         same-origin`, or its own `Origin`.",
    );
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("rht_…");
    let token = token
        .description(Some("An access token, made by `POST /me/tokens`; it reaches as far as its scopes."));
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    components.add_security_scheme(TOKEN, SecurityScheme::Http(token.build()));
    document
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Get,
    Post,
    Put,
    Delete,
}

fn describe(operation: &mut Operation, method: Method, is_of_record: bool) {
    let name = operation.operation_id.clone().unwrap_or_default();
    let is_one_of = |names: &[&str]| names.contains(&name.as_str());
    let (is_open, has_body) = (is_one_of(OPEN), operation.request_body.is_some());
    let is_keyed = method == Method::Post && !is_one_of(KEYLESS);
    let mut security = vec![SecurityRequirement::new(SESSION, Vec::<String>::new())];
    if !is_one_of(OF_SESSIONS) {
        security.push(SecurityRequirement::new(TOKEN, Vec::<String>::new()));
    }
    if is_open {
        security.push(SecurityRequirement::default());
    }
    operation.security = Some(security);
    let mut headers = Vec::new();
    let mut failures = vec![
        (401, "Nobody is signed in, or the session or token has ended"),
        (403, "Not yours, or a second factor is to be set up first"),
        (429, "Too often"),
        (500, "Ours"),
        (503, "The database is away: try again"),
    ];
    if is_of_record {
        failures.push((404, "Unknown, or not for you to see"));
    }
    if asks(operation) {
        failures.extend([(400, "The query cannot be read"), (422, "A word of the query is unknown")]);
    }
    if method != Method::Get {
        failures.push((403, "Not sent from a page of this server"));
    }
    if has_body {
        failures.extend([
            (400, "The body cannot be read"),
            (408, "Nothing more of the body came"),
            (413, too_large()),
            (415, "The body is of another type"),
            (422, "Fields do not hold"),
        ]);
    }
    if is_keyed {
        headers.push(key());
        failures.extend([
            (400, "No key"),
            (409, "The same command is being carried out"),
            (422, "The key was used for another command"),
        ]);
    }
    if is_one_of(VERSIONED) {
        headers.push(version());
        failures.extend([(412, "Somebody changed it since"), (428, "No version")]);
    }
    if !headers.is_empty() {
        operation.parameters.get_or_insert_default().extend(headers.into_iter().map(RefOr::T));
    }
    for (status, words) in failures {
        // What a handler says of its own failures is more exact.
        let of_status = operation.responses.responses.entry(status.to_string());
        of_status.or_insert_with(|| RefOr::T(failure(status, words)));
    }
}

/// Whether its address holds a query.
fn asks(operation: &Operation) -> bool {
    let is_query =
        |it: &RefOr<Parameter>| matches!(it, RefOr::T(it) if matches!(it.parameter_in, ParameterIn::Query));
    operation.parameters.iter().flatten().any(is_query)
}

fn too_large() -> &'static str {
    const {
        assert!(BODY_MOST == 1 << 20 && FILE_BODY_MOST == 16 << 20 && MIB_MOST == 50, "the words say so");
    }
    "The body is larger than 1 MiB, than 16 MiB where it brings a document or table, than 50 MiB where it is a file"
}

fn key() -> Parameter {
    let words = "8 to 100 characters, new with each command. The same key with the same command gives the same \
                 answer again, for seven days.";
    header(IDEMPOTENCY_KEY, words)
}

fn version() -> Parameter {
    header("If-Match", "The version that was seen, from `ETag` or `version`, such as `\"v3\"`.")
}

fn header(name: &str, words: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header);
    parameter.required(Required::True).description(Some(words)).schema(Some(text)).build()
}

fn failure(status: u16, words: &str) -> Response {
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(words).content(PROBLEM_JSON, problem);
    if status == 429 {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer);
        let wait = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait."));
        return response.header("Retry-After", wait.build()).build();
    }
    response.build()
}
