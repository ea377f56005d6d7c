//! Networks of people who know each other across borders: heads of specialist
//! units, liaison officers, focal points, with their meetings (R071, R074, R075).

use crate::{
    coded,
    register::{day::Day, state::StateCode},
    service::REMIND_DAYS,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

coded! {
    /// What kind of network.
    NetworkKind {
        /// Heads of specialist units.
        HeadsOfUnit = "heads-of-unit",
        /// Focal points of States and mechanisms.
        FocalPoints = "focal-points",
        /// Liaison officers.
        LiaisonOfficers = "liaison-officers",
        /// Rapporteurs.
        Rapporteurs = "rapporteurs",
        /// Prosecutors or judges.
        Judicial = "judicial",
        /// Any other.
        Other = "other",
    }
}

/// An officer nominated by a State or a mechanism.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkMember {
    /// The State that nominated them; a mechanism's own focal point has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The mechanism they speak for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// Their name.
    pub name: String,
    /// Their office.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// For liaison officers: the State they are posted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_state: Option<StateCode>,
    /// First day of the nomination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl NetworkMember {
    /// Whether the nomination holds on a day.
    #[must_use]
    pub fn serves(&self, on: Day) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// The last day of a posting abroad of which one should be reminded: it
    /// runs, and ends within 60 days.
    #[must_use]
    pub fn posting_ends(&self, today: Day) -> Option<Day> {
        let posted = self.host_state.is_some() && self.serves(today);
        self.until.filter(|until| posted && *until <= today.plus_days(REMIND_DAYS))
    }
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its id, the same in every calendar.
    pub id: Uuid,
    /// What it is about: never about a person.
    pub title: String,
    /// First day.
    pub on: Day,
    /// Last day, if longer than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Town.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Called off.
    #[serde(default)]
    pub cancelled: bool,
}

/// A network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: NetworkKind,
    /// The mechanism it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// At most so many officers from each State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_per_state: Option<u32>,
    /// It is to meet so often a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_per_year: Option<u32>,
    /// Its members, former ones too.
    #[serde(default)]
    pub members: Vec<NetworkMember>,
    /// Its meetings.
    #[serde(default)]
    pub meetings: Vec<Meeting>,
}

/// A State that nominated more officers than agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooMany {
    /// The State.
    pub state: StateCode,
    /// How many.
    pub nominated: u32,
    /// How many were agreed.
    pub most: u32,
}

impl Network {
    /// Members whose nomination holds on a day.
    pub fn members_on(&self, on: Day) -> impl Iterator<Item = &NetworkMember> {
        self.members.iter().filter(move |member| member.serves(on))
    }

    /// States with more officers than agreed.
    #[must_use]
    pub fn too_many(&self, on: Day) -> Vec<TooMany> {
        let Some(most) = self.most_per_state else { return Vec::new() };
        let mut counts: BTreeMap<StateCode, u32> = BTreeMap::new();
        for state in self.members_on(on).filter_map(|member| member.state) {
            *counts.entry(state).or_default() += 1;
        }
        let over = counts.into_iter().filter(|(_, nominated)| *nominated > most);
        over.map(|(state, nominated)| TooMany { state, nominated, most }).collect()
    }

    /// Meetings held or planned in the calendar year of a day.
    #[must_use]
    pub fn meetings_in_year(&self, of: Day) -> u32 {
        let same = |one: &&Meeting| !one.cancelled && one.on.date().year() == of.date().year();
        u32::try_from(self.meetings.iter().filter(same).count()).unwrap_or(u32::MAX)
    }

    /// Whether fewer meetings are held or planned this year than agreed.
    #[must_use]
    pub fn meets_too_rarely(&self, on: Day) -> bool {
        self.meetings_per_year.is_some_and(|agreed| self.meetings_in_year(on) < agreed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn member(state: &str, name: &str, until: Option<&str>) -> NetworkMember {
        NetworkMember {
            state: Some(state.parse().unwrap()),
            mechanism: None,
            name: name.into(),
            title: String::new(),
            email: None,
            telephone: None,
            host_state: None,
            from: None,
            until: until.map(day),
        }
    }

    fn network(members: Vec<NetworkMember>) -> Network {
        Network {
            name: "Heads of specialist units".into(),
            kind: NetworkKind::HeadsOfUnit,
            mechanism: None,
            about: String::new(),
            most_per_state: Some(3),
            meetings_per_year: Some(2),
            members,
            meetings: vec![Meeting {
                id: Uuid::nil(),
                title: "Spring meeting".into(),
                on: day("2026-04-14"),
                until: None,
                place: String::new(),
                cancelled: false,
            }],
        }
    }

    #[test]
    fn req_074_a_state_with_a_fourth_officer_is_named_and_a_former_one_does_not_count() {
        let four = ["A", "B", "C"].map(|name| member("XAA", name, None));
        let mut members = four.to_vec();
        members.push(member("XAA", "D", Some("2025-12-31")));
        assert!(network(members.clone()).too_many(day("2026-03-01")).is_empty());
        members.push(member("XAA", "E", None));
        let told = network(members).too_many(day("2026-03-01"));
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].nominated, told[0].most), (4, 3));
    }

    #[test]
    fn req_075_one_is_reminded_60_days_before_an_officers_competence_ends() {
        let mut officer = member("XBB", "A", Some("2026-06-30"));
        let ends = day("2026-06-30");
        assert_eq!(officer.posting_ends(ends.plus_days(-60)), None, "not posted anywhere");
        officer.host_state = Some("XAA".parse().unwrap());
        assert_eq!(officer.posting_ends(ends.plus_days(-61)), None);
        assert_eq!(officer.posting_ends(ends.plus_days(-60)), Some(ends));
        assert_eq!(officer.posting_ends(ends.plus_days(1)), None, "it is over");
    }

    #[test]
    fn req_074_one_meeting_a_year_is_one_too_few() {
        assert!(network(Vec::new()).meets_too_rarely(day("2026-03-01")));
    }
}
