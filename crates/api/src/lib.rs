//! The API over HTTP: take apart, call, render. Its OpenAPI document is made from the handlers.

mod account;
mod address;
mod application;
mod audit;
mod cycle;
mod described;
mod export;
mod limit;
mod measure;
mod meeting;
mod message;
mod need;
mod need_list;
mod org;
mod policy;
mod problem;
mod profile;
mod progress;
mod question;
mod request;
mod sent;
mod session;
mod sign_off;
mod suggestion;
mod table;
mod task;
mod to_the_end;
mod view;

use axum::{Extension, Router, middleware};
use limit::Limits;
use ronghe_app::App;
use ronghe_contract::API;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use problem::{busy, worded};
pub use request::{Address, RequestId};
pub use ronghe_contract::problem::PROBLEM_JSON;
pub use sent::{is_upload, takes_long};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ronghe 融合",
    description = "The register of a city's university–school cooperation programme."
))]
struct Document;

/// The API under `/api/v1`, and its OpenAPI document.
pub fn router(app: App) -> (Router, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::new()
        .routes(routes!(policy::handlers::list_policies))
        .routes(routes!(policy::handlers::show_policy))
        .routes(routes!(policy::act::import_policy))
        .routes(routes!(policy::act::correct_policy))
        .routes(routes!(policy::act::act_on_policy))
        .routes(routes!(policy::act::list_policy_events))
        .routes(routes!(measure::handlers::list_measures))
        .routes(routes!(measure::handlers::show_measure))
        .routes(routes!(measure::handlers::show_matrix))
        .routes(routes!(org::handlers::list_organisations))
        .routes(routes!(org::handlers::show_organisation))
        .routes(routes!(org::act::create_organisation))
        .routes(routes!(org::act::change_organisation))
        .routes(routes!(org::act::reveal_organisation))
        .routes(routes!(org::import::organisation_template))
        .routes(routes!(org::import::import_organisations))
        .routes(routes!(org::handlers::list_groups))
        .routes(routes!(org::handlers::show_leading_group))
        .routes(routes!(profile::handlers::show_profile, profile::handlers::set_profile))
        .routes(routes!(session::door::show_door))
        .routes(routes!(session::door::sign_in))
        .routes(routes!(session::door::sign_out))
        .routes(routes!(session::door::enter_demo))
        .routes(routes!(session::door::prove))
        .routes(routes!(session::door::show_link))
        .routes(routes!(session::door::accept_link))
        .routes(routes!(session::me::show_me))
        .routes(routes!(session::me::list_sessions))
        .routes(routes!(session::me::end_session))
        .routes(routes!(session::me::change_password))
        .routes(routes!(session::me::start_totp))
        .routes(routes!(session::me::confirm_totp))
        .routes(routes!(session::me::remove_totp))
        .routes(routes!(session::tokens::list_tokens))
        .routes(routes!(session::tokens::make_token))
        .routes(routes!(session::tokens::end_token))
        .merge(administration())
        .merge(yearly())
        .merge(of_needs())
        .merge(leaving())
        .merge(applications())
        .fallback(problem::unknown_path);
    let (router, document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest(API, routes).split_for_parts();
    let document = described::complete(document, request::session_cookie(&app));
    let limits = Limits::new(app.settings().pace);
    let router = router
        .method_not_allowed_fallback(problem::wrong_method)
        .with_state(app)
        .layer(Extension(Arc::new(limits)));
    (router.layer(middleware::from_fn(to_the_end::to_the_end)), document)
}

/// What universities answer the need list with.
fn applications() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(question::list_need_questions, question::ask_question))
        .routes(routes!(meeting::list_meetings, meeting::add_meeting))
        .routes(routes!(meeting::show_meeting))
        .routes(routes!(meeting::download_meeting))
        .routes(routes!(meeting::call_off_meeting))
        .routes(routes!(question::list_questions))
        .routes(routes!(question::show_question))
        .routes(routes!(question::act_on_question))
        .routes(routes!(application::handlers::list_applications))
        .routes(routes!(application::act::start_application))
        .routes(routes!(application::handlers::list_colleagues))
        .routes(routes!(application::opinion::give_unit_opinion))
        .routes(routes!(application::handlers::show_beginning))
        .routes(routes!(application::handlers::show_application))
        .routes(routes!(application::act::save_application))
        .routes(routes!(application::act::act_on_application))
        .routes(routes!(application::act::invite_members))
        .routes(routes!(application::versions::list_application_versions))
        .routes(routes!(application::versions::compare_application_versions))
        .routes(routes!(application::handlers::list_application_events))
        .routes(routes!(application::files::attach_to_application))
        .routes(routes!(application::files::seal_application))
        .routes(routes!(application::files::download_from_application))
        .routes(routes!(application::files::detach_from_application))
}

/// Accounts, and what was done.
fn administration() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(account::handlers::list_accounts))
        .routes(routes!(account::handlers::create_account))
        .routes(routes!(account::import::account_template))
        .routes(routes!(account::import::import_accounts))
        .routes(routes!(account::handlers::show_account))
        .routes(routes!(account::handlers::act_on_account))
        .routes(routes!(account::handlers::list_account_events))
        .routes(routes!(account::request::list_account_requests, account::request::ask_for_account))
        .routes(routes!(account::request::ask_for_accounts))
        .routes(routes!(account::request::show_account_request))
        .routes(routes!(account::request::act_on_account_request))
        .routes(routes!(audit::handlers::list_events))
        .routes(routes!(audit::handlers::verify_chain, audit::handlers::show_chain_check))
}

/// What belongs to the yearly cycle.
fn yearly() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(task::list_tasks))
        .routes(routes!(message::list_messages))
        .routes(routes!(message::read_messages))
        .routes(routes!(message::mail::list_mails))
        .routes(routes!(message::mail::resend_mail))
        .routes(routes!(message::keeping::count_mails))
        .routes(routes!(message::keeping::list_reminders, message::keeping::add_reminder))
        .routes(routes!(message::keeping::set_reminder))
        .routes(routes!(message::keeping::list_mail_templates))
        .routes(routes!(message::keeping::set_mail_template))
        .routes(routes!(message::choice::show_mail_choices, message::choice::set_mail_choices))
        .routes(routes!(view::list_views, view::save_view))
        .routes(routes!(view::change_view, view::delete_view))
        .routes(routes!(export::list_exports, export::ask_export))
        .routes(routes!(export::show_export, export::delete_export))
        .routes(routes!(export::download_export))
        .routes(routes!(cycle::handlers::list_cycles))
        .routes(routes!(cycle::act::create_cycle))
        .routes(routes!(cycle::act::rehearse_cycle))
        .routes(routes!(cycle::handlers::show_cycle))
        .routes(routes!(cycle::act::change_cycle))
        .routes(routes!(cycle::act::act_on_cycle))
        .routes(routes!(cycle::handlers::list_cycle_events))
        .routes(routes!(cycle::handlers::show_filing))
        .routes(routes!(progress::show_progress))
        .routes(routes!(cycle::handlers::draft_following_cycle))
        .routes(routes!(need_list::handlers::list_need_lists))
        .routes(routes!(need_list::handlers::show_need_lists, need_list::act::compose_need_list))
        .routes(routes!(need_list::handlers::show_need_list))
        .routes(routes!(need_list::handlers::export_need_list))
        .routes(routes!(need_list::act::act_on_need_list))
}

/// What is filed, forwarded and screened.
fn of_needs() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(need::handlers::list_needs))
        .routes(routes!(need::act::start_need))
        .routes(routes!(need::act::forward_needs))
        .routes(routes!(need::table::need_template))
        .routes(routes!(need::table::import_needs))
        .routes(routes!(need::table::export_needs))
        .routes(routes!(need::handlers::show_need))
        .routes(routes!(need::act::carry_need))
        .routes(routes!(need::act::save_need))
        .routes(routes!(need::act::act_on_need))
        .routes(routes!(need::verdict::list_screening))
        .routes(routes!(need::verdict::judge_need))
        .routes(routes!(need::verdict::judge_needs))
        .routes(routes!(need::opinion::list_opinions))
        .routes(routes!(need::opinion::ask_opinions))
        .routes(routes!(need::opinion::give_opinion))
        .routes(routes!(need::opinion::remind_offices))
        .routes(routes!(need::reveal::reveal_need))
        .routes(routes!(need::handlers::list_need_events))
        .routes(routes!(need::alike::list_alike_needs))
        .routes(routes!(suggestion::handlers::suggest_needs))
        .routes(routes!(suggestion::handlers::suggest_universities))
        .routes(routes!(suggestion::handlers::show_unanswered))
        .routes(routes!(need::files::attach_file))
        .routes(routes!(need::files::download_file))
        .routes(routes!(need::files::detach_file))
        .routes(routes!(need::district::show_ranking))
        .routes(routes!(need::district::rank_needs))
        .routes(routes!(need::district::list_summaries))
        .routes(routes!(need::district::show_summary))
        .routes(routes!(need::district::report_zero))
        .routes(routes!(need::district::remind_units))
}

/// What passes out of organisations.
fn leaving() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_off::chain::list_chains))
        .routes(routes!(sign_off::chain::set_chain))
        .routes(routes!(sign_off::round::list_sign_offs))
        .routes(routes!(sign_off::round::show_sign_off))
        .routes(routes!(sign_off::round::act_on_sign_off))
        .routes(routes!(sign_off::round::ask_sign_off))
        .routes(routes!(sign_off::seal::show_sealed))
        .routes(routes!(sign_off::seal::add_seal))
        .routes(routes!(sign_off::seal::download_seal))
        .routes(routes!(sign_off::seal::note_paper))
}
