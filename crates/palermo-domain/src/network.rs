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

/// Gives meetings that were typed anew the ids they had, each once: first those of the
/// same day and title, then of the same title (it was put off), then of the same day
/// (it has another title). What matches none keeps the id it brings.
pub fn keep_ids(typed: &mut [Meeting], before: &[Meeting]) {
    let rules: [fn(&Meeting, &Meeting) -> bool; 3] =
        [|a, b| a.on == b.on && a.title == b.title, |a, b| a.title == b.title, |a, b| a.on == b.on];
    let mut free: Vec<&Meeting> = before.iter().collect();
    let mut open: Vec<&mut Meeting> = typed.iter_mut().collect();
    for same in rules {
        open.retain_mut(|one| match free.iter().position(|old| same(one, old)) {
            Some(at) => {
                one.id = free.remove(at).id;
                false
            }
            None => true,
        });
    }
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

    /// Of these States those that nominated nobody who serves on a day.
    #[must_use]
    pub fn without(&self, states: &[StateCode], on: Day) -> Vec<StateCode> {
        let named = |state: &StateCode| self.members_on(on).any(|one| one.state == Some(*state));
        states.iter().copied().filter(|state| !named(state)).collect()
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
    fn req_074_states_that_nominated_nobody_are_named() {
        let states: Vec<StateCode> =
            ["XAA", "XBB", "XCC"].iter().map(|code| code.parse().unwrap()).collect();
        let one = network(vec![member("XAA", "A", None), member("XBB", "B", Some("2025-12-31"))]);
        assert_eq!(one.without(&states, day("2026-03-01")), states[1..]);
    }

    #[test]
    fn a_meeting_keeps_its_id_with_another_of_its_title_put_off_and_renamed() {
        let meeting = |id: u128, title: &str, on: &str| Meeting {
            id: Uuid::from_u128(id),
            title: title.into(),
            on: day(on),
            until: None,
            place: String::new(),
            cancelled: false,
        };
        let before = [
            meeting(1, "Spring meeting", "2026-04-14"),
            meeting(2, "Spring meeting", "2027-04-13"),
            meeting(3, "Training", "2026-09-01"),
        ];
        let mut typed = [
            meeting(10, "Spring meeting", "2027-04-20"),
            meeting(11, "Spring meeting", "2026-04-14"),
            meeting(12, "Joint training", "2026-09-01"),
            meeting(13, "Spring meeting", "2028-04-11"),
        ];
        keep_ids(&mut typed, &before);
        let ids: Vec<u128> = typed.iter().map(|one| one.id.as_u128()).collect();
        assert_eq!(ids, [2, 1, 3, 13]);
    }

    #[test]
    fn req_074_one_meeting_a_year_is_one_too_few() {
        assert!(network(Vec::new()).meets_too_rarely(day("2026-03-01")));
    }
}
