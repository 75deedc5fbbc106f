//! Chromium and its driver for the browser tests.

use crate::system;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// What a browser test needs.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
}

impl Browser {
    /// Finds Chromium and a Chinese font, and installs them first where they are missing.
    pub(crate) fn find() -> Result<Self> {
        let has_font = crate::run::output(std::process::Command::new("fc-list").arg(":lang=zh"))
            .is_some_and(|fonts| !fonts.trim().is_empty());
        if chromium().is_none() || !has_font {
            system::install(&["chromium", "fonts-noto-cjk", "fontconfig"])?;
        }
        Ok(Self { chromium: chromium().context("Chromium was installed, but is not to be found")? })
    }
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(system::find)
}
