//! Hashing and checking passwords: argon2id, at most one at once for each core.

use crate::{App, Error};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use ronghe_domain::account::password;
use ronghe_domain::kernel::{FieldError, FieldProblem};
use std::io;
use zxcvbn::Score;
use zxcvbn::zxcvbn;

/// KiB of memory, passes and lanes (OWASP's first choice for argon2id).
const COST: (u32, u32, u32) = (19_456, 2, 1);

impl App {
    /// The hash of a password in PHC form.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Error> {
        let password = password.to_owned();
        self.costly(move || {
            let hash = hasher()?.hash_password(password.as_bytes()).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one of `hash`. Without a hash it costs the same and is wrong, so that an
    /// unknown account cannot be told from a known one.
    pub(crate) async fn verify(&self, hash: Option<&str>, password: &str) -> Result<bool, Error> {
        let (hash, password) = (hash.map(str::to_owned), password.to_owned());
        self.costly(move || match hash {
            Some(hash) => Ok(hasher()?.verify_password(password.as_bytes(), hash.as_str()).is_ok()),
            None => {
                let salt = [0; 16];
                hasher()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
                Ok(false)
            }
        })
        .await
    }

    async fn costly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.inner.hashing.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

/// Checks a new password by length, list, its owner's words, and how soon it would be guessed.
pub(crate) fn check(path: &str, new: &str, own_words: &[&str]) -> Result<(), Error> {
    password::check(path, new, own_words).map_err(|error| Error::Invalid(vec![error]))?;
    if zxcvbn(new, own_words).score() < Score::Three {
        return Err(Error::Invalid(vec![FieldError::new(path, FieldProblem::WeakPassword)]));
    }
    Ok(())
}

fn hasher() -> Result<Argon2<'static>, Error> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| other(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: argon2::password_hash::Error) -> Error {
    other(&error)
}

fn other(error: &dyn std::fmt::Display) -> Error {
    Error::internal(io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Error;
    use ronghe_domain::kernel::FieldProblem;

    #[test]
    fn a_password_is_hard_to_guess() {
        let problem = |new: &str| match check("password", new, &["zhangmin", "张敏"]) {
            Err(Error::Invalid(errors)) => errors.into_iter().next().map(|error| error.problem),
            _ => None,
        };
        assert_eq!(problem("aaaaaaaaaaaaaaaa"), Some(FieldProblem::WeakPassword));
        assert_eq!(problem("zhangmin-loves-tea"), Some(FieldProblem::CommonPassword));
        assert_eq!(problem("bronze kettle under willow"), None);
        assert_eq!(problem("泉城杨柳映碧波又一年"), Some(FieldProblem::TooShort { min: 12, got: 10 }));
    }
}
