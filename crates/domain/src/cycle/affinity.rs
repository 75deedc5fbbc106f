//! 契合度: how much each part weighs of how well a university answers a need.

use super::part::weights;
use crate::kernel::FieldError;
use crate::kernel::field::number;
use serde::{Deserialize, Serialize};

/// Shares of 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AffinityWeights))]
pub struct Weights {
    pub disciplines: u8,
    pub measures: u8,
    pub stages: u8,
    pub text: u8,
}

impl Default for Weights {
    /// Who knows the subject comes first, then who does such things at all (measures with their forms). Texts of
    /// different purpose seldom share a third of what they say, so that theirs tells equals apart and no more.
    fn default() -> Self {
        Self { disciplines: 40, measures: 30, stages: 15, text: 15 }
    }
}

/// The weights as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AffinityWeightsDraft))]
#[serde(default, deny_unknown_fields)]
pub struct WeightsDraft {
    pub disciplines: String,
    pub measures: String,
    pub stages: String,
    pub text: String,
}

impl WeightsDraft {
    /// The draft that the weights would be typed as.
    #[must_use]
    pub fn of(weights: Weights) -> Self {
        Self {
            disciplines: weights.disciplines.to_string(),
            measures: weights.measures.to_string(),
            stages: weights.stages.to_string(),
            text: weights.text.to_string(),
        }
    }

    /// Checks everything at once: whole numbers that add up to 100. A part may weigh nothing.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self) -> Result<Weights, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut share = |path: &str, typed: &str| {
            number(&mut errors, path, typed, 0, 100).and_then(|it| u8::try_from(it).ok())
        };
        let typed = [
            share("weights.disciplines", &self.disciplines),
            share("weights.measures", &self.measures),
            share("weights.stages", &self.stages),
            share("weights.text", &self.text),
        ];
        weights(&mut errors, "weights", typed.into_iter().flatten(), typed.len());
        match typed {
            [Some(disciplines), Some(measures), Some(stages), Some(text)] if errors.is_empty() => {
                Ok(Weights { disciplines, measures, stages, text })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Weights, WeightsDraft};
    use crate::kernel::{FieldError, FieldProblem};

    fn typed(disciplines: &str, measures: &str, stages: &str, text: &str) -> WeightsDraft {
        WeightsDraft {
            disciplines: disciplines.into(),
            measures: measures.into(),
            stages: stages.into(),
            text: text.into(),
        }
    }

    #[test]
    fn they_are_whole_numbers_that_add_up_to_a_hundred() {
        assert_eq!(WeightsDraft::of(Weights::default()).check(), Ok(Weights::default()));
        let alone = Weights { disciplines: 0, measures: 0, stages: 0, text: 100 };
        assert_eq!(typed("0", "0", " 0 ", "100").check(), Ok(alone));
        let more = typed("40", "30", "15", "16").check().unwrap_err();
        assert_eq!(more, [FieldError::new("weights", FieldProblem::NotTheSum { should: 100, got: 101 })]);
        let wrong = typed("", "12.5", "101", "-1").check().unwrap_err();
        let paths: Vec<&str> = wrong.iter().map(|it| it.path.as_str()).collect();
        let all = ["weights.disciplines", "weights.measures", "weights.stages", "weights.text"];
        assert_eq!(paths, all, "no sum is said while a share cannot be read");
    }
}
