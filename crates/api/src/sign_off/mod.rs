//! Sign-off 签发 and sealed pages 盖章页.

pub(crate) mod chain;
pub(crate) mod round;
pub(crate) mod seal;
pub(crate) mod views;
