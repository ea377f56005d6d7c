//! The receiving side: accepting a report or sending it back; and a State disputing how a
//! figure of its is shown, or standing by its unit.

use super::{
    facts::{Standing, standing},
    tell,
};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    register::state::StateCode,
    report::{Dispute, Reception, ReceptionDecision, UnitConfirmation, UnitMeant, doubtful_unit},
};
use palermo_store::report::{dispute as disputes, reception as receptions, unit as units};

/// Decides about the version of a State's report that stands.
///
/// # Errors
/// [`Refused::NotFound`] if nothing was submitted; sending back needs a reason.
pub async fn receive(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: StateCode,
    period: i32,
    decision: ReceptionDecision,
    why: &str,
) -> Result<(), Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    let mut problems = crate::Problems::default();
    let why = if decision == ReceptionDecision::Returned {
        problems.required("why", why, 4000)
    } else {
        problems.bounded("why", why, 4000)
    };
    problems.none()?;
    let mut versions =
        standing(acting.app, questionnaire, Some(period), Standing::Submitted).await?;
    let found = versions.remove(&(state, period)).ok_or(Refused::NotFound)?;
    if found.published() {
        return Err(Refused::Declined(Message::new("error-report-published")));
    }
    let record = Reception {
        submission: found.version.submission,
        state,
        questionnaire: questionnaire.to_owned(),
        period,
        version: found.version.version,
        decision,
        why,
        on: acting.now().date().into(),
    };
    let (notice, letter) = match decision {
        ReceptionDecision::Returned => ("notice-report-returned", Some("report-returned")),
        _ => ("notice-report-accepted", None),
    };
    let to = tell::contacts(acting.app, state).await?;
    let mut act = begin!(acting, acting.context(Action::ReceiveReports)?);
    let id = receptions::insert(&mut act, &record).await?;
    act.about(id);
    act.about(record.submission);
    if let Some(letter) = letter {
        tell::write(&mut act, &to, letter).await?;
    }
    act.commit(&()).await?;
    let page = format!("/reports/country/{questionnaire}/{state}/{period}");
    tell::leave(acting.app, Action::ReceiveReports, &to, notice, &page).await
}

/// Attaches "disputed by the State" to a figure at once; it prints with it.
///
/// # Errors
/// What access or the store refuse; a reason is needed.
pub async fn dispute(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: StateCode,
    period: i32,
    code: &str,
    why: &str,
) -> Result<(), Refused> {
    let resource = Resource::region().in_state(Some(state.as_str()));
    acting.allow(Action::SubmitReport, &resource).await?;
    let mut problems = crate::Problems::default();
    let why = problems.required("why", why, 2000);
    problems.none()?;
    let versions = standing(acting.app, questionnaire, Some(period), Standing::Submitted).await?;
    let version = &versions.get(&(state, period)).ok_or(Refused::NotFound)?.version;
    let known =
        super::questionnaire_at(acting.app, questionnaire, version.questionnaire_version).await?;
    if known.question(code).is_none() {
        return Err(Refused::NotFound);
    }
    let record = Dispute {
        state,
        questionnaire: questionnaire.to_owned(),
        period,
        code: code.to_owned(),
        why,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::SubmitReport)?);
    let id = disputes::insert(&mut act, &record).await?;
    act.about(id);
    Ok(act.commit(&()).await?)
}

/// The State says what a figure of doubtful unit counts. One that counts what was asked for
/// is added to those of other States from then on; a rate never is (R11).
///
/// # Errors
/// [`Refused::NotFound`] for another State or a question without a doubtful unit;
/// [`Refused::Declined`] where the State said so before.
pub async fn confirm_unit(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: StateCode,
    period: i32,
    (code, meant): (&str, UnitMeant),
) -> Result<(), Refused> {
    let resource = Resource::region().in_state(Some(state.as_str()));
    acting.allow(Action::SubmitReport, &resource).await?;
    // Begun first, so that a request sent again is answered as the first time.
    let mut act = begin!(acting, acting.context(Action::SubmitReport)?);
    let versions = standing(acting.app, questionnaire, Some(period), Standing::Submitted).await?;
    let found = versions.get(&(state, period)).ok_or(Refused::NotFound)?;
    let version = &found.version;
    let known =
        super::questionnaire_at(acting.app, questionnaire, version.questionnaire_version).await?;
    let question = known.question(code).ok_or(Refused::NotFound)?;
    let answer = version.answers.get(code).ok_or(Refused::NotFound)?;
    if doubtful_unit(question, answer).is_none() {
        return Err(Refused::NotFound);
    }
    if found.stands_by(code, answer).is_some() {
        return Err(Refused::Declined(Message::new("error-unit-confirmed")));
    }
    let record = UnitConfirmation {
        state,
        questionnaire: questionnaire.to_owned(),
        period,
        submission: version.submission,
        code: code.to_owned(),
        value: answer.value.plain(),
        unit: answer.unit.clone(),
        meant: Some(meant),
        by: super::write::author(acting).await?,
        on: acting.now().date().into(),
    };
    let id = units::insert(&mut act, &record).await?;
    act.about(id);
    act.about(record.submission);
    Ok(act.commit(&()).await?)
}
