//! Who answers now? The open contact point for a State and a topic, its
//! deputy, or the one that opens next.

use super::{Desk, contact::ContactPoint};
use crate::{
    hours::{Standing, standing},
    id::DeskId,
    moment::Moment,
    register::day::Day,
    service::Freshness,
};

/// A desk with what decides whether it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The desk.
    pub desk: Desk,
    /// What else is known of it as a contact point.
    pub point: Option<ContactPoint>,
    /// Members who lead and whose account works.
    pub leads: usize,
    /// Members who stand in and whose account works.
    pub alternates: usize,
}

impl Candidate {
    /// Whether anyone who can answer sits there. A desk without any members in
    /// Palermo is an office known by telephone only, and counts as staffed.
    fn staffed(&self, seated: bool) -> bool {
        !seated || self.leads + self.alternates > 0
    }

    /// Whether only those who stand in are there.
    #[must_use]
    pub const fn by_alternate(&self) -> bool {
        self.leads == 0 && self.alternates > 0
    }

    /// Whether one can turn to it on a day at all: the desk is open, and the
    /// competence of a post that is there for a time runs (R075).
    #[must_use]
    pub fn holds(&self, on: Day) -> bool {
        self.desk.open && self.point.as_ref().is_none_or(|point| point.holds(on))
    }

    /// Whether it answers for a district or crossing: it is named, or none is.
    #[must_use]
    pub fn covers(&self, area: &str, fold: impl Fn(&str) -> String) -> bool {
        let wanted = fold(area);
        let areas = self.point.as_ref().map_or(&[] as &[String], |point| &point.areas);
        areas.is_empty() || areas.iter().any(|one| fold(one).contains(&wanted))
    }

    /// How fresh what is known of it is (R070). Of what nobody described nothing
    /// was confirmed yet.
    #[must_use]
    pub fn freshness(&self, now: Moment) -> Freshness {
        self.point.as_ref().map_or(Freshness::Amber, |point| point.freshness(now))
    }

    /// Whether it is open at a moment. A post whose competence does not run is closed.
    #[must_use]
    pub fn standing(&self, at: Moment) -> Standing {
        if !self.holds(at.date().into()) {
            return Standing::Closed { opens: None };
        }
        standing(Some(&self.desk.hours), Some(&self.desk.time_zone), at)
    }

    /// Nobody has confirmed it for a year: it is turned to after all others.
    fn is_old(&self, now: Moment) -> bool {
        self.freshness(now) == Freshness::Red
    }
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// This desk, now.
    Now {
        /// The desk.
        desk: DeskId,
        /// Its alternate answers, because nobody who leads can.
        alternate: bool,
        /// Until when it is open.
        until: Option<Moment>,
    },
    /// The deputy of the desk asked for.
    Deputy {
        /// The deputy desk.
        desk: DeskId,
        /// For which desk.
        instead_of: DeskId,
        /// Until when it is open.
        until: Option<Moment>,
    },
    /// Nobody now; this one opens first.
    Later {
        /// The desk.
        desk: DeskId,
        /// When it opens.
        at: Moment,
    },
    /// There is one, but nobody knows its hours.
    HoursUnknown {
        /// The desk.
        desk: DeskId,
    },
    /// There is none.
    Nobody,
}

impl Answering {
    /// The desk to turn to.
    #[must_use]
    pub const fn desk(&self) -> Option<DeskId> {
        match self {
            Self::Now { desk, .. }
            | Self::Deputy { desk, .. }
            | Self::Later { desk, .. }
            | Self::HoursUnknown { desk } => Some(*desk),
            Self::Nobody => None,
        }
    }
}

/// Who answers now among desks that are competent, the preferred first; those
/// that nobody confirmed for a year come after the others (R070). `deputies` may hold desks that answer only in another's place; `seated`
/// says whether this installation knows the desks' members at all.
#[must_use]
pub fn answers_now(
    competent: &[Candidate],
    deputies: &[Candidate],
    at: Moment,
    seated: impl Fn(&Candidate) -> bool,
) -> Answering {
    let today: Day = at.date().into();
    let works = |one: &&Candidate| one.holds(today) && one.staffed(seated(one));
    let mut preferred: Vec<&Candidate> = competent.iter().filter(|one| one.holds(today)).collect();
    preferred.sort_by_key(|one| one.is_old(at));
    let open = |one: &Candidate| match one.standing(at) {
        Standing::Open { until } => Some(until),
        _ => None,
    };
    for one in preferred.iter().copied().filter(works) {
        if let Some(until) = open(one) {
            return Answering::Now { desk: one.desk.id, alternate: one.by_alternate(), until };
        }
    }
    for one in preferred.iter().copied() {
        let Some(named) = one.point.as_ref().and_then(|point| point.deputy) else { continue };
        let mut all = deputies.iter().chain(competent).filter(works);
        let deputy = all.find(|other| other.desk.id == named);
        if let Some((deputy, until)) = deputy.and_then(|other| Some((other, open(other)?))) {
            return Answering::Deputy { desk: deputy.desk.id, instead_of: one.desk.id, until };
        }
    }
    let next = preferred.iter().copied().filter(works);
    let next = next.filter_map(|one| match one.standing(at) {
        Standing::Closed { opens } => Some((one.is_old(at), opens?, one.desk.id)),
        _ => None,
    });
    if let Some((_, at, desk)) = next.min() {
        return Answering::Later { desk, at };
    }
    match preferred.iter().copied().find(works) {
        Some(one) => Answering::HoursUnknown { desk: one.desk.id },
        None => Answering::Nobody,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        desk::{DeskLevel, contact::PointKind},
        id::{Id, TenantId},
    };
    use uuid::Uuid;

    fn desk(number: u128, hours: &str, leads: usize, alternates: usize) -> Candidate {
        let tenant = TenantId::from_uuid(Uuid::from_u128(1));
        let id = DeskId::from_uuid(Uuid::from_u128(number));
        let desk = Desk {
            tenant,
            id,
            name: format!("Desk {number}"),
            level: DeskLevel::National,
            state: Some("XAA".into()),
            topics: vec!["return".into()],
            languages: vec!["en".into()],
            time_zone: "UTC".into(),
            hours: hours.into(),
            telephone: None,
            open: true,
        };
        Candidate { desk, point: None, leads, alternates }
    }

    fn with_deputy(mut one: Candidate, deputy: u128) -> Candidate {
        let mut point = ContactPoint::new(PointKind::FocalPoint);
        point.deputy = Some(DeskId::from_uuid(Uuid::from_u128(deputy)));
        one.point = Some(point);
        one
    }

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn id(number: u128) -> DeskId {
        DeskId::from_uuid(Uuid::from_u128(number))
    }

    const DAY: &str = "2026-03-03T10:00:00Z";
    const NIGHT: &str = "2026-03-03T23:00:00Z";

    #[test]
    fn req_069_the_open_desk_answers_and_its_alternate_where_nobody_leads() {
        let day = [desk(1, "Mo-Fr 08:00-16:00", 0, 1)];
        let answer = answers_now(&day, &[], at(DAY), |_| true);
        assert!(matches!(answer, Answering::Now { alternate: true, .. }), "{answer:?}");
    }

    #[test]
    fn req_069_a_deputy_answers_at_night_and_without_one_it_is_said_who_opens_next() {
        let alone = [desk(1, "Mo-Fr 08:00-16:00", 1, 0), desk(2, "Mo-Fr 06:00-12:00", 1, 0)];
        let opens = at("2026-03-04T06:00:00Z");
        assert_eq!(
            answers_now(&alone, &[], at(NIGHT), |_| true),
            Answering::Later { desk: id(2), at: opens }
        );
        let day = [with_deputy(desk(1, "Mo-Fr 08:00-16:00", 1, 0), 9)];
        let night = [desk(9, "24/7", 1, 0)];
        assert_eq!(
            answers_now(&day, &night, at(NIGHT), |_| true),
            Answering::Deputy { desk: id(9), instead_of: id(1), until: None }
        );
    }

    /// Confirmed so many days ago, competent between two days.
    fn known(mut one: Candidate, days_ago: u64, from: &str, until: &str) -> Candidate {
        let mut point = ContactPoint::new(PointKind::LiaisonOfficer);
        let ago = std::time::Duration::from_secs(days_ago * 86_400);
        point.confirmed = Some(at(DAY).before(ago));
        (point.from, point.until) = (from.parse().ok(), until.parse().ok());
        one.point = Some(point);
        one
    }

    #[test]
    fn req_075_an_officer_who_left_or_has_not_come_yet_does_not_answer() {
        for (from, until, answers) in [
            ("2025-01-01", "2026-03-02", false),
            ("2026-03-04", "", false),
            ("2026-03-03", "2026-03-03", true),
        ] {
            let one = [known(desk(1, "24/7", 1, 0), 10, from, until)];
            let answer = answers_now(&one, &[], at(DAY), |_| true);
            assert_eq!(answer.desk().is_some(), answers, "{from} {until}: {answer:?}");
        }
        // Nor in the place of another.
        let left = known(desk(9, "24/7", 1, 0), 10, "", "2026-03-02");
        let day = [with_deputy(desk(1, "Mo-Fr 08:00-16:00", 1, 0), 9)];
        let answer = answers_now(&day, &[left], at(NIGHT), |_| true);
        assert!(matches!(answer, Answering::Later { .. }), "{answer:?}");
    }

    #[test]
    fn req_070_a_desk_nobody_confirmed_for_a_year_answers_after_a_fresh_one() {
        let old = known(desk(1, "24/7", 1, 0), 400, "", "");
        let fresh = known(desk(2, "24/7", 1, 0), 10, "", "");
        let answer = answers_now(&[old.clone(), fresh], &[], at(DAY), |_| true);
        assert_eq!(answer.desk(), Some(id(2)));
        assert_eq!(
            answers_now(&[old], &[], at(DAY), |_| true).desk(),
            Some(id(1)),
            "better than none"
        );
    }

    #[test]
    fn a_desk_that_is_closed_for_good_or_that_everyone_left_does_not_answer() {
        let mut gone = desk(1, "24/7", 1, 0);
        gone.desk.open = false;
        assert_eq!(answers_now(&[gone], &[], at(DAY), |_| true), Answering::Nobody);
        let empty = desk(2, "24/7", 0, 0);
        assert_eq!(
            answers_now(std::slice::from_ref(&empty), &[], at(DAY), |_| true),
            Answering::Nobody
        );
        // An office known by telephone only has no members in Palermo.
        assert!(answers_now(&[empty], &[], at(DAY), |_| false).desk().is_some());
    }
}
