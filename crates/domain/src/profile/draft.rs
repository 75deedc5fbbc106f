//! What is typed for a profile, and its checks.

use super::{Content, discipline};
use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem, PolicyId};
use crate::need::Stage;
use crate::policy::forms::{Form, forms_of, open_measures};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest text of strengths, in characters.
pub const STRENGTHS_MOST: usize = 2000;
/// Most disciplines: whoever names all says nothing.
pub const DISCIPLINES_MOST: usize = 20;

/// A profile as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfileDraft {
    /// Codes of GB/T 13745 such as `880.47`, or names of the standard.
    #[serde(default)]
    pub disciplines: Vec<String>,
    /// Running numbers of measures of the document in force.
    #[serde(default)]
    pub measures: Vec<u32>,
    #[serde(default)]
    pub forms: Vec<Form>,
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// 优势与资源.
    #[serde(default)]
    pub strengths: String,
}

/// The document in force: whose measures a profile names.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub policy: PolicyId,
    pub content: &'a crate::policy::Content,
}

impl ProfileDraft {
    /// Checks everything at once. What stands twice counts once, and all come into their order.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, context: Context<'_>) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let disciplines = self.check_disciplines(&mut errors);
        let measures = self.check_measures(context, &mut errors);
        let forms = self.check_forms(context, &measures, &mut errors);
        let stages: BTreeSet<Stage> = self.stages.iter().copied().collect();
        if stages.is_empty() {
            errors.push(FieldError::required("stages"));
        }
        let strengths = needed(&mut errors, "strengths", &self.strengths, STRENGTHS_MOST);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Content {
            disciplines,
            policy: context.policy,
            measures: measures.into_iter().collect(),
            forms: forms.into_iter().collect(),
            stages: stages.into_iter().collect(),
            strengths,
        })
    }

    fn check_disciplines(&self, errors: &mut Vec<FieldError>) -> Vec<String> {
        let mut codes = BTreeSet::new();
        for (at, text) in self.disciplines.iter().enumerate() {
            match discipline::named(text) {
                Some(found) => _ = codes.insert(found.code),
                None => errors.push(FieldError::new(format!("disciplines[{at}]"), unknown_discipline(text))),
            }
        }
        if self.disciplines.is_empty() {
            errors.push(FieldError::required("disciplines"));
        } else if codes.len() > DISCIPLINES_MOST {
            errors.push(FieldError::new("disciplines", FieldProblem::TooMany { max: DISCIPLINES_MOST }));
        }
        codes.into_iter().map(str::to_owned).collect()
    }

    fn check_measures(&self, context: Context<'_>, errors: &mut Vec<FieldError>) -> BTreeSet<u32> {
        let open = open_measures(context.content);
        if self.measures.is_empty() {
            errors.push(FieldError::required("measures"));
        }
        for (at, seq) in self.measures.iter().enumerate().filter(|(_, seq)| !open.contains(seq)) {
            errors.push(FieldError::new(format!("measures[{at}]"), unknown(seq.to_string())));
        }
        self.measures.iter().copied().collect()
    }

    /// 其他 says nothing that could be compared.
    fn check_forms(
        &self,
        context: Context<'_>,
        measures: &BTreeSet<u32>,
        errors: &mut Vec<FieldError>,
    ) -> BTreeSet<Form> {
        let named: BTreeSet<Form> =
            measures.iter().flat_map(|seq| forms_of(context.content, *seq)).copied().collect();
        for (at, _) in self.forms.iter().enumerate().filter(|(_, form)| !named.contains(form)) {
            let problem = FieldProblem::DoesNotFit { other: "measures".to_owned() };
            errors.push(FieldError::new(format!("forms[{at}]"), problem));
        }
        self.forms.iter().copied().collect()
    }
}

fn unknown(got: String) -> FieldProblem {
    FieldProblem::Unknown { got, nearest: Vec::new() }
}

/// With what it may mean.
fn unknown_discipline(text: &str) -> FieldProblem {
    let near = discipline::meant(text);
    let names = discipline::all().filter(|it| near.contains(it.code)).map(|it| it.name.to_owned());
    FieldProblem::Unknown { got: text.trim().to_owned(), nearest: names.collect() }
}
