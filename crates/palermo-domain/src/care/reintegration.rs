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
    /// Version of the list it was made by; set by whoever writes it down, not by a form.
    #[serde(default)]
    pub list: Option<String>,
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
    /// The mechanism whose list it is; none for the list of all that have none of
    /// their own.
    #[serde(default)]
    pub mechanism: Option<String>,
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

/// The lists of an installation: one for each mechanism that has its own, and one
/// for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaLists {
    default: Criteria,
    own: BTreeMap<String, Criteria>,
}

impl CriteriaLists {
    /// Takes lists in the order in which they were laid on each other: a later one
    /// replaces an earlier one of the same mechanism. `known` says whether a
    /// criterion has a place in the form and words.
    ///
    /// # Errors
    /// A list that is empty, asks for more than it has or for what has no words; no
    /// list for mechanisms without one.
    pub fn new(
        lists: impl IntoIterator<Item = Criteria>,
        known: impl Fn(&str) -> bool,
    ) -> Result<Self, String> {
        let (mut default, mut own) = (None, BTreeMap::new());
        for list in lists {
            let whose = list.mechanism.clone().unwrap_or_else(|| "all others".to_owned());
            if list.version.trim().is_empty() || list.criteria.is_empty() {
                return Err(format!("{whose}: a list has a version and at least one criterion"));
            }
            if list.least > list.criteria.len() {
                return Err(format!("{whose}: `least` is more than there are criteria"));
            }
            if let Some(one) = list.criteria.iter().find(|one| !known(&one.code)) {
                let code = &one.code;
                return Err(format!(
                    "{whose}: `{code}` is not in the list `criterion` of the form"
                ));
            }
            match list.mechanism.clone() {
                Some(mechanism) => {
                    own.insert(mechanism, list);
                }
                None => default = Some(list),
            }
        }
        let missing = || "there is no list for mechanisms without their own".to_owned();
        Ok(Self { default: default.ok_or_else(missing)?, own })
    }

    /// The list in force for a mechanism: its own, or the one for all others.
    #[must_use]
    pub fn of(&self, mechanism: Option<&str>) -> &Criteria {
        mechanism.and_then(|id| self.own.get(id)).unwrap_or(&self.default)
    }
}

/// A mark names the version of the list it was made by, and keeps it as long as it
/// says the same.
pub fn names_its_list(mark: &mut Progress, before: Option<&Progress>, version: &str) {
    mark.list = match before {
        Some(before) if (&before.criterion, before.mark) == (&mark.criterion, mark.mark) => {
            before.list.clone()
        }
        _ => Some(version.to_owned()),
    };
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
    /// Marked by another version of the list: counted, and to be looked at again.
    pub earlier: Vec<String>,
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
        earlier: Vec::new(),
    };
    let mut missing_required = false;
    for criterion in &criteria.criteria {
        let found = latest.get(criterion.code.as_str());
        let mark = found.map(|progress| progress.mark);
        if found.and_then(|mark| mark.list.as_ref()).is_some_and(|by| *by != criteria.version) {
            measured.earlier.push(criterion.code.clone());
        }
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
            mechanism: None,
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
        Progress {
            on: on.parse().unwrap(),
            criterion: criterion.into(),
            mark,
            persons_own: false,
            list: None,
        }
    }

    #[test]
    fn req_110_each_mechanism_has_its_list_and_a_mark_keeps_the_version_it_was_made_by() {
        let own = Criteria { mechanism: Some("NORTHWAY".into()), version: "7".into(), ..list() };
        let lists = CriteriaLists::new([list(), own.clone()], |_| true).unwrap();
        assert_eq!(lists.of(Some("NORTHWAY")).version, "7");
        assert_eq!(lists.of(Some("MERIDIAN")).version, "2026-1");
        assert!(CriteriaLists::new([own], |_| true).is_err(), "none for all others");
        assert!(CriteriaLists::new([list()], |code| code != "school").is_err());
        let mut made = mark("safe", Mark::Met, "2026-01-01");
        names_its_list(&mut made, None, "2025-1");
        let mut again = Progress { list: None, ..made.clone() };
        names_its_list(&mut again, Some(&made), "2026-1");
        assert_eq!(again.list.as_deref(), Some("2025-1"), "it says the same as before");
        assert_eq!(measure(&list(), &[made.clone()]).earlier, ["safe"]);
        again.mark = Mark::Partly;
        names_its_list(&mut again, Some(&made), "2026-1");
        assert!(measure(&list(), &[again]).earlier.is_empty());
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
