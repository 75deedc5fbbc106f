//! What processes use, as Linux counts it: processor time and resident memory.

use anyhow::{Context, Result};
use std::time::Duration;

/// One tick of `/proc/*/stat`: Linux shows times to programs in hundredths of a second (USER_HZ).
const TICK: Duration = Duration::from_millis(10);

/// Processes whose processor time belongs to one measurement: a server, and the database's where it has some.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Processes {
    pub(crate) server: u32,
    /// PostgreSQL's first process; every other one of it is its child.
    pub(crate) database: Option<u32>,
}

impl Processes {
    /// Processor time up to now.
    pub(crate) fn time(self) -> Result<Duration> {
        let mut ticks = own(self.server)?;
        if let Some(first) = self.database {
            ticks += with_ended(first)?;
            for child in children(first)? {
                // A connection's process may end while it is looked at: then its parent counts it.
                ticks += own(child).unwrap_or_default();
            }
        }
        Ok(TICK * ticks)
    }
}

/// Processor time of this process.
pub(crate) fn of_this() -> Result<Duration> {
    Ok(TICK * own(std::process::id())?)
}

/// The process that started `process`.
pub(crate) fn parent(process: u32) -> Result<u32> {
    field(&stat(process)?, 1)
}

/// Resident memory now, and the most that there was, in bytes.
pub(crate) fn memory(process: u32) -> Result<(u64, u64)> {
    let path = format!("/proc/{process}/status");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let kib = |name: &str| -> Result<u64> {
        let line =
            text.lines().find_map(|line| line.strip_prefix(name)).context("the kernel says nothing")?;
        let number = line.trim_start_matches(':').trim().trim_end_matches("kB").trim();
        Ok(number.parse::<u64>()? * 1024)
    };
    Ok((kib("VmRSS")?, kib("VmHWM")?))
}

fn own(process: u32) -> Result<u32> {
    let stat = stat(process)?;
    Ok(field(&stat, 11)? + field(&stat, 12)?)
}

/// The same with that of children that ended.
fn with_ended(process: u32) -> Result<u32> {
    let stat = stat(process)?;
    (11..=14).map(|at| field(&stat, at)).sum()
}

fn children(process: u32) -> Result<Vec<u32>> {
    let processes = std::fs::read_dir("/proc").context("cannot read /proc")?;
    let ids = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    Ok(ids.filter(|id| parent(*id).is_ok_and(|parent| parent == process)).collect())
}

fn stat(process: u32) -> Result<String> {
    let path = format!("/proc/{process}/stat");
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
}

/// A field behind the name, which stands in brackets and may hold anything.
fn field(stat: &str, at: usize) -> Result<u32> {
    let behind = stat.rsplit_once(')').map(|(_, behind)| behind).unwrap_or_default();
    let word = behind.split_whitespace().nth(at).context("a field is missing in /proc")?;
    word.parse().with_context(|| format!("{word} is no number"))
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_stand_behind_the_name() {
        let stat = "42 (a) b (c) S 7 42 42 0 -1 4194560 1 0 0 0 31 12 5 6 20 0 1 0";
        assert_eq!(field(stat, 1).unwrap(), 7);
        assert_eq!(field(stat, 11).unwrap(), 31);
        assert_eq!(field(stat, 14).unwrap(), 6);
        assert!(field("42 (a", 1).is_err());
    }
}
