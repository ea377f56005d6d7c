//! What holds the clock of keeping (E24): a matter that still needs the record,
//! unless the person asked otherwise; and more time, given with a reason.

use super::{
    charge::{Charge, ChargeState},
    referral::Referral,
};
use crate::{
    care::{
        Body, CareRecord,
        body::{LegalAidState, Permit, PermitState, Service},
    },
    code::coded,
    id::{AccountId, CaseId, KeepingId, TenantId},
    moment::Moment,
    register::day::Day,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most days of more time given at once: five years. It can be given again.
pub const LONGEST_DAYS: i64 = 5 * 365;

coded! {
    /// What still needs the record of a closed case.
    Matter {
        /// A referral is on its way or under way.
        Referral = "referral",
        /// A permit is applied for, holds for a time, or can still be contested.
        Permit = "permit",
        /// A charge is pending.
        Charge = "charge",
        /// A lawyer acts for the person, or is asked for.
        LegalAid = "legal_aid",
        /// Compensation is claimed, or awarded and not paid.
        Compensation = "compensation",
    }
}

coded! {
    /// What a person asked about keeping.
    Wish {
        /// More time, until a day.
        More = "more",
        /// Not to be kept for a claim, a permit, a charge or a lawyer.
        NotForMatters = "not_for_matters",
        /// As the rules say.
        AsUsual = "as_usual",
    }
}

coded! {
    /// Why a case is kept longer, or no longer.
    KeepingReason {
        /// The person asked.
        Person = "person",
        /// A claim or an award is expected.
        Claim = "claim",
        /// The person is being looked for to be offered a copy.
        Contact = "contact",
        /// A law asks for it.
        Law = "law",
    }
}

/// What was said about keeping a case; the latest counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: KeepingId,
    /// Case.
    pub case: CaseId,
    /// What was asked.
    pub wish: Wish,
    /// Why.
    pub reason: KeepingReason,
    /// Until when, for more time.
    pub until: Option<Day>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: AccountId,
}

fn permit_is_open(one: &Permit, today: Day) -> bool {
    match one.state {
        PermitState::Applied | PermitState::Appealed => true,
        // One without an end needs no record to be prolonged.
        PermitState::Granted | PermitState::Renewed => {
            one.valid_until.is_some_and(|until| until >= today)
        }
        PermitState::Refused => one.contest_until.is_some_and(|until| until >= today),
        PermitState::Advised | PermitState::NotWanted => false,
    }
}

fn compensation_is_open(one: &Service) -> bool {
    let claimed = one.ended_on.is_none() && one.outcome.is_none() && one.refusal.is_none();
    let unpaid = one.awarded.is_some_and(|awarded| match one.paid {
        None => true,
        // What was paid in another currency tells nothing of what is still owed.
        Some(paid) => paid.currency() != awarded.currency() || paid.minor() < awarded.minor(),
    });
    one.service == "compensation" && (claimed || unpaid)
}

/// What still needs a case's record on a day.
#[must_use]
pub fn matters(
    referrals: &[Referral],
    charges: &[Charge],
    care: &[CareRecord],
    today: Day,
) -> BTreeSet<Matter> {
    let mut open = BTreeSet::new();
    if referrals.iter().any(|one| !one.state.is_over()) {
        open.insert(Matter::Referral);
    }
    if charges.iter().any(|one| one.state == ChargeState::Pending) {
        open.insert(Matter::Charge);
    }
    for record in care {
        let (matter, is_open) = match &record.body {
            Body::Permit(one) => (Matter::Permit, permit_is_open(one, today)),
            Body::Service(one) => (Matter::Compensation, compensation_is_open(one)),
            Body::LegalAid(one) => {
                let open = matches!(one.state, LegalAidState::Assigned | LegalAidState::Asked);
                (Matter::LegalAid, open)
            }
            _ => continue,
        };
        if is_open {
            open.insert(matter);
        }
    }
    open
}

/// What holds the clock, given what the person asked last: a referral always does,
/// since someone else waits on it.
#[must_use]
pub fn holding(mut open: BTreeSet<Matter>, last: Option<&Keeping>) -> BTreeSet<Matter> {
    if last.is_some_and(|last| last.wish == Wish::NotForMatters) {
        open.retain(|matter| *matter == Matter::Referral);
    }
    open
}

/// Whether a reason is one for this, given what was said last: that a case is no longer
/// kept for what the person may need it for is for the person alone to ask, and for the
/// person or a law to undo.
#[must_use]
pub fn fits(last: Option<&Keeping>, wish: Wish, reason: KeepingReason) -> bool {
    let asked = last.is_some_and(|last| last.wish == Wish::NotForMatters);
    match reason {
        KeepingReason::Person => true,
        KeepingReason::Law => wish != Wish::NotForMatters,
        KeepingReason::Claim | KeepingReason::Contact => wish != Wish::NotForMatters && !asked,
    }
}

/// Whether what was said lets a case go sooner than what was said before it.
fn shortens(before: Option<&Keeping>, after: &Keeping) -> bool {
    let let_go = |one: &Keeping| one.wish == Wish::NotForMatters;
    (let_go(after) && !before.is_some_and(let_go)) || more_until(before) > more_until(Some(after))
}

/// When something was last said that lets a case go sooner: its time counts from there,
/// so that the person is still offered a copy.
#[must_use]
pub fn shortened_at(said: &[Keeping]) -> Option<Moment> {
    let mut said: Vec<&Keeping> = said.iter().collect();
    said.sort_by_key(|one| one.recorded_at);
    let (mut before, mut last) = (None, None);
    for one in said {
        if shortens(before, one) {
            last = Some(one.recorded_at);
        }
        before = Some(one);
    }
    last
}

/// The end of a day until which more time was given.
#[must_use]
pub fn more_until(last: Option<&Keeping>) -> Option<Moment> {
    let last = last.filter(|last| last.wish == Wish::More)?;
    last.until.map(Day::ends)
}

/// Why more time is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTime {
    /// More time ends on a day.
    #[error("more time needs a day")]
    NoDay,
    /// The day is not ahead, or too far.
    #[error("the day is past, or more than five years ahead")]
    OutOfReach,
}

/// Checks what is asked; gives the day it counts with.
///
/// # Errors
/// [`NoTime`] for more time without a day ahead, or too far.
pub fn check(wish: Wish, until: Option<Day>, today: Day) -> Result<Option<Day>, NoTime> {
    if wish != Wish::More {
        return Ok(None);
    }
    let until = until.ok_or(NoTime::NoDay)?;
    if until <= today || until > today.plus_days(LONGEST_DAYS) {
        return Err(NoTime::OutOfReach);
    }
    Ok(Some(until))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        care::body::{PermitGround, ProviderKind, Refusal},
        id::{CareId, Id},
    };
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn permit(state: PermitState, until: Option<&str>) -> CareRecord {
        CareRecord {
            id: CareId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            body: Body::Permit(Permit {
                ground: PermitGround::Personal,
                state,
                applied_on: None,
                decided_on: None,
                valid_from: None,
                valid_until: until.map(day),
                contest_until: None,
            }),
            author: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(0),
        }
    }

    fn said(wish: Wish, until: Option<&str>) -> Keeping {
        Keeping {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: KeepingId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            wish,
            reason: KeepingReason::Person,
            until: until.map(day),
            recorded_at: Moment::from_micros(0),
            recorded_by: AccountId::from_uuid(Uuid::nil()),
        }
    }

    #[test]
    fn e24_a_permit_that_holds_stops_the_clock_unless_the_person_asked_otherwise() {
        let today = day("2031-06-01");
        let of = |state, until| matters(&[], &[], &[permit(state, until)], today);
        let permit = BTreeSet::from([Matter::Permit]);
        assert_eq!(of(PermitState::Granted, Some("2031-06-01")), permit);
        assert!(of(PermitState::Granted, Some("2031-05-31")).is_empty());
        assert!(of(PermitState::Granted, None).is_empty(), "one without an end needs no record");
        assert_eq!(of(PermitState::Applied, None), permit);
        let asked = said(Wish::NotForMatters, None);
        assert!(holding(permit.clone(), Some(&asked)).is_empty());
        assert_eq!(holding(permit.clone(), Some(&said(Wish::AsUsual, None))), permit);
        let both = BTreeSet::from([Matter::Permit, Matter::Referral]);
        assert_eq!(holding(both, Some(&asked)), BTreeSet::from([Matter::Referral]));
    }

    fn claim(refusal: Option<Refusal>) -> Service {
        Service {
            service: "compensation".into(),
            provider: ProviderKind::State,
            asked_on: None,
            started_on: None,
            ended_on: None,
            outcome: None,
            refusal,
            overnight: false,
            funder: None,
            funded_until: None,
            then: None,
            cost: None,
            awarded: None,
            awarded_on: None,
            paid: None,
            paid_on: None,
        }
    }

    #[test]
    fn e24_a_claim_the_provider_refused_holds_no_clock() {
        assert!(compensation_is_open(&claim(None)));
        assert!(!compensation_is_open(&claim(Some(Refusal::ALL[0]))));
    }

    #[test]
    fn e24_an_award_holds_the_clock_until_as_much_is_paid_in_its_currency() {
        let award = |paid: &str| Service {
            ended_on: Some(day("2031-01-01")),
            awarded: Some("900 EUR".parse().unwrap()),
            paid: Some(paid.parse().unwrap()),
            ..claim(None)
        };
        assert!(
            compensation_is_open(&award("899 EUR")) && !compensation_is_open(&award("900 EUR"))
        );
        assert!(compensation_is_open(&award("5000 XOF")), "how much is owed is not known");
    }

    #[test]
    fn a8_what_lets_a_case_go_sooner_counts_from_when_it_was_said() {
        let at = |seconds: i64, wish, until| Keeping {
            recorded_at: Moment::from_micros(seconds * 1_000_000),
            ..said(wish, until)
        };
        let moment = |seconds: i64| Some(Moment::from_micros(seconds * 1_000_000));
        let more = at(1, Wish::More, Some("2033-01-01"));
        assert_eq!(shortened_at(std::slice::from_ref(&more)), None, "longer");
        let usual = at(2, Wish::AsUsual, None);
        assert_eq!(shortened_at(&[usual.clone(), more.clone()]), moment(2), "in any order");
        let less = at(3, Wish::More, Some("2032-01-01"));
        assert_eq!(shortened_at(&[more, less]), moment(3));
        let gone = at(4, Wish::NotForMatters, None);
        let again = at(5, Wish::NotForMatters, None);
        assert_eq!(shortened_at(&[usual, gone, again]), moment(4), "said twice, once");
    }

    #[test]
    fn e24_not_for_matters_is_for_the_person_to_ask_and_for_them_or_a_law_to_undo() {
        use KeepingReason::{Claim, Contact, Law, Person};
        let (asked, usual) = (said(Wish::NotForMatters, None), said(Wish::AsUsual, None));
        for last in [None, Some(&usual), Some(&asked)] {
            assert!(fits(last, Wish::NotForMatters, Person));
            for other in [Claim, Contact, Law] {
                assert!(!fits(last, Wish::NotForMatters, other), "for the person alone to ask");
            }
            for wish in [Wish::More, Wish::AsUsual] {
                assert!(fits(last, wish, Person) && fits(last, wish, Law));
            }
        }
        assert!(fits(Some(&usual), Wish::More, Claim) && fits(None, Wish::More, Contact));
        for wish in [Wish::More, Wish::AsUsual] {
            assert!(!fits(Some(&asked), wish, Claim) && !fits(Some(&asked), wish, Contact));
        }
    }

    #[test]
    fn more_time_ends_on_a_day_ahead_and_within_five_years() {
        let today = day("2031-06-01");
        let check = |until: Option<&str>| check(Wish::More, until.map(day), today);
        assert_eq!(check(None), Err(NoTime::NoDay));
        assert_eq!(check(Some("2031-06-01")), Err(NoTime::OutOfReach));
        assert_eq!(check(Some("2037-01-01")), Err(NoTime::OutOfReach));
        assert_eq!(check(Some("2033-01-01")), Ok(Some(day("2033-01-01"))));
        assert!(more_until(Some(&said(Wish::More, Some("2033-01-01")))).is_some());
        assert_eq!(more_until(Some(&said(Wish::AsUsual, None))), None);
    }
}
