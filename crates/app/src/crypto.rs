//! Random codes, hashes of what is looked up by its hash, and sealing of what must be read again.

use crate::Error;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use ronghe_store::{Envelope, Error as StoreError};
use sha2::{Digest, Sha256};
use std::io;

/// Bytes of a nonce of AES-GCM.
const NONCE: usize = 12;

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(io::Error::other(error.to_string())))?;
    Ok(bytes)
}

/// A code of 256 random bits that can stand in an address.
pub(crate) fn code() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// SHA-256, hexadecimal: how a code of 256 bits is kept.
pub(crate) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Seals what lies in the database under the server's key.
#[derive(Clone)]
pub struct Sealer([u8; 32]);

impl Sealer {
    /// One that seals under `key`.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }
}

impl Envelope for Sealer {
    fn seal(&self, text: &str) -> Result<String, StoreError> {
        seal(&self.0, text.as_bytes()).map_err(unsealed)
    }

    fn open(&self, sealed: &str) -> Result<String, StoreError> {
        let text = open(&self.0, sealed).map_err(unsealed)?;
        String::from_utf8(text).map_err(unsealed)
    }
}

fn unsealed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt { table: "sealed", reason: error.to_string() }
}

/// HMAC-SHA-256 of `text` under the server's key, hexadecimal.
pub(crate) fn mac(key: &[u8; 32], text: &str) -> Result<String, Error> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(Error::internal)?;
    mac.update(text.as_bytes());
    Ok(hex(&mac.finalize().into_bytes()))
}

/// Encrypts `text` under the server's key: AES-256-GCM, the nonce in front, base 64.
pub(crate) fn seal(key: &[u8; 32], text: &[u8]) -> Result<String, Error> {
    let nonce = random::<NONCE>()?;
    let sealed = Aes256Gcm::new(key.into()).encrypt(Nonce::from_slice(&nonce), text).map_err(broken)?;
    Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
}

/// Decrypts what [`seal`] made.
pub(crate) fn open(key: &[u8; 32], sealed: &str) -> Result<Vec<u8>, Error> {
    let bytes = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
    let (nonce, text) = bytes.split_at_checked(NONCE).ok_or_else(|| broken(aes_gcm::Error))?;
    Aes256Gcm::new(key.into()).decrypt(Nonce::from_slice(nonce), text).map_err(broken)
}

/// Seals under `next` what was sealed under `before`.
pub(crate) fn reseal(before: &[u8; 32], next: &[u8; 32], sealed: &str) -> Result<String, StoreError> {
    open(before, sealed).and_then(|text| seal(next, &text)).map_err(unsealed)
}

fn broken(_: aes_gcm::Error) -> Error {
    Error::internal(io::Error::other("what was sealed does not open under this key"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{code, digest, mac, open, seal};

    #[test]
    fn what_is_sealed_opens_under_its_key_only() {
        let sealed = seal(&[1; 32], "种子".as_bytes()).unwrap();
        assert_eq!(open(&[1; 32], &sealed).unwrap(), "种子".as_bytes());
        assert!(open(&[2; 32], &sealed).is_err());
        assert!(open(&[1; 32], "AAAA").is_err());
        assert_ne!(sealed, seal(&[1; 32], "种子".as_bytes()).unwrap());
    }

    #[test]
    fn codes_differ_and_hashes_do_not() {
        assert_ne!(code().unwrap(), code().unwrap());
        assert_eq!(code().unwrap().len(), 43);
        assert_eq!(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_ne!(mac(&[1; 32], "a").unwrap(), mac(&[2; 32], "a").unwrap());
    }
}
