//! Reviews of what a measure, law or joint response did to people's rights,
//! opened by human-rights institutions and organisations, with the answer of
//! the body responsible beside them (R236).

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    plan::links::pointers,
};
use palermo_domain::{
    id::ImpactReviewId,
    register::state::StateCode,
    review::{ImpactAnswer, ImpactReview},
};
use palermo_store::review::{impact_answer as answers, impact_review as stored};

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct ImpactForm {
    /// The measure, law or response.
    pub measure: String,
    /// The action of a plan it is about, by its name there; empty for none.
    pub measure_id: String,
    /// The State; empty for the region.
    pub state: String,
    /// Groups harmed.
    pub harmed: Vec<String>,
    /// Findings.
    pub findings: String,
    /// Number of rights incidents it rests on.
    pub incidents: String,
    /// The body that has to answer.
    pub responsible: String,
}

/// A review with the answers to it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ImpactShown {
    /// Its id.
    pub id: ImpactReviewId,
    /// The review.
    #[serde(flatten)]
    pub review: ImpactReview,
    /// Answers, the first one first.
    pub answers: Vec<ImpactAnswer>,
}

/// Groups a measure may harm.
pub const GROUPS: [&str; 7] =
    ["migrants", "workers", "children", "refugees", "women", "minorities", "survivors"];

/// Reviews with their answers, newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn impact_reviews(acting: &Acting<'_>) -> Result<Vec<ImpactShown>, Refused> {
    let store = &acting.app.store;
    let said = answers::list(store, None).await?;
    let mut all: Vec<ImpactShown> = stored::list(store, None)
        .await?
        .into_iter()
        .map(|one| ImpactShown {
            id: one.record.id,
            answers: said
                .iter()
                .map(|answer| &answer.record.entry)
                .filter(|answer| answer.review == one.record.id.to_string())
                .cloned()
                .collect(),
            review: one.record.entry,
        })
        .collect();
    all.reverse();
    Ok(all)
}

pub(super) async fn own_name(acting: &Acting<'_>) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    let found = palermo_store::tenant::find(&acting.app.store, tenant).await?;
    Ok(found.map(|one| one.record.name).unwrap_or_default())
}

/// Reviews that nobody has answered and the reader has to: of measures of one's State for
/// its contact persons, of the region for who answers for that.
///
/// # Errors
/// When the store does not answer.
pub async fn impact_for_me(acting: &Acting<'_>) -> Result<Vec<ImpactShown>, Refused> {
    let mut all = impact_reviews(acting).await?;
    let own = acting.subject.state.clone();
    all.retain(|one| {
        let state = one.review.state.map(|state| state.to_string());
        let resource = Resource::region().in_state(state.as_deref());
        // A secretariat may answer for a State; it is the State's work all the same.
        one.answers.is_empty()
            && state == own
            && acting.may(Action::AnswerImpactReview, &resource).allowed
    });
    Ok(all)
}

/// Opens a review.
///
/// # Errors
/// Every problem of the form at once; a number of incidents below five is not told (R10).
pub async fn open_impact(
    acting: &Acting<'_>,
    form: &ImpactForm,
) -> Result<ImpactReviewId, Refused> {
    acting.allow(Action::OpenImpactReview, &Resource::region()).await?;
    let mut problems = Problems::default();
    let chosen = form.measure_id.trim();
    let action = pointers(acting).await?.measures.into_iter().find(|one| one.id == chosen);
    if action.is_none() && !chosen.is_empty() {
        problems.add("measure_id", Message::new("error-choose"));
    }
    // What is chosen has words of its own; others may be typed.
    let measure = match &action {
        Some(action) if form.measure.trim().is_empty() => action.words.chars().take(300).collect(),
        _ => problems.required("measure", &form.measure, 300),
    };
    let findings = problems.required("findings", &form.findings, 20_000);
    let responsible = problems.required("responsible", &form.responsible, 200);
    let harmed: Vec<String> =
        form.harmed.iter().filter(|one| GROUPS.contains(&one.as_str())).cloned().collect();
    if harmed.is_empty() {
        problems.add("harmed", Message::new("error-choose"));
    }
    let typed = form.state.trim();
    let state = StateCode::typed(typed).ok();
    if state.is_none() && !typed.is_empty() {
        problems.add("state", Message::new("error-unknown-state").with("code", typed));
    }
    let typed = form.incidents.trim();
    let incidents = typed.parse::<u32>().ok();
    if incidents.is_none() && !typed.is_empty() {
        problems.add("incidents", Message::new("error-report-number").with("typed", typed));
    }
    problems.none()?;
    let record = ImpactReview {
        measure,
        measure_id: action.map(|action| action.id),
        state,
        by: own_name(acting).await?,
        harmed,
        findings,
        incidents: ImpactReview::told(incidents),
        responsible,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::OpenImpactReview)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Answers a review for the body responsible.
///
/// # Errors
/// [`Refused::NotFound`] for a review that is not there.
pub async fn answer_impact(
    acting: &Acting<'_>,
    id: ImpactReviewId,
    text: &str,
) -> Result<(), Refused> {
    let all = impact_reviews(acting).await?;
    let found = all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)?;
    let state = found.review.state.map(|state| state.to_string());
    let resource = Resource::region().in_state(state.as_deref());
    acting.allow(Action::AnswerImpactReview, &resource).await?;
    let mut problems = Problems::default();
    let text = problems.required("text", text, 20_000);
    problems.none()?;
    let record = ImpactAnswer {
        review: id.to_string(),
        by: own_name(acting).await?,
        text,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::AnswerImpactReview)?.about(id));
    let made = answers::insert(&mut act, &record).await?;
    act.about(made);
    Ok(act.commit(&()).await?)
}
