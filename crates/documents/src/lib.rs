//! Office documents: what a file says, as text or rows, with limits for hostile files; templates
//! out; pictures written anew.

#[cfg(feature = "docx-in")]
pub mod docx;
mod error;
#[cfg(feature = "docx-in")]
mod kind;
#[cfg(any(feature = "docx-in", feature = "xlsx"))]
mod package;
#[cfg(feature = "pictures")]
pub mod picture;
mod plain;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use error::DocumentError;
#[cfg(feature = "docx-in")]
pub use kind::kind_of;
use ronghe_domain::attachment::SIZE_MOST;

/// Whether it is larger than a file may be that is looked at.
fn is_too_large(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|size| size > SIZE_MOST)
}

/// The text of a file, by its content: `.docx`, or text in UTF-8, UTF-16 with a byte order mark, or GB 18030.
///
/// # Errors
/// What it is instead, or what is wrong with it.
pub fn text_of(bytes: &[u8]) -> Result<String, DocumentError> {
    if is_too_large(bytes) {
        return Err(DocumentError::TooLarge);
    }
    match bytes {
        #[cfg(feature = "docx-in")]
        [b'P', b'K', 3, 4, ..] => docx::text(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(old_office(bytes)),
        [b'%', b'P', b'D', b'F', ..] => Err(DocumentError::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Err(DocumentError::NotADocument),
        _ => plain::text(bytes),
    }
}

/// Word before 2007, or a later file with a password: both are compound files, the latter with this stream.
fn old_office(bytes: &[u8]) -> DocumentError {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        DocumentError::Encrypted
    } else {
        DocumentError::OldWord
    }
}
