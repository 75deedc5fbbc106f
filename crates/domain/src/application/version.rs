//! What was submitted, each time: it never changes, and two of them compare field by field.

use super::{Content, Field};
use crate::kernel::{AccountId, ApplicationId, Instant, hex};
use sha2::{Digest, Sha256};

/// Signs of a receipt: figures and letters that are not mistaken for each other (Crockford's base 32).
const SIGNS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
/// Signs between two hyphens of a receipt.
const GROUP: usize = 4;

/// What was submitted once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub application: ApplicationId,
    /// Counted from 1.
    pub n: u32,
    pub content: Content,
    /// SHA-256 over the canonical JSON of the content, hexadecimal: the receipt binds to it.
    pub hash: String,
    /// 回执码: random, says nothing of how many there are.
    pub receipt: String,
    pub by: AccountId,
    pub at: Instant,
}

/// The hash of a content: what a receipt says was handed in.
#[must_use]
pub fn hash(content: &Content) -> String {
    // A content holds texts, numbers and dates: it can always be written.
    hex(&Sha256::digest(serde_jcs::to_vec(content).unwrap_or_default()))
}

/// A receipt's code from random bytes, five bits a sign: `7K3M-Q2ZD-04XW`.
#[must_use]
pub fn receipt(random: [u8; 12]) -> String {
    let mut code = String::new();
    for (at, byte) in random.into_iter().enumerate() {
        if at > 0 && at.is_multiple_of(GROUP) {
            code.push('-');
        }
        code.extend(SIGNS.get(usize::from(byte % 32)));
    }
    code
}

/// The fields in which two versions differ, in the order of the form.
#[must_use]
pub fn differences(before: &Content, after: &Content) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| differs(*field, before, after)).collect()
}

fn differs(field: Field, before: &Content, after: &Content) -> bool {
    match field {
        Field::Title => before.title != after.title || before.title_en != after.title_en,
        Field::Partners => before.partners != after.partners,
        Field::Person => before.person != after.person,
        Field::Team => before.team != after.team,
        Field::Plan => before.plan != after.plan,
        Field::Risk => before.risk != after.risk,
        Field::Deliverables => before.deliverables != after.deliverables,
        Field::Milestones => before.milestones != after.milestones,
        Field::Benefit => before.benefit != after.benefit,
        Field::Promises => before.promises != after.promises,
        Field::Budget => {
            (before.asked, before.matched) != (after.asked, after.matched) || before.lines != after.lines
        }
        Field::Basis => before.basis != after.basis,
        Field::Attachments => before.attachments != after.attachments,
        Field::SealedPage => before.sealed_page != after.sealed_page,
    }
}
