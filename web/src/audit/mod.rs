//! The audit chain: time lines of records, and the auditor's page.

mod page;
mod timeline;

pub use page::Audit;
pub use timeline::timeline;
