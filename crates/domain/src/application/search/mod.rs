//! Finding applications by words: everybody finds by what they read of an application, and by nothing else.

use super::sight::{Scope, offer};
use super::{ApplicationDraft, Content, Name, Number, State};

/// What is looked for: every word must stand somewhere in what is read. Small and capital letters are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    words: Vec<String>,
    /// They are a number as a whole.
    number: Option<Number>,
}

impl Words {
    /// Those of `text`, apart by spaces; nothing where there are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let number = match Name::parse(text) {
            Some(Name::Number(number)) => Some(number),
            Some(Name::Draft(_)) | None => None,
        };
        (!words.is_empty()).then_some(Self { words, number })
    }

    /// The number that they are as a whole.
    #[must_use]
    pub const fn number(&self) -> Option<&Number> {
        self.number.as_ref()
    }
}

/// What an application is found by.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Given when its seal is opened.
    pub number: Option<&'a Number>,
    /// What is typed and not submitted, where the reader sees that: [`reads_draft`].
    pub draft: Option<&'a ApplicationDraft>,
    /// As last submitted.
    pub content: Option<&'a Content>,
}

/// Whether whoever sees an application in `state` through `part` reads what is typed in it.
#[must_use]
pub const fn reads_draft(part: Scope, state: State) -> bool {
    matches!(part, Scope::All | Scope::Own(_)) && state.is_open()
}

/// Whether `words` stand in what is read of an application through `part`, or are its number.
#[must_use]
pub fn finds(part: Scope, texts: Texts<'_>, words: &Words) -> bool {
    if words.number.is_some() && words.number.as_ref() == texts.number {
        return true;
    }
    let submitted = texts.content.map(|content| match part {
        Scope::Offered(_) => offer(content),
        Scope::All | Scope::Own(_) | Scope::Opened => ApplicationDraft::from(content),
    });
    let read: Vec<String> = texts
        .draft
        .into_iter()
        .chain(submitted.as_ref())
        .map(|draft| searched(draft).to_lowercase())
        .collect();
    words.words.iter().all(|word| read.iter().any(|text| text.contains(word.as_str())))
}

/// What of an application is searched: everything in words. Telephones, amounts, days and files are not.
#[must_use]
pub fn searched(draft: &ApplicationDraft) -> String {
    let mut texts: Vec<&str> = vec![
        &draft.title,
        &draft.title_en,
        &draft.person_name,
        &draft.person_title,
        &draft.work_plan,
        &draft.risk,
        &draft.benefit,
        &draft.basis,
    ];
    texts.extend(draft.partners.iter().map(|it| it.name.as_str()));
    texts.extend(draft.team.iter().flat_map(|it| [it.name.as_str(), &it.title, &it.task]));
    texts.extend(draft.deliverables.iter().map(|it| it.other.as_str()));
    texts.extend(draft.milestones.iter().map(|it| it.what.as_str()));
    texts.extend(draft.promises.iter().flat_map(|it| [it.indicator.as_str(), &it.how]));
    texts.extend(draft.lines.iter().map(|it| it.note.as_str()));
    // No word reaches from one field into the next.
    texts.join("\n")
}

#[cfg(test)]
mod tests;
