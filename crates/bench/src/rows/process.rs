//! The process: how soon it answers, and how much memory it keeps.

use super::{LEVELS, WARM_UP};
use crate::Options;
use crate::cpu::memory;
use crate::data::World;
use crate::load::Same;
use crate::server::Server;
use crate::table::{Database, Row};
use anyhow::Result;

/// Starts, of which the middle one counts.
const STARTS: usize = 5;

pub(super) async fn start(options: &Options, database: Database, world: &World) -> Result<Row> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(Server::ours(&options.server, world).await?.took);
    }
    times.sort_unstable();
    let middle = times.get(STARTS / 2).copied().unwrap_or_default();
    Ok(Row::plain("start", Some(database), middle.as_secs_f64(), "s"))
}

/// A server of its own: what others have measured does not stand in its memory.
pub(super) async fn memory_rows(options: &Options, database: Database, world: &World) -> Result<Vec<Row>> {
    let server = Server::ours(&options.server, world).await?;
    let megabytes = |bytes: u64| u32::try_from(bytes / 1000).map(|kilobytes| f64::from(kilobytes) / 1e3);
    // What the start itself leaves behind has settled by then.
    tokio::time::sleep(WARM_UP).await;
    let (idle, _) = memory(server.process())?;
    let cookie = [("cookie", world.lead.clone())];
    let most = LEVELS.into_iter().max().unwrap_or_default();
    let list = format!("/api/v1/needs?year={}&state=forwarded", world.year);
    let detail = format!("/api/v1/needs/{}", world.arrived.first().map(String::as_str).unwrap_or_default());
    for path in ["/policies/jinan-2023-24", &detail, &list] {
        server.target.load(Same::scripts(most, path, &cookie), options.time()).await?;
    }
    let (_, peak) = memory(server.process())?;
    Ok(vec![
        Row::plain("memory idle", Some(database), megabytes(idle)?, "MB"),
        Row::plain("memory under 64", Some(database), megabytes(peak)?, "MB"),
    ])
}
