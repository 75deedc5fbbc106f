//! Content on its way to the disk and from it: what `ronghe_vault` makes of it, piece by piece.

mod reading;
mod writing;

#[cfg(test)]
mod tests;

pub(crate) use reading::{Unsealed, unsealed};
pub(crate) use writing::Sealing;

use ronghe_vault::{Fault, HEAD};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The first bytes of a file.
pub(crate) async fn head(from: &mut (impl AsyncRead + Unpin)) -> io::Result<[u8; HEAD]> {
    let mut head = [0; HEAD];
    from.read_exact(&mut head).await?;
    Ok(head)
}

/// As what fails where a file is read or written.
pub(crate) fn failed(fault: Fault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}
