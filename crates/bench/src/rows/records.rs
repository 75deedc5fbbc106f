//! Lists, one record, searches and pages: what is read, against the floor's list and its one row.

use super::{Bench, LEVELS, Loads, portal};
use crate::Work;
use crate::load::{Answer, Ask, Same, Script, get};
use crate::table::Row;
use crate::text::SOUGHT;
use anyhow::{Result, ensure};
use serde_json::Value;

/// The floor's list stands under list and portal, our list under search.
pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let wants = |work| bench.options.wants(work);
    let mut rows = Vec::new();
    if wants(Work::List) || wants(Work::Search) || wants(Work::Portal) {
        check(bench).await?;
        let bare =
            bench.loads(bench.floor.target, &LEVELS, |count| Same::scripts(count, "/list", &[])).await?;
        let floor = bare.cpu();
        if wants(Work::Portal) {
            rows.extend(portal::measure(bench, floor).await?);
        }
        if wants(Work::List) || wants(Work::Search) {
            let ours = list(bench, "").await?;
            let own = ours.cpu();
            if wants(Work::List) {
                rows.insert(0, bench.row("list", ours, "list", floor, bare.0));
            }
            if wants(Work::Search) {
                let found = list(bench, &format!("&q={}", encoded(SOUGHT))).await?;
                rows.push(bench.row("search", found, "our list", own, Vec::new()));
            }
        }
    }
    if wants(Work::Detail) {
        let year = bench.world.year.clone();
        let bare = bench.loads(bench.floor.target, &LEVELS, |count| {
            detail(bench, count, &|name| {
                let seq = name.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
                format!("/detail?year={year}&seq={seq}")
            })
        });
        let bare = bare.await?;
        let path = |name: &str| format!("/api/v1/needs/{name}");
        let ours = bench.loads(bench.ours.target, &LEVELS, |count| detail(bench, count, &path)).await?;
        let floor = bare.cpu();
        rows.push(bench.row("detail", ours, "one row", floor, bare.0));
    }
    Ok(rows)
}

/// The list as the lead office looks at it: what has arrived in this year's cycle, last changed first.
fn list_path(bench: &Bench<'_>, more: &str) -> String {
    format!("/api/v1/needs?year={}&state=forwarded&sort=changed{more}", bench.world.year)
}

async fn list(bench: &Bench<'_>, more: &str) -> Result<Loads> {
    let path = list_path(bench, more);
    let cookie = [("cookie", bench.world.lead.clone())];
    bench.loads(bench.ours.target, &LEVELS, |count| Same::scripts(count, &path, &cookie)).await
}

/// Both servers show what they are measured by: fifty rows each, of those that are asked for.
async fn check(bench: &Bench<'_>) -> Result<()> {
    let mut connection = crate::load::Connection::open(bench.ours.target.address).await?;
    for (more, least, most) in
        [("", 1000, 1000), ("&q=", 1000, 1000), (&*format!("&q={}", encoded(SOUGHT)), 150, 400)]
    {
        let mut ask = get(&list_path(bench, more))?;
        ask.headers_mut().insert("cookie", bench.world.lead.parse()?);
        let answer = connection.send(ask).await?;
        answer.hold()?;
        let page: Value = serde_json::from_slice(&answer.body)?;
        let rows = page.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        let total = page.get("total").and_then(Value::as_u64).unwrap_or_default();
        ensure!(rows == 50 && (least..=most).contains(&total), "{more}: {rows} rows of {total}");
    }
    let mut connection = crate::load::Connection::open(bench.floor.target.address).await?;
    let answer = connection.send(get("/list")?).await?;
    let page: Value = serde_json::from_slice(&answer.body)?;
    ensure!(page.as_array().map(Vec::len) == Some(50), "the floor's list is not of fifty");
    Ok(())
}

/// One need after the other, each connection from another one on.
struct Walk {
    paths: std::iter::Cycle<std::vec::IntoIter<String>>,
    cookie: String,
}

fn detail(bench: &Bench<'_>, count: usize, path: &dyn Fn(&str) -> String) -> Vec<Box<dyn Script>> {
    let needs = &bench.world.arrived;
    let each = needs.len() / count.max(1);
    let part = |at: usize| needs.iter().skip(at * each).take(each).map(|name| path(name)).collect::<Vec<_>>();
    let one = |at: usize| -> Box<dyn Script> {
        Box::new(Walk { paths: part(at).into_iter().cycle(), cookie: bench.world.lead.clone() })
    };
    (0..count).map(one).collect()
}

impl Script for Walk {
    fn next(&mut self) -> Result<Ask> {
        let mut ask = get(&self.paths.next().unwrap_or_default())?;
        ask.headers_mut().insert("cookie", self.cookie.parse()?);
        Ok(ask)
    }

    fn seen(&mut self, answer: &Answer) -> Result<()> {
        answer.hold()
    }
}

/// Percent-encodes a word for a query.
fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
