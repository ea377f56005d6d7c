//! A return arranged by others (R5), as far as care must have come for it. An
//! adult's own informed wish opens the way; for a child, without exception,
//! only a determination in favour does. Going home on one's own needs nothing
//! of this: nobody is held.

use super::{
    Body, CareFacts, CareRecord, Denied,
    body::{LegalAidState, NeedState, ProviderKind, Risk, RiskLevel},
    child::{BestInterests, ReturnChecklist, Weighing},
    standards::InForce,
};
use crate::{
    register::day::Day,
    safeguard::{self, Rule},
};

/// Who receives the person there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// Confirmed by whomever the person (for a child, the determination) chose.
    Confirmed,
    /// An adult does not want one, and that is recorded.
    RefusedByAdult,
    /// Neither.
    Missing,
}

/// What is known about the return beside the care records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnAsked {
    /// The person's own wish, after being informed in their language.
    pub own_wish: bool,
    /// International protection may be needed.
    pub protection_need: bool,
    /// When independent advice was given in the person's language.
    pub advised_on: Option<Day>,
    /// Reception.
    pub reception: Reception,
    /// The State of origin would be told.
    pub tells_origin: bool,
    /// The adult agreed to that.
    pub origin_agreed: bool,
    /// A second person approved it.
    pub second_approval: bool,
}

const RULE: Rule = safeguard::NO_RETURN_WITHOUT_SAFEGUARDS;

fn missing(message: &'static str) -> Denied {
    Denied { field: "", message, rule: Some(RULE), standards: Vec::new() }
}

/// The determination that counts: the latest decided one. A later one that
/// defers or says no closes what an earlier one opened.
#[must_use]
pub fn latest_determination(records: &[CareRecord]) -> Option<&BestInterests> {
    let determinations = records.iter().filter_map(|record| match &record.body {
        Body::BestInterests(one)
            if one.weighing == Weighing::Determination && one.decided_on.is_some() =>
        {
            Some((one, record.recorded_at))
        }
        _ => None,
    });
    determinations.max_by_key(|(one, recorded)| (one.decided_on, *recorded)).map(|(one, _)| one)
}

/// The assessment of risks that counts today: the latest that still holds.
#[must_use]
pub fn valid_risk(records: &[CareRecord], today: Day) -> Option<&Risk> {
    let risks = records.iter().filter_map(|record| match &record.body {
        Body::Risk(risk) if risk.holds_on(today) => Some((risk, record.recorded_at)),
        _ => None,
    });
    risks.max_by_key(|(risk, recorded)| (risk.on, *recorded)).map(|(risk, _)| risk)
}

/// Whether it was explained to the person that they can ask for asylum: before
/// every return, not only where someone thought of it (R093).
#[must_use]
pub fn told_of_asylum(records: &[CareRecord]) -> bool {
    records.iter().any(|record| {
        matches!(&record.body, Body::Information(told) if told.items.iter().any(|item| item == "asylum"))
    })
}

/// Whether a return is asked for, planned or under way: a need or a service
/// that is not over.
#[must_use]
pub fn return_is_thought_of(records: &[CareRecord]) -> bool {
    records.iter().any(|record| match &record.body {
        Body::Need(need) => {
            need.service == "return" && matches!(need.state, NeedState::Open | NeedState::Planned)
        }
        Body::Service(one) => {
            one.service == "return" && one.ended_on.is_none() && one.refusal.is_none()
        }
        _ => false,
    })
}

/// Whether a risk assessment records a concern that the person would be sent
/// back to danger: non-refoulement (R093).
#[must_use]
pub fn fears_return(risk: &Risk) -> bool {
    risk.factors.iter().any(|factor| matches!(factor.as_str(), "refoulement" | "asylum_pending"))
}

/// Services in which someone independent advises about protection.
const ADVISING: [&str; 2] = ["legal", "asylum"];

/// Since when someone independent advises, as far as it is written down: a lawyer who is
/// assigned, or legal or asylum help that has begun and is not the State's own (R093).
#[must_use]
pub fn advised_on(records: &[CareRecord], today: Day) -> Option<Day> {
    let days = records.iter().filter_map(|record| match &record.body {
        Body::LegalAid(one) if one.state == LegalAidState::Assigned => Some(one.on),
        Body::Service(one)
            if ADVISING.contains(&one.service.as_str())
                && one.provider != ProviderKind::State
                && one.refusal.is_none() =>
        {
            one.started_on
        }
        _ => None,
    });
    days.filter(|day| *day <= today).max()
}

/// Whether a return may be arranged today.
///
/// # Errors
/// Everything that is missing, each with its rule and source.
pub fn may_arrange(
    records: &[CareRecord],
    child_rights: bool,
    asked: &ReturnAsked,
    standards: InForce<'_>,
    today: Day,
) -> Result<(), Vec<Denied>> {
    let mut denied = Vec::new();
    let protected = records
        .iter()
        .any(|record| matches!(&record.body, Body::Recovery(period) if period.protects_on(today)));
    if protected && !asked.own_wish {
        let rule = Some(safeguard::RECOVERY_PERIOD);
        denied.push(Denied { rule, ..missing("care-return-in-period") });
    }
    if child_rights {
        child(records, standards, &mut denied);
    } else if !asked.own_wish {
        denied.push(missing("care-return-wish"));
    }
    match valid_risk(records, today).map(|risk| risk.level) {
        None => denied.push(missing("care-return-risk")),
        Some(RiskLevel::Stop) if child_rights => denied.push(missing("care-return-stop")),
        Some(RiskLevel::Stop | RiskLevel::High) if !asked.second_approval => {
            denied.push(missing("care-return-second"));
        }
        Some(_) => {}
    }
    if !told_of_asylum(records) {
        denied.push(missing("care-return-asylum"));
    }
    // Whoever fears what waits there may need protection, whatever was ticked.
    let feared = valid_risk(records, today).is_some_and(fears_return);
    if (asked.protection_need || feared) && asked.advised_on.is_none() {
        denied.push(missing("care-return-advice"));
    }
    let received = match asked.reception {
        Reception::Confirmed => true,
        Reception::RefusedByAdult => !child_rights,
        Reception::Missing => false,
    };
    if !received {
        denied.push(missing("care-return-reception"));
    }
    if asked.tells_origin && !child_rights && !asked.origin_agreed {
        denied.push(missing("care-return-origin"));
    }
    if denied.is_empty() { Ok(()) } else { Err(denied) }
}

fn child(records: &[CareRecord], standards: InForce<'_>, denied: &mut Vec<Denied>) {
    if !latest_determination(records).is_some_and(BestInterests::opens_return) {
        denied.push(missing("care-return-determination"));
    }
    let list = answered(records, standards.mechanism);
    let unmet = unmet(list, standards);
    if !unmet.is_empty() {
        denied.push(Denied { standards: unmet, ..missing("care-return-standards") });
    }
    if !list.is_some_and(|list| list.education.is_some() && list.care.is_some()) {
        denied.push(missing("care-return-education-care"));
    }
}

/// The answers that count: the latest to a list of this mechanism. Answers to another
/// mechanism's list are no answers to this one; those from before a list named its
/// mechanism are.
fn answered<'r>(records: &'r [CareRecord], mechanism: Option<&str>) -> Option<&'r ReturnChecklist> {
    let lists = records.iter().filter_map(|record| match &record.body {
        Body::ReturnChecklist(list)
            if list.mechanism.is_none() || list.mechanism.as_deref() == mechanism =>
        {
            Some((list, record.recorded_at))
        }
        _ => None,
    });
    lists.max_by_key(|(list, recorded)| (list.on, *recorded)).map(|(list, _)| list)
}

/// The standards in force that are not fulfilled. An older version knows nothing of
/// those that were added since: they are not.
fn unmet(list: Option<&ReturnChecklist>, standards: InForce<'_>) -> Vec<String> {
    let done = |item: &&String| list.is_some_and(|list| list.fulfilled.contains(*item));
    standards.list.standards.iter().filter(|item| !done(item)).cloned().collect()
}

/// The standard by which someone is there to receive the child.
const RECEIVED: &str = "receiving_guardian";

/// Whether a child's return may be arranged, as far as care has written it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildReturn {
    /// The mechanism whose list is in force.
    pub mechanism: Option<String>,
    /// The version in force.
    pub version: String,
    /// The version the last record answers; none if there is none.
    pub answered: Option<String>,
    /// Everything that is missing, each with its rule and source.
    pub denied: Vec<Denied>,
}

impl ChildReturn {
    /// Whether it may be arranged.
    #[must_use]
    pub const fn may_be_arranged(&self) -> bool {
        self.denied.is_empty()
    }

    /// The version that was answered, where another is in force now.
    #[must_use]
    pub fn outdated(&self) -> Option<&str> {
        self.answered.as_deref().filter(|answered| *answered != self.version)
    }
}

/// What the gate says of a child's return, from what is written down and nothing else:
/// what nobody wrote down is missing.
#[must_use]
pub fn child_return(records: &[CareRecord], standards: InForce<'_>, today: Day) -> ChildReturn {
    let asked = as_recorded(records, standards, today);
    let denied = may_arrange(records, true, &asked, standards, today).err().unwrap_or_default();
    ChildReturn {
        mechanism: standards.mechanism.map(str::to_owned),
        version: standards.list.version.clone(),
        answered: answered(records, standards.mechanism).map(|list| list.version.clone()),
        denied,
    }
}

/// What records of care say of the rest of a child's return. That the child wishes it
/// opens nothing, and whether the State of origin is told is asked where it would be.
fn as_recorded(records: &[CareRecord], standards: InForce<'_>, today: Day) -> ReturnAsked {
    let list = answered(records, standards.mechanism);
    let asks = standards.list.standards.iter().any(|item| item == RECEIVED);
    let received = list.is_some_and(|list| {
        if asks { list.fulfilled.iter().any(|item| item == RECEIVED) } else { list.care.is_some() }
    });
    // A panel in favour that knew of the risk is more than one person.
    let panel = latest_determination(records).filter(|one| one.opens_return());
    let decided = panel.and_then(|one| one.decided_on);
    let knew = |risk: &Risk| decided.is_some_and(|decided| risk.on <= decided);
    ReturnAsked {
        own_wish: false,
        protection_need: false,
        advised_on: advised_on(records, today),
        reception: if received { Reception::Confirmed } else { Reception::Missing },
        tells_origin: false,
        origin_agreed: false,
        second_approval: valid_risk(records, today).is_some_and(knew),
    }
}

/// Asks the gate before a child's return is planned; nothing for an adult, whose own
/// wish opens the way.
pub(super) fn child_gate(facts: &CareFacts<'_>, field: &'static str, denied: &mut Vec<Denied>) {
    if facts.child_rights {
        let found = child_return(facts.others, facts.standards, facts.today).denied;
        denied.extend(found.into_iter().map(|one| Denied { field, ..one }));
    }
}
