//! More time for a report: a State asks, the secretariat decides with its reason, and both
//! stand in the history of the duty.

use super::{tell, write::author};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{DutyExtensionId, TenantId},
    register::{day::Day, state::StateCode},
    report::{DutyExtension, DutyStep, ExtensionDecision, NoMoreTime, Obligation, may_extend},
};
use palermo_store::{
    Db,
    report::{duty_step as steps, extension as stored, extension_decision as decisions},
};

/// A request for more time with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The organisation of the State.
    pub tenant: TenantId,
    /// Its id.
    pub id: DutyExtensionId,
    /// What was asked for.
    pub asked: DutyExtension,
    /// What was decided; nothing while it is open.
    pub decision: Option<ExtensionDecision>,
}

impl Extension {
    /// The new last day, if one was given.
    #[must_use]
    pub fn until(&self) -> Option<Day> {
        self.decision.as_ref().and_then(|one| one.until)
    }

    fn is_for(&self, state: &str, of: &WhichDuty) -> bool {
        let asked = &self.asked;
        asked.state.as_str() == state
            && (asked.mechanism.as_str(), asked.duty.as_str(), asked.period, asked.part)
                == (of.mechanism.as_str(), of.duty.as_str(), of.period, of.part)
    }
}

/// Which duty of a State is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhichDuty {
    /// The mechanism.
    pub mechanism: String,
    /// The duty.
    pub duty: String,
    /// The year reported on.
    pub period: i32,
    /// Which of several in the year, from 1.
    pub part: u32,
}

/// What someone typed who asks for more time.
#[derive(Debug, Clone, Default)]
pub struct ExtensionForm {
    /// For which duty.
    pub of: WhichDuty,
    /// Until when: day, month, year.
    pub until: [String; 3],
    /// Why.
    pub why: String,
}

/// What someone typed who decides.
#[derive(Debug, Clone, Default)]
pub struct DecisionForm {
    /// `granted` or `refused`.
    pub decision: String,
    /// Until when: day, month, year.
    pub until: [String; 3],
    /// Why.
    pub why: String,
}

/// Every request for more time, in the order they were made.
///
/// # Errors
/// When the store does not answer.
pub async fn extensions(app: &App) -> Result<Vec<Extension>, Refused> {
    every(&app.store).await
}

async fn every(db: &dyn Db) -> Result<Vec<Extension>, Refused> {
    let decided = decisions::list(db, None).await?;
    let all = stored::list(db, None).await?.into_iter().map(|one| {
        let filed = one.record;
        let decision = decided.iter().rev().find(|one| one.record.entry.extension == filed.id);
        let decision = decision.map(|one| one.record.entry.clone());
        Extension { tenant: filed.tenant, id: filed.id, asked: filed.entry, decision }
    });
    Ok(all.collect())
}

/// Requests that wait for a decision, for those who receive reports; nothing for others.
///
/// # Errors
/// When the store does not answer.
pub async fn open_extensions(acting: &Acting<'_>) -> Result<Vec<Extension>, Refused> {
    if !acting.may(Action::ReceiveReports, &Resource::region()).allowed {
        return Ok(Vec::new());
    }
    let mut all = extensions(acting.app).await?;
    all.retain(|one| one.decision.is_none());
    Ok(all)
}

/// One request, for those who receive reports.
///
/// # Errors
/// What access or the store refuse.
pub async fn extension(acting: &Acting<'_>, id: DutyExtensionId) -> Result<Extension, Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    let all = extensions(acting.app).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// A duty with everything that happened about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyHistory {
    /// The duty as it stands.
    pub obligation: Obligation,
    /// Steps taken while it was missing.
    pub steps: Vec<DutyStep>,
    /// Requests for more time.
    pub extensions: Vec<Extension>,
}

/// What happened about one duty of a State.
///
/// # Errors
/// [`Refused::NotFound`] for a duty the State does not have.
pub async fn duty_history(app: &App, state: &str, of: &WhichDuty) -> Result<DutyHistory, Refused> {
    let today: Day = app.store.now().date().into();
    let all = super::duties_of(app, state, of.period..=of.period, today).await?;
    let found = all.into_iter().find(|one| {
        one.of.mechanism == of.mechanism && one.of.duty == of.duty && one.of.part == of.part
    });
    let obligation = found.ok_or(Refused::NotFound)?;
    let steps = steps::list(&app.store, Some(&of.mechanism)).await?;
    let steps = steps
        .into_iter()
        .map(|one| one.record.entry)
        .filter(|step| {
            step.state.as_str() == state && step.duty == of.duty && step.period == of.period
        })
        .collect();
    let mut extensions = extensions(app).await?;
    extensions.retain(|one| one.is_for(state, of));
    Ok(DutyHistory { obligation, steps, extensions })
}

/// Reads the last day that was typed: later than the one that stands, and not over.
fn last_day(typed: &[String; 3], due: Day, today: Day, problems: &mut Problems) -> Option<Day> {
    let before = problems.0.len();
    let until = problems.day("until", typed);
    let id = match until.map(|until| may_extend(due, until, today)) {
        Some(Ok(())) => return until,
        Some(Err(NoMoreTime::NotLater)) => "error-extension-not-later",
        Some(Err(NoMoreTime::Passed)) => "error-extension-passed",
        Some(Err(NoMoreTime::TooLong)) => "error-extension-too-long",
        None => "error-required",
    };
    // A day that does not exist was told already.
    if problems.0.len() == before {
        problems.add("until", Message::new(id).with("due", due));
    }
    None
}

/// Asks for more time for a report that was not sent yet, as its State.
///
/// # Errors
/// Problems of the form; [`Refused::Declined`] for a report that was sent, or while a
/// request is open.
pub async fn ask_extension(acting: &Acting<'_>, form: &ExtensionForm) -> Result<(), Refused> {
    let state = acting.subject.state.clone().ok_or(Refused::NotFound)?;
    acting.allow(Action::EditReport, &Resource::region().in_state(Some(&state))).await?;
    let history = duty_history(acting.app, &state, &form.of).await?;
    let owed = &history.obligation;
    if owed.submitted.is_some() || owed.of.questionnaire.is_none() {
        return Err(Refused::Declined(Message::new("error-extension-sent")));
    }
    let today: Day = acting.now().date().into();
    let mut problems = Problems::default();
    let until = last_day(&form.until, owed.of.due, today, &mut problems);
    let why = problems.required("why", &form.why, 2000);
    problems.none()?;
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let record = DutyExtension {
        mechanism: form.of.mechanism.clone(),
        duty: form.of.duty.clone(),
        state,
        period: form.of.period,
        part: form.of.part,
        due: owed.of.due,
        wanted: until.ok_or(Refused::NotFound)?,
        why,
        by: author(acting).await?,
        on: today,
    };
    let mut act = begin!(acting, acting.context(Action::EditReport)?);
    // Looked at within the act: two who ask at once do not both get through.
    let open = |one: &Extension| one.decision.is_none() && one.is_for(state.as_str(), &form.of);
    if every(&act).await?.iter().any(open) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-extension-open")));
    }
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    Ok(act.commit(&()).await?)
}

/// Decides about a request: another last day, or none, with the reason. The State is told.
///
/// # Errors
/// Problems of the form; [`Refused::Declined`] for a request that was decided.
pub async fn decide_extension(
    acting: &Acting<'_>,
    id: DutyExtensionId,
    form: &DecisionForm,
) -> Result<(), Refused> {
    let found = extension(acting, id).await?;
    let asked = &found.asked;
    let today: Day = acting.now().date().into();
    let mut problems = Problems::default();
    let granted = match form.decision.as_str() {
        "granted" => true,
        "refused" => false,
        _ => {
            problems.add("decision", Message::new("error-choose"));
            false
        }
    };
    let until = if granted { last_day(&form.until, asked.due, today, &mut problems) } else { None };
    let why = problems.required("why", &form.why, 2000);
    problems.none()?;
    let record = ExtensionDecision {
        extension: id,
        mechanism: asked.mechanism.clone(),
        state: asked.state,
        until,
        why,
        by: author(acting).await?,
        on: today,
    };
    let to = tell::contacts(acting.app, asked.state).await?;
    let mut act = begin!(acting, acting.context(Action::ReceiveReports)?);
    // Looked at within the act: of two who decide at once the first one counts.
    let before = decisions::list(&act, Some(&asked.mechanism)).await?;
    if before.iter().any(|one| one.record.entry.extension == id) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-extension-decided")));
    }
    let decision = decisions::insert(&mut act, &record).await?;
    act.about(decision);
    act.about(id);
    act.commit(&()).await?;
    let notice = if granted { "notice-extension-given" } else { "notice-extension-refused" };
    let page = format!(
        "/reports/duties/history?state={}&mechanism={}&duty={}&period={}&part={}",
        asked.state, asked.mechanism, asked.duty, asked.period, asked.part
    );
    tell::leave(acting.app, Action::ReceiveReports, &to, notice, &page).await
}
