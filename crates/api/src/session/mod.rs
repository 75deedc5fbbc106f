//! Signing in, one's own account, its sessions, tokens and second factor.

pub(crate) mod door;
pub(crate) mod me;
mod qr;
pub(crate) mod tokens;
pub(crate) mod views;
