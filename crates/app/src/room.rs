//! Room on the disks: before one is full, uploads stop, then commands; reading goes on, and writing resumes by
//! itself.

use crate::{App, Error};
use std::path::PathBuf;

/// Where things are written, and how many bytes must be free there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Folders of the embedded database and of files.
    pub places: Vec<PathBuf>,
    /// Fewest free bytes for a file to be taken.
    pub for_files: u64,
    /// Fewest free bytes for a command.
    pub for_commands: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self { places: Vec::new(), for_files: 1024 * 1024 * 1024, for_commands: 200 * 1024 * 1024 }
    }
}

impl Room {
    /// Free bytes at the fullest of the places. A folder that is not made yet lies where the one above it does;
    /// one that cannot be measured is left out: a write there says itself what is wrong.
    #[must_use]
    pub fn free(&self) -> Option<u64> {
        let at = |place: &PathBuf| place.ancestors().find_map(|it| fs4::available_space(it).ok());
        self.places.iter().filter_map(at).min()
    }

    /// Whether commands can be carried out.
    ///
    /// # Errors
    /// `Full` where too little is free.
    pub fn for_commands(&self) -> Result<(), Error> {
        self.needs(self.for_commands)
    }

    /// Whether files are taken.
    ///
    /// # Errors
    /// `Full` where too little is free.
    pub fn for_files(&self) -> Result<(), Error> {
        self.needs(self.for_files)
    }

    fn needs(&self, least: u64) -> Result<(), Error> {
        if self.free().is_some_and(|free| free < least) { Err(Error::Full) } else { Ok(()) }
    }
}

impl App {
    /// Room on the disks.
    #[must_use]
    pub fn room(&self) -> &Room {
        &self.settings().room
    }
}

#[cfg(test)]
mod tests {
    use super::Room;
    use std::path::PathBuf;

    #[test]
    fn the_fullest_place_counts_and_an_unknown_one_does_not() {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let room = |places: Vec<PathBuf>, least: u64| Room { places, for_files: least, for_commands: 1 };
        assert!(room(vec![here.clone()], 1).for_files().is_ok());
        assert!(room(vec![here.clone()], u64::MAX).for_files().is_err());
        assert!(room(vec![here.clone()], u64::MAX).for_commands().is_ok());
        assert!(room(vec![here.join("not/yet")], u64::MAX).for_files().is_err());
        assert!(room(vec![PathBuf::new()], u64::MAX).for_files().is_ok());
        assert!(room(vec![PathBuf::new(), here], u64::MAX).for_files().is_err());
    }
}
