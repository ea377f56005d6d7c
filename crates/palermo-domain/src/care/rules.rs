//! What may not be recorded as *ours*, with the rule and its source; and what
//! should be noticed. Outside wrong is always recordable: it gives a notice
//! that a rights incident should be opened (R243), never a refusal.

use super::{
    Body, CareRecord,
    body::{LegalAidState, Need, NeedState, PermitState, Service, paying},
    child::{
        BestInterests, ChildView, ConflictCheck, Guardian, INTERVIEW_LIMIT, Interview, InterviewBy,
        PANEL_LEAST, Weighing,
    },
    recovery::{EndedBy, Recovery, SetBy},
    reintegration::{FollowUp, FollowUpBy},
    returning,
    standards::InForce,
};
use crate::{
    case::team::TeamPart,
    register::day::Day,
    safeguard::{self, Rule},
};

/// What a decision needs to know about the rest of the case.
#[derive(Debug, Clone, Copy)]
pub struct CareFacts<'a> {
    /// Today.
    pub today: Day,
    /// Whether the person has the rights of a child: known to be one, or in doubt (R3).
    pub child_rights: bool,
    /// The other care records of the case.
    pub others: &'a [CareRecord],
    /// Days a period has at least: floor, policy, profile and State together.
    pub least_days: u32,
    /// The list of standards in force for a child's return.
    pub standards: InForce<'a>,
}

/// Why a record cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The field it hangs on.
    pub field: &'static str,
    /// Message that says what is wrong and what helps.
    pub message: &'static str,
    /// The rule of rights, where one forbids it.
    pub rule: Option<Rule>,
    /// Standards of a child's return that are meant, by their codes.
    pub standards: Vec<String>,
}

/// Something to be noticed; never a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// A child without a guardian who stands (R127): at once.
    NoGuardian,
    /// A guardian whose interests were not checked.
    ConflictUnchecked,
    /// An outside body broke a rule: open a rights incident.
    RightsIncident {
        /// Which rule, 1 to 12.
        rule: u8,
    },
    /// More conversations about what happened than a child should have (R131).
    TooManyInterviews,
    /// A lawyer is missing (R107).
    NoLawyer,
    /// The plan of a child says nothing about education or care (R129).
    ChildPlanIncomplete,
    /// The risk assessment no longer holds, or there is none (R108).
    RiskOutdated,
    /// A need no service within reach meets: filed as unmet.
    Unmet,
    /// A return is thought of, and asylum was never explained (R093).
    AsylumUntold,
}

impl Notice {
    /// The message that states it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoGuardian => "care-notice-no-guardian",
            Self::ConflictUnchecked => "care-notice-conflict-unchecked",
            Self::RightsIncident { .. } => "care-notice-rights-incident",
            Self::TooManyInterviews => "care-notice-interviews",
            Self::NoLawyer => "care-notice-no-lawyer",
            Self::ChildPlanIncomplete => "care-notice-child-plan",
            Self::RiskOutdated => "care-notice-risk",
            Self::Unmet => "care-notice-unmet",
            Self::AsylumUntold => "care-notice-asylum",
        }
    }

    /// Whether someone should act today.
    #[must_use]
    pub const fn is_alert(self) -> bool {
        matches!(self, Self::NoGuardian | Self::RightsIncident { .. } | Self::AsylumUntold)
    }
}

fn wrong(field: &'static str, message: &'static str) -> Denied {
    Denied { field, message, rule: None, standards: Vec::new() }
}

fn forbidden(field: &'static str, message: &'static str, rule: Rule) -> Denied {
    Denied { field, message, rule: Some(rule), standards: Vec::new() }
}

/// What is to be noticed beside the team: no lawyer is missing where someone on it
/// represents the person in law.
#[must_use]
pub fn beside_team(
    mut found: Vec<Notice>,
    mut parts: impl Iterator<Item = TeamPart>,
) -> Vec<Notice> {
    if parts.any(|part| part == TeamPart::Legal) {
        found.retain(|notice| *notice != Notice::NoLawyer);
    }
    found
}

/// The guardians of a case.
pub fn guardians(records: &[CareRecord]) -> impl Iterator<Item = &Guardian> {
    records.iter().filter_map(|record| match &record.body {
        Body::Guardian(guardian) => Some(guardian),
        _ => None,
    })
}

/// Whether a guardian stands by the child on a day.
#[must_use]
pub fn has_guardian(records: &[CareRecord], day: Day) -> bool {
    guardians(records).any(|guardian| guardian.stands_on(day))
}

/// Conversations about what happened, wherever they were held (R131).
#[must_use]
pub fn interviews_about_events(records: &[CareRecord]) -> usize {
    let about = |record: &&CareRecord| matches!(&record.body, Body::Interview(one) if one.about.needs_guardian());
    records.iter().filter(about).count()
}

/// Decides whether a record may be written, and what should be noticed.
///
/// # Errors
/// Every reason at once.
pub fn check(
    new: &Body,
    before: Option<&Body>,
    facts: &CareFacts<'_>,
) -> Result<Vec<Notice>, Vec<Denied>> {
    let mut denied = ordered(new, facts.today);
    if new.kind().for_children_only() && !facts.child_rights {
        denied.push(wrong("", "care-error-adult"));
    }
    let mut notices = Vec::new();
    match new {
        Body::Recovery(period) => {
            let before = match before {
                Some(Body::Recovery(before)) => Some(before),
                _ => None,
            };
            recovery(period, before, facts, &mut denied, &mut notices);
        }
        Body::Guardian(guardian) => guardianship(guardian, facts, &mut denied, &mut notices),
        Body::Interview(interview) => talk(interview, facts, &mut denied, &mut notices),
        Body::BestInterests(weighed) => best_interests(weighed, facts, &mut denied),
        Body::FollowUp(contact) => follow_up(contact, &mut denied),
        Body::Permit(permit) => {
            let refused = permit.state == PermitState::Refused;
            if refused && permit.contest_until.is_none() {
                // A decision made elsewhere without a way to contest it (R094, R12).
                notices.push(Notice::RightsIncident { rule: 12 });
            }
        }
        Body::LegalAid(aid) if aid.state == LegalAidState::NoneFree => {
            notices.push(Notice::NoLawyer);
        }
        Body::Service(one) => {
            let before = match before {
                Some(Body::Service(before)) => Some(before),
                _ => None,
            };
            service(one, before, facts, &mut denied, &mut notices);
        }
        Body::Plan(plan) if facts.child_rights => {
            if plan.education.is_none() {
                denied.push(forbidden("education", "care-error-child-education", AGE));
            }
            if plan.care.is_none() {
                denied.push(forbidden("care", "care-error-child-care", AGE));
            }
        }
        Body::Need(need) => {
            if need.state == NeedState::NoService {
                notices.push(Notice::Unmet);
            }
            let plans = |it: &Need| it.service == "return" && it.state == NeedState::Planned;
            // What was planned before it was asked about is no new plan.
            let planned = matches!(before, Some(Body::Need(before)) if plans(before));
            if plans(need) && !planned {
                returning::child_gate(facts, "state", &mut denied);
            }
        }
        _ => {}
    }
    if denied.is_empty() { Ok(notices) } else { Err(denied) }
}

/// Money stands with what is paid out to a person, each amount with its day (R231). A
/// return that lies ahead is ours to arrange or not; one that took place is recorded,
/// and where a child's was not allowed it is a rights incident (R5).
fn service(
    one: &Service,
    before: Option<&Service>,
    facts: &CareFacts<'_>,
    denied: &mut Vec<Denied>,
    notices: &mut Vec<Notice>,
) {
    for (amount, day, field, on) in [
        (one.awarded, one.awarded_on, "awarded", "awarded_on"),
        (one.paid, one.paid_on, "paid", "paid_on"),
    ] {
        if amount.is_some() && !paying(&one.service) {
            denied.push(wrong(field, "care-error-amount-service"));
        }
        if amount.is_some() && day.is_none() {
            denied.push(wrong(on, "care-error-amount-day"));
        }
        if day.is_some_and(|day| day > facts.today) {
            denied.push(wrong(on, "care-error-future"));
        }
    }
    if one.service != "return" {
        return;
    }
    let began = one.started_on.is_some_and(|day| day <= facts.today);
    if one.started_on.is_some() && !returning::told_of_asylum(facts.others) {
        notices.push(Notice::AsylumUntold);
    }
    if one.refusal.is_some() || one.outcome.is_some() && !began {
        return;
    }
    let mut against = Vec::new();
    returning::child_gate(facts, "service", &mut against);
    let lies_ahead = |was: &Service| {
        let ahead = was.started_on.is_none_or(|day| day > facts.today);
        was.service == "return" && ahead && was.refusal.is_none() && was.outcome.is_none()
    };
    if !began {
        // One that was arranged already can still be written about, not moved or made anew.
        let same = |was: &Service| lies_ahead(was) && was.started_on == one.started_on;
        if !before.is_some_and(same) {
            denied.extend(against);
        }
    } else if !against.is_empty() {
        let rule = safeguard::NO_RETURN_WITHOUT_SAFEGUARDS.number;
        notices.push(Notice::RightsIncident { rule });
    }
}

const AGE: Rule = safeguard::AGE_IN_DOUBT_IS_A_CHILD;

/// No end before its beginning, and nothing that happened in the future.
fn ordered(body: &Body, today: Day) -> Vec<Denied> {
    let mut denied = Vec::new();
    let mut before = |end: Option<Day>, start: Option<Day>, field| {
        if let (Some(end), Some(start)) = (end, start)
            && end < start
        {
            denied.push(wrong(field, "care-error-end-before-start"));
        }
    };
    match body {
        Body::Service(one) => {
            before(one.started_on, one.asked_on, "started_on");
            before(one.ended_on, one.started_on.or(one.asked_on), "ended_on");
        }
        Body::Permit(one) => {
            before(one.decided_on, one.applied_on, "decided_on");
            before(one.valid_until, one.valid_from, "valid_until");
        }
        Body::Risk(one) => before(Some(one.valid_until), Some(one.on), "valid_until"),
        Body::SafetyPlan(one) => before(Some(one.review_on), Some(one.on), "review_on"),
        Body::Recovery(one) => before(one.ended_on, Some(one.starts_on), "ended_on"),
        Body::Guardian(one) => {
            before(one.suspended_on, Some(one.appointed_on), "suspended_on");
            before(one.ended_on, Some(one.appointed_on), "ended_on");
        }
        Body::BestInterests(one) => before(one.decided_on, Some(one.on), "decided_on"),
        _ => {}
    }
    let happened = match body {
        Body::Interview(one) => Some(("on", one.on)),
        Body::Information(one) => Some(("on", one.on)),
        Body::Risk(one) => Some(("on", one.on)),
        Body::Progress(one) => Some(("on", one.on)),
        Body::FollowUp(one) => one.done_on.map(|day| ("done_on", day)),
        Body::BestInterests(one) => one.decided_on.map(|day| ("decided_on", day)),
        Body::Recovery(one) => one.ended_on.map(|day| ("ended_on", day)),
        _ => None,
    };
    if let Some((field, day)) = happened
        && day > today
    {
        denied.push(wrong(field, "care-error-future"));
    }
    denied
}

/// R4: the period is the person's. Ours is never short, and ours to end it is not.
fn recovery(
    period: &Recovery,
    before: Option<&Recovery>,
    facts: &CareFacts<'_>,
    denied: &mut Vec<Denied>,
    notices: &mut Vec<Notice>,
) {
    let rule = safeguard::RECOVERY_PERIOD;
    match period.set_by {
        SetBy::Here if period.days < facts.least_days => {
            denied.push(forbidden("days", "care-error-period-short", rule));
        }
        SetBy::Authority if period.days < facts.least_days => {
            notices.push(Notice::RightsIncident { rule: rule.number });
        }
        _ => {}
    }
    if let Some(before) = before {
        let shortened = period.set_by == SetBy::Here
            && before.set_by == SetBy::Here
            && period.protects_until() < before.protects_until()
            && period.ended_by != Some(EndedBy::Person);
        if shortened {
            denied.push(forbidden("days", "care-error-period-shortened", rule));
        }
        if before.set_by == SetBy::Here && period.set_by != SetBy::Here {
            denied.push(forbidden("set_by", "care-error-period-handed", rule));
        }
    }
    match (period.ended_on, period.ended_by) {
        (Some(_), None) => denied.push(forbidden("ended_by", "care-error-period-ended-by", rule)),
        (None, Some(_)) => denied.push(wrong("ended_on", "care-error-period-ended-on")),
        (Some(_), Some(EndedBy::Authority)) => {
            notices.push(Notice::RightsIncident { rule: rule.number });
        }
        _ => {}
    }
}

fn guardianship(
    guardian: &Guardian,
    facts: &CareFacts<'_>,
    denied: &mut Vec<Denied>,
    notices: &mut Vec<Notice>,
) {
    if guardian.conflict != ConflictCheck::Pending && guardian.checked_on.is_none() {
        denied.push(wrong("checked_on", "care-error-checked-on"));
    }
    match guardian.conflict {
        ConflictCheck::Pending => notices.push(Notice::ConflictUnchecked),
        ConflictCheck::Found if guardian.gone_on().is_none() => {
            // Never left standing by inattention: suspended with the finding (R3).
            denied.push(forbidden("suspended_on", "care-error-conflict-suspend", AGE));
        }
        _ => {}
    }
    if !guardian.stands_on(facts.today) && !has_guardian(facts.others, facts.today) {
        notices.push(Notice::NoGuardian);
    }
}

/// R3: no conversation about what happened before a guardian stands; safety,
/// urgent need and wishes always. What an outside body did is recorded.
fn talk(
    interview: &Interview,
    facts: &CareFacts<'_>,
    denied: &mut Vec<Denied>,
    notices: &mut Vec<Notice>,
) {
    let guarded = has_guardian(facts.others, interview.on);
    if interview.about.needs_guardian() && !guarded {
        match interview.by {
            InterviewBy::Here => denied.push(forbidden("about", "care-error-no-guardian", AGE)),
            InterviewBy::Outside => notices.push(Notice::RightsIncident { rule: AGE.number }),
        }
    }
    let counts = usize::from(interview.about.needs_guardian());
    if interviews_about_events(facts.others) + counts > INTERVIEW_LIMIT {
        notices.push(Notice::TooManyInterviews);
    }
}

/// R126, R12: a determination is a panel's, compares options, weighs the
/// child's view, and says where it can be contested.
fn best_interests(weighed: &BestInterests, facts: &CareFacts<'_>, denied: &mut Vec<Denied>) {
    let decided = weighed.decision.is_some() || weighed.decided_on.is_some();
    if !decided {
        return;
    }
    if weighed.decision.is_none() {
        denied.push(wrong("decision", "care-error-decision"));
    }
    if weighed.decided_on.is_none() {
        denied.push(wrong("decided_on", "care-error-decided-on"));
    }
    if weighed.view == ChildView::NotYet {
        denied.push(forbidden("view", "care-error-child-view", AGE));
    }
    if weighed.sought.is_empty() {
        denied.push(forbidden("sought", "care-error-view-sought", AGE));
    }
    if weighed.contest.is_none() {
        let rule = safeguard::DECISIONS_NAME_THEIR_AUTHOR;
        denied.push(forbidden("contest", "care-error-contest", rule));
    }
    if weighed.weighing == Weighing::Determination {
        if distinct(&weighed.panel) < PANEL_LEAST {
            denied.push(forbidden("panel", "care-error-panel", AGE));
        }
        if distinct(&weighed.options) < 2 {
            denied.push(forbidden("options", "care-error-options", AGE));
        }
        if distinct(&weighed.factors) < 3 {
            denied.push(forbidden("factors", "care-error-factors", AGE));
        }
        let day = weighed.decided_on.unwrap_or(facts.today);
        if !has_guardian(facts.others, day) {
            denied.push(forbidden("decision", "care-error-decision-guardian", AGE));
        }
    }
}

fn distinct(list: &[String]) -> usize {
    list.iter().collect::<std::collections::BTreeSet<_>>().len()
}

/// R112: agreed, by whom the person chose, never police.
fn follow_up(contact: &FollowUp, denied: &mut Vec<Denied>) {
    let rule = safeguard::NO_SHARING_WITHOUT_BASIS;
    if !contact.agreed {
        denied.push(forbidden("agreed", "care-error-follow-up-agreed", rule));
    }
    if !contact.by.may_call() {
        denied.push(forbidden("by", "care-error-follow-up-police", rule));
    }
}

/// What has to be said in words with a record, and the message where it is not:
/// why steps are skipped (R111), and the name of the organisation that the person
/// chose for a later contact (R112). Words are sealed, so no body holds them.
#[must_use]
pub fn words_needed(body: &Body) -> Option<(&'static str, &'static str)> {
    match body {
        Body::Plan(plan) if !plan.skipped.is_empty() => {
            Some(("skipped_why", "care-error-skipped-why"))
        }
        Body::FollowUp(contact) if contact.by != FollowUpBy::Us => {
            Some(("provider_name", "care-error-follow-up-name"))
        }
        _ => None,
    }
}

/// What should be noticed about a case today, gravest first.
#[must_use]
pub fn notices(records: &[CareRecord], facts: &CareFacts<'_>) -> Vec<Notice> {
    let today = facts.today;
    let mut found = Vec::new();
    if facts.child_rights {
        if !has_guardian(records, today) {
            found.push(Notice::NoGuardian);
        }
        let unchecked = |one: &Guardian| {
            one.conflict == ConflictCheck::Pending && one.gone_on().is_none_or(|day| day > today)
        };
        if guardians(records).any(unchecked) {
            found.push(Notice::ConflictUnchecked);
        }
        if interviews_about_events(records) > INTERVIEW_LIMIT {
            found.push(Notice::TooManyInterviews);
        }
        let complete = records.iter().any(|record| {
            matches!(&record.body, Body::Plan(plan) if plan.education.is_some() && plan.care.is_some())
        });
        if !complete {
            found.push(Notice::ChildPlanIncomplete);
        }
    }
    if returning::return_is_thought_of(records) && !returning::told_of_asylum(records) {
        found.push(Notice::AsylumUntold);
    }
    let of = |wanted: fn(&Body) -> bool| records.iter().any(|record| wanted(&record.body));
    if !records.iter().any(|r| matches!(&r.body, Body::Risk(risk) if risk.holds_on(today))) {
        found.push(Notice::RiskOutdated);
    }
    if !of(|body| {
        matches!(body, Body::LegalAid(aid)
            if matches!(aid.state, LegalAidState::Assigned | LegalAidState::NotWanted))
    }) {
        found.push(Notice::NoLawyer);
    }
    found
}
