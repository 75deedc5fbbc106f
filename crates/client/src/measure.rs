//! Measures, and who is responsible for them.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::measure::{MatrixView, MeasureRow, MeasureView};
use serde::Serialize;

/// What a list of measures is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListMeasures {
    /// Slug of the document; the one in force, or the newest, where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub policy: String,
    /// Slug of an office that is responsible, itself or in a group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// Words in title or text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on measures.
impl Client {
    /// Measures in order.
    ///
    /// # Errors
    /// 404 where the document or the office is unknown.
    pub async fn list_measures(&self, query: &ListMeasures) -> Result<Page<MeasureRow>, Error> {
        self.list(&["measures"], query).await
    }

    /// The measure with the running number `seq`.
    ///
    /// # Errors
    /// 404 where it is unknown.
    pub async fn show_measure(&self, policy: &str, seq: u32) -> Result<MeasureView, Error> {
        self.get(&["policies", policy, "measures", &seq.to_string()]).await
    }

    /// Measures × offices.
    ///
    /// # Errors
    /// 404 where the document is unknown.
    pub async fn show_matrix(&self, policy: &str) -> Result<MatrixView, Error> {
        self.get(&["policies", policy, "matrix"]).await
    }
}
