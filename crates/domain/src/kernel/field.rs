//! What is wrong with one field of an input: a code and data, the words come from the text crate.

use super::{Date, Fen, parse_date};
use serde::{Deserialize, Serialize};

/// One field that does not hold, by its path (`sections[0].measures[2].title`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where it stands in the input, as in JSON.
    pub path: String,
    /// What is wrong with it.
    #[serde(flatten)]
    pub problem: FieldProblem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was given.
    Required,
    /// More than `max` characters.
    TooLong { max: usize, got: usize },
    /// Fewer than `min` characters.
    TooShort { min: usize, got: usize },
    /// Not a day such as 2026-03-10.
    NotADate { got: String },
    /// Not a minute such as 2026-03-10 17:00.
    NotAMinute { got: String },
    /// Not an amount in yuan such as 12500.00.
    NotAnAmount { got: String },
    /// Not a whole number, or not in its range.
    NotANumber { min: i64, max: i64, got: String },
    /// The day stands before another one that it must follow.
    Before { other: String },
    /// The day or minute stands after another one that it must not pass.
    After { other: String },
    /// Shares that should add up to another sum.
    NotTheSum { should: i64, got: i64 },
    /// More than another amount that it is part of.
    MoreThan { other: String },
    /// Not a number of at most two decimals.
    NotAFigure { got: String },
    /// The same as another field that it should differ from.
    SameAs { other: String },
    /// Neither this nor the other says anything.
    NoneWith { other: String },
    /// The return does not open this field.
    NotOpen,
    /// No such value among the known ones.
    Unknown { got: String, nearest: Vec<String> },
    /// The reader was not sure and nobody has checked it.
    Unchecked,
    /// It stands twice.
    Twice { got: String },
    /// A character that cannot stand here.
    BadCharacter { got: String },
    /// A password that is easily guessed.
    WeakPassword,
    /// A password that is among the common ones or holds words of the person or the organisation.
    CommonPassword,
    /// A file in which the scanner found something.
    Infected,
    /// So many are there already as may be.
    TooMany { max: usize },
    /// A file that cannot be read; the words beside it say why.
    Unreadable,
    /// It does not fit what another field says.
    DoesNotFit { other: String },
    /// A total that its lines do not add up to.
    NotTheLines { total: Fen, lines: Fen },
    /// Something that must be among it is not.
    Missing { what: String },
    /// A sealed page of what was typed before a change.
    Voided,
    /// Nobody leads.
    NoLead,
    /// Somebody else of the team writes this.
    OthersPart,
    /// Several of these were changed together, where others would learn by it that they belong together.
    OneAtATime,
    /// It cannot be switched off.
    Bound,
}

impl FieldProblem {
    /// Nothing is wrong but that it still has to be filled in: a draft may wait for it.
    #[must_use]
    pub const fn is_gap(&self) -> bool {
        matches!(self, Self::Required)
    }
}

impl FieldError {
    /// An error at `path`.
    #[must_use]
    pub fn new(path: impl Into<String>, problem: FieldProblem) -> Self {
        Self { path: path.into(), problem }
    }

    /// Nothing was given at `path`.
    #[must_use]
    pub fn required(path: impl Into<String>) -> Self {
        Self::new(path, FieldProblem::Required)
    }
}

/// A choice that has to be made, with its reason: needed where the choice `asks` for one, of `most` characters at most.
///
/// # Errors
/// Every one of `stance` and `reason` that does not hold.
pub(crate) fn reasoned<S: Copy>(
    stance: Option<S>,
    asks: impl Fn(S) -> bool,
    reason: &str,
    most: usize,
) -> Result<(S, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let reason = match stance.is_some_and(asks) {
        true => needed(&mut errors, "reason", reason, most),
        false => at_most(&mut errors, "reason", reason, most),
    };
    match stance {
        Some(stance) if errors.is_empty() => Ok((stance, reason)),
        Some(_) => Err(errors),
        None => {
            errors.insert(0, FieldError::required("stance"));
            Err(errors)
        }
    }
}

/// Trims `text` and checks that it has `1..=max` characters; notes the error at `path` otherwise.
pub fn needed(errors: &mut Vec<FieldError>, path: &str, text: &str, max: usize) -> String {
    let text = text.trim();
    let got = text.chars().count();
    if got == 0 {
        errors.push(FieldError::required(path));
    } else if got > max {
        errors.push(FieldError::new(path, FieldProblem::TooLong { max, got }));
    }
    text.to_owned()
}

/// A whole number within bounds; noted at `path` where it is none.
pub fn number(errors: &mut Vec<FieldError>, path: &str, text: &str, min: i64, max: i64) -> Option<i64> {
    let got = text.trim();
    if got.is_empty() {
        errors.push(FieldError::required(path));
        return None;
    }
    let read = got.parse::<i64>().ok().filter(|number| (min..=max).contains(number));
    if read.is_none() {
        errors.push(FieldError::new(path, FieldProblem::NotANumber { min, max, got: got.to_owned() }));
    }
    read
}

/// A day such as 2026-03-10; noted at `path` where it is none.
pub fn day(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<Date> {
    let got = text.trim();
    if got.is_empty() {
        errors.push(FieldError::required(path));
        return None;
    }
    let read = parse_date(got);
    if read.is_none() {
        errors.push(FieldError::new(path, FieldProblem::NotADate { got: got.to_owned() }));
    }
    read
}

/// An amount in yuan; noted at `path` where it is none.
pub fn amount(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<Fen> {
    let got = text.trim();
    if got.is_empty() {
        errors.push(FieldError::required(path));
        return None;
    }
    let read = Fen::from_yuan(got);
    if read.is_none() {
        errors.push(FieldError::new(path, FieldProblem::NotAnAmount { got: got.to_owned() }));
    }
    read
}

/// Trims `text` and checks that it has at most `max` characters; notes the error at `path` otherwise.
pub fn at_most(errors: &mut Vec<FieldError>, path: &str, text: &str, max: usize) -> String {
    let text = text.trim();
    let got = text.chars().count();
    if got > max {
        errors.push(FieldError::new(path, FieldProblem::TooLong { max, got }));
    }
    text.to_owned()
}

/// A number of at most two decimals, written in one way.
pub fn figure(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<String> {
    let got = text.trim();
    if got.is_empty() {
        errors.push(FieldError::required(path));
        return None;
    }
    let read = Fen::from_yuan(got.trim_end_matches(['%', '％']));
    if read.is_none() {
        errors.push(FieldError::new(path, FieldProblem::NotAFigure { got: got.to_owned() }));
    }
    let hundredths = read?.0;
    Some(match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    })
}

/// A telephone number: figures, with a gap, hyphen or extension at most.
pub fn phone(errors: &mut Vec<FieldError>, path: &str, text: &str) -> String {
    let phone = needed(errors, path, text, 20);
    if let Some(bad) = phone.chars().find(|c| !c.is_ascii_digit() && !matches!(c, '-' | ' ' | '+')) {
        errors.push(FieldError::new(path, FieldProblem::BadCharacter { got: bad.to_string() }));
    } else if !phone.is_empty() {
        let got = phone.chars().filter(char::is_ascii_digit).count();
        if got < 7 {
            errors.push(FieldError::new(path, FieldProblem::TooShort { min: 7, got }));
        }
    }
    phone
}
