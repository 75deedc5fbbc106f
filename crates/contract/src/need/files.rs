//! Files of a need.

use ronghe_domain::attachment::Kind;
use ronghe_domain::kernel::AttachmentId;
use serde::{Deserialize, Serialize};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttachmentView {
    pub id: AttachmentId,
    pub name: String,
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
}
