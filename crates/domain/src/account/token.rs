//! What is typed for a personal access token, and its checks.

use super::Scope;
use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem};
use std::collections::BTreeSet;

/// Days that a token lives where nothing else was asked.
pub const DEFAULT_DAYS: u16 = 30;
/// Most days that a token lives.
pub const MOST_DAYS: u16 = 365;

/// A new token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<Scope>,
    /// Days that it lives; a token that decides or administers lives one.
    pub days: u16,
}

/// Checks what was typed for a token. It always reads; one that decides or administers lives a day, whatever is
/// asked: it stands for a fresh proof of identity.
///
/// # Errors
/// Every field that does not hold.
pub fn check(name: &str, scopes: &[Scope], days: Option<u16>) -> Result<NewToken, Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = needed(&mut errors, "name", name, 60);
    if scopes.is_empty() {
        errors.push(FieldError::required("scopes"));
    }
    let asked = days.unwrap_or(DEFAULT_DAYS);
    if !(1..=MOST_DAYS).contains(&asked) {
        let problem = FieldProblem::NotANumber { min: 1, max: i64::from(MOST_DAYS), got: asked.to_string() };
        errors.push(FieldError::new("days", problem));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let scopes: BTreeSet<Scope> = scopes.iter().copied().chain([Scope::Read]).collect();
    let stands_for_proof = |scope: &Scope| matches!(scope, Scope::Decide | Scope::WriteAccount);
    let days = if scopes.iter().any(stands_for_proof) { 1 } else { asked };
    Ok(NewToken { name, scopes: scopes.into_iter().collect(), days })
}

#[cfg(test)]
mod tests {
    use super::{Scope, check};

    #[test]
    fn a_token_reads_and_one_that_decides_lives_a_day() {
        let made = check("夜间导出", &[Scope::WritePolicy], None).unwrap();
        assert_eq!((made.scopes, made.days), (vec![Scope::Read, Scope::WritePolicy], 30));
        assert_eq!(check("发布", &[Scope::Decide], Some(90)).unwrap().days, 1);
        assert_eq!(check("账号", &[Scope::WriteAccount], Some(90)).unwrap().days, 1);
        let paths = |name: &str, scopes: &[Scope], days| {
            check(name, scopes, days).unwrap_err().into_iter().map(|e| e.path).collect::<Vec<_>>()
        };
        assert_eq!(paths(" ", &[], Some(366)), ["name", "scopes", "days"]);
    }
}
