//! What a district bureau does with the needs of its schools: order, 汇总表, 零报告, 催报.

mod rank;
mod remind;
mod summary;

pub use rank::RankNeeds;
pub use remind::RemindUnits;
pub use summary::{Summaries, Summary, ZeroReport};
