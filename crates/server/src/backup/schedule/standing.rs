//! How backups stand: what the server knows of them, kept beside them for whoever asks without it.

use crate::backup::folder::write_through;
use crate::backup::short;
use crate::console::write_privately;
use anyhow::{Context, Result};
use jiff::SignedDuration;
use ronghe_domain::kernel::Instant;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// How backups stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(super) newest: Option<Newest>,
    /// When a backup was last made, or nothing had changed since the one before.
    pub(super) well_at: Option<Instant>,
    pub(super) failed: Option<Failed>,
    pub(super) checked: Option<Checked>,
}

/// The newest backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Newest {
    pub(super) made_at: Instant,
    pub(super) is_sealed: bool,
}

/// Backups cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failed {
    pub(super) since: Instant,
    /// When it was tried last.
    pub(super) at: Instant,
    pub(super) why: String,
}

/// What a check of a backup has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checked {
    pub(super) at: Instant,
    /// When that backup was made.
    pub(super) of: Instant,
    /// Why it was not restored, but only read.
    pub(super) only_read: Option<String>,
    pub(super) faults: Vec<String>,
}

/// What is said of a subject, and how grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grave {
    /// All is well.
    Well,
    /// It goes on, but somebody should look.
    Look,
    /// Something is wrong.
    Wrong,
}

/// One line of what is said.
pub(crate) type Line = (Grave, String);

impl Standing {
    /// What was kept in `to` of the database known by `origin`; nothing where nothing was.
    pub(super) fn load(to: &Path, origin: &str) -> Result<Self> {
        let path = place(to, origin);
        match fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            read => serde_json::from_slice(&read.with_context(|| format!("cannot read {}", path.display()))?)
                .with_context(|| format!("{} does not hold", path.display())),
        }
    }

    /// Keeps it there, so that nobody reads half of it.
    pub(super) fn keep(&self, to: &Path, origin: &str) -> Result<()> {
        let path = place(to, origin);
        let unwritten = || format!("cannot write {}", path.display());
        let part = path.with_added_extension("part");
        drop(fs::remove_file(&part));
        write_privately(&part, &serde_json::to_vec_pretty(self)?).with_context(unwritten)?;
        write_through(&part)?;
        fs::rename(&part, &path).with_context(unwritten)
    }

    /// What is to be said of backups that are due `every` so often, at `now`.
    pub(crate) fn lines(&self, every: SignedDuration, now: Instant) -> Vec<Line> {
        vec![self.of_backups(every, now), self.of_check(now)]
    }

    fn of_backups(&self, every: SignedDuration, now: Instant) -> Line {
        let newest = self.newest.as_ref().map_or_else(
            || "there is none yet".to_owned(),
            |newest| format!("the newest is {} old", said(now.duration_since(newest.made_at))),
        );
        if let Some(Failed { since, at, why }) = &self.failed {
            let tried = said(now.duration_since(*at));
            return (Grave::Wrong, format!("backup: fails since {since}, last {tried} ago: {why}; {newest}"));
        }
        let late = self.well_at.is_none_or(|at| now.duration_since(at) > every.saturating_mul(2));
        if late {
            return (Grave::Wrong, format!("backup: {newest}, one is due every {}", said(every)));
        }
        match &self.newest {
            Some(Newest { is_sealed: false, .. }) => {
                (Grave::Look, format!("backup: {newest}; not encrypted, name backup.recipients"))
            }
            _ => (Grave::Well, format!("backup: {newest}, encrypted, with all that has changed")),
        }
    }

    fn of_check(&self, now: Instant) -> Line {
        let Some(Checked { at, of, only_read, faults }) = &self.checked else {
            return (Grave::Look, "restore test: none yet".to_owned());
        };
        let ago = said(now.duration_since(*at));
        if let [first, more @ ..] = faults.as_slice() {
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            return (
                Grave::Wrong,
                format!("restore test: {ago} ago the backup of {of} did not hold: {first}{more}"),
            );
        }
        if now.duration_since(*at) > SignedDuration::from_hours(36) {
            return (Grave::Wrong, format!("restore test: the last was {ago} ago, one is due every night"));
        }
        match only_read {
            Some(why) => (Grave::Look, format!("restore test: {ago} ago hashes alone were checked: {why}")),
            None => (Grave::Well, format!("restore test: {ago} ago the backup of {of} came back whole")),
        }
    }

    /// The same as figures for `/metrics`; what is not known is left out, for a wrong number would calm.
    pub(crate) fn metrics(&self, now: Instant) -> String {
        let mut text = gauge(
            "ronghe_backup_failing",
            "Whether the last backup could not be made.",
            i64::from(self.failed.is_some()),
        );
        if let Some(newest) = &self.newest {
            let age = now.duration_since(newest.made_at).as_secs();
            text.push_str(&gauge("ronghe_backup_age_seconds", "Age of the newest backup.", age));
        }
        if let Some(at) = self.well_at {
            let age = now.duration_since(at).as_secs();
            let help = "Since a backup was made, or nothing had changed since the one before.";
            text.push_str(&gauge("ronghe_backup_current_seconds", help, age));
        }
        if let Some(checked) = &self.checked {
            let age = now.duration_since(checked.at).as_secs();
            text.push_str(&gauge("ronghe_backup_check_age_seconds", "Age of the last restore test.", age));
            let holds = i64::from(checked.faults.is_empty());
            text.push_str(&gauge("ronghe_backup_check_holds", "Whether it found nothing amiss.", holds));
            let whole = i64::from(checked.only_read.is_none());
            text.push_str(&gauge("ronghe_backup_check_restored", "Whether it restored the backup.", whole));
        }
        text
    }
}

fn gauge(name: &str, help: &str, value: i64) -> String {
    format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n")
}

/// One file for each database whose backups lie there.
fn place(to: &Path, origin: &str) -> PathBuf {
    to.join(format!(".ronghe-{}.json", short(origin)))
}

/// A span as a person says it.
pub(crate) fn said(span: SignedDuration) -> String {
    match span.as_mins() {
        minutes @ ..120 => format!("{} min", minutes.max(0)),
        minutes @ 120..2_880 => format!("{} h", minutes / 60),
        minutes => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::{Checked, Failed, Grave, Newest, Standing, said};
    use jiff::SignedDuration;
    use ronghe_domain::kernel::Instant;

    fn at(text: &str) -> Instant {
        format!("2026-03-{text}:00Z").parse().unwrap()
    }

    #[test]
    fn a_line_says_what_is_wrong_before_what_is_well() {
        let (now, every) = (at("10T12:00"), SignedDuration::from_mins(15));
        let newest = |is_sealed| Some(Newest { made_at: at("10T09:00"), is_sealed });
        let check = |standing: &Standing, grave: Grave, with: &str| {
            let (found, line) = standing.lines(every, now).remove(0);
            assert!(found == grave && line.contains(with), "{found:?} {line}");
        };
        let well = Standing { newest: newest(true), well_at: Some(at("10T11:50")), ..Standing::default() };
        check(&Standing::default(), Grave::Wrong, "there is none yet, one is due every 15 min");
        check(&well, Grave::Well, "the newest is 3 h old");
        check(&Standing { newest: newest(false), ..well.clone() }, Grave::Look, "not encrypted");
        check(&Standing { well_at: Some(at("10T11:20")), ..well.clone() }, Grave::Wrong, "is due");
        let failed = Failed { since: at("10T11:00"), at: at("10T11:58"), why: "the disk is gone".into() };
        check(
            &Standing { failed: Some(failed), ..well },
            Grave::Wrong,
            "2 min ago: the disk is gone; the newest is 3 h",
        );
    }

    #[test]
    fn a_restore_test_that_is_old_or_found_something_is_wrong() {
        let checked = |hour: &str, only_read: Option<&str>, faults: &[&str]| Standing {
            checked: Some(Checked {
                at: at(hour),
                of: at("09T18:00"),
                only_read: only_read.map(str::to_owned),
                faults: faults.iter().map(ToString::to_string).collect(),
            }),
            ..Standing::default()
        };
        let check = |standing: &Standing, grave: Grave, with: &str| {
            let (found, line) = standing.lines(SignedDuration::from_mins(15), at("10T12:00")).remove(1);
            assert!(found == grave && line.contains(with), "{found:?} {line}");
        };
        check(&Standing::default(), Grave::Look, "none yet");
        check(
            &checked("09T19:00", None, &[]),
            Grave::Well,
            "17 h ago the backup of 2026-03-09T18:00:00Z came back",
        );
        check(
            &checked("09T19:00", Some("no identity"), &[]),
            Grave::Look,
            "hashes alone were checked: no identity",
        );
        check(&checked("08T19:00", None, &[]), Grave::Wrong, "due every night");
        check(
            &checked("09T19:00", None, &["need: 1 rows", "x", "y"]),
            Grave::Wrong,
            "need: 1 rows and 2 more",
        );
    }

    #[test]
    fn what_is_not_known_is_no_figure() {
        let text = Standing::default().metrics(at("10T12:00"));
        assert!(text.contains("ronghe_backup_failing 0") && !text.contains("age"), "{text}");
        let newest = Some(Newest { made_at: at("10T11:00"), is_sealed: true });
        let text = Standing { newest, ..Standing::default() }.metrics(at("10T12:00"));
        assert!(text.contains("ronghe_backup_age_seconds 3600"), "{text}");
    }

    #[test]
    fn spans_are_said_in_one_unit() {
        let check =
            |minutes: i64, expected: &str| assert_eq!(said(SignedDuration::from_mins(minutes)), expected);
        check(-5, "0 min");
        check(119, "119 min");
        check(120, "2 h");
        check(2_879, "47 h");
        check(2_880, "2 days");
    }
}
