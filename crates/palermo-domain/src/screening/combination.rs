//! What the combination of positive dimensions points to (ILO, as used in the
//! labour-force survey of Moldova). A suggestion and nothing more: the
//! definition is applied elsewhere, to the elements alone.

use super::{Age, Dimension, DimensionScore, Elements};
use crate::coded;
use std::collections::BTreeMap;

coded! {
    /// What the positive dimensions together suggest.
    Combination {
        /// Neither means nor exploitation.
        NothingFound = "nothing_found",
        /// Means of recruitment, no exploitation: perhaps found before it began.
        MeansWithoutExploitation = "means_without_exploitation",
        /// Coercion or abuse at destination, no exploitation found.
        CoercionWithoutExploitation = "coercion_without_exploitation",
        /// Exploitation alone.
        Exploited = "exploited",
        /// Deceptive recruitment and exploitation.
        DeceivedAndExploited = "deceived_and_exploited",
        /// Coercive recruitment or recruitment by abuse, and exploitation, without
        /// coercion at destination.
        RecruitedByMeansAndExploited = "recruited_by_means_and_exploited",
        /// Exploitation and coercion at destination, recruited without means:
        /// indications of forced labour.
        ExploitedAndCoerced = "exploited_and_coerced",
        /// Recruited by deception, coercion or abuse, exploited, and coerced.
        Trafficked = "trafficked",
        /// A child (or age in doubt): an act and exploitation are enough.
        ChildTrafficked = "child_trafficked",
        /// A child (or age in doubt): exploitation, no act recorded yet.
        ChildExploited = "child_exploited",
    }
}

impl Combination {
    /// Whether it points to trafficking in persons.
    #[must_use]
    pub const fn is_trafficking(self) -> bool {
        matches!(self, Self::Trafficked | Self::ChildTrafficked)
    }

    /// The dimensions the suggestion looks at.
    #[must_use]
    pub const fn looks_at(self) -> &'static [Dimension] {
        use Dimension as D;
        match self {
            Self::ChildTrafficked | Self::ChildExploited | Self::Exploited => &[D::Exploitation],
            Self::DeceivedAndExploited => &[D::DeceptiveRecruitment, D::Exploitation],
            Self::ExploitedAndCoerced => &[D::Exploitation, D::CoercionAtDestination],
            Self::CoercionWithoutExploitation => {
                &[D::CoercionAtDestination, D::VulnerabilityAtDestination]
            }
            Self::MeansWithoutExploitation => {
                &[D::DeceptiveRecruitment, D::CoerciveRecruitment, D::RecruitmentByVulnerability]
            }
            Self::RecruitedByMeansAndExploited => {
                &[D::CoerciveRecruitment, D::RecruitmentByVulnerability, D::Exploitation]
            }
            Self::Trafficked => &[
                D::DeceptiveRecruitment,
                D::CoerciveRecruitment,
                D::RecruitmentByVulnerability,
                D::Exploitation,
                D::CoercionAtDestination,
            ],
            Self::NothingFound => &[],
        }
    }
}

/// Combines the dimensions. For a child the means do not matter (R3).
#[must_use]
pub fn combine(
    scores: &BTreeMap<Dimension, DimensionScore>,
    elements: &Elements,
    age: Age,
) -> Combination {
    let positive = |dimension| scores.get(&dimension).is_some_and(|score| score.positive);
    let deceived = positive(Dimension::DeceptiveRecruitment);
    let coerced_or_abused =
        positive(Dimension::CoerciveRecruitment) || positive(Dimension::RecruitmentByVulnerability);
    let coerced_there = positive(Dimension::CoercionAtDestination);
    let exploited = positive(Dimension::Exploitation);
    if exploited && age.has_rights_of_a_child() {
        return if elements.acts.is_empty() {
            Combination::ChildExploited
        } else {
            Combination::ChildTrafficked
        };
    }
    match (exploited, deceived || coerced_or_abused) {
        (true, true) if coerced_there => Combination::Trafficked,
        (true, true) if deceived => Combination::DeceivedAndExploited,
        (true, true) => Combination::RecruitedByMeansAndExploited,
        (true, false) if coerced_there => Combination::ExploitedAndCoerced,
        (true, false) => Combination::Exploited,
        (false, true) => Combination::MeansWithoutExploitation,
        (false, false) if coerced_there || positive(Dimension::VulnerabilityAtDestination) => {
            Combination::CoercionWithoutExploitation
        }
        (false, false) => Combination::NothingFound,
    }
}
