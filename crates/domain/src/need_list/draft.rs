//! A list as typed, and its checks.

use super::compose::{Source, Wanted};
use super::{NeedList, State};
use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem, NeedId};
use crate::need;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest reason, in characters.
const REASON_MOST: usize = 500;

/// What the lead office wants of a list beside its verdicts, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ListDraft {
    /// Numbers of needs (`N2026-0137`) in the order wanted; needs that are not named follow by measure, district and
    /// number. Whoever stood on the version before keeps its place.
    pub order: Vec<String>,
    /// Needs that the version before left out. Later versions only.
    pub add: Vec<ChangeDraft>,
    /// Needs that the version before holds. Later versions only.
    pub remove: Vec<ChangeDraft>,
    /// Why there is a later version.
    pub reason: String,
}

/// A need that is taken on or out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ListChangeDraft))]
#[serde(default, deny_unknown_fields)]
pub struct ChangeDraft {
    /// Its number, `N2026-0137`.
    pub need: String,
    pub reason: String,
}

impl ListDraft {
    /// Checks it against the needs of the cycle and the version before. What is missing (a reason, a verdict) bars the
    /// proposal, not the composition.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(
        &self,
        before: Option<&NeedList>,
        sources: &[Source],
        named: impl Fn(&str) -> Option<NeedId>,
    ) -> Result<Wanted, Vec<FieldError>> {
        let mut errors = Vec::new();
        let of: BTreeMap<NeedId, &Source> = sources.iter().map(|source| (source.need, source)).collect();
        let mut order = Vec::with_capacity(self.order.len());
        let mut seen = BTreeSet::new();
        for (at, name) in self.order.iter().enumerate() {
            match named(name).filter(|id| of.contains_key(id)) {
                None => errors.push(unknown(format!("order[{at}]"), name)),
                Some(id) if !seen.insert(id) => {
                    let got = name.trim().to_owned();
                    errors.push(FieldError::new(format!("order[{at}]"), FieldProblem::Twice { got }));
                }
                Some(id) => order.push(id),
            }
        }
        let takes_up: BTreeSet<NeedId> = sources
            .iter()
            .filter(|source| matches!(source.state, need::State::Merged | need::State::Screening))
            .filter_map(|source| source.outcome?.into())
            .collect();
        let addable =
            |id: NeedId| of.get(&id).is_some_and(|source| source.can_be_added() || source.is_enlisted());
        // What takes others up, or was awarded, stays.
        let removable = |id: NeedId| {
            let stands = before.is_some_and(|before| before.seq_of(id).is_some());
            stands
                && !takes_up.contains(&id)
                && of.get(&id).is_some_and(|it| matches!(it.state, need::State::Listed | need::State::Open))
        };
        let add = changes(&mut errors, "add", &self.add, before, &named, addable);
        let remove = changes(&mut errors, "remove", &self.remove, before, &named, removable);
        let reason = at_most(&mut errors, "reason", &self.reason);
        if errors.is_empty() { Ok(Wanted { order, add, remove, reason }) } else { Err(errors) }
    }
}

fn changes(
    errors: &mut Vec<FieldError>,
    path: &str,
    typed: &[ChangeDraft],
    before: Option<&NeedList>,
    named: impl Fn(&str) -> Option<NeedId>,
    fits: impl Fn(NeedId) -> bool,
) -> BTreeMap<NeedId, String> {
    let mut all = BTreeMap::new();
    for (at, row) in typed.iter().enumerate() {
        let place = format!("{path}[{at}].need");
        let reason = at_most(errors, &format!("{path}[{at}].reason"), &row.reason);
        match named(&row.need) {
            None => errors.push(unknown(place, &row.need)),
            // The first version follows the verdicts alone.
            Some(_) if before.is_none() => {
                let other = "version".to_owned();
                errors.push(FieldError::new(place, FieldProblem::DoesNotFit { other }));
            }
            Some(id) if !fits(id) => {
                let other = "state".to_owned();
                errors.push(FieldError::new(place, FieldProblem::DoesNotFit { other }));
            }
            Some(id) => {
                if all.insert(id, reason).is_some() {
                    let got = row.need.trim().to_owned();
                    errors.push(FieldError::new(place, FieldProblem::Twice { got }));
                }
            }
        }
    }
    all
}

fn unknown(path: String, name: &str) -> FieldError {
    FieldError::new(path, FieldProblem::Unknown { got: name.trim().to_owned(), nearest: Vec::new() })
}

fn at_most(errors: &mut Vec<FieldError>, path: &str, text: &str) -> String {
    let (text, got) = (text.trim(), text.trim().chars().count());
    if got > REASON_MOST {
        errors.push(FieldError::new(path, FieldProblem::TooLong { max: REASON_MOST, got }));
    }
    text.to_owned()
}

/// What someone of the leading group writes: needed where a list is sent back.
///
/// # Errors
/// Where it does not hold.
pub fn answer_reason(to: State, text: &str) -> Result<String, Vec<FieldError>> {
    let mut errors = Vec::new();
    let reason = if to == State::Draft {
        needed(&mut errors, "reason", text, REASON_MOST)
    } else {
        at_most(&mut errors, "reason", text)
    };
    if errors.is_empty() { Ok(reason) } else { Err(errors) }
}
