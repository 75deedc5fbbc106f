//! Measures, the matrix of measures and offices, the leading group.

use crate::org::OrgRef;
use crate::policy::UnitView;
use ronghe_domain::policy::{UnitRole, forms::Form};
use serde::{Deserialize, Serialize};

/// A measure in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureRow {
    pub policy: String,
    pub doc_number: Option<String>,
    pub seq: u32,
    pub number: Option<u32>,
    pub section: String,
    pub title: String,
    /// Units as printed, in order.
    pub units: Vec<String>,
}

/// A measure whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureView {
    pub policy: String,
    pub policy_title: String,
    pub doc_number: Option<String>,
    pub seq: u32,
    pub number: Option<u32>,
    pub section_number: Option<u32>,
    pub section: String,
    pub title: String,
    pub text: String,
    pub units: Vec<UnitView>,
    /// Forms of cooperation that the measure names.
    pub forms: Vec<Form>,
}

/// Who is responsible for what, as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatrixView {
    pub policy: String,
    pub title: String,
    /// Columns.
    pub measures: Vec<MeasureRow>,
    /// Rows.
    pub offices: Vec<MatrixRow>,
}

/// An office and its part in each measure that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatrixRow {
    pub office: OrgRef,
    pub cells: Vec<MatrixCell>,
}

/// An office's part in one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatrixCell {
    pub seq: u32,
    pub role: UnitRole,
    /// It stands first.
    pub first: bool,
    /// The group by which it is named.
    pub through: Option<String>,
}

/// The leading group 工作领导小组.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadingGroupView {
    /// The post that leads it: 主要领导 of the bureau.
    pub leader: String,
    /// The posts of the deputies: 分管领导.
    pub deputies: String,
    /// Members in the order of the notice; the list is open (等).
    pub members: Vec<OrgRef>,
    /// Its office: 高校联络服务处.
    pub office: Option<OrgRef>,
}
