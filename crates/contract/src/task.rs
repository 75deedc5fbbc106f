//! 待办.

use ronghe_domain::kernel::Instant;
use ronghe_domain::task::{Kind, Soon};
use serde::{Deserialize, Serialize};

/// One thing to do, or to wait for; several like it are folded into one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    pub kind: Kind,
    pub soon: Soon,
    /// How many records it stands for.
    pub count: u64,
    /// The record in addresses; absent where several are folded.
    pub record: Option<String>,
    /// Year of the cycle, where it is about needs, applications or what is signed; those of two years are folded apart.
    pub year: Option<String>,
    pub title: String,
    /// Names of those from whom it comes.
    pub from: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub deadline: Option<Instant>,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}
