//! What is sealed comes back as it was, and anything else is refused.

use super::{Sealing, unsealed};
use proptest::prelude::*;
use ronghe_domain::audit::hex;
use ronghe_vault::{HEAD, Keys, PIECE, TAG};
use sha2::{Digest, Sha256};
use std::io::{self, Cursor};
use tokio::io::AsyncReadExt;

/// Bytes that differ from piece to piece.
fn content(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from((at / PIECE * 31 + at) % 251).unwrap()).collect()
}

fn hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// As it lies on the disk, when it came in pieces of `at_once` bytes.
async fn kept(keys: &Keys, content: &[u8], at_once: usize) -> Vec<u8> {
    let mut sealing = Sealing::begin(Cursor::new(Vec::new())).await.unwrap();
    for piece in content.chunks(at_once) {
        sealing.take(piece).await.unwrap();
    }
    assert_eq!(usize::try_from(sealing.size()).unwrap(), content.len());
    let (to, head) = sealing.end().await.unwrap();
    assert_eq!(head.hash(), hash(content));
    let mut bytes = to.into_inner();
    bytes.splice(..HEAD, keys.seal(&head, [5; 12]).unwrap());
    bytes
}

/// What is read of `bytes` under the name of the content with this hash.
async fn read(keys: &Keys, hash: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let size = u64::try_from(bytes.len()).unwrap();
    let mut content = unsealed(keys, hash, bytes, size).await?;
    let mut read = Vec::new();
    content.read_to_end(&mut read).await?;
    Ok(read)
}

fn keys(of: u8) -> Keys {
    Keys::of(&[of; 32]).unwrap()
}

const SIZES: [usize; 8] = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE, 3 * PIECE + 17];

#[tokio::test]
async fn what_is_kept_is_read_and_nothing_of_it_shows() {
    for size in SIZES {
        let content = content(size);
        let bytes = kept(&keys(1), &content, 10_000).await;
        assert_eq!(bytes.len(), HEAD + size + size.div_ceil(PIECE).max(1) * TAG, "{size}");
        assert_eq!(read(&keys(1), &hash(&content), &bytes).await.unwrap(), content, "{size}");
        let again = kept(&keys(1), &content, 10_000).await;
        assert_ne!(bytes[16..], again[16..], "a key for each file");
        if size > 100 {
            assert!(!bytes.windows(32).any(|window| window == &content[..32]), "{size}");
        }
    }
}

#[tokio::test]
async fn any_byte_that_was_changed_is_noticed() {
    for size in SIZES {
        let content = content(size);
        let (keys, hash, bytes) = (keys(1), hash(&content), kept(&keys(1), &content, PIECE).await);
        let ends = [0, 7, 8, 16, 28, HEAD - 1, HEAD, bytes.len() / 2, bytes.len() - TAG, bytes.len() - 1];
        for at in ends {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(read(&keys, &hash, &changed).await.is_err(), "byte {at} of {size}");
        }
    }
}

#[tokio::test]
async fn what_was_cut_lengthened_or_swapped_is_noticed() {
    let content = content(3 * PIECE + 5);
    let (keys, hash, bytes) = (keys(1), hash(&content), kept(&keys(1), &content, PIECE).await);
    let sealed = PIECE + TAG;
    for length in
        [0, HEAD - 1, HEAD, HEAD + TAG, HEAD + sealed, HEAD + 2 * sealed, HEAD + 3 * sealed, bytes.len() - 1]
    {
        assert!(read(&keys, &hash, &bytes[..length]).await.is_err(), "cut to {length}");
    }
    assert!(read(&keys, &hash, &[bytes.as_slice(), &[0]].concat()).await.is_err());
    assert!(read(&keys, &hash, &[bytes.as_slice(), &bytes[HEAD..]].concat()).await.is_err());
    let (one, two) = (HEAD..HEAD + sealed, HEAD + sealed..HEAD + 2 * sealed);
    let mut swapped = bytes.clone();
    swapped.splice(one.clone(), bytes[two.clone()].to_vec());
    swapped.splice(two, bytes[one].to_vec());
    assert!(read(&keys, &hash, &swapped).await.is_err(), "pieces swapped");
    let gone = [&bytes[..HEAD + sealed], &bytes[HEAD + 2 * sealed..]].concat();
    assert!(read(&keys, &hash, &gone).await.is_err(), "a piece taken out");
}

#[tokio::test]
async fn another_file_and_another_key_are_noticed() {
    let (one, two) = (content(2 * PIECE), content(2 * PIECE + 1));
    let (first, second) = (kept(&keys(1), &one, PIECE).await, kept(&keys(1), &two, PIECE).await);
    assert!(read(&keys(1), &hash(&one), &second).await.is_err(), "another file under this name");
    let grafted = [&first[..HEAD], &second[HEAD..]].concat();
    assert!(read(&keys(1), &hash(&one), &grafted).await.is_err(), "another file's pieces");
    let again = kept(&keys(1), &one, PIECE).await;
    let grafted = [&first[..HEAD + PIECE + TAG], &again[HEAD + PIECE + TAG..]].concat();
    assert!(read(&keys(1), &hash(&one), &grafted).await.is_err(), "a piece of the same file kept again");
    let said = read(&keys(2), &hash(&one), &first).await.unwrap_err().to_string();
    assert!(said.contains("another key"), "{said}");
    // Even where somebody writes the other key's name into it.
    let mut named = first.clone();
    named.splice(8..16, kept(&keys(2), &one, PIECE).await[8..16].to_vec());
    assert!(read(&keys(2), &hash(&one), &named).await.is_err());
    assert_ne!(keys(1).name(&hash(&one)).unwrap(), keys(2).name(&hash(&one)).unwrap());
}

#[tokio::test]
async fn once_broken_nothing_more_is_given_out() {
    let content = content(3 * PIECE);
    let (keys, mut bytes) = (keys(1), kept(&keys(1), &content, PIECE).await);
    bytes[HEAD + PIECE + TAG] ^= 1;
    let size = u64::try_from(bytes.len()).unwrap();
    let mut reading = unsealed(&keys, &hash(&content), bytes.as_slice(), size).await.unwrap();
    let mut read = Vec::new();
    reading.read_to_end(&mut read).await.unwrap_err();
    assert_eq!(read, content[..PIECE], "what came before was what was kept");
    assert!(reading.read_u8().await.unwrap_err().kind() == io::ErrorKind::InvalidData);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn however_it_comes_it_is_read(
        size in 0..3 * PIECE + 100,
        at_once in 1_000..2 * PIECE,
        flipped in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let content = content(size);
            let (keys, hash) = (keys(3), hash(&content));
            let mut bytes = kept(&keys, &content, at_once).await;
            assert_eq!(read(&keys, &hash, &bytes).await.unwrap(), content);
            assert!(read(&keys, &hash, &bytes[..cut.index(bytes.len())]).await.is_err());
            let at = flipped.index(bytes.len());
            bytes[at] ^= 0x40;
            assert!(read(&keys, &hash, &bytes).await.is_err());
        });
    }
}
