//! The portal: a page's cost as HTML, packed and seen before, and what a visit brings over the line.

use super::{Bench, LEVELS, Loads};
use crate::load::{Answer, Connection, Same, get};
use crate::table::Row;
use anyhow::{Context, Result};
use std::collections::BTreeSet;

/// The page of a measure: the one that people are led to from outside.
const PAGE: &str = "/policies/jinan-2023-24/measures/4";
/// Pages of which the heaviest counts.
const PAGES: [&str; 9] = [
    "/",
    "/policies",
    "/policies/jinan-2023-24",
    PAGE,
    "/cycles",
    "/offices",
    "/leading-group",
    "/universities",
    "/data",
];

pub(super) async fn measure(bench: &Bench<'_>, floor: f64) -> Result<Vec<Row>> {
    let html = page(bench, &LEVELS, &[]).await?;
    let packed = page(bench, &[16], &[("accept-encoding", "br".to_owned())]).await?;
    let tag = fetch(bench, PAGE).await?.etag;
    let again = page(bench, &[16], &[("if-none-match", tag)]).await?;
    Ok(vec![
        bench.row("portal page", html, "list", floor, Vec::new()),
        bench.row("portal page, packed", packed, "list", floor, Vec::new()),
        bench.row("portal page, seen before", again, "list", floor, Vec::new()),
    ])
}

async fn page(bench: &Bench<'_>, levels: &[usize], headers: &[(&'static str, String)]) -> Result<Loads> {
    bench.loads(bench.ours.target, levels, |count| Same::scripts(count, PAGE, headers)).await
}

/// What a first visit brings, of the heaviest page: bytes as a browser asks for them, and requests.
pub(super) async fn sizes(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let (mut most, mut requests) = (0, 0);
    for path in PAGES {
        let html = fetch(bench, path).await?;
        html.hold().with_context(|| path.to_owned())?;
        let mut bytes = packed(bench, path).await?.body.len();
        let parts = parts(&String::from_utf8_lossy(&html.body));
        for part in &parts {
            bytes += packed(bench, part).await?.body.len();
        }
        most = most.max(bytes);
        requests = requests.max(1 + parts.len());
    }
    let number = |it: usize| u32::try_from(it).map(f64::from);
    Ok(vec![
        Row::plain("portal size", Some(bench.database), number(most)? / 1e3, "KB"),
        Row::plain("portal requests", Some(bench.database), number(requests)?, ""),
    ])
}

async fn fetch(bench: &Bench<'_>, path: &str) -> Result<Answer> {
    Connection::open(bench.ours.target.address).await?.send(get(path)?).await
}

async fn packed(bench: &Bench<'_>, path: &str) -> Result<Answer> {
    let mut ask = get(path)?;
    ask.headers_mut().insert("accept-encoding", "gzip, br".parse()?);
    let answer = Connection::open(bench.ours.target.address).await?.send(ask).await?;
    answer.hold().with_context(|| path.to_owned())?;
    Ok(answer)
}

/// What a page loads by itself: style sheets, pictures, scripts.
fn parts(html: &str) -> BTreeSet<String> {
    let tags = html.split('<').filter(|tag| {
        let loads = tag.starts_with("img") || tag.starts_with("script");
        loads || tag.starts_with("link") && (tag.contains("stylesheet") || tag.contains("icon"))
    });
    let places = tags.filter_map(|tag| {
        let (_, behind) = tag.split_once("href=\"").or_else(|| tag.split_once("src=\""))?;
        behind.split('"').next()
    });
    places.filter(|place| place.starts_with('/')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_a_page_loads_is_found_once() {
        let html = r#"<head><link rel="icon" href="/i.svg"/><link rel="stylesheet" href="/a.css">
            <link rel="alternate" hreflang="en" href="/en/"></head><img src="/b.png"><img alt="" src="/b.png">
            <a href="/c">c</a><img src="data:x">"#;
        assert_eq!(parts(html).into_iter().collect::<Vec<_>>(), ["/a.css", "/b.png", "/i.svg"]);
    }
}
