//! Moving what was set: the facts of a round, days of a step, who carries an evaluation.
//! Each change keeps what stood before with the reason, and the States it concerns are
//! told (R054, R056).

use super::{
    RoundForm,
    evaluate::{self, Kept},
    impact::own_name,
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    report::tell,
};
use palermo_domain::{
    id::RoundId,
    register::{day::Day, state::StateCode},
    review::{Moved, NotMoved, OrderRule, Reviewer, Round, Stage},
};
use palermo_store::{
    Act, Revision, Versioned,
    register::Filed,
    review::{evaluation as evaluations, round as rounds},
};
use std::collections::BTreeSet;

/// What someone typed to move the days of a step.
#[derive(Debug, Clone, Default)]
pub struct DaysForm {
    /// Which step, from 0.
    pub step: String,
    /// The day it was reached.
    pub on: String,
    /// Until when the present step is to be left; empty to leave it as it is.
    pub due: String,
    /// Why.
    pub reason: String,
    /// The revision the form was opened with.
    pub revision: String,
}

/// What someone typed to name reviewers.
#[derive(Debug, Clone, Default)]
pub struct ReviewersForm {
    /// One a line: name and function, perhaps a bar and the code of their State.
    pub reviewers: String,
    /// Why.
    pub reason: String,
    /// The revision the form was opened with.
    pub revision: String,
}

/// What someone typed to change a round.
#[derive(Debug, Clone, Default)]
pub struct RoundChange {
    /// Title, provisions, years, order and source; the rest stays as it is.
    pub form: RoundForm,
    /// Why.
    pub reason: String,
    /// The revision the form was opened with; empty for a round that ships.
    pub revision: String,
}

fn seen(text: &str) -> Result<Revision, Refused> {
    text.trim().parse().map(Revision).map_err(|_| Refused::Conflict)
}

async fn own(acting: &Acting<'_>, round: &str, state: StateCode) -> Result<Kept, Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let found = evaluate::kept(acting.app, round, state).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant == tenant { Ok(found) } else { Err(Refused::NotFound) }
}

/// Keeps a changed evaluation and tells the State. The act was begun before anything was
/// looked at, so that a request sent again is answered as the first time.
async fn keep(
    acting: &Acting<'_>,
    mut act: Act,
    found: Kept,
    record: palermo_domain::review::Evaluation,
    revision: &str,
) -> Result<(), Refused> {
    let seen = seen(revision)?;
    let to = tell::contacts(acting.app, record.state).await?;
    let id = found.record.id;
    act.about(id);
    evaluations::update(&mut act, id, &record, seen).await?;
    tell::write(&mut act, &to, "review-changed").await?;
    act.commit(&()).await?;
    let page = format!("/reviews/{}/{}", record.round, record.state);
    tell::leave(acting.app, Action::RunReview, &to, "notice-review-changed", &page).await
}

/// Why a day cannot be moved there, beside the field.
fn why_not(why: NotMoved) -> (&'static str, Message) {
    match why {
        NotMoved::NoStep => ("step", Message::new("error-choose")),
        NotMoved::Future => ("on", Message::new("review-move-future")),
        NotMoved::BeforeStep(day) => ("on", Message::new("review-move-before").with("day", day)),
        NotMoved::AfterStep(day) => ("on", Message::new("review-move-after").with("day", day)),
        NotMoved::DueFirst => ("due", Message::new("review-move-due-first")),
        NotMoved::Shortened(day) => ("due", Message::new("review-move-shortened").with("day", day)),
        NotMoved::Unchanged => ("on", Message::new("review-move-unchanged")),
    }
}

/// Moves the day a step was reached or until when it is to be left.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else changed it.
pub async fn move_days(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    form: &DaysForm,
) -> Result<(), Refused> {
    let found = own(acting, round, state).await?;
    let act = begin!(acting, acting.context(Action::RunReview)?);
    let today: Day = acting.now().date().into();
    let mut problems = Problems::default();
    let reason = problems.required("reason", &form.reason, 600);
    let mut day = |field: &str, text: &str| {
        let read = text.trim().parse::<Day>().ok();
        if read.is_none() {
            problems.add(field, Message::no_day(text));
        }
        read
    };
    let on = day("on", &form.on);
    let due = if form.due.trim().is_empty() { None } else { day("due", &form.due) };
    let at = form.step.trim().parse::<usize>().unwrap_or(usize::MAX);
    let mut record = found.record.entry.clone();
    if let Some(on) = on
        && let Err(why) = record.move_days(at, on, due, today)
    {
        let (field, message) = why_not(why);
        problems.add(field, message);
    }
    problems.none()?;
    let before = found.record.entry.steps.get(at).ok_or(Refused::NotFound)?;
    let after = record.steps.get(at).ok_or(Refused::NotFound)?.clone();
    let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = [("reached", Some(before.on), Some(after.on)), ("due", before.due, after.due)];
    let by = own_name(acting).await?;
    for (what, before, after_day) in days.into_iter().filter(|(_, a, b)| a != b) {
        record.moved.push(Moved {
            on: today,
            by: by.clone(),
            what: what.to_owned(),
            stage: Some(after.stage),
            before: text(before),
            after: text(after_day),
            reason: reason.clone(),
        });
    }
    keep(acting, act, found, record, &form.revision).await
}

/// Reviewers as they are typed, one a line.
#[must_use]
pub fn typed_reviewers(all: &[Reviewer]) -> String {
    let line = |one: &Reviewer| match one.state {
        Some(state) => format!("{} | {state}", one.name),
        None => one.name.clone(),
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Names who carries an evaluation for the experts: nobody of the State itself.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else changed it.
pub async fn name_reviewers(
    acting: &Acting<'_>,
    round: &str,
    state: StateCode,
    form: &ReviewersForm,
) -> Result<(), Refused> {
    let found = own(acting, round, state).await?;
    let act = begin!(acting, acting.context(Action::RunReview)?);
    let mut problems = Problems::default();
    let reason = problems.required("reason", &form.reason, 600);
    let typed = problems.bounded("reviewers", &form.reviewers, 2000);
    let mut all = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, code) = line.split_once('|').unwrap_or((line, ""));
        let (name, code) = (name.trim().to_owned(), code.trim());
        let of = StateCode::typed(code).ok();
        let of = of.filter(|of| acting.app.registers.states.get(*of).is_some());
        if of.is_none() && !code.is_empty() {
            problems.add("reviewers", Message::new("error-unknown-state").with("code", code));
        }
        if name.is_empty() {
            problems.add("reviewers", Message::new("error-required"));
        }
        all.push(Reviewer { name, state: of });
    }
    let mut record = found.record.entry.clone();
    let (before, after) = (typed_reviewers(&record.reviewers), typed_reviewers(&all));
    if record.name_reviewers(all).is_err() {
        problems.add("reviewers", Message::new("review-move-own-state"));
    } else if before == after {
        problems.add("reviewers", Message::new("review-move-unchanged"));
    }
    problems.none()?;
    record.moved.push(Moved {
        on: acting.now().date().into(),
        by: own_name(acting).await?,
        what: "reviewers".to_owned(),
        stage: None,
        before,
        after,
        reason,
    });
    keep(acting, act, found, record, &form.revision).await
}

type KeptRound = Versioned<Filed<RoundId, Round>>;

/// The round as this organisation keeps it, if it does; one that ships is kept by nobody.
async fn own_round(acting: &Acting<'_>, id: &str) -> Result<(Round, Option<KeptRound>), Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let round = super::round(acting.app, id).await.map_err(Refused::from)?;
    let kept = rounds::list(&acting.app.store, Some(id)).await?.into_iter().next();
    if kept.as_ref().is_some_and(|one| one.record.tenant != tenant) {
        return Err(Refused::NotFound);
    }
    Ok((round, kept))
}

/// Whether the reader may change a round: whoever runs reviews, unless another
/// organisation keeps it.
///
/// # Errors
/// When the store does not answer.
pub async fn leads_round(acting: &Acting<'_>, id: &str) -> Result<bool, Refused> {
    let Ok((tenant, _)) = acting.member() else { return Ok(false) };
    if !acting.may(Action::RunReview, &Resource::region()).allowed {
        return Ok(false);
    }
    let kept = rounds::list(&acting.app.store, Some(id)).await?.into_iter().next();
    Ok(kept.is_none_or(|one| one.record.tenant == tenant))
}

/// A round as a form to change it.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn round_typed(acting: &Acting<'_>, id: &str) -> Result<RoundChange, Refused> {
    let (round, kept) = own_round(acting, id).await?;
    Ok(RoundChange {
        form: RoundForm {
            id: round.id,
            mechanism: round.mechanism,
            title: round.title,
            instrument: round.instrument,
            provisions: round.provisions.join(", "),
            questionnaire: round.questionnaire,
            from: round.from.to_string(),
            to: round.to.to_string(),
            order: round.order.code().to_owned(),
            source: round.source,
        },
        reason: String::new(),
        revision: kept.map(|one| one.revision.0.to_string()).unwrap_or_default(),
    })
}

/// What was typed, over the round as it stands.
fn read_round(
    before: &Round,
    begun: bool,
    change: &RoundChange,
) -> Result<(Round, String), Refused> {
    let form = &change.form;
    let mut problems = Problems::default();
    let mut round = before.clone();
    let reason = problems.required("reason", &change.reason, 600);
    round.title = problems.required("title", &form.title, 200);
    round.source = problems.bounded("source", &form.source, 300);
    let year = |text: &str| text.trim().parse::<i32>().ok().filter(|y| (1990..2200).contains(y));
    match (year(&form.from), year(&form.to)) {
        (Some(from), Some(to)) if from <= to => (round.from, round.to) = (from, to),
        (None, _) => problems.add("from", Message::new("error-year")),
        _ => problems.add("to", Message::new("error-year")),
    }
    match form.order.parse::<OrderRule>() {
        Ok(order) if order == before.order || !begun => round.order = order,
        Ok(_) => problems.add("order", Message::new("review-move-order-begun")),
        Err(_) => problems.add("order", Message::new("error-choose")),
    }
    let provisions = form.provisions.split([',', '،']).map(str::trim);
    round.provisions = provisions.filter(|one| !one.is_empty()).map(str::to_owned).collect();
    if problems.0.is_empty() && before.differs(&round).is_empty() {
        problems.add("title", Message::new("review-move-unchanged"));
    }
    problems.none()?;
    Ok((round, reason))
}

/// Changes what a round looks at, its years and its title. Parties keep the order by
/// which evaluations began; the States under evaluation are told, and where the years
/// move, every party.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else changed it.
pub async fn change_round(
    acting: &Acting<'_>,
    id: &str,
    change: &RoundChange,
) -> Result<(), Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    // Two who change a round that ships make one of their own, not two: it is looked for
    // in the act.
    let mut act = begin!(acting, acting.context(Action::RunReview)?);
    let (before, kept) = own_round(acting, id).await?;
    let running = super::evaluations(acting.app, id).await?;
    let (mut round, reason) = read_round(&before, !running.is_empty(), change)?;
    let today: Day = acting.now().date().into();
    let by = own_name(acting).await?;
    for (what, was, is) in before.differs(&round) {
        round.moved.push(Moved {
            on: today,
            by: by.clone(),
            what: what.to_owned(),
            stage: None,
            before: was,
            after: is,
            reason: reason.clone(),
        });
    }
    let mut concerned: BTreeSet<StateCode> = running
        .iter()
        .filter(|one| one.stage != Stage::Closed)
        .map(|one| one.evaluation.state)
        .collect();
    if (before.from, before.to, before.order) != (round.from, round.to, round.order) {
        let order = super::round_order(acting.app, id).await.map_err(Refused::from)?;
        concerned.extend(order.order.iter().map(|one| one.state));
    }
    let mut to = Vec::new();
    for state in concerned {
        to.extend(tell::contacts(acting.app, state).await?);
    }
    match kept {
        Some(kept) => {
            let id = kept.record.id;
            rounds::update(&mut act, id, &round, seen(&change.revision)?).await?;
            act.about(id);
        }
        None => {
            let id = rounds::insert(&mut act, &round).await?;
            act.about(id);
        }
    }
    tell::write(&mut act, &to, "review-changed").await?;
    act.commit(&()).await?;
    let page = format!("/reviews/{id}");
    tell::leave(acting.app, Action::RunReview, &to, "notice-review-changed", &page).await
}
