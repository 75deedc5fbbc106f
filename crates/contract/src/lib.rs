//! The wire between server, browser and command line: views, bodies, paths, problem details.

pub mod account;
pub mod application;
pub mod audit;
pub mod cycle;
pub mod export;
pub mod measure;
pub mod meeting;
pub mod message;
pub mod need;
pub mod need_list;
pub mod org;
pub mod page;
pub mod policy;
pub mod problem;
pub mod profile;
pub mod progress;
pub mod question;
pub mod reminder;
pub mod session;
pub mod sign_off;
pub mod suggestion;
pub mod task;
pub mod view;

pub use page::Page;
pub use problem::Problem;

/// Where the API stands.
pub const API: &str = "/api/v1";
/// Header that makes a retried request do nothing twice.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
