//! 盖章页: what goes up prints with a version code; the sealed scan is bound to that version, and a change voids it.

use super::Subject;
use crate::attachment::{Attached, Kind as FileKind};
use crate::kernel::field::{day, number};
use crate::kernel::{AccountId, Date, FieldError, FieldProblem, Instant, SealId, Version, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Most copies on paper that are asked for.
const COPIES_MOST: i64 = 20;

/// Most scans of one version.
pub const SCANS_MOST: usize = 10;

/// Signs of a version code: no I, L, O, U, which are read for others (Crockford).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// SHA-256 of a subject with what stands in it, over its canonical JSON (RFC 8785), hexadecimal.
///
/// # Errors
/// Where the content cannot be written in JSON.
pub fn content_hash<T: Serialize>(subject: Subject, content: &T) -> Result<String, serde_json::Error> {
    let mut hasher = Sha256::new();
    hasher.update(serde_jcs::to_vec(&subject)?);
    hasher.update([0]);
    hasher.update(serde_jcs::to_vec(content)?);
    Ok(hex(&hasher.finalize()))
}

/// The code that stands on the page: the first 50 bits of the hash, as `7K3QZ-0M9XA`.
#[must_use]
pub fn code(hash: &str) -> String {
    let bits = hash.get(..16).and_then(|first| u64::from_str_radix(first, 16).ok()).unwrap_or_default();
    let sign = |at: u32| {
        let place = usize::try_from(bits >> (59 - 5 * at) & 31).unwrap_or_default();
        SIGNS.get(place).copied().map_or('0', char::from)
    };
    let (first, second): (String, String) = ((0..5).map(sign).collect(), (5..10).map(sign).collect());
    format!("{first}-{second}")
}

/// A sealed scan, bound to one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub id: SealId,
    pub subject: Subject,
    /// Of the version that was printed and sealed.
    pub hash: String,
    pub file: Attached,
    pub by: AccountId,
    pub at: Instant,
}

impl Seal {
    /// Whether it holds of what stands in its subject now.
    #[must_use]
    pub fn holds(&self, hash: &str) -> bool {
        self.hash == hash
    }
}

/// Whether a file of this kind can be a sealed scan: a PDF, an OFD or a picture.
///
/// # Errors
/// Where it is an office document.
pub fn check_scan(kind: FileKind) -> Result<(), FieldError> {
    match kind {
        FileKind::Pdf | FileKind::Ofd | FileKind::Png | FileKind::Jpeg | FileKind::Webp => Ok(()),
        FileKind::Docx | FileKind::Xlsx => {
            Err(FieldError::new("file", FieldProblem::DoesNotFit { other: "seal".into() }))
        }
    }
}

/// Copies on paper of one version, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PaperCopies))]
#[serde(default, deny_unknown_fields)]
pub struct Paper {
    /// How many are asked for; none where it is empty.
    pub sheets: String,
    /// The day on which they came, such as 2026-03-10; empty until then.
    pub received: String,
}

/// What is noted of the copies on paper of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub subject: Subject,
    pub asked: u16,
    pub received: Option<Date>,
    pub by: AccountId,
    pub at: Instant,
    pub version: Version,
}

impl Paper {
    /// Checks it; `today` is the last day on which copies can have come.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, today: Date) -> Result<(u16, Option<Date>), Vec<FieldError>> {
        let mut errors = Vec::new();
        let asked = match self.sheets.trim() {
            "" => Some(0),
            typed => number(&mut errors, "sheets", typed, 0, COPIES_MOST),
        };
        let received = match self.received.trim() {
            "" => None,
            typed => day(&mut errors, "received", typed),
        };
        if received.is_some_and(|received| received > today) {
            errors.push(FieldError::new("received", FieldProblem::After { other: "today".into() }));
        }
        let asked = asked.and_then(|asked| u16::try_from(asked).ok()).unwrap_or_default();
        if errors.is_empty() { Ok((asked, received)) } else { Err(errors) }
    }
}
