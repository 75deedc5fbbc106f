//! Typed HTTP client for the API, native and in the browser.
//!
//! One method for each operation, under the operation's name, in one module for each feature.
//! The browser keeps the session's cookie itself; a native client keeps it in memory, shared by its clones.

mod account;
mod application;
mod audit;
mod call;
mod cycle;
mod error;
mod export;
mod measure;
mod meeting;
mod message;
mod need;
mod need_list;
mod org;
mod policy;
mod profile;
mod question;
mod session;
mod sign_off;
mod suggestion;
mod task;
mod upload;
mod view;

pub use account::{ListAccountRequests, ListAccounts};
pub use application::ListApplications;
pub use audit::ListEvents;
pub use call::Client;
pub use error::Error;
pub use measure::ListMeasures;
pub use message::{ListMails, ListMessages};
pub use need::{ExportNeeds, ListNeeds, ListOpinions, ListScreening};
pub use org::ListOrganisations;
pub use policy::ListPolicies;
pub use question::ListQuestions;
pub use sign_off::ListSignOffs;
pub use upload::{ByHand, Upload};
/// Names one attempt to change something, see [`Client::retrying`].
pub use uuid::Uuid as IdempotencyKey;
pub use view::ListViews;
