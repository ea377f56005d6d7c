//! What a mechanism says of itself, year by year: authority, staff, funding, capacity
//! (R225). A year that is missing is named.

use super::{
    Kept,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
    plan::rate::TypedRate,
};
use palermo_domain::{
    governance::{MechanismYear, years_missing},
    id::MechanismYearId,
    money::{Money, rate::Rate},
    register::day::Day,
};
use palermo_store::governance::mechanism_year as stored;
use std::collections::BTreeMap;

/// A mechanism with the years it told, the newest first, and those it owes.
#[derive(Debug, Clone)]
pub struct MechanismTold {
    /// The mechanism.
    pub mechanism: String,
    /// What it told.
    pub years: Vec<Kept<MechanismYearId, MechanismYear>>,
    /// Years without a profile since the first one.
    pub missing: Vec<i32>,
}

/// Every mechanism that told something of itself.
///
/// # Errors
/// When the store does not answer.
pub async fn mechanism_years(app: &App) -> Result<Vec<MechanismTold>, Refused> {
    let this_year = app.store.now().date().year();
    let mut by_mechanism: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for one in stored::list(&app.store, None).await? {
        by_mechanism.entry(one.record.entry.mechanism.clone()).or_default().push(one);
    }
    Ok(by_mechanism
        .into_iter()
        .map(|(mechanism, mut years)| {
            years.sort_by_key(|one| std::cmp::Reverse(one.record.entry.year));
            let told: Vec<i32> = years.iter().map(|one| one.record.entry.year).collect();
            MechanismTold { mechanism, missing: years_missing(&told, this_year), years }
        })
        .collect())
}

/// One year for its form.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn year_told(acting: &Acting<'_>, id: MechanismYearId) -> Result<Typed, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepMechanismProfile, &Resource::region()).await?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let one = found.record.entry;
    let rate = one.rate;
    Ok(Typed::default()
        .with("revision", found.revision.0)
        .with("mechanism", one.mechanism)
        .with("year", one.year)
        .with("authority", one.authority)
        .with_some("staff", one.staff)
        .with_some("women", one.women)
        .with_some("budget", one.budget)
        .with_some("rate_to", rate.as_ref().map(|rate| rate.to))
        .with_some("rate_rate", rate.as_ref().map(|rate| rate.rate))
        .with_some("rate_on", rate.as_ref().map(|rate| rate.on))
        .with_some("rate_source", rate.map(|rate| rate.source))
        .with_some("earmarked", one.earmarked_percent)
        .with("funding", one.funding)
        .with("capacity", one.capacity)
        .with("gaps", one.gaps))
}

/// The rate at which the budget is told in another currency, if one was typed.
fn rate(read: &mut Reader<'_>, typed: &Typed, budget: Option<Money>, today: Day) -> Option<Rate> {
    let told = ["rate_rate", "rate_on", "rate_source"];
    if told.iter().all(|field| typed.text(field).trim().is_empty()) {
        return None;
    }
    let Some(budget) = budget else {
        read.problems.add("budget", Message::new("error-required"));
        return None;
    };
    let text = |field: &str| typed.text(field).to_owned();
    let rate = TypedRate {
        from: budget.currency().to_string(),
        to: text("rate_to"),
        rate: text("rate_rate"),
        on: text("rate_on"),
        source: text("rate_source"),
    };
    rate.rate(&mut read.problems, "rate_", today)
}

/// Records what a mechanism says of itself for a year.
///
/// # Errors
/// Every problem of the form; a year that is there already.
pub async fn keep_year(
    acting: &Acting<'_>,
    id: Option<MechanismYearId>,
    typed: &Typed,
) -> Result<MechanismYearId, Refused> {
    acting.allow(Action::KeepMechanismProfile, &Resource::region()).await?;
    let mut read = Reader::new(typed);
    let mechanism = read.mechanism(acting, "mechanism");
    if mechanism.is_empty() {
        read.problems.add("mechanism", Message::new("error-choose"));
    }
    let year = read.year("year");
    let authority = read.required("authority", 4_000);
    let (staff, women) = (read.number("staff"), read.number("women"));
    if women.is_some_and(|women| staff.is_none_or(|staff| women > staff)) {
        read.problems.add("women", Message::new("error-women-of-staff"));
    }
    let money = read.bounded("budget", 60);
    let budget = money.parse::<Money>();
    if let (Err(why), false) = (&budget, money.is_empty()) {
        read.problems.add("budget", Message::new("error-register-entry").with("why", why));
    }
    let rate = rate(&mut read, typed, budget.as_ref().ok().copied(), acting.now().date().into());
    let earmarked_percent = read.number("earmarked");
    if earmarked_percent.is_some_and(|share| share > 100.0) {
        read.problems.add("earmarked", Message::new("error-per-cent"));
    }
    let funding = read.bounded("funding", 4_000);
    let capacity = read.bounded("capacity", 8_000);
    let gaps = read.bounded("gaps", 8_000);
    let there = stored::list(&acting.app.store, Some(&mechanism)).await?;
    let same = |one: &&Kept<MechanismYearId, MechanismYear>| {
        Some(one.record.entry.year) == year && Some(one.record.id) != id
    };
    if there.iter().find(same).is_some() {
        read.problems.add("year", Message::new("error-year-there"));
    }
    read.problems.none()?;
    let Some(year) = year else { return Err(Refused::NotFound) };
    let record = MechanismYear {
        mechanism,
        year,
        authority,
        staff,
        women,
        budget: budget.ok(),
        rate,
        earmarked_percent,
        funding,
        capacity,
        gaps,
        updated: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::KeepMechanismProfile)?);
    let id = match id {
        Some(id) => {
            stored::update(&mut act, id, &record, typed.seen().ok_or(Refused::Conflict)?).await?;
            id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
