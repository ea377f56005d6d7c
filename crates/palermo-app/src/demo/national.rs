//! The national plans of the demonstration: adopted from the regional one by the rule that
//! every State uses, then filled in at home: leads, money, baselines, a measure of their
//! own with its indicator, and what was told of the years that are over.

use super::{
    Built,
    plans::{InReport, day, english, wrong},
};
use crate::{App, Refused};
use palermo_domain::{
    money::{Currency, Money},
    plan::{
        Party, PartyKind, Plan, PlanCode, Row, Status, Theme,
        adopt::adopt,
        indicator::{
            Baseline, Counted, Definition, Direction, Indicator, Kind, Measured, Origin, Target,
            Value,
        },
        period::Period,
    },
    register::{day::Day, state::StateCode},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Key of the measure a State added by itself.
const OWN: &str = "own";
/// Key of the indicator of that measure.
const OWN_INDICATOR: &str = "own-figure";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InNational {
    code: PlanCode,
    pub(super) tenant: String,
    title: String,
    #[serde(default = "english")]
    language: String,
    left_out: Vec<String>,
    added: String,
    #[serde(default)]
    declared: BTreeMap<String, String>,
    currency: Currency,
    funded_by: String,
    measured: InMeasured,
    told: InTold,
}

/// What the added measure is measured by; where it begins is still to be found out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InMeasured {
    title: String,
    definition: String,
    unit: String,
    targets: Vec<f64>,
    /// What was told, year by year, of those that are over.
    figures: Vec<f64>,
}

/// What the task force said of the added measure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InTold {
    status: Status,
    achieved: String,
    lessons: String,
    proposal: String,
}

impl InNational {
    /// What is told of the measure the State added.
    pub(super) fn report(&self) -> InReport {
        InReport {
            row: OWN.into(),
            tenant: self.tenant.clone(),
            status: self.told.status,
            achieved: self.told.achieved.clone(),
            lessons: self.told.lessons.clone(),
            proposal: self.told.proposal.clone(),
        }
    }
}

/// The national plan as its State adopted it. `place` is that of the State among the six,
/// so that no two fill their plans in alike.
///
/// # Errors
/// What the file or the rules of plans refuse.
pub(super) fn adopted(
    app: &App,
    national: &InNational,
    regional: &Plan,
    built: &Built,
    place: usize,
) -> Result<Plan, Refused> {
    let region = super::region(app)?;
    let tenant = region.tenant(&national.tenant).ok_or_else(|| wrong(&national.tenant))?;
    let state: StateCode = tenant.state.as_deref().unwrap_or_default().parse().map_err(wrong)?;
    let mut own = adopt(regional, state, national.code.clone(), &national.title);
    own.language.clone_from(&national.language);
    own.rows.retain(|row| !national.left_out.contains(&row.key));
    let used: Vec<String> = own.rows.iter().filter_map(|row| row.parent.clone()).collect();
    let emptied = |row: &Row| row.parent.is_none() && !used.contains(&row.key);
    own.rows.retain(|row| !emptied(row));
    let lead = Party {
        name: tenant.name.clone(),
        kind: PartyKind::Government,
        tenant: Some(built.tenant(&national.tenant)?),
    };
    if let Some(sample) = own.rows.first().cloned() {
        own.rows.push(Row {
            key: OWN.into(),
            parent: Some(sample.key.clone()),
            number: format!("{}.N", sample.number),
            level: "measure".into(),
            title: national.added.clone(),
            adopted_from: None,
            starts: Some(regional.from),
            ends: Some(regional.to),
            themes: vec![Theme::Protection],
            ..sample
        });
    }
    filled(&mut own, national, &lead, place);
    measured(&mut own, national, regional, &tenant.name)?;
    own.declared.clone_from(&national.declared);
    own.adopted(&tenant.name, regional.from.plus_days(120)).map_err(|p| wrong(format!("{p:?}")))
}

/// Who leads each action, what it costs, and how far it has come.
fn filled(own: &mut Plan, national: &InNational, lead: &Party, place: usize) {
    const STATUSES: [Status; 5] =
        [Status::Ongoing, Status::Done, Status::Delayed, Status::Ongoing, Status::Planned];
    // A thousand of it, in the smallest unit; a franc is a small part of the others.
    let thousand = if national.currency.places() == 0 { 655_000 } else { 100_000 };
    let actions: Vec<String> = own.actions().map(|row| row.key.clone()).collect();
    let rows = own.rows.iter_mut().filter(|row| actions.contains(&row.key));
    for (at, row) in rows.enumerate() {
        let thousands = 20 + (at * 7 + place * 5) % 9 * 15;
        let minor = i64::try_from(thousands).unwrap_or(20) * thousand;
        let per_cent = [100, 80, 60, 0].get((at + place) % 4).copied().unwrap_or(0);
        row.lead = Some(lead.clone());
        row.budget = Some(Money::from_minor(minor, national.currency));
        if per_cent > 0 {
            let allocated = minor / 100 * per_cent;
            row.allocated = Some(Money::from_minor(allocated, national.currency));
            row.funded_by = Some(national.funded_by.clone());
        }
        row.status = STATUSES.get((at + place) % 5).copied().unwrap_or(Status::Planned);
    }
}

/// Indicators put into use with their baselines, and one more with targets of its own.
fn measured(
    own: &mut Plan,
    national: &InNational,
    regional: &Plan,
    by: &str,
) -> Result<(), Refused> {
    let keys: Vec<String> = own.rows.iter().map(|row| row.key.clone()).collect();
    own.indicators.retain(|indicator| keys.contains(&indicator.row));
    let indicators: Vec<String> = own.indicators.iter().map(|i| i.key.clone()).collect();
    own.targets.retain(|target| indicators.contains(&target.indicator));
    for indicator in &mut own.indicators {
        indicator.baseline =
            regional.indicator(&indicator.key).and_then(|same| same.baseline.clone());
        indicator.active = true;
    }
    let first = first_year(regional)?;
    own.indicators.push(Indicator {
        title: national.measured.title.clone(),
        row: OWN.into(),
        kind: Kind::Operational,
        counted: Counted::Other,
        definitions: vec![Definition {
            version: 1,
            words: national.measured.definition.clone(),
            since: None,
        }],
        unit: Some(national.measured.unit.clone()),
        direction: Some(Direction::Up),
        frequency: Some("yearly".into()),
        source: Some(by.to_owned()),
        baseline: Some(Baseline::ToBeEstablished {
            by: day(first + 3, 3, 31)?,
            whom: by.to_owned(),
        }),
        active: true,
        ..Indicator::new(OWN_INDICATOR)
    });
    for (year, value) in (first..).zip(&national.measured.targets) {
        let period = Period::year(year);
        let indicator = OWN_INDICATOR.to_owned();
        own.set_target(Target { indicator, state: None, period, value: *value }).map_err(wrong)?;
    }
    match own.indicators.iter().find(|indicator| !indicator.lacks().is_empty()) {
        Some(lacking) => Err(wrong(format!("{}: {:?}", lacking.key, lacking.lacks()))),
        None => Ok(()),
    }
}

fn first_year(regional: &Plan) -> Result<u16, Refused> {
    u16::try_from(regional.from.date().year()).map_err(wrong)
}

/// What the State told of its own plan: the figures it gave the region, and those of its
/// own indicator, of years that are over and for which it told the region anything.
///
/// # Errors
/// A figure that the rules of plans refuse.
pub(super) fn values(
    own: &Plan,
    national: &InNational,
    regional: &[Value],
    today: Day,
) -> Result<Vec<Value>, Refused> {
    let told = regional.iter().filter(|value| value.state == own.state);
    let known = told.filter(|value| own.indicator(&value.indicator).is_some());
    let mut values: Vec<Value> =
        known.map(|value| Value { plan: own.code.clone(), ..value.clone() }).collect();
    for (year, figure) in (first_year(own)?..).zip(&national.measured.figures) {
        let period = Period::year(year);
        if period.last_day() >= today || values.iter().all(|value| value.period != period) {
            continue;
        }
        values.push(Value {
            plan: own.code.clone(),
            indicator: OWN_INDICATOR.into(),
            state: own.state,
            period,
            measured: Measured::Number(*figure),
            version: 1,
            breakdowns: Vec::new(),
            evidence: String::new(),
            comment: String::new(),
            origin: Origin::Entered,
        });
    }
    for value in &values {
        let indicator = own.indicator(&value.indicator).ok_or_else(|| wrong(&value.indicator))?;
        value
            .check_in(own, indicator)
            .map_err(|why| wrong(format!("{}, {}: {why}", own.code, value.indicator)))?;
    }
    Ok(values)
}
