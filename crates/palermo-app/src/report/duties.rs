//! Which reports are due from a State, across all its mechanisms, and which
//! are missing (R038, R068).

use super::{
    facts::{ReportRefused, Standing, StateVersion, standing},
    questionnaires::Versions,
};
use crate::{App, Refused, register::ask::Lookup};
use palermo_domain::{
    register::{
        day::Day,
        mechanism::{Duty, MechanismProfile},
        state::StateCode,
    },
    report::{
        Cycle, DutyStatus, DutyStep, Escalation, Obligation, ObligationOf, due_days, status_of,
    },
    review::{Evaluation, Round, Stage},
};
use palermo_store::report::duty_step as steps;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is loaded once for many duties.
struct Loaded {
    standing: BTreeMap<String, BTreeMap<(StateCode, i32), StateVersion>>,
    extended: BTreeMap<(String, String, StateCode, i32), Day>,
    /// Days that were given when a State asked for more time, by part of the year too.
    given: BTreeMap<(String, String, StateCode, i32, u32), Day>,
    /// Questionnaires, with those that are no longer used.
    asked: Versions,
    /// Rounds in which States are evaluated, with those evaluations.
    rounds: Vec<(Round, Vec<Evaluation>)>,
    /// All rounds, also those in which nobody is evaluated here.
    known: Vec<Round>,
    /// Questionnaires that are answered once in a round.
    in_rounds: BTreeSet<String>,
}

impl Loaded {
    async fn new(app: &App) -> Result<Self, Refused> {
        let mut all = BTreeMap::new();
        let mut in_rounds = BTreeSet::new();
        let asked = Versions::load(app).await?;
        for (id, questionnaire) in asked.readable() {
            if questionnaire.cycle == Cycle::Round {
                in_rounds.insert(id.clone());
            }
            let versions = standing(app, &id, None, Standing::Submitted).await?;
            if !versions.is_empty() {
                all.insert(id, versions);
            }
        }
        let mut extended = BTreeMap::new();
        for one in steps::list(&app.store, None).await? {
            let step = one.record.entry;
            if let Some(day) = step.extended_to {
                extended.insert((step.mechanism, step.duty, step.state, step.period), day);
            }
        }
        let mut given = BTreeMap::new();
        for one in super::extensions(app).await? {
            if let Some(day) = one.until() {
                let of = one.asked;
                given.insert((of.mechanism, of.duty, of.state, of.period, of.part), day);
            }
        }
        let evaluations = palermo_store::review::evaluation::list(&app.store, None).await?;
        let of = |round: &Round| -> Vec<Evaluation> {
            let all = evaluations.iter().map(|one| &one.record.entry);
            all.filter(|one| one.round == round.id).cloned().collect()
        };
        let known = crate::review::rounds(app).await?;
        let rounds = known.iter().cloned().map(|round| (of(&round), round));
        let rounds = rounds.filter(|(all, _)| !all.is_empty()).map(|(all, round)| (round, all));
        let rounds = rounds.collect();
        Ok(Self { standing: all, extended, given, asked, rounds, known, in_rounds })
    }

    /// The later day that was given for a duty, if one was.
    fn later(&self, of: &ObligationOf, state: StateCode) -> Option<Day> {
        let key = (of.mechanism.clone(), of.duty.clone(), state, of.period);
        let step = self.extended.get(&key).copied();
        let (mechanism, duty, state, period) = key;
        self.given.get(&(mechanism, duty, state, period, of.part)).copied().max(step)
    }

    /// Whether the questionnaire of a duty was no longer used when its year was over, so
    /// that nothing can be sent by way of it.
    fn is_gone(&self, id: &str, period: i32) -> bool {
        self.asked.retired(id).is_some_and(|why| !why.leaves(period))
    }

    /// The questionnaire a duty of a year is met with: a reply to a round is one to the
    /// round of that year, each of which asks its own; nothing where no round is known.
    fn asked_in(&self, of: &ObligationOf) -> Option<String> {
        let id = of.questionnaire.clone()?;
        let own = self.known.iter().filter(|round| round.mechanism == of.mechanism);
        let own: Vec<&Round> = own.collect();
        if own.is_empty() || !self.in_rounds.contains(&id) {
            return Some(id);
        }
        let within = own.iter().find(|round| (round.from..=round.to).contains(&of.period));
        let round = within.or_else(|| own.iter().find(|round| round.looks_at(of.period)));
        round.map(|round| round.questionnaire.clone())
    }

    /// The round a duty of a year belongs to, if it is a reply to one.
    fn round_of(&self, of: &ObligationOf) -> Option<&(Round, Vec<Evaluation>)> {
        self.rounds.iter().find(|(round, _)| {
            round.mechanism == of.mechanism
                && Some(&round.questionnaire) == of.questionnaire.as_ref()
                && round.looks_at(of.period)
        })
    }
}

/// Whether a duty binds States at all: some bind bodies or secretariats.
fn binds_states(duty: &Duty) -> bool {
    let who = duty.who.to_lowercase();
    ["state", "part", "member", "countr", "government"].iter().any(|word| who.contains(word))
}

/// The duty of a mechanism in a year, with the day it is due.
fn of_year(profile: &MechanismProfile, duty: &Duty, period: i32) -> Vec<ObligationOf> {
    let Some(cadence) = duty.cadence.given().copied() else { return Vec::new() };
    let since = duty
        .from
        .or_else(|| profile.founded.given().map(|founded| founded.date))
        .map(|date| date.first_day().date().year());
    if since.is_some_and(|since| period < since) {
        return Vec::new();
    }
    due_days(cadence, period, since)
        .into_iter()
        .zip(1..)
        .map(|(due, part)| ObligationOf {
            mechanism: profile.id.to_string(),
            duty: duty.id.clone(),
            what: duty.what.clone(),
            to: duty.to.clone(),
            questionnaire: duty.questionnaire.clone(),
            basis: duty.basis.clone(),
            source: duty.provenance.source.clone(),
            period,
            part,
            due,
        })
        .collect()
}

/// What a State owes; nothing for a reply to a round that has not asked it yet.
fn obligation(
    loaded: &Loaded,
    state: StateCode,
    mut of: ObligationOf,
    today: Day,
) -> Option<Obligation> {
    of.questionnaire = loaded.asked_in(&of);
    let round = loaded.round_of(&of);
    if let Some((_, evaluations)) = round {
        let own = evaluations.iter().find(|one| one.state == state)?;
        let asked = own.steps.iter().find(|step| step.stage == Stage::Questionnaire)?;
        of.due = asked.due.unwrap_or(of.due);
    }
    let first = of.due;
    if let Some(day) = loaded.later(&of, state) {
        of.due = day;
    }
    let found =
        of.questionnaire.as_ref().and_then(|id| loaded.standing.get(id)).and_then(|versions| {
            // A reply may speak of any year the round looks at.
            let in_round = |period: i32| round.is_some_and(|(round, _)| round.looks_at(period));
            versions.get(&(state, of.period)).or_else(|| {
                let mut all = versions.iter().rev();
                all.find(|((one, period), _)| *one == state && in_round(*period)).map(|(_, v)| v)
            })
        });
    if found.is_none() && of.questionnaire.as_ref().is_some_and(|id| loaded.is_gone(id, of.period))
    {
        of.questionnaire = None;
    }
    let submitted = found.map(|one| one.version.submitted);
    let accepted = found.and_then(StateVersion::accepted);
    let (mut status, mut days_late) = status_of(of.due, submitted, accepted, today);
    if of.questionnaire.is_none() && status == DutyStatus::Late {
        (status, days_late) = (DutyStatus::NotTracked, 0);
    }
    Some(Obligation {
        state: state.to_string(),
        status,
        first_due: (of.due != first).then_some(first),
        submitted,
        accepted,
        days_late,
        unconfirmed: found.is_some_and(|one| !one.confirmed),
        escalation: (submitted.is_none() && of.questionnaire.is_some())
            .then(|| Escalation::on(of.due, today))
            .flatten(),
        of,
    })
}

/// Every duty of a State in these years, in the order they fall due.
///
/// # Errors
/// [`ReportRefused::NoState`] for a code no register knows.
pub async fn duties_of(
    app: &App,
    state: &str,
    years: std::ops::RangeInclusive<i32>,
    today: Day,
) -> Result<Vec<Obligation>, ReportRefused> {
    let code: StateCode = state.parse().map_err(|_| ReportRefused::NoState(state.to_owned()))?;
    if app.registers.states.get(code).is_none() {
        return Err(ReportRefused::NoState(state.to_owned()));
    }
    let loaded = Loaded::new(app).await?;
    let ask = Lookup::of(app);
    let mut all = Vec::new();
    for profile in app.content.mechanisms().profiles() {
        let Some(duties) = profile.duties.given() else { continue };
        for year in years.clone() {
            let Ok(end) = Day::new(year, 12, 31) else { continue };
            let member = ask
                .members(profile, end)
                .await
                .is_ok_and(|members| members.iter().any(|one| one == state));
            if !member {
                continue;
            }
            for duty in duties.iter().filter(|duty| binds_states(duty)) {
                for of in of_year(profile, duty, year) {
                    all.extend(obligation(&loaded, code, of, today));
                }
            }
        }
    }
    all.sort_by(|a, b| (a.of.due, &a.of.mechanism).cmp(&(b.of.due, &b.of.mechanism)));
    Ok(all)
}

/// The register of who has not reported to a mechanism for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NonSubmission {
    /// The mechanism.
    pub mechanism: String,
    /// The period.
    pub period: i32,
    /// Every duty of every member, in the order of States.
    pub obligations: Vec<Obligation>,
    /// Members whose report is late and missing, by code.
    pub late: Vec<String>,
    /// Steps taken, the first one first.
    pub steps: Vec<DutyStep>,
}

/// Every duty of every member of a mechanism for a period.
///
/// # Errors
/// [`ReportRefused::NoMechanism`].
pub async fn non_submission(
    app: &App,
    mechanism: &str,
    period: i32,
    today: Day,
) -> Result<NonSubmission, ReportRefused> {
    let profile = app
        .content
        .mechanisms()
        .get(mechanism)
        .ok_or_else(|| ReportRefused::NoMechanism(mechanism.to_owned()))?;
    let loaded = Loaded::new(app).await?;
    let end = Day::new(period, 12, 31).unwrap_or(today);
    let members = Lookup::of(app).members(profile, end).await.unwrap_or_default();
    let mut obligations = Vec::new();
    for duty in profile.duties.given().into_iter().flatten().filter(|duty| binds_states(duty)) {
        for of in of_year(profile, duty, period) {
            for state in members.iter().filter_map(|code| code.parse().ok()) {
                obligations.extend(obligation(&loaded, state, of.clone(), today));
            }
        }
    }
    obligations.sort_by(|a, b| (&a.state, a.of.due).cmp(&(&b.state, b.of.due)));
    let mut late: Vec<String> = obligations
        .iter()
        .filter(|one| one.status == DutyStatus::Late && one.of.questionnaire.is_some())
        .map(|one| one.state.clone())
        .collect();
    late.dedup();
    let steps = steps::list(&app.store, Some(mechanism)).await?;
    let steps = steps
        .into_iter()
        .map(|one| one.record.entry)
        .filter(|step| step.period == period)
        .collect();
    Ok(NonSubmission { mechanism: mechanism.to_owned(), period, obligations, late, steps })
}
