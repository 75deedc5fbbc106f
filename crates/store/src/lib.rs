//! Persistence on SQLite and PostgreSQL: the only crate that knows SQL.
//!
//! Functions take any connection, so that a use case can call them within its transaction.

#![expect(unreachable_pub, reason = "the derive of entities makes public items in private modules")]

pub mod account;
pub mod application;
pub mod attachment;
pub mod audit;
pub mod copy;
pub mod cycle;
pub mod db;
pub mod error;
pub mod export;
pub mod idempotency;
pub mod link;
pub mod meeting;
pub mod message;
pub mod need;
pub mod need_list;
pub mod org;
pub mod policy;
pub mod profile;
pub mod question;
pub mod reseal;
pub mod seal;
pub mod secret;
pub mod session;
pub mod setting;
pub mod sign_off;
pub mod token;
pub mod view;

mod convert;
mod together;

pub use application::Envelope;
pub use db::{Backend, Db, Transaction};
pub use error::{Constraint, Error};
pub use sea_orm::ConnectionTrait as Connection;
