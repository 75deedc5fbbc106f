//! What of a need is compared with others: its title and its prose. Figures, contacts and files are not.

use super::{Content, Field};
use serde::Deserialize;

/// Title and prose of a need, as submitted. Read from a whole content it leaves out the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Prose {
    pub title: String,
    pub background: String,
    pub goals: String,
    pub benefit: String,
}

impl Prose {
    /// Its texts, in the order of the form.
    #[must_use]
    pub fn fields(&self) -> [(Field, &str); 4] {
        [
            (Field::Title, &self.title),
            (Field::Background, &self.background),
            (Field::Goals, &self.goals),
            (Field::Benefit, &self.benefit),
        ]
    }

    /// Everything as one text.
    #[must_use]
    pub fn whole(&self) -> String {
        self.fields().map(|(_, text)| text).join("\n")
    }
}

impl From<&Content> for Prose {
    fn from(content: &Content) -> Self {
        Self {
            title: content.title.clone(),
            background: content.background.clone(),
            goals: content.goals.clone(),
            benefit: content.benefit.clone(),
        }
    }
}
