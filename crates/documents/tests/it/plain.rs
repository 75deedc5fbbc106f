//! Plain text in the encodings that people still send.

use ronghe_documents::{DocumentError, text_of};

#[test]
fn text_is_decoded_by_what_it_is() {
    let check = |bytes: &[u8], wanted: Result<&str, DocumentError>| {
        assert_eq!(text_of(bytes), wanted.map(str::to_owned), "{bytes:x?}");
    };
    check("济教发〔2023〕24号".as_bytes(), Ok("济教发〔2023〕24号"));
    check("\u{feff}济南".as_bytes(), Ok("济南"));
    check(b"", Ok(""));
    // GB 18030: 济南市.
    check(&[0xBC, 0xC3, 0xC4, 0xCF, 0xCA, 0xD0], Ok("济南市"));
    // UTF-16 with its mark: 济.
    check(&[0xFF, 0xFE, 0x4E, 0x6D], Ok("济"));
    check(&[0xFE, 0xFF, 0x6D, 0x4E], Ok("济"));
    check(b"%PDF-1.7", Err(DocumentError::Pdf));
    check(b"{\\rtf1", Err(DocumentError::NotADocument));
    check(&[0xFF, 0xFF, 0xFF], Err(DocumentError::NotADocument));
    check(b"\x7fELF\x02\x01\x01\0\0", Err(DocumentError::NotADocument));
}
