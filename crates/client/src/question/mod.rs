//! Questions and answers on needs of the published list.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::question::{ActOnQuestion, QuestionView, QuestionsView};
use ronghe_domain::question::QuestionDraft;
use serde::Serialize;

/// What a list of questions is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListQuestions {
    /// Year of the cycle; the one that takes applications where empty.
    pub year: String,
    /// `overdue`; all that wait where empty.
    pub show: String,
}

/// Operations on questions.
impl Client {
    /// The questions on a need, and whether the caller can ask.
    ///
    /// # Errors
    /// 404 where the need is unknown or not visible.
    pub async fn list_need_questions(&self, need: &str) -> Result<QuestionsView, Error> {
        self.get(&["needs", need, "questions"]).await
    }

    /// Asks about a need of the published list.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 422 for the text.
    pub async fn ask_question(&self, need: &str, draft: &QuestionDraft) -> Result<QuestionView, Error> {
        self.post(&["needs", need, "questions"], draft).await
    }

    /// The questions that wait for an answer of the caller, those that are due first in front.
    ///
    /// # Errors
    /// 404 for who answers none.
    pub async fn list_questions(&self, query: &ListQuestions) -> Result<Page<QuestionView>, Error> {
        self.list(&["questions"], query).await
    }

    /// One question, `N2026-0137-Q3`.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_question(&self, name: &str) -> Result<QuestionView, Error> {
        self.get(&["questions", name]).await
    }

    /// Answers a question, corrects an answer, or takes the question back; it was seen in `version`.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn act_on_question(
        &self,
        name: &str,
        version: &str,
        action: &ActOnQuestion,
    ) -> Result<QuestionView, Error> {
        self.post_seen(&["questions", name, "actions"], version, action).await
    }
}
