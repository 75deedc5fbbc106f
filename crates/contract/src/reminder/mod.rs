//! Rows by which people are reminded.

use ronghe_domain::kernel::ReminderId;
use ronghe_domain::message::reminder::{Event, Side, Unit};
use serde::{Deserialize, Serialize};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReminderView {
    pub id: ReminderId,
    /// Name of the cycle that it is for; absent where it is for all.
    pub cycle: Option<String>,
    pub event: Event,
    pub days: u16,
    pub unit: Unit,
    pub side: Side,
    /// It is followed.
    pub active: bool,
    /// Stands in `If-Match`.
    pub version: String,
}

/// All rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindersView {
    pub items: Vec<ReminderView>,
    /// The caller changes them.
    pub may_keep: bool,
}
