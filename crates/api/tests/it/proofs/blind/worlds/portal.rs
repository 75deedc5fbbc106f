//! What everybody reads without an account: each page that another leads to, in both languages.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use ronghe_app::App;
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;

/// Pages of a world by their addresses, with all that is said in their heads.
pub(super) async fn pages(app: &App) -> BTreeMap<String, String> {
    let router = ronghe_portal::router(app.clone());
    let mut waiting = vec!["/".to_owned(), "/en".to_owned()];
    let mut met: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = BTreeMap::new();
    while let Some(path) = waiting.pop() {
        let request = Request::builder().uri(&path).body(Body::empty()).unwrap();
        let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        waiting.extend(links(&body).filter(|link| met.insert(link.clone())));
        pages.insert(path, format!("{} {:?} {body}", head.status, head.headers));
    }
    pages
}

/// Addresses of other pages of the portal.
fn links(page: &str) -> impl Iterator<Item = String> {
    let ours = |link: &str| {
        link.starts_with('/') && !["/app", "/api", "/assets"].iter().any(|other| link.starts_with(other))
    };
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = links.filter_map(|link| link.split('#').next()).filter(|link| ours(link));
    links.map(|link| link.replace("&amp;", "&")).collect::<Vec<_>>().into_iter()
}
