//! Questions and answers as typed.

use super::{Answer, Ground, TakenBack};
use crate::kernel::field::needed;
use crate::kernel::{AccountId, FieldError, Instant, OrgId};
use serde::{Deserialize, Serialize};

/// Longest question, in characters.
const QUESTION_MOST: usize = 1000;
/// Longest answer, in characters.
const ANSWER_MOST: usize = 2000;

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct QuestionDraft {
    /// What is asked; everybody reads it.
    pub question: String,
}

impl QuestionDraft {
    /// Checks it; gives its text.
    ///
    /// # Errors
    /// Where it is empty or too long.
    pub fn check(&self) -> Result<String, Vec<FieldError>> {
        whole("question", &self.question, QUESTION_MOST)
    }
}

/// An answer as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerDraft {
    pub answer: String,
}

impl AnswerDraft {
    /// Checks it.
    ///
    /// # Errors
    /// Where it is empty or too long.
    pub fn check(&self, org: OrgId, by: AccountId, at: Instant) -> Result<Answer, Vec<FieldError>> {
        Ok(Answer { text: whole("answer", &self.answer, ANSWER_MOST)?, org, by, at })
    }
}

/// Why a question is taken back, as typed.
///
/// # Errors
/// Where no ground is given.
pub fn taking_back(ground: Option<Ground>, by: AccountId, at: Instant) -> Result<TakenBack, Vec<FieldError>> {
    let ground = ground.ok_or_else(|| vec![FieldError::required("ground")])?;
    Ok(TakenBack { ground, by, at })
}

fn whole(path: &str, typed: &str, most: usize) -> Result<String, Vec<FieldError>> {
    let mut errors = Vec::new();
    let text = needed(&mut errors, path, typed, most);
    if errors.is_empty() { Ok(text) } else { Err(errors) }
}
