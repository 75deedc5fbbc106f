//! Reading a policy document, against one pass over its characters: no reader can do less than look at each
//! of them once.

use crate::table::Row;
use anyhow::Result;
use ronghe_demo::data::NOTICE;
use ronghe_domain::policy::parse::parse;
use std::hint::black_box;
use std::time::{Duration, Instant};

const TIMES: u32 = 500;

pub(crate) fn measure() -> Result<Row> {
    let bytes = u32::try_from(NOTICE.len())?;
    let floor = speed(bytes, || {
        black_box(black_box(NOTICE).chars().filter(|c| char::is_alphanumeric(*c)).count());
    });
    let reader = speed(bytes, || {
        black_box(parse(black_box(NOTICE)));
    });
    Ok(Row::ratio("reading", None, reader, "MB/s", "scan", floor))
}

/// MB/s of the fastest run: the others wait for other work of the machine.
fn speed(bytes: u32, run: impl Fn()) -> f64 {
    let best = (0..TIMES).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    let best = best.min().unwrap_or_default().max(Duration::from_nanos(1));
    f64::from(bytes) / best.as_secs_f64() / 1e6
}
