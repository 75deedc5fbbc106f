//! The programme's rules, once: states, rights, checks and the reader of policy documents.
//!
//! Everything here is pure. Time, identifiers and facts come in as arguments, so that the server,
//! the browser and the command line decide alike.

pub mod account;
pub mod application;
pub mod attachment;
pub mod audit;
pub mod cycle;
pub mod export;
pub mod kernel;
pub mod meeting;
pub mod message;
pub mod need;
pub mod need_list;
pub mod org;
pub mod policy;
pub mod profile;
pub mod progress;
pub mod question;
pub mod sign_off;
pub mod suggestion;
pub mod task;
pub mod view;
