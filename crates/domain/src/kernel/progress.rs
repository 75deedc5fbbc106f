//! How far a page of a form has come.

use serde::{Deserialize, Serialize};

/// How far a section has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// 未开始.
    NotStarted,
    /// 填写中.
    Started,
    /// 已完成.
    Done,
    /// 需修改: a return names it, and it says what it said before.
    ToCorrect,
    /// 暂不能填: the return does not name it.
    Closed,
}
