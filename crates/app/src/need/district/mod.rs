//! What a district bureau does with the needs of its schools: it ranks them, hands them up by a sealed 汇总表 or reports
//! that there are none, and reminds who has not filed.

mod ranking;
mod remind;
mod summary;

pub use ranking::{Ranked, rank, ranking};
pub use remind::remind_units;
pub(crate) use summary::{HeldSummary, cycle_of_summary, hold_summary, issue, void_summary};
pub use summary::{can_report_zero, report_zero, show_summary, summaries, summary_name};
pub(super) use summary::{hand_up, void_with, void_zero};
