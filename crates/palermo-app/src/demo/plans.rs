//! The plan of the Meridian Process in its third year, what was reported of it with
//! its quarrels, and the national plans adopted from it.

use super::{
    Built,
    national::{self, InNational},
    review::Figures,
};
use crate::{App, Refused, access::Action};
use palermo_domain::{
    actor::Actor,
    id::TenantId,
    money::{
        Currency, Money,
        rate::{Factor, Rate},
    },
    plan::{
        Party, PartyKind, Plan, PlanCode, PlanStatus, Row, RowReport, Status, Tag, Theme, Tier,
        amend::{Amendment, Change},
        indicator::{
            Answer, Baseline, Breakdown, Computed, Counted, Definition, Direction, Indicator, Kind,
            Measured, Origin, Target, Value,
        },
        period::Period,
    },
    register::{day::Day, state::StateCode},
};
use palermo_store::{ActContext, Begun, plan as stored};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: PlanCode,
    title: String,
    adopted_by: String,
    #[serde(rename = "row")]
    rows: Vec<InRow>,
    #[serde(rename = "indicator")]
    indicators: Vec<InIndicator>,
    #[serde(rename = "report")]
    reports: Vec<InReport>,
    #[serde(rename = "national")]
    national: Vec<InNational>,
    #[serde(default, rename = "rate")]
    rates: Vec<InRate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InRate {
    from: Currency,
    to: Currency,
    rate: Factor,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InRow {
    key: String,
    parent: Option<String>,
    number: String,
    level: String,
    title: String,
    #[serde(default)]
    tier: Option<Tier>,
    #[serde(default)]
    themes: Vec<Theme>,
    #[serde(default)]
    tags: Vec<Tag>,
    lead: Option<String>,
    lead_kind: Option<PartyKind>,
    budget: Option<Money>,
    allocated: Option<Money>,
    #[serde(default)]
    status: Option<Status>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InIndicator {
    key: String,
    row: String,
    title: String,
    kind: Kind,
    counted: Counted,
    definition: String,
    unit: Option<String>,
    direction: Option<Direction>,
    baseline: Option<f64>,
    to_be_established: Option<String>,
    #[serde(default)]
    targets: Vec<f64>,
    computed: Option<Computed>,
    #[serde(default)]
    answers: BTreeMap<StateCode, Answer>,
    #[serde(default)]
    evidence: String,
    /// The question of the annual report that counts the same thing: the value is what
    /// was answered there.
    answered: Option<String>,
    /// What each State told, year by year; a State that is not named told nothing.
    #[serde(default)]
    figures: BTreeMap<StateCode, Vec<f64>>,
    #[serde(default)]
    missed_by: Vec<StateCode>,
    redefined: Option<Redefined>,
    amended: Option<Amended>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Redefined {
    year: u16,
    before: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amended {
    year: usize,
    before: f64,
    reason: String,
    by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InReport {
    pub(super) row: String,
    pub(super) tenant: String,
    pub(super) status: Status,
    pub(super) achieved: String,
    pub(super) lessons: String,
    pub(super) proposal: String,
}

pub(super) fn english() -> String {
    "en".into()
}

pub(super) fn wrong(why: impl ToString) -> Refused {
    Refused::Unavailable(format!("demo/plan.toml: {}", why.to_string()))
}

/// A day of the plan; the years of the demonstration can all be written.
pub(super) fn day(year: u16, month: u8, of_month: u8) -> Result<Day, Refused> {
    Day::new(i32::from(year), month, of_month).map_err(wrong)
}

/// Builds the plans.
///
/// # Errors
/// What the file or the store refuse.
pub(super) async fn build(app: &App, built: &Built) -> Result<(), Refused> {
    let text = app.content.text("demo/plan.toml").ok_or_else(|| wrong("it is not there"))?;
    let file: File = toml::from_str(text).map_err(wrong)?;
    let today = Day::from(app.store.now().date());
    let third = u16::try_from(today.date().year()).map_err(wrong)?;
    let first = third - 2;
    let plan = regional(app, &file, built, first)?;
    let problems = plan.problems();
    if !problems.is_empty() {
        return Err(wrong(format!("{problems:?}")));
    }
    let house = built.tenant("meridian-secretariat")?;
    let told = super::review::figures(app)?;
    let values = values(&file, &plan, first, today, &told);
    store(app, house, &plan, &values).await?;
    for told in &file.reports {
        let tenant = built.tenant(&told.tenant)?;
        report(app, &file.code, told, tenant, today).await?;
    }
    for (place, national) in file.national.iter().enumerate() {
        let tenant = built.tenant(&national.tenant)?;
        let own = national::adopted(app, national, &plan, built, place)?;
        store(app, tenant, &own, &national::values(&own, national, &values, today)?).await?;
        report(app, &own.code, &national.report(), tenant, today).await?;
    }
    Ok(())
}

async fn store(app: &App, tenant: TenantId, plan: &Plan, values: &[Value]) -> Result<(), Refused> {
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::EditPlan.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let id = stored::document::insert(&mut act, plan).await?;
    act.about(id);
    for value in values {
        stored::value::insert(&mut act, &value.clone().into()).await?;
    }
    Ok(act.commit(&()).await?)
}

async fn report(
    app: &App,
    plan: &PlanCode,
    told: &InReport,
    tenant: TenantId,
    today: Day,
) -> Result<(), Refused> {
    let by = super::region(app)?.tenant(&told.tenant).map(|t| t.name.clone());
    let record = RowReport {
        plan: plan.clone(),
        row: told.row.clone(),
        on: today.plus_days(-40),
        by: by.unwrap_or_default(),
        status: told.status,
        achieved: told.achieved.clone(),
        lessons: told.lessons.clone(),
        proposal: told.proposal.clone(),
    };
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(tenant, actor, Action::ReportRow.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    stored::report::insert(&mut act, &record).await?;
    Ok(act.commit(&()).await?)
}

/// A rate told before the plan's third year began.
fn rate(told: &InRate, first: u16) -> Result<Rate, Refused> {
    Ok(Rate {
        from: told.from,
        to: told.to,
        rate: told.rate,
        on: day(first + 1, 12, 15)?,
        source: told.source.clone(),
    })
}

fn regional(app: &App, file: &File, built: &Built, first: u16) -> Result<Plan, Refused> {
    let region = super::region(app)?;
    let (from, to) = (day(first, 1, 1)?, day(first + 2, 12, 31)?);
    let row = |row: &InRow| -> Result<Row, Refused> {
        let lead = match (&row.lead, row.lead_kind) {
            (Some(id), Some(kind)) => {
                let name = region.tenant(id).map(|t| t.name.clone()).unwrap_or_default();
                Some(Party { name, kind, tenant: Some(built.tenant(id)?) })
            }
            _ => None,
        };
        Ok(Row {
            key: row.key.clone(),
            parent: row.parent.clone(),
            number: row.number.clone(),
            level: row.level.clone(),
            title: row.title.clone(),
            tier: row.tier.unwrap_or(Tier::Both),
            adopted_from: None,
            lead,
            partners: Vec::new(),
            starts: row.parent.is_some().then_some(from),
            ends: row.parent.is_some().then_some(to),
            budget: row.budget,
            allocated: row.allocated,
            funded_by: row.allocated.map(|_| "Northway Fund".to_owned()),
            status: row.status.unwrap_or(Status::Planned),
            themes: row.themes.clone(),
            tags: row.tags.clone(),
        })
    };
    let indicators = file.indicators.iter().map(|one| indicator(one, first));
    let mut plan = Plan {
        code: file.code.clone(),
        title: file.title.clone(),
        language: "en".into(),
        mechanism: Some(region.mechanism.clone()),
        state: None,
        parent: None,
        predecessor: None,
        predecessor_review: None,
        adopted_by: file.adopted_by.clone(),
        adopted_on: Some(day(first, 1, 20)?),
        from,
        to,
        status: PlanStatus::Adopted,
        source: "Invented for the demonstration".into(),
        rows: file.rows.iter().map(row).collect::<Result<_, _>>()?,
        indicators: indicators.collect::<Result<_, _>>()?,
        targets: Vec::new(),
        phases: Vec::new(),
        amendments: Vec::new(),
        declared: BTreeMap::new(),
        rates: file.rates.iter().map(|told| rate(told, first)).collect::<Result<_, _>>()?,
        reviews: Vec::new(),
    };
    for indicator in &file.indicators {
        for (year, value) in (first..).zip(&indicator.targets) {
            plan.targets.push(Target {
                indicator: indicator.key.clone(),
                state: None,
                period: Period::year(year),
                value: *value,
            });
        }
    }
    amendments(&mut plan, file, first)?;
    Ok(plan)
}

/// Changes on the way: they are made through the same rule as any other, after what
/// stood before was put in place.
fn amendments(plan: &mut Plan, file: &File, first: u16) -> Result<(), Refused> {
    for indicator in &file.indicators {
        if let Some(redefined) = &indicator.redefined {
            let since = Period::year(first + redefined.year);
            plan.amend(Amendment {
                on: day(first + redefined.year, 2, 10)?,
                decided_by: "Senior officials of the Meridian Process".into(),
                reason: "A test at night found that half of the desks did not answer".into(),
                change: Change::Definition {
                    indicator: indicator.key.clone(),
                    from: String::new(),
                    to: indicator.definition.clone(),
                    since,
                },
            })
            .map_err(wrong)?;
        }
        if let Some(amended) = &indicator.amended {
            let period = Period::year(first + u16::try_from(amended.year).map_err(wrong)?);
            let now = indicator.targets.get(amended.year).copied();
            let place = plan
                .targets
                .iter_mut()
                .find(|t| t.indicator == indicator.key && t.period == period);
            if let Some(target) = place {
                target.value = amended.before;
            }
            plan.amend(Amendment {
                on: day(first + 1, 11, 5)?,
                decided_by: amended.by.clone(),
                reason: amended.reason.clone(),
                change: Change::Target {
                    indicator: indicator.key.clone(),
                    state: None,
                    period,
                    from: None,
                    to: now,
                },
            })
            .map_err(wrong)?;
        }
    }
    Ok(())
}

fn indicator(from: &InIndicator, first: u16) -> Result<Indicator, Refused> {
    let words = from.redefined.as_ref().map_or(&from.definition, |before| &before.before);
    let baseline = match (from.baseline, &from.to_be_established) {
        (Some(value), _) => {
            Some(Baseline::Value { value, on: day(first - 1, 12, 31)?, version: 1 })
        }
        (None, Some(whom)) => {
            Some(Baseline::ToBeEstablished { by: day(first + 3, 3, 31)?, whom: whom.clone() })
        }
        (None, None) => None,
    };
    Ok(Indicator {
        key: from.key.clone(),
        row: from.row.clone(),
        title: from.title.clone(),
        kind: from.kind,
        counted: from.counted,
        definitions: vec![Definition { version: 1, words: words.clone(), since: None }],
        unit: from.unit.clone(),
        direction: from.direction,
        frequency: Some("yearly".into()),
        source: Some(if from.computed.is_some() { "Palermo" } else { "focal points" }.into()),
        breakdowns: Vec::new(),
        baseline,
        active: true,
        computed: from.computed.clone(),
    })
}

const STATES: [&str; 6] = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"];

/// How far each State comes, in hundredths of the way: the rich one fast, the one in
/// conflict slowly.
const PACE: [f64; 6] = [1.04, 0.86, 0.78, 0.41, 0.69, 0.97];

/// What the States told: XCC's last year is still missing, this year is half over for
/// the others, and one target is missed by five of them.
fn values(file: &File, plan: &Plan, first: u16, today: Day, told: &Figures) -> Vec<Value> {
    let mut values = Vec::new();
    for indicator in file.indicators.iter().filter(|i| i.computed.is_none()) {
        for (place, code) in STATES.iter().enumerate() {
            let Ok(state) = code.parse::<StateCode>() else { continue };
            for year in first..first + 3 {
                let period = Period::year(year);
                let late = *code == "XCC" && year + 1 > first + 1;
                if period.last_day() >= today || late {
                    continue;
                }
                if let Some(value) = one_value(plan, indicator, (state, place), year - first, told)
                {
                    values.push(Value { period, ..value });
                }
            }
        }
    }
    values
}

fn one_value(
    plan: &Plan,
    indicator: &InIndicator,
    (state, place): (StateCode, usize),
    year: u16,
    told: &Figures,
) -> Option<Value> {
    let known = plan.indicator(&indicator.key)?;
    let measured = if let Some(answer) = indicator.answers.get(&state) {
        Measured::Answer(*answer)
    } else if let Some(question) = &indicator.answered {
        Measured::Number(*told.get(&(state, 2 - i32::from(year), question.clone()))?)
    } else if !indicator.figures.is_empty() {
        Measured::Number(*indicator.figures.get(&state)?.get(usize::from(year))?)
    } else {
        let pace = PACE.get(place).copied().unwrap_or(0.8);
        let wave =
            f64::from((place as u32 * 7 + u32::from(year) * 5 + indicator.key.len() as u32) % 9)
                / 100.0;
        let target = indicator.targets.get(usize::from(year)).copied()?;
        let start = indicator.baseline.unwrap_or(0.0);
        let missed = year == 1 && indicator.missed_by.contains(&state);
        let way = if missed { 0.55 } else { (pace + wave).min(1.1) };
        let reached = (start + (target - start) * way).round();
        Measured::Number(if known.is_share() { reached.min(100.0) } else { reached })
    };
    let version = if indicator.redefined.as_ref().is_some_and(|r| year >= r.year) { 2 } else { 1 };
    let mut breakdowns = known.required_breakdowns();
    if matches!(state.as_str(), "XDD" | "XFF") {
        breakdowns.retain(|b| !matches!(b, Breakdown::Background | Breakdown::Nationality));
    }
    Some(Value {
        plan: plan.code.clone(),
        indicator: indicator.key.clone(),
        state: Some(state),
        period: Period::year(0),
        measured,
        version,
        breakdowns,
        evidence: if matches!(measured, Measured::Answer(Answer::No)) {
            String::new()
        } else {
            indicator.evidence.clone()
        },
        comment: String::new(),
        origin: Origin::Imported,
    })
}
