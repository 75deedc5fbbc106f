//! What the unit of its need thinks of an application.

use crate::org::OrgRef;
use ronghe_domain::application::opinion::Action;
use ronghe_domain::application::{Refusal, Stance};
use ronghe_domain::kernel::{Instant, Offer};
use serde::{Deserialize, Serialize};

/// The opinion of its need's unit on an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitOpinionView {
    /// Whose need it answers.
    pub unit: OrgRef,
    /// In the order in which it was said: the last one holds, and most read that alone. Empty while none has come.
    pub said: Vec<UnitSaidView>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// What a unit has said once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitSaidView {
    pub stance: Stance,
    /// Why; it may be empty where the unit is willing.
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}
