//! The form of files at rest: what was written is read, and nothing else.

use super::{Fault, HEAD, Keys, Opening, PIECE, Sealing, TAG};

fn keys(of: u8) -> Keys {
    Keys::of(&[of; 32]).unwrap()
}

/// What was written once is read for as long as files lie anywhere: form and names do not change.
#[test]
fn the_form_stays() {
    let mut sealing = Sealing::new([3; 32]);
    let mut pieces = Vec::new();
    sealing.take(b"abc", &mut pieces).unwrap();
    let head = sealing.end(&mut pieces).unwrap();
    assert_eq!(head.hash(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let sealed: [u8; HEAD] = keys(1).seal(&head, [2; 12]).unwrap().try_into().unwrap();
    assert_eq!((HEAD, pieces.len()), (108, 3 + TAG));
    let hex = |bytes: &[u8]| super::hex(bytes);
    assert_eq!(hex(&sealed[..8]), "524f4e4748450001");
    let written =
        [hex(&sealed[8..16]), hex(&sealed[92..]), hex(&pieces), keys(1).name(&head.hash()).unwrap()];
    assert_eq!(written, WRITTEN);

    let mut opening = Opening::new(&keys(1).open_for(&head.hash(), &sealed).unwrap());
    opening.next(&mut pieces, true).unwrap();
    assert!(pieces == b"abc" && opening.is_over());
    assert_eq!(opening.next(&mut pieces, true), Err(Fault::Damaged), "nothing stands behind the last");
}

/// The key's name, the end of the head, the pieces, the file's name; another program's HMAC and AES-GCM come to the same.
const WRITTEN: [&str; 4] = [
    "f369f66cd867d0e5",
    "a27f1e17fd82ee1e255b7d44bbe8df0b",
    "99a7171d549ad2455d534a843d84501c86652b",
    "ceaa29dd4490402047c2d2c1d7f096d1d2959febcb5a59d0e7d215f9fe148e4b",
];

#[test]
fn a_head_is_read_by_its_keys_for_its_file() {
    let head = Sealing::new([3; 32]).end(&mut Vec::new()).unwrap();
    let sealed: [u8; HEAD] = keys(1).seal(&head, [2; 12]).unwrap().try_into().unwrap();
    assert_eq!((keys(1).wrote(&sealed), keys(2).wrote(&sealed)), (Ok(true), Ok(false)));
    assert_eq!(keys(2).open(&sealed).err(), Some(Fault::OtherKey));
    assert_eq!(keys(1).open_for("ba78", &sealed).err(), Some(Fault::OtherFile));
    assert_eq!(keys(1).open(&[0; HEAD]).err(), Some(Fault::Damaged), "no head yet");
    for at in 0..HEAD {
        let mut changed = sealed;
        changed[at] ^= 1;
        assert!(keys(1).open(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn a_full_piece_waits_for_what_comes() {
    let mut sealing = Sealing::new([3; 32]);
    let mut pieces = Vec::new();
    sealing.take(&[0; PIECE], &mut pieces).unwrap();
    assert!(pieces.is_empty() && sealing.size() == 64 * 1024);
    sealing.take(&[0; 2 * PIECE + 1], &mut pieces).unwrap();
    assert_eq!(pieces.len(), 3 * (PIECE + TAG));
    sealing.end(&mut pieces).unwrap();
    assert_eq!(pieces.len(), 3 * PIECE + 1 + 4 * TAG);
}
