//! How fast policy documents are read, against one pass over their characters.
//!
//! `cargo run --release -p ronghe-domain --example reading -- [file] [times]` reads a text again and again
//! (the notice where none is named) and prints MB/s of the reader, MB/s of the floor, and their ratio.
//! The floor counts the letters of the text: no reader can do less than look at each character once.

use ronghe_domain::policy::parse::parse;
use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

const NOTICE: &str = include_str!("../tests/fixtures/policy/jinan-2023-24.txt");
const TIMES: u32 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let text = match arguments.next() {
        Some(path) => std::fs::read_to_string(path)?,
        None => NOTICE.to_owned(),
    };
    let times = arguments.next().map_or(Ok(TIMES), |times| times.parse())?;
    let bytes = u32::try_from(text.len())?;
    let floor = speed(bytes, times, || {
        black_box(black_box(text.as_str()).chars().filter(|c| char::is_alphanumeric(*c)).count());
    });
    let reader = speed(bytes, times, || {
        black_box(parse(black_box(&text)));
    });
    writeln!(
        std::io::stdout(),
        "{bytes} bytes, read {times} times: {reader:.1} MB/s; floor {floor:.1} MB/s; ratio 1 : {:.1}",
        floor / reader
    )?;
    Ok(())
}

/// MB/s of the fastest of `times` runs over `bytes` bytes: the others wait for other work of the machine.
fn speed(bytes: u32, times: u32, run: impl Fn()) -> f64 {
    let best = (0..times.max(1))
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default();
    f64::from(bytes) / best.max(Duration::from_nanos(1)).as_secs_f64() / 1e6
}
