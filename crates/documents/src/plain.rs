//! Plain text: UTF-8, UTF-16 with a byte order mark, GB 18030.

use crate::DocumentError;
use encoding_rs::{Encoding, GB18030};

/// Decodes text; a byte order mark is dropped.
///
/// # Errors
/// `NotADocument` where it is no text in any of these encodings.
pub(crate) fn text(bytes: &[u8]) -> Result<String, DocumentError> {
    let text = marked(bytes)
        .or_else(|| std::str::from_utf8(bytes).ok().map(str::to_owned))
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into))
        .ok_or(DocumentError::NotADocument)?;
    // Pictures and programs sometimes decode; they carry control characters that no text has.
    let strange = text.chars().any(|c| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}'));
    if strange { Err(DocumentError::NotADocument) } else { Ok(text) }
}

/// Text that says by its first bytes how it is encoded.
pub(crate) fn marked(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes)?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?).map(Into::into)
}
