//! What universities offer to schools.

use crate::need::{MeasureChoice, MeasureName};
use crate::org::OrgRef;
use ronghe_domain::kernel::Instant;
use ronghe_domain::need::Stage;
use ronghe_domain::policy::forms::Form;
use serde::{Deserialize, Serialize};

/// A discipline of GB/T 13745.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisciplineView {
    /// Such as `880.47`.
    pub code: String,
    pub name: String,
    pub name_en: String,
}

/// The profile of a university; empty where nobody has written it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfileView {
    pub university: OrgRef,
    pub disciplines: Vec<DisciplineView>,
    /// Measures that it takes on, of the document that was in force when it was written.
    pub measures: Vec<MeasureName>,
    pub forms: Vec<Form>,
    pub stages: Vec<Stage>,
    /// 优势与资源.
    pub strengths: String,
    /// None where nobody has written it yet.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub changed_at: Option<Instant>,
    pub may_change: bool,
    /// Measures of the document in force with their forms, for who may change it.
    #[serde(default)]
    pub choices: Vec<MeasureChoice>,
    /// Give this back in `If-Match`.
    pub version: String,
}
