//! A database that was brought back from a backup says so in its chain: what happened after its last event is lost, and
//! nobody may think that it never was.

use crate::audited::Audited;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::audit::{Action, Subject};
use ronghe_domain::kernel::Instant;
use serde_json::{Value, json};

/// The backup that a database came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    pub made_at: Instant,
    /// The last event that is in it.
    pub seq: i64,
    /// When that happened: what is lost lies between it and the event that says so.
    pub at: Instant,
}

/// Chains that the database was restored.
///
/// # Errors
/// Where it does not answer.
pub async fn restored(app: &App, caller: &Caller, backup: &Backup) -> Result<(), Error> {
    app.write(caller, |tx: Tx| {
        let backup = *backup;
        async move {
            tx.said(Action::Restore, &backup, json!({ "last": backup.seq, "last_at": backup.at }));
            Ok(())
        }
    })
    .await
}

impl Audited for Backup {
    const SUBJECT: Subject = Subject::Backup;

    fn record(&self) -> String {
        self.made_at.to_string()
    }

    fn name(&self) -> String {
        self.made_at.to_string()
    }

    fn version(&self) -> i64 {
        1
    }

    /// It has no row: what is said of it stands in its event alone.
    fn snapshot(&self) -> Value {
        Value::Null
    }
}
