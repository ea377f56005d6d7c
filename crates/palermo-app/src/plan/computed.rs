//! What Palermo works out for indicators: from one register or from released tables,
//! anew whenever a plan is read, each with where it comes from and as of when. No case
//! is opened for it. What tells of persons is read from releases that withstood every
//! attack; of referrals and answers only counts are told, rounded down as a release does.

use super::ask;
use crate::{
    App, Refused,
    knowledge::told::{Releases, SERVICES, VICTIMS},
    register::ask::{AskRefused, Lookup},
    report,
};
use palermo_domain::{
    care::{
        month_end::HalfYear,
        own_view::{FEWEST, Question, Reply},
    },
    desk::Desk,
    id::TenantId,
    plan::{
        Plan,
        computed::{Arrived, Computed, There, Told, count_told, open_share, share_told},
        indicator::{Breakdown, Indicator, Measured, Origin, Value},
        period::Period,
    },
    register::{day::Day, state::StateCode},
    service::{Freshness, PLACES_HOLD_DAYS},
};
use palermo_store::{
    Paging,
    case::incoming,
    contact_point as points, desk as desks, own_view as views,
    service::{self as services, Places},
    tenant as tenants,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

/// An indicator, a State and a period.
pub(super) type Place = (String, Option<StateCode>, Period);

/// A referral accepted later than this was not accepted within a day.
const A_DAY: Duration = Duration::from_secs(86_400);

/// What was worked out.
#[derive(Debug, Default)]
pub(super) struct WorkedOut {
    /// Figures.
    pub values: Vec<Value>,
    /// Places whose figure is too small to be told, with where it would come from.
    pub withheld: HashMap<Place, String>,
}

/// A figure with where it comes from.
struct Found {
    told: Told,
    provenance: String,
    breakdowns: Vec<Breakdown>,
}

impl Found {
    const fn new(told: Told, provenance: String) -> Self {
        Self { told, provenance, breakdowns: Vec::new() }
    }
}

/// Works out every indicator in use that reads one of Palermo's figures.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn work_out(
    app: &App,
    plan: &Plan,
    periods: &[Period],
    today: Day,
) -> Result<WorkedOut, Refused> {
    let mut out = WorkedOut::default();
    let figures = plan.indicators.iter().filter(|indicator| indicator.active);
    let figures: Vec<(&Indicator, &Computed)> = figures
        .flat_map(|indicator| {
            plan.figures_of(indicator).into_iter().map(move |one| (indicator, one))
        })
        .filter(|(indicator, figure)| figure.misfit(indicator).is_none())
        .collect();
    let sources = Sources::load(app, plan, &figures, periods, today).await?;
    for (indicator, figure) in figures {
        for &period in periods {
            let there = figure.there(period, today);
            if there == There::No || plan.computed_in(indicator, period) != Some(figure) {
                continue;
            }
            if let Computed::Adherence { instrument } = figure {
                let on = period.last_day().min(today);
                if let Some(count) = parties(app, plan, instrument.as_str(), on).await? {
                    let provenance = format!("register of instruments: {instrument}, {on}");
                    let found = Found::new(Told::Number(count as f64), provenance);
                    out.put(plan, indicator, (None, period), found);
                }
                continue;
            }
            for &state in &sources.states {
                let Some(mut found) = sources.of(figure, state, period) else { continue };
                if there == There::Withheld {
                    found.told = Told::Withheld;
                }
                out.put(plan, indicator, (Some(state), period), found);
            }
        }
    }
    Ok(out)
}

impl WorkedOut {
    fn put(
        &mut self,
        plan: &Plan,
        indicator: &Indicator,
        (state, period): (Option<StateCode>, Period),
        found: Found,
    ) {
        match found.told {
            Told::Nothing => {}
            Told::Withheld => {
                let place = (indicator.key.clone(), state, period);
                self.withheld.insert(place, found.provenance);
            }
            Told::Number(number) => self.values.push(Value {
                plan: plan.code.clone(),
                indicator: indicator.key.clone(),
                state,
                period,
                measured: Measured::Number(number),
                version: indicator.version_in(period),
                breakdowns: found.breakdowns,
                evidence: found.provenance,
                comment: String::new(),
                origin: Origin::Computed,
            }),
        }
    }
}

/// Referrals of a State in a year: sent, and of them accepted within a day.
type Referrals = HashMap<(StateCode, i32), (u64, u64)>;

/// Answers about providers of a State in a year: that they felt safe, and all to that
/// question.
type Answers = HashMap<(StateCode, i32), (u64, u64)>;

/// What figures are worked out from; only what the plan asks for is read.
struct Sources {
    today: Day,
    states: Vec<StateCode>,
    /// The largest threshold among the mechanisms of each State: one for all plans, or
    /// two roundings of one count could be laid beside each other.
    thresholds: HashMap<StateCode, u32>,
    releases: Releases,
    referrals: Referrals,
    answers: Answers,
    places: HashMap<StateCode, Places>,
    desks: HashMap<StateCode, (usize, usize)>,
}

impl Sources {
    async fn load(
        app: &App,
        plan: &Plan,
        figures: &[(&Indicator, &Computed)],
        periods: &[Period],
        today: Day,
    ) -> Result<Self, Refused> {
        use Computed as C;
        let asked = |wanted: fn(&C) -> bool| figures.iter().any(|(_, figure)| wanted(figure));
        let mut sources = Self {
            today,
            states: Vec::new(),
            thresholds: HashMap::new(),
            releases: Releases::default(),
            referrals: Referrals::new(),
            answers: Answers::new(),
            places: HashMap::new(),
            desks: HashMap::new(),
        };
        if asked(|one| !one.is_joint()) {
            sources.states = ask::states(app, plan, today).await?;
        }
        if asked(|one| matches!(one, C::PersonsIdentified | C::PersonsAssisted)) {
            sources.releases = Releases::load(&app.store).await?;
        }
        if asked(|one| matches!(one, C::ReferralsSent | C::ReferralsAccepted)) {
            sources.referrals = referrals(app, periods, today).await?;
        }
        if asked(|one| matches!(one, C::FeltSafe)) {
            sources.answers = answers(app, periods, today).await?;
        }
        if asked(|one| matches!(one, C::ReferralsSent | C::ReferralsAccepted | C::FeltSafe)) {
            for &state in &sources.states {
                let threshold = report::strictest(app, state.as_str()).await;
                sources.thresholds.insert(state, threshold);
            }
        }
        if asked(|one| matches!(one, C::PlacesConfirmed)) {
            let since = today.plus_days(-PLACES_HOLD_DAYS);
            sources.places = services::places(&app.store, since).await?;
        }
        if asked(|one| matches!(one, C::DesksConfirmed)) {
            sources.desks = confirmed_desks(app).await?;
        }
        Ok(sources)
    }

    fn of(&self, figure: &Computed, state: StateCode, period: Period) -> Option<Found> {
        let (today, year) = (self.today, period.of_year());
        match figure {
            Computed::Adherence { .. } => None,
            Computed::PersonsIdentified => self.released(VICTIMS, state, year),
            Computed::PersonsAssisted => self.released(SERVICES, state, year),
            Computed::ReferralsSent | Computed::ReferralsAccepted => {
                Some(self.referred(figure, state, period))
            }
            Computed::FeltSafe => Some(self.felt_safe(state, period)),
            Computed::PlacesConfirmed => {
                let places = self.places.get(&state)?;
                let since = today.plus_days(-PLACES_HOLD_DAYS);
                let provenance = format!("directory of services, {today}, confirmed since {since}");
                Some(Found::new(Told::Number(places.free as f64), provenance))
            }
            Computed::DesksConfirmed => {
                let (confirmed, all) = *self.desks.get(&state)?;
                let since = today.plus_days(-Freshness::AMBER_DAYS);
                let provenance =
                    format!("directory of contact points, {today}, confirmed since {since}");
                Some(Found::new(open_share(confirmed, all), provenance))
            }
        }
    }

    fn released(&self, counted: &str, state: StateCode, year: u16) -> Option<Found> {
        let total = self.releases.total(counted, state.as_str(), year)?;
        let told = total.count.map_or(Told::Withheld, |count| Told::Number(count as f64));
        Some(Found { told, provenance: total.provenance, breakdowns: total.breakdowns })
    }

    fn referred(&self, figure: &Computed, state: StateCode, period: Period) -> Found {
        let key = (state, i32::from(period.of_year()));
        let (sent, accepted) = self.referrals.get(&key).copied().unwrap_or_default();
        // A State without a threshold tells nothing.
        let threshold = self.thresholds.get(&state).copied().unwrap_or(u32::MAX);
        let told = match figure {
            Computed::ReferralsAccepted => share_told(accepted, sent, threshold),
            _ => count_told(sent, threshold),
        };
        let (first, last) = (period.first_day(), period.last_day());
        let provenance = format!(
            "referrals between organisations, sent {first} to {last}, counts rounded down to multiples of {threshold}"
        );
        Found::new(told, provenance)
    }

    /// As [`palermo_domain::care::own_view::tally`] counts, over all providers of the
    /// State: never by fewer than [`FEWEST`].
    fn felt_safe(&self, state: StateCode, period: Period) -> Found {
        let key = (state, i32::from(period.of_year()));
        let (safe, all) = self.answers.get(&key).copied().unwrap_or_default();
        let threshold = self.thresholds.get(&state).copied().unwrap_or(u32::MAX);
        let threshold = threshold.max(u32::try_from(FEWEST).unwrap_or(u32::MAX));
        let provenance = format!(
            "answers after services, {}, counts rounded down to multiples of {threshold}",
            period.of_year()
        );
        Found::new(share_told(safe, all, threshold), provenance)
    }
}

/// Members of the plan's mechanism that were party to an instrument on a day.
async fn parties(
    app: &App,
    plan: &Plan,
    instrument: &str,
    on: Day,
) -> Result<Option<usize>, Refused> {
    let lookup = Lookup::of(app);
    let Some(profile) = plan.mechanism.as_deref().and_then(|id| app.content.mechanisms().get(id))
    else {
        return Ok(None);
    };
    let answer = async {
        let members = lookup.members(profile, on).await?;
        let missing = lookup.missing(instrument, on, profile.id.as_str()).await?;
        Ok::<_, AskRefused>(members.len() - missing.missing.len())
    };
    match answer.await {
        Ok(count) => Ok(Some(count)),
        Err(AskRefused::Refused(refused)) => Err(refused),
        Err(_) => Ok(None),
    }
}

/// Referrals that organisations of a State sent in a year, as they may be told, with the
/// threshold; nothing before the year is over.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn referrals_sent(
    app: &App,
    state: StateCode,
    year: u16,
    today: Day,
) -> Result<Option<(Told, u32)>, Refused> {
    let period = Period::year(year);
    if Computed::ReferralsSent.there(period, today) != There::Yes {
        return Ok(None);
    }
    let all = referrals(app, &[period], today).await?;
    let sent = all.get(&(state, i32::from(year))).map_or(0, |(sent, _)| *sent);
    let threshold = report::strictest(app, state.as_str()).await;
    Ok(Some((count_told(sent, threshold), threshold)))
}

/// Referrals by the State of whoever sent them and the year, of the years asked for.
async fn referrals(app: &App, periods: &[Period], today: Day) -> Result<Referrals, Refused> {
    let told = |period: &&Period| Computed::ReferralsSent.there(**period, today) == There::Yes;
    let days = periods.iter().filter(told).map(|period| (period.first_day(), period.last_day()));
    let days: Vec<(Day, Day)> = days.collect();
    let mut found = Referrals::new();
    let (Some(first), Some(last)) =
        (days.iter().map(|day| day.0).min(), days.iter().map(|day| day.1).max())
    else {
        return Ok(found);
    };
    let (from, until) = (first.starts(), last.plus_days(1).starts());
    let states = states_of_tenants(app).await?;
    let all = incoming::arrived(&app.store, from, until).await?;
    for one in all.into_iter().filter(Arrived::counts) {
        let Some(&state) = states.get(&one.sender) else { continue };
        let in_a_day = one.accepted_at().is_some_and(|at| at.since(one.sent_at) <= A_DAY);
        let counted = found.entry((state, one.sent_at.date().year())).or_default();
        counted.0 += 1;
        counted.1 += u64::from(in_a_day);
    }
    Ok(found)
}

/// What people said about safety, by the State of the provider and the year, of the
/// years asked for. Answers have no case and no day, only a half-year.
async fn answers(app: &App, periods: &[Period], today: Day) -> Result<Answers, Refused> {
    let told = |period: &&Period| Computed::FeltSafe.there(**period, today) == There::Yes;
    let years = periods.iter().filter(told).map(|period| i32::from(period.of_year()));
    let years: BTreeSet<i32> = years.collect();
    let mut found = Answers::new();
    if years.is_empty() {
        return Ok(found);
    }
    let states = states_of_tenants(app).await?;
    for year in years {
        let halves = [false, true].map(|second| HalfYear { year, second }.to_string());
        for (about, replies) in views::answers_of(&app.store, &halves).await? {
            let Some(&state) = states.get(&about) else { continue };
            let reply = replies.get(Question::Safe.code());
            let reply = reply.and_then(|code| Reply::from_code(code.as_str()));
            let Some(reply) = reply.filter(|reply| *reply != Reply::Skip) else { continue };
            let counted = found.entry((state, year)).or_default();
            counted.0 += u64::from(reply == Reply::Yes);
            counted.1 += 1;
        }
    }
    Ok(found)
}

async fn states_of_tenants(app: &App) -> Result<BTreeMap<TenantId, StateCode>, Refused> {
    let filter = tenants::Filter::default();
    let all = tenants::list(&app.store, &filter, Paging::all()).await?;
    let of = |tenant: palermo_domain::tenant::Tenant| {
        Some((tenant.id, tenant.state.as_deref()?.parse().ok()?))
    };
    Ok(all.items.into_iter().filter_map(|one| of(one.record)).collect())
}

/// Open desks of each State that were confirmed within 180 days, and all of them.
async fn confirmed_desks(app: &App) -> Result<HashMap<StateCode, (usize, usize)>, Refused> {
    let store = &app.store;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let all = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let known = points::all(store).await?;
    let fresh = |desk: &Desk| {
        let point = known.get(&desk.id);
        point.is_some_and(|point| point.freshness(store.now()) == Freshness::Fresh)
    };
    let mut found: HashMap<StateCode, (usize, usize)> = HashMap::new();
    for desk in all.items.into_iter().map(|one| one.record) {
        let Some(state) = desk.state.as_deref().and_then(|code| code.parse().ok()) else {
            continue;
        };
        let counted = found.entry(state).or_default();
        counted.0 += usize::from(fresh(&desk));
        counted.1 += 1;
    }
    Ok(found)
}
