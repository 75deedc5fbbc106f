//! How the content of files lies at rest: encrypted in pieces, under names that betray nothing.
//!
//! A file is a head and pieces. The pieces are STREAM over AES-256-GCM under a key that is made for this file alone;
//! each holds 64 KiB of content, the last what is left, and the hash of the content goes with the last, for it is
//! known only then. The head names form and key and holds, sealed under a key made from the server's, the file's key
//! and the hash of its content. So a file can be given to another key of the server without touching its pieces.
//!
//! Bytes in, bytes out: no I/O, no clock, and what must be random is given.

mod pieces;

#[cfg(test)]
mod tests;

pub use pieces::{Opening, Sealing};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Bytes of content in a piece.
pub const PIECE: usize = 64 * 1024;
/// Bytes that the seal adds to a piece.
pub const TAG: usize = 16;
/// Bytes of a head: mark, the key's name, nonce, and the sealed key and hash.
pub const HEAD: usize = MARK.len() + ID + NONCE + 2 * KEY + TAG;
/// Bytes of a key, and of a hash.
pub const KEY: usize = 32;
/// Bytes of a nonce of AES-GCM.
pub const NONCE: usize = 12;

/// What a file begins with: a mark, and the version of its form.
const MARK: [u8; 8] = *b"RONGHE\x00\x01";
/// Bytes that name a key.
const ID: usize = 8;

/// Why content is not given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is sealed under another key of the server.
    #[error("a file is kept under another key")]
    OtherKey,
    /// It is whole, but of other content than was asked for.
    #[error("a file lies under the name of another")]
    OtherFile,
    /// It was changed, cut, or put together from several.
    #[error("a file is not what was kept")]
    Damaged,
}

/// Keys of the folder of files, each made from the server's for one use.
#[derive(Clone)]
pub struct Keys {
    id: [u8; ID],
    heads: [u8; KEY],
    names: [u8; KEY],
}

/// What a file's head holds.
#[derive(Clone)]
pub struct Head {
    /// The key of this file alone.
    key: [u8; KEY],
    /// SHA-256 of its content.
    hash: [u8; KEY],
}

impl Keys {
    /// Those that follow from the server's key.
    ///
    /// # Errors
    /// None that is known: every key is long enough.
    pub fn of(server: &[u8; KEY]) -> Result<Self, Fault> {
        let made = |of: &str| derived(server, &format!("files/{of}/1"));
        let (heads, names, id) = (made("heads")?, made("names")?, made("id")?);
        let (id, _) = id.split_first_chunk().ok_or(Fault::Damaged)?;
        Ok(Self { id: *id, heads, names })
    }

    /// The name under which the content with this hash lies.
    ///
    /// # Errors
    /// None that is known.
    pub fn name(&self, hash: &str) -> Result<String, Fault> {
        derived(&self.names, hash).map(|name| hex(&name))
    }

    /// Writes a head; `nonce` is random.
    ///
    /// # Errors
    /// None that is known.
    pub fn seal(&self, head: &Head, nonce: [u8; NONCE]) -> Result<Vec<u8>, Fault> {
        let (msg, aad) = ([head.key, head.hash].concat(), [MARK, self.id].concat());
        let sealed = Aes256Gcm::new(&self.heads.into())
            .encrypt(Nonce::from_slice(&nonce), Payload { msg: &msg, aad: &aad })
            .map_err(|_sealed| Fault::Damaged)?;
        Ok([aad.as_slice(), &nonce, &sealed].concat())
    }

    /// Whether these keys wrote a head.
    ///
    /// # Errors
    /// Where it is no head at all.
    pub fn wrote(&self, head: &[u8; HEAD]) -> Result<bool, Fault> {
        let (mark, rest) = head.split_first_chunk().ok_or(Fault::Damaged)?;
        let (id, _) = rest.split_first_chunk().ok_or(Fault::Damaged)?;
        if *mark == MARK { Ok(*id == self.id) } else { Err(Fault::Damaged) }
    }

    /// Reads a head.
    ///
    /// # Errors
    /// Where these keys have not written it, or not so.
    pub fn open(&self, head: &[u8; HEAD]) -> Result<Head, Fault> {
        if !self.wrote(head)? {
            return Err(Fault::OtherKey);
        }
        let (aad, rest) = head.split_first_chunk::<{ MARK.len() + ID }>().ok_or(Fault::Damaged)?;
        let (nonce, msg) = rest.split_first_chunk::<NONCE>().ok_or(Fault::Damaged)?;
        let clear = Aes256Gcm::new(&self.heads.into())
            .decrypt(Nonce::from_slice(nonce), Payload { msg, aad })
            .map_err(|_sealed| Fault::Damaged)?;
        let (key, hash) = clear.split_first_chunk().ok_or(Fault::Damaged)?;
        Ok(Head { key: *key, hash: hash.try_into().map_err(|_length| Fault::Damaged)? })
    }

    /// Reads the head of the file with this hash.
    ///
    /// # Errors
    /// Where it is another file's, or not to be read.
    pub fn open_for(&self, hash: &str, head: &[u8; HEAD]) -> Result<Head, Fault> {
        self.open(head).and_then(|head| if head.hash() == hash { Ok(head) } else { Err(Fault::OtherFile) })
    }
}

impl Head {
    /// SHA-256 of the content, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&self.hash)
    }
}

/// A key for one use, made from `key`: HMAC-SHA-256 of what it is used for.
fn derived(key: &[u8; KEY], used_for: &str) -> Result<[u8; KEY], Fault> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(|_length| Fault::Damaged)?;
    mac.update(used_for.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
