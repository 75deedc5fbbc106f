//! What a backup says of itself.

use super::folder::{self, hashed};
use super::sealing::{Identities, Seal};
use anyhow::{Context, Result, bail};
use ronghe_domain::kernel::Instant;
use ronghe_store::copy::Stand;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The file's name in a backup.
pub(super) const NAME: &str = "manifest.json";
/// The name of what is encrypted of it.
const SEALED: &str = "counted.json.age";
/// Of this description; the first knew files by the hash of their content alone.
const FORM: u32 = 2;
/// The same where the backup is encrypted.
const SEALED_FORM: u32 = 3;

/// Of an encrypted backup the manifest says what lies there; what it counts, which would tell how many applied, is
/// encrypted too.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    form: u32,
    pub(super) made_at: Instant,
    #[serde(default)]
    by: By,
    /// By what its database is known, see [`ronghe_store::copy::origin`].
    #[serde(default)]
    origin: String,
    /// The program that made it.
    program: String,
    /// The newest step of the schema.
    pub(super) schema: String,
    pub(super) database: Part,
    /// What was counted, where it lies open.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    counted: Option<Counted>,
    /// Where it lies encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<Part>,
    /// Files that people attached, by the names under which they lie.
    pub(super) files: Vec<Part>,
}

/// Who had it made: what a person did, no schedule takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    #[default]
    Console,
    Schedule,
}

/// Of a manifest what a list of backups needs.
#[derive(Debug, Deserialize)]
pub(super) struct Brief {
    pub(super) made_at: Instant,
    #[serde(default)]
    pub(super) by: By,
    #[serde(default)]
    pub(super) origin: String,
    sealed: Option<IgnoredAny>,
}

/// What a database must hold again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counted {
    /// Rows of each table.
    tables: BTreeMap<String, u64>,
    pub(super) chain: Chain,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) bytes: u64,
    /// SHA-256 of what lies in the backup; in backups of the first form the name of a file was it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) sha256: String,
}

/// Where the audit chain ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chain {
    pub(super) seq: i64,
    pub(super) at: Instant,
    pub(super) head: String,
}

impl Manifest {
    /// Describes what lies in `folder`, and encrypts there what it counted where there is a seal.
    pub(super) fn new(
        folder: &Path,
        (made_at, by, origin): (Instant, By, &str),
        stand: Stand,
        (database, files): (Part, Vec<Part>),
        seal: Option<&Seal>,
    ) -> Result<Self> {
        let Stand { schema, tables, seq, at, head } = stand;
        let counted = Counted { tables, chain: Chain { seq, at, head } };
        let program = format!("ronghed {}", env!("CARGO_PKG_VERSION"));
        let (form, counted, sealed) = match seal {
            None => (FORM, Some(counted), None),
            Some(seal) => {
                let text = serde_json::to_vec(&counted)?;
                let (sha256, bytes) = seal.write(text.as_slice(), &folder.join(SEALED))?;
                (SEALED_FORM, None, Some(Part { name: SEALED.to_owned(), bytes, sha256 }))
            }
        };
        let origin = origin.to_owned();
        Ok(Self { form, made_at, by, origin, program, schema, database, counted, sealed, files })
    }

    /// Reads the manifest of the backup in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} is no backup: cannot read {}", folder.display(), path.display()))?;
        let read: Self =
            serde_json::from_str(&text).with_context(|| format!("{} does not hold", path.display()))?;
        if !(1..=SEALED_FORM).contains(&read.form) || !ronghe_store::copy::knows(&read.schema) {
            bail!(
                "{} was made by {} with the schema {}, which this program does not know; take a newer one",
                folder.display(),
                read.program,
                read.schema
            );
        }
        // It may come from anywhere: what it names must lie in the backup, and go where files go.
        if !read.beside_files().all(|part| is_plain(&part.name)) || !read.files.iter().all(is_file) {
            bail!("{} does not hold: it names what is no part of a backup", path.display());
        }
        Ok(read)
    }

    /// What lies in the backup beside the files that people attached.
    pub(super) fn beside_files(&self) -> impl Iterator<Item = &Part> {
        self.sealed.iter().chain([&self.database])
    }

    /// Whether the backup is encrypted.
    pub(super) const fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    /// What was counted in the backup in `folder`, decrypted where it must be.
    pub(super) fn counted(&self, folder: &Path, identities: Option<&Identities>) -> Result<Counted> {
        match (&self.counted, &self.sealed, identities) {
            (Some(counted), None, _) => Ok(counted.clone()),
            (_, Some(part), Some(identities)) => {
                let path = folder.join(&part.name);
                part.holds(hashed(&path)?)?;
                serde_json::from_reader(identities.open(&path)?)
                    .with_context(|| format!("{} does not hold", path.display()))
            }
            (_, Some(_), None) => bail!(
                "{} is encrypted: give --identity with the file of the secret key of one of its recipients",
                folder.display()
            ),
            (None, None, _) => bail!("{} does not hold", folder.join(NAME).display()),
        }
    }
}

impl Brief {
    /// Reads it of the backup in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(folder.join(NAME))?)?)
    }

    pub(super) const fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }
}

/// Whether it is the name of a file within the folder.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// Whether it is the name of a file that people attached.
fn is_file(part: &Part) -> bool {
    let name = part.name.strip_prefix(folder::SEALED).unwrap_or(&part.name);
    name.len() == folder::HASH && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Part {
    /// Whether what was read is what the manifest names.
    pub(super) fn holds(&self, (sha256, bytes): (String, u64)) -> Result<()> {
        if (&sha256, bytes) != (&self.sha256, self.bytes) {
            bail!("the backup does not hold: {} is not what its manifest names", self.name);
        }
        Ok(())
    }
}

impl Counted {
    /// What in the database is another than the manifest says.
    pub(super) fn differs(&self, schema: &str, found: &Stand) -> Vec<String> {
        let mut differs = Vec::new();
        if found.schema != schema {
            differs.push(format!("schema: {schema} expected, {} found", found.schema));
        }
        if (found.seq, &found.head) != (self.chain.seq, &self.chain.head) {
            let (wanted, seq) = (self.chain.seq, found.seq);
            differs.push(format!("chain: its head should be event {wanted}, is event {seq} or another one"));
        }
        let names: std::collections::BTreeSet<&String> =
            self.tables.keys().chain(found.tables.keys()).collect();
        for name in names {
            let (wanted, rows) = (self.tables.get(name), found.tables.get(name));
            if wanted != rows {
                let said = |rows: Option<&u64>| rows.map_or("no table".to_owned(), |it| format!("{it} rows"));
                differs.push(format!("{name}: {} expected, {} found", said(wanted), said(rows)));
            }
        }
        differs
    }
}
