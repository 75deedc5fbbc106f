//! The zip around a document: checked whole before any part is looked at.

use crate::DocumentError::{self, BadName, Bomb, Damaged, Encrypted, Macros, Nested, TooLarge, TooManyParts};
use crate::plain;
use std::collections::HashSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most parts in a file.
const PARTS_MOST: usize = 2_000;
/// Most bytes of all parts, unpacked.
const UNPACKED_MOST: u64 = 100 * 1024 * 1024;
/// A part may unpack to more than a hundred times its size below this.
const RATIO_FROM: u64 = 1024 * 1024;
/// Most bytes unpacked for each byte packed.
const RATIO_MOST: u64 = 100;
/// Most bytes of a part that is held in memory as text; the longest documents have a tenth of it.
const PART_MOST: u64 = 24 * 1024 * 1024;

/// First bytes of archives that could stand within.
const ARCHIVES: &[&[u8]] = &[
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xBC\xAF\x27\x1C",
    b"\x1F\x8B\x08",
    b"BZh9",
    b"\xFD7zXZ",
    b"MSCF",
];

/// A `.docx` whose parts keep within the limits.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens and checks a file: names first, then every part by unpacking it into nothing.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_unreadable| Damaged)?;
        if archive.len() > PARTS_MOST {
            return Err(TooManyParts);
        }
        // A zip behind something else is two files in one.
        if archive.has_duplicate_names() || archive.offset() != 0 {
            return Err(BadName);
        }
        check_names(&archive)?;
        if archive.has_overlapping_files().map_err(|_unreadable| Damaged)? {
            return Err(Bomb);
        }
        let mut unpacked = 0;
        for index in 0..archive.len() {
            unpacked = check_part(&mut archive, index, unpacked)?;
        }
        Ok(Self { archive })
    }

    /// Whether it has this part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// What stands in the parts whose names end so, in small letters; zeros are left out, so that texts of two bytes a
    /// letter read like others as far as they are ASCII.
    pub(crate) fn bytes_of(&mut self, end: &str) -> Result<Vec<Vec<u8>>, DocumentError> {
        let mut found = Vec::new();
        for index in 0..self.archive.len() {
            let part = self.archive.by_index(index).map_err(|_unreadable| Damaged)?;
            if part.name().map_err(|_not_text| BadName)?.to_lowercase().ends_with(end) {
                let mut bytes = Vec::new();
                part.take(UNPACKED_MOST).read_to_end(&mut bytes).map_err(|_unreadable| Damaged)?;
                bytes.retain(|byte| *byte != 0);
                found.push(bytes);
            }
        }
        Ok(found)
    }

    /// The text of an XML part, where there is such a part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|_unreadable| Damaged)?;
        let mut bytes = Vec::new();
        part.take(PART_MOST + 1).read_to_end(&mut bytes).map_err(|_unreadable| Damaged)?;
        if u64::try_from(bytes.len()).is_ok_and(|len| len > PART_MOST) {
            return Err(TooLarge);
        }
        match plain::marked(&bytes) {
            Some(text) => Ok(Some(text)),
            None => String::from_utf8(bytes).map(Some).map_err(|_not_utf8| Damaged),
        }
    }
}

fn check_names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), DocumentError> {
    let mut seen = HashSet::new();
    for name in archive.file_names() {
        let name = name.map_err(|_not_text| BadName)?;
        let bare = name.strip_suffix('/').unwrap_or(&name);
        let stays = bare.split('/').all(|step| !matches!(step, "" | "." | ".."));
        let plain = !bare.chars().any(|c| c.is_control() || matches!(c, '\\' | ':'));
        // Names of parts are the same in upper and lower case (ECMA-376-2, 6.2.2.3).
        let lower = bare.to_lowercase();
        if lower.ends_with("vbaproject.bin") || lower.ends_with("vbadata.xml") {
            return Err(Macros);
        }
        if !stays || !plain || !seen.insert(lower) {
            return Err(BadName);
        }
    }
    Ok(())
}

/// Unpacks a part into nothing and gives back how much all parts have unpacked to so far.
fn check_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    mut unpacked: u64,
) -> Result<u64, DocumentError> {
    let entry = archive.by_index_data(index).map_err(|_unreadable| Damaged)?;
    if entry.encrypted() {
        return Err(Encrypted);
    }
    if entry.is_symlink() {
        return Err(BadName);
    }
    let packed = entry.compressed_size();
    let mut part = archive.by_index(index).map_err(|_unreadable| Damaged)?;
    let mut own: u64 = 0;
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = part.read(&mut buffer).map_err(|_unreadable| Damaged)?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { return Ok(unpacked) };
        if own == 0 && ARCHIVES.iter().any(|magic| chunk.starts_with(magic)) {
            return Err(Nested);
        }
        let read = u64::try_from(read).map_err(|_impossible| TooLarge)?;
        own += read;
        unpacked += read;
        if unpacked > UNPACKED_MOST {
            return Err(TooLarge);
        }
        if own > RATIO_FROM && own / RATIO_MOST > packed {
            return Err(Bomb);
        }
    }
}
