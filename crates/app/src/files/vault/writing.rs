//! Sealing content as it comes.

use super::failed;
use crate::crypto::random;
use ronghe_vault::{HEAD, Head, PIECE};
use std::io;
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Content that is sealed piece by piece. Its key is in this process's memory alone until its head is written.
pub(crate) struct Sealing<W> {
    to: W,
    sealing: ronghe_vault::Sealing,
    /// Sealed, to be written.
    sealed: Vec<u8>,
}

impl<W: AsyncWrite + Unpin> Sealing<W> {
    /// Begins behind an empty place for the head.
    pub(crate) async fn begin(mut to: W) -> io::Result<Self> {
        let key = random().map_err(io::Error::other)?;
        to.write_all(&[0; HEAD]).await?;
        Ok(Self { to, sealing: ronghe_vault::Sealing::new(key), sealed: Vec::new() })
    }

    /// Takes what comes next.
    pub(crate) async fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            self.sealing.take(piece, &mut self.sealed).map_err(failed)?;
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> io::Result<()> {
        self.to.write_all(&self.sealed).await?;
        self.sealed.clear();
        Ok(())
    }

    /// Bytes of content that have come.
    pub(crate) const fn size(&self) -> u64 {
        self.sealing.size()
    }

    /// Nothing more comes: what must be known to read it.
    pub(crate) async fn end(self) -> io::Result<(W, Head)> {
        let Self { mut to, sealing, mut sealed } = self;
        let head = sealing.end(&mut sealed).map_err(failed)?;
        to.write_all(&sealed).await?;
        to.flush().await?;
        Ok((to, head))
    }
}
