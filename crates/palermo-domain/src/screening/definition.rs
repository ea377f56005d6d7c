//! The definition of trafficking in persons, Palermo Protocol article 3,
//! applied to what was recorded as act, means and purpose. Nothing is inferred
//! from the indicators.

use super::{Act, Age, Elements, ExploitationForm, Means};
use serde::{Serialize, Serializer};
use std::fmt;

/// One reason why the definition is met or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// This act was recorded.
    Act(Act),
    /// This means was recorded; consent is then irrelevant (article 3(b)).
    Means(Means),
    /// This purpose was recorded.
    Purpose(ExploitationForm),
    /// Means need not be shown: the rights of a child apply (article 3(c); R3).
    MeansNotRequired,
    /// No act was recorded.
    NoAct,
    /// No means was recorded.
    NoMeans,
    /// No purpose of exploitation was recorded.
    NoPurpose,
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(act) => write!(f, "act:{act}"),
            Self::Means(means) => write!(f, "means:{means}"),
            Self::Purpose(form) => write!(f, "purpose:{form}"),
            Self::MeansNotRequired => f.write_str("means:not_required"),
            Self::NoAct => f.write_str("missing:act"),
            Self::NoMeans => f.write_str("missing:means"),
            Self::NoPurpose => f.write_str("missing:purpose"),
        }
    }
}

impl Serialize for Ground {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whether the definition is met, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Act, means (unless a child's rights apply) and purpose are all there.
    pub met: bool,
    /// What it rests on; if it is not met, what is missing comes last.
    pub because: Vec<Ground>,
}

/// Applies article 3. For a child, and while age is in doubt, means are not
/// required (R3); those recorded are named all the same.
#[must_use]
pub fn define(elements: &Elements, age: Age) -> Definition {
    let mut because: Vec<Ground> = elements.acts.iter().copied().map(Ground::Act).collect();
    because.extend(elements.means.iter().copied().map(Ground::Means));
    if age.has_rights_of_a_child() && elements.means.is_empty() {
        because.push(Ground::MeansNotRequired);
    }
    // "Not known" is an honest record, and no purpose of exploitation.
    let known = || elements.purposes.iter().copied().filter(|f| *f != ExploitationForm::Unknown);
    because.extend(known().map(Ground::Purpose));
    let mut missing = Vec::new();
    if elements.acts.is_empty() {
        missing.push(Ground::NoAct);
    }
    if elements.means.is_empty() && !age.has_rights_of_a_child() {
        missing.push(Ground::NoMeans);
    }
    if known().next().is_none() {
        missing.push(Ground::NoPurpose);
    }
    let met = missing.is_empty();
    because.extend(missing);
    Definition { met, because }
}
