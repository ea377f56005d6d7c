//! Progress, by one formula, so that anyone who has the figures gets the same answer
//! (R023).
//!
//! progress = 100 × (value − baseline) ÷ (target − baseline), rounded half away from
//! zero to two decimals. The same formula serves indicators that should rise and those
//! that should fall. It may be negative (further away than at the beginning) and above
//! 100. Where the target equals the baseline, it is 100 if the value is as good, else 0.
//! A framework indicator has 100 for yes, 50 for partly, 0 for no.
//!
//! Green from [`GREEN_FROM`], amber from [`AMBER_FROM`], red below. Without a baseline,
//! a target or a value there is no colour, and the reason stands in its place. What only
//! gives context never has one. A value measured by another definition than the baseline
//! is not compared with it: the series is broken there (R021).

use super::{
    Plan,
    indicator::{
        Answer, Baseline, Breakdown, Computed, Direction, Indicator, Kind, Measured, Origin, Value,
    },
    period::Period,
};
use crate::{
    coded,
    register::{day::Day, state::StateCode},
};
use serde::Serialize;

/// Progress from which a target counts as on the way: 90 per cent.
pub const GREEN_FROM: f64 = 90.0;
/// Progress from which it counts as late but reachable: 50 per cent.
pub const AMBER_FROM: f64 = 50.0;

coded! {
    /// How an indicator stands.
    Standing {
        /// 90 per cent of the way or more.
        Green = "green",
        /// 50 per cent or more.
        Amber = "amber",
        /// Less.
        Red = "red",
        /// Gives context only.
        Context = "context",
        /// Nothing to compare with yet.
        NoBaseline = "no-baseline",
        /// Nothing to reach.
        NoTarget = "no-target",
        /// Nothing was reported.
        NoValue = "no-value",
        /// Measured by another definition than the baseline.
        DefinitionChanged = "definition-changed",
        /// Not in use yet.
        NotActive = "not-active",
        /// A small number of persons, not shown to this reader (R10).
        Withheld = "withheld",
    }
}

/// How one indicator stands for a State and period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// The indicator.
    pub indicator: String,
    /// The State; nothing for the region as a whole.
    pub state: Option<StateCode>,
    /// The period.
    pub period: Period,
    /// The baseline, where it was measured.
    pub baseline: Option<f64>,
    /// The target that counts here.
    pub target: Option<f64>,
    /// What was measured.
    pub value: Option<Measured>,
    /// Per cent of the way, two decimals.
    pub progress: Option<f64>,
    /// How it stands.
    pub status: Standing,
    /// Whether the period is over and the target was not reached or nothing was told.
    pub missed: bool,
    /// Breakdowns that the data lacks.
    pub missing_breakdowns: Vec<Breakdown>,
    /// For what Palermo works out: from which release or register, as of when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
}

impl Progress {
    /// Whether all of the way was come, and not only nearly: then it is no longer under way.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        let short = match (self.value, self.target, self.baseline) {
            (Some(Measured::Number(value)), Some(target), Some(baseline)) => {
                (target > baseline && value < target) || (target < baseline && value > target)
            }
            _ => false,
        };
        let whole = self.progress.is_some_and(|share| share >= 100.0);
        self.status == Standing::Green && whole && !short
    }

    /// Takes out what is too small to be shown, and how such a cell stands.
    pub fn withhold(&mut self) {
        self.value = None;
        self.progress = None;
        self.status = Standing::Withheld;
        self.missed = false;
    }
}

/// Two decimals, half away from zero.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    let scaled = value * 100.0;
    // A half that the binary number misses by a hair still counts as a half.
    (scaled + scaled.signum() * scaled.abs().max(1.0) * 1e-12).round() / 100.0
}

/// Per cent of the way from baseline to target.
#[must_use]
pub fn share(direction: Direction, baseline: f64, target: f64, value: f64) -> f64 {
    if target == baseline {
        return if reached(direction, target, value) { 100.0 } else { 0.0 };
    }
    rounded(100.0 * (value - baseline) / (target - baseline))
}

/// Whether a value is as good as the target.
#[must_use]
pub fn reached(direction: Direction, target: f64, value: f64) -> bool {
    match direction {
        Direction::Up => value >= target,
        Direction::Down => value <= target,
        Direction::Context => false,
    }
}

const fn colour(progress: f64) -> Standing {
    if progress >= GREEN_FROM {
        Standing::Green
    } else if progress >= AMBER_FROM {
        Standing::Amber
    } else {
        Standing::Red
    }
}

const fn answered(answer: Answer) -> f64 {
    match answer {
        Answer::Yes => 100.0,
        Answer::Partly => 50.0,
        Answer::No => 0.0,
    }
}

/// How an indicator stands, given its target and value. `today` decides whether a
/// period is over.
#[must_use]
pub fn of(
    plan: &Plan,
    indicator: &Indicator,
    state: Option<StateCode>,
    period: Period,
    value: Option<&Value>,
    today: Day,
) -> Progress {
    let target = plan.target(&indicator.key, state, period).map(|target| target.value);
    with_target(plan, indicator, (state, period), value, target, today)
}

/// The same where the target that counts was found before.
fn with_target(
    plan: &Plan,
    indicator: &Indicator,
    (state, period): (Option<StateCode>, Period),
    value: Option<&Value>,
    target: Option<f64>,
    today: Day,
) -> Progress {
    let context = indicator.is_context();
    let target = target.filter(|_| !context);
    let (baseline, version) = match &indicator.baseline {
        Some(Baseline::Value { value, version, .. }) => (Some(*value), *version),
        _ => (None, 1),
    };
    let measured = value.map(|value| value.measured);
    let (status, progress) =
        stand(indicator, context, baseline.map(|b| (b, version)), target, value);
    let over = period.last_day() < today;
    let met = match (indicator.kind, measured, target) {
        (Kind::Framework, Some(Measured::Answer(answer)), _) => answer == Answer::Yes,
        (Kind::Operational, Some(Measured::Number(number)), Some(target)) => {
            reached(indicator.direction.unwrap_or(Direction::Up), target, number)
        }
        _ => false,
    };
    // Where Palermo has nothing to work a figure out from, nobody missed anything.
    let told = measured.is_some() || plan.computed_in(indicator, period).is_none();
    let due = indicator.active && !context && target.is_some() && told;
    Progress {
        indicator: indicator.key.clone(),
        state,
        period,
        baseline,
        target,
        value: measured,
        progress,
        status,
        missed: due && over && !met,
        missing_breakdowns: value.map(|v| v.missing_breakdowns(indicator)).unwrap_or_default(),
        provenance: value.filter(|v| v.origin == Origin::Computed).map(|v| v.evidence.clone()),
    }
}

fn stand(
    indicator: &Indicator,
    context: bool,
    baseline: Option<(f64, u32)>,
    target: Option<f64>,
    value: Option<&Value>,
) -> (Standing, Option<f64>) {
    if !indicator.active {
        return (Standing::NotActive, None);
    }
    if context {
        return (Standing::Context, None);
    }
    if indicator.kind == Kind::Framework {
        return match value.map(|v| v.measured) {
            Some(Measured::Answer(answer)) => (colour(answered(answer)), Some(answered(answer))),
            _ => (Standing::NoValue, None),
        };
    }
    let Some((baseline, version)) = baseline else {
        return (Standing::NoBaseline, None);
    };
    let Some(target) = target else {
        return (Standing::NoTarget, None);
    };
    let Some((number, measured_by)) = value.and_then(|value| match value.measured {
        Measured::Number(number) => Some((number, value.version)),
        Measured::Answer(_) => None,
    }) else {
        return (Standing::NoValue, None);
    };
    if measured_by != version {
        return (Standing::DefinitionChanged, None);
    }
    let direction = indicator.direction.unwrap_or(Direction::Up);
    let progress = share(direction, baseline, target, number);
    (colour(progress), Some(progress))
}

/// Periods in which anything was to be reached or was told, in order.
#[must_use]
pub fn periods(plan: &Plan, values: &[Value]) -> Vec<Period> {
    // Each once before they are put in order: to compare two of them takes dates.
    let mut once: std::collections::HashSet<Period> =
        plan.targets.iter().map(|target| target.period).collect();
    once.extend(values.iter().filter(|v| v.plan == plan.code).map(|value| value.period));
    let mut periods: Vec<Period> = once.into_iter().collect();
    periods.sort();
    periods
}

/// Every indicator for every State (and for the region, where it has a value or a
/// joint target without States) and period.
#[must_use]
pub fn matrix(
    plan: &Plan,
    states: &[StateCode],
    periods: &[Period],
    values: &[Value],
    today: Day,
) -> Vec<Progress> {
    // Looked up once for each cell: the first of two for one place counts, as in `target`.
    let mut targets = std::collections::HashMap::new();
    for target in &plan.targets {
        targets
            .entry((target.indicator.as_str(), target.state, target.period))
            .or_insert(target.value);
    }
    let mut by_place = std::collections::HashMap::new();
    for value in values.iter().filter(|value| value.plan == plan.code) {
        by_place.insert((value.indicator.as_str(), value.state, value.period), value);
    }
    // A figure says itself whether it is one for all together.
    let reported = values.iter().filter(|v| v.origin != Origin::Computed);
    let together: std::collections::HashSet<&str> =
        reported.filter(|v| v.state.is_none()).map(|v| v.indicator.as_str()).collect();
    let mut rows = Vec::with_capacity(plan.indicators.len() * (states.len() + 1) * periods.len());
    for indicator in &plan.indicators {
        let joint = |period: &Period| {
            let reads = plan.computed_in(indicator, *period);
            let told = || together.contains(indicator.key.as_str());
            states.is_empty() || reads.map_or_else(told, Computed::is_joint)
        };
        let joint: Vec<bool> = periods.iter().map(joint).collect();
        for state in std::iter::once(None).chain(states.iter().copied().map(Some)) {
            for (&period, _) in periods.iter().zip(&joint).filter(|(_, j)| **j == state.is_none()) {
                let value = by_place.get(&(indicator.key.as_str(), state, period)).copied();
                let target = targets
                    .get(&(indicator.key.as_str(), state, period))
                    .or_else(|| targets.get(&(indicator.key.as_str(), None, period)))
                    .copied();
                let place = (state, period);
                rows.push(with_target(plan, indicator, place, value, target, today));
            }
        }
    }
    rows
}
