//! How the content of files lies at rest: encrypted in pieces, under names that betray nothing.
//!
//! A file is a head and pieces. The pieces are STREAM over AES-256-GCM under a key that is made for this file alone;
//! each holds 64 KiB of content, the last what is left, and the hash of the content goes with the last. The head names
//! form and key and holds, sealed under a key made from the server's, the file's key and the hash of its content. So a
//! file can be given to another key of the server without touching its pieces.

mod reading;
mod writing;

#[cfg(test)]
mod tests;

pub(crate) use reading::Unsealed;
pub(crate) use writing::Sealing;

use crate::crypto::{derived, random};
use aes_gcm::aead::stream::{DecryptorBE32, EncryptorBE32};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use ronghe_domain::audit::hex;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of content in a piece.
const PIECE: usize = 64 * 1024;
/// Bytes that a seal adds.
const TAG: usize = 16;
/// What a file begins with: a mark, and the version of its form.
const MARK: [u8; 8] = *b"RONGHE\x00\x01";
/// Bytes that name a key.
const ID: usize = 8;
/// Bytes of a nonce of AES-GCM.
const NONCE: usize = 12;
/// Bytes of a key, and of a hash.
const KEY: usize = 32;
/// Bytes of a head: mark, key's name, nonce, and the sealed key and hash.
pub(crate) const HEAD: usize = MARK.len() + ID + NONCE + 2 * KEY + TAG;
/// A key serves for one file, so its nonces may all begin alike.
const BEGINNING: [u8; 7] = [0; 7];

/// Keys of the folder of files, each made from the server's for one use.
pub(crate) struct Keys {
    id: [u8; ID],
    heads: [u8; KEY],
    names: [u8; KEY],
}

/// What a file's head holds.
#[derive(Clone)]
pub(crate) struct Head {
    /// The key of this file alone.
    key: [u8; KEY],
    /// SHA-256 of its content.
    hash: [u8; KEY],
}

impl Keys {
    /// Those that follow from the server's key.
    pub(crate) fn of(server: &[u8; 32]) -> io::Result<Self> {
        let made = |of: &str| derived(server, &format!("files/{of}/1"));
        let (heads, names, id) = (made("heads")?, made("names")?, made("id")?);
        let (id, _) = id.split_first_chunk().ok_or_else(damaged)?;
        Ok(Self { id: *id, heads, names })
    }

    /// The name under which the content with this hash lies.
    pub(crate) fn name(&self, hash: &str) -> io::Result<String> {
        Ok(hex(&derived(&self.names, hash)?))
    }

    /// Writes a head.
    pub(crate) fn seal(&self, head: &Head) -> io::Result<Vec<u8>> {
        let nonce = random::<NONCE>().map_err(io::Error::other)?;
        let (msg, aad) = ([head.key, head.hash].concat(), [MARK, self.id].concat());
        let sealed = Aes256Gcm::new(&self.heads.into())
            .encrypt(Nonce::from_slice(&nonce), Payload { msg: &msg, aad: &aad })
            .map_err(|_sealed| damaged())?;
        Ok([aad, nonce.to_vec(), sealed].concat())
    }

    /// Whether this head was written by these keys; wrong where it is no head at all.
    pub(crate) fn wrote(&self, head: &[u8; HEAD]) -> io::Result<bool> {
        let (mark, rest) = head.split_first_chunk().ok_or_else(damaged)?;
        if *mark != MARK {
            return Err(damaged());
        }
        let (id, _) = rest.split_first_chunk::<ID>().ok_or_else(damaged)?;
        Ok(*id == self.id)
    }

    /// Reads a head.
    pub(crate) fn open(&self, head: &[u8; HEAD]) -> io::Result<Head> {
        if !self.wrote(head)? {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a file is kept under another key"));
        }
        let (aad, rest) = head.split_first_chunk::<{ MARK.len() + ID }>().ok_or_else(damaged)?;
        let (nonce, msg) = rest.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
        let clear = Aes256Gcm::new(&self.heads.into())
            .decrypt(Nonce::from_slice(nonce), Payload { msg, aad })
            .map_err(|_sealed| damaged())?;
        let (key, hash) = clear.split_first_chunk().ok_or_else(damaged)?;
        Ok(Head { key: *key, hash: hash.try_into().map_err(|_length| damaged())? })
    }
}

impl Head {
    /// SHA-256 of the content, hexadecimal.
    pub(crate) fn hash(&self) -> String {
        hex(&self.hash)
    }

    /// The content behind it: `length` bytes of `from`, which stands behind the head.
    pub(crate) fn content<R: AsyncRead + Unpin>(&self, from: R, length: u64) -> Unsealed<R> {
        Unsealed::new(from, self, length)
    }

    fn encryptor(key: &[u8; KEY]) -> EncryptorBE32<Aes256Gcm> {
        EncryptorBE32::new(key.into(), &BEGINNING.into())
    }

    fn decryptor(&self) -> DecryptorBE32<Aes256Gcm> {
        DecryptorBE32::new(&self.key.into(), &BEGINNING.into())
    }
}

/// The content with this hash out of a file of `size` bytes.
pub(crate) async fn unsealed<R: AsyncRead + Unpin>(
    keys: &Keys,
    hash: &str,
    mut from: R,
    size: u64,
) -> io::Result<Unsealed<R>> {
    let head = keys.open(&head(&mut from).await?)?;
    if head.hash() != hash {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a file lies under the name of another"));
    }
    Ok(head.content(from, size.saturating_sub(size_of_head())))
}

/// The first bytes of a file.
pub(crate) async fn head(from: &mut (impl AsyncRead + Unpin)) -> io::Result<[u8; HEAD]> {
    let mut head = [0; HEAD];
    from.read_exact(&mut head).await?;
    Ok(head)
}

/// Bytes of a head.
pub(crate) fn size_of_head() -> u64 {
    u64::try_from(HEAD).unwrap_or(u64::MAX)
}

/// What goes with the last piece: all pieces are of the content with this hash.
fn last(hash: &[u8; KEY]) -> Vec<u8> {
    [MARK.as_slice(), hash].concat()
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a file is not what was kept")
}
