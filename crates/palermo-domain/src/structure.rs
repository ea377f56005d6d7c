//! National structures: task forces, rapporteurs, units, authorities, referral
//! mechanisms, local bodies, with who sits in them and what is missing
//! (R072, R073).

use crate::{
    coded,
    register::{day::Day, state::StateCode},
    service::DeskRef,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What kind of structure.
    StructureKind {
        /// National task force or committee.
        TaskForce = "task-force",
        /// National rapporteur.
        Rapporteur = "rapporteur",
        /// National referral mechanism.
        ReferralMechanism = "referral-mechanism",
        /// Specialist police or prosecution unit.
        SpecialistUnit = "specialist-unit",
        /// Central authority.
        CentralAuthority = "central-authority",
        /// Parliamentary or expert committee.
        Committee = "committee",
        /// District or municipal coordination.
        LocalBody = "local-body",
        /// Unit at a place where many people are found.
        HotspotUnit = "hotspot-unit",
        /// Border office.
        BorderOffice = "border-office",
    }
}

coded! {
    /// The part of public life a member comes from.
    Sector {
        /// Police.
        Police = "police",
        /// Justice: prosecution, courts, their ministry.
        Justice = "justice",
        /// Social welfare.
        SocialWelfare = "social-welfare",
        /// Labour, with its inspection.
        Labour = "labour",
        /// Women's affairs, equality.
        WomensAffairs = "womens-affairs",
        /// Health.
        Health = "health",
        /// Education.
        Education = "education",
        /// Foreign affairs, consular service.
        ForeignAffairs = "foreign-affairs",
        /// Migration and borders.
        Migration = "migration",
        /// Children, youth.
        Children = "children",
        /// Civil society.
        Ngo = "ngo",
        /// Trade unions.
        Unions = "unions",
        /// Employers.
        Employers = "employers",
        /// People who were trafficked.
        Survivors = "survivors",
        /// Any other.
        Other = "other",
    }
}

/// Sectors that should sit in a task force (R072).
pub const EXPECTED: [Sector; 5] =
    [Sector::Police, Sector::Justice, Sector::SocialWelfare, Sector::Labour, Sector::WomensAffairs];

/// A member body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Where it comes from.
    pub sector: Sector,
    /// Its name.
    pub name: String,
    /// Women among its members, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<u32>,
    /// Men among its members, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub men: Option<u32>,
}

/// A structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: StructureKind,
    /// Its State.
    pub state: StateCode,
    /// Districts, towns or crossings it covers; empty: the whole State.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The law or decision it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Until when; still there if nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Who sits in it.
    #[serde(default)]
    pub seats: Vec<Seat>,
    /// The contact point that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskRef>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What is wrong with who sits in a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Nobody said who sits in it.
    Composition,
    /// This sector is missing.
    Sector(Sector),
    /// No civil society.
    CivilSociety,
    /// Nobody of one sex.
    OnlyMen,
    /// Nobody of one sex.
    OnlyWomen,
    /// A rapporteur who also belongs to the police or the prosecution is not independent.
    NotIndependent,
}

impl Lack {
    /// The message that says it: `structure-lacks-…`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Composition => "composition".into(),
            Self::Sector(sector) => format!("sector-{}", sector.code()),
            Self::CivilSociety => "civil-society".into(),
            Self::OnlyMen => "only-men".into(),
            Self::OnlyWomen => "only-women".into(),
            Self::NotIndependent => "not-independent".into(),
        }
    }
}

impl Structure {
    /// Whether bodies of many sectors should sit in it.
    #[must_use]
    pub const fn is_composed(&self) -> bool {
        matches!(
            self.kind,
            StructureKind::TaskForce | StructureKind::ReferralMechanism | StructureKind::LocalBody
        )
    }

    /// Whether it had stopped working before a day.
    #[must_use]
    pub fn ended(&self, on: Day) -> bool {
        self.until.is_some_and(|until| until < on)
    }

    /// Women and men who sit in it; none where a seat does not say how many.
    #[must_use]
    pub fn by_sex(&self) -> Option<(u32, u32)> {
        let told = |of: fn(&Seat) -> Option<u32>| self.seats.iter().map(of).sum::<Option<u32>>();
        let (women, men) = (told(|seat| seat.women)?, told(|seat| seat.men)?);
        (women + men > 0).then_some((women, men))
    }

    /// What is missing.
    #[must_use]
    pub fn check(&self) -> Vec<Lack> {
        let has = |sector: Sector| self.seats.iter().any(|seat| seat.sector == sector);
        let mut lacks = Vec::new();
        if self.is_composed() {
            if self.seats.is_empty() {
                return vec![Lack::Composition];
            }
            lacks.extend(EXPECTED.into_iter().filter(|one| !has(*one)).map(Lack::Sector));
            if !has(Sector::Ngo) && !has(Sector::Survivors) {
                lacks.push(Lack::CivilSociety);
            }
        }
        if self.kind == StructureKind::Rapporteur && (has(Sector::Police) || has(Sector::Justice)) {
            lacks.push(Lack::NotIndependent);
        }
        let told = |of: fn(&Seat) -> Option<u32>| -> Option<u32> {
            (!self.seats.is_empty()).then(|| self.seats.iter().map(of).sum::<Option<u32>>())?
        };
        match (told(|seat| seat.women), told(|seat| seat.men)) {
            (Some(0), Some(men)) if men > 0 => lacks.push(Lack::OnlyMen),
            (Some(women), Some(0)) if women > 0 => lacks.push(Lack::OnlyWomen),
            _ => {}
        }
        lacks
    }

    /// Whether it covers a district: named, or the whole State is.
    #[must_use]
    pub fn covers(&self, area: &str, fold: impl Fn(&str) -> String) -> bool {
        let wanted = fold(area);
        self.areas.is_empty() || self.areas.iter().any(|one| fold(one).contains(&wanted))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn task_force(sectors: &[Sector]) -> Structure {
        let seat = |sector: &Sector| Seat {
            sector: *sector,
            name: sector.to_string(),
            women: Some(1),
            men: Some(1),
        };
        Structure {
            name: "Task force".into(),
            kind: StructureKind::TaskForce,
            state: "XAA".parse().unwrap(),
            areas: Vec::new(),
            basis: String::new(),
            since: None,
            until: None,
            seats: sectors.iter().map(seat).collect(),
            desk: None,
            source: String::new(),
        }
    }

    #[test]
    fn req_072_a_task_force_without_justice_and_civil_society_is_told_so() {
        let four = task_force(&[
            Sector::Police,
            Sector::SocialWelfare,
            Sector::Labour,
            Sector::WomensAffairs,
        ]);
        assert_eq!(four.check(), [Lack::Sector(Sector::Justice), Lack::CivilSociety]);
        let mut all = EXPECTED.to_vec();
        all.push(Sector::Ngo);
        assert!(task_force(&all).check().is_empty());
        assert_eq!(task_force(&[]).check(), [Lack::Composition]);
    }

    #[test]
    fn a_body_of_men_only_is_told_so_and_an_unknown_number_is_not_none() {
        let mut all = EXPECTED.to_vec();
        all.push(Sector::Ngo);
        let mut force = task_force(&all);
        force.seats.iter_mut().for_each(|seat| seat.women = Some(0));
        assert_eq!(force.check(), [Lack::OnlyMen]);
        force.seats[0].women = None;
        assert!(force.check().is_empty());
    }

    #[test]
    fn a_structure_has_ended_the_day_after_its_last_and_its_members_are_counted_by_sex() {
        let mut force = task_force(&[Sector::Police, Sector::Ngo]);
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert!(!force.ended(day("2026-03-01")));
        force.until = Some(day("2026-03-01"));
        assert!(!force.ended(day("2026-03-01")) && force.ended(day("2026-03-02")));
        assert_eq!(force.by_sex(), Some((2, 2)));
        force.seats[0].men = None;
        assert_eq!(force.by_sex(), None, "an unknown number is not none");
        assert_eq!(task_force(&[]).by_sex(), None);
    }

    #[test]
    fn req_073_a_search_for_a_district_finds_the_unit_that_covers_it() {
        let mut unit = task_force(&[]);
        unit.areas = vec!["Northern Ferry Port".into()];
        let fold = |text: &str| text.to_lowercase();
        assert!(unit.covers("ferry port", fold) && !unit.covers("Lowmarket", fold));
    }
}
