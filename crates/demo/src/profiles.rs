//! What universities offer to schools, as they stand in `data/profiles.toml`.

use crate::world::{Error, step};
use ronghe_app::{App, Caller, profile};
use ronghe_domain::profile::ProfileDraft;
use serde::Deserialize;

#[derive(Deserialize)]
struct Profiles {
    profile: Vec<Told>,
}

/// A university and its profile.
#[derive(Deserialize)]
struct Told {
    /// Slug of the university.
    university: String,
    #[serde(flatten)]
    draft: ProfileDraft,
}

/// Writes them all, at the server's own console.
pub(crate) async fn make(app: &App, console: &Caller) -> Result<(), Error> {
    let told: Profiles = toml::from_str(include_str!("../data/profiles.toml"))?;
    let profiles = told.profile.into_iter().map(|it| (it.university, it.draft)).collect();
    profile::set_up(app, console, profiles).await.map_err(step("profiles"))
}
