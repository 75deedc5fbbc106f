//! Sealing content as it comes.

use super::{HEAD, Head, KEY, MARK, PIECE, TAG, damaged, last};
use crate::crypto::random;
use aes_gcm::Aes256Gcm;
use aes_gcm::aead::stream::EncryptorBE32;
use sha2::{Digest, Sha256};
use std::{io, mem};
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Content that is sealed piece by piece. Its key is in this process's memory alone until its head is written.
pub(crate) struct Sealing<W> {
    to: W,
    key: [u8; KEY],
    stream: EncryptorBE32<Aes256Gcm>,
    /// What has come and is not sealed yet.
    piece: Vec<u8>,
    hash: Sha256,
    size: u64,
}

impl<W: AsyncWrite + Unpin> Sealing<W> {
    /// Begins behind an empty place for the head.
    pub(crate) async fn begin(mut to: W) -> io::Result<Self> {
        let key = random().map_err(io::Error::other)?;
        to.write_all(&[0; HEAD]).await?;
        let (stream, piece) = (Head::encryptor(&key), Vec::with_capacity(PIECE + TAG));
        Ok(Self { to, key, stream, piece, hash: Sha256::new(), size: 0 })
    }

    /// Takes what comes next.
    pub(crate) async fn take(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        while !bytes.is_empty() {
            // Only once more has come is a full piece not the last.
            if self.piece.len() == PIECE {
                self.stream.encrypt_next_in_place(&MARK, &mut self.piece).map_err(|_full| damaged())?;
                self.to.write_all(&self.piece).await?;
                self.piece.clear();
            }
            let (now, later) =
                bytes.split_at_checked(PIECE.saturating_sub(self.piece.len())).unwrap_or((bytes, &[]));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Bytes of content that have come.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    /// Nothing more comes: what must be known to read it.
    pub(crate) async fn end(mut self) -> io::Result<(W, Head)> {
        let hash = self.hash.finalize().into();
        let mut piece = mem::take(&mut self.piece);
        self.stream.encrypt_last_in_place(&last(&hash), &mut piece).map_err(|_full| damaged())?;
        self.to.write_all(&piece).await?;
        self.to.flush().await?;
        Ok((self.to, Head { key: self.key, hash }))
    }
}
