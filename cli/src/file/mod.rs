//! Files on this machine: what is read from them, and what is saved.

use crate::context::Context;
use crate::exit::{Failure, done};
use ronghe_text::colon;
use serde::de::DeserializeOwned;
use std::io::Read as _;
use std::path::Path;

/// The bytes of `file`, `-` being standard input.
pub(crate) fn bytes(context: &Context, file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let done = if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    match done {
        Ok(_) => Ok(bytes),
        Err(error) => {
            let word = context.lang.pick("读不了", "cannot read");
            Err(Failure::input(format!("{word} {}: {error}", file.display())))
        }
    }
}

/// What `file` says as JSON.
pub(crate) fn json<T: DeserializeOwned>(context: &Context, file: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&bytes(context, file)?)
        .map_err(|error| Failure::input(format!("{}{}{error}", file.display(), colon(context.lang))))
}

/// Writes `bytes` to `file`, and says so.
pub(crate) fn save(context: &Context, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes)
        .map_err(|error| Failure::input(format!("{}{}{error}", file.display(), colon(context.lang))))?;
    done(context, &format!("{} {}", context.lang.pick("已保存", "saved"), file.display()));
    Ok(())
}
