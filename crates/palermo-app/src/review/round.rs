//! Rounds: those that ship and those set up here, and their order (R054, R055).

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    report::ReportRefused,
};
use palermo_domain::{
    id::RoundId,
    register::{adherence::Adherence, day::Day, instrument::InstrumentId},
    review::{OrderRule, Ordered, Round, order},
};
use palermo_store::{register::adherence, review::round as stored};
use serde::Serialize;
use std::collections::BTreeMap;

/// A round with its parties in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundOrder {
    /// The round's id.
    pub round: String,
    /// Its title.
    pub title: String,
    /// The instrument.
    pub instrument: String,
    /// The rule.
    pub rule: OrderRule,
    /// The parties in order.
    pub order: Vec<Ordered>,
    /// Codes by year.
    pub groups: BTreeMap<i32, Vec<String>>,
    /// Where the dates were read.
    pub sources: Vec<String>,
}

/// What someone typed to set up a round.
#[derive(Debug, Clone, Default)]
pub struct RoundForm {
    /// Id.
    pub id: String,
    /// Mechanism.
    pub mechanism: String,
    /// Title.
    pub title: String,
    /// Instrument.
    pub instrument: String,
    /// Provisions, separated by commas.
    pub provisions: String,
    /// Questionnaire.
    pub questionnaire: String,
    /// First year.
    pub from: String,
    /// Last year.
    pub to: String,
    /// Order rule.
    pub order: String,
    /// Where it is described.
    pub source: String,
}

/// All rounds: those that ship, then those set up here; one set up here takes
/// the place of a shipped one of the same id.
///
/// # Errors
/// When the store does not answer.
pub async fn rounds(app: &App) -> Result<Vec<Round>, Refused> {
    let own: Vec<Round> =
        stored::list(&app.store, None).await?.into_iter().map(|one| one.record.entry).collect();
    let mut all: Vec<Round> = app
        .registers
        .reporting
        .rounds
        .iter()
        .filter(|shipped| own.iter().all(|one| one.id != shipped.id))
        .cloned()
        .collect();
    all.extend(own);
    all.sort_by(|a, b| (b.from, &a.id).cmp(&(a.from, &b.id)));
    Ok(all)
}

/// One round.
///
/// # Errors
/// [`ReportRefused::NoRound`].
pub async fn round(app: &App, id: &str) -> Result<Round, ReportRefused> {
    let all = rounds(app).await?;
    all.into_iter().find(|one| one.id == id).ok_or_else(|| ReportRefused::NoRound(id.to_owned()))
}

/// How often a round was written here; 0 for one that ships.
///
/// # Errors
/// When the store does not answer.
pub async fn round_revision(app: &App, id: &str) -> Result<i64, Refused> {
    let kept = stored::list(&app.store, Some(id)).await?;
    Ok(kept.first().map_or(0, |one| one.revision.0))
}

/// The parties of a round in their order. Dates stored here come before those
/// that ship; for a party of which nothing is stored, the shipped one counts.
///
/// # Errors
/// [`ReportRefused::NoRound`].
pub async fn round_order(app: &App, id: &str) -> Result<RoundOrder, ReportRefused> {
    let round = round(app, id).await?;
    let instrument: InstrumentId =
        round.instrument.parse().map_err(|_| ReportRefused::NoRound(id.to_owned()))?;
    let mut parties = adherence::of_instrument(&app.store, &instrument).await?;
    let shipped: Vec<Adherence> = app
        .registers
        .reporting
        .adherence
        .iter()
        .filter(|one| one.instrument == instrument)
        .filter(|one| parties.iter().all(|stored| stored.party != one.party))
        .cloned()
        .collect();
    parties.extend(shipped);
    let today: Day = app.store.now().date().into();
    let on = round.bound_day().unwrap_or(today);
    let name = |state| app.registers.states.name(state, "en");
    let order = order(round.order, &parties, &round.listed, (round.from, round.to), on, name);
    let mut groups: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for one in &order {
        groups.entry(one.year).or_default().push(one.state.to_string());
    }
    let mut sources: Vec<String> = order.iter().map(|one| one.source.clone()).collect();
    sources.sort();
    sources.dedup();
    Ok(RoundOrder {
        round: round.id,
        title: round.title,
        instrument: round.instrument,
        rule: round.order,
        order,
        groups,
        sources,
    })
}

/// Sets up a round.
///
/// # Errors
/// Every problem of the form at once.
pub async fn set_up(acting: &Acting<'_>, form: &RoundForm) -> Result<RoundId, Refused> {
    acting.allow(Action::RunReview, &Resource::region()).await?;
    let mut act = begin!(acting, acting.context(Action::RunReview)?);
    let app = acting.app;
    let mut problems = Problems::default();
    let id = problems.required("id", &form.id, 60);
    let slug = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !id.is_empty() && !slug {
        problems.add("id", Message::new("error-slug"));
    }
    if rounds(app).await?.iter().any(|one| one.id == id) {
        problems.add("id", Message::new("error-round-there"));
    }
    let title = problems.required("title", &form.title, 200);
    let source = problems.bounded("source", &form.source, 300);
    if app.content.mechanisms().get(&form.mechanism).is_none() {
        problems.add("mechanism", Message::new("error-choose"));
    }
    if app.registers.instruments.get(&form.instrument).is_none() {
        problems.add("instrument", Message::new("error-choose"));
    }
    let all = crate::report::questionnaires(app).await?;
    if !all.contains_key(&form.questionnaire) {
        problems.add("questionnaire", Message::new("error-choose"));
    }
    let year = |text: &str| text.trim().parse::<i32>().ok().filter(|y| (1990..2200).contains(y));
    let (from, to) = (year(&form.from), year(&form.to));
    if from.is_none() {
        problems.add("from", Message::new("error-year"));
    }
    if to.is_none() || to < from {
        problems.add("to", Message::new("error-year"));
    }
    let rule = form.order.parse::<OrderRule>().ok();
    if rule.is_none() {
        problems.add("order", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(from), Some(to), Some(order)) = (from, to, rule) else {
        return Err(Refused::NotFound);
    };
    let record = Round {
        id,
        mechanism: form.mechanism.clone(),
        title,
        instrument: form.instrument.clone(),
        provisions: form
            .provisions
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        questionnaire: form.questionnaire.clone(),
        from,
        to,
        order,
        bound_on: None,
        listed: Vec::new(),
        expert_body: None,
        political_body: None,
        source,
        moved: Vec::new(),
    };
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
