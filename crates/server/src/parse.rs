//! `ronghed parse-file`: reads one file from standard input, within limits that it sets on itself.

use anyhow::{Context, Result, bail};
use ronghe_app::files::{Wanted, answer};
use std::io::{BufWriter, Read, Write};

/// Bytes of memory.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Seconds of a core.
const SECONDS: u64 = 10;

/// Writes what the file says, or what is wrong with it, as JSON; a picture's new bytes behind it.
pub(crate) fn run(wanted: &str) -> Result<()> {
    limit()?;
    let wanted = match wanted {
        "text" => Wanted::Text,
        "rows" => Wanted::Rows,
        "sheets" => Wanted::Sheets,
        "attachment" => Wanted::Attachment,
        other => bail!("parse-file gives text, rows, sheets or attachment, not {other}"),
    };
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    let mut to = BufWriter::new(std::io::stdout().lock());
    answer(wanted, bytes, &mut to).and_then(|()| to.flush()).context("cannot write to standard output")
}

#[cfg(unix)]
fn limit() -> Result<()> {
    rlimit::Resource::AS.set(MEMORY, MEMORY).context("cannot limit the memory")?;
    rlimit::Resource::CPU.set(SECONDS, SECONDS).context("cannot limit the time")?;
    rlimit::Resource::FSIZE.set(0, 0).context("cannot limit files")?;
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> Result<()> {
    Ok(())
}
