//! What a file is, by its content: those kinds that may be attached, whole and without anything that acts.

use crate::package::Package;
use crate::{DocumentError, is_too_large};
use memchr::memmem;
use ronghe_domain::attachment::Kind;

/// The kind of a file; of a picture no more than how it begins and ends, see `picture`.
///
/// # Errors
/// What it is instead, or what is wrong with it.
pub fn kind_of(bytes: &[u8]) -> Result<Kind, DocumentError> {
    if is_too_large(bytes) {
        return Err(DocumentError::TooLarge);
    }
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(bytes),
        [b'P', b'K', 3, 4, ..] => office(bytes),
        [0x89, b'P', b'N', b'G', 13, 10, 26, 10, ..] => ended(bytes, b"IEND", Kind::Png),
        [0xFF, 0xD8, 0xFF, ..] => ended(bytes, &[0xFF, 0xD9], Kind::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(crate::old_office(bytes)),
        _ => Err(DocumentError::NotAttachable),
    }
}

/// A PDF that is whole, opens without a password, and runs nothing.
fn pdf(bytes: &[u8]) -> Result<Kind, DocumentError> {
    if holds(bytes, b"/Encrypt") {
        return Err(DocumentError::Encrypted);
    }
    if holds(bytes, b"/JavaScript") || holds(bytes, b"/Launch") {
        return Err(DocumentError::Macros);
    }
    ended(bytes, b"%%EOF", Kind::Pdf)
}

/// Which office file a zip is; its parts keep within the limits, or it is none.
fn office(bytes: &[u8]) -> Result<Kind, DocumentError> {
    let mut package = Package::open(bytes)?;
    // What may carry macros says so itself, before one is in it.
    if package.part("[Content_Types].xml")?.is_some_and(|types| types.to_lowercase().contains("macroenabled"))
    {
        return Err(DocumentError::Macros);
    }
    [("word/document.xml", Kind::Docx), ("xl/workbook.xml", Kind::Xlsx), ("OFD.xml", Kind::Ofd)]
        .into_iter()
        .find(|(part, _)| package.has(part))
        .map(|(_, kind)| kind)
        .ok_or(DocumentError::NotAttachable)
}

/// A file that was cut off has lost its end.
fn ended(bytes: &[u8], end: &[u8], kind: Kind) -> Result<Kind, DocumentError> {
    if memmem::rfind(bytes, end).is_some() { Ok(kind) } else { Err(DocumentError::Damaged) }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memmem::find(bytes, part).is_some()
}

#[cfg(test)]
mod tests {
    use super::kind_of;
    use crate::DocumentError;
    use ronghe_domain::attachment::Kind;

    #[test]
    fn content_decides() {
        let check =
            |bytes: &[u8], expected: Result<Kind, DocumentError>| assert_eq!(kind_of(bytes), expected);
        check(b"%PDF-1.7\n1 0 obj\n%%EOF\n", Ok(Kind::Pdf));
        check(b"%PDF-1.7\n1 0 obj\n", Err(DocumentError::Damaged));
        check(b"%PDF-1.7\n/Encrypt 3 0 R\n%%EOF", Err(DocumentError::Encrypted));
        check(b"%PDF-1.7\n/OpenAction << /S /JavaScript >>\n%%EOF", Err(DocumentError::Macros));
        check(b"\x89PNG\r\n\x1a\n....IEND....", Ok(Kind::Png));
        check(b"\x89PNG\r\n\x1a\n....", Err(DocumentError::Damaged));
        check(b"\xFF\xD8\xFF\xE0....\xFF\xD9", Ok(Kind::Jpeg));
        check(b"RIFF\x00\x00\x00\x00WEBPVP8 ", Ok(Kind::Webp));
        check(b"MZ\x90\x00", Err(DocumentError::NotAttachable));
        check(b"<script>alert(1)</script>", Err(DocumentError::NotAttachable));
        check(b"PK\x03\x04 not a zip", Err(DocumentError::Damaged));
        check(b"", Err(DocumentError::NotAttachable));
        let mut table = rust_xlsxwriter::Workbook::new();
        table.add_worksheet();
        check(&table.save_to_buffer().unwrap(), Ok(Kind::Xlsx));
    }
}
