//! The rows of the table, work by work.

pub(crate) mod decision;
mod import;
pub(crate) mod page;
mod portal;
mod process;
pub(crate) mod reading;
mod records;
mod sign_in;
mod write;

use crate::data::World;
use crate::load::{Load, Script, Target};
use crate::server::Server;
use crate::table::{Database, Row};
use crate::{Options, Work};
use anyhow::Result;
use std::time::Duration;

/// Connections at once.
const LEVELS: [usize; 3] = [1, 16, 64];
/// The level whose processor time stands in the table: neither idle nor queueing.
const LEADING: usize = 16;
/// Before anything is counted: plans are made, caches filled.
const WARM_UP: Duration = Duration::from_millis(500);

/// What the rows of one database are measured on.
struct Bench<'a> {
    options: &'a Options,
    database: Database,
    world: World,
    ours: Server,
    floor: Server,
}

/// Loads of one request on a server, level by level.
struct Loads(Vec<Load>);

impl Loads {
    /// Milliseconds of processor that an answer takes.
    fn cpu(&self) -> f64 {
        let leading = self.0.iter().find(|load| load.concurrency == LEADING);
        leading.or(self.0.last()).map_or(f64::NAN, |load| load.cpu)
    }
}

impl Bench<'_> {
    /// Loads `target` at each of `levels`; `scripts` makes so many of them.
    async fn loads(
        &self,
        target: Target,
        levels: &[usize],
        scripts: impl Fn(usize) -> Vec<Box<dyn Script>>,
    ) -> Result<Loads> {
        target.load(scripts(LEADING), WARM_UP).await?;
        let mut loads = Vec::new();
        for level in levels {
            loads.push(target.load(scripts(*level), self.options.time()).await?);
        }
        Ok(Loads(loads))
    }

    fn row(
        &self,
        work: &'static str,
        ours: Loads,
        against: &'static str,
        floor: f64,
        below: Vec<Load>,
    ) -> Row {
        Row::ratio(work, Some(self.database), ours.cpu(), "ms CPU", against, floor).with_loads(ours.0, below)
    }
}

/// Every row that is wanted, on one database.
pub(crate) async fn measure(options: &Options, database: Database) -> Result<Vec<Row>> {
    let began = std::time::Instant::now();
    let world = World::make(database, options.postgres.as_deref()).await?;
    eprintln!("{database}: the data was made in {:.1} s", began.elapsed().as_secs_f64());
    let mut rows = Vec::new();
    if options.wants(Work::Start) {
        rows.push(process::start(options, database, &world).await?);
    }
    if options.wants(Work::Memory) {
        rows.extend(process::memory_rows(options, database, &world).await?);
    }
    let ours = Server::ours(&options.server, &world).await?;
    let floor = Server::floor(&world).await?;
    let bench = Bench { options, database, world, ours, floor };
    rows.extend(records::measure(&bench).await?);
    if options.wants(Work::Portal) {
        rows.extend(portal::sizes(&bench).await?);
    }
    if options.wants(Work::SignIn) {
        rows.push(sign_in::measure(&bench).await?);
    }
    // Last, for it changes what the others read.
    if options.wants(Work::Write) {
        rows.extend(write::measure(&bench).await?);
    }
    if options.wants(Work::Import) {
        rows.extend(import::measure(&bench).await?);
    }
    eprintln!("{database}: done after {:.1} s", began.elapsed().as_secs_f64());
    Ok(rows)
}
