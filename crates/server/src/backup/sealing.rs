//! Encryption of what a backup holds, by age: to recipients, so that who keeps it, and the server itself, cannot read
//! it again without one of their identities.

use super::folder::{hashed, write_through};
use crate::console::write_privately;
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor, IdentityFile};
use anyhow::{Context, Result, anyhow, bail};
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, copy};
use std::path::{Path, PathBuf};

/// What the name of an encrypted file ends with.
pub(super) const ENDING: &str = "age";

/// To whom a backup is encrypted.
#[derive(Clone, Debug)]
pub(super) struct Seal(Vec<Recipient>);

impl Seal {
    /// To `recipients`; nothing where there are none.
    pub(super) fn to(recipients: &[String]) -> Result<Option<Self>> {
        let read = recipients.iter().map(|text| recipient(text)).collect::<Result<Vec<_>>>()?;
        Ok(Some(Self(read)).filter(|seal| !seal.0.is_empty()))
    }

    /// Encrypts all that `from` says into the new file `to`; says what lies there then.
    pub(super) fn write(&self, mut from: impl Read, to: &Path) -> Result<(String, u64)> {
        let unwritten = || format!("cannot write {}", to.display());
        let recipients = self.0.iter().map(|one| -> &dyn age::Recipient { one });
        let encryptor = Encryptor::with_recipients(recipients).context("cannot encrypt")?;
        let mut sealed = encryptor.wrap_output(create(to)?).with_context(unwritten)?;
        copy(&mut from, &mut sealed).with_context(unwritten)?;
        sealed.finish().with_context(unwritten)?;
        write_through(to)?;
        hashed(to)
    }
}

/// Reads a recipient as `backup-key` prints it.
pub(crate) fn recipient(text: &str) -> Result<Recipient> {
    text.trim().parse().map_err(|_| {
        anyhow!(
            "backup.recipients: should be public keys of age, as `ronghed backup-key` prints them, is {text}"
        )
    })
}

/// A file with identities, which open what was encrypted to them.
///
/// It is read where it is needed: secret keys stay in memory no longer than that.
#[derive(Clone, Debug)]
pub(super) struct Identities(PathBuf);

impl Identities {
    /// Those in `file`, which must be there and hold.
    pub(super) fn of(file: &Path) -> Result<Self> {
        let identities = Self(file.to_path_buf());
        identities.read()?;
        Ok(identities)
    }

    fn read(&self) -> Result<Vec<Box<dyn age::Identity>>> {
        let file = self.0.display();
        let opened = File::open(&self.0).with_context(|| format!("cannot read the identity {file}"))?;
        let known = IdentityFile::from_buffer(BufReader::new(opened))
            .with_context(|| format!("{file} holds no identity of age"))?;
        let known = known.into_identities().with_context(|| format!("{file} holds no identity of age"))?;
        if known.is_empty() {
            bail!("{file} holds no identity of age");
        }
        Ok(known)
    }

    /// What lies encrypted in `file`.
    pub(super) fn open(&self, file: &Path) -> Result<impl Read + use<>> {
        let damaged = || format!("{} cannot be decrypted", file.display());
        let from = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
        let known = self.read()?;
        let decryptor = Decryptor::new(BufReader::new(from)).with_context(damaged)?;
        decryptor.decrypt(known.iter().map(AsRef::as_ref)).map_err(|error| match error {
            DecryptError::NoMatchingKeys => anyhow!(
                "{} is encrypted to others than {}: give the identity of one of its recipients",
                file.display(),
                self.0.display()
            ),
            other => anyhow!(other).context(damaged()),
        })
    }

    /// Decrypts `from` into the new file `to`, readable by its owner only; says what lies there then.
    pub(super) fn write(&self, from: &Path, to: &Path) -> Result<(String, u64)> {
        let failed = || format!("cannot decrypt {} to {}", from.display(), to.display());
        let mut opened = self.open(from)?;
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).with_context(failed)?;
        }
        copy(&mut opened, &mut create(to)?).with_context(failed)?;
        write_through(to)?;
        hashed(to)
    }
}

/// Makes a new identity in the new file `to`, and says who its recipient is.
pub(crate) fn make_identity(to: &Path) -> Result<String> {
    let identity = Identity::generate();
    let recipient = identity.to_public().to_string();
    let secret = identity.to_string();
    let text = format!("# public key: {recipient}\n{}\n", secret.expose_secret());
    write_privately(to, text.as_bytes()).with_context(|| format!("cannot make {}", to.display()))?;
    write_through(to)?;
    Ok(recipient)
}

/// A new file that only its owner reads.
pub(super) fn create(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("cannot make {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Identities, Seal, make_identity};
    use std::fs;
    use std::io::Read;

    #[test]
    fn what_is_encrypted_is_read_with_an_identity_of_a_recipient_alone() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        let keys: Vec<String> =
            ["one", "two", "other"].iter().map(|name| make_identity(&at(name)).unwrap()).collect();
        let text = "which university applied ".repeat(9_000);
        let seal = Seal::to(&keys[..2]).unwrap().unwrap();
        let (_, bytes) = seal.write(text.as_bytes(), &at("sealed")).unwrap();
        let lies = fs::read(at("sealed")).unwrap();
        assert_eq!(u64::try_from(lies.len()).unwrap(), bytes);
        assert!(!String::from_utf8_lossy(&lies).contains("university"));
        for name in ["one", "two"] {
            let mut read = String::new();
            let identities = Identities::of(&at(name)).unwrap();
            identities.open(&at("sealed")).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text, "{name}");
        }
        let fails = |identity: &str, file: &str, with: &str| {
            let identities = Identities::of(&at(identity));
            let error = identities.and_then(|it| it.write(&at(file), &at("out"))).unwrap_err();
            let said: Vec<String> = error.chain().map(ToString::to_string).collect();
            assert!(said.join(": ").contains(with), "{said:?}");
            drop(fs::remove_file(at("out")));
        };
        fails("other", "sealed", "encrypted to others than");
        fails("gone", "sealed", "cannot read the identity");
        fails("sealed", "sealed", "holds no identity");
        let mut damaged = lies.clone();
        damaged[100_000] ^= 1;
        fs::write(at("damaged"), damaged).unwrap();
        fails("one", "damaged", "cannot decrypt");
        fs::write(at("short"), &lies[..lies.len() - 30_000]).unwrap();
        fails("one", "short", "cannot decrypt");
    }

    #[test]
    fn recipients_that_are_none_are_named_and_an_identity_is_its_owners() {
        assert!(Seal::to(&[]).unwrap().is_none());
        let error = Seal::to(&["age1nobody".into()]).unwrap_err().to_string();
        assert!(error.starts_with("backup.recipients:") && error.contains("age1nobody"), "{error}");
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("identity");
        make_identity(&file).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(make_identity(&file).is_err(), "one that is there is not overwritten");
    }
}
