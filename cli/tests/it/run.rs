//! Runs `ronghe` in a home of its own.

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A person with an empty home.
pub(crate) struct Person {
    home: TempDir,
    variables: Vec<(String, String)>,
}

impl Person {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// The same with a variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where a file of the configuration lies.
    pub(crate) fn config(&self, name: &str) -> PathBuf {
        self.home.path().join("ronghe").join(name)
    }

    /// Writes a file into the home.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ronghe"));
        command
            .args(words)
            .env_clear()
            .env("XDG_CONFIG_HOME", self.home.path())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, b"")
    }

    /// Runs what must be done, unasked.
    pub(crate) fn does(&self, words: &[&str]) -> Ran {
        let ran = self.run(&[words, &["--yes"]].concat());
        assert_eq!(ran.code, 0, "{words:?} {ran:?}");
        ran
    }

    /// Runs what is read by people.
    pub(crate) fn reads(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, 0, "{words:?} {ran:?}");
        ran.out
    }

    /// Runs as a script does: the answer is JSON, and nothing is said beside it.
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let ran = self.run(&[words, &["-o", "json", "--quiet"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?} {ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// The same as CSV: its lines, the first of them names the columns.
    pub(crate) fn csv(&self, words: &[&str]) -> Vec<String> {
        let ran = self.run(&[words, &["-o", "csv", "--quiet"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?} {ran:?}");
        ran.out.lines().map(str::to_owned).collect()
    }

    /// Runs what must be refused: `code`, nothing on standard output, and this sentence.
    pub(crate) fn refused(&self, words: &[&str], code: i32, sentence: &str) {
        let ran = self.run(words);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{words:?} {ran:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(sentence), "{words:?} {ran:?}");
    }

    /// Runs with `input` on standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut to = child.stdin.take().unwrap();
        // A command that reads nothing may be gone already.
        drop(to.write_all(input));
        drop(to);
        let done = child.wait_with_output().unwrap();
        Ran {
            code: done.status.code().unwrap(),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }
}

/// The notice of the demonstration.
pub(crate) fn notice() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates/domain/tests/fixtures/policy/jinan-2023-24.txt")
        .to_str()
        .unwrap()
        .to_owned()
}
