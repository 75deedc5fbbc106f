//! The words of a mail that says that something happened, as the lead office sets them for a kind and a language.
//!
//! A mail passes through many hands: it holds what happened, a number and a link, and no placeholder brings in more.

use super::{Kind, Topic};
use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem, Version};
use serde::{Deserialize, Serialize};

/// A language of mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailLanguage))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];
}

/// Most characters of a subject.
pub const SUBJECT_MOST: usize = 60;
/// Most characters of a body.
pub const BODY_MOST: usize = 600;

/// What happened, in the words of the system.
pub const WHAT: &str = "{what}";
/// The record's number, or the cycle's year.
pub const NUMBER: &str = "{number}";
/// Where it is read.
pub const LINK: &str = "{link}";

/// Whether the lead office sets the words of this kind: what is about accounts says the same to everybody, so that
/// nobody is led astray by it, and of some no mail is made.
#[must_use]
pub const fn is_kept(kind: Kind) -> bool {
    !matches!(kind.topic(), Topic::Account | Topic::AccountRequest) && !kind.stays_inside()
}

/// Whether the lead office sees how many mails of this kind there are: only where it knows of everything that they are
/// about. What waits or goes back within a district, what is a draft, sealed, or waits within an organisation is not
/// counted.
#[must_use]
pub const fn is_counted(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NeedForwarded
            | Kind::NeedArrived
            | Kind::NeedListed
            | Kind::NeedDeclined
            | Kind::NeedMerged
            | Kind::NeedLeftOpen
            | Kind::OpinionsAsked
            | Kind::OpinionsReminded
            | Kind::OpinionsDue
            | Kind::AnswersDue
            | Kind::ListProposed
            | Kind::ListApproved
            | Kind::ListReturned
            | Kind::ListVoided
            | Kind::ListPublished
            | Kind::ListDue
            | Kind::ZeroReported
            | Kind::CycleOpened
            | Kind::CycleRevised
            | Kind::EndExtended
            | Kind::PhaseChanged
            | Kind::SealsOpened
            | Kind::ApplicationReturned
            | Kind::ApplicationCorrected
            | Kind::ApplicationAccepted
            | Kind::ApplicationCorrectionDue
    )
}

/// Where the record is read, below `/app/`: what a link in a mail leads to.
#[must_use]
pub fn place(kind: Kind, record: &str) -> String {
    match kind.topic() {
        Topic::Need => format!("needs/{record}"),
        Topic::NeedList => format!("need-lists/{record}"),
        Topic::Question => format!("needs/{record}?tab=questions"),
        Topic::Application => format!("applications/{record}"),
        Topic::Cycle => format!("cycles/{record}"),
        Topic::Filing => format!("needs?year={record}"),
        Topic::Summary => format!("summaries?year={record}"),
        Topic::SignOff => format!("sign-offs/{record}"),
        Topic::Opinions => "opinions".to_owned(),
        Topic::Account => "messages".to_owned(),
        Topic::AccountRequest => "accounts/requests".to_owned(),
        Topic::Export => "exports".to_owned(),
    }
}

/// The placeholders that a subject of this kind can hold. Nobody knows a round of sign-off by its id.
#[must_use]
pub const fn in_subject(kind: Kind) -> &'static [&'static str] {
    match kind.topic() {
        Topic::Account | Topic::AccountRequest | Topic::SignOff | Topic::Export => &[WHAT],
        _ => &[WHAT, NUMBER],
    }
}

/// The placeholders that a body of this kind can hold.
#[must_use]
pub const fn in_body(kind: Kind) -> &'static [&'static str] {
    match kind.topic() {
        Topic::Account | Topic::AccountRequest | Topic::SignOff | Topic::Export => &[WHAT, LINK],
        _ => &[WHAT, NUMBER, LINK],
    }
}

/// Words with placeholders in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MailWords))]
pub struct Words {
    pub subject: String,
    pub body: String,
}

impl Words {
    /// What a mail of this kind says where nobody has set anything else, in both languages.
    #[must_use]
    pub fn standard(kind: Kind) -> Self {
        let subject = in_subject(kind).join(" ");
        Self { body: format!("{subject}\n{LINK}"), subject }
    }

    /// Checks what was typed for a kind.
    ///
    /// # Errors
    /// Every field that does not hold: a placeholder that its kind does not have, a brace without its other one, an
    /// address beside the link, no link.
    pub fn check(&self, kind: Kind) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let subject = needed(&mut errors, "subject", &self.subject, SUBJECT_MOST);
        let body = needed(&mut errors, "body", &self.body.replace("\r\n", "\n"), BODY_MOST);
        let fields = [("subject", &subject, in_subject(kind)), ("body", &body, in_body(kind))];
        for (path, text, known) in fields {
            errors.extend(strange(text, known).map(|problem| FieldError::new(path, problem)));
        }
        if subject.contains(['\n', '\r']) {
            let problem = FieldProblem::BadCharacter { got: "↵".to_owned() };
            errors.push(FieldError::new("subject", problem));
        }
        if !body.is_empty() && !body.contains(LINK) {
            errors.push(FieldError::new("body", FieldProblem::Missing { what: LINK.to_owned() }));
        }
        if errors.is_empty() { Ok(Self { subject, body }) } else { Err(errors) }
    }

    /// The mail that comes of them.
    #[must_use]
    pub fn filled(&self, what: &str, number: &str, link: &str) -> Self {
        let fill = |text: &str| {
            let parts = text.replace(WHAT, what).replace(NUMBER, number);
            parts.replace(LINK, link).trim().to_owned()
        };
        Self { subject: fill(&self.subject), body: fill(&self.body) }
    }
}

/// The first thing in `text` that cannot stand there.
fn strange(text: &str, known: &[&str]) -> Option<FieldProblem> {
    let bad = |got: &str| Some(FieldProblem::BadCharacter { got: got.to_owned() });
    // The only address is the record's own.
    if text.contains("://") {
        return bad("://");
    }
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let found = rest.get(at..).unwrap_or_default();
        let Some(end) = found.strip_prefix('{').and_then(|inner| inner.find(['{', '}'])) else {
            return bad(found.get(..1).unwrap_or_default());
        };
        let placeholder = found.get(..end + 2).unwrap_or_default();
        if placeholder.ends_with('{') {
            return bad("{");
        }
        if !known.contains(&placeholder) {
            let nearest = known.iter().map(|it| (*it).to_owned()).collect();
            return Some(FieldProblem::Unknown { got: placeholder.to_owned(), nearest });
        }
        rest = found.get(end + 2..).unwrap_or_default();
    }
    None
}

/// The words of a kind in a language, where they were ever set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub kind: Kind,
    pub language: Language,
    /// Nothing once the standard words were taken again.
    pub words: Option<Words>,
    pub version: Version,
}

impl Template {
    /// Words that nobody has ever set.
    #[must_use]
    pub const fn none(kind: Kind, language: Language) -> Self {
        Self { kind, language, words: None, version: Version(0) }
    }

    /// What mails say.
    #[must_use]
    pub fn words(&self) -> Words {
        self.words.clone().unwrap_or_else(|| Words::standard(self.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Words, is_counted, is_kept};
    use crate::kernel::FieldProblem;

    #[test]
    fn the_standard_words_hold_for_every_kind() {
        for kind in Kind::ALL {
            let standard = Words::standard(kind);
            assert_eq!(standard.check(kind).as_ref(), Ok(&standard), "{kind:?}");
        }
        let filled = Words::standard(Kind::NeedReturned).filled("需求被退回", "N2026-0137", "https://x/y");
        assert_eq!(filled.subject, "需求被退回 N2026-0137");
        assert_eq!(filled.body, "需求被退回 N2026-0137\nhttps://x/y");
    }

    #[test]
    fn no_placeholder_brings_in_more() {
        let check = |kind, subject: &str, body: &str, expected: &[&str]| {
            let words = Words { subject: subject.into(), body: body.into() };
            let found = words.check(kind).err().unwrap_or_default();
            assert_eq!(found.into_iter().map(|it| it.path).collect::<Vec<_>>(), expected, "{subject} {body}");
        };
        let kind = Kind::NeedReturned;
        check(kind, "【融合】{what}（{number}）", "{what}\n编号 {number}\n{link}", &[]);
        check(kind, "{title}", "{link}", &["subject"]);
        check(kind, "{what}", "{name} {link}", &["body"]);
        check(kind, "{what} {link}", "{link}", &["subject"]);
        check(kind, "{what", "{link}", &["subject"]);
        check(kind, "what}", "{link}", &["subject"]);
        check(kind, "{{what}", "{link}", &["subject"]);
        check(kind, "{what}\n{number}", "{link}", &["subject"]);
        check(kind, "{what}", "{what}", &["body"]);
        check(kind, "{what}", "https://example.org {link}", &["body"]);
        check(kind, " ", "", &["subject", "body"]);
        check(Kind::SignOffAsked, "{what} {number}", "{link}", &["subject"]);
        let words = Words { subject: "{标题}".into(), body: "{link}".into() };
        let found = words.check(kind).unwrap_err().remove(0).problem;
        let nearest = vec!["{what}".to_owned(), "{number}".to_owned()];
        assert_eq!(found, FieldProblem::Unknown { got: "{标题}".into(), nearest });
    }

    #[test]
    fn what_the_lead_office_does_not_know_is_not_counted_for_it() {
        let hidden = [
            Kind::ApplicationInvited,
            Kind::ApplicationJoined,
            Kind::ApplicationDue,
            Kind::SignOffAsked,
            Kind::FilingDue,
            Kind::NeedSubmitted,
            Kind::NeedReturned,
            Kind::ForwardingDue,
        ];
        for kind in hidden {
            assert!(is_kept(kind) && !is_counted(kind), "{kind:?}");
        }
        assert!(Kind::ALL.into_iter().all(|kind| !is_counted(kind) || is_kept(kind)));
        assert!(
            !is_kept(Kind::AccessReset)
                && !is_kept(Kind::QuestionAnswered)
                && is_counted(Kind::NeedForwarded)
        );
    }
}
