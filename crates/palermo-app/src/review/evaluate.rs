//! One State in a round: beginning, going from step to step, the visit (R056, R057).

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    report::{ReportRefused, Standing, standing},
};
use palermo_domain::{
    id::{EvaluationId, TenantId},
    register::{day::Day, state::StateCode},
    report::Contribution,
    review::{
        Evaluation, Round, Stage, StageEntry, StatesStep, Visit, due_from, may_leave, may_move,
    },
};
use palermo_store::{Versioned, register::Filed, review::evaluation as stored};

/// An evaluation as it is shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct EvaluationShown {
    /// The evaluation.
    #[serde(flatten)]
    pub evaluation: Evaluation,
    /// The step it is at.
    pub stage: Stage,
    /// Who acts now.
    pub actor: palermo_domain::review::Actor,
    /// Until when.
    pub due: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Steps that may follow.
    pub next: Vec<Stage>,
    /// Steps that were reached without the act of the State they are named after.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<Stage>,
    /// How often it was written.
    pub revision: i64,
    /// The organisation that leads it.
    #[serde(skip)]
    pub keeper: TenantId,
}

/// Whether the reader leads an evaluation on: whoever runs reviews, in the organisation
/// that began it.
#[must_use]
pub fn leads(acting: &Acting<'_>, shown: &EvaluationShown) -> bool {
    acting.may(Action::RunReview, &Resource::region()).allowed
        && acting.member().is_ok_and(|(tenant, _)| tenant == shown.keeper)
}

/// What an evaluation rests on, as far as the reader may see it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Basis {
    /// Years of the State's replies to the round's questionnaire.
    pub replies: Vec<i32>,
    /// Contributions about the State.
    pub contributions: Vec<Contribution>,
}

/// Whether the reader evaluates a State in a round that rests on a report.
///
/// # Errors
/// When the store does not answer.
pub async fn evaluates(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: &str,
    period: i32,
) -> Result<bool, Refused> {
    if !acting.may(Action::WriteFindings, &Resource::region()).allowed {
        return Ok(false);
    }
    let rounds = super::rounds(acting.app).await?;
    let evaluations = stored::list(&acting.app.store, None).await?;
    Ok(evaluations
        .iter()
        .map(|one| &one.record.entry)
        .filter(|one| one.state.as_str() == state)
        .any(|one| rounds.iter().any(|round| one.rests_on(round, questionnaire, period))))
}

/// The State's replies and the contributions about it: all for those who evaluate or
/// receive reports; for others the open contributions, once the report is published.
///
/// # Errors
/// When the store does not answer; [`Refused::NotFound`] if it was not begun.
pub async fn basis(
    acting: &Acting<'_>,
    described: &Round,
    state: StateCode,
) -> Result<Basis, Refused> {
    let found = kept(acting.app, &described.id, state).await?.ok_or(Refused::NotFound)?;
    let takes_part = acting.may(Action::WriteFindings, &Resource::region()).allowed
        || acting.may(Action::ReceiveReports, &Resource::region()).allowed;
    let own = Resource::region().in_state(Some(state.as_str()));
    let own = acting.may(Action::EditReport, &own).allowed;
    let mut basis = Basis::default();
    if takes_part || own {
        let sent = standing(acting.app, &described.questionnaire, None, Standing::Submitted);
        let mut years: Vec<i32> = sent
            .await?
            .into_keys()
            .filter(|(of, period)| *of == state && described.looks_at(*period))
            .map(|(_, period)| period)
            .collect();
        years.sort_unstable();
        basis.replies = years;
    }
    if takes_part || own || found.record.entry.published.is_some() {
        basis.contributions = crate::report::contributions(acting, None).await?;
        basis.contributions.retain(|one| one.state == state && described.looks_at(one.period));
    }
    Ok(basis)
}

/// Whether the State has done what the present step waits for.
///
/// # Errors
/// When the store does not answer.
pub async fn state_has_acted(
    app: &App,
    described: &Round,
    evaluation: &Evaluation,
) -> Result<bool, Refused> {
    let state = evaluation.state;
    match evaluation.stage() {
        Stage::Questionnaire => {
            let sent = standing(app, &described.questionnaire, None, Standing::Submitted).await?;
            Ok(sent.keys().any(|(of, period)| *of == state && described.looks_at(*period)))
        }
        Stage::Draft => super::texts::commented(app, &described.id, state).await,
        _ => Ok(false),
    }
}

/// Until when the present step is the State's own, if it still is and `described` is
/// its round.
///
/// # Errors
/// When the store does not answer.
pub async fn waits_for_the_state(
    app: &App,
    described: &Round,
    evaluation: &Evaluation,
) -> Result<Option<StatesStep>, Refused> {
    let acted = state_has_acted(app, described, evaluation).await?;
    let today = app.store.now().date().into();
    Ok(may_leave(evaluation.stage(), acted, evaluation.due(), today).err())
}

pub(super) type Kept = Versioned<Filed<EvaluationId, Evaluation>>;

/// An evaluation of a round, which is not there where it was taken away.
async fn shown(app: &App, kept: Kept, round: Option<&Round>) -> Result<EvaluationShown, Refused> {
    let today: Day = app.store.now().date().into();
    let (keeper, evaluation, revision) = (kept.record.tenant, kept.record.entry, kept.revision.0);
    let stage = evaluation.stage();
    let without = match round {
        Some(round) if evaluation.says_the_state_acted() => {
            evaluation.went_without(super::owed::acted(app, round, &evaluation).await?)
        }
        _ => Vec::new(),
    };
    Ok(EvaluationShown {
        stage,
        actor: stage.actor(),
        due: evaluation.due(),
        overdue: evaluation.overdue(today),
        next: stage.next().to_vec(),
        without,
        revision,
        keeper,
        evaluation,
    })
}

async fn round_of(app: &App, id: &str) -> Result<Option<Round>, Refused> {
    Ok(super::rounds(app).await?.into_iter().find(|one| one.id == id))
}

/// Evaluations of a round, by State.
///
/// # Errors
/// When the store does not answer.
pub async fn evaluations(app: &App, round: &str) -> Result<Vec<EvaluationShown>, Refused> {
    let described = round_of(app, round).await?;
    let mut all: Vec<EvaluationShown> = Vec::new();
    for one in stored::list(&app.store, Some(round)).await? {
        all.push(shown(app, one, described.as_ref()).await?);
    }
    all.sort_by_key(|one| one.evaluation.state);
    Ok(all)
}

pub(super) async fn kept(
    app: &App,
    round: &str,
    state: StateCode,
) -> Result<Option<Kept>, Refused> {
    let all = stored::list(&app.store, Some(round)).await?;
    Ok(all.into_iter().find(|one| one.record.entry.state == state))
}

/// The evaluation of one State.
///
/// # Errors
/// [`Refused::NotFound`] if it was not begun.
pub async fn evaluation(
    app: &App,
    round: &str,
    state: StateCode,
) -> Result<EvaluationShown, Refused> {
    let found = kept(app, round, state).await?.ok_or(Refused::NotFound)?;
    let described = round_of(app, round).await?;
    shown(app, found, described.as_ref()).await
}

/// Begins the evaluation of a State.
///
/// # Errors
/// [`Refused::Declined`] if it was begun before or is no party; [`Refused::NotFound`] in a
/// round that another organisation keeps.
pub async fn begin(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
) -> Result<EvaluationId, Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    if !super::leads_round(acting, round).await? {
        return Err(Refused::NotFound);
    }
    let mut act = begin!(acting, acting.context(Action::RunReview)?);
    let order = super::round_order(acting.app, round).await.map_err(Refused::from)?;
    if !order.order.iter().any(|one| one.state == state) {
        return Err(Refused::Declined(Message::new("error-round-no-party")));
    }
    if kept(acting.app, round, state).await?.is_some() {
        return Err(Refused::Declined(Message::new("error-evaluation-there")));
    }
    let today: Day = acting.now().date().into();
    let record = Evaluation {
        round: round.to_owned(),
        state,
        steps: vec![StageEntry {
            stage: Stage::Planned,
            on: today,
            due: due_from(Stage::Planned, today, None),
        }],
        visit: None,
        published: None,
        reviewers: Vec::new(),
        moved: Vec::new(),
    };
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Months the profile gives for answering a questionnaire.
fn reply_months(app: &App, mechanism: &str) -> Option<u16> {
    let profile = app.content.mechanisms().get(mechanism)?;
    let rules = profile.rules.given()?;
    let rule = rules.iter().find(|rule| rule.key == "reply_months")?;
    u16::try_from(rule.value).ok()
}

/// Goes on to a step. Illegal jumps are refused with what would follow.
///
/// # Errors
/// [`Refused::Declined`] naming the steps that may follow.
pub async fn move_on(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    to: Stage,
) -> Result<(), Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let found = kept(acting.app, round, state).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant {
        return Err(Refused::NotFound);
    }
    let id = found.record.id;
    let mut act = begin!(acting, acting.context(Action::RunReview)?.about(id));
    let mut record = found.record.entry.clone();
    if let Err(why) = may_move(record.stage(), to) {
        return Err(Refused::Declined(
            Message::new("error-review-step").with("why", why.to_string()),
        ));
    }
    let described = super::round(acting.app, round).await.map_err(|why| match why {
        ReportRefused::Refused(refused) => refused,
        _ => Refused::NotFound,
    })?;
    if let Some(waits) = waits_for_the_state(acting.app, &described, &record).await? {
        let due = waits.due.map(|due| due.to_string()).unwrap_or_default();
        return Err(Refused::Declined(Message::new("error-review-states-step").with("due", due)));
    }
    if to == Stage::Published {
        let texts = super::texts_of(acting, round, state).await?;
        let final_text = texts.iter().any(|one| {
            one.entry.pillar == palermo_domain::review::Pillar::Expert && !one.entry.text.is_empty()
        });
        if !final_text {
            return Err(Refused::Declined(Message::new("error-review-no-report")));
        }
    }
    let today: Day = acting.now().date().into();
    record.steps.push(StageEntry {
        stage: to,
        on: today,
        due: due_from(to, today, reply_months(acting.app, &described.mechanism)),
    });
    if to == Stage::Published {
        record.published = Some(today);
    }
    stored::update(&mut act, id, &record, found.revision).await?;
    if to == Stage::Published {
        super::texts::publish_in(&mut act, acting.app, round, state).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Plans or records the visit. Notes are a text of the experts alone.
///
/// # Errors
/// Problems of the form.
pub async fn plan_visit(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    from: &str,
    to: &str,
    programme: &str,
) -> Result<(), Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let found = kept(acting.app, round, state).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant {
        return Err(Refused::NotFound);
    }
    let mut problems = Problems::default();
    let mut day = |field: &str, text: &str| {
        let read = text.trim().parse::<Day>().ok();
        if read.is_none() {
            problems.add(field, Message::no_day(text));
        }
        read
    };
    let (from, to) = (day("from", from), day("to", to));
    let programme = problems.required("programme", programme, 4000);
    if to < from {
        problems.add("to", Message::new("error-before"));
    }
    problems.none()?;
    let mut record = found.record.entry.clone();
    record.visit = Some(Visit { from, to, programme });
    let id = found.record.id;
    let mut act = begin!(acting, acting.context(Action::RunReview)?.about(id));
    stored::update(&mut act, id, &record, found.revision).await?;
    Ok(act.commit(&()).await?)
}
