//! What a backup says of itself.

use anyhow::{Context, Result, bail};
use ronghe_domain::kernel::Instant;
use ronghe_store::copy::Stand;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The file's name in a backup.
pub(super) const NAME: &str = "manifest.json";
/// Of this description; the first knew files by the hash of their content alone.
const FORM: u32 = 2;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    form: u32,
    pub(super) made_at: Instant,
    /// The program that made it.
    program: String,
    /// The newest step of the schema.
    pub(super) schema: String,
    pub(super) database: Part,
    /// Rows of each table.
    pub(super) tables: BTreeMap<String, u64>,
    pub(super) chain: Chain,
    /// Files that people attached, by the names under which they lie.
    pub(super) files: Vec<Part>,
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
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chain {
    pub(super) seq: i64,
    pub(super) at: Instant,
    pub(super) head: String,
}

impl Manifest {
    pub(super) fn new(made_at: Instant, stand: Stand, database: Part, files: Vec<Part>) -> Self {
        let Stand { schema, tables, seq, at, head } = stand;
        let (program, chain) = (format!("ronghed {}", env!("CARGO_PKG_VERSION")), Chain { seq, at, head });
        Self { form: FORM, made_at, program, schema, database, tables, chain, files }
    }

    /// Reads the manifest of the backup in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} is no backup: cannot read {}", folder.display(), path.display()))?;
        let read: Self =
            serde_json::from_str(&text).with_context(|| format!("{} does not hold", path.display()))?;
        if !(1..=FORM).contains(&read.form) || !ronghe_store::copy::knows(&read.schema) {
            bail!(
                "{} was made by {} with the schema {}, which this program does not know; take a newer one",
                folder.display(),
                read.program,
                read.schema
            );
        }
        Ok(read)
    }

    /// What in the database is another than the manifest says.
    pub(super) fn differs(&self, found: &Stand) -> Vec<String> {
        let mut differs = Vec::new();
        if found.schema != self.schema {
            differs.push(format!("schema: {} expected, {} found", self.schema, found.schema));
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
