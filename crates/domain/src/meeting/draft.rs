//! Meetings as typed.

use super::{CalledOff, Content};
use crate::kernel::field::{at_most, needed};
use crate::kernel::window::{opening, parse_minute};
use crate::kernel::{AccountId, FieldError, FieldProblem, Instant};
use serde::{Deserialize, Serialize};

/// Longest place and list of who may come, in characters.
const LINE_MOST: usize = 200;
/// Longest link and note, in characters.
const TEXT_MOST: usize = 1000;

/// A meeting as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MeetingDraft {
    /// `2026-05-06 14:00` in Jinan.
    pub start: String,
    pub finish: String,
    /// Needed where there is no link.
    pub place: String,
    /// `https://…`; needed where there is no place.
    pub link: String,
    /// Who may come.
    pub audience: String,
    pub remark: String,
}

impl MeetingDraft {
    /// Checks it at `now`; it begins before applications close at `closes`.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, now: Instant, closes: Instant) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let start = minute(&mut errors, "start", &self.start);
        let finish = minute(&mut errors, "finish", &self.finish);
        match (start, finish) {
            (Some(start), _) if start <= now => after(&mut errors, "start", "now"),
            (Some(start), _) if start >= closes => {
                errors.push(FieldError::new("start", FieldProblem::After { other: "latest".into() }));
            }
            (Some(start), Some(finish)) if finish <= start => after(&mut errors, "finish", "start"),
            _ => {}
        }
        let place = at_most(&mut errors, "place", &self.place, LINE_MOST);
        let link = at_most(&mut errors, "link", &self.link, TEXT_MOST);
        if place.is_empty() && link.is_empty() {
            errors.push(FieldError::new("place", FieldProblem::NoneWith { other: "link".into() }));
        }
        if !link.is_empty() && !is_link(&link) {
            let nearest = vec!["https://".to_owned()];
            errors.push(FieldError::new("link", FieldProblem::Unknown { got: link.clone(), nearest }));
        }
        let audience = needed(&mut errors, "audience", &self.audience, LINE_MOST);
        let remark = at_most(&mut errors, "remark", &self.remark, TEXT_MOST);
        match (start, finish) {
            (Some(start), Some(finish)) if errors.is_empty() => {
                Ok(Content { start, finish, place, link, audience, remark })
            }
            _ => Err(errors),
        }
    }
}

/// Why a meeting is called off, as typed.
///
/// # Errors
/// Where no reason is given, or it is too long.
pub fn calling_off(reason: &str, by: AccountId, at: Instant) -> Result<CalledOff, Vec<FieldError>> {
    let mut errors = Vec::new();
    let reason = needed(&mut errors, "reason", reason, LINE_MOST);
    if errors.is_empty() { Ok(CalledOff { reason, by, at }) } else { Err(errors) }
}

fn minute(errors: &mut Vec<FieldError>, path: &str, typed: &str) -> Option<Instant> {
    let typed = typed.trim();
    let read = parse_minute(typed).and_then(opening);
    if read.is_none() {
        let problem = match typed {
            "" => FieldProblem::Required,
            got => FieldProblem::NotAMinute { got: got.to_owned() },
        };
        errors.push(FieldError::new(path, problem));
    }
    read
}

fn after(errors: &mut Vec<FieldError>, path: &str, other: &str) {
    errors.push(FieldError::new(path, FieldProblem::Before { other: other.to_owned() }));
}

/// An address that a browser goes to, and no other: it becomes a link that everybody clicks.
fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    let clean = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
    !host.is_empty() && !host.starts_with('/') && text.chars().all(clean)
}
