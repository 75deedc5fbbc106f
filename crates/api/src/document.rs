//! What holds for every operation of its kind, added to the OpenAPI document in one place: refusals that need
//! no words of the operation's own, and headers that commands bring.

use ronghe_contract::IDEMPOTENCY_KEY;
use ronghe_contract::problem::PROBLEM_JSON;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Content, OpenApi, Ref, Required, ResponseBuilder};

/// What is posted without a key: doing it twice does no harm, or nobody is signed in to whom a key belongs.
const KEYLESS: &[&str] =
    &["accept_link", "change_password", "enter_demo", "prove", "sign_in", "start_totp", "verify_chain"];

/// Whoever asks: not signed in any more, barred, too often, our fault, away.
const ALWAYS: &[u16] = &[401, 403, 429, 500, 503];
/// Wherever an address holds a name: it names nothing.
const NAMED: &[u16] = &[404];
/// Wherever an address holds a query: it cannot be read, or a word of it is unknown.
const ASKED: &[u16] = &[400, 422];
/// Wherever a body is sent: no JSON of the operation, too large, of another media type, fields that do not hold.
const SENT: &[u16] = &[400, 413, 415, 422];
/// Wherever a key stands against doing it twice: missing, being carried out, used for something else.
const KEYED: &[u16] = &[400, 409, 422];
/// Wherever a version stands against what others did meanwhile: missing.
const SEEN: &[u16] = &[428];

/// Completes the document.
pub(crate) fn complete(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let named = path.contains('{');
        let post = item.post.as_mut().map(|operation| (operation, true));
        let others = [item.get.as_mut(), item.put.as_mut(), item.delete.as_mut()];
        for (operation, posts) in others.into_iter().flatten().map(|it| (it, false)).chain(post) {
            let is_keyless = operation.operation_id.as_deref().is_some_and(|id| KEYLESS.contains(&id));
            complete_one(operation, named, posts && !is_keyless);
        }
    }
}

fn complete_one(operation: &mut Operation, named: bool, keyed: bool) {
    let is_asked = operation.parameters.iter().flatten().any(
        |it| matches!(it, utoipa::openapi::RefOr::T(it) if matches!(it.parameter_in, ParameterIn::Query)),
    );
    let is_sent = operation.request_body.is_some();
    let is_seen = operation.responses.responses.contains_key("412");
    let kinds =
        [(true, ALWAYS), (named, NAMED), (is_asked, ASKED), (is_sent, SENT), (keyed, KEYED), (is_seen, SEEN)];
    for status in kinds.into_iter().filter(|(holds, _)| *holds).flat_map(|(_, statuses)| statuses) {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().content(PROBLEM_JSON, problem).build();
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| response.into());
    }
    let parameters = operation.parameters.get_or_insert_default();
    if keyed {
        let why =
            "A new key of 8 to 100 characters: sent again, it gives the same answer and does nothing twice.";
        parameters.push(header(IDEMPOTENCY_KEY, why).into());
    }
    if is_seen {
        parameters.push(header("if-match", "The version that was seen, such as `\"v3\"`.").into());
    }
}

fn header(name: &str, why: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(why))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
