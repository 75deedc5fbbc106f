//! Pieces of content, one after the other: none can be changed, left out, put elsewhere or added.

use super::{Fault, Head, KEY, MARK, PIECE, TAG};
use aes_gcm::Aes256Gcm;
use aes_gcm::aead::stream::{DecryptorBE32, EncryptorBE32};
use sha2::{Digest, Sha256};

/// A key serves for one file, so its nonces may all begin alike.
const BEGINNING: [u8; 7] = [0; 7];

/// Content that is sealed as it comes. What must be known to read it is known at its end.
pub struct Sealing {
    key: [u8; KEY],
    stream: EncryptorBE32<Aes256Gcm>,
    /// What has come and is not sealed yet.
    piece: Vec<u8>,
    hash: Sha256,
    size: u64,
}

impl Sealing {
    /// Seals under `key`, which is random and serves for nothing else.
    #[must_use]
    pub fn new(key: [u8; KEY]) -> Self {
        let stream = EncryptorBE32::new(&key.into(), &BEGINNING.into());
        Self { key, stream, piece: Vec::with_capacity(PIECE + TAG), hash: Sha256::new(), size: 0 }
    }

    /// Takes what comes next, and adds to `to` what is sealed of it.
    ///
    /// # Errors
    /// Where there is more than 256 TiB.
    pub fn take(&mut self, mut bytes: &[u8], to: &mut Vec<u8>) -> Result<(), Fault> {
        self.hash.update(bytes);
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        while !bytes.is_empty() {
            // Only once more has come is a full piece not the last.
            if self.piece.len() == PIECE {
                self.stream.encrypt_next_in_place(&MARK, &mut self.piece).map_err(|_full| Fault::Damaged)?;
                to.append(&mut self.piece);
            }
            let room = PIECE.saturating_sub(self.piece.len());
            let (now, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Bytes of content that have come.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Nothing more comes: adds the last piece to `to`, and says what stands in the head.
    ///
    /// # Errors
    /// Where there is more than 256 TiB.
    pub fn end(mut self, to: &mut Vec<u8>) -> Result<Head, Fault> {
        let head = Head { key: self.key, hash: self.hash.finalize().into() };
        self.stream
            .encrypt_last_in_place(&last(&head.hash), &mut self.piece)
            .map_err(|_full| Fault::Damaged)?;
        to.append(&mut self.piece);
        Ok(head)
    }
}

/// Content that is opened piece by piece.
pub struct Opening {
    hash: [u8; KEY],
    /// None behind the last piece, and behind one that does not hold.
    stream: Option<DecryptorBE32<Aes256Gcm>>,
}

impl Opening {
    /// What stands behind `head`.
    #[must_use]
    pub fn new(head: &Head) -> Self {
        let stream = DecryptorBE32::new(&head.key.into(), &BEGINNING.into());
        Self { hash: head.hash, stream: Some(stream) }
    }

    /// Whether there is nothing more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.stream.is_none()
    }

    /// Opens the next piece, the last of the file where nothing stands behind it.
    ///
    /// # Errors
    /// Where it is not what was kept there.
    pub fn next(&mut self, piece: &mut Vec<u8>, is_last: bool) -> Result<(), Fault> {
        let mut stream = self.stream.take().ok_or(Fault::Damaged)?;
        if is_last {
            return stream.decrypt_last_in_place(&last(&self.hash), piece).map_err(|_sealed| Fault::Damaged);
        }
        stream.decrypt_next_in_place(&MARK, piece).map_err(|_sealed| Fault::Damaged)?;
        self.stream = Some(stream);
        Ok(())
    }
}

/// What goes with the last piece: all pieces are of the content with this hash.
fn last(hash: &[u8; KEY]) -> Vec<u8> {
    [MARK.as_slice(), hash].concat()
}
