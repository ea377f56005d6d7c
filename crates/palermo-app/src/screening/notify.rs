//! A notice without identity from another program: coded facts, scored here,
//! and nothing of a person (E07). For adults alone: a child's help waits for no
//! consent, so a child is never only a notice (E08).

use super::{
    decide::{DecisionForm, chosen},
    own, purpose,
};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    id::ScreeningId,
    screening::{Age, ExploitationForm, IndicatorSet, Notice, Path, Screening},
};
use palermo_store::screening::notice as notices;
use std::collections::BTreeSet;

/// Keeps a notice. The answers are scored and forgotten.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Declined`] unless the person
/// is an adult.
pub async fn notify(
    acting: &Acting<'_>,
    screening: &Screening,
    set: &IndicatorSet,
    forms: &[String],
    decision: &DecisionForm,
) -> Result<ScreeningId, Refused> {
    let (tenant, _, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let assessment = screening.assess(set);
    if assessment.age != Age::Adult {
        return Err(Refused::Declined(Message::new("screening-notice-adults")));
    }
    let mut problems = Problems::default();
    let read: Option<BTreeSet<ExploitationForm>> =
        forms.iter().map(|code| code.parse().ok()).collect();
    if read.is_none() {
        problems.add("forms", Message::new("error-choose"));
    }
    problems.none()?;
    let anonymised = DecisionForm { path: Path::Anonymised.code().into(), ..decision.clone() };
    let chosen = chosen(acting, &anonymised, assessment.age)?;
    let mut act = begin!(acting, acting.context(Action::Screen)?.for_purpose(purpose(acting)));
    let date = act.now().date();
    let notice = Notice {
        tenant,
        id: act.new_id(),
        month: format!("{:04}-{:02}", date.year(), u8::from(date.month())),
        state: chosen.state,
        age: assessment.age,
        forms: read.unwrap_or_default().iter().map(|form| form.family()).collect(),
        positive: assessment.positive().collect(),
        definition_met: assessment.definition.met,
        outcome: chosen.outcome,
        reasons: chosen.reasons,
    };
    act.about(notice.id);
    notices::insert(&mut act, &notice).await?;
    act.commit(&notice.id).await?;
    Ok(notice.id)
}
