//! Practices others can learn from: told by a State or an organisation, reviewed, and
//! shared with everyone once the State agrees. The State can take its agreement back at
//! any time (R066).

use super::{
    Kept, own_name,
    typed::{Reader, Typed},
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    governance::{GoodPractice, PracticeDecision, PracticeStep, is_shared},
    id::GoodPracticeId,
};
use palermo_store::governance::{practice as stored, practice_step as steps};

/// A practice with what was decided about it.
#[derive(Debug, Clone)]
pub struct PracticeShown {
    /// The practice.
    pub kept: Kept<GoodPracticeId, GoodPractice>,
    /// Decisions, the first one first.
    pub steps: Vec<PracticeStep>,
    /// Whether everyone sees it.
    pub shared: bool,
}

/// What one may do with a practice.
fn takes_part(acting: &Acting<'_>, one: &Kept<GoodPracticeId, GoodPractice>) -> bool {
    let own = acting.subject.tenant.is_some_and(|(tenant, _)| tenant == one.record.tenant);
    let state = Resource::region().in_state(Some(one.record.entry.state.as_str()));
    own || acting.may(Action::ReviewPractice, &Resource::region()).allowed
        || acting.may(Action::ConsentPractice, &state).allowed
}

/// Practices the reader may see: those shared, one's own, and those one has to review or
/// agree to. The newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn practices(acting: &Acting<'_>) -> Result<Vec<PracticeShown>, Refused> {
    let store = &acting.app.store;
    let decided = steps::list(store, None).await?;
    let mut all: Vec<PracticeShown> = stored::list(store, None)
        .await?
        .into_iter()
        .map(|kept| {
            let id = kept.record.id.to_string();
            let own = decided.iter().map(|step| &step.record.entry);
            let steps: Vec<PracticeStep> =
                own.filter(|step| step.practice == id).cloned().collect();
            PracticeShown { shared: is_shared(&steps), steps, kept }
        })
        .filter(|one| one.shared || takes_part(acting, &one.kept))
        .collect();
    all.reverse();
    Ok(all)
}

/// One practice.
///
/// # Errors
/// [`Refused::NotFound`] for one that is not shared with the reader.
pub async fn practice(acting: &Acting<'_>, id: GoodPracticeId) -> Result<PracticeShown, Refused> {
    let all = practices(acting).await?;
    all.into_iter().find(|one| one.kept.record.id == id).ok_or(Refused::NotFound)
}

/// Tells a practice.
///
/// # Errors
/// Every problem of the form.
pub async fn keep_practice(acting: &Acting<'_>, typed: &Typed) -> Result<GoodPracticeId, Refused> {
    let (_, by) = own_name(acting).await?;
    let mut read = Reader::new(typed);
    let state = read.state(acting, "state");
    let resource = Resource::region().in_state(state.map(|state| state.to_string()).as_deref());
    acting.allow(Action::SharePractice, &resource).await?;
    let title = read.required("title", 200);
    let what = read.required("what", 8_000);
    let evidence = read.required("evidence", 4_000);
    let adaptation = read.bounded("adaptation", 4_000);
    let adapted_from = read.bounded("adapted_from", 300);
    let themes = read.bounded("themes", 300);
    read.problems.none()?;
    let Some(state) = state else { return Err(Refused::NotFound) };
    let record = GoodPractice {
        state,
        title,
        what,
        evidence,
        adaptation,
        adapted_from,
        themes: themes
            .split([',', '،'])
            .map(|one| one.trim().to_lowercase())
            .filter(|one| !one.is_empty())
            .collect(),
        language: acting.language.code().to_owned(),
        by,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::SharePractice)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Reviews a practice, or agrees for one's State that it is shared, or takes that back.
///
/// # Errors
/// [`Refused::NotFound`] for whoever has no say in it.
pub async fn decide_practice(
    acting: &Acting<'_>,
    id: GoodPracticeId,
    decision: PracticeDecision,
    note: &str,
) -> Result<(), Refused> {
    let shown = practice(acting, id).await?;
    let (tenant, by) = own_name(acting).await?;
    let (action, resource) = match decision {
        PracticeDecision::Reviewed | PracticeDecision::Declined => {
            (Action::ReviewPractice, Resource::region())
        }
        PracticeDecision::Consented | PracticeDecision::Withdrawn => {
            let state = shown.kept.record.entry.state;
            (Action::ConsentPractice, Resource::region().in_state(Some(state.as_str())))
        }
    };
    acting.allow(action, &resource).await?;
    let reviews = action == Action::ReviewPractice;
    if reviews && shown.kept.record.tenant == tenant {
        // Nobody reviews what they told themselves.
        return Err(Refused::Declined(Message::new("error-practice-own")));
    }
    let mut problems = Problems::default();
    let note = if reviews {
        problems.required("note", note, 2_000)
    } else {
        problems.bounded("note", note, 2_000)
    };
    problems.none()?;
    let record = PracticeStep {
        practice: id.to_string(),
        decision,
        by,
        note,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(action)?.about(id));
    steps::insert(&mut act, &record).await?;
    Ok(act.commit(&()).await?)
}
