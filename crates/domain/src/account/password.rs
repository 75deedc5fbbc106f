//! What a password must be: 12 to 128 characters as typed, no composition rule, nothing of the person.

use crate::kernel::{FieldError, FieldProblem};

/// Fewest characters.
pub const MIN: usize = 12;
/// Most characters.
pub const MAX: usize = 128;

/// Passwords that many Chinese users take, long enough to pass the length rule.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "12345678901234",
    "woaini1314520",
    "woaini5201314",
    "qwertyuiop123",
    "qwertyuiop12",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "password1234",
    "password12345",
    "administrator",
    "admin123456789",
    "a123456789012",
    "abc123456789",
    "asdfghjkl123",
    "zxcvbnm12345",
    "iloveyou1314",
    "5201314520131",
    "111111111111",
    "000000000000",
    "888888888888",
    "666666666666",
    "123123123123",
    "zaq12wsxcde3",
    "woaizhongguo",
    "zhongguo12345",
    "jinan123456789",
    "shandong12345",
    "jiaoyuju12345",
];

/// Checks a password by length, list and the words of its owner. Guessability (zxcvbn) is asked apart,
/// where its dictionary can be had.
///
/// # Errors
/// What is wrong with it, at `path`.
pub fn check(path: &str, password: &str, own_words: &[&str]) -> Result<(), FieldError> {
    let got = password.chars().count();
    if got < MIN {
        return Err(FieldError::new(path, FieldProblem::TooShort { min: MIN, got }));
    }
    if got > MAX {
        return Err(FieldError::new(path, FieldProblem::TooLong { max: MAX, got }));
    }
    let lower = password.to_lowercase();
    let common = COMMON.contains(&lower.as_str());
    let own = own_words
        .iter()
        .map(|word| word.trim().to_lowercase())
        .any(|word| word.chars().count() >= 2 && lower.contains(&word));
    if common || own { Err(FieldError::new(path, FieldProblem::CommonPassword)) } else { Ok(()) }
}
