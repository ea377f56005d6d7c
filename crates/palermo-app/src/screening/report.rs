//! An assessment in words: the same answer for the command line and for
//! programs, and the sentences that pages show.

use palermo_domain::screening::{Age, Assessment, Definition, Dimension, DimensionScore, Warning};
use palermo_locale::{Catalogue, Language};
use serde::Serialize;
use std::collections::BTreeMap;

/// The rule that made a dimension positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleTold {
    /// The rule, in words.
    pub rule: String,
    /// Whether a stronger indicator stood in for a weaker one.
    pub stronger_stood_in: bool,
}

/// What the engine answers about one screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssessmentReport {
    /// The indicator set.
    pub set: String,
    /// The age that decided.
    pub age: Age,
    /// Every dimension, D1 to D6.
    pub dimensions: BTreeMap<Dimension, DimensionScore>,
    /// The rule behind each positive dimension.
    pub rules: BTreeMap<Dimension, RuleTold>,
    /// Palermo Protocol article 3, applied to the elements alone.
    pub definition: Definition,
    /// What the combination of dimensions points to.
    pub suggestion: String,
    /// Always true: a named officer decides (E31).
    pub advice_only: bool,
    /// What to know.
    pub warnings: Vec<String>,
    /// How surely the weights of the set are known.
    pub confidence: String,
}

impl AssessmentReport {
    /// Puts an assessment into words.
    #[must_use]
    pub fn new(assessment: &Assessment, catalogue: &Catalogue, language: Language) -> Self {
        let rules = assessment.dimensions.iter().filter_map(|(dimension, score)| {
            let rule = score.rule?;
            let told = RuleTold {
                rule: catalogue.text(language, &format!("screening-rule-{rule}")),
                stronger_stood_in: score.stood_in(),
            };
            Some((*dimension, told))
        });
        let warnings =
            assessment.warnings.iter().map(|one| warning(one, catalogue, language)).collect();
        Self {
            set: assessment.set.clone(),
            age: assessment.age,
            dimensions: assessment.dimensions.clone(),
            rules: rules.collect(),
            definition: assessment.definition.clone(),
            suggestion: suggestion(assessment, catalogue, language),
            advice_only: true,
            warnings,
            confidence: assessment.confidence.code().to_owned(),
        }
    }
}

/// What answers and elements point to, in words.
#[must_use]
pub fn suggestion(assessment: &Assessment, catalogue: &Catalogue, language: Language) -> String {
    catalogue.text(language, &format!("screening-combination-{}", assessment.points_to().code()))
}

/// A warning in words.
#[must_use]
pub fn warning(warning: &Warning, catalogue: &Catalogue, language: Language) -> String {
    match warning {
        Warning::SetAndAgeDisagree { set_is_for, age } => {
            let set = catalogue.text(language, &format!("screening-set-age-{set_is_for}"));
            let told = catalogue.text(language, &format!("screening-age-{age}"));
            let rule = if age.has_rights_of_a_child() {
                "screening-warning-rule-child"
            } else {
                "screening-warning-rule-adult"
            };
            let values = [
                ("set", set.into()),
                ("age", told.into()),
                ("rule", catalogue.text(language, rule).into()),
            ];
            catalogue.format_plain(language, "screening-warning-set-age", &values)
        }
        Warning::PurposeNotKnown => catalogue.text(language, "screening-warning-purpose"),
        Warning::NotRead { fields } => {
            let values = [("fields", fields.join(", ").into())];
            catalogue.format_plain(language, "screening-warning-not-read", &values)
        }
    }
}
