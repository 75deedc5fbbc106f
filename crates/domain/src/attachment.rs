//! Files that belong to a record: known by their content, kept under the hash of it.

use crate::kernel::{AttachmentId, FieldError, FieldProblem};
use serde::{Deserialize, Serialize};

/// Most files of one record.
pub const MOST: usize = 10;
/// Largest file, in MiB.
pub const MIB_MOST: u64 = 50;
/// The same in bytes.
pub const SIZE_MOST: u64 = MIB_MOST * 1024 * 1024;
/// Endings of names that are taken, as a browser wants them.
pub const ACCEPT: &str = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.webp";
/// Longest name, in characters.
const NAME_MOST: usize = 120;

/// What a file is, by its content rather than by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AttachmentKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Pdf,
    Docx,
    Xlsx,
    /// GB/T 33190, 版式文件.
    Ofd,
    Png,
    Jpeg,
    Webp,
}

impl Kind {
    /// Every kind that is taken.
    pub const ALL: [Self; 7] =
        [Self::Pdf, Self::Docx, Self::Xlsx, Self::Ofd, Self::Png, Self::Jpeg, Self::Webp];

    /// Whether it is a picture, which is written anew before it is kept.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        match self {
            Self::Png | Self::Jpeg | Self::Webp => true,
            Self::Pdf | Self::Docx | Self::Xlsx | Self::Ofd => false,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ofd => "application/ofd",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// What its name ends with: another machine opens a file by that, whatever it holds.
const fn endings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Pdf => &["pdf"],
        Kind::Docx => &["docx"],
        Kind::Xlsx => &["xlsx"],
        Kind::Ofd => &["ofd"],
        Kind::Png => &["png"],
        Kind::Jpeg => &["jpg", "jpeg"],
        Kind::Webp => &["webp"],
    }
}

/// A file that is sent under the name of another kind, such as a PDF that is called a page, would be opened
/// as what it is not.
///
/// # Errors
/// Where the name ends as no file of the kind does.
pub fn check_ending(name: &str, kind: Kind) -> Result<(), FieldError> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| endings(kind).contains(&ending.as_str())) {
        Ok(())
    } else {
        Err(FieldError::new("name", FieldProblem::DoesNotFit { other: "file".to_owned() }))
    }
}

/// A file as a record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub id: AttachmentId,
    pub name: String,
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its content, hexadecimal: where it is kept.
    pub hash: String,
}

/// The name that a file is given: without a path, and short enough.
///
/// # Errors
/// Where nothing is left, or it is too long.
pub fn check_name(typed: &str) -> Result<String, FieldError> {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control() && !is_unseen(*c)).collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    let got = name.chars().count();
    match got {
        0 => Err(FieldError::required("name")),
        got if got > NAME_MOST => Err(FieldError::new("name", FieldProblem::TooLong { max: NAME_MOST, got })),
        _ => Ok(name),
    }
}

/// Signs that nobody sees and that let a name read otherwise than it ends.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The name of a file that became one of `kind` when it was written anew: a photograph in WebP becomes a JPEG.
#[must_use]
pub fn renamed(name: String, kind: Kind) -> String {
    match name.rsplit_once('.') {
        Some((stem, end)) if kind == Kind::Jpeg && end.eq_ignore_ascii_case("webp") => format!("{stem}.jpg"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{ACCEPT, Kind, check_ending, check_name, endings, renamed};

    #[test]
    fn a_browser_offers_what_is_taken() {
        let known = Kind::ALL.into_iter().flat_map(|kind| endings(kind).iter());
        let known: Vec<String> = known.map(|ending| format!(".{ending}")).collect();
        assert_eq!(ACCEPT, known.join(","));
    }

    #[test]
    fn a_name_ends_as_its_kind_does() {
        for (name, kind, holds) in [
            ("汇总.PDF", Kind::Pdf, true),
            ("a.b.jpeg", Kind::Jpeg, true),
            ("a.html", Kind::Pdf, false),
            ("a.pdf.exe", Kind::Pdf, false),
            ("a.docx", Kind::Xlsx, false),
            ("pdf", Kind::Pdf, false),
        ] {
            assert_eq!(check_ending(name, kind).is_ok(), holds, "{name}");
        }
    }

    #[test]
    fn a_name_goes_with_the_kind() {
        for (name, kind, expected) in [
            ("照片.WebP", Kind::Jpeg, "照片.jpg"),
            ("照片.webp", Kind::Webp, "照片.webp"),
            ("a.webp.jpeg", Kind::Jpeg, "a.webp.jpeg"),
            ("webp", Kind::Jpeg, "webp"),
        ] {
            assert_eq!(renamed(name.to_owned(), kind), expected);
        }
    }

    #[test]
    fn names_lead_nowhere() {
        for (typed, name) in [
            ("心理普查汇总表.xlsx", "心理普查汇总表.xlsx"),
            ("C:\\Users\\me\\a b.pdf", "a b.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\u{0}..hidden", "hidden"),
            (" 报告\n.docx ", "报告.docx"),
            ("\u{202e}fdp.exe", "fdp.exe"),
        ] {
            assert_eq!(check_name(typed).as_deref(), Ok(name), "{typed}");
        }
        assert!(check_name("").is_err() && check_name("a/").is_err() && check_name("...").is_err());
        assert!(check_name(&"长".repeat(121)).is_err());
    }
}
