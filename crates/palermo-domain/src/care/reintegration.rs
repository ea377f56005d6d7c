//! A life of one's own: marks of it by criteria that the mechanism owns
//! (R110), and later contacts, if the person agreed (R112).

use super::codes;
use crate::register::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Months after closing at which contact is offered.
pub const FOLLOW_UP_MONTHS: [u16; 3] = [3, 6, 12];

codes! {
    /// How one criterion stands.
    Mark {
        Met = "met", "Met";
        Partly = "partly", "Partly";
        No = "no", "Not met";
        NotWanted = "not_wanted", "The person does not want this";
    }
}

/// One mark on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// When.
    pub on: Day,
    /// Criterion of the mechanism's list.
    pub criterion: String,
    /// How it stands.
    pub mark: Mark,
    /// Whose judgement it is: the person's own counts as much.
    #[serde(default)]
    pub persons_own: bool,
}

/// A criterion of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Code.
    pub code: String,
    /// Whether it must be met.
    #[serde(default)]
    pub required: bool,
}

/// What a mechanism means by successful reintegration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// Version, for example `2026-1`.
    pub version: String,
    /// Whose list it is.
    pub owner: String,
    /// How many must be met altogether.
    pub least: usize,
    /// The criteria.
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
}

/// What the list says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// Version of the list.
    pub version: String,
    /// Whether all that is required is met, and enough of the rest.
    pub reintegrated: bool,
    /// Met.
    pub met: Vec<String>,
    /// Not met, or partly.
    pub open: Vec<String>,
    /// Never looked at: unknown is not "no".
    pub unknown: Vec<String>,
    /// Not wanted by the person: left out of the measure.
    pub not_wanted: Vec<String>,
}

/// Measures by the list: the latest mark on each criterion counts.
#[must_use]
pub fn measure(criteria: &Criteria, marks: &[Progress]) -> Measured {
    let mut latest: BTreeMap<&str, &Progress> = BTreeMap::new();
    for mark in marks {
        let newer = latest.get(mark.criterion.as_str()).is_none_or(|old| old.on <= mark.on);
        if newer {
            latest.insert(&mark.criterion, mark);
        }
    }
    let mut measured = Measured {
        version: criteria.version.clone(),
        reintegrated: false,
        met: Vec::new(),
        open: Vec::new(),
        unknown: Vec::new(),
        not_wanted: Vec::new(),
    };
    let mut missing_required = false;
    for criterion in &criteria.criteria {
        let mark = latest.get(criterion.code.as_str()).map(|progress| progress.mark);
        missing_required |= criterion.required && mark != Some(Mark::Met);
        match mark {
            Some(Mark::Met) => measured.met.push(criterion.code.clone()),
            Some(Mark::Partly | Mark::No) => measured.open.push(criterion.code.clone()),
            Some(Mark::NotWanted) => measured.not_wanted.push(criterion.code.clone()),
            None => measured.unknown.push(criterion.code.clone()),
        }
    }
    // What the person does not want is no failure: it lowers what is asked for.
    let wanted = criteria.criteria.len() - measured.not_wanted.len();
    let least = criteria.least.min(wanted);
    measured.reintegrated = !missing_required && least > 0 && measured.met.len() >= least;
    measured
}

codes! {
    /// Who makes the contact: chosen by the person, never police (R112).
    FollowUpBy {
        Us = "us", "We";
        Ngo = "ngo", "Another organisation that assists people";
        Social = "social", "Social service";
        Health = "health", "Health service";
        Community = "community", "Community or religious organisation";
        Union = "union", "Trade union";
        Police = "police", "Police (not possible)";
        Border = "border", "Border or immigration service (not possible)";
    }
}

/// A later contact the person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Whether the person agreed, and still does.
    #[serde(default)]
    pub agreed: bool,
    /// Whom they chose.
    pub by: FollowUpBy,
    /// When.
    pub due_on: Day,
    /// When it took place.
    pub done_on: Option<Day>,
    /// How it was: code of a list.
    pub result: Option<String>,
}

impl FollowUpBy {
    /// Whether the person can be asked to be contacted by them.
    #[must_use]
    pub const fn may_call(self) -> bool {
        !matches!(self, Self::Police | Self::Border)
    }
}

/// The days on which contact is offered after a closing.
#[must_use]
pub fn follow_up_days(closed_on: Day) -> [Day; 3] {
    FOLLOW_UP_MONTHS.map(|months| closed_on.plus_months(months))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn list() -> Criteria {
        let criterion = |code: &str, required| Criterion { code: code.into(), required };
        Criteria {
            version: "2026-1".into(),
            owner: "MERIDIAN".into(),
            least: 3,
            criteria: vec![
                criterion("safe", true),
                criterion("housing", false),
                criterion("income", false),
                criterion("school", false),
            ],
        }
    }

    fn mark(criterion: &str, mark: Mark, on: &str) -> Progress {
        Progress { on: on.parse().unwrap(), criterion: criterion.into(), mark, persons_own: false }
    }

    #[test]
    fn req_110_reintegration_is_computed_from_the_mechanisms_list() {
        let mut marks = vec![
            mark("safe", Mark::Met, "2026-01-01"),
            mark("housing", Mark::Met, "2026-01-01"),
            mark("income", Mark::No, "2026-01-01"),
        ];
        let before = measure(&list(), &marks);
        assert!(!before.reintegrated);
        assert_eq!((before.open, before.unknown), (vec!["income".into()], vec!["school".into()]));
        marks.push(mark("income", Mark::Met, "2026-06-01"));
        assert!(measure(&list(), &marks).reintegrated);
        // The latest mark counts, in whatever order they are read.
        marks.insert(0, mark("safe", Mark::No, "2026-07-01"));
        assert!(!measure(&list(), &marks).reintegrated);
    }

    #[test]
    fn req_111_what_the_person_does_not_want_is_no_failure() {
        let marks = [
            mark("safe", Mark::Met, "2026-01-01"),
            mark("housing", Mark::Met, "2026-01-01"),
            mark("income", Mark::NotWanted, "2026-01-01"),
            mark("school", Mark::NotWanted, "2026-01-01"),
        ];
        assert!(measure(&list(), &marks).reintegrated);
        assert!(!measure(&list(), &[]).reintegrated);
    }

    #[test]
    fn req_112_contact_is_offered_after_three_six_and_twelve_months() {
        let days = follow_up_days("2026-08-31".parse().unwrap()).map(|day| day.to_string());
        assert_eq!(days, ["2026-11-30", "2027-02-28", "2027-08-31"]);
    }
}
