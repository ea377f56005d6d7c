//! All profiles together, and the questions asked of them (R002–R004).

use std::collections::BTreeMap;

use serde::Serialize;

use super::membership::{Dates, MemberOn, MembershipOf};
use super::{Activity, Composition, MechanismId, MechanismProfile};
use crate::register::day::Day;
use crate::register::document::Problem;
use crate::register::provenance::Provenance;
use crate::register::recorded::{self, RecordedFact};

/// Every mechanism known, by id.
#[derive(Clone, Debug, Default)]
pub struct MechanismRegister {
    profiles: BTreeMap<MechanismId, MechanismProfile>,
}

/// A mechanism in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MechanismSummary {
    /// Its id.
    pub id: MechanismId,
    /// Its English name.
    pub name: String,
    /// What kind of mechanism it is.
    pub kind: String,
    /// The codes of its members, sorted.
    pub members: Vec<String>,
}

impl MechanismRegister {
    /// Puts profiles together.
    ///
    /// # Errors
    /// An id used twice, or a profile that names a mechanism nobody describes.
    pub fn new(profiles: Vec<MechanismProfile>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut register = Self::default();
        for profile in profiles {
            let id = profile.id.clone();
            if register.profiles.insert(id.clone(), profile).is_some() {
                problems.push(whole_file(&id, "id", "two files describe it", "remove one of them"));
            }
        }
        for profile in register.profiles.values() {
            register.check_names(profile, &mut problems);
        }
        if problems.is_empty() { Ok(register) } else { Err(problems) }
    }

    fn check_names(&self, profile: &MechanismProfile, problems: &mut Vec<Problem>) {
        let union = match profile.membership.given().map(|m| &m.composition) {
            Some(Composition::UnionOf(union)) => union.as_slice(),
            _ => &[],
        };
        let related = profile.relations.iter().map(|relation| ("relations", &relation.to));
        for (field, id) in union.iter().map(|id| ("membership.union_of", id)).chain(related) {
            if !self.profiles.contains_key(id) {
                problems.push(whole_file(
                    &profile.id,
                    field,
                    &format!("no profile describes `{id}`"),
                    "add its profile or correct the id",
                ));
            }
        }
        if self.reaches(&profile.id, &profile.id, self.profiles.len()) {
            problems.push(whole_file(
                &profile.id,
                "membership.union_of",
                "it is a union of itself",
                "remove it from the chain of unions",
            ));
        }
    }

    fn reaches(&self, from: &MechanismId, goal: &MechanismId, steps: usize) -> bool {
        let Some(profile) = self.profiles.get(from) else { return false };
        let Some(Composition::UnionOf(union)) = profile.membership.given().map(|m| &m.composition)
        else {
            return false;
        };
        steps > 0 && union.iter().any(|next| next == goal || self.reaches(next, goal, steps - 1))
    }

    /// The same with facts recorded beside the profiles, in the order they were
    /// recorded.
    #[must_use]
    pub fn with(mut self, facts: &[RecordedFact]) -> Self {
        for profile in self.profiles.values_mut() {
            for fact in facts {
                recorded::into_profile(profile, fact);
            }
        }
        self
    }

    /// One profile.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&MechanismProfile> {
        self.profiles.iter().find(|(known, _)| known.as_str() == id).map(|(_, profile)| profile)
    }

    /// Every profile, by id.
    pub fn profiles(&self) -> impl Iterator<Item = &MechanismProfile> {
        self.profiles.values()
    }

    /// The States that belong on a day in a way its sources count as
    /// membership, sorted by code. Without a day: the day up to which the
    /// profile speaks.
    #[must_use]
    pub fn members_on(&self, profile: &MechanismProfile, on: Option<Day>) -> Vec<MemberOn> {
        let Some(membership) = profile.membership.given() else { return Vec::new() };
        let mut members = self.belonging_on(profile, on.unwrap_or_else(|| profile.as_of_day()));
        members.retain(|member| membership.counts.contains(&member.status));
        members
    }

    /// The States that belong on a day in any way, observers included, sorted
    /// by code. Parties to an instrument are not here: adherence is a register
    /// of its own.
    #[must_use]
    pub fn belonging_on(&self, profile: &MechanismProfile, on: Day) -> Vec<MemberOn> {
        let mut found = match profile.membership.given().map(|m| &m.composition) {
            Some(Composition::Records(_)) => {
                profile.records_on(on).into_iter().map(MemberOn::from).collect()
            }
            Some(Composition::UnionOf(union)) => self.through_union(profile, union, on),
            Some(Composition::PartiesTo(_)) | None => Vec::new(),
        };
        found.sort_by(|a, b| a.state.cmp(&b.state));
        found
    }

    fn through_union(
        &self,
        profile: &MechanismProfile,
        union: &[MechanismId],
        on: Day,
    ) -> Vec<MemberOn> {
        let mut found: Vec<MemberOn> = Vec::new();
        if !profile.exists_on(on) {
            return found;
        }
        let founded = profile.founded.given().map(|founded| founded.date);
        for id in union {
            let Some(part) = self.profiles.get(id) else { continue };
            for mut member in self.members_on(part, Some(on)) {
                // Nobody can belong to a partnership before it exists.
                let earlier = |from| founded.is_some_and(|founded| from < founded);
                if member.from.is_some_and(earlier) {
                    member.from = founded;
                }
                if founded.is_none() {
                    (member.from, member.dates) = (None, Dates::Unknown);
                }
                member.via = Some(id.clone());
                if !found.iter().any(|other| other.state == member.state) {
                    found.push(member);
                }
            }
        }
        found
    }

    /// What a membership on a day rests on, each source with the profile that states it:
    /// the State's own record, or what is said of the whole membership; where that is made
    /// up of other mechanisms, then why the State belongs to the one it comes through.
    #[must_use]
    pub fn sources_of<'r>(
        &'r self,
        profile: &'r MechanismProfile,
        state: &str,
        on: Day,
    ) -> Vec<(&'r MechanismProfile, &'r Provenance)> {
        let Some(membership) = profile.membership.given() else { return Vec::new() };
        let own = profile.records_on(on).into_iter().find(|record| record.state == state);
        if let Some(own) = own {
            return vec![(profile, &own.provenance)];
        }
        let mut sources = vec![(profile, &membership.provenance)];
        if let Composition::UnionOf(union) = &membership.composition {
            let belongs = |part: &&MechanismProfile| {
                self.members_on(part, Some(on)).iter().any(|member| member.state == state)
            };
            let part = union.iter().filter_map(|id| self.profiles.get(id)).find(belongs);
            sources.extend(part.into_iter().flat_map(|part| self.sources_of(part, state, on)));
        }
        sources
    }

    /// Every mechanism with its members. Without a day, each as of the day up
    /// to which its profile speaks.
    #[must_use]
    pub fn list(&self, on: Option<Day>) -> Vec<MechanismSummary> {
        self.profiles()
            .map(|profile| MechanismSummary {
                id: profile.id.clone(),
                name: profile.names.en.clone(),
                kind: profile.kind.clone(),
                members: self
                    .members_on(profile, on)
                    .into_iter()
                    .map(|member| member.state)
                    .collect(),
            })
            .collect()
    }

    /// The mechanisms to which a State belongs in any way, by id. Without a
    /// day, each as of the day up to which its profile speaks.
    #[must_use]
    pub fn mechanisms_of(&self, state: &str, on: Option<Day>) -> Vec<MembershipOf> {
        self.profiles()
            .filter_map(|profile| {
                let on = on.unwrap_or_else(|| profile.as_of_day());
                let member =
                    self.belonging_on(profile, on).into_iter().find(|m| m.state == state)?;
                Some(MembershipOf {
                    id: profile.id.clone(),
                    name: profile.names.en.clone(),
                    status: member.status,
                    from: member.from,
                    to: member.to,
                    dates: member.dates,
                })
            })
            .collect()
    }

    /// The activities of a mechanism that a State has joined by a day. One that
    /// belongs to the mechanism but joined nothing has none (R004).
    #[must_use]
    pub fn activities_of<'p>(
        &self,
        profile: &'p MechanismProfile,
        state: &str,
        on: Day,
    ) -> Vec<&'p Activity> {
        let takes_part = |activity: &&Activity| {
            activity.joined.items().iter().any(|joined| {
                joined.state == state
                    && joined.from.or(activity.from).is_none_or(|from| from.first_day() <= on)
                    && joined.to.or(activity.to).is_none_or(|to| on <= to.last_day())
            })
        };
        profile.activities.iter().filter(takes_part).collect()
    }

    /// Whether any profile knows a State by this code, on any date.
    #[must_use]
    pub fn knows_state(&self, state: &str) -> bool {
        self.profiles()
            .any(|profile| profile.member_records().iter().any(|record| record.state == state))
    }
}

fn whole_file(id: &MechanismId, field: &str, message: &str, remedy: &str) -> Problem {
    Problem {
        line: 1,
        field: field.to_owned(),
        message: format!("{id}: {message}"),
        remedy: remedy.to_owned(),
    }
}
