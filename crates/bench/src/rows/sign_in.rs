//! Signing in: what it costs beside the hash of the password, which is meant to be dear.

use super::Bench;
use crate::cpu::of_this;
use crate::data::{LEAD, PASSWORD};
use crate::load::{Ask, Script, millis};
use crate::table::Row;
use anyhow::{Result, anyhow};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use http_body_util::Full;
use hyper::Request;
use serde_json::json;

/// Hashes of the floor: a second of a core.
const HASHES: u32 = 50;

struct SignIn;

impl Script for SignIn {
    fn next(&mut self) -> Result<Ask> {
        let body = json!({ "login": LEAD, "password": PASSWORD }).to_string();
        let ask = Request::post("/api/v1/session")
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin");
        Ok(ask.body(Full::from(body))?)
    }
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Row> {
    let bare = tokio::task::spawn_blocking(hash).await??;
    // Each of the pool's connections prepares each statement once.
    bench.ours.target.load(vec![Box::new(SignIn)], bench.options.time()).await?;
    let loads = bench.ours.target.load(vec![Box::new(SignIn)], bench.options.time() * 2).await?;
    let row = Row::plain("sign-in beside argon2", Some(bench.database), loads.cpu - bare, "ms CPU");
    Ok(row.with_loads(vec![loads], Vec::new()))
}

/// Milliseconds of processor that the hash alone takes, with the parameters of `ronghed`.
fn hash() -> Result<f64> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| anyhow!("{error}"))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let before = of_this()?;
    for _ in 0..HASHES {
        argon2.hash_password(PASSWORD.as_bytes()).map_err(|error| anyhow!("{error}"))?;
    }
    Ok(millis(of_this()?.saturating_sub(before)) / f64::from(HASHES))
}
