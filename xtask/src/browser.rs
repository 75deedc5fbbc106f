//! Chromium, its driver and axe for the browser tests.

use crate::run::run;
use crate::system;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// What a browser test needs.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
    /// The script of axe, which finds what keeps people with disabilities out.
    pub(crate) axe: PathBuf,
}

/// The release of axe that the pages are held to.
const AXE: &str = "axe-core@4.11.0";

impl Browser {
    /// Finds Chromium and a Chinese font, and installs them first where they are missing.
    pub(crate) fn find() -> Result<Self> {
        let has_font = crate::run::output(Command::new("fc-list").arg(":lang=zh"))
            .is_some_and(|fonts| !fonts.trim().is_empty());
        let driver = || system::find("chromedriver");
        if chromium().is_none() || driver().is_none() || !has_font {
            system::install(&["chromium", "chromium-driver", "fonts-noto-cjk", "fontconfig"])?;
        }
        Ok(Self {
            chromium: chromium().context("Chromium was installed, but is not to be found")?,
            driver: driver().context("its driver was installed, but is not to be found")?,
            axe: axe()?,
        })
    }
}

/// Takes axe from the npm registry into cargo's target folder, once.
fn axe() -> Result<PathBuf> {
    let folder = crate::run::target()?.join("axe").join(AXE);
    let script = folder.join("package").join("axe.min.js");
    if script.exists() {
        return Ok(script);
    }
    if system::find("npm").is_none() {
        system::install(&["npm"])?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    run(Command::new("npm").args(["pack", "--silent", AXE]).current_dir(&folder))?;
    let archive = AXE.replace('@', "-");
    run(Command::new("tar").args(["-xzf", &format!("{archive}.tgz")]).current_dir(&folder))?;
    Ok(script)
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(system::find)
}
