//! Commands: a district returns a need, its school submits it again; each decides, saves, chains its event,
//! tells whom it concerns and keeps its answer. The floor writes one row.

use super::{Bench, Loads, WARM_UP};
use crate::data::Writer;
use crate::load::{Answer, Ask, Load, Script, Target};
use crate::table::Row;
use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::Request;
use ronghe_domain::kernel::Version;
use serde_json::json;

/// Writers at once; the last is the leading one.
const LEVELS: [usize; 2] = [1, 32];

/// The floor's command.
struct Bare;

impl Script for Bare {
    fn next(&mut self) -> Result<Ask> {
        Ok(Request::post("/write").body(Full::from("a need was returned"))?)
    }
}

/// One need that goes to and fro.
struct Turns {
    writer: Writer,
    /// As of the last answer.
    version: String,
    returned: bool,
    /// Before the keys of this script.
    keys: String,
    sent: u64,
}

impl Script for Turns {
    fn next(&mut self) -> Result<Ask> {
        self.sent += 1;
        let (cookie, body) = if self.returned {
            (&self.writer.school, json!({ "action": "submit" }))
        } else {
            (&self.writer.district, json!({ "action": "return", "remark": "请补充现状数据，写明人数与课时" }))
        };
        let ask = Request::post(format!("/api/v1/needs/{}/actions", self.writer.need))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookie)
            .header("if-match", &self.version)
            .header("idempotency-key", format!("{}-{}", self.keys, self.sent));
        Ok(ask.body(Full::from(body.to_string()))?)
    }

    fn seen(&mut self, answer: &Answer) -> Result<()> {
        answer.hold().with_context(|| format!("{} at {}", self.writer.need, self.version))?;
        self.returned = !self.returned;
        self.version.clone_from(&answer.etag);
        Ok(())
    }
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let bare = |count: usize| (0..count).map(|_| -> Box<dyn Script> { Box::new(Bare) }).collect();
    let floor = level_by_level(bench, bench.floor.target, bare).await?;
    // Each load has needs of its own: a need is left in the state of its last turn.
    let mut writers = bench.world.writers.iter();
    let own = |count: usize| {
        let own = writers.by_ref().take(count);
        own.map(|writer| -> Box<dyn Script> { Box::new(turns(writer)) }).collect()
    };
    let ours = level_by_level(bench, bench.ours.target, own).await?;
    let (cpu, below) = (floor.cpu(), floor.0);
    let rate = |loads: &[Load]| loads.last().map_or(f64::NAN, |load| load.rate);
    let (own_rate, floor_rate) = (rate(&ours.0), rate(&below));
    Ok(vec![
        bench.row("write", ours, "one row", cpu, below),
        Row::ratio("write rate of 32", Some(bench.database), own_rate, "/s", "one row", floor_rate),
    ])
}

async fn level_by_level(
    bench: &Bench<'_>,
    target: Target,
    mut scripts: impl FnMut(usize) -> Vec<Box<dyn Script>>,
) -> Result<Loads> {
    target.load(scripts(1), WARM_UP).await?;
    let mut loads = Vec::new();
    for level in LEVELS {
        loads.push(target.load(scripts(level), bench.options.time()).await?);
    }
    Ok(Loads(loads))
}

fn turns(writer: &Writer) -> Turns {
    let keys = format!("bench-{}", writer.need);
    Turns { writer: writer.clone(), version: Version::FIRST.to_string(), returned: false, keys, sent: 0 }
}
