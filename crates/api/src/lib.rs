//! The API over HTTP: take apart, call, render. Its OpenAPI document is made from the handlers.

mod measure;
mod org;
mod policy;
mod problem;
mod request;

use axum::Router;
use ronghe_app::App;
use ronghe_contract::API;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use request::RequestId;

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
        .routes(routes!(measure::handlers::list_measures))
        .routes(routes!(measure::handlers::show_measure))
        .routes(routes!(measure::handlers::show_matrix))
        .routes(routes!(org::handlers::list_organisations))
        .routes(routes!(org::handlers::show_organisation))
        .routes(routes!(org::handlers::list_groups))
        .routes(routes!(org::handlers::show_leading_group))
        .fallback(problem::unknown_path);
    let (router, document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest(API, routes).split_for_parts();
    (router.with_state(app), document)
}
