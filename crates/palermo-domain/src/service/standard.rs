//! Minimum standards for services, as a State or the region set them, and how a service
//! stands to those that apply to it (R082).

use super::{Assessment, Need, Outcome, Service, Status};
use crate::{
    id::{ServiceId, TenantId},
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};

/// A minimum standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// What it is called; assessments name it so.
    pub name: String,
    /// Who set it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The State in which it holds; none: in the whole region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The needs whose services it binds; none: all services.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What it asks for, a point each.
    #[serde(default)]
    pub points: Vec<String>,
    /// First day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Last day; none while it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Standard {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, on: Day) -> bool {
        self.since.is_none_or(|since| since <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// Whether a working service is bound by it on a day.
    #[must_use]
    pub fn applies(&self, one: &Service, on: Day) -> bool {
        self.holds(on)
            && one.status == Status::Active
            && self.state.is_none_or(|state| one.state == Some(state))
            && (self.needs.is_empty() || self.needs.contains(&one.need))
    }

    /// The assessment of a service under this standard that holds on a day, the latest
    /// first: told by the name of the standard, however its letters are written.
    #[must_use]
    pub fn assessment<'s>(
        &self,
        one: &'s Service,
        on: Day,
        fold: impl Fn(&str) -> String,
    ) -> Option<&'s Assessment> {
        let name = fold(self.name.trim());
        let holds = |made: &&Assessment| {
            made.on <= on
                && made.until.is_none_or(|until| on <= until)
                && fold(made.standard.trim()) == name
        };
        one.assessments.iter().filter(holds).max_by_key(|made| made.on)
    }
}

/// How a service stands to a standard as somebody else than its keeper found: whoever
/// coordinates its State, watches over it, or the region. It stands beside what the keeper
/// says and takes nothing of that away (R082).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondView {
    /// The service.
    pub service: ServiceId,
    /// The standard, by its name.
    pub standard: String,
    /// Who looked.
    pub by: String,
    /// What they found.
    pub outcome: Outcome,
    /// When they looked.
    pub on: Day,
    /// How long it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// On what it rests, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl SecondView {
    /// Whether an organisation may give a second view: never the one that keeps the
    /// service, for what it finds stands in its record.
    #[must_use]
    pub fn may_come_from(giver: TenantId, keeper: TenantId) -> bool {
        giver != keeper
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn req_082_a_second_view_never_comes_from_whoever_keeps_the_service() {
        let [keeper, other] = [1, 2].map(|n| TenantId::from_uuid(Uuid::from_u128(n)));
        assert!(SecondView::may_come_from(other, keeper));
        assert!(!SecondView::may_come_from(keeper, keeper));
    }

    fn assessed(standard: &str, outcome: Outcome, on: &str, until: &str) -> Assessment {
        let (standard, by) = (standard.into(), "Ministry".into());
        Assessment { standard, by, outcome, on: day(on), until: Some(day(until)) }
    }

    fn standard() -> Standard {
        Standard {
            name: "Shelter standard".into(),
            by: "Ministry".into(),
            state: Some("XAA".parse().unwrap()),
            needs: vec![Need::Shelter],
            points: vec!["A door that locks from within".into()],
            since: Some(day("2026-01-01")),
            until: None,
            source: String::new(),
        }
    }

    #[test]
    fn req_082_a_standard_binds_the_services_of_its_need_and_state_while_it_holds() {
        let (one, today) = (standard(), day("2026-06-01"));
        let mut service = Service::hidden(Need::Shelter, Some("XAA".parse().unwrap()));
        assert!(one.applies(&service, today));
        assert!(!one.applies(&service, day("2025-12-31")));
        service.need = Need::Legal;
        assert!(!one.applies(&service, today));
        let everywhere = Standard { state: None, needs: Vec::new(), ..standard() };
        service.state = Some("XBB".parse().unwrap());
        assert!(everywhere.applies(&service, today) && !one.applies(&service, today));
        service.status = Status::Defunct;
        assert!(!everywhere.applies(&service, today));
    }

    #[test]
    fn req_082_only_an_assessment_under_the_standard_itself_counts_and_the_latest_first() {
        let (one, today) = (standard(), day("2026-06-01"));
        let mut service = Service::hidden(Need::Shelter, Some("XAA".parse().unwrap()));
        service.assessments = vec![assessed("Another", Outcome::Met, "2026-02-01", "2027-02-01")];
        let fold = |text: &str| text.to_lowercase();
        assert_eq!(one.assessment(&service, today, fold), None);
        service.assessments.push(assessed(
            "shelter standard ",
            Outcome::Met,
            "2026-02-01",
            "2027-02-01",
        ));
        service.assessments.push(assessed(
            "Shelter Standard",
            Outcome::NotMet,
            "2026-03-01",
            "2027-03-01",
        ));
        let found = one.assessment(&service, today, fold).unwrap();
        assert_eq!(found.outcome, Outcome::NotMet);
        assert_eq!(one.assessment(&service, day("2027-06-01"), fold), None, "it ran out");
    }
}
