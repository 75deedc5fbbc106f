//! The rules of the selection 择优: how many at least for a measure or a district, how many at most for a university.

use crate::kernel::field::number;
use crate::kernel::{FieldError, FieldProblem, OrgId};
use crate::org::{Directory, OrgKind};
use crate::policy::Content as PolicyContent;
use crate::policy::forms::open_measures;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a selection must keep. At most one application is awarded for a need, in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Awards at least, by the running number of the measure.
    pub measure_least: BTreeMap<u32, u32>,
    /// Awards at least, by district bureau.
    pub district_least: BTreeMap<OrgId, u32>,
    /// Awards at most for one university.
    pub university_most: Option<u32>,
    /// 限额申报: applications at most of one university, chosen inside it.
    pub applications_most: Option<u32>,
}

/// The rules as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SelectionDraft {
    /// Of measures, by their running numbers.
    pub measures: Vec<LeastDraft>,
    /// Of district bureaus, by their names in addresses.
    pub districts: Vec<LeastDraft>,
    /// Empty without a cap.
    pub university_most: String,
    /// Empty without a cap.
    pub applications_most: String,
}

/// So many at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LeastDraft {
    /// Of which measure, or which district.
    pub of: String,
    /// Empty or 0: no least.
    pub least: String,
}

impl SelectionDraft {
    /// The draft that the rules would be typed as.
    #[must_use]
    pub fn of(rules: &Selection, directory: &Directory) -> Self {
        let text = |most: Option<u32>| most.map(|most| most.to_string()).unwrap_or_default();
        let measure = |(of, least): (&u32, &u32)| LeastDraft { of: of.to_string(), least: least.to_string() };
        let district = |(of, least): (&OrgId, &u32)| {
            let org = directory.org(*of)?;
            Some(LeastDraft { of: org.slug.clone(), least: least.to_string() })
        };
        Self {
            measures: rules.measure_least.iter().map(measure).collect(),
            districts: rules.district_least.iter().filter_map(district).collect(),
            university_most: text(rules.university_most),
            applications_most: text(rules.applications_most),
        }
    }

    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, policy: &PolicyContent, directory: &Directory) -> Result<Selection, Vec<FieldError>> {
        let mut errors = Vec::new();
        let measure = |of: &str| {
            let seq: u32 = of.parse().ok()?;
            open_measures(policy).contains(&seq).then_some(seq)
        };
        let measure_least = least(&mut errors, "measures", &self.measures, measure);
        let district = |of: &str| {
            directory.org_by_slug(of).filter(|org| org.kind == OrgKind::District).map(|org| org.id)
        };
        let district_least = least(&mut errors, "districts", &self.districts, district);
        let university_most = cap(&mut errors, "university_most", &self.university_most);
        let applications_most = cap(&mut errors, "applications_most", &self.applications_most);
        if let (Some(awards), Some(applications)) = (university_most, applications_most)
            && awards > applications
        {
            let other = "applications_most".to_owned();
            errors.push(FieldError::new("university_most", FieldProblem::MoreThan { other }));
        }
        if errors.is_empty() {
            Ok(Selection { measure_least, district_least, university_most, applications_most })
        } else {
            Err(errors)
        }
    }
}

fn least<K: Ord + Copy>(
    errors: &mut Vec<FieldError>,
    path: &str,
    typed: &[LeastDraft],
    find: impl Fn(&str) -> Option<K>,
) -> BTreeMap<K, u32> {
    let mut all = BTreeMap::new();
    for (at, row) in typed.iter().enumerate() {
        let of = row.of.trim();
        let Some(key) = find(of) else {
            let problem = FieldProblem::Unknown { got: of.to_owned(), nearest: Vec::new() };
            errors.push(FieldError::new(format!("{path}[{at}].of"), problem));
            continue;
        };
        if row.least.trim().is_empty() {
            continue;
        }
        let count = number(errors, &format!("{path}[{at}].least"), &row.least, 0, 1000);
        let Some(count) = count.and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0) else {
            continue;
        };
        if all.insert(key, count).is_some() {
            errors.push(FieldError::new(
                format!("{path}[{at}].of"),
                FieldProblem::Twice { got: of.to_owned() },
            ));
        }
    }
    all
}

fn cap(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<u32> {
    if text.trim().is_empty() {
        return None;
    }
    number(errors, path, text, 1, 1000).and_then(|most| u32::try_from(most).ok())
}
